"""Settings shared by every environment."""

import os

from csp.constants import NONE, SELF

from bekal.config import paths
from bekal.config.logs import log_settings
from bekal.config.settings import environment

ROOMS = [
    "bekal.front",
    "bekal.opendata",
    "bekal.campaigns",
    "bekal.turnover",
    "bekal.labels",
    "bekal.treasury",
    "bekal.institutions",
    "bekal.shop",
    "bekal.sales",
    "bekal.production",
    "bekal.payments",
    "bekal.shipping",
    "bekal.catalogue",
    "bekal.ledger",
    "bekal.people",
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
    "allauth",
    "allauth.account",
    "pgtrigger",
    "django_linear_migrations",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "bekal.config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below whitenoise, whose files are compressed already. Random bytes hide the true length.
    "django.middleware.gzip.GZipMiddleware",
    "bekal.config.middleware.language",
    "csp.middleware.CSPMiddleware",
    "bekal.config.middleware.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
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
            "builtins": ["bekal.ui.templatetags.ui", "bekal.ui.templatetags.timing"],
        },
    }
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
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies()
# A working day without a click ends the session; accounts.gate writes it on every ten minutes.
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "bekal.config.handlers.csrf_failure"
ROOT_URLCONF = "bekal.config.urls"
WSGI_APPLICATION = "bekal.config.wsgi.application"

# A demo says so on every page; an official installation speaks in the name of Ditjenpas.
BEKAL_DEMO = False
BEKAL_DEMO_SIGN_INS: list[dict[str, str]] = []
BEKAL_OFFICIAL = environment.flag("BEKAL_OFFICIAL")
# Whom visitors may ask, in the installation's own words: an address, a number, an office.
BEKAL_CONTACT = os.environ.get("BEKAL_CONTACT", "").strip()

# Where Bekal is reached from outside: e-mails, messages and papers name it.
BEKAL_ADDRESS = environment.address("http://localhost:8000")
# Notices to buyers by e-mail (shop). Django reads these names; the server is BEKAL_MAIL's.
_MAIL = environment.mail()
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = os.environ.get("BEKAL_MAIL_FROM", "").strip() or "Bekal <bekal@localhost>"
BEKAL_SENDS_MAIL = bool(EMAIL_HOST)
# How long after an order has ended its buyer's data are kept: five years, as long as PP 80/2019
# (perdagangan melalui sistem elektronik), Pasal 25 ayat (1) huruf b, asks shops to keep data of
# customers. Then their purpose is over and UU 27/2022 (PDP), Pasal 42 to 44, asks to erase them.
# What the books need (UU KUP Pasal 28 ayat 11: ten years) names no person and stays.
BEKAL_BUYER_DATA_DAYS = int(os.environ.get("BEKAL_BUYER_DATA_DAYS") or 1826)

# Secrets of the telephones that make codes of the second factor (accounts): the newest key first.
# Without one nobody can take a telephone in, and so move money; `check --deploy` says so.
BEKAL_FACTOR_KEYS = environment.words("BEKAL_FACTOR_KEYS")

# Makers' data (people): keys that encrypt names and digest SDP numbers, the newest first. Without
# them nothing of a maker is written or read; `manage.py check --deploy` says so.
BEKAL_NAME_KEYS = environment.words("BEKAL_NAME_KEYS")
BEKAL_SDP_KEYS = environment.words("BEKAL_SDP_KEYS")
# How long a maker's name and digest stay after going home. No law in our sources names a time for
# these; ours is five years, in which premi may be asked for (UU 27/2022: no longer than needed).
BEKAL_MAKER_DATA_DAYS = int(os.environ.get("BEKAL_MAKER_DATA_DAYS") or 1826)
# Premi that nobody has put into a payment for so many days is shown as late.
BEKAL_PREMI_LATE_DAYS = int(os.environ.get("BEKAL_PREMI_LATE_DAYS") or 45)
# Who is told that a maker leaves a unit, in the same transaction: paths of actions of higher rooms.
BEKAL_ON_LEAVING = ["bekal.production.actions.end_assignments"]
# What a maker's page leads to in higher rooms: words, the name of an address, who may.
BEKAL_MAKER_PAGES = [("Beri tugas", "production:assign", "keep_makers")]

# The streams of live pages (config/asgi.py). Same origin and no port where a proxy leads
# /langsung/*/aliran/ to them; a demo has no proxy, so its pages name the port, and its streams the
# pages that may read them.
BEKAL_STREAM_PORT = int(os.environ.get("BEKAL_STREAM_PORT") or 0)
BEKAL_STREAM_ORIGINS = environment.words("BEKAL_STREAM_ORIGINS")

DATABASE_URL = os.environ.get("DATABASE_URL") or "postgres:///bekal"
DATABASES = {"default": environment.database(DATABASE_URL, pooled=False)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = ["bekal.config.jobs"]

# Who is told when money came in for a subject, by the prefix of its key: the path of an action
# (payments.handlers). Rooms above payments stand here, so that it knows none of them.
BEKAL_ON_PAID = {"order": "bekal.shop.actions.on_paid", "part": "bekal.shop.actions.on_paid"}
BEKAL_ON_UNPAID: dict[str, str] = {}
BEKAL_ON_PAID_OUT = dict.fromkeys(("order", "part", "problem"), "bekal.shop.actions.on_paid_out")
# Where the buyers of subjects want their money back to: the path of a query that takes `subjects`.
BEKAL_PAYEES = "bekal.shop.queries.payees_of"
# By when invoices are to be paid: the path of a query that takes `subjects`.
BEKAL_DUE_DAYS = "bekal.shop.queries.due_days_of"
# The page of an order's part, whose id its sale has, at its unit: a name that takes code and id.
BEKAL_PART_PAGE = "orders:part"
# Where what caused an entry of the books leads to the entry.
BEKAL_SOURCE_PAGE = "books:source"
# The page of a subject for its buyer: the name of an address that takes the ask's label.
BEKAL_SUBJECT_PAGES = {"order": "shop:order", "part": "shop:order"}
# The payment gateway, off where no key is set: its key, and the code of the unit whose account at
# Midtrans it is. The address replaces their hosts, for a stand-in.
BEKAL_MIDTRANS_SERVER_KEY = os.environ.get("BEKAL_MIDTRANS_SERVER_KEY", "").strip()
BEKAL_MIDTRANS_UNIT = os.environ.get("BEKAL_MIDTRANS_UNIT", "").strip()
BEKAL_MIDTRANS_PRODUCTION = environment.flag("BEKAL_MIDTRANS_PRODUCTION")
BEKAL_MIDTRANS_ADDRESS = os.environ.get("BEKAL_MIDTRANS_ADDRESS", "").strip()

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [paths.SENTENCES]
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
