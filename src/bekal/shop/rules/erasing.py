"""How long what is known of a buyer is kept. Pure."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.foundation.clock import Zone
from bekal.shop.rules.statuses import OrderStatus

ENDED = frozenset(
    {OrderStatus.DONE, OrderStatus.EXPIRED, OrderStatus.CANCELLED, OrderStatus.REFUNDED}
)
"""Orders of which nobody needs to reach the buyer any more."""
_YEAR = 365.25
_A_FEW_DAYS = 3


def kept_until(days: int) -> str:
    """The period in words; whole years where it is so many."""
    years = round(days / _YEAR)
    if years and abs(days - years * _YEAR) < _A_FEW_DAYS:
        said = ngettext(
            "%(count)s tahun sesudah pesanan berakhir, lalu dihapus",
            "%(count)s tahun sesudah pesanan berakhir, lalu dihapus",
            years,
        )
        return said % {"count": years}
    return _("%(count)s hari sesudah pesanan berakhir, lalu dihapus") % {"count": days}


def ended_before(*, today: dt.date, days: int) -> dt.datetime:
    """Whose orders ended before this instant is forgotten today."""
    day = today - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time.min, tzinfo=Zone.WIB.info)
