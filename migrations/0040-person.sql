-- What the platform said about a person, and when. The whole file is encrypted at rest.
create table insured_person (
  person_id text primary key,
  person_number text not null unique,
  name text not null,
  id_type text not null,
  id_number text not null,
  gender text not null,
  -- Tenths of a year, as the platform's number 4,1.
  age_tenths integer not null,
  insurances text not null,
  fetched_at integer not null
) strict;
create index insured_person_id_number on insured_person (id_number);

-- JSON answers of 2001, 5301 and 5206, keyed by what was asked.
create table person_fact (
  person_id text not null references insured_person (person_id),
  kind text not null check (kind in ('entitlement', 'filings', 'accumulators')),
  question text not null,
  answer text not null,
  fetched_at integer not null,
  primary key (person_id, kind, question)
) strict, without rowid;
