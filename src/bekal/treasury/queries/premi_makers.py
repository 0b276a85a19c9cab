"""What makers have of premi: in a unit, and wherever it is owed to them."""

from bekal.ledger import queries as ledger


def makers_owed() -> frozenset[str]:
    """The codes of all makers to whom some unit owes premi, saved or not; one statement."""
    return frozenset(one.maker for one in ledger.owed_to_makers() if one.amount > 0)
