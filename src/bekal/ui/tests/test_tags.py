"""Each tag, rendered."""

import datetime as dt
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from bekal.foundation.clock import Period, Zone
from bekal.ui import figures
from bekal.ui.icons import NoSuchIcon

CHANNELS = (("", "Pilih saluran"), ("toko", "Toko bengkel"), ("pameran", "Pameran"))
BUYERS = (("umum", "Umum"), ("lembaga", "Lembaga"))


class SaleForm(forms.Form):
    day = forms.DateField(label="Tanggal", widget=forms.DateInput)
    channel = forms.ChoiceField(
        label="Saluran", choices=CHANNELS, error_messages={"required": "Pilih saluran."}
    )
    price = forms.CharField(
        label="Harga", help_text="Rupiah bulat.", error_messages={"required": "Isi harga."}
    )
    count = forms.IntegerField(label="Jumlah")
    buyer = forms.ChoiceField(
        label="Pembeli",
        choices=BUYERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih siapa yang membeli."},
    )
    password = forms.CharField(label="Sandi", widget=forms.PasswordInput, required=False)
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def render(source, request=None, **context):
    load = "" if source.startswith("{% extends") else "{% load ui %}"
    template = engines["django"].from_string(load + source)
    return template.render(context, request)


def test_formats_are_indonesian():
    text = render(
        "{{ a|rupiah }} {{ b|rupiah_ringkas }} {{ c|ribuan }} {{ d|tanggal }} "
        "{{ d|tanggal_pendek }} {{ d|tanggal_panjang }} {{ p|periode }} {{ t|jam:z }}",
        a=-48_000,
        b=1_482_307_500,
        c=1407,
        d=dt.date(2026, 4, 27),
        p=Period(dt.date(2026, 4, 1), dt.date(2026, 4, 26)),
        t=dt.datetime(2026, 4, 27, 5, 32, tzinfo=dt.UTC),
        z=Zone.WIT,
    )
    assert text == (
        "-Rp48.000 Rp1,48 miliar 1.407 27 April 2026 Sen, 27 Apr 2026 Senin, 27 April 2026"
        " 1 sampai 26 April 2026 14.32 WIT"
    )


def test_a_field_ties_label_hint_and_error_to_its_input():
    html = render("{% field form.price kind='money' %}", form=SaleForm({"price": ""}))
    assert '<label class="field__label" for="id_price">Harga' in html
    assert 'aria-describedby="id_price_hint id_price_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_price_error"' in html
    assert "Isi harga." in html
    assert 'inputmode="numeric"' in html
    assert "required" not in html


def test_a_field_keeps_what_was_typed_and_escapes_it():
    html = render("{% field form.price kind='money' %}", form=SaleForm({"price": '48,5"><b>'}))
    assert 'value="48,5&quot;&gt;&lt;b&gt;"' in html


def test_a_prefilled_amount_has_its_thousands():
    html = render("{% field form.price kind='money' %}", form=SaleForm(initial={"price": 48_000}))
    assert 'value="48.000"' in html


def test_a_password_is_never_shown_again():
    html = render("{% field form.password %}", form=SaleForm({"password": "rahasia"}))
    assert "rahasia" not in html
    assert 'type="password"' in html
    assert 'autocomplete="current-password"' in html


def test_a_field_that_may_stay_empty_says_so():
    html = render("{% field form.note %}", form=SaleForm())
    assert "(boleh dikosongkan)" in html
    assert "<textarea" in html


def test_the_words_around_a_field_speak_the_language_of_the_page():
    with translation.override("en"):
        html = render("{% field form.note %}{% error_summary form %}", form=SaleForm({}))
    assert "(optional)" in html
    assert "There is something to correct" in html


def test_a_file_that_was_sent_is_not_written_into_the_page():
    class PaperForm(forms.Form):
        paper = forms.FileField(label="Berkas", required=False)

    file: UploadedFile[Any] = SimpleUploadedFile("rahasia.pdf", b"%PDF")
    sent = MultiValueDict({"paper": [file]})
    form = PaperForm({}, sent)
    html = render("{% field form.paper %}", form=form)
    assert 'type="file"' in html
    assert "rahasia" not in html


def test_a_select_marks_what_was_chosen():
    html = render("{% field form.channel %}", form=SaleForm({"channel": "pameran"}))
    assert '<option value="pameran" selected>' in html


def test_a_hidden_field_has_no_label():
    html = render("{% field form.key %}", form=SaleForm(initial={"key": "a1"}))
    assert html.strip() == '<input type="hidden" value="a1" id="id_key" name="key">'


def test_a_date_offers_the_units_own_today_and_yesterday():
    html = render(
        "{% field form.day today=day %}",
        form=SaleForm(initial={"day": dt.date(2026, 5, 1)}),
        day=dt.date(2026, 5, 1),
    )
    assert 'type="date" value="2026-05-01"' in html
    assert 'data-quick-date="2026-05-01"' in html
    assert 'data-quick-date="2026-04-30"' in html


