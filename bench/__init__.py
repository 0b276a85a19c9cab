"""Benchmarks. Django is set up here; each benchmark then points it at a database of its own."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekal.config.settings.test")
django.setup()
