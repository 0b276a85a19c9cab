"""A refund as it arrives."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.actions import frozen_bytes
from bekal.sales.rules import Goods, RefundKind


@dataclass(frozen=True)
class NewRefund:
    """A refund as it arrives: `pieces` maps the ids of sale lines to how many come back.

    `goods` says what becomes of them, where their stock is tracked. `order_part` is that of the
    sale: only who goes by the order knows to name it. Goods of an order are there, or written off,
    before their money goes back: `goods_source` is the text key under which they moved then.
    """

    key: UUID
    sale_id: UUID
    pieces: Mapping[int, int]
    kind: RefundKind
    reason: str
    goods: Goods = Goods.BACK
    order_part: str = ""
    goods_source: str = ""

    @classmethod
    def of_a_void(cls, key: UUID, sale_id: UUID, left: Mapping[int, int]) -> "NewRefund":
        """What a void asks for: all that is left of the lines, as wrong."""
        return cls(key, sale_id, left, RefundKind.CORRECTION, "Salah catat")

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat; what goes without saying is not said.

        So a message that was frozen before stock was kept stays the same.
        """
        pieces = {str(line): count for line, count in self.pieces.items()}
        said = {"sale": self.sale_id, "pieces": pieces, "kind": self.kind, "reason": self.reason}
        goods = {} if self.goods is Goods.BACK else {"goods": self.goods}
        source = {"goods_source": self.goods_source} if self.goods_source else {}
        return frozen_bytes({**said, **goods, **source})
