"""One product for visitors, and the files of its photographs."""

import datetime as dt
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from bekal.catalogue import actions, photographs, product_going, product_shown, queries
from bekal.catalogue.share_pictures import shares_of
from bekal.foundation import clock
from bekal.foundation.actors import job_actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.doors import public
from bekal.foundation.faces import face
from bekal.ledger import queries as ledger
from bekal.ledger.rules import NoRule, SplitRule

_FILE = re.compile(r"([0-9a-f]{32})-([0-9]{1,4})\.(webp|avif|jpg)", re.ASCII)
_SHARE = re.compile(r"([0-9A-Za-z]{5})-([0-9a-f]{32})\.jpg", re.ASCII)
_PAINTER = job_actor("share_picture")
_A_YEAR = 365 * 24 * 60 * 60


@face("catalogue", "places", "ledger")
def product(request: HttpRequest, product: str) -> HttpResponse:
    """One product: what it is, who makes it, how to order it, where the money goes."""
    on = local_day(clock.now(), Zone.WIB)
    found = queries.showcase_product(code=product.rpartition("-")[2], on=on, like=4)
    if found is None:
        raise Http404
    path = reverse("showcase:product", args=[found.card.path])
    if product != found.card.path:
        return redirect(path, permanent=True)
    details = queries.details_of(product_id=found.card.id, on=on)
    whole = request.build_absolute_uri
    context = {
        **product_shown.page(found, details, path=path, whole=whole),
        "going": product_going.going(found, _rule_of(found, on=on)),
    }
    return render(request, "catalogue/product.html", context)


def _rule_of(found: queries.ShowcaseProduct, *, on: dt.date) -> SplitRule | None:
    activity = found.card.category_code
    try:
        return ledger.rules_in_force(unit_id=found.unit.id, activities=[activity], on=on)[activity]
    except NoRule:
        return None


@public
@require_safe
def picture(request: HttpRequest, picture: str) -> HttpResponse:
    """A file of a photograph. Its address never shows anything else, so it may be kept for ever."""
    asked = _FILE.fullmatch(picture)
    content = asked and _file_of(digest=asked[1], width=int(asked[2]), kind=asked[3])
    if not asked or content is None:
        raise Http404
    return _kept_for_ever(content, kind="jpeg" if asked[3] == "jpg" else asked[3])


def _file_of(*, digest: str, width: int, kind: str) -> bytes | None:
    """A file that is kept; JPEG, for channels that read nothing else, is made from WebP."""
    if kind != "jpg":
        return queries.picture_file(digest=digest, width=width, kind=kind)
    kept = queries.picture_file(digest=digest, width=width, kind="webp")
    return None if kept is None else photographs.jpeg_of(kept)


@public
@require_safe
def share(request: HttpRequest, share: str) -> HttpResponse:
    """What messages show of a product; drawn when it is first asked for, and kept."""
    asked = _SHARE.fullmatch(share)
    now = clock.now()
    found = asked and queries.showcase_product(code=asked[1], on=local_day(now, Zone.WIB))
    if not asked or not found:
        raise Http404
    first, *others = shares_of(found.card)
    wanted = next((one for one in others if one.digest == asked[2]), first)
    if asked[2] != wanted.digest:
        return redirect(wanted.address)
    content = queries.share_picture(product_id=found.card.id, digest=wanted.digest)
    if content is None:
        content = actions.keep_share_picture(
            product_id=found.card.id, share=wanted, by=_PAINTER, now=now
        )
    return _kept_for_ever(content, kind="jpeg")


def _kept_for_ever(content: bytes, *, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"image/{kind}")
    patch_cache_control(answer, public=True, max_age=_A_YEAR, immutable=True)
    return answer
