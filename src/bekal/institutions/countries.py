"""Names of countries in the language of a page, from the CLDR data that Babel carries."""

from functools import cache

from babel import Locale

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ"})
"""Groups, pseudo-places, and what ISO 3166-1 has no code for."""
HOME = "ID"


@cache
def country_names(language: str) -> dict[str, str]:
    """Every country but ours by its ISO 3166-1 alpha-2 code, by name."""
    known = Locale.parse(language).territories
    found = {
        code: name
        for code, name in known.items()
        if len(code) == len(HOME) and code.isalpha() and code not in _NO_COUNTRIES | {HOME}
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def country_name(code: str, language: str) -> str:
    """What a country is called; its code where CLDR has no name."""
    return country_names(language).get(code, code)
