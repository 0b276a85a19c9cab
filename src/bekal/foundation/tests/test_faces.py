"""A face is made of its address alone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from bekal.foundation.faces import HEADER, face


@face("catalogue", "places")
def page(request):
    found = [name for name in ("session", "user") if hasattr(request, name)]
    assert not found
    assert request.COOKIES == {}
    assert "Cookie" not in request.headers
    assert "Authorization" not in request.headers
    return HttpResponse(f"{request.path} {request.GET.get('cari', '')}")


def of_somebody(method="get"):
    request = getattr(RequestFactory(), method)(
        "/katalog/", {"cari": "kopi"} if method == "get" else {}, headers={"Authorization": "x"}
    )
    request.COOKIES["bekal_session"] = "yohana"
    request.META["HTTP_COOKIE"] = "bekal_session=yohana"
    request.session, request.user = {"name": "Yohana"}, "Yohana"
    request.headers  # noqa: B018 - cached by Django; the copy must not keep it
    return request


def test_a_face_sees_the_address_and_nobody():
    answer = page(of_somebody())
    assert isinstance(answer, HttpResponse)
    assert answer.content == b"/katalog/ kopi"
    assert answer[HEADER] == "catalogue places"


def test_the_request_itself_keeps_its_person():
    request = of_somebody()
    page(request)
    assert (request.user, request.COOKIES) == ("Yohana", {"bekal_session": "yohana"})
    assert "Cookie" in request.headers


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_face_only_shows(method):
    assert page(of_somebody(method)).status_code == 405


def test_a_face_says_what_it_depends_on_and_that_it_is_public():
    marks = vars(page)
    assert (marks["gate"], marks["face"]) == ("public", {"catalogue", "places"})
