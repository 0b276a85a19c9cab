"""Buyers as processes: each walks through the shop over HTTP, as a browser without script does.

python -m tests.faults.shopper place URL PRODUCT FIRST COUNT
    COUNT buyers at once, numbered from FIRST; prints what became of each
python -m tests.faults.shopper buy URL PRODUCT FIRST COUNT FILE
    one after the other, and paid; notes each code that was told, and when it was paid

A server may be killed at any moment: what was not answered is sent again, the same.
"""

import http.client
import http.cookiejar
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

TRIES = 240
PAUSE = 0.25
AS_LONG_AS_A_PERSON = 4.2
SERVER_FAULT = 500
CODE = re.compile(r"/pesanan/(BK-[0-9A-Z*~$=-]+)/")


class _Stay(urllib.request.HTTPRedirectHandler):
    """A shopper looks at where it is led before it goes there."""

    def redirect_request(self, *arguments):
        return None


class Shopper:
    """One buyer with cookies, a phone number and an address of the network."""

    def __init__(self, url, number):
        self.url = url
        self.number = number
        self.faults = 0
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._jar), _Stay()
        )
        block, last = divmod(number, 250)
        self._headers = {"X-Forwarded-For": f"10.20.{block}.{last + 1}", "Origin": url}
        self._token = ""

    def ask(self, path, fields=None):
        """Answer and address after one request; sent again while nobody answers."""
        body = None
        if fields is not None:
            body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self._token}).encode()
        for _ in range(TRIES):
            request = urllib.request.Request(self.url + path, body, self._headers)
            try:
                with self._opener.open(request, timeout=30) as answer:
                    return self._read(answer.status, answer.read().decode(), "")
            except urllib.error.HTTPError as answer:
                if answer.code < SERVER_FAULT:
                    location = answer.headers.get("Location", "")
                    return self._read(answer.code, answer.read().decode(), location)
                self.faults += 1
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(PAUSE)
        raise TimeoutError(f"{path} was never answered")

    def _read(self, status, text, location):
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        self._token = found[1] if found else self._token
        return status, text, urllib.parse.urlsplit(location).path

    def fill(self, product):
        """Everything up to the last button; the address of the last step."""
        self.ask("/keranjang/tambah/", {"produk": product, "jumlah": "1"})
        self.ask("/keranjang/")
        _, _, step = self.ask("/pesan/", {})
        _, text, _ = self.ask(step)
        answers = {
            "way": "pickup",
            "name": f"Pembeli {self.number}",
            "phone": f"0812{self.number:08d}",
        }
        _, _, step = self.ask(step, answers)
        _, text, _ = self.ask(step)
        (unit,) = set(re.findall(r'name="kirim_(\d+)"', text))
        _, _, step = self.ask(step, {f"kirim_{unit}": "pickup"})
        _, self._last_page, _ = self.ask(step)
        return step

    def place(self, step):
        """Press the last button; the code of the order, or the sentence of the refusal."""
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self._last_page))
        status, text, location = self.ask(
            step, {**hidden, "buyer_class": "public", "note": "", "website": "", "bayar": "qris"}
        )
        code = CODE.search(location)
        return (status, code[1]) if code else (status, text)

    def pay(self, code):
        """Press the button of the sandbox, whose address the page of the payment names."""
        _, text, location = self.ask(f"/pesanan/{code}/bayar/")
        if location:
            return
        (sandbox,) = set(re.findall(r'"(/uji/bayar/[^"]+)"', text))
        self.ask(sandbox)
        self.ask(sandbox, {})


def place(url, product, first, count):
    """COUNT buyers stand before the last button, then press it together."""
    start = Barrier(count)

    def one(number):
        shopper = Shopper(url, number)
        step = shopper.fill(product)
        start.wait()
        time.sleep(AS_LONG_AS_A_PERSON)
        status, said = shopper.place(step)
        return status, said if said.startswith("BK-") else "refused", shopper.faults

    with ThreadPoolExecutor(count) as pool:
        for status, said, faults in pool.map(one, range(first, first + count)):
            sys.stdout.write(f"{status} {said} {faults}\n")


def buy(url, product, first, count, notes):
    """Order and pay, one after the other; whatever was told is written down at once."""
    with notes.open("a") as file:
        for number in range(first, first + count):
            shopper = Shopper(url, number)
            step = shopper.fill(product)
            time.sleep(AS_LONG_AS_A_PERSON)
            _, code = shopper.place(step)
            file.write(f"placed {code}\n")
            file.flush()
            shopper.pay(code)
            file.write(f"paid {code}\n")
            file.flush()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["place", url, product, first, count]:
            place(url, product, int(first), int(count))
        case ["buy", url, product, first, count, notes]:
            buy(url, product, int(first), int(count), Path(notes))
