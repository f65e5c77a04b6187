-- Comparing books with the province (3201, 3202). A run asks and changes nothing; a difference waits for a person.
create table reconcile_day (
  date text primary key,
  state text not null check (state in ('balanced', 'differs', 'failed')),
  last_run_id text not null,
  ran_at integer not null,
  -- The day was over in the province's time when it was compared: only then is it done with.
  closed integer not null check (closed in (0, 1)),
  -- An error as the contract writes it.
  error text
) strict, without rowid;

create table reconcile_run (
  run_id text primary key,
  date text not null,
  -- Who asked; null: nobody, it was night.
  staff_id text,
  started_at integer not null,
  -- null: under way, or its process died.
  ended_at integer,
  outcome text check (outcome in ('balanced', 'differs', 'failed')),
  -- The day was over in the province's time: what is not in its books will not be.
  closed integer not null check (closed in (0, 1))
) strict;
create index reconcile_run_open on reconcile_run (started_at) where ended_at is null;
create index reconcile_run_date on reconcile_run (date, started_at);

-- One 3201: our sums and its answer; the province's sums where its list and a second 3201 showed them.
create table reconcile_group (
  run_id text not null references reconcile_run (run_id),
  position integer not null,
  insurance_type text not null,
  clearing_type text not null,
  clearing_office text not null,
  refund integer not null check (refund in (0, 1)),
  count integer not null,
  total_fen integer not null,
  fund_fen integer not null,
  account_fen integer not null,
  balanced integer not null check (balanced in (0, 1)),
  explanation text not null,
  theirs text,
  asked_at integer not null,
  primary key (run_id, position)
) strict, without rowid;

-- Groups that this shop has ever had: a day without sales of one is asked about as well.
create table reconcile_known_group (
  insurance_type text not null,
  clearing_type text not null,
  clearing_office text not null,
  last_date text not null,
  primary key (insurance_type, clearing_type, clearing_office)
) strict, without rowid;

-- The books of a day that was over were listed whole and added up without this movement.
create table reconcile_absence (
  message_id text not null,
  refund integer not null check (refund in (0, 1)),
  date text not null,
  run_id text not null references reconcile_run (run_id),
  primary key (message_id, refund, date)
) strict, without rowid;

create table reconcile_difference (
  difference_id text primary key,
  date text not null,
  -- One difference, one key, however often the day is run: day, kind, and what it is about.
  subject text not null unique,
  kind text not null,
  refund integer not null check (refund in (0, 1)),
  sale_id text references sale (sale_id),
  message_id text not null,
  -- Cures that may be confirmed, the proposed one first.
  cures text not null,
  ours text,
  theirs text,
  run_id text not null references reconcile_run (run_id),
  seen_at integer not null,
  -- open · decided by a person · gone: a later run did not find it any more.
  state text not null check (state in ('open', 'decided', 'gone')),
  decided_cure text,
  reason text,
  decided_by text,
  decided_at integer,
  note text not null default ''
) strict;
create index reconcile_difference_date on reconcile_difference (date);
create index reconcile_difference_open on reconcile_difference (seen_at) where state = 'open';

create index settlement_booked_at on settlement (settled_at) where figures is not null;
create index settlement_cancelled_at on settlement (cancelled_at) where cancelled_at is not null;
create index settlement_number on settlement (setl_id) where setl_id is not null;
create index settlement_open on settlement (state) where state in ('settling', 'unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown');
create index platform_message_settle on platform_message (created_at) where infno = '2102';
