"""What the centre may propose to require of those who work. Pure."""

import datetime as dt

from bekal.foundation import formats
from bekal.people.rules.requirements import ADULT, CONVICTED, NewRequirement
from bekal.people.rules.standing import PeopleRefused

CODE_LENGTH = 20
LABEL_LENGTH = 60
SENTENCE_LENGTH = 200
CITATION_LENGTH = 200
SOURCE_LENGTH = 200
VERDICT_LENGTH = 200
FARTHEST = dt.timedelta(days=366)
_BLANK = (
    ("label", LABEL_LENGTH, "Isi nama syaratnya, misalnya Sisa pidana."),
    ("sentence", SENTENCE_LENGTH, "Isi artinya: apa yang harus terpenuhi."),
    ("citation", CITATION_LENGTH, "Isi dasar hukumnya, misalnya nomor peraturan dan pasalnya."),
)


class RequirementDecided(PeopleRefused):
    """Somebody has decided already."""

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__("Usulan ini sudah diputuskan. Muat ulang halamannya.")


def check_proposal(new: NewRequirement, *, ends: bool, today: dt.date) -> None:
    """Refuse a requirement without words or ground, or one that begins before today.

    Who is written down at all must be convicted and of age: those two are changed, never ended.
    """
    for name, longest, missing in _BLANK:
        text = str(getattr(new, name))
        if not text.strip():
            raise PeopleRefused(missing, field=name)
        if len(text) > longest:
            raise PeopleRefused(f"Paling panjang {longest} huruf. Singkat tulisannya.", field=name)
    if not new.code:
        raise PeopleRefused("Pakai huruf atau angka dalam nama syaratnya.", field="label")
    if len(new.source) > SOURCE_LENGTH:
        raise PeopleRefused(f"Paling panjang {SOURCE_LENGTH} huruf.", field="source")
    if ends and new.code in {CONVICTED, ADULT}:
        raise PeopleRefused("Syarat ini tidak bisa diakhiri: tanpanya tidak ada yang dicatat.")
    check_first_day(new.valid_from, today=today)


def check_first_day(first_day: dt.date, *, today: dt.date) -> None:
    """Refuse a day that has passed, or more than a year away: nobody's work is judged anew."""
    if not today <= first_day <= today + FARTHEST:
        raise PeopleRefused(
            f"Tanggal mulai paling cepat hari ini, {formats.date(today)}, dan paling lambat "
            "setahun lagi. Syarat tidak pernah berlaku mundur.",
            field="valid_from",
        )
