-- The book, version 1. Instants are milliseconds since 1970 in UTC; days are text, YYYY-MM-DD; truth is 0 or 1; money is minor units
-- with a currency. Ids are minted by the program and never reused. `changed_at` is when the row was last written by a person's change.

-- People and accounts ------------------------------------------------------------------------------------------------------------

create table account (
    id         integer primary key,
    name       text not null check (name <> ''),
    kind       text not null default 'company' check (kind in ('company', 'household')),
    standing   text not null default '' check (standing in ('', 'vendor', 'preferred', 'adviser', 'trusted')),
    wanted     text not null default '' check (wanted in ('', 'vendor', 'preferred', 'adviser', 'trusted')),
    note       text not null default '',
    changed_at integer not null
) strict;
create unique index account_by_name on account (name collate nocase);

create table contact (
    id           integer primary key,          -- 1 is the rep
    name         text not null,
    family       text not null default '',
    given        text not null default '',
    additional   text not null default '',
    prefix       text not null default '',
    suffix       text not null default '',
    nick         text not null default '',
    account_id   integer references account (id) on delete set null,
    department   text not null default '',
    title        text not null default '',
    note         text not null default '',
    uid          text,                          -- the identity another address book gave
    cadence_days integer check (cadence_days between 1 and 3650),
    ghost        integer not null default 0 check (ghost in (0, 1)),
    mentor       integer not null default 0 check (mentor in (0, 1)),
    origin       text not null default '',      -- referral, cold, event, inbound, inherited
    met_on       text,
    archived_on  text,
    archived_why text not null default '',
    changed_at   integer not null
) strict;
create index contact_by_name on contact (name collate nocase);
create index contact_by_account on contact (account_id) where account_id is not null;
create index contact_by_uid on contact (uid) where uid is not null;

create table phone (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    position   integer not null,
    label      text not null default '',
    number     text not null,                   -- as it was given
    key        text                             -- E.164, where it is one
) strict;
create index phone_by_contact on phone (contact_id, position);
create index phone_by_key on phone (key) where key is not null;

create table email (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    position   integer not null,
    label      text not null default '',
    address    text not null,
    key        text not null                    -- lower case
) strict;
create index email_by_contact on email (contact_id, position);
create index email_by_key on email (key);

create table web (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    position   integer not null,
    label      text not null default '',
    url        text not null
) strict;
create index web_by_contact on web (contact_id, position);
create index web_by_url on web (url);

create table address (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    position   integer not null,
    label      text not null default '',
    po_box     text not null default '',
    extended   text not null default '',
    street     text not null default '',
    city       text not null default '',
    region     text not null default '',
    postcode   text not null default '',
    country    text not null default ''
) strict;
create index address_by_contact on address (contact_id, position);

create table extra (                            -- what a source said that has no place here; goes back out on export
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    position   integer not null,
    source     text not null,
    name       text not null,
    value      text not null
) strict;
create index extra_by_contact on extra (contact_id, position);

create table tag (
    id           integer primary key,
    name         text not null check (name <> ''),
    cadence_days integer check (cadence_days between 1 and 3650),
    changed_at   integer not null
) strict;
create unique index tag_by_name on tag (name collate nocase);

create table tagging (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    tag_id     integer not null references tag (id) on delete cascade
) strict;
create unique index tagging_by_contact on tagging (contact_id, tag_id);
create index tagging_by_tag on tagging (tag_id);

create table link (                             -- "to is the <kind> of from"
    id         integer primary key,
    from_id    integer not null references contact (id) on delete cascade,
    to_id      integer references contact (id) on delete cascade,
    to_name    text not null default '',        -- while the other is not in the book
    kind       text not null check (kind in ('introduced_by', 'manager', 'assistant', 'spouse', 'worked_together', 'friend', 'family')),
    state      text not null default 'confirmed' check (state in ('suggested', 'confirmed', 'refused')),
    note       text not null default '',
    on_day     text,
    changed_at integer not null
) strict;
create index link_by_from on link (from_id);
create index link_by_to on link (to_id) where to_id is not null;

create table seat (                             -- a place on an account's buying committee
    id         integer primary key,
    account_id integer not null references account (id) on delete cascade,
    contact_id integer references contact (id) on delete cascade,   -- none: the seat is known, its holder is not
    role       text not null check (role in ('decision', 'coach', 'technical', 'user', 'finance', 'gatekeeper')),
    stance     text not null default 'unknown' check (stance in ('for', 'neutral', 'against', 'unknown')),
    listens_to integer references contact (id) on delete set null,
    note       text not null default '',
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null
) strict;
create index seat_by_account on seat (account_id);
create index seat_by_contact on seat (contact_id) where contact_id is not null;
create index seat_by_listens_to on seat (listens_to) where listens_to is not null;
create index seat_by_touch on seat (touch_id) where touch_id is not null;

