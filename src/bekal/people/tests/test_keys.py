"""A real installation is told when the keys of makers' data are missing or of no use."""

import pytest

from bekal.people.checks import keys_are_there

GOOD = "bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE="


@pytest.mark.parametrize(
    ("names", "numbers", "ids"),
    [
        ([GOOD], ["x" * 32], []),
        ([], [], ["people.E001", "people.E003"]),
        ([GOOD, "short"], ["x" * 31], ["people.E002", "people.E004"]),
    ],
)
def test_the_deploy_check_names_what_is_wrong_with_the_keys(settings, names, numbers, ids):
    settings.BEKAL_NAME_KEYS, settings.BEKAL_SDP_KEYS = names, numbers
    assert [problem.id for problem in keys_are_there(None)] == ids
