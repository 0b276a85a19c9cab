"""What the forms of strangers carry unseen; see ui.strangers."""

from django import template
from django.http import HttpRequest  # noqa: TID251  tags are part of a door's answer
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bekal.foundation import clock
from bekal.ui.strangers import STAMP, is_kept, seal, unseal

register = template.Library()
_TRAP = (
    '<p class="vh" aria-hidden="true"><input id="id_website" name="website" aria-label="{}"'
    ' tabindex="-1" autocomplete="off"></p>'
)


@register.simple_tag
def trap() -> SafeString:
    """A field that people do not see."""
    return format_html(_TRAP, gettext("Kosongkan"))


@register.simple_tag(takes_context=True)
def opened(context: Context) -> SafeString:
    """When the page was first opened; a page that comes back with faults keeps its instant."""
    request: HttpRequest = context["request"]
    now = clock.now()
    sent = request.POST.get(STAMP, "")
    _about, opened_at = unseal(sent)
    stamp = sent if is_kept(opened_at, now=now) else seal(opened_at=now)
    return format_html('<input type="hidden" name="{}" value="{}">', STAMP, stamp)
