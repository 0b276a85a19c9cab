"""What a form carries unseen to tell when its page was opened."""

from uuid import UUID

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bekal.foundation.ids import uuid7
from bekal.foundation.paces import BEGUN

register = template.Library()


@register.simple_tag(takes_context=True)
def begun(context: Context) -> SafeString:
    """The id of one filling in, which holds its millisecond; a form that comes back keeps it."""
    try:
        key = UUID(context["request"].POST.get(BEGUN, ""))
    except ValueError:
        key = uuid7()
    return format_html('<input type="hidden" name="{}" value="{}">', BEGUN, key)
