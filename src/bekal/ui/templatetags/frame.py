"""What the frame of a public page says of itself: where it is, and its twin in the other language.

The first word of an address below / may be a language (settings.LANGUAGES); see ui.addresses.
"""

import json
from collections.abc import Mapping, Sequence

from django import template
from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  tags are part of a door's answer
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bekal.ui.addresses import FACES, address_of, in_language

register = template.Library()
_AS_DATA = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


_LINK = '<li><a href="{}">{}</a></li>'
_LINK_HERE = '<li><a href="{}" aria-current="page">{}</a></li>'
_SECTIONS = ("catalogue", "workshops", "live", "data")


@register.simple_tag(takes_context=True)
def main_section(context: Context) -> str:
    """The word of the public navigation that leads to where we are, by its name; or nothing."""
    path = in_language(context["request"].path, settings.LANGUAGE_CODE)
    return next((name for name in _SECTIONS if path.startswith(FACES[name])), "")


@register.simple_block_tag(takes_context=True)
def main_link(context: Context, content: str, name: str) -> SafeString:
    """A word of the public navigation; the one that leads to where we are (`section`) says so."""
    is_here = context["section"] == name
    return format_html(_LINK_HERE if is_here else _LINK, address_of(name), content.strip())


class SameEverywhere(Node):
    """A piece of the frame that is the same on every page of a language, so it is made once.

    A process keeps it with its template. Nothing in it may be about the page, its reader or the
    day: of the context it sees what kind of installation this is, and what the tag names. It is
    made for each value of that, so these must be few.
    """

    def __init__(self, nodelist: NodeList, names: Sequence[str]) -> None:
        """What stands between the tags, and the names of all that it sees."""
        self.nodelist = nodelist
        self._names = ("demo", "official", *names)
        self._made: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What was made for this language, or make it."""
        seen = [context.get(name, "") for name in self._names]
        key = get_language(), *seen
        if key not in self._made:
            self._made[key] = self.nodelist.render(
                context.new(dict(zip(self._names, seen, strict=True)))
            )
        return self._made[key]


@register.tag
def same_everywhere(parser: Parser, token: Token) -> SameEverywhere:
    """Make what stands up to `endsame_everywhere` once for each language.

    What it names, as in `{% same_everywhere section %}`, it sees, and is made for each value of.
    """
    nodelist = parser.parse(("endsame_everywhere",))
    parser.delete_first_token()
    return SameEverywhere(nodelist, token.split_contents()[1:])


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> SafeString:
    """Tell search engines the address of this page, and of its twin in each language.

    Of what is asked by the address only the page's own `canonical` belongs to it, if it has one:
    orders and filters are views of the same page.
    """
    request: HttpRequest = context["request"]
    asked = f"?{context['canonical']}" if context.get("canonical") else ""
    whole = [
        (code, request.build_absolute_uri(in_language(request.path, code) + asked))
        for code, _ in settings.LANGUAGES
    ]
    canonical = dict(whole)[get_language() or settings.LANGUAGE_CODE]
    twins = format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', whole)
    return format_html('<link rel="canonical" href="{}">{}', canonical, twins)


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> SafeString:
    """The way to this page in the other language."""
    request: HttpRequest = context["request"]
    code, name = next(each for each in settings.LANGUAGES if each[0] != get_language())
    path = in_language(request.get_full_path(), code)
    return format_html(
        '<a class="header__language" href="{}" hreflang="{}" lang="{}" aria-label="{}">{}</a>',
        *(path, code, code, f"{name} ({code.upper()})", code.upper()),
    )


@register.simple_tag
def linked_data(facts: Mapping[str, object]) -> SafeString:
    """Facts about the page for search engines (schema.org), as a block of data: no code in it."""
    text = json.dumps(facts, ensure_ascii=False).translate(_AS_DATA)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))
