-- 目录对照: our item under a national code from a day to a day (3301), taken back (3302), read back (1317).
create table catalogue_mapping (
  mapping_id text primary key,
  drug_id text not null references drug (drug_id),
  national_code text not null,
  begins_on text not null,
  -- Null: theirs has none.
  ends_on text,
  state text not null check (state in ('uploading', 'held', 'refused', 'withdrawing', 'withdrawn')),
  source text not null check (source in ('ours', 'read-back')),
  -- JSON MappingSide: what they hold, as sent or as read.
  held text not null,
  at integer not null,
  attempts integer not null default 0,
  due_at integer not null default 0,
  -- JSON code and values of the refusal, or of why it still waits.
  refusal text,
  -- JSON of both sides as a pharmacist looked at them and said that they are the same goods. Other sides than these are looked at anew.
  checked text,
  -- However often it is sent, it is one.
  unique (drug_id, national_code, begins_on)
) strict;
create index catalogue_mapping_waiting on catalogue_mapping (due_at) where state in ('uploading', 'withdrawing');
