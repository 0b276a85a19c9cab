"""An account has one name, on every page."""

from bekal.ledger.rules import ACCOUNT_LABELS
from bekal.turnover import rules


def test_turnover_calls_each_account_by_the_name_of_the_ledger():
    total = rules.Total(pnbp=1, premi=1, cost_recovery=1, capital=1, operating=1, partner=1)
    named = {label for label, _ in rules.share_parts(total)}
    assert named <= set(ACCOUNT_LABELS.values())
    assert len(named) == 6
