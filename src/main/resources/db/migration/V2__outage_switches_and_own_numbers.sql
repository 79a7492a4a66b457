-- The outage switch of a called number, or of all: *. Who threw it last, and when.
create table outages (
  called     varchar(200) not null primary key,
  is_on      boolean not null,
  changed_by varchar(200) not null,
  changed_at timestamp(6) with time zone not null
);

-- Our number in a call that was not turned away, by which the calls of a number are counted.
alter table calls add column own_number varchar(200);
