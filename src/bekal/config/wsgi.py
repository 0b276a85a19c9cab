"""What the application server loads."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
