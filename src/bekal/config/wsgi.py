"""What the application server loads: kept public pages first, then Django."""

from importlib import import_module

from django.core.wsgi import get_wsgi_application

_django = get_wsgi_application()
# Only now: the page cache asks a room, and rooms can be imported once Django is set up.
_pagecache = import_module("bekal.config.pagecache")
application = _pagecache.PageCache(_django, revisions=_pagecache.Revisions())
