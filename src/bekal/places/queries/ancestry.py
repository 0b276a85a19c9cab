"""Who stood under whom: how facts are summed over the tree, and whether what is kept is true.

Sums over the tree. A fact (a sale, a summary row) stores the id of its unit and its day, and joins
the ancestry in one of two ways; `a.ancestor_id` is then the place that it is summed for:

- `as_it_was`: under whoever stood above the unit on the day of the fact;
- `as_it_is_now`: under whoever stands above it on the day `%(on)s`. A unit that has been closed
  counts under those that it had last, so that no fact falls out of the nation.

Either way each fact meets each level once: nation = sum of kanwil = sum of units.
"""

from django.db import connection

# The one definition of the ancestry: ways upwards for as long as every step of them stood. Days
# that follow each other are one row. Eight levels are more than enough and end any circle.
TRUE_ANCESTRY = """
recursive way (ancestor_id, descendant_id, distance, during) as (
  select place_id, place_id, 0, during from places_tenure
  union all
  select above.place_id, way.descendant_id, way.distance + 1,
         way.during * step.during * above.during
  from way
  join places_tenure step on step.place_id = way.ancestor_id and step.during && way.during
  join places_tenure above on above.place_id = step.parent_id
   and above.during && (way.during * step.during)
  where way.distance < 8
),
truth as (
  select ancestor_id, descendant_id, distance, unnest(range_agg(during)) as during
  from way group by ancestor_id, descendant_id, distance
)
"""
_DIFFERENCES = f"""
with {TRUE_ANCESTRY},
kept as (select ancestor_id, descendant_id, distance, during from places_ancestry),
off as (
  (select 'missing' as what, * from (table truth except table kept) m)
  union all
  (select 'stale', * from (table kept except table truth) s)
  union all
  (select 'homeless', t.place_id, t.place_id, 0, unnest(
      datemultirange(t.during) - coalesce((
        select range_agg(w.during) from truth w join places_place top on top.id = w.ancestor_id
        where w.descendant_id = t.place_id and top.level = 'centre'), '{{}}'))
   from places_tenure t)
)
select off.what, above.code, below.code, off.during::text
from off join places_place above on above.id = off.ancestor_id
join places_place below on below.id = off.descendant_id
order by 1, 2, 3, 4
"""  # noqa: S608
_WORDS = {
    "missing": "{below} stood under {above} in {during}, but the ancestry does not say so",
    "stale": "the ancestry puts {below} under {above} in {during}, but the tenures do not",
    "homeless": "{below} has no way to the centre in {during}",
}


def as_it_was(*, unit: str, day: str) -> str:
    """SQL that joins a fact to all places above it on its own day, as `a` (and itself).

    `unit` and `day` are column names of the fact, such as "f.unit_id" and "f.sold_on".
    """
    return f"join places_ancestry a on a.descendant_id = {unit} and a.during @> {day}"


def as_it_is_now(*, unit: str) -> str:
    """SQL that joins a fact to all places above it on the day `%(on)s`, as `a` (and itself).

    `unit` is the column name of the fact, such as "f.unit_id".
    """
    return f"""
    join places_ancestry life on life.descendant_id = {unit} and life.distance = 0
    join places_ancestry a on a.descendant_id = {unit}
     and a.during @> least(%(on)s::date, upper(life.during) - 1)
    """


def ancestry_problems() -> list[str]:
    """How the ancestry differs from the tenures, a sentence each; empty when all is well.

    Also names each place that has no way to the centre for a part of its life.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        rows = cursor.fetchall()
    return [_WORDS[what].format(above=a, below=b, during=c) for what, a, b, c in rows]