-- What happened ------------------------------------------------------------------------------------------------------------------

create table touch (
    id             integer primary key,
    at             integer not null,
    offset_minutes integer not null,            -- east of UTC, where the rep was
    kind           text not null check (kind in ('call', 'meeting', 'video', 'email', 'message', 'letter', 'gift', 'intro', 'favour', 'referral', 'note', 'attempt')),
    direction      text not null check (direction in ('out', 'in', 'mutual')),
    minutes        integer check (minutes between 0 and 100000),
    agreed_at      integer,                     -- the time agreed for it, for punctuality
    source         text,                        -- what brought it in, where a person did not type it
    source_key     text,                        -- its identity there
    changed_at     integer not null,
    body           text not null default ''
) strict;
create index touch_by_at on touch (at);
create unique index touch_by_source on touch (source, source_key) where source_key is not null;

create table party (                            -- who took part; `wall`, `kind` and `direction` are the touch's, so that one index draws a timeline
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    touch_id   integer not null references touch (id) on delete cascade,
    wall       integer not null,                -- the touch's own wall clock, in milliseconds
    kind       text not null,
    direction  text not null
) strict;
create unique index party_by_contact on party (contact_id, wall, touch_id, kind, direction);
create index party_by_touch on party (touch_id);

create table draft (                            -- text being typed and not yet filed; outside undo
    id         integer primary key,
    contact_id integer references contact (id) on delete set null,
    kind       text not null default 'note',    -- call, note, or the form it belongs to
    title      text not null default '',
    body       text not null,
    started_at integer not null,
    saved_at   integer not null
) strict;
create index draft_by_contact on draft (contact_id) where contact_id is not null;

create table promise (
    id            integer primary key,
    contact_id    integer not null references contact (id) on delete cascade,
    mine          integer not null check (mine in (0, 1)),
    what          text not null check (what <> ''),
    made_on       text not null,
    due_on        text not null,
    state         text not null default 'open' check (state in ('open', 'kept', 'broken', 'dropped')),
    closed_on     text,
    snoozed_until text,
    touch_id      integer references touch (id) on delete set null,
    words         text not null default '',     -- the words in the note it came from
    changed_at    integer not null
) strict;
create index promise_by_contact on promise (contact_id);
create index promise_open on promise (due_on) where state = 'open';
create index promise_by_touch on promise (touch_id) where touch_id is not null;

create table chit (                             -- receiver owes giver one
    id          integer primary key,
    giver_id    integer not null references contact (id) on delete cascade,
    receiver_id integer not null references contact (id) on delete cascade,
    what        text not null check (what <> ''),
    given_on    text not null,
    halves      integer not null check (halves between 1 and 400),   -- worth, in halves of a plain chit
    pending     integer not null default 0 check (pending in (0, 1)),
    touch_id    integer references touch (id) on delete set null,    -- the evidence
    referral_id integer references referral (id) on delete set null,
    words       text not null default '',
    changed_at  integer not null,
    check (giver_id <> receiver_id)
) strict;
create index chit_by_giver on chit (giver_id, given_on);
create index chit_by_receiver on chit (receiver_id, given_on);
create index chit_by_touch on chit (touch_id) where touch_id is not null;
create index chit_by_referral on chit (referral_id) where referral_id is not null;

create table chit_part (                        -- what came back of a chit, or was let go
    id         integer primary key,
    chit_id    integer not null references chit (id) on delete cascade,
    on_day     text not null,
    halves     integer not null check (halves > 0),
    how        text not null check (how in ('redeemed', 'forgiven')),
    by_what    text not null default '',
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null
) strict;
create index chit_part_by_chit on chit_part (chit_id);
create index chit_part_by_touch on chit_part (touch_id) where touch_id is not null;

create table plan (                             -- the next touch decided on
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    on_day     text not null,
    at_time    text,                            -- HH:MM, where one was agreed
    why        text not null default '',
    state      text not null default 'open' check (state in ('open', 'done', 'dropped')),
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null
) strict;
create index plan_by_contact on plan (contact_id);
create index plan_open on plan (on_day) where state = 'open';
create index plan_by_touch on plan (touch_id) where touch_id is not null;

