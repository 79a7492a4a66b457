-- The same statements for H2 in PostgreSQL's mode and for PostgreSQL.

-- Everything that was heard of a call, once each: the call's record follows from these.
create table events (
  call_sid  varchar(200) not null,
  event_key varchar(400) not null,
  at        timestamp(6) with time zone not null,
  body      varchar not null,
  primary key (call_sid, event_key)
);

-- What became of each call. The phase is active, ended or failed, the state as users see it.
create table calls (
  call_sid      varchar(200) not null primary key,
  phase         varchar(10) not null,
  state         varchar(20) not null,
  started_at    timestamp(6) with time zone not null,
  ended_at      timestamp(6) with time zone,
  last_heard_at timestamp(6) with time zone not null,
  body          varchar not null
);
create index calls_by_phase on calls (phase, started_at desc, call_sid desc);
create index calls_by_start on calls (started_at desc, call_sid desc);
create index calls_by_silence on calls (phase, last_heard_at);

-- Work that only one of several gateways does: whoever moves the time on has the turn.
create table chores (
  chore  varchar(40) not null primary key,
  due_at timestamp(6) with time zone not null
);
insert into chores (chore, due_at) values ('sweep', timestamp with time zone '2000-01-01 00:00:00+00');
insert into chores (chore, due_at) values ('retention', timestamp with time zone '2000-01-01 00:00:00+00');
