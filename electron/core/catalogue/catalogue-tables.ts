/**
 * The catalogue's own file: public data of the country and the province, rebuilt beside the one in use and taken over whole. It has no migrations: a file of another
 * format is not read, and the next update builds it anew.
 */
export const FORMAT = '1'

export const TABLES = `
create table about (name text primary key, value text not null) strict, without rowid;
create table list (
  list text primary key,
  -- The greatest version (files), or the last date of change (pages).
  version text not null,
  rows integer not null,
  valid_rows integer not null
) strict, without rowid;
-- 1301, 1302, 1320, 1306, 1307, 1309.
create table item (
  id integer primary key,
  list integer not null,
  row_id text not null,
  code text not null,
  name text not null,
  pinyin text not null,
  base_code text not null,
  approval_number text not null,
  valid integer not null,
  valid_from text not null,
  valid_until text not null,
  version text not null,
  order_key text not null,
  cells text not null
) strict;
-- 1312 entry of the list · 1316 national code ↔ list code · 1318 limit price · 1319 first self-pay share.
create table listed (
  id integer primary key,
  list integer not null,
  row_id text not null,
  list_code text not null,
  -- 1316 only.
  code text not null,
  area text not null,
  -- 1312 grade (甲乙丙) · 1318 kind of limit · 1319 kind of person.
  kind text not null,
  -- 1318 what happens above it · 1319 kind of share.
  way text not null,
  -- 1318 unit price in 10⁻⁶ yuan · 1319 share in 10⁻⁴.
  amount integer,
  valid integer not null,
  valid_from text not null,
  valid_until text not null,
  updated text not null,
  -- JSON of the row as it was answered.
  row text not null
) strict;
`

/** Made after the first rows are in: four times faster than keeping them while rows come. */
export const INDEXES = `
create unique index if not exists item_row on item (list, row_id);
create index if not exists item_code on item (code);
create index if not exists item_pinyin on item (pinyin) where pinyin <> '';
create index if not exists item_name on item (name);
create index if not exists item_base_code on item (base_code) where base_code <> '';
create index if not exists item_approval_number on item (approval_number) where approval_number <> '';
create unique index if not exists listed_row on listed (list, row_id);
create index if not exists listed_list_code on listed (list, list_code);
create index if not exists listed_code on listed (code) where code <> '';
`
