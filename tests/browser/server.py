"""The platform as a browser meets it: the WSGI application behind a threaded server."""

import threading
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        """Say nothing; a test that fails says what it asked for."""


class _Server(ThreadedWSGIServer):
    daemon_threads = False
    block_on_close = True

    def handle_error(self, request, client_address):
        """A browser that goes away in the middle of an answer is no fault of the server."""


@contextmanager
def serving():
    """Serve on a free port of this machine; yields the address without its last slash."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())  # reads the settings of this moment
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
