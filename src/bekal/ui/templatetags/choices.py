"""Choices of filters that say how much each would leave; on the style page under Etalase."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from bekal.ui import cards

register = template.Library()


@register.simple_tag
def choice_options(choices: Sequence[cards.Choice], *, chosen: str = "") -> SafeString:
    """The options of a select whose values are counted."""
    return cards.options(choices, chosen=chosen)


@register.simple_tag
def choice_picks(name: str, choices: Sequence[cards.Choice], *, chosen: str = "") -> SafeString:
    """Counted choices of which one is picked, one below the other."""
    return cards.picks(name, choices, chosen=chosen)
