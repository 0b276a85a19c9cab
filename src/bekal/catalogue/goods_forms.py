"""What officers write of goods for buyers: listings and photographs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries, rules
from bekal.catalogue.kinds import FOODS
from bekal.catalogue.queries import ReviewFilters
from bekal.catalogue.rules import Halal, Making, NewListing, Origin
from bekal.foundation import formats
from bekal.foundation.formats import Unreadable
from bekal.foundation.uploads import EVERYTHING

MOST_AT_ONCE = rules.MOST_PICTURES
WHOLE_UPLOAD = MOST_AT_ONCE * rules.LARGEST_PICTURE + 1024 * 1024
_LARGEST_READ = 999_999_999
"""Far more than any field may hold: what is too large is refused by the rules, in numbers."""
_TOO_LARGE = "{} lebih besar dari 12 MB, jadi tidak diambil. Kecilkan dulu, atau foto lagi."
_ALL_TOO_LARGE = (
    "Kiriman ini terlalu besar, jadi tidak ada yang diambil. Satu foto paling besar 12 MB, dan "
    "sekali kirim paling banyak 8 foto."
)


def read_review_filters(asked: Mapping[str, str]) -> ReviewFilters:
    """Read the list's address: status, halaman; nonsense narrows nothing."""
    status = queries.REVIEW_STATUSES.get(asked.get("status", ""))
    return ReviewFilters(status=status, page=formats.read_page(asked.get("halaman", "")))


def _text(label: str, most: int, *, rows: int = 0) -> forms.CharField:
    """A text that may be left out; its length is the action's to refuse."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    widget.attrs["maxlength"] = most
    return forms.CharField(label=label, required=False, strip=True, widget=widget)


class Count(forms.CharField):
    """A whole number as people write it ("1.200"), or nothing."""

    def __init__(self, label: str, *, example: int) -> None:
        """May be left out; `example` is what somebody might write."""
        super().__init__(label=label, required=False)
        self._example = example

    def clean(self, value: Any) -> int | None:  # noqa: ANN401  Django's own signature
        """Read digits with or without dots between thousands."""
        typed = str(super().clean(value))
        try:
            return formats.read_count(typed, largest=_LARGEST_READ) if typed else None
        except Unreadable:
            raise forms.ValidationError(
                f"{self.label}: tulis angka bulat, misalnya {self._example}."
            ) from None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Write a number with its thousands."""
        return formats.thousands(value) if isinstance(value, int) else value


