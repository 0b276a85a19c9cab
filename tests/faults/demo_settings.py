"""The settings of the tests, with the sandbox of the demo: nobody pays real money here."""

from bekal.config.settings.test import *  # noqa: F403

BEKAL_DEMO = True
