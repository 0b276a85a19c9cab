"""Settings of the demo: on this machine, with sample data, over plain HTTP."""

from bekal.config.demo.signins import as_settings
from bekal.config.settings import environment
from bekal.config.settings.base import *  # noqa: F403
from bekal.config.settings.base import DATABASE_URL

SECRET_KEY = environment.required("SECRET_KEY", "./bekal sets it for the demo; start it by that.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": environment.database(DATABASE_URL, pooled=True)}
BEKAL_DEMO = True
BEKAL_OFFICIAL = False
BEKAL_DEMO_SIGN_INS = as_settings()
