"""What a buyer types after the goods came: what is wrong, where money goes, what they think."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekal.catalogue.rules import MOST_STARS, REVIEW_LENGTH
from bekal.shop.forms.following import PhoneForm
from bekal.shop.forms.reports import ReportForm
from bekal.shop.queries import ProblemShown
from bekal.shop.rules import (
    FAULT_LABELS,
    PAYEE_LENGTHS,
    ProblemRefused,
    read_payee,
)

_STARS = {
    5: _("5, sangat baik"),
    4: _("4, baik"),
    3: _("3, cukup"),
    2: _("2, kurang"),
    1: _("1, buruk"),
}


class ProblemForm(ReportForm, PhoneForm):
    """The same from the buyer, who is known by the digits."""


class WithdrawForm(PhoneForm):
    """Which of the reports that nobody answered yet is taken back."""

    problem = forms.ChoiceField(
        label=_("Laporan"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih laporan yang ditarik."),
            "invalid_choice": _("Pilih laporan yang ditarik."),
        },
    )
    field_order = ("problem", "digits")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, problems: Sequence[ProblemShown]
    ) -> None:
        """Offer these reports; one alone is chosen."""
        super().__init__(data)
        self.fields["problem"].choices = [  # type: ignore[attr-defined]
            (str(problem.id), _told(problem)) for problem in problems
        ]
        if len(problems) == 1:
            self.fields["problem"].initial = str(problems[0].id)


def _told(problem: ProblemShown) -> str:
    goods = ", ".join(f"{piece.reported} {piece.name}" for piece in problem.pieces)
    return f"{FAULT_LABELS[problem.fault]}: {goods}"


class PayeeForm(PhoneForm):
    """Where a buyer wants money back to."""

    bank = forms.CharField(
        label=_("Bank atau dompet digital"),
        max_length=PAYEE_LENGTHS["bank"],
        error_messages={"required": _("Isi nama bank atau dompet digital.")},
    )
    account = forms.CharField(
        label=_("Nomor rekening"),
        max_length=PAYEE_LENGTHS["account"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Isi nomor rekening atau nomor dompet digital."),
            "max_length": _("Nomor rekening 5 sampai 20 angka, tanpa huruf. Periksa lagi."),
        },
    )
    holder = forms.CharField(
        label=_("Nama pemilik rekening"),
        max_length=PAYEE_LENGTHS["holder"],
        error_messages={"required": _("Isi nama pemilik rekening.")},
    )
    field_order = ("bank", "account", "holder", "digits")

    def clean_bank(self) -> str:
        """The bank; what names none is told here."""
        return _read("bank", self.cleaned_data["bank"])

    def clean_account(self) -> str:
        """The digits of the account, however they are spaced."""
        return _read("account", self.cleaned_data["account"])

    def clean_holder(self) -> str:
        """The name on the account."""
        return _read("holder", self.cleaned_data["holder"])


def _read(name: str, typed: str) -> str:
    try:
        return read_payee(name, typed)
    except ProblemRefused as refused:
        raise forms.ValidationError(refused.message) from refused


class OpinionForm(PhoneForm):
    """What a buyer thinks of one product."""

    stars = forms.TypedChoiceField(
        label=_("Nilai"),
        choices=[(str(stars), _STARS[stars]) for stars in range(MOST_STARS, 0, -1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih 1 sampai 5 bintang."),
            "invalid_choice": _("Pilih 1 sampai 5 bintang."),
        },
    )
    text = forms.CharField(
        label=_("Ulasan"),
        required=False,
        max_length=REVIEW_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("stars", "text", "digits")
