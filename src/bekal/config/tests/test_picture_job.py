"""The worker makes AVIF of photographs that buyers see."""

import pytest

from bekal.catalogue.models import PictureFile
from bekal.catalogue.tests.goods import photographed
from bekal.config import jobs

pytestmark = pytest.mark.django_db


def test_the_job_of_the_minute_encodes_what_waits(world):
    photographed(world.noken, "Noken dari depan")
    for _ in range(2):
        jobs.encoding_pictures(0)
    assert PictureFile.objects.filter(kind="avif").count() == 3
