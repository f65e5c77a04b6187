create table sale (
  sale_id text primary key,
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
create index sale_status on sale (status) where status not in ('closed', 'voided', 'returned', 'reversed');
create index sale_date on sale (business_date);

create table sale_line (
  line_id text primary key,
  sale_id text not null references sale (sale_id),
  position integer not null,
  drug_id text not null references drug (drug_id),
  lot_id text not null references lot (lot_id),
  sell_unit text not null check (sell_unit in ('pack', 'unit')),
  quantity integer not null check (quantity > 0),
  unit_price integer not null check (unit_price >= 0),
  amount_fen integer not null,
  voided_reason text,
  unique (sale_id, position)
) strict;

create table sale_line_pack (
  line_id text not null references sale_line (line_id),
  code text not null references pack (code),
  -- Smallest units taken, 10⁻⁴; a whole pack's units for a whole pack.
  quantity integer not null check (quantity > 0),
  primary key (line_id, code)
) strict, without rowid;
create index sale_line_pack_code on sale_line_pack (code);

create table tender (
  tender_id text primary key,
  sale_id text not null references sale (sale_id),
  shift_id text not null references shift (shift_id),
  method text not null check (method in ('cash', 'wechat', 'alipay', 'card')),
  -- Negative for a refund.
  amount_fen integer not null,
  given_fen integer not null,
  change_fen integer not null,
  at integer not null,
  refund_of text references tender (tender_id) unique
) strict;
create index tender_sale on tender (sale_id);
create index tender_shift on tender (shift_id);
