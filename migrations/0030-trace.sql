-- Three-code map: what stands at the front of a trace code, and which drug at which pack level it means.
create table trace_identifier (
  identifier text not null,
  drug_id text not null references drug (drug_id),
  -- 1 smallest sales pack, 2 middle, 3 carton
  level integer not null check (level between 1 and 9),
  source text not null,
  first_seen_at integer not null,
  last_verified_at integer not null,
  primary key (identifier, drug_id)
) strict, without rowid;
create index trace_identifier_drug on trace_identifier (drug_id);

-- Every pack this shop ever saw; its history is pack_event.
create table pack (
  code text primary key,
  drug_id text references drug (drug_id),
  lot_id text references lot (lot_id),
  state text not null check (state in ('in-stock', 'in-sale', 'sold', 'settled', 'returned', 'locked', 'split-open')),
  -- The sale that holds or sold it.
  sale_id text,
  virtual integer not null default 0 check (virtual in (0, 1)),
  -- 10⁻⁴ of the smallest unit
  units_left integer not null,
  first_seen_at integer not null,
  changed_at integer not null
) strict, without rowid;
create index pack_sale on pack (sale_id) where sale_id is not null;

create table pack_event (
  event_id integer primary key,
  code text not null references pack (code),
  at integer not null,
  kind text not null,
  sale_id text,
  staff_id text,
  note text not null default ''
) strict;
create index pack_event_code on pack_event (code);

-- Codes the alarm list says were sold elsewhere, and what the platform told us so.
create table foreign_sale (
  code text primary key,
  source text not null,
  told_at integer not null
) strict, without rowid;
