"""Production refuses what is unsafe, in a sentence; with sound settings it has nothing to say."""

import subprocess
import sys

import pytest
from django.conf import settings

from bekal.config.settings import environment
from tests.ground.demo_process import bekal, clean_environment

SOUND = {
    "DJANGO_SETTINGS_MODULE": "bekal.config.settings.production",
    "SECRET_KEY": "kX9-2mQw7vT4zR8pL1nB6sD3fG5hJ0yU-aEcViOtMxWqZ5rYbN7k",
    "ALLOWED_HOSTS": "bekal.example.id",
    "DATABASE_URL": "postgres://bekal@localhost/nowhere",
    "BEKAL_NAME_KEYS": "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE=",
    "BEKAL_SDP_KEYS": "a key of numbers of thirty-two letters",
    "BEKAL_FACTOR_KEYS": "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE=",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unsafe", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is too weak"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": "*"}, "wildcard '*'"),
        ({"ALLOWED_HOSTS": "bekal.example.id,.example.id"}, "wildcard '.example.id'"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"BEKAL_MAIL": "mail.example.id"}, "BEKAL_MAIL must read like"),
    ],
)
def test_production_refuses(unsafe, sentence):
    refused = bekal("serve", **{**SOUND, **unsafe})
    assert refused.returncode == 1
    assert sentence in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


@pytest.mark.slow
def test_sound_production_settings_pass_the_deploy_check():
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=clean_environment(**SOUND),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.slow
def test_the_deploy_check_misses_the_key_of_second_factors():
    for value, words in (("", "BEKAL_FACTOR_KEYS is not set"), ("abc", "has a key of no use")):
        checked = subprocess.run(
            [sys.executable, "-m", "django", "check", "--deploy"],
            env=clean_environment(**{**SOUND, "BEKAL_FACTOR_KEYS": value}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.returncode == 1
        assert words in checked.stderr


def test_the_deploy_check_misses_the_keys_of_makers_data():
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy"],
        env=clean_environment(**{**SOUND, "BEKAL_NAME_KEYS": "", "BEKAL_SDP_KEYS": ""}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    assert "BEKAL_NAME_KEYS is not set" in checked.stderr
    assert "BEKAL_SDP_KEYS is not set" in checked.stderr


def test_no_page_may_run_or_style_inline():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    everything = {source for sources in directives.values() for source in sources}
    assert everything == {"'none'", "'self'", "data:"}
    assert directives["img-src"] == ["'self'", "data:"]
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]


@pytest.mark.parametrize(
    ("said", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.id", "mail.example.id", 25, False, False),
        ("smtp+tls://bekal:p%40ss@mail.example.id", "mail.example.id", 587, True, False),
        ("smtps://bekal:p%40ss@mail.example.id:2465", "mail.example.id", 2465, False, True),
    ],
)
def test_the_mail_server_is_read_from_one_address(monkeypatch, said, host, port, tls, ssl):
    monkeypatch.setenv("BEKAL_MAIL", said)
    read = environment.mail()
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == (host, port)
    assert (read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (tls, ssl)
    assert read["EMAIL_HOST_PASSWORD"] == ("p@ss" if "@mail" in said else "")


def test_without_a_mail_server_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("BEKAL_MAIL", raising=False)
    assert environment.mail() == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
