"""Every "no" of the API in its one shape, whoever says it: ninja, a room, Django, the database."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bekal.config.api.sentences import field_problem
from bekal.foundation.api.problems import MEDIA_TYPE, ApiProblem, Code
from bekal.foundation.refusals import Refused

_CODES: dict[type, Code] = {
    AuthenticationError: Code.TOKEN_MISSING,
    HttpError: Code.UNREADABLE,
    Http404: Code.NOT_FOUND,
}


def answer(problem: ApiProblem) -> HttpResponse:
    """A refusal as it is sent; no cache keeps it."""
    response = HttpResponse(
        problem.body.model_dump_json(), status=problem.status, content_type=MEDIA_TYPE
    )
    response["Cache-Control"] = "no-store"
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="bekal"'
    for name, value in problem.headers.items():
        response[name] = value
    return response


def invalid(errors: list[dict[str, object]]) -> ApiProblem:
    """Values that cannot be used, each told by itself."""
    return ApiProblem(Code.INVALID, problems=tuple(field_problem(error) for error in errors))


def teach(api: NinjaAPI) -> None:
    """Let the API answer these exceptions with problems; any other rises to Django's handler."""

    def handler(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        del request
        return answer(_told(error))

    for kind in (ApiProblem, ValidationError, Refused, *_CODES):
        api.add_exception_handler(kind, handler)


def _told(error: Exception | type[Exception]) -> ApiProblem:
    match error:
        case ApiProblem():
            return error
        case ValidationError():
            return invalid(error.errors)
        case Refused():
            field = ("body", error.field) if error.field else ()
            return ApiProblem(Code.REFUSED, title=error.message, field=field)
    return ApiProblem(_CODES.get(type(error), Code.UNREADABLE))
