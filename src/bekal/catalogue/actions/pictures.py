"""Photographs of products: taken in, looked at, put in order, taken away."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import photographs, rules
from bekal.catalogue.actions.sheets import locked_product
from bekal.catalogue.models import Picture, PictureFile, Product
from bekal.foundation.actors import Actor

_WITHOUT_AVIF = """
select f.id from catalogue_picturefile f
where f.kind = 'webp'
  and f.width = (select max(width) from catalogue_picturefile w
                 where w.digest = f.digest and w.kind = 'webp')
  and exists (select from catalogue_picture p
              where p.digest = f.digest and p.checked_at is not null)
  and not exists (select from catalogue_picturefile a
                  where a.digest = f.digest and a.width = f.width and a.kind = 'avif')
order by f.id limit %s
"""


def add_picture(*, product_id: int, content: bytes, by: Actor, now: dt.datetime) -> Picture:
    """Take in a photograph of a product, as its last; nobody sees it before `check_picture`.

    The file is checked and encoded anew before the product is locked. The same photograph of the
    same product again is the one that is there. Raises ProductUnknown, PictureRefused.
    """
    encoded = photographs.encode(content)
    with transaction.atomic():
        product = locked_product(product_id)
        there = list(Picture.objects.filter(product=product).order_by("position"))
        same = next((each for each in there if each.digest == encoded.digest), None)
        if same is not None:
            return same
        if len(there) >= rules.MOST_PICTURES:
            raise rules.PictureRefused(
                f"Produk ini sudah punya {rules.MOST_PICTURES} foto. Hapus satu dulu."
            )
        _keep_files(encoded.digest, "webp", encoded.files)
        picture = Picture.objects.create(
            product=product,
            digest=encoded.digest,
            width=encoded.width,
            height=encoded.height,
            position=len(there) + 1,
            added_at=now,
            added_by=str(by),
        )
        _record(picture, product, action="add_picture", by=by, now=now)
    return picture


@transaction.atomic
def check_picture(
    *, product_id: int, picture_id: int, alt: str, is_checked: bool, by: Actor, now: dt.datetime
) -> Picture:
    """Say what a photograph shows, having looked for faces, tattoos, keys and walls: buyers see it.

    Again with other words: they are put right. Raises ProductUnknown, and PictureRefused for a
    picture that is not this product's, without words, or that was not looked at.
    """
    said = rules.check_alt(alt)
    product, picture = _picture(product_id, picture_id)
    if not is_checked and picture.checked_at is None:
        raise rules.PictureRefused("Periksa fotonya dulu, lalu beri tanda.")
    if picture.checked_at is not None and picture.alt == said:
        return picture
    picture.alt = said
    if picture.checked_at is None:
        picture.checked_at, picture.checked_by = now, str(by)
    picture.save(update_fields=["alt", "checked_at", "checked_by"])
    _record(picture, product, action="check_picture", by=by, now=now)
    return picture


@transaction.atomic
def order_pictures(
    *, product_id: int, picture_ids: Sequence[int], by: Actor, now: dt.datetime
) -> None:
    """Put the photographs of a product into this order; those that are not named come behind.

    The same order again changes nothing. Raises ProductUnknown, and PictureRefused for pictures
    that are not this product's.
    """
    product = locked_product(product_id)
    there = {each.pk: each for each in Picture.objects.filter(product=product).order_by("position")}
    if not set(picture_ids) <= set(there):
        raise rules.PictureRefused("Foto ini bukan foto produk ini.")
    wanted = [there[pk] for pk in dict.fromkeys([*picture_ids, *there])]
    if [each.pk for each in wanted] == list(there):
        return
    for position, picture in enumerate(wanted, start=1):
        picture.position = position
    Picture.objects.bulk_update(wanted, ["position"])
    _record(wanted[0], product, action="order_pictures", by=by, now=now)


@transaction.atomic
def remove_picture(*, product_id: int, picture_id: int, by: Actor, now: dt.datetime) -> None:
    """Take a photograph away for good: its files go too, unless another product shows the same.

    One that is gone already: nothing happens. Raises ProductUnknown.
    """
    product = locked_product(product_id)
    there = list(Picture.objects.filter(product=product).order_by("position"))
    gone = next((each for each in there if each.pk == picture_id), None)
    if gone is None:
        return
    digest = gone.digest
    _record(gone, product, action="remove_picture", by=by, now=now)
    gone.delete()
    left = [each for each in there if each is not gone]
    for position, picture in enumerate(left, start=1):
        picture.position = position
    Picture.objects.bulk_update(left, ["position"])
    if not Picture.objects.filter(digest=digest).exists():
        PictureFile.objects.filter(digest=digest).delete()


def encode_waiting(*, by: Actor, now: dt.datetime, most: int = 4) -> int:
    """Encode photographs that buyers see as AVIF too, `most` at a time; returns how many.

    Each is a transaction of its own. Raises nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_AVIF, [most])
        waiting = [row[0] for row in cursor.fetchall()]
    for widest in PictureFile.objects.filter(pk__in=waiting).order_by("pk"):
        files = photographs.encode_avif(bytes(widest.content))
        _keep_avif(widest.digest, files, by=by, now=now)
    return len(waiting)


@transaction.atomic
def _keep_avif(digest: str, files: dict[int, bytes], *, by: Actor, now: dt.datetime) -> None:
    shown = Picture.objects.select_related("product__seller").filter(digest=digest).first()
    if shown is None:  # taken away in the meantime
        return
    _keep_files(digest, "avif", files)
    _record(shown, shown.product, action="encode_picture", by=by, now=now)


def _keep_files(digest: str, kind: str, files: dict[int, bytes]) -> None:
    rows = [
        PictureFile(digest=digest, width=width, kind=kind, content=content)
        for width, content in files.items()
    ]
    PictureFile.objects.bulk_create(rows, ignore_conflicts=True)


def _picture(product_id: int, picture_id: int) -> tuple[Product, Picture]:
    product = locked_product(product_id)
    picture = Picture.objects.filter(product=product, pk=picture_id).first()
    if picture is None:
        raise rules.PictureRefused("Foto ini sudah tidak ada.")
    return product, picture


def _record(
    picture: Picture, product: Product, *, action: str, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(product.seller.unit_id),
        action=f"catalogue.{action}",
        object_key=f"product:{product.pk}",
        detail={"code": product.code, "picture": picture.digest},
        by=by,
        now=now,
    )
