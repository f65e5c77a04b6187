-- Who works here, who did what, and answers already given to commands.
create table setting (
  name text primary key,
  value text not null
) strict;

create table staff (
  staff_id text primary key,
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

create table shift (
  shift_id text primary key,
  staff_id text not null references staff (staff_id),
  opened_at integer not null,
  closed_at integer,
  float_fen integer not null,
  counted text
) strict;
-- One open shift for a till.
create unique index shift_open on shift ((closed_at is null)) where closed_at is null;

-- A repeated command is answered from here, never done twice.
create table command_answer (
  command_id text primary key,
  name text not null,
  input_hash text not null,
  answer text not null,
  answered_at integer not null
) strict;
create index command_answer_age on command_answer (answered_at);

-- Every row carries the hash of the row before it: hash = sha256(previous hash, the row's values).
create table audit_log (
  seq integer primary key,
  at integer not null,
  staff_id text,
  action text not null,
  sale_id text,
  outcome text not null,
  detail text not null,
  previous_hash text not null,
  hash text not null
) strict;
