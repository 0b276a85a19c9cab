"""What every answer carries, and when /healthz says ok."""

import json
import logging

import pytest
import structlog
from django.db import OperationalError, connection
from django.template import engines
from django.test import RequestFactory, override_settings

from bekal.config import health
from bekal.config.logs import log_settings

pytestmark = pytest.mark.django_db


def test_healthz_says_ok_when_the_tables_are_there(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_healthz_says_503_while_migrations_are_missing(client, monkeypatch):
    def missing():
        raise health._NotMigrated

    monkeypatch.setattr(health, "_require_migrated", missing)
    assert client.get("/healthz").status_code == 503


def test_healthz_says_503_without_a_database(client, monkeypatch):
    def gone():
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert client.get("/healthz").status_code == 503


def test_every_answer_has_the_security_headers(client):
    headers = client.get("/healthz").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("given", "is_kept"), [("proxy-0123456789", True), ("", False), ("<script>x</script>", False)]
)
def test_a_request_keeps_a_sound_id_and_gets_one_otherwise(client, given, is_kept):
    answered = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (answered == given) is is_kept
    assert answered


def test_production_logs_are_json_objects():
    made = log_settings(as_json=True)["formatters"]["bekal"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"]
    )
    record = logging.LogRecord("bekal", logging.ERROR, __file__, 1, "sesuatu", None, None)
    line = json.loads(formatter.format(record))
    assert line["event"] == "sesuatu"
    assert line["level"] == "error"


@override_settings(BEKAL_DEMO=True, BEKAL_OFFICIAL=False)
def test_templates_know_whether_this_is_a_demo():
    template = engines["django"].from_string("{{ demo }} {{ official }}")
    assert template.render({}, RequestFactory().get("/")) == "True False"
