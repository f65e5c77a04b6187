CREATE TABLE audit_log (
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

CREATE TABLE command_answer (
  command_id text primary key,
  name text not null,
  input_hash text not null,
  answer text not null,
  answered_at integer not null
) strict;

CREATE TABLE drug (
  drug_id text primary key,
  generic_name text not null,
  trade_name text not null,
  spec text not null,
  pack_spec text not null,
  maker text not null,
  approval_number text not null,
  barcode text,
  national_code text not null,
  insurance_class text not null check (insurance_class in ('A', 'B', 'none')),
  restriction text not null,
  prescription_only integer not null check (prescription_only in (0, 1)),
  kind text not null check (kind in ('western', 'chinese-patent', 'pieces')),
  pack_unit text not null,
  smallest_unit text not null,
  units_per_pack integer not null check (units_per_pack > 0),
  -- 10⁻⁶ yuan per pack
  pack_price integer not null check (pack_price >= 0),
  code_requirement text not null check (code_requirement in ('scan', 'virtual', 'none')),
  shelf text not null
) strict;

CREATE TABLE foreign_sale (
  code text primary key,
  source text not null,
  told_at integer not null
) strict, without rowid;

CREATE TABLE insured_person (
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

CREATE TABLE lot (
  lot_id text primary key,
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

CREATE TABLE message_sequence (
  second text primary key,
  last integer not null
) strict, without rowid;

CREATE TABLE outbox (
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

CREATE TABLE pack (
  code text primary key,
  drug_id text references drug (drug_id),
  lot_id text references lot (lot_id),
  state text not null check (state in ('in-stock', 'in-sale', 'sold', 'settled', 'returned', 'locked', 'split-open')),
  -- The sale that holds or sold it.
  sale_id text,
  virtual integer not null default 0 check (virtual in (0, 1)),
  -- 10⁻⁴ of the smallest unit
  units_left integer not null,
  first_seen_at integer not null,
  changed_at integer not null
) strict, without rowid;

CREATE TABLE pack_event (
  event_id integer primary key,
  code text not null references pack (code),
  at integer not null,
  kind text not null,
  sale_id text,
  staff_id text,
  note text not null default ''
) strict;

CREATE TABLE person_fact (
  person_id text not null references insured_person (person_id),
  kind text not null check (kind in ('entitlement', 'filings', 'accumulators')),
  question text not null,
  answer text not null,
  fetched_at integer not null,
  primary key (person_id, kind, question)
) strict, without rowid;

CREATE TABLE platform_message (
  message_id text primary key,
  infno text not null,
  sale_id text,
  request blob not null,
  created_at integer not null,
  answered_at integer,
  outcome text,
  answer blob
) strict;

CREATE TABLE platform_sign_in (
  operator text not null,
  business_date text not null,
  sign_number text not null,
  signed_at integer not null,
  primary key (operator, business_date)
) strict, without rowid;

CREATE TABLE reconciliation (
  reconciliation_id text primary key,
  at integer not null,
  from_date text not null,
  to_date text not null,
  rows text not null,
  balanced integer not null check (balanced in (0, 1))
) strict;

CREATE TABLE sale (
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

CREATE TABLE sale_line (
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

CREATE TABLE sale_line_pack (
  line_id text not null references sale_line (line_id),
  code text not null references pack (code),
  -- Smallest units taken, 10⁻⁴; a whole pack's units for a whole pack.
  quantity integer not null check (quantity > 0),
  primary key (line_id, code)
) strict, without rowid;

CREATE TABLE schema_migration (
  version integer primary key,
  name text not null,
  sha256 text not null,
  applied_at integer not null,
  app_version text not null
) strict;

CREATE TABLE setting (
  name text primary key,
  value text not null
) strict;

CREATE TABLE settlement (
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

CREATE TABLE settlement_event (
  event_id integer primary key,
  sale_id text not null references sale (sale_id),
  at integer not null,
  event text not null,
  state text not null,
  message_id text,
  note text not null
) strict;

CREATE TABLE shift (
  shift_id text primary key,
  staff_id text not null references staff (staff_id),
  opened_at integer not null,
  closed_at integer,
  float_fen integer not null,
  counted text
) strict;

CREATE TABLE staff (
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

CREATE TABLE stock_movement (
  movement_id text primary key,
  lot_id text not null references lot (lot_id),
  at integer not null,
  kind text not null check (kind in ('opening', 'received', 'sale', 'return')),
  -- 10⁻⁴ of the smallest unit, negative when goods leave
  quantity integer not null,
  sale_id text,
  line_id text
) strict;

CREATE TABLE tender (
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

CREATE TABLE trace_identifier (
  identifier text not null,
  drug_id text not null references drug (drug_id),
  -- 1 smallest sales pack, 2 middle, 3 carton
  level integer not null check (level between 1 and 9),
  source text not null,
  first_seen_at integer not null,
  last_verified_at integer not null,
  primary key (identifier, drug_id)
) strict, without rowid;

CREATE INDEX command_answer_age on command_answer (answered_at);

CREATE INDEX drug_approval on drug (approval_number);

CREATE INDEX drug_barcode on drug (barcode);

CREATE INDEX drug_national on drug (national_code);

CREATE INDEX insured_person_id_number on insured_person (id_number);

CREATE INDEX outbox_due on outbox (due_at) where status in ('pending', 'leased');

CREATE INDEX outbox_parked on outbox (created_at) where status = 'parked';

CREATE INDEX pack_event_code on pack_event (code);

CREATE INDEX pack_sale on pack (sale_id) where sale_id is not null;

CREATE INDEX platform_message_sale on platform_message (sale_id) where sale_id is not null;

CREATE INDEX sale_date on sale (business_date);

CREATE INDEX sale_line_pack_code on sale_line_pack (code);

CREATE INDEX sale_returned_shift on sale (returned_shift_id) where returned_shift_id is not null;

CREATE INDEX sale_shift on sale (shift_id) where shift_id is not null;

CREATE INDEX sale_status on sale (status) where status not in ('closed', 'voided', 'returned', 'reversed');

CREATE INDEX settlement_event_sale on settlement_event (sale_id);

CREATE INDEX settlement_moving on settlement (state) where state in ('quoting', 'settling', 'reversing', 'cancelling');

CREATE UNIQUE INDEX shift_open on shift ((closed_at is null)) where closed_at is null;

CREATE INDEX stock_movement_lot on stock_movement (lot_id);

CREATE UNIQUE INDEX stock_movement_once on stock_movement (line_id, kind) where line_id is not null;

CREATE INDEX tender_sale on tender (sale_id);

CREATE INDEX tender_shift on tender (shift_id);

CREATE INDEX trace_identifier_drug on trace_identifier (drug_id);
