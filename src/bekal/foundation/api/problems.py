"""How the API says no: one shape (RFC 9457, application/problem+json) for every refusal.

`code` is for programs and never changes its meaning; `title` is for people, in Indonesian.
"""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/#"
"""Where each code is explained to people."""


class Code(StrEnum):
    """What went wrong, in a word that programs may rely on."""

    UNREADABLE = "unreadable"
    TOKEN_MISSING = "token_missing"
    TOKEN_UNKNOWN = "token_unknown"
    TOKEN_POWERLESS = "token_powerless"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    KEY_REUSED = "key_reused"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    INVALID = "invalid"
    REFUSED = "refused"
    TOO_MANY_REQUESTS = "too_many_requests"
    BROKEN = "broken"
    UNAVAILABLE = "unavailable"


STATUS: dict[Code, HTTPStatus] = {
    Code.UNREADABLE: HTTPStatus.BAD_REQUEST,
    Code.TOKEN_MISSING: HTTPStatus.UNAUTHORIZED,
    Code.TOKEN_UNKNOWN: HTTPStatus.UNAUTHORIZED,
    Code.TOKEN_POWERLESS: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Code.KEY_REUSED: HTTPStatus.CONFLICT,
    Code.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.NOT_JSON: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Code.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Code.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    Code.BROKEN: HTTPStatus.INTERNAL_SERVER_ERROR,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
TITLES: dict[Code, str] = {
    Code.UNREADABLE: "Permintaan tidak terbaca. Kirim isi sebagai JSON (UTF-8).",
    Code.TOKEN_MISSING: "Alamat ini butuh kunci API. Kirim kepala Authorization: Bearer (kunci).",
    Code.TOKEN_UNKNOWN: "Kunci API tidak dikenal, habis masa berlakunya, atau sudah dicabut.",
    Code.TOKEN_POWERLESS: "Penanggung jawab kunci ini tidak mencatat penjualan unitnya lagi. "
    "Minta kepala unit membuat kunci baru.",
    Code.NOT_FOUND: "Alamat ini tidak ada, atau bukan milik unit dari kunci Anda.",
    Code.METHOD_NOT_ALLOWED: "Cara meminta ini tidak dilayani di sini. Lihat kepala Allow.",
    Code.KEY_REUSED: "Idempotency-Key ini sudah dipakai untuk isi yang berbeda. "
    "Periksa catatan yang tersimpan sebelum mencatat lagi.",
    Code.TOO_LARGE: "Isi permintaan terlalu besar. Paling besar 64 KB.",
    Code.NOT_JSON: "Kirim isi dengan kepala Content-Type: application/json.",
    Code.INVALID: "Ada isian yang belum benar. Lihat daftar problems.",
    Code.REFUSED: "Catatan ditolak.",
    Code.TOO_MANY_REQUESTS: "Terlalu banyak permintaan. Tunggu sesuai kepala Retry-After.",
    Code.BROKEN: "Ada yang rusak di pihak kami. Kejadian ini tercatat; coba lagi sebentar lagi.",
    Code.UNAVAILABLE: "Layanan sedang tidak bisa dihubungi. Coba lagi sebentar lagi.",
}
Step = str | int


class FieldProblem(Schema):
    """One value that cannot be used."""

    field: Annotated[
        list[Step],
        Field(description="Jalan ke isian: tempatnya (query, path, header, body) lalu namanya."),
    ]
    code: Annotated[str, Field(description="Kata tetap untuk program.")]
    title: Annotated[str, Field(description="Kalimat untuk orang.")]


class Problem(Schema):
    """The body of every refusal."""

    type: Annotated[str, Field(description="Alamat penjelasan jenis kesalahan ini.")]
    title: Annotated[str, Field(description="Kalimat untuk orang, dalam bahasa Indonesia.")]
    status: Annotated[int, Field(ge=400, le=599)]
    code: Annotated[Code, Field(description="Kata tetap untuk program.")]
    field: Annotated[
        list[Step], Field(description="Isian pertama yang bermasalah; kosong bila tidak ada.")
    ]
    problems: Annotated[
        list[FieldProblem], Field(description="Setiap isian yang bermasalah, bila ada.")
    ]


class ApiProblem(Exception):
    """Raised by a door of the API; the root of the API answers with it."""

    def __init__(
        self,
        code: Code,
        *,
        title: str = "",
        field: tuple[Step, ...] = (),
        problems: tuple[FieldProblem, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """`title` instead of the code's own sentence; `headers` go with the answer."""
        super().__init__(code)
        self.code = code
        self.title = title or TITLES[code]
        self.field = field or (tuple(problems[0].field) if problems else ())
        self.problems = problems
        self.headers = headers or {}

    @property
    def status(self) -> int:
        """The HTTP status that belongs to the code."""
        return STATUS[self.code].value

    @property
    def body(self) -> Problem:
        """What is sent."""
        return Problem(
            type=f"{ADDRESS}{self.code}",
            title=self.title,
            status=self.status,
            code=self.code,
            field=list(self.field),
            problems=list(self.problems),
        )


def answers(*codes: Code) -> dict[int, type[Problem]]:
    """For an operation's `response`: every status that these codes are sent with."""
    return {STATUS[code].value: Problem for code in codes}


READING = answers(
    Code.UNREADABLE,
    Code.METHOD_NOT_ALLOWED,
    Code.INVALID,
    Code.TOO_MANY_REQUESTS,
    Code.BROKEN,
    Code.UNAVAILABLE,
)
"""What any public question may be answered with beside its answer."""
READING_ONE = READING | answers(Code.NOT_FOUND)
BY_TOKEN = READING_ONE | answers(Code.TOKEN_UNKNOWN, Code.TOKEN_POWERLESS)
WRITING = BY_TOKEN | answers(Code.KEY_REUSED, Code.TOO_LARGE, Code.NOT_JSON)
