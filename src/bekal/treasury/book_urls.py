"""Addresses of the books of any place; config mounts them at /buku/."""

from django.urls import path

from bekal.treasury.views import book_entries, book_files, books, checks

app_name = "books"
urlpatterns = [
    path("", books.home, name="home"),
    path("pemeriksaan/", checks.runs, name="checks"),
    path("<slug:place>/", books.trial, name="trial"),
    path("<slug:place>/dana/", books.funds, name="funds"),
    path("<slug:place>/arus/", books.flows, name="flows"),
    path("<slug:place>/akun/<str:account>/", book_entries.account, name="account"),
    path("<slug:place>/akun/<slug:many>/rincian/", book_entries.parts, name="parts"),
    path("<slug:place>/hari/<str:day>/", book_entries.day, name="day"),
    path("<slug:place>/sumber/", book_entries.source, name="source"),
    path("<slug:place>/jurnal/<int:entry>/", book_entries.entry, name="entry"),
    path("<slug:place>/unduh/<slug:report>.<slug:ending>", book_files.report, name="file"),
]
