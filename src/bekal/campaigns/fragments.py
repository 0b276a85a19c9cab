"""What a live page shows, made once for each change and kept for all who ask.

A process holds, for each campaign, the newest picture and its page in each language that was asked
for. Whether it is still the newest costs one small statement.
"""

import datetime as dt
import threading
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from bekal.audit import queries as audit
from bekal.campaigns import queries
from bekal.campaigns.meanings import meanings
from bekal.campaigns.queries import LivePicture
from bekal.campaigns.shown import Shown
from bekal.ui.addresses import address_of, in_language

_MINUTE = 60


@dataclass(frozen=True)
class Links:
    """Where a live page leads, in its language."""

    home: str
    catalogue: str
    method: str
    figures: str
    qr: str
    other: str
    other_code: str
    other_name: str


@dataclass(frozen=True)
class Fragment:
    """All parts of a live page at one revision, in the languages that were asked for."""

    revision: int
    minute: int
    picture: LivePicture
    pages: dict[str, str]

    @property
    def tag(self) -> str:
        """What changes whenever the fragment does, the same in every process."""
        return f"{self.revision}-{self.minute}"


_kept: dict[str, Fragment] = {}
_making = threading.Lock()


def current(*, slug: str, languages: Collection[str], now: dt.datetime) -> Fragment | None:
    """The newest fragment of a campaign, or None where there is no such campaign.

    One statement while nothing has changed. Made anew also with each minute, because hours pass
    and campaigns begin and end without anybody's doing. Threads that ask at the same moment wait
    for the first one's.
    """
    # Before the picture, so that a fragment is never older than the number that it goes by.
    revision = audit.revision(topics=queries.TOPICS)
    minute = int(now.timestamp()) // _MINUTE
    with _making:
        kept = _kept.get(slug)
        if kept is None or (kept.revision, kept.minute) != (revision, minute):
            campaign = queries.campaign_by_slug(slug=slug)
            if campaign is None:
                return None
            picture = queries.picture(campaign=campaign, now=now)
            kept = _kept[slug] = Fragment(revision, minute, picture, {})
        for language in languages:
            if language not in kept.pages:
                kept.pages[language] = _page(kept.picture, language)
    return kept


def forget() -> None:
    """Forget what is kept; for tests, whose worlds go back in time."""
    _kept.clear()


def _page(picture: LivePicture, language: str) -> str:
    with override(language):
        shown = Shown(picture, is_demo=getattr(settings, "BEKAL_DEMO", False))
        context = {
            "shown": shown,
            "links": _links(picture.campaign.slug, language),
            "meanings": meanings(),
        }
        return render_to_string("campaigns/live/_all.html", context)


def _links(slug: str, language: str) -> Links:
    here = reverse("live:page", args=[slug])
    other, name = next(pair for pair in settings.LANGUAGES if pair[0] != language)
    return Links(
        home=address_of("home"),
        catalogue=address_of("catalogue"),
        method=address_of("method"),
        figures=reverse("live:figures", args=[slug]),
        qr=reverse("live:qr"),
        other=in_language(here, other),
        other_code=other,
        other_name=name,
    )
