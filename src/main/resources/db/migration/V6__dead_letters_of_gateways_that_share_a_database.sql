-- What could not be done, of all gateways that share the database: a letter without its original,
-- the original, and until when somebody has it to himself.
create table dead_letters (
  id            varchar(120) not null primary key,
  at            timestamp(6) with time zone not null,
  state         varchar(20) not null,
  cause         varchar(600) not null,
  letter        varchar not null,
  original      varchar,
  is_text       boolean not null,
  size          bigint not null,
  claimed_until timestamp(6) with time zone
);
create index dead_letters_by_state on dead_letters (state, at desc, id desc);
create index dead_letters_by_cause on dead_letters (state, cause, at);
create index dead_letters_by_time on dead_letters (at desc, id desc);

insert into chores (chore, due_at) values ('dead-letters', timestamp with time zone '2000-01-01 00:00:00+00');
