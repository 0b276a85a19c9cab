"""What PostgreSQL keeps for price sheets, as triggers."""

import pgtrigger

from bekal.foundation.triggers import Promise

sheet_sums_its_lines = Promise(
    name="sums_its_lines",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if (select coalesce(sum(amount), 0) from production_costline
        where sheet_id = new.id) + new.labour <> new.total then
      raise exception 'the lines of a price sheet sum to its total' using errcode = '23514';
    end if;
    return null;
    """,
)

with_its_sheet = Promise(
    name="with_its_sheet",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (
      select from production_costsheet s
      join catalogue_product p on p.id = s.product_id
      join catalogue_seller seller on seller.id = p.seller_id
      left join production_material m on m.id = new.material_id
      where s.id = new.sheet_id and s.xid = pg_current_xact_id()::text::bigint
        and (new.material_id is null or m.unit_id = seller.unit_id))
    then
      raise exception 'a line is written with its sheet, of a material of its unit'
        using errcode = '23514';
    end if;
    return new;
    """,
)
