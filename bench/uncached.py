"""Django alone, without the page cache in front of it."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
