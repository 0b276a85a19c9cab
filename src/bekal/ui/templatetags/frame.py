"""What the frame of a public page says of itself: where it is, and its twin in the other language.

The first word of an address below / may be a language (settings.LANGUAGES); see ui.addresses.
"""

import json
from collections.abc import Mapping

from django import template
from django.conf import settings
from django.http import HttpRequest  # noqa: TID251  tags are part of a door's answer
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bekal.ui.addresses import address_of, in_language

register = template.Library()
_AS_DATA = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


_LINK = '<li><a href="{}">{}</a></li>'
_LINK_HERE = '<li><a href="{}" aria-current="page">{}</a></li>'


@register.simple_block_tag(takes_context=True)
def main_link(context: Context, content: str, name: str) -> SafeString:
    """A word of the public navigation; the one that leads to where we are says so."""
    target = address_of(name)
    is_here = context["request"].path.startswith(target)
    return format_html(_LINK_HERE if is_here else _LINK, target, content.strip())


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
