"""The description of the API (OpenAPI 3.1): ninja's, with what it leaves out."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from bekal.foundation.api.problems import MEDIA_TYPE, STATUS, TITLES, Code

_EXAMPLES = Path(__file__).with_name("examples.json")
_ABOUT = """\
Katalog, unit, dan omzet Bekal untuk siapa saja, dan pencatatan penjualan untuk program unit.

- Semua uang rupiah bulat; tanggal ISO 8601; teks UTF-8.
- Jawaban publik membawa ETag: kirim kembali sebagai If-None-Match, dan yang belum berubah
  dijawab 304.
- Daftar membawa `next` dan kepala Link. Setiap penolakan berbentuk application/problem+json
  (RFC 9457) dengan `code` yang tetap.
- Paling banyak 600 permintaan per menit per alamat dan 120 per menit per kunci; lihat kepala
  RateLimit.
- Penjelasan dan contoh untuk orang ada di /api/. Nama dan wajah pembuat tidak ada di sini.
"""
_HEADERS = {
    "ETag": "Versi jawaban, untuk If-None-Match.",
    "Link": "Halaman sebelum dan sesudahnya (RFC 8288).",
    "RateLimit": "Sisa permintaan dan detik sampai hitungan mulai lagi.",
    "Location": "Alamat catatan.",
    "Retry-After": "Tunggu sekian detik.",
    "WWW-Authenticate": "Cara mengirim kunci.",
    "Allow": "Cara meminta yang dilayani.",
}
_INFO = {
    "title": "API Bekal",
    "summary": "Karya warga binaan: katalog, unit, omzet, pencatatan penjualan.",
    "description": _ABOUT,
    "version": "1.0.0",
    "license": {
        "name": "CC BY 4.0 (data)",
        "url": "https://creativecommons.org/licenses/by/4.0/deed.id",
    },
}
_STATUS_WORDS = {
    "200": "Jawaban",
    "201": "Tercatat",
    "304": "Belum berubah sejak ETag yang dikirim",
}
Json = dict[str, Any]


class Document:
    """The description, made once per process, when first asked for."""

    def __init__(self, made: Callable[[], Mapping[str, Any]]) -> None:
        """Describe what `made` gives: ninja's own description."""
        self._made = made

    @cached_property
    def content(self) -> Json:
        """The description as an object."""
        described: Json = json.loads(json.dumps(self._made(), default=str))
        described["info"] = _INFO
        described["servers"] = [{"url": "/", "description": "Situs ini"}]
        described["security"] = []
        for operation in _operations(described):
            _describe(operation)
        _illustrate(described, json.loads(_EXAMPLES.read_text()))
        return described

    @cached_property
    def body(self) -> bytes:
        """The description as it is sent."""
        return json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def digest(self) -> str:
        """Changes when the description does."""
        return hashlib.sha256(self.body).hexdigest()[:32]


def _operations(described: Json) -> Iterator[Json]:
    for path in described["paths"].values():
        yield from path.values()


def _describe(operation: Json) -> None:
    """Say what each status means, which headers it has, and that refusals are problems."""
    responses = operation["responses"]
    if "security" not in operation:
        responses["304"] = {}
    for status, response in responses.items():
        words = [TITLES[code] for code in Code if str(_status(code)) == status]
        response["description"] = _STATUS_WORDS.get(status) or " ".join(words)
        names = _headers_of(status, is_public="security" not in operation)
        response["headers"] = {
            name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in names
        }
        if words:
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
    operation["responses"] = dict(sorted(responses.items()))


def _status(code: Code) -> int:
    return STATUS[code].value


def _headers_of(status: str, *, is_public: bool) -> list[str]:
    further = {
        "401": ["WWW-Authenticate"],
        "405": ["Allow"],
        "429": ["Retry-After"],
        "503": ["Retry-After"],
        "201": ["Location"],
        "200": ["ETag", "Link"] if is_public else [],
        "304": ["ETag"],
    }
    is_kept = is_public and status == "200"
    return further.get(status, []) if is_kept else ["RateLimit", *further.get(status, [])]


def _illustrate(described: Json, examples: Mapping[str, Json]) -> None:
    """Put the examples in, which a test asks the API itself; by operationId."""
    for operation in _operations(described):
        example = examples.get(operation["operationId"])
        if example is None:
            continue
        for parameter in operation["parameters"]:
            given = {**example["path"], **example["query"], **example["headers"]}
            if parameter["name"] in given:
                parameter["example"] = given[parameter["name"]]
        if "body" in example:
            content = operation["requestBody"]["content"]["application/json"]
            content["example"] = example["body"]
        answered = operation["responses"][str(example["status"])]
        answered["content"]["application/json"]["example"] = example["answer"]
