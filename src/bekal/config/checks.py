"""What `bekal check` looks at. Rooms offer functions; this list is all that knows of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bekal.audit.queries import chain_problems
from bekal.catalogue.queries import showcase_problems
from bekal.config.footing import (
    missing_constraints,
    missing_migrations,
    missing_triggers,
    powerful_role,
)
from bekal.foundation import clock
from bekal.foundation.clock import Zone, local_day
from bekal.ledger.queries import books_problems, closing_problems, ledger_problems
from bekal.payments.queries import payment_problems
from bekal.people.queries import maker_problems
from bekal.places.queries import ancestry_problems
from bekal.production.queries import (
    batch_problems,
    costing_problems,
    land_problems,
    material_problems,
    shelf_problems,
    stock_problems,
    transfer_problems,
    use_problems,
    work_problems,
)
from bekal.sales.queries import summary_problems
from bekal.shop.queries import goods_problems, kept_too_long, order_problems
from bekal.treasury.queries import (
    cash_problems,
    fund_problems,
    month_problems,
    pnbp_problems,
    premi_problems,
    sample_problems,
    settling_problems,
)
from bekal.turnover.queries import sum_problems


@dataclass(frozen=True)
class Check:
    """A promise and the function that lists where it is broken, one sentence each.

    `is_footing` says that the later checks mean nothing where this one fails.
    """

    name: str
    problems: Callable[[], list[str]]
    is_footing: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one check found, and how long it looked."""

    name: str
    problems: list[str]
    seconds: float


def _shelf_problems() -> list[str]:
    return shelf_problems(now=clock.now())


def _kept_too_long() -> list[str]:
    return kept_too_long(today=local_day(clock.now(), Zone.WIB))


CHECKS: list[Check] = [
    Check("migrations are applied", missing_migrations, is_footing=True),
    Check("the database role is no superuser", powerful_role),
    Check("triggers are in place", missing_triggers),
    Check("constraints are in place and validated", missing_constraints),
    Check("every audit chain is whole", chain_problems),
    Check("the ancestry says what the tenures say", ancestry_problems),
    Check("search texts and price spans say what the catalogue says", showcase_problems),
    Check("the books are balanced, checkpoints too", ledger_problems),
    Check("nothing was posted inside closed days", closing_problems),
    Check("months that were approved were closed", month_problems),
    Check("the sums of the books say what their lines say", books_problems),
    Check("the sums and the ledger agree with the sales", summary_problems),
    Check("levels, holds and hours say what their facts say", stock_problems),
    Check("what was made ties to the goods that came", batch_problems),
    Check("materials, purchases and their money agree", material_problems),
    Check("harvests are of what grew, and tie to batches", land_problems),
    Check("transfers between units tie to goods and materials", transfer_problems),
    Check("what batches used ties to the materials that went", use_problems),
    Check("price sheets sum their lines", costing_problems),
    Check("buyers are told what the levels say", _shelf_problems),
    Check("makers are where their status says", maker_problems),
    Check("makers work where they are", work_problems),
    Check("receipts, asks and payouts tie to the books", payment_problems),
    Check("deposits of PNBP tie to the books and to what is owed", pnbp_problems),
    Check("premi ties to sales, books and payments", premi_problems),
    Check("cash counts tie to the books", cash_problems),
    Check("receipts of the capital fund tie to the books", fund_problems),
    Check("QRIS that reached the bank ties to its lines and the books", settling_problems),
    Check("orders agree with their sales, money and goods", order_problems),
    Check("goods that came back tie to their moves and refunds", goods_problems),
    Check("no buyer is known longer than the law asks", _kept_too_long),
    Check("samples drawn again are the same", sample_problems),
    Check("the nation is the sum of kanwil, units, receipts", sum_problems),
]


def run_all(checks: list[Check]) -> list[Outcome]:
    """Run the checks in order, up to a failed footing.

    A check that cannot be carried out rises: that is no good news.
    """
    outcomes = []
    for check in checks:
        start = time.monotonic()
        problems = check.problems()
        outcomes.append(Outcome(check.name, problems, time.monotonic() - start))
        if problems and check.is_footing:
            break
    return outcomes
