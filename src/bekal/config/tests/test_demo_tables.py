"""A demo on the tables of another version says what to do, and leaves them as they are."""

from pathlib import Path

import pytest
from django.db import connection

from bekal.config.commands.demo import prepare
from bekal.config.console import Problem
from bekal.config.footing import missing_migrations, unknown_migrations

pytestmark = pytest.mark.django_db


def test_tables_of_another_version_are_named_and_left_alone():
    assert unknown_migrations() == missing_migrations() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_migrations (app, name, applied)"
            " values ('sales', '0009_of_another_version', now())"
        )
    assert unknown_migrations() == ["sales.0009_of_another_version"]
    with pytest.raises(Problem, match="Remove that folder") as said:
        prepare(Path("/rumah/.bekal"))
    assert "/rumah/.bekal" in str(said.value)
