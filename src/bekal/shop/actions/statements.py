"""The hot writes of orders, each one SQL statement.

All SQL here is put together of constants of this file.
"""

BEGIN_DRAFT = """
insert into shop_draft (digest, key, items, answers, order_code, begun_at, touched_at)
values (%(digest)s, %(key)s, %(items)s, %(answers)s, '', %(begun_at)s, %(now)s)
"""

# Code and key are new or nothing is written: the lines follow the row of the order alone. A draft
# with the key of the order leads to it from now on, and nothing is left of what was typed there.
PLACE = """
with placed as (
  insert into shop_order (id, code, placed_at, placed_by, channel, language, buyer_class, method,
    collector_id, goods_total, shipping_total, total, is_sample, expires_at, due_on, institution_id,
    reference, status, status_at, status_by)
  values (%(id)s, %(code)s, %(now)s, %(by)s, %(channel)s, %(language)s, %(buyer_class)s,
    %(method)s, %(collector)s, %(goods_total)s, %(shipping_total)s,
    %(goods_total)s::bigint + %(shipping_total)s::bigint, %(is_sample)s, %(expires_at)s,
    %(due_on)s, %(institution)s, %(reference)s, %(status)s, %(now)s, %(by)s)
  on conflict (code) do nothing
  returning id
), part as (
  insert into shop_orderpart (id, order_id, unit_id, position, delivery, service_id, service,
    days_min, days_max, fee, weight_g, goods_total, promised_on, tracking_number, status,
    status_at, status_by)
  select p.id, placed.id, p.unit_id, p.position, p.delivery, p.service_id, p.service, p.days_min,
    p.days_max, p.fee, p.weight_g, p.goods_total, p.promised_on, '', %(part_status)s, %(now)s,
    %(by)s
  from placed, jsonb_to_recordset(%(parts)s::jsonb) as p (id uuid, unit_id bigint,
    position smallint, delivery text, service_id bigint, service text, days_min smallint,
    days_max smallint, fee bigint, weight_g int, goods_total bigint, promised_on date)
  order by p.position
), line as (
  insert into shop_orderline (part_id, product_id, name, pieces, unit_price, gross, making)
  select l.part_id, l.product_id, l.name, l.pieces, l.unit_price, l.pieces * l.unit_price, l.making
  from placed, jsonb_to_recordset(%(lines)s::jsonb) as l (part_id uuid, product_id bigint,
    name text, pieces int, unit_price bigint, making text)
), finished as (
  update shop_draft d set order_code = %(code)s, answers = '{}', items = '[]', touched_at = %(now)s
  from placed where d.key = placed.id
), buyer as (
  insert into shop_orderbuyer (order_id, name, phone, email, district_code, district, address,
    postal_code, landmark, note, household, erased_by)
  select placed.id, %(name)s, %(phone)s, %(email)s, %(district_code)s, %(district)s, %(address)s,
    %(postal_code)s, %(landmark)s, %(note)s, %(household)s, ''
  from placed
)
select id from placed
"""

# Who orders limited goods at the same moment from the same number or door waits here.
LOCK_BUYER = """
select pg_advisory_xact_lock(hashtextextended(who, 4711))
from unnest(%(who)s::text[]) as who order by who
"""
# Of a number, what was placed on the web and waits to be fetched and paid.
TO_FETCH = """
select count(*) from shop_orderbuyer b join shop_order o on o.id = b.order_id
where b.phone = %(phone)s and o.status = 'placed' and o.method = 'at_pickup' and o.channel = 'web'
"""

_ORDER = """
o.id, o.code, o.status, o.method, o.collector_id, o.buyer_class, o.channel, o.total, o.expires_at, (
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'unit_id', p.unit_id, 'status', p.status, 'delivery', p.delivery,
      'fee', p.fee, 'sale_id', p.sale_id,
      'lines', (select jsonb_agg(jsonb_build_array(l.product_id, l.pieces, l.unit_price, l.making)
                                 order by l.id) from shop_orderline l where l.part_id = p.id))
      order by p.unit_id) from shop_orderpart p where p.order_id = o.id)::text
"""
# Two statements: what another transaction did to the parts is seen by the one that begins after it.
LOCK_ORDER = "select id from shop_order where id = %(order)s for update"
READ_ORDER = f"select {_ORDER} from shop_order o where o.id = %(order)s"
# The usual payment at once: an order that waits, and whose goods are safe, becomes paid, and its
# parts work for their units. The sales of the parts follow in the same transaction.
TAKE_PAID = f"""
with locked as (
  select * from shop_order where id = %(order)s for update
), paid as (
  update shop_order o set status = 'paid', status_at = %(now)s, status_by = %(by)s
  from locked
  where o.id = locked.id and locked.status = 'waiting' and locked.expires_at > %(safe_until)s
  returning o.id
), begun as (
  update shop_orderpart p set status = 'accepted', status_at = %(now)s, status_by = %(by)s,
    sale_id = p.id
  from paid where p.order_id = paid.id
)
select {_ORDER} from locked o join paid using (id)
"""
MOVE = """
with whole as (
  update shop_order set status = %(status)s, status_at = %(now)s, status_by = %(by)s
  where id = %(order)s and status <> %(status)s
)
update shop_orderpart set status = coalesce(%(part_status)s, status),
  status_at = case when %(part_status)s <> status then %(now)s else status_at end,
  status_by = case when %(part_status)s <> status then %(by)s else status_by end,
  sale_id = case when id = any(%(sold)s::uuid[]) then id else sale_id end,
  promised_on = coalesce((%(promised)s::jsonb ->> id::text)::date, promised_on)
where id = any(%(parts)s::uuid[])
"""
# The lines follow from their amendments.
AMEND = """
insert into shop_amendment (part_id, product_id, name, was, pieces, making, amended_at, amended_by)
select l.part_id, l.product_id, l.name, l.pieces, a.pieces, a.making, %(now)s, %(by)s
from jsonb_to_recordset(%(amended)s::jsonb) as a (product_id bigint, pieces int, making text)
join shop_orderline l on l.part_id = %(part)s and l.product_id = a.product_id
order by l.id
"""
CONFIRM_PART = """
update shop_orderpart set delivery = %(delivery)s, service_id = %(service_id)s,
  service = %(service)s, days_min = %(days_min)s, days_max = %(days_max)s, fee = %(fee)s,
  weight_g = %(weight_g)s, goods_total = %(goods_total)s, promised_on = %(promised_on)s,
  status = %(part_status)s::text,
  status_at = case when status <> %(part_status)s::text then %(now)s else status_at end,
  status_by = case when status <> %(part_status)s::text then %(by)s::text else status_by end
where id = %(id)s
"""
CONFIRM = """
update shop_order set method = %(method)s, collector_id = %(collector)s,
  goods_total = %(goods_total)s, shipping_total = %(fee)s,
  total = %(goods_total)s::bigint + %(fee)s::bigint, expires_at = %(expires_at)s,
  status = %(status)s, status_at = %(now)s, status_by = %(by)s
where id = %(order)s
"""
ERASE_BUYERS = """
with due as (
  select b.order_id from shop_order o
  join shop_orderbuyer b on b.order_id = o.id and b.erased_at is null
  where o.placed_at < %(before)s and o.status_at < %(before)s and o.status = any(%(ended)s)
  order by o.placed_at limit %(most)s for update of b skip locked
)
update shop_orderbuyer b set name = '', phone = '', email = '', district_code = '', district = '',
  address = '', postal_code = '', landmark = '', note = '', household = '', erased_at = %(now)s,
  erased_by = %(by)s
from due where b.order_id = due.order_id
"""
