"""Guests who shop over HTTP, as fast as they are answered, in one of several client processes.

    python bench/shoppers.py SYSTEM ADDRESS WARM SECONDS < what.json

Nothing but the standard library, so that the client costs little and every shop is asked alike. A
guest comes from an address of this machine's own network (127/8), keeps cookies, sends the forms of
the checkout, and is done when the order was placed. In a "browser" the pages between are opened too
and redirects followed. Where a shop asks that a person takes some seconds, other guests are served
in between: what is counted is the orders that were completed, not who waits.
"""

import heapq
import http.client
import json
import random
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

_MOVED = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
_MOST_HOPS = 5


class Unsold(Exception):
    """A step was not answered as a shop answers that goes on."""


class Line:
    """A connection to a shop that says and reads no more of HTTP than guests need.

    The standard library's client takes three times as long, which would be measured as the shop's.
    """

    def __init__(self, host, *, here):
        """Call the shop from an address of this machine."""
        name, _, port = host.partition(":")
        self._host = host
        self._socket = socket.create_connection(
            (name, int(port)), timeout=60, source_address=(here, 0)
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        """Hang up."""
        self._socket.close()

    def ask(self, method, path, headers, body):
        """One request; the status, the headers (names in small letters) and the body."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{headers}\r\n"
        length = f"Content-Length: {len(body)}\r\n\r\n"
        self._socket.sendall((head + length).encode() + body)
        begun = self._read_until(b"\r\n\r\n")
        head, _, content = begun.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        told = [
            (name.lower(), value.strip()) for name, _, value in (x.partition(b":") for x in lines)
        ]
        missing = int(dict(told)[b"content-length"]) - len(content)
        parts = [content]
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return int(first.split(b" ", 2)[1]), told, b"".join(parts)

    def _read_until(self, end):
        read = self._more()
        while end not in read:
            read += self._more()
        return read

    def _more(self):
        read = self._socket.recv(65536)
        if not read:
            raise ConnectionError("the shop hung up")
        return read


@dataclass
class Guest:
    """One buyer without an account: cookies, and a form token of their own making."""

    host: str
    csrf_cookie: str
    csrf_field: str = "csrfmiddlewaretoken"
    is_browser: bool = False
    requests: int = 0
    spent: float = 0.0
    connection: "Line | None" = None
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.address = ".".join(["127", *(str(random.randrange(1, 255)) for _ in range(3))])
        # Django compares the cookie with the field; the guest need not be given one first.
        self.cookies[self.csrf_cookie] = secrets.token_hex(16)

    def leave(self):
        """Hang up; the next request calls again."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method, path, form=None):
        """One request; the answer's status, where it leads, and its body."""
        begun = time.monotonic()
        if self.connection is None:
            self.connection = Line(self.host, here=self.address)
        try:
            return self._ask(method, path, form)
        finally:
            self.requests += 1
            self.spent += time.monotonic() - begun

    def _ask(self, method, path, form):
        headers = "Sec-Fetch-Site: same-origin\r\nCookie: "
        headers += "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = b""
        if form is not None:
            token = {self.csrf_field: self.cookies[self.csrf_cookie]}
            body = urlencode({**token, **form}).encode()
            headers += "\r\nContent-Type: application/x-www-form-urlencoded"
        status, told, content = self.connection.ask(method, path, headers, body)
        to = ""
        for name, value in told:
            if name == b"set-cookie":
                key, _, rest = value.decode().partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
            elif name == b"location":
                to = value.decode()
        return status, to, content

    def open(self, path):
        """Open a page and follow where it leads; the address at the end, and its body."""
        for _ in range(_MOST_HOPS):
            status, to, content = self.ask("GET", path)
            if status == HTTPStatus.OK:
                return path, content
            if status not in _MOVED:
                raise Unsold(f"GET {path}: {status}")
            path = _path(to)
        raise Unsold(f"GET {path}: leads on and on")

    def look(self, path):
        """Open a page, if this guest has a browser that shows pages; its body."""
        return self.open(path)[1] if self.is_browser else b""

    def send(self, path, form):
        """Send a form that must lead on; where to. A browser also opens what it leads to."""
        status, to, content = self.ask("POST", path, form)
        if status not in _MOVED:
            raise Unsold(f"POST {path}: {status} {content[:3000]!r}")
        if self.is_browser:
            return self.open(_path(to))[0]
        return _path(to)


def _path(location):
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def buy_at_oscar(guest, product):
    """Add to the basket, say who one is, the address, the (only) shipping method, place."""
    guest.look(product["page"])
    guest.send(f"/basket/add/{product['id']}/", {"quantity": 1, "next": product["page"]})
    guest.look("/basket/")
    guest.look("/checkout/")
    email = f"guest{secrets.token_hex(8)}@example.com"
    guest.send("/checkout/", {"username": email, "options": "anonymous"})
    address = {
        "first_name": "Rina",
        "last_name": "Contoh",
        "line1": "Jalan Contoh 1",
        "line4": "Palu",
        "postcode": "94111",
        "country": "ID",
    }
    guest.send("/checkout/shipping-address/", address)
    if not guest.is_browser:
        guest.ask("GET", "/checkout/shipping-method/")
    yield 0
    guest.send("/checkout/preview/", {"action": "place_order"})


def buy_at_bekal(guest, product):
    """Add to the basket, say who and where (the usual courier is chosen); after a while, place."""
    guest.look(product["page"])
    guest.send("/keranjang/tambah/", {"produk": product["code"], "jumlah": 1})
    guest.look("/pesan/")
    address = {
        "way": "courier",
        "name": "Rina Contoh",
        "phone": f"0812{random.randrange(10**7, 10**8)}",
        "place": product["place"],
        "district": product["district"],
        "address": f"Jalan Contoh {secrets.token_hex(4)}",
    }
    review = guest.send("/pesan/", address)
    yield product["wait"]
    sums = {
        f"harga_{product['id']}": product["price"],
        f"ongkir_{product['unit']}": product["fee"],
    }
    guest.send(review, {"buyer_class": "public", "bayar": "qris", **sums})


JOURNEYS = {"oscar": (buy_at_oscar, "csrftoken"), "bekal": (buy_at_bekal, "bekal_csrf")}


@dataclass
class Guests:
    """The guests of one client: those who wait in between, and what became of the others.

    Who waited long enough takes turns with who comes new. So as many begin as end, and the time
    that is measured holds no more of the one than of the other.
    """

    come: Callable[[], tuple[Guest, Iterator[float]]]
    is_measured: bool = False
    turn: int = 0
    bought: int = 0
    requests: int = 0
    waiting: list = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def serve_one(self):
        """The next step of one guest."""
        self.turn += 1
        is_due = self.waiting and self.waiting[0][0] <= time.monotonic()
        if is_due and self.turn % 2:
            _, _, guest, steps = heapq.heappop(self.waiting)
        else:
            guest, steps = self.come()
        try:
            pause = next(steps)
        except StopIteration:
            self._count(guest)
        except (Unsold, OSError, http.client.HTTPException) as problem:
            self.failures.append(f"{type(problem).__name__}: {problem}"[:4000])
        else:
            due = (time.monotonic() + pause, secrets.randbits(60), guest, steps)
            heapq.heappush(self.waiting, due)
        guest.leave()

    def _count(self, guest):
        self.bought += 1
        if self.is_measured:
            self.took.append(guest.spent)
            self.requests += guest.requests


def shop(system, address, times, asked):
    """Guest after guest until the time is over.

    How many bought in all and, after warming up, how long each took of the shop's own time and how
    much processor time this client took.
    """
    buy, csrf_cookie = JOURNEYS[system]

    def come():
        guest = Guest(address, csrf_cookie, is_browser=asked["browser"])
        return guest, buy(guest, random.choice(asked["products"]))

    guests, first = Guests(come), time.monotonic() + times[0]
    while time.monotonic() < first:
        guests.serve_one()
    guests.is_measured, spent = True, time.process_time()
    while time.monotonic() < first + times[1]:
        guests.serve_one()
    return {
        "took": guests.took,
        "failures": guests.failures,
        "requests": guests.requests,
        "bought": guests.bought,
        "spent": time.process_time() - spent,
    }


def read(address, times, pages):
    """Page after page until the time is over; how long each took, after warming up."""
    connection = http.client.HTTPConnection(address, timeout=60)
    chance, took, failures = random.Random(), [], []
    first = time.monotonic() + times[0]
    while (begun := time.monotonic()) < first + times[1]:
        path = chance.choice(pages)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            failures.append(f"GET {path}: {answer.status}")
        elif begun > first:
            took.append(time.monotonic() - begun)
    return {"took": took, "failures": failures, "requests": len(took), "bought": 0}


def main():
    """What one process of the benchmark does; its answer is one line of JSON."""
    system, address, *times = sys.argv[1:]
    times, asked = [float(each) for each in times], json.load(sys.stdin)
    if "pages" in asked:
        done = read(address, times, asked["pages"])
    else:
        done = shop(system, address, times, asked)
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
