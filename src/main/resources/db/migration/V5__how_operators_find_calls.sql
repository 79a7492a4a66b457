-- By what operators look for calls: the cause, and both numbers by their ends. Calls that were
-- written before have none of these and are found by their id.
alter table calls add column cause varchar(40);
alter table calls add column caller varchar(200);
alter table calls add column called varchar(200);
-- The last three characters of each, which are all that lists show.
alter table calls add column caller_tail varchar(3);
alter table calls add column called_tail varchar(3);
create index calls_by_caller on calls (caller_tail, started_at desc, call_sid desc);
create index calls_by_called on calls (called_tail, started_at desc, call_sid desc);
create index calls_by_cause on calls (cause, started_at desc, call_sid desc);
