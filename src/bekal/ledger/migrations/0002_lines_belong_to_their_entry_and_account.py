"""Composite foreign keys, which Django's models cannot state.

(entry, xid): only the transaction that made an entry may give it lines, also within savepoints.
(account, unit): the unit copied onto a line is the account's.
"""

from django.db import migrations

FORWARD = """
alter table ledger_entryline
  add constraint ledger_entryline_of_its_transaction
    foreign key (entry_id, xid) references ledger_entry (id, xid),
  add constraint ledger_entryline_of_its_account
    foreign key (account_id, unit_id) references ledger_account (id, unit_id);
"""
BACKWARD = """
alter table ledger_entryline
  drop constraint ledger_entryline_of_its_transaction,
  drop constraint ledger_entryline_of_its_account;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
