-- The book, version 4: reference stories, tiers, the weekly review, and when each relationship goes cold.

create table tier (                             -- how often somebody of a class is to hear from me
    id         integer primary key,
    name       text not null check (name in ('A', 'B', 'C', 'D')),
    days       integer not null check (days between 1 and 3650),
    changed_at integer not null
) strict;
create unique index tier_by_name on tier (name);
insert into tier (id, name, days, changed_at) values (1, 'A', 21, 0), (2, 'B', 60, 0), (3, 'C', 180, 0), (4, 'D', 365, 0);

alter table contact add column tier text not null default '' check (tier in ('', 'A', 'B', 'C', 'D'));
create index contact_by_tier on contact (tier) where tier <> '';
create index contact_ghosts on contact (account_id, name) where ghost = 1 and archived_on is null;
create index contact_mentors on contact (name) where mentor = 1 and archived_on is null;
create index fact_advice on fact (learned_on) where kind = 'advice' and asked_on is null;

alter table rank add column cold integer;       -- the first day under the cold line if nobody calls, in days since 1970
create index rank_by_cold on rank (cold) where cold is not null;

create index key_date_by_season on key_date (substr(on_day, -5));
create index sale_by_day on sale (on_day);

create table story (                            -- a customer who will speak for us, and about what
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    account_id integer references account (id) on delete set null,
    need_id    integer references need (id) on delete set null,      -- the result it tells of
    about      text not null check (about <> ''),
    rest_until text,                            -- they asked to be left in peace until then
    changed_at integer not null
) strict;
create index story_by_contact on story (contact_id);
create index story_by_account on story (account_id) where account_id is not null;
create index story_by_need on story (need_id) where need_id is not null;

create table story_ask (                        -- somebody was asked to speak for us
    id         integer primary key,
    story_id   integer not null references story (id) on delete cascade,
    on_day     text not null,
    for_whom   text not null default '',
    changed_at integer not null
) strict;
create index story_ask_by_story on story_ask (story_id);

create table apart (                            -- two people who look like one and are not
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    other_id   integer not null references contact (id) on delete cascade,
    changed_at integer not null,
    check (contact_id < other_id)
) strict;
create unique index apart_by_contact on apart (contact_id, other_id);
create index apart_by_other on apart (other_id);

create table review (                           -- a weekly walk through the book
    id          integer primary key,
    started_on  text not null,
    finished_on text,                           -- none: it is under way
    minutes     text not null default '',       -- what was decided, frozen at its end, as JSON
    changed_at  integer not null,
    check ((finished_on is null) = (minutes = ''))
) strict;
create index review_open on review (started_on) where finished_on is null;

create table review_card (                      -- one thing to decide in it
    id         integer primary key,
    review_id  integer not null references review (id) on delete cascade,
    position   integer not null,
    kind       text not null,
    target_id  integer not null,                -- what it is about, in the table its kind says
    contact_id integer references contact (id) on delete set null,
    account_id integer references account (id) on delete set null,
    who        text not null,
    why        text not null,
    due_on     text,
    decision   text not null default '' check (decision in ('', 'done', 'call', 'plan', 'snooze', 'cadence', 'promise', 'let_go', 'note', 'skip', 'gone')),
    decided_on text,
    until_day  text,                            -- of a plan, a snooze or a promise
    record_id  integer,                         -- the plan or promise that came of it
    note       text not null default '',
    changed_at integer not null,
    check ((decision = '') = (decided_on is null))
) strict;
create index review_card_by_review on review_card (review_id, position);
create index review_card_by_contact on review_card (contact_id) where contact_id is not null;
create index review_card_by_account on review_card (account_id) where account_id is not null;
