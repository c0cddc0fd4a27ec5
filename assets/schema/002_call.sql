-- The book, version 2: a note is filed together with everything caught in it, and each record remembers its words.

alter table touch add column caught text not null default '';            -- the signs of what was caught when the note was filed, in its order
alter table seat add column words text not null default '';              -- the words in the note it came from
alter table referral_event add column words text not null default '';
alter table need add column result_touch_id integer references touch (id) on delete set null;   -- the touch its result came from
alter table need add column result_words text not null default '';       -- and the words
create index need_by_result_touch on need (result_touch_id) where result_touch_id is not null;

-- Touches that had been agreed for a time, with all that punctuality needs: a person's few are found without reading their others.
create index touch_agreed on touch (id, agreed_at, at, offset_minutes) where agreed_at is not null;

-- A rival is kept by whoever told of it, where they belong to no account. What was said is apart from the words of the note.
create table rival_now (
    id         integer primary key,
    account_id integer references account (id) on delete cascade,
    contact_id integer references contact (id) on delete cascade,
    name       text not null,
    what       text not null default '',
    words      text not null default '',
    seen_on    text not null,
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null,
    check (account_id is not null or contact_id is not null)
) strict;
insert into rival_now (id, account_id, name, what, seen_on, touch_id, changed_at)
select id, account_id, name, words, seen_on, touch_id, changed_at from rival;
drop table rival;
alter table rival_now rename to rival;
create index rival_by_account on rival (account_id) where account_id is not null;
create index rival_by_contact on rival (contact_id) where contact_id is not null;
create index rival_by_touch on rival (touch_id) where touch_id is not null;

create table mention (                          -- somebody a note speaks of who did not take part
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    touch_id   integer not null references touch (id) on delete cascade,
    words      text not null default ''         -- the line that does
) strict;
create unique index mention_by_contact on mention (contact_id, touch_id);
create index mention_by_touch on mention (touch_id);
