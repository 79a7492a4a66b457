-- In whose LiveKit a call is, or was last; none where the gateway had one project only.
alter table calls add column project varchar(64);
