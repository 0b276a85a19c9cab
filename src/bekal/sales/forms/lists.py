"""What a person asks of the lists of sales, and says of a day."""

import re
from collections.abc import Mapping

from django import forms

from bekal.sales.forms.fields import STALE, read_day
from bekal.sales.queries import ReceiptFilters
from bekal.sales.rules import BuyerClass, Channel
from bekal.ui.inputs import DATES

_NUMBER = re.compile(r"(?:pj)?[\s\-]*0*(\d{1,9})", re.ASCII | re.IGNORECASE)


def read_filters(asked: Mapping[str, str]) -> ReceiptFilters:
    """Read the address of the list of receipts; nonsense narrows nothing."""
    first, last = read_day(asked.get("dari", "")), read_day(asked.get("sampai", ""))
    if first and last and last < first:
        first, last = last, first
    number = _NUMBER.fullmatch(asked.get("nomor", "").strip())
    channel, buyer = asked.get("saluran", ""), asked.get("pembeli", "")
    return ReceiptFilters(
        first=first,
        last=last,
        channel=channel if channel in set(Channel) else "",
        buyer_class=buyer if buyer in set(BuyerClass) else "",
        number=int(number[1]) if number else None,
        only_returned=asked.get("kembali") == "ya",
    )


class DayForm(forms.Form):
    """The word that a day is complete; `expects_sales` is what the person saw."""

    day = forms.DateField(input_formats=DATES, error_messages={"required": STALE, "invalid": STALE})
    expects_sales = forms.TypedChoiceField(
        choices=[("ya", "ya"), ("tidak", "tidak")],
        coerce=lambda value: value == "ya",
        error_messages={"required": STALE, "invalid_choice": STALE},
    )

    @property
    def problems(self) -> list[str]:
        """What is wrong, each once; the page has no fields to put it at."""
        return list(dict.fromkeys(str(text) for texts in self.errors.values() for text in texts))