def test_an_unknown_kind_of_field_fails_loudly():
    with pytest.raises(ValueError, match="unknown kind"):
        render("{% field form.price kind='uang' %}", form=SaleForm())


def test_choices_are_tiles_with_notes_and_one_chosen():
    html = render(
        "{% choices form.buyer notes=notes %}",
        form=SaleForm({"buyer": "lembaga"}),
        notes={"lembaga": "Dengan faktur"},
    )
    assert html.count('type="radio"') == 2
    assert 'id="id_buyer_1" name="buyer" value="lembaga" checked' in html
    assert "Dengan faktur" in html


def test_numbers_that_are_stepped_do_not_each_say_that_they_may_stay_blank():
    form = SaleForm()
    form.fields["count"].required = False
    assert "boleh dikosongkan" not in render("{% stepper form.count %}", form=form)


def test_a_stepper_works_as_a_plain_input():
    html = render("{% stepper form.count least=1 most=9 %}", form=SaleForm(initial={"count": 1}))
    assert 'value="1" data-min="1" data-max="9"' in html
    assert 'id="id_count"' in html
    assert html.count('type="button"') == 2


def test_the_error_summary_leads_to_fields_with_the_same_words():
    form = SaleForm({"day": "2026-04-27", "count": "1"})
    form.add_error(None, "Hari itu sudah ditutup.")
    html = render("{% error_summary form %}", form=form)
    assert "Ada yang perlu diperbaiki" in html
    assert "<li>Hari itu sudah ditutup.</li>" in html
    assert '<a href="#id_price">Isi harga.</a>' in html
    assert '<a href="#id_buyer_0">Pilih siapa yang membeli.</a>' in html


def test_a_form_without_errors_has_no_summary():
    assert render("{% error_summary form %}", form=SaleForm()).strip() == ""


def test_a_failed_page_says_so_first_in_its_title():
    html = render("{% extends 'ui/base.html' %}", form=SaleForm({})).replace("\n", "")
    assert "<title>Gagal: " in html
    assert "data-errors" in html


def test_pages_keep_the_query():
    page = Paginator(range(163), 24).page(2)
    request = RequestFactory().get("/", {"cari": "kopi & teh", "halaman": "2"})
    html = render("{% pagination page noun='penjualan' %}", request, page=page)
    assert "Menampilkan 25 sampai 48 dari 163 penjualan" in html
    assert 'href="?cari=kopi+%26+teh&amp;halaman=1"' in html
    assert 'href="?cari=kopi+%26+teh&amp;halaman=3"' in html


def test_a_single_page_has_no_links():
    html = render("{% pagination page noun='penjualan' %}", page=Paginator([1], 24).page(1))
    assert "href" not in html


def test_a_band_fills_its_width_exactly():
    parts = figures.parts_of([("Bahan", 1), ("Premi", 1), ("PNBP", 1), ("Kosong", 0)])
    assert sum(part.width for part in parts) == figures.BAND_WIDTH
    assert [part.percent for part in parts] == [33, 33, 33, 0]
    assert [part.width for part in figures.parts_of([("Bahan", 0)])] == [0]
    with pytest.raises(ValueError, match="negative"):
        figures.parts_of([("Bahan", -1)])


def test_a_band_says_in_a_table_what_it_shows_in_colour():
    html = render("{% band parts label='Rincian' %}", parts=[("Bahan", 750), ("Premi", 2250)])
    assert 'x="0" y="0" width="250"' in html
    assert 'x="250" y="0" width="750"' in html
    assert '<td class="n">2.250</td><td class="n">75%</td>' in html
    assert '<td class="n">3.000</td>' in html


def test_a_summary_row_says_what_is_changed():
    html = render(
        "{% summary_list %}{% summary_row 'Pembeli' value change='/x' %}{% endsummary_list %}",
        value="<b>",
    )
    assert "&lt;b&gt;" in html
    assert '<a href="/x">Ubah<span class="vh"> pembeli</span></a>' in html
    assert html.strip().startswith('<dl class="summary">')


def test_a_finished_task_is_plain_and_a_later_one_no_link():
    html = render(
        "{% task_list %}{% task_row 'Catat' href='/a' %}{% task_row 'Cocokkan' href='/b'"
        " status='Selesai' %}"
        "{% task_row 'Tutup' href='/c' status='Belum bisa dimulai' later=True %}{% endtask_list %}"
    )
    assert html.count("tag--info") == 1
    assert "/c" not in html
    assert 'href="/b"' in html


def test_states_live_inside_a_loop():
    html = render(
        "{% for x in rows %}{{ x }}{% empty %}"
        "{% empty_state 'Belum ada.' action='Catat' href='/a' %}{% endfor %}"
        "{% failed_state 'Tidak terbuka.' href='/b' %}{% loading_state lines=2 %}",
        rows=[],
    )
    assert "Belum ada." in html
    assert "Coba lagi" in html
    assert html.count("<i ") == 2


