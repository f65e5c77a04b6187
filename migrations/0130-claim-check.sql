-- 明细审核: what the province's rules said of a basket (3101, 3102), and what the pharmacist decided.
-- 3101 wants the day of birth; 1101 tells it. Null: never told, then the ID number says it.
alter table insured_person add column born_on text;

-- One row an answer, or an answer that did not come. The newest of a stage counts for its revision.
create table claim_check (
  check_id integer primary key,
  sale_id text not null references sale (sale_id),
  revision integer not null,
  stage text not null check (stage in ('before-trial', 'before-settle')),
  at integer not null,
  outcome text not null check (outcome in ('clear', 'violations', 'unavailable')),
  -- JSON code and values of why it is unavailable.
  error text
) strict;
create index claim_check_sale on claim_check (sale_id, revision);

create table claim_violation (
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

-- Append-only: the newest of a key counts.
create table claim_decision (
  decision_id text primary key,
  sale_id text not null references sale (sale_id),
  violation_key text not null,
  action text not null check (action in ('keep', 'take-out', 'ask-prescriber')),
  reason text not null,
  staff_id text not null references staff (staff_id),
  line_id text references sale_line (line_id),
  at integer not null
) strict;
create index claim_decision_sale on claim_decision (sale_id);
