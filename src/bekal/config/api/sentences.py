"""pydantic's complaints in our own words: a stable code for programs, a sentence for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from bekal.foundation.api.problems import FieldProblem

_NOT_A_CHOICE = ("not_a_choice", "Pilih salah satu: {expected}.")
_TEXT = ("wrong_type", "Tulis sebagai teks.")
_NUMBER = ("wrong_type", "Tulis sebagai bilangan bulat.")
_OBJECT = ("wrong_type", "Kirim sebagai objek JSON.")
_FORM = (
    "wrong_format",
    "Bentuknya tidak cocok, atau ada tanda yang tak terlihat. Lihat contohnya di /api/.",
)
_FALLBACK = ("invalid", "Nilai ini tidak bisa dipakai.")
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("missing", "Isian ini diperlukan."),
    "extra_forbidden": ("unknown_field", "Isian ini tidak dikenal. Periksa ejaannya."),
    "unknown_parameter": ("unknown_field", "Parameter ini tidak dikenal. Periksa ejaannya."),
    "repeated_parameter": ("repeated", "Parameter ini cukup satu kali."),
    "enum": _NOT_A_CHOICE,
    "literal_error": _NOT_A_CHOICE,
    "greater_than_equal": ("out_of_range", "Paling kecil {ge}."),
    "less_than_equal": ("out_of_range", "Paling besar {le}."),
    "greater_than": ("out_of_range", "Harus lebih dari {gt}."),
    "less_than": ("out_of_range", "Harus kurang dari {lt}."),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "int_parsing_size": ("out_of_range", "Bilangan terlalu besar."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_pattern_mismatch": _FORM,
    "string_too_long": ("too_long", "Paling panjang {max_length} huruf."),
    "string_too_short": ("too_short", "Paling pendek {min_length} huruf."),
    "too_long": ("too_long", "Paling banyak {max_length}."),
    "too_short": ("too_short", "Paling sedikit {min_length}."),
    "list_type": ("wrong_type", "Kirim sebagai daftar."),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "date_format": ("wrong_format", "Tulis tanggal sebagai tahun-bulan-hari: 2026-04-27."),
    "instant_format": (
        "wrong_format",
        "Tulis saat dengan zona waktunya: 2026-04-27T14:32:00+07:00.",
    ),
    "uuid_format": ("wrong_format", "Tulis UUID: 018f3c2e-7d5b-7c1a-9a57-3f5f6f1c2b10."),
    "day_out_of_range": ("out_of_range", "Tahunnya terlalu jauh. Periksa tanggalnya."),
}
_SAME_AS = {
    "date_from_datetime_parsing": "date_format",
    "date_parsing": "date_format",
    "datetime_from_date_parsing": "instant_format",
    "datetime_parsing": "instant_format",
    "timezone_aware": "instant_format",
    "uuid_parsing": "uuid_format",
}


def field_problem(error: Mapping[str, Any]) -> FieldProblem:
    """One complaint of pydantic (type, loc, ctx) as it is sent."""
    kind = str(error["type"])
    code, sentence = _SENTENCES.get(_SAME_AS.get(kind, kind), _FALLBACK)
    known = {name: str(value).replace(" or ", " atau ") for name, value in _context(error).items()}
    return FieldProblem(field=_way(error["loc"]), code=code, title=sentence.format(**known))


def _way(loc: Sequence[str | int]) -> list[str | int]:
    """The way to a value as the client knows it: ninja names its own argument after "body"."""
    return [loc[0], *loc[2:]] if loc[0] == "body" else list(loc)


def _context(error: Mapping[str, Any]) -> Mapping[str, Any]:
    context: Mapping[str, Any] = error.get("ctx") or {}
    return {"expected": "", "max_length": "", "min_length": "", **context}
