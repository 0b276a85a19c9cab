"""The words of our templates: formats as filters, components as tags.

A builtin library: templates need no load. Markup lies in templates/ui/tags/, one file per tag.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from bekal.foundation import formats
from bekal.ui import cards, fields, figures, filters, icons
from bekal.ui.addresses import address_of

register = template.Library()
Shown = dict[str, Any]


for each in filters.FILTERS:
    register.filter(each.__name__, each)


# --- Forms ---------------------------------------------------------------------------------------


@register.inclusion_tag("ui/tags/field.html")
def field(
    bound: forms.BoundField,
    *,
    kind: str = "",
    hint: str = "",
    blank: str = "",
    autocomplete: str = "",
    today: dt.date | None = None,
) -> Shown:
    """A labelled field. `today` (the unit's own day) adds the buttons "Hari ini", "Kemarin".

    `blank`: what leaving it empty means, where that is more than "(boleh dikosongkan)".
    """
    view = fields.field_view(bound, kind=kind, hint=hint, autocomplete=autocomplete)
    options = fields.options_of(bound, {}) if view.kind == "select" else []
    days = [("Hari ini", today), ("Kemarin", today - dt.timedelta(days=1))] if today else []
    told = {"f": view, "type": fields.input_type(view), "options": options, "days": days}
    return told | {"blank": blank}


@register.inclusion_tag("ui/tags/choices.html")
def choices(
    bound: forms.BoundField,
    *,
    hint: str = "",
    blank: str = "",
    notes: Mapping[str, str] | None = None,
    listed: bool = False,
) -> Shown:
    """One (or, for a multiple field, several) of a few, as tiles. `listed`: one below another."""
    view = fields.field_view(bound, kind="text", hint=hint)
    many = isinstance(bound.field, forms.MultipleChoiceField)
    tiles = [tile for tile in fields.options_of(bound, notes or {}) if tile.value]
    return {"f": view, "tiles": tiles, "many": many, "listed": listed, "blank": blank}


@register.inclusion_tag("ui/tags/stepper.html")
def stepper(bound: forms.BoundField, *, hint: str = "", least: int = 0, most: int = 9999) -> Shown:
    """A number of pieces that can be typed, or stepped where script runs; left blank it is none."""
    view = fields.field_view(bound, kind="count", hint=hint)
    return {"f": view, "least": least, "most": most}


@register.inclusion_tag("ui/tags/error_summary.html")
def error_summary(form: forms.BaseForm) -> Shown:
    """What has to be put right, on top of main; nothing when the form is fine."""
    lines = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        lines += [(fields.target_id(bound), str(error)) for error in bound.errors]
    return {"lines": lines}


@register.inclusion_tag("ui/tags/button.html")
def button(
    label: str,
    *,
    kind: str = "",
    href: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
    wide: bool = False,
) -> Shown:
    """A submit button, or a link with its looks when `href` is given.

    kind: "" (the one primary action), "second", "hi", "quiet", "bad".
    """
    classes = [f"btn--{kind}"] * bool(kind) + ["btn--small"] * small + ["btn--wide"] * wide
    return {
        "label": label,
        "classes": " ".join(["btn", *classes]),
        "href": href,
        "icon": icon,
        "name": name,
        "value": value,
    }


# --- Small pieces --------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, *, size: int = 20, label: str = "") -> SafeString:
    """An icon of lucide by its name there."""
    return icons.icon(name, size=size, label=label)


@register.simple_tag
def address(name: str) -> str:
    """The address of a page that the frame knows, in the language of the page."""
    return address_of(name)


@register.simple_tag
def swatch(kind: str) -> SafeString:
    """The cloth, wood or bean of a kind: batik, tenun, anyam, kayu, kopi, pangan, kulit, seni."""
    source = static(f"ui/img/sw-{kind}.svg")
    return format_html('<img src="{}" width="64" height="64" alt="">', source)


@register.simple_tag
def drawing(name: str, *, alt: str = "") -> SafeString:
    """A drawn product of ui/img, 4 by 5, where a photograph is missing."""
    source = static(f"ui/img/{name}.svg")
    return format_html('<img src="{}" width="400" height="500" alt="{}">', source, alt)


register.simple_tag(cards.card, name="product_card")


register.inclusion_tag("ui/tags/sift.html")(fields.sift)
register.simple_tag(cards.options, name="choice_options")
register.simple_tag(cards.picks, name="choice_picks")


@register.inclusion_tag("ui/tags/tag.html")
def tag(label: str, kind: str = "neutral", *, icon: str = "") -> Shown:
    """A status in a word; kind: ok, warn, bad, info, neutral. Never a button."""
    return {"label": label, "kind": kind, "icon": icon}


@register.inclusion_tag("ui/tags/crumbs.html")
def crumbs(crumbs: Sequence[tuple[str, str | None]]) -> Shown:
    """The way here; the last is the page itself and has no address."""
    return {"crumbs": crumbs}


@register.inclusion_tag("ui/tags/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], *, noun: str, param: str = "halaman") -> Shown:
    """Links to the pages before and after, with a count; the query string stays."""
    request = context.get("request")

    def link(number: int) -> str:
        query = request.GET.copy() if request is not None else None
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "noun": noun,
        "count": page.paginator.count,
        "before": link(page.previous_page_number()) if page.has_previous() else "",
        "after": link(page.next_page_number()) if page.has_next() else "",
    }


# --- States --------------------------------------------------------------------------------------


@register.inclusion_tag("ui/tags/state.html")
def empty_state(head: str, *, text: str = "", action: str = "", href: str = "") -> Shown:
    """Nothing here yet, and what to do first. The name `empty` belongs to for loops."""
    return {"head": head, "text": text, "action": action, "href": href, "icon": "inbox"}


@register.inclusion_tag("ui/tags/state.html")
def failed_state(head: str, *, text: str = "", action: str = "Coba lagi", href: str = "") -> Shown:
    """What could not be shown, and the way to try again."""
    shown = {"head": head, "text": text, "action": action, "href": href, "kind": "failed"}
    return {**shown, "icon": "cloud-off"}


@register.inclusion_tag("ui/tags/loading.html")
def loading_state(*, lines: int = 3, label: str = "Memuat") -> Shown:
    """A skeleton that shows itself after 300 ms."""
    return {"lines": range(lines), "label": label}


# --- Figures -------------------------------------------------------------------------------------


@register.simple_block_tag
def stats(content: str, *, first: bool = False) -> SafeString:
    """A row of {% stat %}; `first` makes the first figure the headline."""
    return render_to_string("ui/tags/stats.html", {"content": content, "first": first})


@register.inclusion_tag("ui/tags/stat.html")
def stat(label: str, value: str | int, *, note: str = "") -> Shown:
    """A figure with what it counts; a plain number gets its thousands."""
    shown = formats.thousands(value) if isinstance(value, int) else value
    return {"label": label, "value": shown, "note": note}


@register.inclusion_tag("ui/tags/band.html")
def band(amounts: Sequence[tuple[str, int]], *, label: str, table: bool = True) -> Shown:
    """Where a sum goes: a band, its legend, and the same as a table. Amounts are rupiah, >= 0."""
    total = sum(amount for _, amount in amounts)
    parts = figures.parts_of(amounts)
    return {"parts": parts, "label": label, "total": total, "table": table}


@register.inclusion_tag("ui/tags/bar.html")
def bar(amount: int, whole: int) -> Shown:
    """How far an amount reaches along a whole. The number itself stands beside it."""
    return {"width": figures.thousandths(amount, whole)}


# --- Lists ---------------------------------------------------------------------------------------


@register.simple_block_tag
def summary_list(content: str) -> SafeString:
    """The answers to be checked: a list of {% summary_row %}."""
    return render_to_string("ui/tags/summary_list.html", {"content": content})


@register.inclusion_tag("ui/tags/summary_row.html")
def summary_row(
    label: str, value: str | int, *, change: str = "", what: str = "", total: bool = False
) -> Shown:
    """One answer; `change` is the address of its question, `what` completes "Ubah ..."."""
    shown = {"label": label, "value": value, "change": change, "total": total}
    return {**shown, "what": what or label.lower()}


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """The day's work: a list of {% task_row %}."""
    return render_to_string("ui/tags/task_list.html", {"content": content})


@register.inclusion_tag("ui/tags/task_row.html")
def task_row(
    name: str, *, href: str = "", note: str = "", status: str = "Belum", later: bool = False
) -> Shown:
    """A task, verb first. "Selesai" is plain text; colour points at what is left.

    `later`: it can't be begun yet, so it is grey and no link.
    """
    return {
        "name": name,
        "href": "" if later else href,
        "note": note,
        "status": status,
        "later": later,
        "done": status == "Selesai",
    }


# --- Blocks --------------------------------------------------------------------------------------


@register.simple_block_tag
def definition(content: str, head: str = "") -> SafeString:
    """Words of explanation that open on demand."""
    shown = {"content": content, "head": head or gettext("Apa artinya?")}
    return render_to_string("ui/tags/definition.html", shown)


@register.simple_block_tag
def notice(content: str, kind: str = "info", *, live: bool = False) -> SafeString:
    """A message of the page; kind: info, ok, warn, bad. `live`: read out at once."""
    icon = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}.get(kind, "info")
    shown = {"content": content, "kind": kind, "icon": icon, "live": live}
    return render_to_string("ui/tags/notice.html", shown)


@register.simple_block_tag
def hang_tag(content: str, title: str, *, place: str = "", price: int | None = None) -> SafeString:
    """The label of a product; the content (a QR drawing, a swatch) stands at its right."""
    shown = {"content": content, "title": title, "place": place, "price": price}
    return render_to_string("ui/tags/hang_tag.html", shown)
