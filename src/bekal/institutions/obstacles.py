"""What stands in the way of an order, as institutions and officers read it: line by line."""

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from bekal.catalogue import queries as catalogue
from bekal.foundation.refusals import Refused
from bekal.places import queries as places
from bekal.shop.rules import Change, ChangeKind, OrderChanged


def show(form: forms.Form, refused: Refused, *, on: dt.date) -> None:
    """Put what was refused at its field; what the shop says has changed line by line at the top."""
    if isinstance(refused, OrderChanged):
        for sentence in _sentences(refused, on=on):
            form.add_error(None, sentence)
    else:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)


def _sentences(refused: OrderChanged, *, on: dt.date) -> list[str]:
    """The shop's own sentences speak of a basket. Here nobody has one, and a pause has its unit."""
    changes = refused.changes
    units = places.last_called(place_ids={one.unit_id or 0 for one in changes}, on=on)
    goods = catalogue.sale_terms(product_ids={one.product_id or 0 for one in changes}, on=on)
    called = {pk: name for pk, (_code, name) in units.items()}
    named = {pk: terms.name for pk, terms in goods.items()}
    found = [
        _sentence(
            one,
            {
                "unit": called.get(one.unit_id or 0, ""),
                "product": named.get(one.product_id or 0, ""),
                "said": one.said,
                "left": one.now,
            },
        )
        for one in changes
    ]
    return list(dict.fromkeys(found))


def _sentence(change: Change, names: Mapping[str, object]) -> str:
    if change.kind is ChangeKind.SHORT and not change.now:
        return _("%(product)s di %(unit)s baru saja habis. Kosongkan jumlahnya.") % names
    words = {
        ChangeKind.PAUSED: _(
            "%(unit)s sedang tidak menerima pesanan: %(said)s Coba lagi sesudah dibuka."
        ),
        ChangeKind.GONE: _("%(product)s dari %(unit)s sedang tidak dijual. Hubungi bengkelnya."),
        ChangeKind.SHORT: _("Stok %(product)s di %(unit)s tinggal %(left)s. Kurangi jumlahnya."),
        ChangeKind.FULL: _("%(unit)s sedang penuh. Kurangi jumlahnya, atau coba lain hari."),
        ChangeKind.MIXED: _(
            "%(product)s hanya contoh, dan tidak bisa sepesanan dengan barang sungguhan."
        ),
    }.get(change.kind)
    return words % names if words else change.sentence
