"""The living style page."""

from bekal.ui.views import style_page


def test_the_style_page_is_public_and_reads_no_database(client):
    answer = client.get("/gaya/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert vars(style_page)["gate"] == "public"
    assert html.count("<h1") == 1
    for words in ("Catat penjualan", "Ke mana uang Anda pergi", "Ada yang perlu diperbaiki"):
        assert words in html
