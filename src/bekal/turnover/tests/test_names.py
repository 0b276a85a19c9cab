"""An account has one name, on every page."""

from bekal.ledger import chart
from bekal.ledger.queries import Balance
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind
from bekal.turnover import rules


def test_turnover_and_balances_call_an_account_by_one_name():
    total = rules.Total(pnbp=1, premi=1, cost_recovery=1, capital=1, operating=1, partner=1)
    named = {label for label, _ in rules.share_parts(total)}
    assert named <= set(ACCOUNT_LABELS.values())
    assert len(named) == 6
    held = chart.all_held([Balance(kind, None, 1, 1) for kind in AccountKind], {})
    assert [row.name for row in held] == list(ACCOUNT_LABELS.values())
