"""The kinds of values that the API takes, each read in one way and refused in words.

Stricter than pydantic's own: a number is no text, `true` is no number, a day is no timestamp.
Text never holds NUL, which PostgreSQL cannot store, nor half a character.
"""

import datetime as dt
import re
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

LARGEST = 9_007_199_254_740_991
"""The largest whole number that every JSON reader keeps exactly (2^53 - 1)."""
MOST_PAGES = 1000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_EARLIEST_YEAR = 1900


def _fits(pattern: re.Pattern[str], kind: str) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise PydanticCustomError(kind, kind)
        return value

    return BeforeValidator(check)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("int_type", "int_type")
    return value


def _not_ancient(instant: dt.datetime) -> dt.datetime:
    # At the ends of the calendar another zone's clock has no date.
    if not _EARLIEST_YEAR <= instant.year < dt.MAXYEAR:
        raise PydanticCustomError("day_out_of_range", "day_out_of_range")
    return instant


Day = Annotated[dt.date, _fits(_DAY, "date_format")]
Instant = Annotated[AwareDatetime, _fits(_INSTANT, "instant_format"), AfterValidator(_not_ancient)]
Key = Annotated[UUID, _fits(_UUID, "uuid_format")]
Month = Annotated[str, Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
Text = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,80}$")]
ProductCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{2,12}$")]
Page = Annotated[int, Field(ge=1, le=MOST_PAGES)]
Mark = Annotated[str, Field(pattern=r"^[0-9]{1,15}-[0-9]{1,15}$")]
WHOLE = BeforeValidator(_whole)
"""For whole numbers of a body; stands behind their bounds, which the description then keeps."""
Rupiah = Annotated[int, Field(description="Rupiah bulat.")]
