"""Addresses that the frame of every page leads to.

ui lies below the rooms that own these pages, so it knows their addresses and not their names.
"""

ADDRESSES = {
    "home": "/",
    "sign_in": "/masuk/",
    "sign_out": "/keluar/",
    "password": "/akun/sandi/",
    "desk": "/kerja/",
}
