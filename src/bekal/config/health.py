"""Whether Bekal is ready, for load balancers, systemd and the demo's own start."""

from functools import cache

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from bekal.accounts.gate import public

log = structlog.get_logger("bekal.health")


class _NotMigrated(Exception):
    """Migrations are still to be applied; raised so that only the good answer is remembered."""


@cache
def _require_migrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotMigrated


@public
@never_cache
def health(_request: HttpRequest) -> HttpResponse:
    """200 and "ok" when the database answers and every migration is applied, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        _require_migrated()
    except _NotMigrated:
        return HttpResponse("migrations are missing\n", status=503, content_type="text/plain")
    except DatabaseError:
        log.exception("health")
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
