"""The description of the API at its address."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from bekal.config.api.root import described
from bekal.foundation.doors import public


@public
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1; 304 to who has it."""
    etag = f'W/"{described.digest}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(described.body, content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response
