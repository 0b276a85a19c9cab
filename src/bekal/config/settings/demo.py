"""Settings of the demo: on this machine, with sample data, over plain HTTP."""

from bekal.config import paths
from bekal.config.demo.signins import as_settings
from bekal.config.settings import environment
from bekal.config.settings.base import *  # noqa: F403
from bekal.config.settings.base import BEKAL_STREAM_PORT, CONTENT_SECURITY_POLICY, DATABASE_URL

SECRET_KEY = environment.required("SECRET_KEY", "./bekal sets it for the demo; start it by that.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": environment.database(DATABASE_URL, pooled=True)}
BEKAL_DEMO = True
BEKAL_OFFICIAL = False
BEKAL_DEMO_SIGN_INS = as_settings()
# The persons of a demo are made up; a real installation has keys of their own.
BEKAL_NAME_KEYS, BEKAL_SDP_KEYS = environment.sample_keys(SECRET_KEY)
BEKAL_FACTOR_KEYS = [environment.sample_box_key(SECRET_KEY, purpose="factor")]
# Nothing leaves a demo: each e-mail becomes a file.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = paths.DATA / "mail"
BEKAL_SENDS_MAIL = True
if BEKAL_STREAM_PORT:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] += [
        f"http://127.0.0.1:{BEKAL_STREAM_PORT}",
        f"http://localhost:{BEKAL_STREAM_PORT}",
    ]
