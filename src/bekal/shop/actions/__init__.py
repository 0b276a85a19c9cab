"""What changes orders and all that follows from them."""

from bekal.shop.actions.noticing import drop_stale_notices, send_notices, tell_by_hand

__all__ = ["drop_stale_notices", "send_notices", "tell_by_hand"]
