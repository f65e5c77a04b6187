-- One row a sale that was ever shown to the platform. The state is domain/settlement.ts.
create table settlement (
  sale_id text primary key references sale (sale_id),
  state text not null,
  -- The trial's figures and the basket revision they are for.
  quote text,
  quote_revision integer,
  -- Identity of the 2102 call, for ever. A new one only from draft, quoted or refused.
  settle_message_id text unique,
  cancel_message_id text,
  -- What the platform booked.
  figures text,
  setl_id text,
  visit_id text,
  settled_at text,
  clearing_office text,
  insurance_type text,
  -- What 2103 booked (negative figures), and when, in the platform's time.
  cancel_figures text,
  cancelled_at text,
  refusal text,
  waiting_since integer
) strict;

create table settlement_event (
  event_id integer primary key,
  sale_id text not null references sale (sale_id),
  at integer not null,
  event text not null,
  state text not null,
  message_id text,
  note text not null
) strict;
create index settlement_event_sale on settlement_event (sale_id);

-- Exact bytes of every effectful call, stored before the first byte leaves. Answers as they came.
create table platform_message (
  message_id text primary key,
  infno text not null,
  sale_id text,
  request blob not null,
  created_at integer not null,
  answered_at integer,
  outcome text,
  answer blob
) strict;
create index platform_message_sale on platform_message (sale_id) where sale_id is not null;

-- The last four digits of a message id count up within a second.
create table message_sequence (
  second text primary key,
  last integer not null
) strict, without rowid;

create table platform_sign_in (
  operator text not null,
  business_date text not null,
  sign_number text not null,
  signed_at integer not null,
  primary key (operator, business_date)
) strict, without rowid;