def choice(
    label: str, choices: Sequence[tuple[str, StrOrPromise]], *, is_needed: str = ""
) -> forms.ChoiceField:
    """One of a few; it may be left open where nothing tells that it `is_needed`."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=bool(is_needed),
        widget=forms.RadioSelect,
        error_messages={"required": is_needed, "invalid_choice": f"{label}: pilih dari yang ada."},
    )


_PROCESSED = ("ya", "Makanan atau minuman olahan")
_OF_FOODS = (_PROCESSED, ("tidak", "Bahan segar, bukan olahan"))
_OF_OTHERS = (("tidak", "Bukan makanan atau minuman olahan"), _PROCESSED)
_SAID = {"ya": True, "tidak": False}


class Listing(forms.Form):
    """What a product is for a buyer; what is needed to show it is asked when it is shown."""

    description = _text("Keterangan untuk pembeli", rules.DESCRIPTION_LENGTH, rows=6)
    name_en = _text("Nama dalam bahasa Inggris", rules.NAME_LENGTH)
    description_en = _text("Keterangan dalam bahasa Inggris", rules.DESCRIPTION_LENGTH, rows=4)
    origin = choice("Asal", [(str(key), label) for key, label in rules.ORIGIN_LABELS.items()])
    making = choice(
        "Persediaan",
        [
            (str(Making.STOCK), "Siap kirim dari persediaan"),
            (str(Making.ORDER), "Dibuat sesuai pesanan"),
        ],
        is_needed="Persediaan: pilih siap kirim atau dibuat sesuai pesanan.",
    )
    weight_g = Count("Berat kirim (gram)", example=250)
    length_cm = Count("Panjang kemasan (cm)", example=30)
    width_cm = Count("Lebar kemasan (cm)", example=20)
    height_cm = Count("Tinggi kemasan (cm)", example=10)
    material = _text("Bahan", rules.TEXT_LENGTH)
    measure = _text("Ukuran barang", rules.TEXT_LENGTH)
    care = _text("Perawatan", rules.TEXT_LENGTH)
    buyer_limit = Count("Paling banyak untuk satu pembeli dalam 30 hari", example=5)
    is_food = choice("Jenis barang", _OF_OTHERS)
    composition = _text("Komposisi", rules.COMPOSITION_LENGTH, rows=3)
    net_content = _text("Isi bersih", rules.NET_CONTENT_LENGTH)
    allergens = _text("Alergen", rules.TEXT_LENGTH)
    storage = _text("Cara simpan", rules.TEXT_LENGTH)
    shelf_life_days = Count("Masa simpan (hari)", example=90)
    halal = choice(
        "Keterangan halal", [(str(key), label) for key, label in rules.HALAL_LABELS.items()]
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        category: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Of a `category` of food, only what is fresh is no processed food."""
        super().__init__(data, initial=initial)
        field = self.fields["is_food"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _OF_FOODS if category in FOODS else _OF_OTHERS

    @classmethod
    def of(cls, listing: NewListing, *, category: str) -> "Listing":
        """The form as it was last saved; what nobody has said is not chosen."""
        said = next((word for word, is_food in _SAID.items() if is_food is listing.is_food), "")
        return cls(category=category, initial={**asdict(listing), "is_food": said})

    def clean(self) -> dict[str, Any]:
        """Tell numbers that cannot be together with all else."""
        cleaned = super().clean() or self.cleaned_data
        for refused in rules.number_refusals(cleaned):
            self.add_error(refused.field, refused.message)
        return cleaned

    def told(self) -> NewListing:
        """What was written, once the form is valid."""
        cleaned = self.cleaned_data
        return NewListing(
            **{
                **cleaned,
                "origin": Origin(cleaned["origin"]) if cleaned["origin"] else None,
                "making": Making(cleaned["making"]),
                "is_food": _SAID.get(cleaned["is_food"]),
                "halal": Halal(cleaned["halal"]) if cleaned["halal"] else None,
            }
        )


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FileList(forms.FileField):
    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":  # noqa: ANN401
        """Every file that was sent; none is for the form to judge."""
        del initial
        return [each for each in (data if isinstance(data, list) else [data]) if each]


class Photos(forms.Form):
    """Some photographs at once. What was too large to be read is told at the field."""

    photos = _FileList(label="Pilih foto", required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        too_large: Sequence[str] = (),
    ) -> None:
        """`too_large` names the files that were let go while they came in."""
        super().__init__(data, files)
        self._too_large = too_large
        self.taken: Sequence[UploadedFile[Any]] = ()

    def clean(self) -> dict[str, Any]:
        """Keep what can be looked at in `taken`; tell what was let go, or that there is nothing."""
        cleaned = super().clean() or self.cleaned_data
        sent = cleaned.get("photos", [])
        for name in self._too_large:
            self.refuse(_ALL_TOO_LARGE if name == EVERYTHING else _TOO_LARGE.format(name))
        if len(sent) > MOST_AT_ONCE:
            self.refuse("Sekali kirim paling banyak 8 foto.")
        elif sent:
            self.taken = sent
        elif not self._too_large:
            self.refuse("Pilih foto dulu.")
        return cleaned

    def refuse(self, sentence: str) -> None:
        """Tell at the field what was not taken."""
        self.add_error("photos", sentence)
