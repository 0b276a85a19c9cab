"""schemathesis at the public doors that are no part of /api/v1: the gateway's hook, feeds, forms.

They are described here, for they promise nothing to programs of others: a gateway and shopping
channels have their own formats, and pages are for people. Whatever is sent, no door breaks.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from bekal.payments.models import Receipt
from bekal.shop.models import Order


def asked(*names):
    return [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]


def answers(*statuses, kind=None):
    content = {"content": {kind: {}}} if kind else {}
    return {str(status): {"description": "-", **content} for status in statuses}


def page(*names, statuses=(200,)):
    return {"get": {"parameters": asked(*names), "responses": answers(*statuses)}}


NOTICE = {
    "type": "object",
    "properties": {
        name: {"type": "string"}
        for name in (
            "order_id",
            "status_code",
            "gross_amount",
            "signature_key",
            "transaction_status",
            "transaction_id",
            "fraud_status",
        )
    },
}
DOORS = {
    "openapi": "3.1.0",
    "info": {"title": "doors", "version": "1"},
    "paths": {
        "/pembayaran/midtrans/": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": NOTICE}}},
                "responses": answers(200, 400, 503),
            }
        },
        "/umpan/produk.xml": {"get": {"responses": answers(200, kind="application/rss+xml")}},
        "/umpan/produk.csv": {"get": {"responses": answers(200, kind="text/csv")}},
        "/ongkir/": page("produk", "kecamatan", "kode"),
        "/keranjang/": page("masuk", "keluar", "sebanyak", "pesanan"),
        "/pesan/wa/": page("produk", "dari", statuses=(200, 303)),
        "/pesanan/": page("kode", statuses=(200, 303, 422, 429)),
    },
}
SCHEMA = schemathesis.openapi.from_dict(DOORS)
SCHEMA.app = get_wsgi_application()
# What is typed may be anything and is answered by a page; pages say themselves what they take.
LEFT_OUT = [
    positive_data_acceptance,
    negative_data_rejection,
    unsupported_method,
    allow_header_conformance,
]
ASK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.fixture
def open_doors(world, settings):
    """A gateway that is set up; the connection is the test's, as Django's own client has it."""
    settings.BEKAL_MIDTRANS_SERVER_KEY = "uji-rahasia"
    settings.BEKAL_MIDTRANS_UNIT = "lapas-kelas-iib-nabire"
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.django_db
@SCHEMA.parametrize()
@ASK
def test_no_door_breaks_and_no_notice_without_signature_is_money(case, open_doors):
    case.call_and_validate(excluded_checks=LEFT_OUT, headers={"Accept-Encoding": "identity"})
    assert not Receipt.objects.exists()
    assert not Order.objects.exists()
