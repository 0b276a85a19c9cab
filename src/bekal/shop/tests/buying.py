"""Rina before the pages of the shop, and what she types."""

import re

from django.test import Client
from django.urls import reverse

from bekal.catalogue.models import Product
from bekal.shop.tests.market import HOME

ADDRESS = {
    "way": "courier",
    "name": "Rina Sari",
    "phone": "0812 3456-7890",
    "email": "",
    "place": "Susut, Kab. Bangli, Bali",
    "district": HOME,
    "address": "Jalan Merdeka 5, RT 02/RW 01",
    "postal_code": "80614",
    "landmark": "pagar hijau",
}
FETCHED = {"way": "pickup", "name": "Rina Sari", "phone": "081234567890"}


def buyer(language="id"):
    """A browser of somebody without a name."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, enforce_csrf_checks=False)
    client.cookies.clear()
    return client


def code_of(product):
    return Product.objects.get(pk=product).code


def put(client, product, pieces=1):
    """Put pieces of a product into the basket."""
    data = {"produk": code_of(product), "jumlah": str(pieces)}
    return client.post(reverse("shop:add"), data)


def text(answer):
    """What the page says."""
    return answer.content.decode()


def words(answer):
    """The same without markup and with single blanks."""
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(answer)))
    return said.replace("&#x27;", "'").replace("&quot;", '"')


def begun(client):
    """Go on from the basket; the address of the first step."""
    answer = client.post(reverse("shop:begin"), {})
    assert answer.status_code == 303, text(answer)
    return answer["Location"]


def addressed(client, **changes):
    """Answer the first step; the address of the second."""
    answer = client.post(begun(client), {**ADDRESS, **changes})
    assert answer.status_code == 303, words(answer)
    return answer["Location"]


def hidden(answer):
    """The hidden fields of a page."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text(answer))
    return {name: value for name, value in pairs if name != "csrfmiddlewaretoken"}


def chosen(client, step, **parts):
    """Answer the second step as it is offered; the address of the third."""
    page = text(client.get(step))
    fields = dict(re.findall(r'name="(kirim_\d+)" value="([^"]+)" checked', page))
    answer = client.post(step, {**fields, **parts})
    assert answer.status_code == 303, words(answer)
    return answer["Location"]


def sent(client, step, **changes):
    """Press the button of the last step."""
    page = client.get(step)
    said = {"buyer_class": "public", "note": "", "website": "", "bayar": "qris"}
    return client.post(step, {**hidden(page), **said, **changes})
