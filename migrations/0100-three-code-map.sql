-- Three-code map, many-to-many: any code of a product ↔ our item. A link is never deleted: it is revoked, and what was sold under it stays known.
create table code_link (
  link_id text primary key,
  -- trace-identifier: 7 digits, GTIN-14 or MA identifier, with its pack level
  kind text not null check (kind in ('trace-identifier', 'barcode', 'national-code', 'approval-number', 'base-code')),
  value text not null,
  drug_id text not null references drug (drug_id),
  -- 1 smallest sales pack, 2 middle, 3 carton; only a trace identifier has one
  level integer check (level between 1 and 9),
  -- national: national file · chain: the chain's file · platform: its answer · delivery: a supplier's paper · shop: learnt here
  source text not null check (source in ('national', 'chain', 'platform', 'delivery', 'shop')),
  -- File, answer or paper it came from.
  source_note text not null default '',
  -- confirmed · provisional: used at once, to be reviewed · revoked
  trust text not null check (trust in ('confirmed', 'provisional', 'revoked')),
  learnt_by text references staff (staff_id),
  first_seen_at integer not null,
  last_verified_at integer not null,
  reviewed_by text references staff (staff_id),
  reviewed_at integer,
  reason text not null default ''
) strict;
create unique index code_link_once on code_link (kind, value, drug_id) where trust <> 'revoked';
create index code_link_drug on code_link (drug_id);
create index code_link_review on code_link (first_seen_at) where trust = 'provisional';

insert into code_link (link_id, kind, value, drug_id, level, source, source_note, trust, first_seen_at, last_verified_at)
  select lower(hex(randomblob(16))), 'trace-identifier', identifier, drug_id, level, iif(source like 'made up%', 'chain', 'shop'), source, 'confirmed', first_seen_at, last_verified_at from trace_identifier;
drop table trace_identifier;

-- Packs that entered the ledger under a provisional link.
create table link_use (
  link_id text not null references code_link (link_id),
  pack_key integer not null,
  at integer not null,
  primary key (link_id, pack_key)
) strict, without rowid;
create index link_use_pack on link_use (pack_key);

-- Fronts of a code that no issuer ever gave out.
create table identifier_mark (
  identifier text primary key,
  mark text not null check (mark in ('never-issued')),
  source text not null,
  told_at integer not null
) strict, without rowid;
