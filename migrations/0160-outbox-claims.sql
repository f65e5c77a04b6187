-- A claim reads the head of an index, whatever waits behind it and whatever was done in years.
alter table outbox add column of_line text generated always as (payload ->> 'lineId') virtual;
-- The row that has to be told first: set when a claim meets it, gone when that row is done.
alter table outbox add column waits_for text;
-- What was last sent for it: what exactly the platform said stands there.
alter table outbox add column last_message_id text;

create index outbox_ready on outbox (kind, due_at) where status = 'pending' and waits_for is null;
create index outbox_leased on outbox (leased_until) where status = 'leased';
create index outbox_open_line on outbox (of_line) where status <> 'done';
create index outbox_waits_for on outbox (waits_for) where waits_for is not null;
create index outbox_waiting on outbox (created_at, kind, status) where status in ('pending', 'leased');

create trigger outbox_told after update of status on outbox when new.status = 'done'
begin
  update outbox set waits_for = null where waits_for = new.outbox_id;
end;