create table snooze (                           -- something set aside until a day, with the reason kept
    id         integer primary key,
    kind       text not null,
    target_id  integer not null,
    until_day  text not null,
    why        text not null default '',
    changed_at integer not null
) strict;
create index snooze_by_target on snooze (target_id);

create table fact (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    what       text not null check (what <> ''),
    kind       text not null default 'personal' check (kind in ('personal', 'business', 'advice')),
    learned_on text not null,
    due_on     text,
    asked_on   text,
    touch_id   integer references touch (id) on delete set null,
    words      text not null default '',
    changed_at integer not null
) strict;
create index fact_by_contact on fact (contact_id);
create index fact_by_touch on fact (touch_id) where touch_id is not null;

create table key_date (
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    label      text not null,
    on_day     text not null,                   -- YYYY-MM-DD, or --MM-DD where the year is not known
    yearly     integer not null default 1 check (yearly in (0, 1)),
    touch_id   integer references touch (id) on delete set null,
    words      text not null default '',
    changed_at integer not null
) strict;
create index key_date_by_contact on key_date (contact_id);
create index key_date_by_touch on key_date (touch_id) where touch_id is not null;

create table correction (                       -- a hand correction of the strength
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    on_day     text not null,
    mass       real not null,                   -- contact days added or taken
    why        text not null check (why <> ''),
    changed_at integer not null
) strict;
create index correction_by_contact on correction (contact_id);

-- Selling --------------------------------------------------------------------------------------------------------------------------

create table referral (
    id                  integer primary key,
    referrer_id         integer references contact (id) on delete cascade,
    referrer_account_id integer references account (id) on delete cascade,
    prospect_id         integer references contact (id) on delete cascade,
    prospect_account_id integer references account (id) on delete cascade,
    given               integer not null default 0 check (given in (0, 1)),   -- I introduced them to each other
    what                text not null default '',
    touch_id            integer references touch (id) on delete set null,
    words               text not null default '',
    changed_at          integer not null,
    check ((referrer_id is null) <> (referrer_account_id is null)),
    check (prospect_id is not null or prospect_account_id is not null)
) strict;
create index referral_by_referrer on referral (referrer_id) where referrer_id is not null;
create index referral_by_referrer_account on referral (referrer_account_id) where referrer_account_id is not null;
create index referral_by_prospect on referral (prospect_id) where prospect_id is not null;
create index referral_by_prospect_account on referral (prospect_account_id) where prospect_account_id is not null;
create index referral_by_touch on referral (touch_id) where touch_id is not null;

create table referral_event (
    id          integer primary key,
    referral_id integer not null references referral (id) on delete cascade,
    stage       text not null check (stage in ('asked', 'promised', 'introduced', 'met', 'won', 'lost')),
    on_day      text not null,
    told_on     text,                           -- the loop closed with the referrer
    note        text not null default '',
    touch_id    integer references touch (id) on delete set null,
    changed_at  integer not null
) strict;
create index referral_event_by_referral on referral_event (referral_id, on_day);
create index referral_event_by_touch on referral_event (touch_id) where touch_id is not null;

create table referral_credit (                  -- split credit: a further referrer
    id          integer primary key,
    referral_id integer not null references referral (id) on delete cascade,
    contact_id  integer not null references contact (id) on delete cascade,
    percent     integer not null check (percent between 1 and 100)
) strict;
create index referral_credit_by_referral on referral_credit (referral_id);
create index referral_credit_by_contact on referral_credit (contact_id);

create table ask (                              -- a referral was asked for
    id         integer primary key,
    contact_id integer not null references contact (id) on delete cascade,
    on_day     text not null,
    answer     text not null default '' check (answer in ('', 'named', 'thinking', 'declined', 'not_now')),
    next_on    text,
    note       text not null default '',
    changed_at integer not null
) strict;
create index ask_by_contact on ask (contact_id);

create table need (
    id           integer primary key,
    contact_id   integer references contact (id) on delete cascade,
    account_id   integer references account (id) on delete cascade,
    what         text not null check (what <> ''),
    state        text not null default 'heard' check (state in ('heard', 'proposed', 'delivered', 'dropped')),
    heard_on     text not null,
    proposed_on  text,
    delivered_on text,
    result       text not null default '',
    result_kind  text not null default '' check (result_kind in ('', 'problem_removed', 'cost_cut', 'revenue_raised')),
    amount       integer,
    currency     text not null default '',
    touch_id     integer references touch (id) on delete set null,
    words        text not null default '',
    changed_at   integer not null,
    check (contact_id is not null or account_id is not null)
) strict;
create index need_by_contact on need (contact_id) where contact_id is not null;
create index need_by_account on need (account_id) where account_id is not null;
create index need_by_touch on need (touch_id) where touch_id is not null;

