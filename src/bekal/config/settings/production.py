"""Settings of a real installation. Importing them fails where one of them would be unsafe."""

import os

from bekal.config.logs import log_settings
from bekal.config.settings import environment
from bekal.config.settings.base import *  # noqa: F403

_YEAR_SECONDS = 60 * 60 * 24 * 365

environment.refuse_debug()
DEBUG = False
SECRET_KEY = environment.secret_key()
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.hosts()
BEKAL_ADDRESS = environment.address(f"https://{ALLOWED_HOSTS[0]}")
DATABASES = {
    "default": environment.database(
        environment.required(
            "DATABASE_URL", "name the PostgreSQL server; to try Bekal out use ./bekal demo."
        ),
        pooled=True,
    )
}
SECURE_SSL_REDIRECT = True
# The probe of a load balancer asks from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS") or _YEAR_SECONDS)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Only where proxies of ours set this header itself, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.proxies() else None
LOGGING = log_settings(as_json=True)
