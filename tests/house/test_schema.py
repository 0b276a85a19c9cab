"""The tables keep the house rules. Each failure says what to do."""

from typing import ClassVar

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import models
from django.db.models import F, Q
from django.test.utils import isolate_apps

from bekal.foundation.personal import NONE, PersonalData
from tests.house import schema
from tests.house.tree import ROOMS, files, text_of

OURS = [model for model in apps.get_models() if model.__module__.startswith("bekal.")]
WHY = PersonalData("masuk", "selama bertugas")


def report(faults):
    """Fail with one line per fault."""
    assert not faults, "\n" + "\n".join(faults)


def test_there_are_models_to_look_at():
    assert len(OURS) > 5


def test_foreign_keys_point_downwards():
    report(schema.upward_keys(OURS, ROOMS))


@isolate_apps("bekal.places", "bekal.sales")
def test_an_upward_foreign_key_is_found():
    class Sale(models.Model):
        class Meta:
            app_label = "sales"

    class Place(models.Model):
        last_sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="+")
        next_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "places"

    (fault,) = schema.upward_keys([Place, Sale], ROOMS)
    assert "places.Place.last_sale points up to sales" in fault


def test_every_model_declares_its_personal_data():
    report(schema.undeclared_personal_data(OURS))


def model(fields, *, room="accounts", constraints=(), **attributes):
    """A model made for one test, in a registry of its own."""
    options = {"app_label": room, "constraints": list(constraints), "apps": Apps()}
    meta = type("Meta", (), options)
    return type(
        "Thing", (models.Model,), {"__module__": __name__, "Meta": meta, **fields, **attributes}
    )


def test_personal_data_that_is_not_declared_is_found():
    phone = {"phone": models.CharField(max_length=20)}
    faults = [
        schema.undeclared_personal_data([one])
        for one in (
            model({}),
            model({}, personal_data={"nickname": WHY}),
            model(dict(phone), personal_data=NONE),
            model({"reach": models.EmailField()}, personal_data=NONE),
            model(dict(phone), personal_data={"phone": PersonalData("", "")}),
            model(dict(phone), personal_data={"phone": WHY}, room="places"),
        )
    ]
    sentences = ("declare personal_data", "no field", "about a person", "about a person", "say why")
    for found, sentence in zip(faults, [*sentences, "live in accounts"], strict=True):
        assert any(sentence in fault for fault in found), (found, sentence)
    assert schema.undeclared_personal_data([model(dict(phone), personal_data={"phone": WHY})]) == []


def test_who_and_when_come_together():
    report(schema.loose_pairs(OURS))


def at_and_by(**options):
    return {
        "paid_at": models.DateTimeField(**options),
        "paid_by": models.CharField(max_length=80, blank=bool(options)),
    }


TIED = models.CheckConstraint(
    condition=Q(paid_at__isnull=True, paid_by="") | (Q(paid_at__isnull=False) & ~Q(paid_by="")),
    name="accounts_thing_paid_at_and_by",
)
HALF_TIED = models.CheckConstraint(condition=Q(paid_at__gt=F("id")), name="accounts_thing_later")


def test_a_loose_pair_is_found():
    assert schema.loose_pairs([model(at_and_by())]) == []
    assert schema.loose_pairs([model(at_and_by(null=True), constraints=[TIED])]) == []
    assert "come together" in schema.loose_pairs([model(at_and_by(null=True))])[0]
    assert schema.loose_pairs([model(at_and_by(null=True), constraints=[HALF_TIED])])
    only_by = {"paid_by": models.CharField(max_length=80)}
    assert "add paid_at" in schema.loose_pairs([model(dict(only_by))])[0]
    uneven = {**only_by, "paid_at": models.DateTimeField(null=True)}
    assert "the other way round" in schema.loose_pairs([model(uneven)])[0]


def test_constraints_say_where_they_belong():
    report(schema.nameless_constraints(OURS))


def test_a_constraint_with_a_foreign_name_is_found():
    assert schema.nameless_constraints([model({}, constraints=[TIED])]) == []
    odd = models.CheckConstraint(condition=Q(id__gt=0), name="positive")
    assert "accounts_thing_" in schema.nameless_constraints([model({}, constraints=[odd])])[0]


def test_no_model_has_an_order_of_its_own():
    report(schema.hidden_orders(OURS))


@isolate_apps("bekal.accounts")
def test_a_default_order_is_found():
    class Ordered(models.Model):
        class Meta:
            app_label = "accounts"
            ordering: ClassVar = ["id"]

    assert schema.hidden_orders([Ordered])


def test_migrations_are_one_line_with_names():
    names, tips = {}, {}
    for path in files():
        if path.parts[:2] == ("src", "bekal") and path.parent.name == "migrations":
            room = path.parts[2]
            names.setdefault(room, [])
            if path.suffix == ".py" and path.stem != "__init__":
                names[room].append(path.stem)
            elif path.name == "max_migration.txt":
                tips[room] = text_of(path)
    assert names
    report(schema.forked_migrations(names, tips))


@pytest.mark.parametrize(
    ("names", "tip"),
    [
        (["0001_initial", "0002_prices", "0002_costs"], "0002_prices"),
        (["0001_initial", "0003_prices"], "0003_prices"),
        (["0001_initial", "0002_prices"], "0001_initial"),
        (["0001_initial", "0002_auto_20260427"], "0002_auto_20260427"),
        (["0001_initial", "0002_price_and_more"], "0002_price_and_more"),
    ],
)
def test_a_forked_or_nameless_migration_is_found(names, tip):
    assert schema.forked_migrations({"sales": names}, {"sales": tip})
    assert not schema.forked_migrations({"sales": ["0001_initial"]}, {"sales": "0001_initial\n"})


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
