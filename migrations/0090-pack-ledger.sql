-- The ledger of packs for years: a row of integers a pack, its history clustered behind it (test/bench/LEDGER.md says why this storage).
-- A 20-digit code from 8 is its own key: its last 19 digits − 5·10^18. Any other code has a key from 6·10^18 on, its text stands in other_code.

-- Small numbers by which the ledger names lots, sales and staff: they are the rows' own.
create table lot_new (
  -- Room for a million lots in a pack's facts.
  lot_ref integer primary key check (lot_ref between 1 and 1048575),
  lot_id text not null unique,
  drug_id text not null references drug (drug_id),
  lot_number text not null,
  -- Not on the box: unknown until the supplier's paper says it. Never invented.
  manufactured_on text,
  expires_on text not null,
  recalled integer not null default 0 check (recalled in (0, 1)),
  -- 10⁻⁴ of the smallest unit; always the sum of its movements
  on_hand integer not null default 0,
  unique (drug_id, lot_number)
) strict;
insert into lot_new select rowid, lot_id, drug_id, lot_number, manufactured_on, expires_on, recalled, on_hand from lot;
drop table lot;
alter table lot_new rename to lot;

create table staff_new (
  staff_ref integer primary key,
  staff_id text not null unique,
  name text not null,
  role text not null check (role in ('cashier', 'pharmacist', 'manager')),
  pin_salt blob not null,
  pin_hash blob not null,
  -- Licence number of a pharmacist: 3505 wants it with every sale.
  licence_number text,
  failed_attempts integer not null default 0,
  locked_until integer,
  active integer not null default 1 check (active in (0, 1))
) strict;
insert into staff_new select rowid, staff_id, name, role, pin_salt, pin_hash, licence_number, failed_attempts, locked_until, active from staff;
drop table staff;
alter table staff_new rename to staff;

create table sale_new (
  sale_ref integer primary key,
  sale_id text not null unique,
  receipt_number text not null unique,
  status text not null check (status in ('open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed', 'voided')),
  shift_id text references shift (shift_id),
  staff_id text not null references staff (staff_id),
  opened_at integer not null,
  business_date text not null,
  sold_at integer,
  closed_at integer,
  returned_at integer,
  returned_shift_id text references shift (shift_id),
  insured integer not null default 0 check (insured in (0, 1)),
  person_id text references insured_person (person_id),
  chosen_insurance integer not null default 0,
  credential_kind text,
  -- JSON of what 2102 wants as credential (token, card number, card id); erased when the sale ends.
  credential text,
  purchase_kind text not null default 'pharmacy',
  disease_code text,
  held_note text not null default '',
  -- Grows with every change of the basket or the person: a quote belongs to one revision.
  revision integer not null default 0,
  copied_from text references sale (sale_id)
) strict;
insert into sale_new select rowid, sale_id, receipt_number, status, shift_id, staff_id, opened_at, business_date, sold_at, closed_at, returned_at, returned_shift_id, insured, person_id, chosen_insurance,
  credential_kind, credential, purchase_kind, disease_code, held_note, revision, copied_from from sale;
drop table sale;
alter table sale_new rename to sale;
create index sale_status on sale (status) where status not in ('closed', 'voided', 'returned', 'reversed');
create index sale_date on sale (business_date);
create index sale_shift on sale (shift_id) where shift_id is not null;
create index sale_returned_shift on sale (returned_shift_id) where returned_shift_id is not null;

-- GS1, MA and makers' own codes. Identifier and serial name one pack however its symbol orders its elements.
create table other_code (
  pack_key integer primary key check (pack_key > 6000000000000000000),
  code text not null unique,
  identifier text,
  serial text,
  -- The symbol's own data with its separators, where the code is not that already: a region may want it sent otherwise.
  symbol text
) strict;
create unique index other_code_identity on other_code (identifier, serial) where serial is not null;

-- Fetched from the platform for a drug that has none (3592B).
create table virtual_code (pack_key integer primary key) strict;

create table pack_new (
  pack_key integer primary key,
  -- sale_ref << 24 | lot_ref << 4 | state: six bytes for eight million sales and a million lots
  facts integer not null,
  -- 0 settled · 1 sold · 2 in-stock · 3 in-sale · 4 returned · 5 locked · 6 split-open · 7 destroyed · 8 transferred (core/trace/ledger-codes.ts)
  state integer generated always as (facts & 15) virtual,
  -- null: neither lot nor drug is known
  lot_ref integer generated always as (nullif((facts >> 4) & 1048575, 0)) virtual,
  -- The sale that holds or sold it.
  sale_ref integer generated always as (nullif(facts >> 24, 0)) virtual
) strict;
-- A pack that was ever opened for loose units: what is left, 10⁻⁴ of the smallest unit.
create table split_pack (pack_key integer primary key, units_left integer not null check (units_left >= 0)) strict;

create table pack_event_new (
  pack_key integer not null,
  -- 1, 2, 3 … of this pack
  seq integer not null,
  at integer not null,
  -- core/trace/ledger-codes.ts
  kind integer not null,
  sale_ref integer,
  staff_ref integer,
  -- Delivery, uncoded entry, link, alarm, sale elsewhere …: which paper stands behind it.
  document text,
  note text,
  primary key (pack_key, seq)
) strict, without rowid;

