"""What the process of the streams loads (`config.serving.streams`)."""

from importlib import import_module

import django

django.setup()
application = import_module("bekal.campaigns.stream").application