create table sale (
    id         integer primary key,
    contact_id integer references contact (id) on delete set null,
    account_id integer references account (id) on delete cascade,
    on_day     text not null,
    amount     integer not null,
    currency   text not null,
    what       text not null default '',
    touch_id   integer references touch (id) on delete set null,
    words      text not null default '',
    changed_at integer not null
) strict;
create index sale_by_contact on sale (contact_id) where contact_id is not null;
create index sale_by_account on sale (account_id) where account_id is not null;
create index sale_by_touch on sale (touch_id) where touch_id is not null;

create table rival (
    id         integer primary key,
    account_id integer not null references account (id) on delete cascade,
    name       text not null,
    words      text not null default '',
    seen_on    text not null,
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null
) strict;
create index rival_by_account on rival (account_id);
create index rival_by_touch on rival (touch_id) where touch_id is not null;

create table coaching (                         -- what a coach warned of, what was done about it, and when they were told
    id         integer primary key,
    account_id integer references account (id) on delete cascade,
    contact_id integer not null references contact (id) on delete cascade,
    said       text not null,
    said_on    text not null,
    did        text not null default '',
    did_on     text,
    told_on    text,
    touch_id   integer references touch (id) on delete set null,
    changed_at integer not null
) strict;
create index coaching_by_account on coaching (account_id) where account_id is not null;
create index coaching_by_contact on coaching (contact_id);
create index coaching_by_touch on coaching (touch_id) where touch_id is not null;

-- Derived: rebuilt from the above whenever the model changes; `chitbook check` proves them equal to a rebuild ------------------------

create table standing (                         -- the strength model's state of a contact; no row: never touched
    contact_id integer primary key references contact (id) on delete cascade,
    mass       real not null,
    mass_day   integer not null,                -- days since 1970, like every day of the model
    last_day   integer,
    answered   real not null,
    knocked    real not null,
    knocks     integer not null,
    gap_sum    real not null,
    gap_count  real not null,
    days       integer not null
) strict;

create table rank (                             -- today's order of the people list, so that the first page is one query; outside undo
    contact_id integer primary key references contact (id) on delete cascade,
    lost       real not null,                   -- points a call today would win back; -1: never touched
    name       text not null                    -- lower case, without accents: the order of those who tie
) strict;
create index rank_by_lost on rank (lost desc, name, contact_id);

-- Full text over everything written: a row has the id of the record it indexes.
create virtual table words using fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');

create trigger contact_words_added after insert on contact begin
    insert into words (rowid, body) values (new.id, new.name || ' ' || new.nick || ' ' || new.title || ' ' || new.note);
end;
create trigger contact_words_changed after update of name, nick, title, note on contact begin
    insert into words (words, rowid, body) values ('delete', old.id, old.name || ' ' || old.nick || ' ' || old.title || ' ' || old.note);
    insert into words (rowid, body) values (new.id, new.name || ' ' || new.nick || ' ' || new.title || ' ' || new.note);
end;
create trigger contact_words_gone after delete on contact begin
    insert into words (words, rowid, body) values ('delete', old.id, old.name || ' ' || old.nick || ' ' || old.title || ' ' || old.note);
end;
create trigger touch_words_added after insert on touch begin
    insert into words (rowid, body) values (new.id, new.body);
end;
create trigger touch_words_changed after update of body on touch begin
    insert into words (words, rowid, body) values ('delete', old.id, old.body);
    insert into words (rowid, body) values (new.id, new.body);
end;
create trigger touch_words_gone after delete on touch begin
    insert into words (words, rowid, body) values ('delete', old.id, old.body);
end;
create trigger promise_words_added after insert on promise begin
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger promise_words_changed after update of what on promise begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger promise_words_gone after delete on promise begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
end;
create trigger chit_words_added after insert on chit begin
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger chit_words_changed after update of what on chit begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger chit_words_gone after delete on chit begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
end;
create trigger fact_words_added after insert on fact begin
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger fact_words_changed after update of what on fact begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
    insert into words (rowid, body) values (new.id, new.what);
end;
create trigger fact_words_gone after delete on fact begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what);
end;
create trigger need_words_added after insert on need begin
    insert into words (rowid, body) values (new.id, new.what || ' ' || new.result);