def test_blocks_hold_what_they_are_given():
    html = render(
        "{% hang_tag name place='Palu' price=285000 %}<b>QR</b>{% endhang_tag %}"
        "{% definition 'Mengapa?' %}<p>Sebab.</p>{% enddefinition %}"
        "{% notice 'ok' live=True %}<p>Tersimpan.</p>{% endnotice %}"
        "{% stats first=True %}{% stat 'transaksi' 9214 note='hari ini' %}{% endstats %}",
        name="Tenun <i>",
    )
    assert "Tenun &lt;i&gt;" in html
    assert "<b>QR</b>" in html
    assert "Rp285.000" in html
    assert "Mengapa?" in html
    assert 'role="status"' in html
    assert "9.214" in html


def test_buttons_are_links_only_where_they_lead():
    html = render(
        "{% button 'Simpan' name='act' value='save' %}{% button 'Kembali' kind='quiet' href='/a' %}"
    )
    assert '<button class="btn" type="submit" name="act" value="save">Simpan</button>' in html
    assert '<a class="btn btn--quiet" href="/a">Kembali</a>' in html


def test_an_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in render("{% icon 'plus' %}")
    assert 'role="img" aria-label="Dompet"' in render("{% icon 'wallet' label='Dompet' %}")
    with pytest.raises(NoSuchIcon):
        render("{% icon 'tidak-ada' %}")


def test_the_frame_shows_who_is_signed_in_and_where():
    html = render(
        "{% extends 'ui/staff.html' %}",
        person=SimpleNamespace(name="Ibu Rahmawati"),
        unit=SimpleNamespace(name="Lapas Perempuan Palu"),
        nav=[SimpleNamespace(label="Penjualan", url="/x", is_current=True)],
        crumbs=[("Meja kerja", "/kerja/"), ("Penjualan", None)],
        demo=True,
    )
    assert "Ibu Rahmawati" in html
    assert 'action="/keluar/"' in html
    assert '<a href="/x" aria-current="page">Penjualan</a>' in html
    assert '<span aria-current="page">Penjualan</span>' in html
    assert "Contoh, bukan situs resmi." in html
    assert "Situs resmi" not in html


def test_a_bar_reaches_as_far_as_its_amount_and_no_further():
    assert 'd="M0 0h250v8H0z"' in render("{% bar 25 100 %}")
    assert 'd="M0 0h1000v8H0z"/></svg>' in render("{% bar 300 100 %}")
    assert "bar__fill" not in render("{% bar 0 100 %}{% bar -5 100 %}{% bar 5 0 %}")


class Order(StrEnum):
    """How a list of the test is sorted."""

    NAME = "nama"
    NEWEST = "terbaru"


def test_a_choice_that_narrows_a_list_keeps_what_was_chosen_and_can_be_given_up():
    stands = {"ada": "Ada <stok>", "habis": "Habis"}
    source = '{% sift "keadaan" stands chosen label="Keadaan" every="Semua" %}'
    page = render(source, stands=stands, chosen="habis")
    assert '<label class="field__label" for="keadaan">Keadaan</label>' in page
    assert '<option value="">Semua</option>' in page
    assert '<option value="ada">Ada &lt;stok&gt;</option>' in page
    assert '<option value="habis" selected>Habis</option>' in page
    assert "selected" not in render(source, stands=stands, chosen="")


def test_a_choice_is_told_by_the_members_of_an_enum():
    for options in (list(Order), {each.value: each for each in Order}):
        page = render(
            '{% sift "urut" sorts chosen label="Urutkan" %}', sorts=options, chosen=Order.NAME
        )
        assert '<option value="nama" selected>Nama</option>' in page
        assert '<option value="terbaru">Terbaru</option>' in page
        assert 'value=""' not in page


def test_what_is_the_same_everywhere_is_made_once_for_each_language():
    kept = engines["django"].from_string(
        "{% load frame i18n %}{% same_everywhere %}{% translate 'Katalog' %} {{ page }}"
        "{% if demo %}contoh{% endif %}{% endsame_everywhere %}"
    )

    def shown(language, **context):
        with translation.override(language):
            return kept.render(context)

    assert shown("id", page="tas") == "Katalog "  # it knows nothing of a page
    assert shown("en", page="tas") == "Catalogue "
    assert shown("id", demo=True) == "Katalog contoh"
    assert shown("id", page="kopi") == "Katalog "


def test_what_is_the_same_in_a_section_is_made_once_for_each_and_knows_it():
    kept = engines["django"].from_string(
        "{% load frame %}{% same_everywhere section %}{{ section }} {{ page }}"
        "{% endsame_everywhere %}"
    )
    shown = [kept.render({"section": name, "page": "tas"}) for name in ("data", "live", "data")]
    assert shown == ["data ", "live ", "data "]
