-- What this shop sells. The national formulary gets a file of its own.
create table drug (
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
create index drug_barcode on drug (barcode);
create index drug_approval on drug (approval_number);
create index drug_national on drug (national_code);

create table lot (
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

create table stock_movement (
  movement_id text primary key,
  lot_id text not null references lot (lot_id),
  at integer not null,
  kind text not null check (kind in ('opening', 'received', 'sale', 'return')),
  -- 10⁻⁴ of the smallest unit, negative when goods leave
  quantity integer not null,
  sale_id text,
  line_id text
) strict;
create index stock_movement_lot on stock_movement (lot_id);
create unique index stock_movement_once on stock_movement (line_id, kind) where line_id is not null;
