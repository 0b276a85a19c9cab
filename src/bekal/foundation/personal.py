"""How a model declares the personal data that it holds.

Every model of every room carries a class attribute `personal_data`: a mapping from field name to
PersonalData, or an empty mapping when it holds none. A house test fails on a model that is silent.
Source: UU 27/2022 (Pelindungan Data Pribadi): purpose and storage period are stated per datum.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class PersonalData:
    """Why a field is kept, and until when; `label` is its name for people. May be translated."""

    purpose: StrOrPromise
    retention: StrOrPromise
    label: StrOrPromise = ""


NONE: Mapping[str, PersonalData] = {}
