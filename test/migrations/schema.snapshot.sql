CREATE VIEW pack_shown as select pack_key,
  coalesce(other_code.code, iif(pack_key < 0, printf('8%019d', pack_key + 5000000000000000000), printf('8%d%018d', 5 + pack_key / 1000000000000000000, pack_key % 1000000000000000000))) as code,
  case state when 0 then 'settled' when 1 then 'sold' when 2 then 'in-stock' when 3 then 'in-sale' when 4 then 'returned' when 5 then 'locked' when 6 then 'split-open' when 7 then 'destroyed' else 'transferred' end as state,
  lot.drug_id, lot.lot_id, sale.sale_id, virtual_code.pack_key is not null as virtual,
  coalesce(split_pack.units_left, iif(state in (0, 1, 7, 8), 0, drug.units_per_pack * 10000)) as units_left
  from pack left join other_code using (pack_key) left join virtual_code using (pack_key) left join split_pack using (pack_key)
    left join lot on lot.lot_ref = pack.lot_ref left join drug on drug.drug_id = lot.drug_id left join sale on sale.sale_ref = pack.sale_ref;

CREATE TRIGGER outbox_told after update of status on outbox when new.status = 'done'
begin
  update outbox set waits_for = null where waits_for = new.outbox_id;
end;

CREATE TRIGGER pack_event_remains before delete on pack_event begin select raise(abort, 'the history of a pack is never deleted'); end;

CREATE TRIGGER pack_event_stays before update on pack_event begin select raise(abort, 'the history of a pack is never changed'); end;

CREATE TABLE alarm (
  alarm_id text primary key,
  pack_key integer not null,
  kind text not null check (kind in ('sold-elsewhere', 'suspicion')),
  source text not null,
  -- What the source said, never changed.
  said text not null default '',
  told_at integer not null,
  told_by text references staff (staff_id),
  sale_id text references sale (sale_id),
  note text not null default '',
  -- Where it lies now.
  place text not null default '',
  status text not null check (status in ('open', 'reported', 'closed')),
  reported_at integer,
  closed_at integer,
  closed_by text references staff (staff_id),
  outcome text not null default '',
  outcome_note text not null default ''
) strict;

CREATE TABLE alarm_photo (
  photo_id text primary key,
  alarm_id text not null references alarm (alarm_id),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes blob not null,
  taken_at integer not null,
  taken_by text references staff (staff_id)
) strict;

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

CREATE TABLE carton (
  pack_key integer primary key,
  drug_id text not null references drug (drug_id),
  level integer not null check (level between 2 and 9),
  source text not null,
  told_at integer not null,
  opened_at integer,
  opened_by text references staff (staff_id)
) strict;

CREATE TABLE carton_content (
  carton_key integer not null references carton (pack_key),
  -- A pack or an inner carton; it may not be in the ledger yet.
  child_key integer not null unique,
  primary key (carton_key, child_key)
) strict, without rowid;

