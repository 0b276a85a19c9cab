"""What accounts hold, as a piece of statements."""

HELD = """
left join lateral (
  select through_line, balance from ledger_checkpoint
  where account_id = a.id order by through_line desc limit 1
) c on true
left join lateral (
  select sum(amount) as amount from ledger_entryline
  where account_id = a.id and id > coalesce(c.through_line, 0)
) d on true
"""
"""Joins to each account `a` its last checkpoint `c` and the lines since then, summed, `d`."""
