"""Is every maker where the status says?"""

from django.db import connection

_LOST = """
select m.code || ': ' || case m.status
    when 'in_custody' then 'di unit, tetapi tidak ada unit yang mencatatnya'
    when 'moved' then 'sedang pindah, tetapi tidak ada pemindahan yang terbuka'
    else 'pulang, tetapi masih tercatat di unit atau dalam perjalanan' end
from people_maker m
cross join lateral (
  select exists (select from people_stay s
                 where s.maker_id = m.code and upper_inf(s.during)) as is_here,
         exists (select from people_transfer t
                 where t.maker_id = m.code and t.closed_at is null) as is_coming
) seen
where (seen.is_here, seen.is_coming)
      <> (m.status = 'in_custody', m.status = 'moved')
union all
select m.code || ': status ' || m.status || ', catatan terakhirnya ' || coalesce(s.new, '-')
from people_maker m left join lateral (
  select new from people_statusmove where maker_id = m.code order by id desc limit 1
) s on true
where s.new is distinct from m.status
order by 1
"""


def maker_problems() -> list[str]:
    """Makers whose status, stays and transfers do not agree, as sentences; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LOST)
        return [row[0] for row in cursor.fetchall()]
