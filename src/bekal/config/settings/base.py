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
    "allauth",
    "allauth.account",
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
    "allauth.account.middleware.AccountMiddleware",
]
AUTH_USER_MODEL = "accounts.User"
# Sign-in. allauth runs what follows a right password, so that a second factor or SSO can be added;
# the password itself is checked by accounts.actions.check_sign_in, and by nothing else.
AUTHENTICATION_BACKENDS = ["bekal.accounts.backends.SessionBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/kerja/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "nip", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "bekal.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# allauth counts in the cache, which loses parallel guesses (4 x 50 left 64 of 200). Guesses are
# counted by foundation.actions.count_attempt instead, one atomic statement each.
ACCOUNT_RATE_LIMITS = False
# How many proxies stand before the application: the client's address is that far from the right
# of X-Forwarded-For. 0 takes the address of the connection and believes no header.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BEKAL_PROXIES", "0"))
# A working day without a click ends the session; accounts.gate writes it on every ten minutes.
SESSION_COOKIE_AGE = 12 * 60 * 60
# Set in production, where every address is https.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("BEKAL_HTTPS") == "1"
CSRF_FAILURE_VIEW = "bekal.config.handlers.csrf_failure"
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
            "context_processors": [
                "django.template.context_processors.request",
                "bekal.accounts.context.person",
                "bekal.front.context.frame",
            ],
            "builtins": ["bekal.ui.templatetags.ui"],
        },
    }
]
