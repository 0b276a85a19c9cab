"""What the product's page promises of returns is what the shop keeps to."""

import pytest

from bekal.catalogue import rules as catalogue
from bekal.catalogue.rules import Making
from bekal.shop.rules import RETURN_RULES, GoodsKind


@pytest.mark.parametrize(
    ("is_food", "making", "kind"),
    [
        (True, Making.STOCK, GoodsKind.FOOD),
        (True, Making.ORDER, GoodsKind.FOOD),
        (False, Making.STOCK, GoodsKind.STOCK),
        (False, Making.ORDER, GoodsKind.MADE),
    ],
)
def test_the_page_of_a_product_promises_what_the_shop_keeps_to(is_food, making, kind):
    promised = catalogue.return_sentence(is_food=is_food, making=making)
    assert str(promised) == str(RETURN_RULES[kind].sentence)
