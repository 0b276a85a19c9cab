"""How money, dates, times and phones are written and read in Indonesia.

Output: `Rp48.000`, `27 April 2026`, `14.32 WIB`, `0812-3456-7890`. Input is generous: blanks, dots
and dashes are stripped rather than refused (see the field tests for what is understood).
"""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import quote

import phonenumbers

from bekal.foundation.clock import Period, Zone
from bekal.foundation.refusals import Refused

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
LARGEST_RUPIAH = 999_999_999_999
LARGEST_COUNT = 1_000_000
_INDONESIA = 62
_LAST_PAGE = 999_999
_WORDS = ((1_000_000_000_000, "triliun"), (1_000_000_000, "miliar"), (1_000_000, "juta"))
_MONEY = re.compile(r"(?:rp\.?)?(\d+|\d{1,3}(?:\.\d{3})+)(?:,-|,00)?", re.ASCII)
_PHONE = re.compile(r"[+\d\s().\-/]{1,40}", re.ASCII)
_COUNT = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+", re.ASCII)


class Unreadable(Refused):
    """A number, date or phone that cannot be read as what it should be."""


def _whole(grouped: str, *, largest: int) -> int | None:
    """The number behind digits with dots between; None when it is larger than `largest`.

    Digits are counted before they are converted: int() refuses thousands of them with an error.
    """
    digits = grouped.replace(".", "").lstrip("0") or "0"
    if len(digits) > len(str(largest)):
        return None
    number = int(digits)
    return number if number <= largest else None


def thousands(number: int) -> str:
    """1234567 as "1.234.567"; the sign stays in front."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """Whole rupiah for people: "Rp48.000", "-Rp48.000"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{thousands(abs(amount))}"


def rupiah_in_words(amount: int) -> str:
    """A headline amount: "Rp1,48 miliar"; below a million the exact sum. Rounds down."""
    for size, word in _WORDS:
        if abs(amount) >= size:
            hundredths = abs(amount) * 100 // size
            whole, fraction = divmod(hundredths, 100)
            number = f"{thousands(whole)},{fraction:02d}".rstrip("0").rstrip(",")
            return f"{'-' if amount < 0 else ''}Rp{number} {word}"
    return rupiah(amount)


def read_rupiah(text: str) -> int:
    """Read "48000", "48.000", "Rp 48.000" or "Rp48.000,00". Raises Unreadable otherwise."""
    squeezed = re.sub(r"\s", "", text).lower()
    match = _MONEY.fullmatch(squeezed)
    if match is None:
        if re.search(r"\d,\d", squeezed):
            raise Unreadable("Tulis rupiah bulat tanpa koma, misalnya 48.000.")
        raise Unreadable("Tulis jumlah dengan angka, misalnya 48.000.")
    amount = _whole(match[1], largest=LARGEST_RUPIAH)
    if amount is None:
        raise Unreadable(f"Jumlah paling besar {rupiah(LARGEST_RUPIAH)}. Periksa nolnya.")
    return amount


def read_count(text: str, *, largest: int = LARGEST_COUNT) -> int:
    """Read a whole number, mostly of pieces, "12" or "1.200". Raises Unreadable otherwise."""
    squeezed = re.sub(r"\s", "", text)
    if _COUNT.fullmatch(squeezed) is None:
        raise Unreadable("Tulis jumlah dengan angka bulat, misalnya 3.")
    number = _whole(squeezed, largest=largest)
    if number is None:
        raise Unreadable(f"Jumlah paling banyak {thousands(largest)}. Periksa angkanya.")
    return number


def read_page(text: str) -> int:
    """Read the page that an address asks for; nonsense, zero and too many digits are the first."""
    number = _whole(text, largest=_LAST_PAGE) if text.isascii() and text.isdigit() else None
    return number or 1


def date(day: dt.date) -> str:
    """Write a day: "27 April 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """Write a day for narrow places: "Sen, 27 Apr 2026"."""
    return f"{DAYS[day.weekday()][:3]}, {day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def long_date(day: dt.date) -> str:
    """Write a day with its name: "Senin, 27 April 2026"."""
    return f"{DAYS[day.weekday()]}, {date(day)}"


def period(span: Period) -> str:
    """Write a period, "1 sampai 26 April 2026", as short as it can be said without doubt."""
    return period_in(span, months=MONTHS, until="sampai")


def period_in(span: Period, *, months: Sequence[str], until: str) -> str:
    """Write a period with the months and the word of some language."""
    first, last = span.first, span.last
    begin, end = (f"{day.day} {months[day.month - 1]}" for day in (first, last))
    if first == last:
        return f"{end} {last.year}"
    if first.year != last.year:
        begin = f"{begin} {first.year}"
    elif first.month == last.month:
        begin = str(first.day)
    return f"{begin} {until} {end} {last.year}"


def time(instant: dt.datetime, zone: Zone) -> str:
    """Write the time of an instant in a zone: "14.32 WIB"."""
    local = instant.astimezone(zone.info)
    return f"{local:%H.%M} {zone}"


_LONG_WORD = re.compile(r"\S{20}(?=\S)")


def breakable(text: str) -> str:
    """The same with a place to break, which nobody sees, after every 20 letters of a long word."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def read_phone(text: str) -> str:
    """Read an Indonesian number written in any usual way; returns E.164 ("+6281234567890").

    Raises Unreadable for what is no number of Indonesia. Letters are refused rather than dropped:
    the library would read "0812 3456 7890 ext 5" as a number that nobody wrote.
    """
    try:
        number = phonenumbers.parse(text if _PHONE.fullmatch(text) else "", "ID")
    except phonenumbers.NumberParseException:
        number = None
    if (
        number is None
        or number.country_code != _INDONESIA
        or not phonenumbers.is_valid_number(number)
    ):
        raise Unreadable("Tulis nomor HP Indonesia, misalnya 0812 3456 7890.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone(e164: str) -> str:
    """Show a stored number the way people write it: "0812-3456-7890"."""
    number = phonenumbers.parse(e164, "ID")
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return re.sub(r"[()\s]+", "-", national).strip("-")


_CARRIED = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def is_mobile(e164: str) -> bool:
    """Whether a stored number may be that of a mobile phone, which messages reach; "" is none."""
    return bool(e164) and phonenumbers.number_type(phonenumbers.parse(e164, "ID")) in _CARRIED


def whatsapp(e164: str, text: str) -> str:
    """The address that opens WhatsApp with a message to a stored number, ready to be sent."""
    return f"https://wa.me/{e164.removeprefix('+')}?text={quote(text, safe='')}"
