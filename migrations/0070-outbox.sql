-- Work for the platform, written in the caller's transaction. Parked, never deleted.
create table outbox (
  outbox_id text primary key,
  kind text not null,
  -- Order is kept within an aggregate: the sale.
  aggregate_id text not null references sale (sale_id),
  sequence integer not null,
  -- Ours: one effect, one key, however often it is sent.
  effect_key text not null unique,
  payload text not null,
  status text not null check (status in ('pending', 'leased', 'done', 'parked')),
  attempts integer not null default 0,
  created_at integer not null,
  due_at integer not null,
  leased_until integer,
  done_at integer,
  error text,
  repair text not null default 'none',
  unique (aggregate_id, sequence)
) strict;
create index outbox_due on outbox (due_at) where status in ('pending', 'leased');
create index outbox_parked on outbox (created_at) where status = 'parked';

create table reconciliation (
  reconciliation_id text primary key,
  at integer not null,
  from_date text not null,
  to_date text not null,
  rows text not null,
  balanced integer not null check (balanced in (0, 1))
) strict;
