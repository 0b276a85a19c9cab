"""Tables that a migration makes at once."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger

from bekal.foundation.tables import CreateModels
from bekal.foundation.triggers import PromiseSql


def promise():
    """A trigger in the form in which migrations keep it."""
    return Trigger(
        name="final",
        sql=PromiseSql(
            func="raise exception 'final' using errcode = '23514';",
            operation="UPDATE",
            pgid="pgtrigger_final_left",
            table="foundation_left",
            when="BEFORE",
        ),
    )


def left_and_right():
    """Two models of which each refers to the other."""
    left = CreateModel("Left", fields("right"), {"triggers": [promise()]})
    return CreateModels([left, CreateModel("Right", fields("left"))])


def fields(other):
    """A number, and a reference to the other model."""
    to = models.ForeignKey(
        f"foundation.{other.title()}", on_delete=models.PROTECT, null=True, related_name="+"
    )
    return [("id", models.BigAutoField(primary_key=True)), (other, to)]


def carried_out(operation, before, *, back=False):
    after = before.clone()
    operation.state_forwards("foundation", after)
    step = operation.database_backwards if back else operation.database_forwards
    with connection.schema_editor() as editor:
        step("foundation", editor, *((after, before) if back else (before, after)))


def there():
    return {"foundation_left", "foundation_right"} & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_models_that_refer_to_each_other_are_made_at_once_and_dropped_again():
    carried_out(left_and_right(), ProjectState())
    assert there() == {"foundation_left", "foundation_right"}
    with connection.cursor() as cursor:
        for own, other in (("left", "right"), ("right", "left")):
            kept = connection.introspection.get_relations(cursor, f"foundation_{own}")
            assert kept[f"{other}_id"][:2] == ("id", f"foundation_{other}")
    carried_out(left_and_right(), ProjectState(), back=True)
    assert there() == set()


@pytest.mark.django_db
def test_a_table_that_is_made_at_once_has_its_promises():
    carried_out(left_and_right(), ProjectState())
    with connection.cursor() as cursor:
        cursor.execute("insert into foundation_left default values")
        with pytest.raises(IntegrityError, match="final"), transaction.atomic():
            cursor.execute("update foundation_left set right_id = null")


def test_the_classes_of_a_state_are_made_when_somebody_asks_for_them():
    state = ProjectState()
    assert not state.apps.is_installed("foundation")
    left_and_right().state_forwards("foundation", state)
    assert "apps" not in vars(state)
    left = state.apps.get_model("foundation", "Left")
    assert left._meta.get_field("right").related_model._meta.label == "foundation.Right"


def test_a_migration_can_be_written_with_it():
    name, _, kept = left_and_right().deconstruct()
    again = CreateModels(**kept)
    assert (name, again.describe()) == ("CreateModels", "Create 2 models")
    assert again.references_model("Left", "foundation")
    assert not CreateModels([]).references_model("Left", "foundation")
