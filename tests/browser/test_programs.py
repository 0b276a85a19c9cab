"""A program of the workshop records by a token, and people see what it did."""

from bekal.catalogue.models import Product
from bekal.foundation.ids import uuid7
from tests.browser.steps import LIST, TOKENS, fill_token, turnover
from tests.browser.visitor import DESK

SALES = "/api/v1/units/lapas-kelas-iib-nabire/sales"


def test_a_till_of_another_maker_records_until_its_token_is_revoked(visit, world, people):
    markus, yohana, dewi = (
        visit(people.markus),
        visit(people.yohana),
        visit(people.dewi, width=DESK),
    )
    before = turnover(dewi)
    markus.open(TOKENS)
    fill_token(markus, people.yohana)
    markus.press("Buat kunci")
    secret = markus.page.get_by_label("Kunci", exact=True).input_value()

    def send(key):
        return visit().context.request.post(
            SALES,
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": str(key)},
            data={
                "sold_on": dewi.page.evaluate(TODAY_IN_NABIRE),
                "channel": "workshop",
                "buyer_class": "public",
                "payment": "cash",
                "items": [{"product": Product.objects.get(pk=world.noken).code, "pieces": 1}],
            },
        )

    key = uuid7()
    assert [send(key).status for _ in range(2)] == [201, 200]
    assert turnover(dewi) == before + 100_000
    yohana.open(LIST)
    yohana.follow("PJ-")
    assert f"Kunci API {secret[:12]}" in yohana.text()

    markus.open(TOKENS)
    markus.page.get_by_role("button", name="Cabut").click()
    markus.page.wait_for_load_state()
    assert "Kunci dicabut" in markus.text()
    assert send(uuid7()).status == 401
    assert turnover(dewi) == before + 100_000


TODAY_IN_NABIRE = """() => new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Jayapura", dateStyle: "short" }).format(new Date())"""