create temp table pack_key_of as select code,
  case when length(code) = 20 and code glob '8[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
    then (cast(substr(code, 2, 1) as integer) - 5) * 1000000000000000000 + cast(substr(code, 3) as integer)
    else 6000000000000000000 + row_number() over (order by code) end as pack_key
  from (select code from pack union select code from foreign_sale);
create unique index temp.pack_key_of_code on pack_key_of (code);

insert into other_code (pack_key, code) select pack_key, code from pack_key_of where pack_key > 6000000000000000000;
-- GS1: identifier and serial can be told only where nothing stands between and behind.
update other_code set identifier = substr(code, 3, 14), serial = substr(code, 19) where code glob '01[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]21*' and length(code) <= 38;
insert into virtual_code select pack_key from pack join pack_key_of using (code) where pack.virtual = 1;
insert into pack_new (pack_key, facts) select pack_key, (coalesce(sale_ref, 0) << 24) | (coalesce(lot_ref, 0) << 4) | case pack.state when 'settled' then 0 when 'sold' then 1 when 'in-stock' then 2 when 'in-sale' then 3 when 'returned' then 4 when 'locked' then 5 else 6 end
  from pack join pack_key_of using (code) left join lot using (lot_id) left join sale using (sale_id) order by pack_key;
insert into split_pack select pack_key, units_left from pack join pack_key_of using (code)
  where state = 'split-open' or state = 'locked' and exists (select 1 from pack_event where pack_event.code = pack.code and kind = 'opened-for-split');
insert into pack_event_new select pack_key, row_number() over (partition by pack_key order by event_id), pack_event.at,
  case kind when 'received' then 1 when 'first-seen' then 2 when 'put-in-sale' then 3 when 'taken-from-sale' then 4 when 'sold' then 5 when 'settled' then 6 when 'uploaded' then 7 when 'returned' then 8
    when 'return-uploaded' then 9 when 'settlement-reversed' then 10 when 'locked' then 11 when 'opened-for-split' then 12 when 'units-taken' then 13 else 14 end,
  sale_ref, staff_ref, null, nullif(note, '')
  from pack_event join pack_key_of using (code) left join sale using (sale_id) left join staff on staff.staff_id = pack_event.staff_id order by pack_key, event_id;

create table sale_line_pack_new (
  line_id text not null references sale_line (line_id),
  pack_key integer not null references pack (pack_key),
  -- Smallest units taken, 10⁻⁴; a whole pack's units for a whole pack.
  quantity integer not null check (quantity > 0),
  -- 1, 2, 3 … as they were scanned onto the line.
  nth integer not null,
  primary key (line_id, pack_key)
) strict, without rowid;
insert into sale_line_pack_new select line_id, pack_key, sale_line_pack.quantity, row_number() over (partition by line_id order by pack.changed_at, code)
  from sale_line_pack join pack using (code) join pack_key_of using (code);

-- Codes the alarm list or the platform (3513) says were sold elsewhere.
create table foreign_sale_new (
  pack_key integer primary key,
  source text not null,
  told_at integer not null
) strict;
insert into foreign_sale_new select pack_key, source, told_at from foreign_sale join pack_key_of using (code);

drop table sale_line_pack;
drop table pack_event;
drop table pack;
drop table foreign_sale;
alter table pack_new rename to pack;
alter table pack_event_new rename to pack_event;
alter table sale_line_pack_new rename to sale_line_pack;
alter table foreign_sale_new rename to foreign_sale;
drop table temp.pack_key_of;

-- Only what is not simply sold: an index over every pack ever seen would double the ledger.
create index pack_lot on pack (lot_ref) where state > 1;
create index pack_rare on pack (state) where state >= 4;
create index pack_sale on pack (sale_ref) where state = 3;
create index sale_line_pack_key on sale_line_pack (pack_key);

-- Append-only.
create trigger pack_event_stays before update on pack_event begin select raise(abort, 'the history of a pack is never changed'); end;
create trigger pack_event_remains before delete on pack_event begin select raise(abort, 'the history of a pack is never deleted'); end;

-- The ledger in words, for people, tests and inspectors. Never by code: that reads it all.
create view pack_shown as select pack_key,
  coalesce(other_code.code, iif(pack_key < 0, printf('8%019d', pack_key + 5000000000000000000), printf('8%d%018d', 5 + pack_key / 1000000000000000000, pack_key % 1000000000000000000))) as code,
  case state when 0 then 'settled' when 1 then 'sold' when 2 then 'in-stock' when 3 then 'in-sale' when 4 then 'returned' when 5 then 'locked' when 6 then 'split-open' when 7 then 'destroyed' else 'transferred' end as state,
  lot.drug_id, lot.lot_id, sale.sale_id, virtual_code.pack_key is not null as virtual,
  coalesce(split_pack.units_left, iif(state in (0, 1, 7, 8), 0, drug.units_per_pack * 10000)) as units_left
  from pack left join other_code using (pack_key) left join virtual_code using (pack_key) left join split_pack using (pack_key)
    left join lot on lot.lot_ref = pack.lot_ref left join drug on drug.drug_id = lot.drug_id left join sale on sale.sale_ref = pack.sale_ref;
