"""What people see when a page is missing, closed, unreadable or broken; programs get a problem."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string

from bekal.config.api import refusing
from bekal.foundation.api.problems import ApiProblem, Code

API = "/api/"
PLAIN = "Ada yang rusak di pihak kami. Coba lagi sebentar lagi."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the browser sent can't be read. It must not be shown back."""
    del exception
    if request.path.startswith(API):
        return refusing.answer(ApiProblem(Code.UNREADABLE))
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, without the permission."""
    del exception
    return render(request, "ui/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    del exception
    if request.path.startswith(API):
        return refusing.answer(ApiProblem(Code.NOT_FOUND))
    template = "shop/404.html" if _is_of_order(request) else "ui/404.html"
    return render(request, template, status=404)


def _is_of_order(request: HttpRequest) -> bool:
    """Whether the address is that of a buyer's order, by its code."""
    match = request.resolver_match
    return match is not None and match.namespace == "shop" and "order" in match.kwargs


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without context and database; plain words when even the template is missing."""
    if request.path.startswith(API):
        return refusing.answer(ApiProblem(Code.BROKEN))
    try:
        page = render_to_string("ui/500.html")
    except (TemplateDoesNotExist, TemplateSyntaxError, ValueError, OSError):
        return HttpResponse(PLAIN, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the form guard (setting CSRF_FAILURE_VIEW): most often a page left open overnight."""
    del reason
    return render(request, "ui/csrf.html", status=403)
