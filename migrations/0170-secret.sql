-- Keys that a region profile names ({"secret": "…"}): here and nowhere else; the whole file is encrypted.
create table secret (
  name text primary key,
  value text not null,
  set_at integer not null
) strict, without rowid;
