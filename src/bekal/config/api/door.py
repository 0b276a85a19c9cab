"""What stands before every operation of the API: counting, sizes, freshness, headers."""

import hashlib
from collections.abc import Callable, Sequence
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from ninja.operation import Operation

from bekal.accounts.gate import ByToken
from bekal.accounts.rules import Permission, address_block
from bekal.audit.queries import revision
from bekal.config.api.refusing import answer, invalid
from bekal.foundation import clock
from bekal.foundation.actors import command_actor
from bekal.foundation.api.limits import PER_ADDRESS, spend, tell
from bekal.foundation.api.problems import ApiProblem, Code
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.faces import HEADER, TOPICS

LARGEST_BODY = 64 * 1024
# Kept by browsers and our page cache, but asked for anew each time: a correction is seen at once.
_PUBLIC = "public, no-cache"
_PRIVATE = "private, no-store"
_ANYBODY = command_actor("api")
View = Callable[..., HttpResponse]


class Door:
    """The view of one path of the API, with the gate that the house tests read."""

    def __init__(
        self, inner: View, operations: Sequence[Operation], *, release: Callable[[], str]
    ) -> None:
        """Stand before ninja's view of these operations, which share one gate.

        `release` changes with the shape of the answers, as after an update of Bekal.
        """
        self.inner, self.release = inner, release
        self.operations = {method: op for op in operations for method in op.methods}
        (self.gate,) = {_gate_of(op) for op in operations}
        topics = {name for op in operations for name in getattr(op.view_func, "topics", ())}
        self.topics = sorted(topics)
        TOPICS.update(topics)
        self.view = csrf_exempt(_named(self._answer, self))

    def _answer(self, request: HttpRequest, **values: str) -> HttpResponse:
        """Answer, or refuse in the one shape; only a fault of ours rises."""
        method = request.method
        try:
            response = self._checked(request, **values)
        except ApiProblem as problem:
            response = answer(problem)
        except (OperationalError, InterfaceError):
            response = answer(ApiProblem(Code.UNAVAILABLE, headers={"Retry-After": "5"}))
        request.method = method
        if HEADER not in response:  # what is kept for all says nothing of one client's counts
            tell(request, response)
        response.setdefault("Cache-Control", _PRIVATE)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, RateLimit, Retry-After"
        return response

    def _checked(self, request: HttpRequest, **values: str) -> HttpResponse:
        now = clock.now()
        spend(request, PER_ADDRESS, who=_hidden_address(request), by=_ANYBODY, now=now)
        operation = self._operation(request)
        _check_body(request, operation)
        _check_query(request, operation)
        if not self.topics:
            return self.inner(request, **values)
        etag = self._etag(request)
        if etag in request.headers.get("If-None-Match", ""):
            return _fresh(HttpResponseNotModified(), etag)
        response = self.inner(request, **values)
        if response.status_code != HTTPStatus.OK:
            return response
        response[HEADER] = " ".join(self.topics)
        return _fresh(response, etag)

    def _operation(self, request: HttpRequest) -> Operation:
        # HEAD is answered like GET; the server leaves the body out.
        method = "GET" if request.method == "HEAD" else request.method or ""
        operation = self.operations.get(method)
        if operation is None:
            allowed = set(self.operations) | ({"HEAD"} if "GET" in self.operations else set())
            headers = {"Allow": ", ".join(sorted(allowed))}
            raise ApiProblem(Code.METHOD_NOT_ALLOWED, headers=headers)
        request.method = method
        return operation

    def _etag(self, request: HttpRequest) -> str:
        """Changes with the data, the day and the release; weak, since gzip changes the bytes."""
        day = local_day(clock.now(), Zone.WIT)  # where the day begins first
        parts = (request.get_full_path(), day, self.release(), revision(topics=self.topics))
        digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
        return f'W/"{digest[:32]}"'


def _gate_of(operation: Operation) -> "str | Permission":
    for guard in operation.auth_callbacks:
        assert isinstance(guard, ByToken), "the API knows no other credential"
        return guard.permission
    return "public"


def _named(view: View, door: Door) -> View:
    """The view with its gate, and with the credential that it asks for."""

    def answered(request: HttpRequest, **values: str) -> HttpResponse:
        return view(request, **values)

    answered.gate = door.gate  # type: ignore[attr-defined]
    answered.credential = "none" if door.gate == "public" else "token"  # type: ignore[attr-defined]
    return answered


def _fresh(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = _PUBLIC
    return response


def _hidden_address(request: HttpRequest) -> str:
    """A keyed hash of whom the address is counted for: the address itself is never kept."""
    try:
        address = address_block(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # behind the proxies that were announced, but none told an address
        address = "unknown"
    return str(salted_hmac("api.address", address).hexdigest()[:40])


def _check_body(request: HttpRequest, operation: Operation) -> None:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise ApiProblem(Code.UNREADABLE) from None
    if length > LARGEST_BODY:
        raise ApiProblem(Code.TOO_LARGE)
    takes_body = any(model.__ninja_param_source__ == "body" for model in operation.models)
    if takes_body and length and request.content_type != "application/json":
        raise ApiProblem(Code.NOT_JSON)


def _check_query(request: HttpRequest, operation: Operation) -> None:
    """A filter with a typing error must not be passed over: the answer would be another's."""
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    errors: list[dict[str, object]] = [
        {"type": kind, "loc": ("query", name[:40])}
        for name, values in request.GET.lists()
        for kind, wrong in (
            ("unknown_parameter", name not in known),
            ("repeated_parameter", name in known and len(values) > 1),
        )
        if wrong
    ]
    if errors:
        raise invalid(errors)
