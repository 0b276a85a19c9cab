import django.db.models.deletion
import pgtrigger.migrations
from bekal.foundation.triggers import PromiseSql
from django.db import migrations, models
from pgtrigger.compiler import Trigger

# A request may end more than once now, so an outcome has an id of its own: of those that are there, their request's,
# by which their choices know them. The way back fails where a request ended more than once.
OF_ITS_OWN = """
alter table institutions_outcome drop constraint institutions_outcome_pkey;
alter table institutions_outcome alter column request_id set not null;
alter table institutions_outcome add column id uuid generated always as (request_id) stored;
alter table institutions_outcome alter column id drop expression;
alter table institutions_outcome add primary key (id);
alter table institutions_outcome add column number smallint not null default 1 check (number >= 0);
alter table institutions_outcome alter column number drop default;
"""
OF_ITS_REQUEST = """
alter table institutions_outcome drop constraint institutions_outcome_pkey;
alter table institutions_outcome add primary key (request_id);
alter table institutions_choice disable trigger user;
update institutions_choice c set outcome_id = o.request_id from institutions_outcome o
where o.id = c.outcome_id and o.id <> o.request_id;
alter table institutions_choice enable trigger user;
alter table institutions_outcome drop column id, drop column number;
"""


def of_outcome(**changes):
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='institutions.outcome', **changes)


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0001_initial'),
        ('shop', '0007_what_was_cancelled_is_never_paid'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='in_time',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='choice',
            name='of_the_newest',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outcome',
            name='chooses',
        ),
        migrations.AlterField(model_name='choice', name='outcome', field=of_outcome(db_constraint=False)),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(OF_ITS_OWN, OF_ITS_REQUEST)],
            state_operations=[
                migrations.AddField(
                    model_name='outcome',
                    name='id',
                    field=models.UUIDField(primary_key=True, serialize=False),
                ),
                migrations.AddField(
                    model_name='outcome',
                    name='number',
                    field=models.PositiveSmallIntegerField(),
                ),
                migrations.AlterField(
                    model_name='outcome',
                    name='request',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='institutions.request'),
                ),
            ],
        ),
        migrations.AlterField(model_name='choice', name='outcome', field=of_outcome()),
        migrations.AlterField(
            model_name='choice',
            name='answer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='institutions.answer'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.UniqueConstraint(fields=('request', 'number'), name='institutions_outcome_number_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=Trigger(name='in_time', sql=PromiseSql(declare='DECLARE asked institutions_request%ROWTYPE;', func="""
                select r.* into asked from institutions_request r
                join institutions_invitation i on i.request_id = r.id
                where i.id = new.invitation_id for no key update of r;
                if new.answered_at >= asked.answer_until
                   or exists (
      select from institutions_outcome o where o.request_id = asked.id and not exists (
        select from shop_ordermove m where m.order_id = o.order_id and m.status = 'cancelled'))
                   or new.pieces > asked.pieces
                   or new.number <> 1 + coalesce((select max(number) from institutions_answer
                                                  where invitation_id = new.invitation_id), 0) then
                  raise exception 'answers follow each other while the request is open'
                    using errcode = '23514';
                end if;
                return new;
                """, hash='f95ef5498775dd985c1eb4316d09a2e340876b06', operation='INSERT', pgid='pgtrigger_in_time_1be1b', table='institutions_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='choice',
            trigger=Trigger(name='of_the_newest', sql=PromiseSql(func="""
                if not exists (
                  select from institutions_answer a
                  join institutions_invitation i on i.id = a.invitation_id
                  join institutions_outcome o on o.request_id = i.request_id
                  where a.id = new.answer_id and o.id = new.outcome_id
                   and a.kind = 'offer' and a.pieces >= new.pieces
                   and a.number = (select max(number) from institutions_answer
                                   where invitation_id = a.invitation_id)) then
                  raise exception 'chosen is the newest offer of a workshop that was asked'
                    using errcode = '23514';
                end if;
                return new;
                """, hash='79dec9c91213217ac69a722515104b9bf1b5295d', operation='INSERT', pgid='pgtrigger_of_the_newest_9b1ca', table='institutions_choice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=Trigger(name='once_at_a_time', sql=PromiseSql(func="""
                perform from institutions_request where id = new.request_id for no key update;
                if exists (
      select from institutions_outcome o where o.request_id = new.request_id and not exists (
        select from shop_ordermove m where m.order_id = o.order_id and m.status = 'cancelled'))
                   or new.number <> 1 + coalesce((select max(number) from institutions_outcome
                                                  where request_id = new.request_id), 0) then
                  raise exception 'a request ends again only when its order was cancelled'
                    using errcode = '23514';
                end if;
                return new;
                """, hash='44be2a55faefc34a2eb689e4439a5bbd50d90939', operation='INSERT', pgid='pgtrigger_once_at_a_time_58076', table='institutions_outcome', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=Trigger(name='chooses', sql=PromiseSql(constraint='CONSTRAINT', func="""
                if (new.kind = 'ordered') <> exists (
                     select from institutions_choice where outcome_id = new.id) then
                  raise exception 'what is ordered was chosen' using errcode = '23514';
                end if;
                return null;
                """, hash='8b7505d672800655140226e8a2758c732895ada2', operation='INSERT', pgid='pgtrigger_chooses_1fce1', table='institutions_outcome', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
