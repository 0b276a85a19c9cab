"""Three hundred makers do not fill the page of balances."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from tests.support.world import NOON, SITI, TODAY

HERE = "/kerja/lapas-kelas-iib-nabire/bagi-hasil/saldo/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def siti(world, person):
    makers = [f"PB-AAAA-{number:04d}" for number in range(120)]
    lines = [Line(world.nabire, AccountKind.PREMI_PAYABLE, -100, maker=maker) for maker in makers]
    post_entry(
        lines=[Line(world.nabire, AccountKind.PREMI_UNALLOCATED, 12_000), *lines],
        key=uuid7(),
        occurred_on=TODAY,
        memo="bagian premi",
        source="premi:1",
        by=SITI,
        now=NOON,
    )
    return person("Siti", (Role.BENDAHARA, "nabire"))


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_makers_are_one_sum_on_the_page_of_balances(siti):
    page = text(siti, HERE)
    assert "Rp12.000" in page
    assert "PB-AAAA" not in page
    assert f'href="{HERE}premi-terutang/"' in page


def test_the_list_by_code_is_one_tap_deeper_and_paged(siti):
    page = text(siti, f"{HERE}premi-terutang/")
    assert "PB-AAAA-0049" in page
    assert "PB-AAAA-0050" not in page
    assert "PB-AAAA-0119" in text(siti, f"{HERE}premi-terutang/?halaman=3")
    found = text(siti, f"{HERE}premi-terutang/?cari=0117")
    assert "PB-AAAA-0117" in found
    assert "PB-AAAA-0001" not in found
    assert "Tidak ada pembuat yang cocok." in text(siti, f"{HERE}premi-terutang/?cari=zz")
    one = text(siti, f"{HERE}premi-terutang-pb-aaaa-0117/")
    assert "Rp100" in one
