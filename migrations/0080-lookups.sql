-- What core asks again and again must not read a year of ended sales.
-- Before every outbox run: settlements whose call may have lost its process. Their condition is written word for word in settlement-store.ts.
create index settlement_moving on settlement (state) where state in ('quoting', 'settling', 'reversing', 'cancelling');
-- The shift's figures on the till.
create index sale_shift on sale (shift_id) where shift_id is not null;
create index sale_returned_shift on sale (returned_shift_id) where returned_shift_id is not null;
