"""What PostgreSQL keeps of the claims, whoever writes."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bekal.foundation.actors import command_actor
from bekal.opendata.actions import load_claims
from bekal.opendata.models import Claim
from tests.support import world

pytestmark = pytest.mark.django_db
_COPY = """
insert into opendata_claim ({names})
select {values} from opendata_claim order by id limit 1
"""


@pytest.fixture(autouse=True)
def _claims():
    load_claims(by=command_actor("load"), now=world.NOON)


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def copied(**changed):
    """Insert the first claim again with some columns changed."""
    names = [str(f.column) for f in Claim._meta.concrete_fields if f.column != "id"]
    values = [changed.get(name, f'"{name}"') for name in names]
    run(_COPY.format(names=", ".join(f'"{n}"' for n in names), values=", ".join(values)))


@pytest.mark.parametrize(
    "sql",
    ["update opendata_claim set low = 1", "delete from opendata_claim"],
)
def test_a_claim_is_final(sql):
    with pytest.raises(DatabaseError, match="final"):
        run(sql)
    assert Claim.objects.count() == 175


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({}, "opendata_claim_once"),
        ({"digest": "'x'", "low": "high + 1"}, "low_is_not_above_high"),
        ({"digest": "'x'", "first_day": "last_day + 1"}, "period_runs_forward"),
        ({"digest": "'x'", "source": "''"}, "has_source_and_words"),
        ({"digest": "'x'", "theme": "'laba'"}, "theme_known"),
        ({"digest": "'x'", "subject_kind": "'orang'"}, "subject_kind_known"),
        ({"digest": "'x'", "precision": "'hour'"}, "precision_known"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(changed, name):
    with pytest.raises(IntegrityError, match=name):
        copied(**changed)
    assert Claim.objects.count() == 175


def test_a_copy_with_another_digest_is_taken():
    copied(digest="'x'")
    assert Claim.objects.count() == 176
