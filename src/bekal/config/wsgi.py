"""What the application server loads: kept public pages first, then Django."""

from django.core.wsgi import get_wsgi_application

from bekal.config.pagecache import PageCache, Revisions

application = PageCache(get_wsgi_application(), revisions=Revisions())
