-- Meetings that a calendar tells of, until the rep says that they happened. Coming ones are here too: they lead to plans.

create table suggestion (
    id             integer primary key,
    source         text not null,               -- what brought it in: ics
    source_key     text not null,               -- its identity there: the event, and of a series the time it was first to begin
    revision       integer not null default 0,  -- the calendar's count of its changes
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
