"""What papers of money share: asked for by one person, decided once by another."""

import pgtrigger
from django.db.models import F, Q

from bekal.foundation.triggers import Promise

APPROVED, REFUSED = "approved", "refused"

only_decided = Promise(
    name="only_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.decided_as <> '' or new.decided_as = ''
       or to_jsonb(new) - array['decided_as', 'decided_why', 'decided_at', 'decided_by']
       <> to_jsonb(old) - array['decided_as', 'decided_why', 'decided_at', 'decided_by'] then
      raise exception 'a paper is decided once' using errcode = '23514';
    end if;
    return new;
    """,
)

starts_undecided = Promise(
    name="starts_undecided",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if new.decided_as <> '' then
      raise exception 'a paper begins undecided' using errcode = '23514';
    end if;
    return new;
    """,
)


def decided_by_another(asker: str) -> Q:
    """Undecided, or decided by somebody else, with a reason where it was refused."""
    undecided = Q(decided_as="", decided_at__isnull=True, decided_by="", decided_why="")
    decided = Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decided_by=F(asker))
    approved = decided & Q(decided_as=APPROVED)
    refused = decided & Q(decided_as=REFUSED, decided_why__regex=r"\S")
    return undecided | approved | refused
