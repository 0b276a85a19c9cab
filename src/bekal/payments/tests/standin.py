"""A stand-in for Midtrans: a local server that speaks their wire format, as their pages show it.

It knows the key, opens payments, each name once, answers how they stand, and writes the notices
that it would send.
"""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

KEY = "SB-Mid-server-uji"
AUTHORIZATION = "Basic " + base64.b64encode(f"{KEY}:".encode()).decode()
MOODS = {
    "broken": (500, b"<html>oops</html>"),
    "silent": (200, {}),
    "moved": (302, {}),
    "nonsense": (200, [1, 2]),
}
NOT_FOUND = {"status_code": "404", "status_message": "Transaction doesn't exist."}

FIXED = {
    "status_code": "412",
    "status_message": "Merchant cannot modify the status of the transaction",
}


class _Server(ThreadingHTTPServer):
    stand_in: "StandIn"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_):
        """Say nothing."""

    def answer(self, status, body):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def misbehaved(self):
        """Whether a refusal or a mood of the stand-in was the answer."""
        stand_in = self.server.stand_in
        stand_in.asked.append(self.path)
        if self.headers["Authorization"] != AUTHORIZATION:
            self.answer(401, {"error_messages": ["Access denied due to unauthorized transaction"]})
        elif stand_in.mood in MOODS:
            if stand_in.mood == "silent":
                stand_in.hang.wait(5)
            self.answer(*MOODS[stand_in.mood])
        else:
            return False
        return True

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.misbehaved():
            return
        if self.path.endswith("/expire"):
            self.answer(200, self.server.stand_in.expires(self.path.split("/")[2]))
            return
        assert self.path == "/snap/v1/transactions"
        order = body["transaction_details"]["order_id"]
        if order in self.server.stand_in.opened:
            taken = "transaction_details.order_id has already been taken"
            self.answer(400, {"error_messages": [taken]})
            return
        self.server.stand_in.opened[order] = body
        if self.server.stand_in.mood == "lost":
            self.answer(*MOODS["broken"])
            return
        token = hashlib.sha256(order.encode()).hexdigest()[:36]
        where = f"https://app.sandbox.midtrans.com/snap/v3/redirection/{token}"
        self.answer(201, {"token": token, "redirect_url": where})

    def do_GET(self):
        if not self.misbehaved():
            order = unquote(self.path.removeprefix("/v2/").removesuffix("/status"))
            self.answer(200, self.server.stand_in.payments.get(order) or NOT_FOUND)


class StandIn:
    """What the server knows: payments by order id; `mood` makes it misbehave.

    In the mood "lost" it does what it is asked, and its answer does not arrive.
    """

    def __init__(self):
        self.opened, self.payments, self.mood, self.asked = {}, {}, "", []
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.stand_in = self
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))

    def pays(self, order, amount, *, status="settlement", code="200", number="1", **more):
        """A buyer pays, or does not; returns the notice as bytes."""
        told = {
            "transaction_time": "2026-04-27 10:00:00",
            "transaction_status": status,
            "transaction_id": f"tx-{order}-{number}",
            "status_message": "midtrans payment notification",
            "status_code": code,
            "payment_type": "qris",
            "order_id": str(order),
            "merchant_id": "G000000000",
            "gross_amount": f"{amount}.00",
            "fraud_status": "accept",
            "currency": "IDR",
            **more,
        }
        told["signature_key"] = signature(told)
        self.payments[str(order)] = told
        return json.dumps(told).encode()

    def expires(self, order):
        """What they answer to `expire`: only what waits to be paid runs out."""
        told = self.payments.get(unquote(order))
        if told is None:
            return NOT_FOUND
        if told["transaction_status"] != "pending":
            return FIXED
        told.update(transaction_status="expire", status_code="407")
        return told

    def __enter__(self):
        self.hang = threading.Event()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.hang.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def signature(told):
    """Their signature, as their page states it."""
    text = told["order_id"] + told["status_code"] + told["gross_amount"] + KEY
    return hashlib.sha512(text.encode()).hexdigest()
