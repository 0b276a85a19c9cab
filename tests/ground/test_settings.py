"""Production refuses what is unsafe, in a sentence; with sound settings it has nothing to say."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.ground.demo_process import bekal, clean_environment

SOUND = {
    "DJANGO_SETTINGS_MODULE": "bekal.config.settings.production",
    "SECRET_KEY": "kX9-2mQw7vT4zR8pL1nB6sD3fG5hJ0yU-aEcViOtMxWqZ5rYbN7k",
    "ALLOWED_HOSTS": "bekal.example.id",
    "DATABASE_URL": "postgres://bekal@localhost/nowhere",
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


def test_no_page_may_run_or_style_inline():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    everything = {source for sources in directives.values() for source in sources}
    assert everything == {"'none'", "'self'", "data:"}
    assert directives["img-src"] == ["'self'", "data:"]
    assert [name for name, sources in directives.items() if "data:" in sources] == ["img-src"]
