import datetime

import pgtrigger.migrations
from bekal.foundation.triggers import PromiseSql
from django.db import migrations, models
from pgtrigger.compiler import Trigger

# How long the appointments of the past were is not written down: they are taken to be as long as those of their
# service are now. The way back fails where two hours begin together and end apart.
ENDS = """
alter table institutions_slot add column ends_at timestamptz;
update institutions_slot t set ends_at = t.starts_at + s.minutes * interval '1 minute'
from institutions_service s where s.id = t.service_id;
alter table institutions_slot alter column ends_at set not null;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0002_a_request_may_be_ordered_from_again'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='slot',
            name='institutions_slot_once',
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(ENDS, "alter table institutions_slot drop column ends_at"),
            ],
            state_operations=[
                migrations.AddField(model_name='slot', name='ends_at', field=models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slot',
            trigger=Trigger(name='has_room', sql=PromiseSql(declare='DECLARE people bigint;', func="""
                if tg_op = 'UPDATE' and new.taken <= old.taken and new.starts_at = old.starts_at
                   and new.ends_at = old.ends_at and new.service_id = old.service_id then
                  return null;
                end if;
                perform from institutions_service where id = new.service_id for no key update;
                select max((
                  select sum(there.taken) from institutions_slot there
                  where there.service_id = new.service_id
                    and there.starts_at > moment.at - interval '480 minutes'
                    and there.starts_at <= moment.at and there.ends_at > moment.at
                )) into people
                from (
                  select new.starts_at as at union select starts_at from institutions_slot
                  where service_id = new.service_id
                    and starts_at > new.starts_at and starts_at < new.ends_at
                ) moment;
                if people > new.capacity then
                  raise exception 'more people than an hour of service % has room for',
                    new.service_id using errcode = '23514';
                end if;
                return null;
                """, hash='7035617e9dc5a2cf9701b5e844fb342ba52c5173', operation='INSERT OR UPDATE', pgid='pgtrigger_has_room_24243', table='institutions_slot', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('service', 'starts_at', 'ends_at'), name='institutions_slot_once'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ends_at__gt=models.F('starts_at'),
                    ends_at__lte=models.F('starts_at') + datetime.timedelta(minutes=480),
                ),
                name='institutions_slot_lasts_as_a_service_may',
            ),
        ),
    ]
