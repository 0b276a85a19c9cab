"""The door: who comes in, who waits, who leaves."""

from tests.browser.steps import NABIRE


def errors(visitor):
    """The lines of the error summary, which must hold the focus."""
    assert visitor.page.evaluate("document.activeElement.matches('[data-errors]')")
    return visitor.page.locator("[data-errors] li").all_inner_texts()


def test_five_wrong_passwords_close_the_door_even_for_the_right_one(visit, people):
    yohana = visit()
    for _ in range(5):
        yohana.sign_in(people.yohana, password="bukan ini")
        assert "tidak cocok" in errors(yohana)[0]
        assert yohana.value("login") == people.yohana.nip
        assert yohana.value("password") == ""
    yohana.sign_in(people.yohana)
    assert "Terlalu banyak percobaan" in errors(yohana)[0]
    assert yohana.open(NABIRE).url.startswith(f"{yohana.address}/masuk/")
    siti = visit(people.siti)  # from the same address, with an account of her own
    assert siti.page.url.endswith(NABIRE)


def test_an_empty_form_names_both_fields_and_each_line_leads_to_its_field(visit, people):
    someone = visit()
    someone.open("/masuk/")
    someone.press("Masuk", inside="main")
    assert errors(someone) == ["Isi email atau NIP.", "Isi kata sandi."]
    someone.follow("Isi kata sandi.")
    assert someone.page.evaluate("document.activeElement.name") == "password"
    assert someone.page.title().startswith("Gagal: ")


def test_signing_in_leads_to_the_page_that_was_wanted(visit, people):
    siti = visit()
    siti.open(f"{NABIRE}bagi-hasil/saldo/")
    siti.page.get_by_label("Email atau NIP").fill(people.siti.email.upper())
    siti.page.get_by_label("Kata sandi").fill("noken kulit kayu 77")
    siti.press("Masuk", inside="main")
    assert siti.text("h1") == "Saldo"


def test_after_signing_out_the_arrow_back_shows_nothing(visit, people):
    yohana = visit(people.yohana)
    yohana.page.locator("details.who summary").click()
    yohana.press("Keluar")
    yohana.page.go_back()
    assert "/masuk/" in yohana.page.url


def test_yohana_changes_her_password(visit, people):
    yohana = visit(people.yohana)
    yohana.page.locator("details.who summary").click()
    yohana.follow("Ganti kata sandi", inside="header")
    yohana.press("Ganti kata sandi", inside="main")
    assert errors(yohana) == ["Isi kata sandi lama.", "Isi kata sandi baru."]
    yohana.page.get_by_label("Kata sandi lama").fill("noken kulit kayu 77")
    yohana.page.get_by_label("Kata sandi baru").fill("rotan halus 91")
    yohana.press("Ganti kata sandi", inside="main")
    assert "Kata sandi sudah diganti" in yohana.text(".notice")
    assert visit().sign_in(people.yohana, password="rotan halus 91").page.url.endswith(NABIRE)
