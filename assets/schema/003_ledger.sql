-- The book, version 3: favours that come back by a favour, chits called in, and the indexes of the ledger's questions.

alter table chit add column cleared_on text;    -- the day it stopped to be pending; none: it still is, or never was

-- The chit of the favour that came back, the other way between the same two: that one has a part of its own that names this one.
alter table chit_part add column counter_id integer references chit (id) on delete set null;
create index chit_part_by_counter on chit_part (counter_id) where counter_id is not null;

create table chit_call (                        -- the giver called a chit in
    id          integer primary key,
    chit_id     integer not null references chit (id) on delete cascade,
    on_day      text not null,
    outcome     text not null default '' check (outcome in ('', 'honoured', 'in_part', 'declined', 'forgiven')),   -- empty: no answer yet
    halves      integer check (halves > 0),     -- what came back, where it was a part
    answered_on text,
    note        text not null default '',
    changed_at  integer not null,
    check ((outcome = '') = (answered_on is null)),
    check ((outcome = 'in_part') = (halves is not null))
) strict;
create index chit_call_by_chit on chit_call (chit_id);

create index need_delivered on need (delivered_on) where state = 'delivered';
create index link_introduced on link (from_id, to_id) where kind = 'introduced_by' and state = 'confirmed';
