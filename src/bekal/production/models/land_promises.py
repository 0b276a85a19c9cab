"""What PostgreSQL keeps for land and harvests, as triggers."""

import pgtrigger

from bekal.foundation.triggers import Promise

ends_after_planting = Promise(
    name="ends_after_planting",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_planting where id = new.planting_id for no key update;
    if new.last_day < (select planted_on from production_planting where id = new.planting_id)
       or exists (select from production_harvest h where h.planting_id = new.planting_id
                  and h.harvested_on > new.last_day and not exists (
                    select from production_harvestundone u where u.harvest_id = h.id)) then
      raise exception 'a planting ends after it was planted and harvested'
        using errcode = '23514';
    end if;
    return new;
    """,
)

grew_there = Promise(
    name="grew_there",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_planting where id = new.planting_id for no key update;
    if not exists (
      select from production_planting g join production_plot p on p.id = g.plot_id
      left join production_plantingend e on e.planting_id = g.id
      left join production_batch b on b.id = new.batch_id
      where g.id = new.planting_id and new.harvested_on >= g.planted_on
        and (e.planting_id is null or new.harvested_on <= e.last_day)
        and (new.batch_id is null
             or (b.unit_id = p.unit_id and b.made_on = new.harvested_on)))
    then
      raise exception 'a harvest is of what grew then, and its batch of that unit and day'
        using errcode = '23514';
    end if;
    return new;
    """,
)

# Whoever plants and whoever ends the plot or opens it again wait for each other at its row.
on_a_plot_in_use = Promise(
    name="on_a_plot_in_use",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_plot where id = new.plot_id for no key update;
    if exists (select from production_plotend e
               left join production_plotreopened r on r.end_id = e.id
               where e.plot_id = new.plot_id
                 and (r.end_id is null or r.first_day > new.planted_on)) then
      raise exception 'nothing is planted where a plot is used no more' using errcode = '23514';
    end if;
    return new;
    """,
)

ends_when_nothing_grows = Promise(
    name="ends_when_nothing_grows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_plot where id = new.plot_id for no key update;
    if exists (select from production_planting g
               left join production_plantingend e on e.planting_id = g.id
               where g.plot_id = new.plot_id
                 and (e.planting_id is null or e.last_day > new.last_day)) then
      raise exception 'a plot ends when nothing grows there any more' using errcode = '23514';
    end if;
    if exists (select from production_plotend e
               left join production_plotreopened r on r.end_id = e.id
               where e.plot_id = new.plot_id
                 and (r.end_id is null or r.first_day > new.last_day)) then
      raise exception 'a plot ends once, until it is used again' using errcode = '23514';
    end if;
    return new;
    """,
)

after_it_ended = Promise(
    name="after_it_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from production_plot p join production_plotend e on e.plot_id = p.id
    where e.id = new.end_id for no key update of p;
    if new.first_day < (select last_day from production_plotend where id = new.end_id) then
      raise exception 'a plot is used again when it has ended' using errcode = '23514';
    end if;
    return new;
    """,
)

takes_its_batch_back = Promise(
    name="takes_its_batch_back",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if exists (
      select from production_harvest h join production_batch b on b.id = h.batch_id
      where h.id = new.harvest_id and b.good + b.rejected + coalesce((
        select sum(c.good_change + c.rejected_change) from production_batchcorrection c
        where c.batch_id = b.id), 0) > 0)
    then
      raise exception 'a harvest is taken back with its batch' using errcode = '23514';
    end if;
    return null;
    """,
)
