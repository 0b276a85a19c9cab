"""No page that asks for the second factor loses the files that were chosen on it."""

from django.http import HttpResponse
from django.urls import get_resolver
from django.views.decorators.http import require_POST

from bekal.accounts.gate import needs
from bekal.accounts.rules import Permission
from bekal.foundation.uploads import measured
from tests.house.files import lost_files
from tests.house.routes import Route, routes_of


def test_the_code_is_asked_for_before_a_form_with_files_is_shown():
    routes = list(routes_of(get_resolver().url_patterns))
    assert not lost_files(routes)
    asked = [route.pattern for route in routes if getattr(route.view, "takes_files", False)]
    assert "/kerja/<slug:unit>/uang/dana/<uuid:fund_request>/bayar/" in asked


@needs(Permission.KEEP_MONEY)
def unmeasured(request):
    return HttpResponse(len(request.FILES))


@needs(Permission.KEEP_MONEY)
@require_POST
@measured(whole=10, each=10)
def only_sent(request):
    return HttpResponse(len(request.FILES))


@needs(Permission.KEEP_MONEY)
@measured(whole=10, each=10)
def fine(request):
    return HttpResponse(len(request.FILES))


@needs(Permission.SEE_BOOKS)
def without_code(request):
    return HttpResponse(len(request.FILES))


def test_a_page_that_would_lose_files_is_found():
    views = {"a/": unmeasured, "b/": only_sent, "c/": fine, "d/": without_code}
    found = lost_files(Route(pattern, view) for pattern, view in views.items())
    assert [fault[:2] for fault in found] == ["a/", "b/"]
