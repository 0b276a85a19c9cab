"""What a unit answers to a problem, and what became of its goods; nothing is written here."""

from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.foundation.formats import read_rupiah, rupiah
from bekal.foundation.refusals import Refused
from bekal.shop.forms.reports import PiecesField
from bekal.shop.queries import ProblemFilters, ProblemPiece, ProblemShown, ProblemSorting
from bekal.shop.rules import (
    FAULTS_OF_UNIT,
    NEVER_CAME,
    REASON_LENGTH,
    WHERE_LABELS,
    Fault,
    NewAnswer,
    ProblemState,
    Settled,
    Verdict,
    WhereGoods,
)

ACCEPT, REFUSE = "terima", "tolak"
DONE = "selesai"
_CODE_LENGTH = 20
_VERDICTS = {ACCEPT: Verdict.ACCEPTED, REFUSE: Verdict.REFUSED}
_WHERE_NOTES = {
    WhereGoods.RETURN.value: "Uang dikembalikan setelah barangnya tiba dan dicatat.",
    WhereGoods.KEEP.value: "Dicatat hilang dari stok. Uang bisa langsung dikembalikan.",
    WhereGoods.HERE.value: "Kembali ke stok. Uang bisa langsung dikembalikan.",
}


def read_problem_filters(asked: Mapping[str, str]) -> ProblemFilters:
    """Read the address of the list of problems; nonsense narrows nothing."""
    is_open = asked.get("tampil") != DONE
    sorting, fault, state = (asked.get(name, "") for name in ("urut", "apa", "keadaan"))
    usual = ProblemSorting.OLDEST if is_open else ProblemSorting.NEWEST
    return ProblemFilters(
        is_open=is_open,
        text=asked.get("cari", "").replace("\0", "").strip()[:_CODE_LENGTH],
        fault=Fault(fault) if fault in set(Fault) else None,
        state=ProblemState(state) if state in set(ProblemState) else None,
        sorting=ProblemSorting(sorting) if sorting in set(ProblemSorting) else usual,
    )


class _RupiahField(forms.CharField):
    """Rupiah; empty is none."""

    def clean(self, value: object) -> int:
        """Read "9.000"; refuse what is no amount."""
        text = str(value or "").strip()
        try:
            return read_rupiah(text) if text else 0
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


def _reason(label: str, *, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=hint,
    )


class AnswerForm(forms.Form):
    """How a problem is answered: accepted with pieces and shipping, or refused with a reason."""

    where = forms.ChoiceField(
        label="Apa yang terjadi dengan barangnya?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Pilih apa yang terjadi dengan barangnya."
        ),
    )
    shipping = _RupiahField(label="Ongkos kirim yang ikut dikembalikan", required=False)
    reason = _reason(
        "Alasan", hint="Wajib bila ditolak, juga sebagian. Dibaca pembeli; jangan menulis nama."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        problem: ProblemShown,
        shipping_left: int,
    ) -> None:
        """Ask for the pieces of each line, at first all that were reported."""
        super().__init__(data)
        self.problem, self.shipping_left = problem, shipping_left
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (where.value, label)
            for where, label in WHERE_LABELS.items()
            if where is not WhereGoods.RETURN or problem.fault not in NEVER_CAME
        ]
        for piece in problem.pieces:
            self.fields[_taken(piece)] = PiecesField(label=piece.name, initial=piece.reported)
        lines = [_taken(piece) for piece in problem.pieces]
        self.order_fields(["where", *lines, "shipping", "reason"])
        if not shipping_left:
            del self.fields["shipping"]

    where_notes = _WHERE_NOTES

    @property
    def shipping_hint(self) -> str:
        """A word about shipping where the buyer has only changed their mind."""
        if self.problem.fault in FAULTS_OF_UNIT:
            return "."
        return ". Pembeli berubah pikiran, jadi boleh dikosongkan."

    @property
    def verdict(self) -> Verdict | None:
        """Which of the two buttons was pressed; None for neither."""
        return _VERDICTS.get(self.data.get("act", ""))

    def clean(self) -> dict[str, Any]:
        """Of a refusal only the reason is read: the rest is about what is accepted."""
        cleaned = super().clean() or self.cleaned_data
        if self.verdict is None:
            self.add_error(None, "Pilih terima atau tolak.")
        if self.verdict is Verdict.REFUSED:
            for name in self.errors.keys() - {"reason", "__all__"}:
                del self.errors[name]
        return cleaned

    @property
    def answer(self) -> NewAnswer:
        """What was answered, when the form is valid."""
        typed = self.cleaned_data
        if self.verdict is not Verdict.ACCEPTED:
            return NewAnswer(Verdict.REFUSED, reason=typed["reason"])
        return NewAnswer(
            Verdict.ACCEPTED,
            reason=typed["reason"],
            where=WhereGoods(typed["where"]),
            pieces={piece.line_id: typed[_taken(piece)] for piece in self.problem.pieces},
            shipping=typed.get("shipping", 0),
        )

    def rows(self) -> list[tuple[ProblemPiece, forms.BoundField, str]]:
        """Each line with its field and what was reported of it."""
        return [
            (piece, self[_taken(piece)], f"Dilaporkan {piece.reported}, {rupiah(piece.unit_price)}")
            for piece in self.problem.pieces
        ]

    def show(self, refused: Refused) -> None:
        """Put a refusal at the field that it is about; the rest of what was typed stays."""
        name = _taken(self.problem.pieces[0]) if refused.field == "pieces" else refused.field
        self.add_error(name if name in self.fields else None, refused.message)


def _taken(piece: ProblemPiece) -> str:
    return f"terima_{piece.line_id}"


class GoodsForm(forms.Form):
    """What became of goods that came back: to the stock, and the rest written off."""

    reason = _reason(
        "Mengapa tidak bisa dijual lagi?",
        hint="Wajib bila ada yang tidak masuk stok. Jangan menulis nama orang.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, problem: ProblemShown) -> None:
        """Ask how many pieces of each line may be sold again, at first all that were taken."""
        super().__init__(data)
        self.pieces = [piece for piece in problem.pieces if piece.taken]
        for piece in self.pieces:
            self.fields[_kept(piece)] = PiecesField(label=piece.name, initial=piece.taken)
        self.order_fields([*map(_kept, self.pieces), "reason"])

    def clean(self) -> dict[str, Any]:
        """Refuse more than was taken back."""
        cleaned = super().clean() or self.cleaned_data
        for piece in self.pieces:
            if cleaned.get(_kept(piece), 0) > piece.taken:
                self.add_error(_kept(piece), f"Paling banyak {piece.taken}, yang diterima kembali.")
        return cleaned

    @property
    def goods(self) -> dict[int, Settled]:
        """What became of each line, when the form is valid."""
        return {
            piece.line_id: Settled(kept, piece.taken - kept)
            for piece in self.pieces
            for kept in [self.cleaned_data[_kept(piece)]]
        }

    def rows(self) -> list[tuple[ProblemPiece, forms.BoundField, str]]:
        """Each line with its field and how many came back."""
        return [
            (piece, self[_kept(piece)], f"Kembali {piece.taken}. Isi yang masuk stok lagi.")
            for piece in self.pieces
        ]

    def show(self, refused: Refused) -> None:
        """Put a refusal at the field that it is about; the rest of what was typed stays."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


def _kept(piece: ProblemPiece) -> str:
    return f"stok_{piece.line_id}"
