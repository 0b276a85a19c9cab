"""The API told to people: what can be asked, with examples that a test asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bekal.foundation.api.limits import PER_ADDRESS, PER_TOKEN
from bekal.foundation.api.problems import STATUS, Code
from bekal.foundation.faces import face
from bekal.front import links

MEANINGS = {
    Code.UNREADABLE: _("Isi permintaan bukan JSON yang utuh."),
    Code.TOKEN_MISSING: _("Alamat ini butuh kunci API."),
    Code.TOKEN_UNKNOWN: _("Kunci tidak dikenal, habis masa berlakunya, atau sudah dicabut."),
    Code.TOKEN_POWERLESS: _("Penanggung jawab kunci tidak mencatat penjualan unitnya lagi."),
    Code.NOT_FOUND: _("Tidak ada di sini, atau bukan milik unit dari kunci Anda."),
    Code.METHOD_NOT_ALLOWED: _("Cara meminta ini tidak dilayani di alamat itu."),
    Code.KEY_REUSED: _("Idempotency-Key sudah dipakai untuk isi lain; tidak ada yang dicatat."),
    Code.TOO_LARGE: _("Isi permintaan lebih dari 64 KB."),
    Code.NOT_JSON: _("Kepala Content-Type bukan application/json."),
    Code.INVALID: _("Ada nilai yang tidak bisa dipakai; problems menyebut masing-masing."),
    Code.REFUSED: _("Catatan ditolak menurut aturan unit; title menyebut alasannya."),
    Code.TOO_MANY_REQUESTS: _("Terlalu banyak permintaan; tunggu sesuai Retry-After."),
    Code.BROKEN: _("Ada yang rusak di pihak kami, dan tercatat."),
    Code.UNAVAILABLE: _("Layanan sedang tidak bisa dihubungi; coba lagi."),
}
_ASKS = (
    ("GET", "/api/v1/categories", _("Kategori, dengan banyaknya produk.")),
    ("GET", "/api/v1/suggestions", _("Saran selagi mengetik: jenis, bengkel, produk.")),
    ("GET", "/api/v1/products", _("Produk: cari kata, saring, halaman demi halaman.")),
    ("GET", "/api/v1/products/{code}", _("Satu produk dengan riwayat harganya.")),
    ("GET", "/api/v1/units", _("Unit yang berdiri pada suatu hari.")),
    ("GET", "/api/v1/units/{unit}", _("Satu unit dengan semua nama dan induknya dahulu.")),
    ("GET", "/api/v1/districts", _("Kecamatan menurut yang diketik, untuk alamat kirim.")),
    ("GET", "/api/v1/districts/{district}", _("Satu kecamatan menurut kode Kemendagri.")),
    ("GET", "/api/v1/turnover/{place}", _("Omzet nasional, satu kanwil, atau satu unit.")),
    ("GET", "/api/v1/turnover/{area}/below", _("Omzet kanwil-kanwil, atau unit-unit satu kanwil.")),
    ("GET", "/api/v1/turnover/{area}/days", _("Omzet per hari dalam satu bulan.")),
    ("GET", "/api/v1/turnover/{area}/months", _("Omzet per bulan dalam satu tahun.")),
    ("GET", "/api/v1/turnover/provinces", _("Omzet menurut provinsi.")),
    ("POST", "/api/v1/units/{unit}/sales", _("Catat penjualan (dengan kunci).")),
    ("GET", "/api/v1/units/{unit}/sales/{sale}", _("Baca penjualan unit sendiri (dengan kunci).")),
    (
        "POST",
        "/api/v1/units/{unit}/sales/{sale}/void",
        _("Batalkan salah catat dalam 10 menit (dengan kunci)."),
    ),
)


@face()
def programs(request: HttpRequest) -> HttpResponse:
    """What programs can ask of Bekal, how, how often, and what each refusal means."""
    context = {
        "asks": _ASKS,
        "problems": [(code, STATUS[code].value, MEANINGS[code]) for code in Code],
        "per_address": PER_ADDRESS.most,
        "per_token": PER_TOKEN.most,
        "description": links.api_description(),
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "front/programs.html", context)
