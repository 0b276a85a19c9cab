"""Settings of the tests."""

from bekal.config.settings.base import *  # noqa: F403

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
BEKAL_SENDS_MAIL = True
BEKAL_FACTOR_KEYS = ["dGVzdC1vbmx5LWZhY3Rvci1mYWN0b3ItdGVzdC1vbmw="]
BEKAL_NAME_KEYS = ["dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktITE="]
BEKAL_SDP_KEYS = ["test-only-test-only-test-only-test-only"]
