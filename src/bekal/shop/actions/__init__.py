"""What changes orders and all that follows from them."""

from bekal.shop.actions.counter import take_at_counter
from bekal.shop.actions.drafting import answer_draft, begin_draft, finish_draft, forget_drafts
from bekal.shop.actions.ending import cancel_order, expire_orders
from bekal.shop.actions.moving import deliver_part, hand_over_part, prepare_part, ready_part
from bekal.shop.actions.noticing import drop_stale_notices, send_notices, tell_by_hand
from bekal.shop.actions.paying import on_paid
from bekal.shop.actions.placing import Placed, place_order

__all__ = [
    "Placed",
    "answer_draft",
    "begin_draft",
    "cancel_order",
    "deliver_part",
    "drop_stale_notices",
    "expire_orders",
    "finish_draft",
    "forget_drafts",
    "hand_over_part",
    "on_paid",
    "place_order",
    "prepare_part",
    "ready_part",
    "send_notices",
    "take_at_counter",
    "tell_by_hand",
]
