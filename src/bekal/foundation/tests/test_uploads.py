"""Files that people send are measured before they are taken in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from bekal.foundation.uploads import EVERYTHING, measured, too_large

KIB = 1024


def told(request):
    names = [file.name for file in request.FILES.getlist("photos")]
    word = request.POST.get("word", "")
    return HttpResponse(f"{word}|{','.join(names)}|{','.join(too_large(request))}")


door: Any = measured(whole=100 * KIB, each=10 * KIB)(told)


def sent(*sizes, **headers):
    files = [SimpleUploadedFile(f"{size}.jpg", b"x" * size) for size in sizes]
    request: Any = RequestFactory().post("/", {"word": "keranjang", "photos": files}, **headers)
    request._dont_enforce_csrf_checks = True
    return door(request).content.decode()


def test_files_within_the_limit_come_in():
    assert sent(10 * KIB, 1) == "keranjang|10240.jpg,1.jpg|"


def test_a_file_beyond_its_limit_is_let_go_and_the_rest_is_read():
    assert sent(5, 10 * KIB + 1, 7) == "keranjang|5.jpg,7.jpg|10241.jpg"
    assert sent(80 * KIB, 9) == "keranjang|9.jpg|81920.jpg"


def test_a_request_beyond_the_whole_is_not_read_at_all():
    class Unreadable:
        def read(self, size=-1):
            raise AssertionError("somebody read it")

        readline = read

    request: Any = RequestFactory().post("/", {"word": "x"}, CONTENT_LENGTH=str(200_000_000))
    request._stream = Unreadable()
    assert door(request).content.decode() == f"||{EVERYTHING}"


def test_forged_requests_are_refused_as_everywhere():
    request: Any = RequestFactory().post("/", {"word": "keranjang"})
    assert door(request).status_code == 403
    assert door.csrf_exempt, "the protection stands inside, behind the limits"


@pytest.mark.parametrize("method", ["get", "head"])
def test_who_only_looks_is_not_measured(method):
    assert door(getattr(RequestFactory(), method)("/")).status_code == 200
