"""What the centre types of a rule that it is about to set, read generously."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from django import forms

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.ledger.actions import NewProposal
from bekal.ledger.rules import (
    ACCOUNT_LABELS,
    ACTIVITY,
    ACTIVITY_LENGTH,
    BASE_LABELS,
    CITATION_LENGTH,
    SHARE_ACCOUNTS,
    AccountKind,
    Base,
    Form,
    RuleRefused,
    Share,
    check_shares,
)
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed, day_field

ACCOUNTS = [kind for kind in AccountKind if kind in SHARE_ACCOUNTS]
_PERCENT = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?\s*%", re.ASCII)
_HOLDS, _CHOICE = "berlaku", "pilihan"
_FARTHEST = dt.timedelta(days=366)


class ProposalForm(Keyed):
    """A rule: what it is called, where and from when it is to hold, and who gets what."""

    name = forms.CharField(
        label="Nama aturan",
        max_length=120,
        error_messages={"required": "Isi nama aturan."},
    )
    effect = forms.ChoiceField(
        label="Kegunaan",
        choices=[(_HOLDS, "Berlaku untuk tempat ini"), (_CHOICE, "Boleh dipilih unit")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih kegunaannya."),
    )
    place = forms.TypedChoiceField(
        label="Tempat",
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih tempat dari daftar."),
    )
    activity = forms.CharField(label="Hanya untuk satu kegiatan", required=False)
    first_day = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")
    base = forms.TypedChoiceField(
        label="Dihitung dari",
        coerce=Base,
        choices=[(base.value, label) for base, label in BASE_LABELS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih dasarnya."),
    )
    citation = forms.CharField(
        label="Dasar hukum",
        max_length=CITATION_LENGTH,
        error_messages={"required": "Isi dasar hukumnya, misalnya nomor keputusan."},
    )
    source = forms.CharField(label="Sumber", required=False, max_length=300)

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        places: Iterable[PlaceNow],
        today: dt.date,
    ) -> None:
        """Offer the places of the reader; one field for each account that may get a share."""
        super().__init__(data, initial={"first_day": today + dt.timedelta(days=1)})
        self.today = today
        field = self.fields["place"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(place.id, place.name) for place in places]
        for kind in ACCOUNTS:
            self.fields[kind.value] = forms.CharField(
                label=ACCOUNT_LABELS[kind], required=False, max_length=20
            )

    @property
    def share_fields(self) -> list[forms.BoundField]:
        """The fields of the shares, in the order of the chart."""
        return [self[kind.value] for kind in ACCOUNTS]

    def clean_first_day(self) -> dt.date:
        """A day from today on, at most a year ahead."""
        day: dt.date = self.cleaned_data["first_day"]
        if not self.today <= day <= self.today + _FARTHEST:
            raise forms.ValidationError(
                f"Tanggal mulai paling cepat hari ini, {formats.date(self.today)}, dan paling "
                "lambat setahun lagi. Penjualan sebelumnya sudah dibagi menurut aturan lama."
            )
        return day

    def clean_activity(self) -> str:
        """The code of a category in any case; empty for all."""
        code = str(self.cleaned_data["activity"]).lower()
        if len(code) > ACTIVITY_LENGTH or not re.fullmatch(ACTIVITY, code):
            raise forms.ValidationError(
                "Tulis kode kegiatan dengan huruf, angka, dan tanda hubung, misalnya kerajinan."
            )
        return code

    def clean(self) -> None:
        """Read the shares, which must make a whole."""
        shares = []
        for kind in ACCOUNTS:
            text = str(self.cleaned_data.get(kind.value, "")).strip()
            try:
                shares += [_share(kind, text)] if text else []
            except Refused as refused:
                self.add_error(kind.value, refused.message)
        if any(kind.value in self.errors for kind in ACCOUNTS):
            return
        self.shares = tuple(shares)
        try:
            check_shares(self.shares)
        except RuleRefused as refused:
            self.add_error(ACCOUNTS[0].value, refused.message)

    def proposal(self) -> NewProposal:
        """What was typed, of a form without faults."""
        said = self.cleaned_data
        return NewProposal(
            place_id=said["place"],
            is_choice=said["effect"] == _CHOICE,
            activity=said["activity"],
            name=said["name"],
            base=said["base"],
            shares=self.shares,
            citation=said["citation"].strip(),
            source=said["source"].strip(),
            first_day=said["first_day"],
        )


class RefusalForm(forms.Form):
    """Why a proposal is refused."""

    reason = forms.CharField(
        label="Alasan menolak",
        max_length=200,
        error_messages={"required": "Isi alasan menolak."},
    )


def _share(kind: AccountKind, text: str) -> Share:
    """Read a share: 35%, 33,5%, Rp5.000 (for each piece) or sisa."""
    if text.lower() in {"sisa", "sisanya"}:
        return Share(kind, Form.REST)
    if match := _PERCENT.fullmatch(text):
        return Share(kind, Form.PERCENT, int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")))
    try:
        return Share(kind, Form.PER_PIECE, formats.read_rupiah(text))
    except Refused:
        raise Refused(
            "Tulis persen seperti 35%, rupiah tiap barang seperti Rp5.000, atau sisa."
        ) from None
