"""The figures as a file: they can be added up, and each part says what it means."""

import csv
import io

from django.utils.translation import override

from bekal.campaigns.figures import HEADING, figure_lines
from bekal.campaigns.queries import picture
from bekal.campaigns.tests.declared import declare, sell, take_back
from bekal.sales.rules import BuyerClass
from tests.support.world import NOON


def rows(shown):
    text = "".join(figure_lines(shown)).removeprefix("\ufeff")
    heading, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert tuple(heading) == HEADING
    return lines


def total_of(lines, part):
    return sum(int(line[3]) for line in lines if line[0] == part and line[3])


def test_hours_provinces_and_buyers_of_the_file_add_up_to_the_total(world):
    campaign = declare(world)
    take_back(sell(world.nabire, (world.noken, 3)), 1)
    sell(world.bangli, (world.endek, 2), buyer_class=BuyerClass.OFFICER)
    lines = rows(picture(campaign=campaign, now=NOON))
    assert total_of(lines, "kampanye") == 400_000
    for part in ("jam", "provinsi", "pembeli"):
        assert total_of(lines, part) == 400_000
    silent = [line for line in lines if line[:2] == ["provinsi", "93"]]
    assert silent == [["provinsi", "93", "Papua Selatan", "", ""]]


def test_each_part_of_the_file_is_defined_in_the_language_of_its_address(world):
    shown = picture(campaign=declare(world), now=NOON)
    defined = {line[1]: line[2] for line in rows(shown) if line[0] == "definisi"}
    assert set(defined) == {"kampanye", "jumlah", "jam", "provinsi", "pembeli"}
    assert "dikurangi" in defined["kampanye"]
    with override("en"):
        english = {line[1]: line[2] for line in rows(shown) if line[0] == "definisi"}
    assert english["kampanye"].startswith("Net:")
