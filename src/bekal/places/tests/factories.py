"""Small trees for tests, built by the actions themselves."""

import datetime as dt
from typing import Any

from bekal.foundation.actors import command_actor
from bekal.foundation.clock import Zone
from bekal.places import actions
from bekal.places.models import Place, Province
from bekal.places.rules import CENTRE_CODE, Level

TEST = command_actor("test")
NOW = dt.datetime(2026, 4, 27, 3, 0, tzinfo=dt.UTC)
START = dt.date(2024, 10, 20)
TODAY = dt.date(2026, 4, 27)
WHO: dict[str, Any] = {"source": "uji", "by": TEST, "now": NOW}


def a_province(code="91", name="Papua", zone=Zone.WIT):
    return Province.objects.get_or_create(code=code, defaults={"name": name, "zone": zone})[0]


def a_centre(on=START):
    found = Place.objects.filter(code=CENTRE_CODE).first()
    return found or _open(CENTRE_CODE, Level.CENTRE, "Ditjenpas", on=on)


def a_kanwil(code="kanwil-papua", name="Kanwil Ditjenpas Papua", *, on=START):
    return _open(code, Level.KANWIL, name, parent=a_centre(), on=on)


def a_unit(kanwil, code="lapas-jayapura", name="Lapas Kelas IIA Jayapura", *, on=START):
    return _open(code, Level.UNIT, name, parent=kanwil, province=a_province().code, on=on)


def _open(code, level, name, *, parent=None, province=None, on):
    new = actions.NewPlace(
        code=code,
        level=level,
        name=name,
        kind="Lapas" if level is Level.UNIT else "Kantor",
        parent_id=parent.pk if parent else None,
        province_code=province,
    )
    return actions.open_place(new=new, on=on, source="uji", by=TEST, now=NOW)
