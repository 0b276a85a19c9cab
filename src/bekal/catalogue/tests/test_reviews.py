"""Reviews: one for each purchase, judged once, nameless."""

import pytest
from django.db import Error, connection, transaction

from bekal.audit.models import Event
from bekal.catalogue import rules
from bekal.catalogue.actions import moderate_review, write_review
from bekal.catalogue.models import Review
from bekal.catalogue.rules import ReviewRefused, ReviewStatus
from bekal.catalogue.tests.factories import NOW, a_product, a_unit
from bekal.foundation.actors import Actor, ActorKind, user_actor
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
BUYER = Actor(ActorKind.BUYER, "8b9d")
SARI = user_actor(31)
"""Sari reads reviews at Kanwil Sulawesi Tengah."""


@pytest.fixture
def basket():
    return a_product(unit=a_unit(), name="Keranjang rotan", category="kerajinan")


def written(product, *, part="1f3e", stars=5, text="Kuat, anyamannya rapat."):
    key = f"part:{part}:{product.pk}"
    return write_review(product_id=product.pk, key=key, stars=stars, text=text, by=BUYER, now=NOW)


def judged(review, *, is_shown=True, reason=""):
    return moderate_review(review_id=review.pk, is_shown=is_shown, reason=reason, by=SARI, now=NOW)


def test_a_purchase_has_one_review_and_the_first_stands(basket):
    first = written(basket)
    assert written(basket, stars=1, text="Lain") == first
    review = Review.objects.get()
    assert (review.stars, review.text, review.status) == (
        5,
        "Kuat, anyamannya rapat.",
        ReviewStatus.WAITING,
    )
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"stars": 0}, "stars"), ({"stars": 6}, "stars"), ({"text": "x" * 1001}, "text")],
)
def test_a_review_that_cannot_be_is_refused_at_its_field(basket, change, field):
    with pytest.raises(ReviewRefused) as refused:
        written(basket, **change)
    assert refused.value.field == field
    assert not Review.objects.exists()
    with pytest.raises(rules.ProductUnknown):
        write_review(product_id=999, key="part:1:999", stars=5, text="", by=BUYER, now=NOW)


def test_a_review_is_judged_once(basket):
    review = written(basket)
    for _ in range(2):
        judged(review)
    assert Review.objects.get().status == ReviewStatus.SHOWN
    with pytest.raises(ReviewRefused, match="sudah diputuskan"):
        judged(review, is_shown=False, reason="Menyebut nama orang.")
    assert Review.objects.get().status == ReviewStatus.SHOWN
    assert Event.objects.filter(action="catalogue.moderate_review").count() == 1


def test_a_refusal_says_why(basket):
    review = written(basket)
    for reason in (" ", "x" * 201):
        with pytest.raises(ReviewRefused) as refused:
            judged(review, is_shown=False, reason=reason)
        assert refused.value.field == "reason"
    assert judged(review, is_shown=False, reason="Menyebut nama orang.").reason
    with pytest.raises(ReviewRefused, match="tidak ada"):
        moderate_review(review_id=999, is_shown=True, reason="", by=SARI, now=NOW)


def test_the_database_keeps_what_was_written_and_judged(basket):
    review = written(basket)
    told = [
        ("update catalogue_review set text = 'Buruk'", "its words stay"),
        ("update catalogue_review set stars = 1, status = 'shown'", "its words stay"),
        ("update catalogue_review set status = 'shown'", "moderated_by_somebody"),
        ("delete from catalogue_review", "final"),
    ]
    for sql, promise in told:
        with pytest.raises(Error, match=promise), transaction.atomic():
            connection.cursor().execute(sql)
    judged(review)
    with pytest.raises(Error, match="judged once"), transaction.atomic():
        connection.cursor().execute("update catalogue_review set status = 'refused', reason = 'x'")


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_write_one_review():
    basket = a_product(unit=a_unit())
    assert len({each.pk for each in at_once(16, lambda number: written(basket))}) == 1
    assert Review.objects.count() == 1
