"""Settings shared by every environment."""

import os
from pathlib import Path

import dj_database_url

REPOSITORY = Path(__file__).resolve().parents[4]
DATA_DIR = Path(os.environ.get("BEKAL_DATA", REPOSITORY / ".bekal" / "data"))

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
    "pgtrigger",
    "django_linear_migrations",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "bekal.config.urls"
WSGI_APPLICATION = "bekal.config.wsgi.application"
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "postgres:///bekal"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
STATIC_URL = "/static/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]