CREATE TABLE catalogue_change (
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

CREATE TABLE catalogue_generation (
  only integer primary key check (only = 1),
  generation integer not null,
  -- A name within the catalogue's folder.
  file text not null,
  made_at integer not null
) strict;

CREATE TABLE catalogue_mapping (
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

CREATE TABLE claim_check (
  check_id integer primary key,
  sale_id text not null references sale (sale_id),
  revision integer not null,
  stage text not null check (stage in ('before-trial', 'before-settle')),
  at integer not null,
  outcome text not null check (outcome in ('clear', 'violations', 'unavailable')),
  -- JSON code and values of why it is unavailable.
  error text
) strict;

CREATE TABLE claim_decision (
  decision_id text primary key,
  sale_id text not null references sale (sale_id),
  violation_key text not null,
  action text not null check (action in ('keep', 'take-out', 'ask-prescriber')),
  reason text not null,
  staff_id text not null references staff (staff_id),
  line_id text references sale_line (line_id),
  at integer not null
) strict;

CREATE TABLE claim_violation (
  check_id integer not null references claim_check (check_id),
  nth integer not null,
  -- The platform's number of this finding: 3103 answers to it.
  result_id text not null,
  -- Ours: what a decision belongs to (domain/claim-check/violation-key.ts).
  violation_key text not null,
  rule_id text not null,
  rule_name text not null,
  severity text not null,
  text text not null,
  basis text not null,
  amount_fen integer not null,
  -- JSON list of {lineId, role}.
  lines text not null,
  primary key (check_id, nth)
) strict, without rowid;

CREATE TABLE code_link (
  link_id text primary key,
  -- trace-identifier: 7 digits, GTIN-14 or MA identifier, with its pack level
  kind text not null check (kind in ('trace-identifier', 'barcode', 'national-code', 'approval-number', 'base-code')),
  value text not null,
  drug_id text not null references drug (drug_id),
  -- 1 smallest sales pack, 2 middle, 3 carton; only a trace identifier has one
  level integer check (level between 1 and 9),
  -- national: national file · chain: the chain's file · platform: its answer · delivery: a supplier's paper · shop: learnt here
  source text not null check (source in ('national', 'chain', 'platform', 'delivery', 'shop')),
  -- File, answer or paper it came from.
  source_note text not null default '',
  -- confirmed · provisional: used at once, to be reviewed · revoked
  trust text not null check (trust in ('confirmed', 'provisional', 'revoked')),
  learnt_by text references staff (staff_id),
  first_seen_at integer not null,
  last_verified_at integer not null,
  reviewed_by text references staff (staff_id),
  reviewed_at integer,
  reason text not null default ''
) strict;

CREATE TABLE command_answer (
  command_id text primary key,
  name text not null,
  input_hash text not null,
  answer text not null,
  answered_at integer not null
) strict;

CREATE TABLE delivery (
  delivery_id text primary key,
  document_number text not null,
  supplier text not null,
  told_at integer not null,
  told_by text references staff (staff_id),
  -- The same paper told twice is answered, another content under its number refused.
  content_hash text not null,
  ended_at integer,
  ended_by text references staff (staff_id),
  -- Packs that never came.
  ended_note text not null default '',
  unique (supplier, document_number)
) strict;

CREATE TABLE delivery_code (
  delivery_id text not null references delivery (delivery_id),
  pack_key integer not null,
  drug_id text not null references drug (drug_id),
  lot_id text not null references lot (lot_id),
  -- 1 smallest sales pack, 2 middle, 3 carton
  level integer not null check (level between 1 and 9),
  received_at integer,
  received_by text references staff (staff_id),
  primary key (delivery_id, pack_key)
) strict, without rowid;

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

CREATE TABLE "foreign_sale" (
  pack_key integer primary key,
  source text not null,
  told_at integer not null
) strict;

CREATE TABLE identifier_mark (
  identifier text primary key,
  mark text not null check (mark in ('never-issued')),
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
, born_on text) strict;

CREATE TABLE link_use (
  link_id text not null references code_link (link_id),
  pack_key integer not null,
  at integer not null,
  primary key (link_id, pack_key)
) strict, without rowid;

CREATE TABLE "lot" (
  -- Room for a million lots in a pack's facts.
  lot_ref integer primary key check (lot_ref between 1 and 1048575),
  lot_id text not null unique,
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

CREATE TABLE other_code (
  pack_key integer primary key check (pack_key > 6000000000000000000),
  code text not null unique,
  identifier text,
  serial text,
  -- The symbol's own data with its separators, where the code is not that already: a region may want it sent otherwise.
  symbol text
) strict;

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
  repair text not null default 'none', of_line text generated always as (payload ->> 'lineId') virtual, waits_for text, last_message_id text,
  unique (aggregate_id, sequence)
) strict;

CREATE TABLE "pack" (
  pack_key integer primary key,
  -- sale_ref << 24 | lot_ref << 4 | state: six bytes for eight million sales and a million lots
  facts integer not null,
  -- 0 settled · 1 sold · 2 in-stock · 3 in-sale · 4 returned · 5 locked · 6 split-open · 7 destroyed · 8 transferred (core/trace/ledger-codes.ts)
  state integer generated always as (facts & 15) virtual,
  -- null: neither lot nor drug is known
  lot_ref integer generated always as (nullif((facts >> 4) & 1048575, 0)) virtual,
  -- The sale that holds or sold it.
  sale_ref integer generated always as (nullif(facts >> 24, 0)) virtual
) strict;

CREATE TABLE "pack_event" (
  pack_key integer not null,
  -- 1, 2, 3 … of this pack
  seq integer not null,
  at integer not null,
  -- core/trace/ledger-codes.ts
  kind integer not null,
  sale_ref integer,
  staff_ref integer,
  -- Delivery, uncoded entry, link, alarm, sale elsewhere …: which paper stands behind it.
  document text,
  note text,
  primary key (pack_key, seq)
) strict, without rowid;

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

CREATE TABLE recall (
  recall_id text primary key,
  drug_id text not null references drug (drug_id),
  -- null: every lot
  lot_number text,
  reason text not null,
  source text not null,
  told_at integer not null,
  told_by text references staff (staff_id),
  lifted_at integer,
  lifted_by text references staff (staff_id),
  lifted_reason text not null default ''
) strict;

CREATE TABLE reconcile_absence (
  message_id text not null,
  refund integer not null check (refund in (0, 1)),
  date text not null,
  run_id text not null references reconcile_run (run_id),
  primary key (message_id, refund, date)
) strict, without rowid;

CREATE TABLE reconcile_day (
  date text primary key,
  state text not null check (state in ('balanced', 'differs', 'failed')),
  last_run_id text not null,
  ran_at integer not null,
  -- The day was over in the province's time when it was compared: only then is it done with.
  closed integer not null check (closed in (0, 1)),
  -- An error as the contract writes it.
  error text
) strict, without rowid;

CREATE TABLE reconcile_difference (
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

CREATE TABLE reconcile_group (
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

CREATE TABLE reconcile_known_group (
  insurance_type text not null,
  clearing_type text not null,
  clearing_office text not null,
  last_date text not null,
  primary key (insurance_type, clearing_type, clearing_office)
) strict, without rowid;

CREATE TABLE reconcile_run (
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

CREATE TABLE reconciliation (
  reconciliation_id text primary key,
  at integer not null,
  from_date text not null,
  to_date text not null,
  rows text not null,
  balanced integer not null check (balanced in (0, 1))
) strict;

CREATE TABLE return_pack (
  sale_id text not null references sale (sale_id),
  pack_key integer not null,
  condition text not null check (condition in ('good', 'damaged', 'unscannable')),
  note text not null default '',
  primary key (sale_id, pack_key)
) strict, without rowid;

CREATE TABLE "sale" (
  sale_ref integer primary key,
  sale_id text not null unique,
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
  voided_reason text, quantity_set integer not null default 0 check (quantity_set in (0, 1)),
  unique (sale_id, position)
) strict;

CREATE TABLE "sale_line_pack" (
  line_id text not null references sale_line (line_id),
  pack_key integer not null references pack (pack_key),
  -- Smallest units taken, 10⁻⁴; a whole pack's units for a whole pack.
  quantity integer not null check (quantity > 0),
  -- 1, 2, 3 … as they were scanned onto the line.
  nth integer not null,
  primary key (line_id, pack_key)
) strict, without rowid;

CREATE TABLE schema_migration (
  version integer primary key,
  name text not null,
  sha256 text not null,
  applied_at integer not null,
  app_version text not null
) strict;

CREATE TABLE secret (
  name text primary key,
  value text not null,
  set_at integer not null
) strict, without rowid;

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

CREATE TABLE split_pack (pack_key integer primary key, units_left integer not null check (units_left >= 0)) strict;

CREATE TABLE "staff" (
  staff_ref integer primary key,
  staff_id text not null unique,
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

CREATE TABLE "stock_movement" (
  movement_id text primary key,
  lot_id text not null references lot (lot_id),
  at integer not null,
  kind text not null check (kind in ('opening', 'received', 'sale', 'return', 'destroyed', 'transferred')),
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

CREATE TABLE uncoded_stock (
  uncoded_id text primary key,
  drug_id text not null references drug (drug_id),
  lot_id text not null references lot (lot_id),
  reason text not null check (reason in ('bought-before', 'made-without', 'code-unreadable', 'region-list')),
  -- Whole packs.
  quantity integer not null check (quantity > 0),
  packs_left integer not null check (packs_left between 0 and quantity),
  evidence text not null,
  told_at integer not null,
  told_by text not null references staff (staff_id),
  closed_at integer,
  closed_by text references staff (staff_id),
  closed_reason text not null default ''
) strict;

CREATE TABLE uncoded_use (
  uncoded_id text not null references uncoded_stock (uncoded_id),
  line_id text not null references sale_line (line_id),
  packs integer not null check (packs > 0),
  at integer not null,
  -- Given back: line voided, sale voided or returned.
  released_at integer,
  primary key (uncoded_id, line_id)
) strict, without rowid;

CREATE TABLE virtual_code (pack_key integer primary key) strict;

CREATE UNIQUE INDEX alarm_one_open on alarm (pack_key) where status <> 'closed';

CREATE INDEX alarm_open on alarm (told_at) where status <> 'closed';

CREATE INDEX alarm_pack on alarm (pack_key);

CREATE INDEX alarm_photo_alarm on alarm_photo (alarm_id);

CREATE INDEX catalogue_change_at on catalogue_change (at);

CREATE INDEX catalogue_change_list on catalogue_change (list, at);

CREATE INDEX catalogue_mapping_waiting on catalogue_mapping (due_at) where state in ('uploading', 'withdrawing');

CREATE INDEX claim_check_sale on claim_check (sale_id, revision);

CREATE INDEX claim_decision_sale on claim_decision (sale_id);

CREATE INDEX code_link_drug on code_link (drug_id);

CREATE UNIQUE INDEX code_link_once on code_link (kind, value, drug_id) where trust <> 'revoked';

CREATE INDEX code_link_review on code_link (first_seen_at) where trust = 'provisional';

CREATE INDEX command_answer_age on command_answer (answered_at);

CREATE INDEX delivery_code_pack on delivery_code (pack_key);

CREATE INDEX drug_approval on drug (approval_number);

CREATE INDEX drug_barcode on drug (barcode);

CREATE INDEX drug_national on drug (national_code);

CREATE INDEX insured_person_id_number on insured_person (id_number);

CREATE INDEX insured_person_name on insured_person (name);

CREATE INDEX link_use_pack on link_use (pack_key);

CREATE INDEX lot_number on lot (lot_number);

CREATE UNIQUE INDEX other_code_identity on other_code (identifier, serial) where serial is not null;

CREATE INDEX outbox_due on outbox (due_at) where status in ('pending', 'leased');

CREATE INDEX outbox_leased on outbox (leased_until) where status = 'leased';

CREATE INDEX outbox_open_line on outbox (of_line) where status <> 'done';

CREATE INDEX outbox_parked on outbox (created_at) where status = 'parked';

CREATE INDEX outbox_ready on outbox (kind, due_at) where status = 'pending' and waits_for is null;

CREATE INDEX outbox_waiting on outbox (created_at, kind, status) where status in ('pending', 'leased');

CREATE INDEX outbox_waits_for on outbox (waits_for) where waits_for is not null;

CREATE INDEX pack_lot on pack (lot_ref) where state > 1;

CREATE INDEX pack_rare on pack (state) where state >= 4;

CREATE INDEX pack_sale on pack (sale_ref) where state = 3;

CREATE INDEX platform_message_sale on platform_message (sale_id) where sale_id is not null;

CREATE INDEX platform_message_settle on platform_message (created_at) where infno = '2102';

CREATE INDEX recall_drug on recall (drug_id) where lifted_at is null;

CREATE INDEX reconcile_difference_date on reconcile_difference (date);

CREATE INDEX reconcile_difference_open on reconcile_difference (seen_at) where state = 'open';

CREATE INDEX reconcile_run_date on reconcile_run (date, started_at);

CREATE INDEX reconcile_run_open on reconcile_run (started_at) where ended_at is null;

CREATE INDEX sale_date on sale (business_date);

CREATE INDEX sale_line_lot on sale_line (lot_id);

CREATE INDEX sale_line_pack_key on sale_line_pack (pack_key);

CREATE INDEX sale_person on sale (person_id) where person_id is not null;

CREATE INDEX sale_returned_shift on sale (returned_shift_id) where returned_shift_id is not null;

CREATE INDEX sale_shift on sale (shift_id) where shift_id is not null;

CREATE INDEX sale_status on sale (status) where status not in ('closed', 'voided', 'returned', 'reversed');

CREATE INDEX settlement_booked_at on settlement (settled_at) where figures is not null;

CREATE INDEX settlement_cancelled_at on settlement (cancelled_at) where cancelled_at is not null;

CREATE INDEX settlement_event_sale on settlement_event (sale_id);

CREATE INDEX settlement_moving on settlement (state) where state in ('quoting', 'settling', 'reversing', 'cancelling');

CREATE INDEX settlement_number on settlement (setl_id) where setl_id is not null;

CREATE INDEX settlement_open on settlement (state) where state in ('settling', 'unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown');

CREATE UNIQUE INDEX shift_open on shift ((closed_at is null)) where closed_at is null;

CREATE INDEX stock_movement_lot on stock_movement (lot_id);

CREATE UNIQUE INDEX stock_movement_once on stock_movement (line_id, kind) where line_id is not null;

CREATE INDEX tender_sale on tender (sale_id);

CREATE INDEX tender_shift on tender (shift_id);

CREATE INDEX uncoded_stock_lot on uncoded_stock (lot_id) where closed_at is null;

CREATE INDEX uncoded_use_line on uncoded_use (line_id);
