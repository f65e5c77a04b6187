-- The national catalogue lives in a file of its own, built beside and taken over whole; here stands which one is in use.
create table catalogue_generation (
  only integer primary key check (only = 1),
  generation integer not null,
  -- A name within the catalogue's folder.
  file text not null,
  made_at integer not null
) strict;

-- Every time a list was asked about, and what became of it.
create table catalogue_change (
  change_id text primary key,
  at integer not null,
  -- 1301, 1302 … 1319.
  list text not null,
  outcome text not null check (outcome in ('changed', 'nothing-newer', 'refused', 'not-asked')),
  -- null: nobody, it was time.
  staff_id text,
  generation integer,
  version_before text not null,
  version_after text not null,
  rows_read integer not null,
  rows_new integer not null,
  rows_changed integer not null,
  rows_withdrawn integer not null,
  -- An error as the contract writes it.
  error text
) strict, without rowid;
create index catalogue_change_at on catalogue_change (at);
create index catalogue_change_list on catalogue_change (list, at);
