-- What surrounds a pack: the paper it came with, the carton around it, the list of goods without codes, recalls, alarms.

-- A supplier's delivery, as its paper says.
create table delivery (
  delivery_id text primary key,
  document_number text not null,
  supplier text not null,
  told_at integer not null,
  told_by text references staff (staff_id),
  -- The same paper told twice is answered, another content under its number refused.
  content_hash text not null,
  ended_at integer,
  ended_by text references staff (staff_id),
  -- Packs that never came.
  ended_note text not null default '',
  unique (supplier, document_number)
) strict;
create table delivery_code (
  delivery_id text not null references delivery (delivery_id),
  pack_key integer not null,
  drug_id text not null references drug (drug_id),
  lot_id text not null references lot (lot_id),
  -- 1 smallest sales pack, 2 middle, 3 carton
  level integer not null check (level between 1 and 9),
  received_at integer,
  received_by text references staff (staff_id),
  primary key (delivery_id, pack_key)
) strict, without rowid;
create index delivery_code_pack on delivery_code (pack_key);

-- Cascade: an outer pack and what is in it, from a delivery's paper or the platform.
create table carton (
  pack_key integer primary key,
  drug_id text not null references drug (drug_id),
  level integer not null check (level between 2 and 9),
  source text not null,
  told_at integer not null,
  opened_at integer,
  opened_by text references staff (staff_id)
) strict;
create table carton_content (
  carton_key integer not null references carton (pack_key),
  -- A pack or an inner carton; it may not be in the ledger yet.
  child_key integer not null unique,
  primary key (carton_key, child_key)
) strict, without rowid;

-- 无码库: goods bought before codes were required, or made without one (rules.md §1.1).
create table uncoded_stock (
  uncoded_id text primary key,
  drug_id text not null references drug (drug_id),
  lot_id text not null references lot (lot_id),
  reason text not null check (reason in ('bought-before', 'made-without', 'code-unreadable', 'region-list')),
  -- Whole packs.
  quantity integer not null check (quantity > 0),
  packs_left integer not null check (packs_left between 0 and quantity),
  evidence text not null,
  told_at integer not null,
  told_by text not null references staff (staff_id),
  closed_at integer,
  closed_by text references staff (staff_id),
  closed_reason text not null default ''
) strict;
create index uncoded_stock_lot on uncoded_stock (lot_id) where closed_at is null;
create table uncoded_use (
  uncoded_id text not null references uncoded_stock (uncoded_id),
  line_id text not null references sale_line (line_id),
  packs integer not null check (packs > 0),
  at integer not null,
  -- Given back: line voided, sale voided or returned.
  released_at integer,
  primary key (uncoded_id, line_id)
) strict, without rowid;
create index uncoded_use_line on uncoded_use (line_id);

create table recall (
  recall_id text primary key,
  drug_id text not null references drug (drug_id),
  -- null: every lot
  lot_number text,
  reason text not null,
  source text not null,
  told_at integer not null,
  told_by text references staff (staff_id),
  lifted_at integer,
  lifted_by text references staff (staff_id),
  lifted_reason text not null default ''
) strict;
create index recall_drug on recall (drug_id) where lifted_at is null;

-- A pack under suspicion: set aside, marked, reported (rules.md §5).
create table alarm (
  alarm_id text primary key,
  pack_key integer not null,
  kind text not null check (kind in ('sold-elsewhere', 'suspicion')),
  source text not null,
  -- What the source said, never changed.
  said text not null default '',
  told_at integer not null,
  told_by text references staff (staff_id),
  sale_id text references sale (sale_id),
  note text not null default '',
  -- Where it lies now.
  place text not null default '',
  status text not null check (status in ('open', 'reported', 'closed')),
  reported_at integer,
  closed_at integer,
  closed_by text references staff (staff_id),
  outcome text not null default '',
  outcome_note text not null default ''
) strict;
create index alarm_pack on alarm (pack_key);
create unique index alarm_one_open on alarm (pack_key) where status <> 'closed';
create index alarm_open on alarm (told_at) where status <> 'closed';
create table alarm_photo (
  photo_id text primary key,
  alarm_id text not null references alarm (alarm_id),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes blob not null,
  taken_at integer not null,
  taken_by text references staff (staff_id)
) strict;
create index alarm_photo_alarm on alarm_photo (alarm_id);

-- The cashier set the quantity by hand: one more scan is then a difference to be asked about.
alter table sale_line add column quantity_set integer not null default 0 check (quantity_set in (0, 1));

-- How each pack of a return came back: noted before the settlement is cancelled (2103), used when the return is booked.
create table return_pack (
  sale_id text not null references sale (sale_id),
  pack_key integer not null,
  condition text not null check (condition in ('good', 'damaged', 'unscannable')),
  note text not null default '',
  primary key (sale_id, pack_key)
) strict, without rowid;

-- Destroyed and transferred packs leave the stock.
create table stock_movement_new (
  movement_id text primary key,
  lot_id text not null references lot (lot_id),
  at integer not null,
  kind text not null check (kind in ('opening', 'received', 'sale', 'return', 'destroyed', 'transferred')),
  -- 10⁻⁴ of the smallest unit, negative when goods leave
  quantity integer not null,
  sale_id text,
  line_id text
) strict;
insert into stock_movement_new select movement_id, lot_id, at, kind, quantity, sale_id, line_id from stock_movement;
drop table stock_movement;
alter table stock_movement_new rename to stock_movement;
create index stock_movement_lot on stock_movement (lot_id);
create unique index stock_movement_once on stock_movement (line_id, kind) where line_id is not null;

-- The ledger is asked by lot number, by patient and by what was sold of a lot; a drug is asked by its lots.
create index lot_number on lot (lot_number);
create index sale_line_lot on sale_line (lot_id);
create index sale_person on sale (person_id) where person_id is not null;
create index insured_person_name on insured_person (name);
