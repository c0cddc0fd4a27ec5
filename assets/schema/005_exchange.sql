-- What comes from other programs and has to be remembered so that it does not come twice.

-- Meetings that a calendar tells of, until the rep says that they happened. Coming ones are here too: they lead to plans.

create table suggestion (
    id             integer primary key,
    source         text not null,               -- what brought it in: ics
    source_key     text not null,               -- its identity there: the event, and of a series the time it was first to begin
    revision       integer not null default 0,  -- how often the calendar changed it; more is later
    own            integer not null default 1 check (own in (0, 1)),   -- told of by itself: the series says nothing of it any more
    at             integer not null,
    offset_minutes integer not null,            -- east of UTC, where the rep was
    whole_day      integer not null default 0 check (whole_day in (0, 1)),
    kind           text not null check (kind in ('call', 'meeting', 'video')),
    minutes        integer check (minutes between 0 and 100000),
    title          text not null default '',
    state          text not null default 'open' check (state in ('open', 'confirmed', 'refused', 'withdrawn')),
    touch_id       integer references touch (id) on delete set null,   -- what it became
    changed_at     integer not null
) strict;
create unique index suggestion_by_source on suggestion (source, source_key);
create index suggestion_open on suggestion (at) where state = 'open';
create index suggestion_by_touch on suggestion (touch_id) where touch_id is not null;

create table suggested (                        -- who took part in a suggestion
    id            integer primary key,
    suggestion_id integer not null references suggestion (id) on delete cascade,
    contact_id    integer not null references contact (id) on delete cascade,
    plan_id       integer references plan (id) on delete set null      -- the plan it led to, while it was to come
) strict;
create unique index suggested_by_contact on suggested (contact_id, suggestion_id);
create index suggested_by_suggestion on suggested (suggestion_id);
create index suggested_by_plan on suggested (plan_id) where plan_id is not null;

create table mail (                             -- messages that came in, so that none does twice
    id       integer primary key,               -- a fingerprint of the identity its writer's program gave it
    touch_id integer references touch (id) on delete set null    -- none: the touch was deleted, and stays so
) strict;
create index mail_by_touch on mail (touch_id) where touch_id is not null;

create table account_identity (                 -- what other programs know an account by
    id         integer primary key,
    account_id integer not null references account (id) on delete cascade,
    uid        text not null
) strict;
create unique index account_identity_by_uid on account_identity (uid);
create index account_identity_by_account on account_identity (account_id);

create table vdir_card (                        -- a card that is kept in step with a file of a folder of vCards
    id         integer primary key,
    folder     text not null,
    file       text not null,
    contact_id integer references contact (id) on delete set null,
    print      text not null,                   -- a fingerprint of the file when both were last in step; empty: it was deleted there
    book_card  text not null,                   -- the card as the book had it then, as JSON
    file_card  text not null                    -- the card as the file had it then, as JSON
) strict;
create unique index vdir_card_by_file on vdir_card (folder, file);
create index vdir_card_by_contact on vdir_card (contact_id) where contact_id is not null;

create index phone_without_key on phone (number) where key is null;   -- numbers of call lists that are none of any country
