"""Settings shared by every environment."""

import os

from csp.constants import NONE, SELF

from bekal.config import paths
from bekal.config.logs import log_settings
from bekal.config.settings import environment

ROOMS = [
    "bekal.front",
    "bekal.turnover",
    "bekal.sales",
    "bekal.catalogue",
    "bekal.ledger",
    "bekal.accounts",
    "bekal.places",
    "bekal.audit",
    "bekal.ui",
    "bekal.foundation",
]
INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "pgtrigger",
    "django_linear_migrations",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "bekal.config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bekal.config.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "bekal.config.context.flags",
            ],
        },
    }
]
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "bekal.config.urls"
WSGI_APPLICATION = "bekal.config.wsgi.application"

# A demo says so on every page; an official installation speaks in the name of Ditjenpas.
BEKAL_DEMO = False
BEKAL_OFFICIAL = environment.flag("BEKAL_OFFICIAL")

DATABASE_URL = os.environ.get("DATABASE_URL") or "postgres:///bekal"
DATABASES = {"default": environment.database(DATABASE_URL, pooled=False)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = ["bekal.config.jobs"]

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = paths.STATIC
STATICFILES_DIRS = [paths.ASSETS] if paths.ASSETS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Two browsers of one machine may run a demo each; their cookies must not meet other programs'.
SESSION_COOKIE_NAME = "bekal_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "bekal_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
LOGGING = log_settings(as_json=False)
LOGGING_CONFIG = "bekal.config.logs.configure"
