"""Orders, who ordered, how they became others and moved; what buyers were told and reported."""

from bekal.shop.models.amendments import (
    Amendment,
)
from bekal.shop.models.answers import (
    Answer,
    AnswerLine,
    GoodsBack,
    GoodsBackLine,
    ProblemPaid,
    ProblemRefund,
)
from bekal.shop.models.buyers import (
    OrderBuyer,
)
from bekal.shop.models.contacts import (
    Contact,
)
from bekal.shop.models.drafts import (
    Draft,
)
from bekal.shop.models.institutions import (
    Institution,
)
from bekal.shop.models.moves import (
    Closing,
    GivenUp,
    OrderMove,
    PartMove,
)
from bekal.shop.models.notices import (
    DEAD,
    SURPLUS,
    Notice,
    NoticeTry,
)
from bekal.shop.models.orders import (
    Order,
    OrderLine,
    OrderPart,
)
from bekal.shop.models.problems import (
    Payee,
    Problem,
    ProblemLine,
    ProblemText,
)

__all__ = [
    "DEAD",
    "SURPLUS",
    "Amendment",
    "Answer",
    "AnswerLine",
    "Closing",
    "Contact",
    "Draft",
    "GivenUp",
    "GoodsBack",
    "GoodsBackLine",
    "Institution",
    "Notice",
    "NoticeTry",
    "Order",
    "OrderBuyer",
    "OrderLine",
    "OrderMove",
    "OrderPart",
    "PartMove",
    "Payee",
    "Problem",
    "ProblemLine",
    "ProblemPaid",
    "ProblemRefund",
    "ProblemText",
]