end;
create trigger need_words_changed after update of what, result on need begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what || ' ' || old.result);
    insert into words (rowid, body) values (new.id, new.what || ' ' || new.result);
end;
create trigger need_words_gone after delete on need begin
    insert into words (words, rowid, body) values ('delete', old.id, old.what || ' ' || old.result);
end;

-- The journal: what undo replays -------------------------------------------------------------------------------------------------------

create table step (
    id     integer primary key autoincrement,
    at     integer not null,
    label  text not null,
    undone integer not null default 0 check (undone in (0, 1))
) strict;

create table change (                           -- the inverse of one row's change
    id      integer primary key,
    step_id integer not null references step (id) on delete cascade,
    redo    integer not null default 0 check (redo in (0, 1)),   -- 1: of an undo, so that replaying it makes the step again
    op      text not null check (op in ('insert', 'update', 'delete')),
    tab     text not null,
    row_id  integer not null,
    was     text                                -- the row before, as a list of SQL literals; none: it did not exist
) strict;
create index change_by_step on change (step_id);

create table news (                             -- who was changed, for other programs with the book open
    id       integer primary key autoincrement,
    contacts text                               -- a JSON list of ids; none: many
) strict;

create table setting (                          -- the book's own settings: model version, the day the ranks are of
    name  text primary key,
    value text not null
) strict, without rowid;

insert into contact (id, name, changed_at) values (1, 'me', 0);

-- Readable views -----------------------------------------------------------------------------------------------------------------------

create view people as
select c.id, c.name, a.name as account, c.title,
       (select group_concat(t.name, ', ') from tagging g join tag t on t.id = g.tag_id where g.contact_id = c.id) as tags,
       (select e.address from email e where e.contact_id = c.id order by e.position limit 1) as email,
       (select p.number from phone p where p.contact_id = c.id order by p.position limit 1) as phone,
       date(s.last_day * 86400, 'unixepoch') as last_touch, s.days as contact_days, c.cadence_days, c.ghost, c.archived_on
from contact c left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id
where c.id <> 1;

create view chits as
select h.id, h.given_on, g.name as giver, r.name as receiver, h.what, h.halves / 2.0 as worth,
       (h.halves - coalesce(p.settled, 0)) / 2.0 as open,
       case when p.settled is null then 'open' when p.settled < h.halves then 'part' when p.last = 'forgiven' then 'forgiven' else 'redeemed' end as state,
       case h.pending when 1 then '!' else '*' end as sign
from chit h join contact g on g.id = h.giver_id join contact r on r.id = h.receiver_id
left join (select chit_id, sum(halves) as settled, (select q.how from chit_part q where q.chit_id = chit_part.chit_id order by q.id desc limit 1) as last
           from chit_part group by chit_id) p on p.chit_id = h.id;

create view balances as
select c.id, c.name,
       coalesce(sum(case when h.giver_id = c.id then h.halves - h.settled end), 0) / 2.0 as i_owe,
       coalesce(sum(case when h.receiver_id = c.id then h.halves - h.settled end), 0) / 2.0 as they_owe,
       min(h.given_on) as oldest
from (select chit.*, coalesce((select sum(halves) from chit_part where chit_id = chit.id), 0) as settled from chit) h
join contact c on c.id = case when h.giver_id = 1 then h.receiver_id else h.giver_id end
where (h.giver_id = 1 or h.receiver_id = 1) and h.settled < h.halves
group by c.id, c.name;

create view open_promises as
select p.id, c.name, case p.mine when 1 then 'me' else 'them' end as by_whom, p.what, p.made_on, p.due_on
from promise p join contact c on c.id = p.contact_id
where p.state = 'open'
order by p.due_on;

create view stale as                            -- silent for longer than twice the usual gap and a week
select c.id, c.name, date(s.last_day * 86400, 'unixepoch') as last_touch, round(max(1, min(730, coalesce(c.cadence_days, s.gap_sum / s.gap_count))), 1) as rhythm_days,
       cast(julianday('now', 'localtime') - 2440587.5 - s.last_day as integer) as silent_days
from contact c join standing s on s.contact_id = c.id
where c.archived_on is null and c.ghost = 0 and s.last_day is not null
  and cast(julianday('now', 'localtime') - 2440587.5 - s.last_day as integer) > 2 * max(1, min(730, coalesce(c.cadence_days, s.gap_sum / s.gap_count))) + 7
order by silent_days desc;
