-- Which leg from LiveKit showed the token of an attempt first: no other one is let in with it.
create table leg_tokens (
  attempt varchar(200) not null primary key,
  leg_sid varchar(200) not null,
  used_at timestamp(6) with time zone not null
);

-- Calls and invitations that agents ordered, each once; until when each counts as under way.
create table outbound_calls (
  name     varchar(200) not null primary key,
  began_at timestamp(6) with time zone not null,
  until_at timestamp(6) with time zone not null
);
create index outbound_calls_by_start on outbound_calls (began_at);
create index outbound_calls_by_end on outbound_calls (until_at);

-- Whoever begins one locks this row, so that together they never count one too few.
insert into chores (chore, due_at) values ('outbound', timestamp with time zone '2000-01-01 00:00:00+00');
