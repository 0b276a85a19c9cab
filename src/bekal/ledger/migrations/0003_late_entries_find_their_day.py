"""The first day that is open for some units; whoever asks holds their books open meanwhile.

The lock and the reading are statements of their own: the reading sees what was closed while the lock
was waited for.
"""

from django.db import migrations

FORWARD = """
create function ledger_first_open_day(units bigint[], day date) returns date
language plpgsql volatile as $$
declare
  closed date;
begin
  perform pg_advisory_xact_lock_shared(hashtext('ledger.books'), u.unit_id::int)
  from unnest(units) as u(unit_id);
  select max(last.through) into closed
  from unnest(units) as u(unit_id)
  cross join lateral (
    select c.through from ledger_closing c where c.unit_id = u.unit_id
    order by c.number desc limit 1
  ) last;
  return greatest(day, closed + 1);
end
$$;
"""
BACKWARD = "drop function ledger_first_open_day(bigint[], date);"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_lines_belong_to_their_entry_and_account")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
