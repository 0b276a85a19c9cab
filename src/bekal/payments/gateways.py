"""The gateway of this installation, if it has one."""

from django.conf import settings

from bekal.payments.gateway import Gateway
from bekal.payments.midtrans import Midtrans


def active() -> Gateway | None:
    """The gateway that the settings name; None where none is set up."""
    if not settings.BEKAL_MIDTRANS_SERVER_KEY or not settings.BEKAL_MIDTRANS_UNIT:
        return None
    return Midtrans(
        server_key=settings.BEKAL_MIDTRANS_SERVER_KEY,
        unit=settings.BEKAL_MIDTRANS_UNIT,
        is_production=settings.BEKAL_MIDTRANS_PRODUCTION,
        address=settings.BEKAL_MIDTRANS_ADDRESS,
    )
