//! The weekly review: what would be in it, the one that is under way, and what came of the last.

use super::super::{Result, Store};
use super::{day, maybe_day, rows};
use crate::domain::account::AlarmKind;
use crate::domain::ask::queue;
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::moment::{Moment, day_number, shift};
use crate::domain::promise::PromiseState;
use crate::domain::referral::Told;
use crate::domain::review::came::{Follow, PlanNow, came};
use crate::domain::review::minutes::Ahead;
use crate::domain::review::sources as own;
use crate::domain::review::{
    Card, CardRow, Decided, Decision, Deck, Minutes, QUARTER, deck, hardly,
};
use crate::domain::strength::State;
use crate::domain::today::{Line, sources};
use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};

/// Cooling people looked at.
const LOOKED_AT: i64 = 200;
/// Pairs of people looked at that look like one.
const PAIRS: usize = 40;
/// Ghosts looked at.
const GHOSTS: i64 = 2_000;
/// Weeks that tell what is usual.
const USUAL: usize = 14;

const CARD: &str = "k.id, k.kind, k.target_id, k.contact_id, k.account_id, k.who, k.why, k.due_on, k.decision, k.decided_on, k.until_day, k.record_id, k.note";
const OLD_CHITS: &str = "where h.id in (select id from chit where receiver_id = 1 and given_on < ?1 union select id from chit where giver_id = 1 and given_on < ?1)
    and h.halves > (select coalesce(sum(q.halves), 0) from chit_part q where q.chit_id = h.id)";
const GHOST: &str = "select c.id, c.name, coalesce(a.name, ''), (select count(*) from mention m where m.contact_id = c.id),
    (select count(*) from link k where k.from_id = c.id and k.to_id is not null and k.state <> 'refused') + (select count(*) from link k where k.to_id = c.id and k.state <> 'refused'),
    (select count(*) from contact o where o.account_id = c.account_id and o.ghost = 0 and o.archived_on is null),
    exists (select 1 from sale s where s.account_id = c.account_id) or exists (select 1 from need n where n.account_id = c.account_id)
    from contact c indexed by contact_ghosts left join account a on a.id = c.account_id where c.ghost = 1 and c.archived_on is null limit ?1";
const ADVICE: &str = "select c.id, c.name, f.id, f.what, f.learned_on from fact f indexed by fact_advice cross join contact c on c.id = f.contact_id
    where f.kind = 'advice' and f.asked_on is null and c.archived_on is null order by f.learned_on, f.id";
const SPOKE: &str =
    "select exists (select 1 from party p where p.contact_id = ?1 and p.wall >= ?2 and p.wall < ?4
    and p.kind not in ('note', 'attempt') and (p.wall >= ?3 or p.touch_id >> 22 > ?5))";
const MENTORS: &str = "select c.id, c.name from contact c indexed by contact_mentors left join standing s on s.contact_id = c.id
    where c.mentor = 1 and c.archived_on is null order by s.last_day, c.name";

fn id_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Id>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Id::from_raw))
}

fn unread(what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.to_owned().into())
}

fn card_from(row: &Row<'_>) -> rusqlite::Result<CardRow> {
    let kind = row.get_ref(1)?.as_str()?;
    let card = Card {
        kind: MatterKind::parse(kind).ok_or_else(|| unread("a kind of card not known"))?,
        target: Id::from_raw(row.get(2)?),
        contact: id_at(row, 3)?,
        account: id_at(row, 4)?,
        who: row.get(5)?,
        why: row.get(6)?,
        due: maybe_day(row.get_ref(7)?.as_str_or_null()?)?,
    };
    let decision = Decision::parse(row.get_ref(8)?.as_str()?);
    let on = maybe_day(row.get_ref(9)?.as_str_or_null()?)?;
    let decided = match decision.zip(on) {
        Some((decision, on)) => Some(Decided {
            decision,
            on,
            until: maybe_day(row.get_ref(10)?.as_str_or_null()?)?,
            record: id_at(row, 11)?,
            note: row.get(12)?,
        }),
        None => None,
    };
    Ok(CardRow {
        id: Some(Id::from_raw(row.get(0)?)),
        card,
        decided,
        settled: false,
    })
}

/// One card; none when it is not in the book.
pub(in crate::store) fn review_card_of(
    db: &rusqlite::Connection,
    id: Id,
) -> Result<Option<CardRow>> {
    let sql = format!("select {CARD} from review_card k where k.id = ?1");
    Ok(rows(db, &sql, [id.raw()], card_from)?.pop())
}

/// The review that is under way.
pub(in crate::store) fn open_review(db: &rusqlite::Connection) -> Result<Option<(Id, NaiveDate)>> {
    let sql =
        "select id, started_on from review where finished_on is null order by started_on limit 1";
    let found = rows(db, sql, [], |row| {
        Ok((Id::from_raw(row.get(0)?), day(row.get_ref(1)?.as_str()?)?))
    })?;
    Ok(found.into_iter().next())
}

impl Store {
    /// The review that is under way, at the card where it was left; where none is, what would be in one that begins today.
    pub fn review_deck(&self, now: &Moment) -> Result<Deck> {
        let _moment = self.moment()?;
        let today = now.date_naive();
        let open = open_review(&self.db)?;
        let (review, started, cards) = if let Some((id, started)) = open {
            (Some(id), started, self.review_cards(id, now)?)
        } else {
            let cards = deck(self.loose(today)?, &self.aside(today)?);
            let rows = cards.into_iter().map(|card| CardRow {
                id: None,
                card,
                decided: None,
                settled: false,
            });
            (None, today, rows.collect())
        };
        Ok(Deck {
            review,
            started,
            cards,
            came: came(&self.follows(today)?, today),
            quiet: hardly(&self.logged_by_week(today)?),
        })
    }

    /// The minutes of the review as it stands now: what its end freezes. None where no review is under way.
    pub fn review_minutes(&self, now: &Moment) -> Result<Option<Minutes>> {
        let _moment = self.moment()?;
        let today = now.date_naive();
        let deck = self.review_deck(now)?;
        let begun = deck.review.is_some();
        Ok(if begun {
            Some(Minutes::of(&deck, self.ahead(today)?, today))
        } else {
            None
        })
    }

    /// The minutes of the reviews that are over, the latest first.
    pub fn minutes(&self, limit: usize) -> Result<Vec<Minutes>> {
        let sql = "select minutes from review where finished_on is not null order by finished_on desc, id desc limit ?1";
        rows(&self.db, sql, [limit as i64], |row| {
            let text = row.get_ref(0)?.as_str()?;
            serde_json::from_str(text).map_err(|error| unread(&error.to_string()))
        })
    }

    /// Everything that is loose in the book, each with the account it is about.
    fn loose(&self, today: NaiveDate) -> Result<Vec<(Line, Option<Id>)>> {
        let mut lines: Vec<Line> = self.drafts()?.iter().filter_map(sources::draft).collect();
        let open = self.open_promises(today)?;
        let overdue = open.iter().filter(|open| open.due < today);
        lines.extend(overdue.filter_map(|open| sources::promise(open, today)));
        let referrals = self.open_referrals()?;
        lines.extend(
            referrals
                .iter()
                .filter_map(|row| sources::referral(row, today)),
        );
        let number = day_number(today);
        let cooling = self.cooling(LOOKED_AT)?;
        lines.extend(
            cooling
                .iter()
                .filter_map(|who| sources::cooling(who, &self.params, number)),
        );
        let old = self.old_chits(today)?;
        lines.extend(old.iter().filter_map(|row| own::chit(row, today)));
        let asks = queue(self.ready(today)?, today);
        lines.extend(asks.iter().filter_map(|line| sources::ask(line, today)));
        let dates = self.days_ahead(today)?;
        lines.extend(dates.iter().filter_map(|day| sources::date(day, today)));
        lines.extend(self.ghosts()?.iter().filter_map(own::ghost));
        lines.extend(self.duplicates(PAIRS)?.iter().map(own::duplicate));
        lines.extend(self.advised()?.map(|advised| own::mentor(&advised, today)));
        let mut loose: Vec<(Line, Option<Id>)> =
            lines.into_iter().map(|line| (line, None)).collect();
        for row in self.accounts(today)? {
            if let Some(line) = own::account(&row) {
                loose.push((line, Some(row.id)));
            }
        }
        Ok(loose)
    }

    fn old_chits(&self, today: NaiveDate) -> Result<Vec<ChitRow>> {
        let before = shift(today, -QUARTER).to_string();
        super::register::chits(&self.db, OLD_CHITS, [before.as_str()])
    }

    fn ghosts(&self) -> Result<Vec<own::Ghost>> {
        rows(&self.db, GHOST, [GHOSTS], |row| {
            Ok(own::Ghost {
                id: Id::from_raw(row.get(0)?),
                name: row.get(1)?,
                account: row.get(2)?,
                mentions: row.get(3)?,
                links: row.get(4)?,
                colleagues: row.get(5)?,
                traded: row.get(6)?,
            })
        })
    }

    /// The advice that waits longest to be told back; where there is none, the mentor not heard of for longest.
    fn advised(&self) -> Result<Option<own::Advised>> {
        let given = rows(&self.db, ADVICE, [], |row| {
            Ok(own::Advised {
                mentor: Id::from_raw(row.get(0)?),
                name: row.get(1)?,
                advice: Some((
                    Id::from_raw(row.get(2)?),
                    row.get(3)?,
                    day(row.get_ref(4)?.as_str()?)?,
                )),
            })
        })?;
        if let Some(first) = given.into_iter().next() {
            return Ok(Some(first));
        }
        let mentors = rows(&self.db, MENTORS, [], |row| {
            Ok(own::Advised {
                mentor: Id::from_raw(row.get(0)?),
                name: row.get(1)?,
                advice: None,
            })
        })?;
        Ok(mentors.into_iter().next())
    }

    /// The cards of a review, those whose matter was settled meanwhile marked so.
    fn review_cards(&self, review: Id, now: &Moment) -> Result<Vec<CardRow>> {
        let sql =
            format!("select {CARD} from review_card k where k.review_id = ?1 order by k.position");
        let mut cards = rows(&self.db, &sql, [review.raw()], card_from)?;
        let today = now.date_naive();
        let aside = self.aside(today)?;
        for row in &mut cards {
            if row.decided.is_none() {
                let set_aside = aside.contains(&(row.card.kind.word().to_owned(), row.card.target));
                row.settled = set_aside || !self.is_loose(&row.card, today)?;
            }
        }
        Ok(cards)
    }

    /// Whether the matter of a card still wants a decision.
    fn is_loose(&self, card: &Card, today: NaiveDate) -> Result<bool> {
        let there = |sql: &str| -> Result<bool> {
            let found: Option<i64> = self
                .db
                .prepare_cached(sql)?
                .query_row([card.target.raw()], |row| row.get(0))
                .optional()?;
            Ok(found.is_some())
        };
        Ok(match card.kind {
            MatterKind::Draft => there("select 1 from draft where id = ?1")?,
            MatterKind::Promise | MatterKind::TheirPromise => {
                self.promise(card.target)?.is_some_and(|row| {
                    row.state == PromiseState::Open
                        && row.promise.due < today
                        && row.snoozed.is_none_or(|until| until <= today)
                })
            }
            MatterKind::Tell => self
                .referral(card.target)?
                .is_some_and(|row| matches!(row.told(today), Told::Due(_) | Told::Late(_))),
            MatterKind::Referral => self
                .referral(card.target)?
                .is_some_and(|row| row.waiting(today).is_some()),
            MatterKind::Stale => self.still_cools(card.target, today)?,
            MatterKind::Account => self.account(card.target, today)?.is_some_and(|page| {
                let kinds = page.row.alarms.iter().map(|alarm| alarm.kind);
                kinds.clone().any(|kind| kind == AlarmKind::SingleThreaded)
            }),
            MatterKind::Chit => self
                .chit(card.target)?
                .is_some_and(|row| row.open() > Halves(0)),
            MatterKind::Ask => {
                let asks = self.asks_of(card.target)?;
                let lately = asks.first().is_some_and(|row| row.ask.on >= today);
                !lately && self.is_listed(card.target)?
            }
            MatterKind::Date => there("select 1 from key_date where id = ?1")?,
            MatterKind::Ghost => {
                there("select 1 from contact where id = ?1 and ghost = 1 and archived_on is null")?
            }
            MatterKind::Duplicate => self.still_alike(card)?,
            MatterKind::Mentor if card.contact == Some(card.target) => {
                self.is_listed(card.target)?
            }
            MatterKind::Mentor => there("select 1 from fact where id = ?1 and asked_on is null")?,
            MatterKind::Plan => true,
        })
    }

    fn is_listed(&self, who: Id) -> Result<bool> {
        Ok(self.summary(who)?.is_some_and(|who| !who.archived))
    }

    /// Whether a relationship is still past its rhythm, and nothing was planned about it.
    pub(super) fn still_cools(&self, who: Id, today: NaiveDate) -> Result<bool> {
        let Some(summary) = self.summary(who)?.filter(|who| !who.archived) else {
            return Ok(false);
        };
        let sql = "select 1 from plan where contact_id = ?1 and state = 'open'";
        let planned: Option<i64> = self
            .db
            .prepare_cached(sql)?
            .query_row([who.raw()], |row| row.get(0))
            .optional()?;
        let state = summary.read(&self.params, day_number(today)).state;
        Ok(planned.is_none() && !matches!(state, State::New | State::OnRhythm))
    }

    /// Whether two who look like one are both there and were not told apart.
    fn still_alike(&self, card: &Card) -> Result<bool> {
        let Some(other) = card.contact else {
            return Ok(false);
        };
        let (low, high) = (card.target.min(other), card.target.max(other));
        let sql = "select (select count(*) from contact where id in (?1, ?2)) = 2
                   and not exists (select 1 from apart where contact_id = ?1 and other_id = ?2)";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row(params![low.raw(), high.raw()], |row| row.get(0))?)
    }

    /// The resolves of the last review that is over, and how things stand now.
    fn follows(&self, today: NaiveDate) -> Result<Vec<Follow>> {
        let sql = format!(
            "select {CARD}, p.state, p.on_day, m.state, m.due_on, k.changed_at from review_card k
             left join plan p on k.decision = 'plan' and p.id = k.record_id
             left join promise m on k.decision = 'promise' and m.id = k.record_id
             where k.review_id = (select id from review where finished_on is not null order by finished_on desc, id desc limit 1)
             and k.decision in ('call', 'plan', 'promise') order by k.position"
        );
        let found = rows(&self.db, &sql, [], |row| {
            let card = card_from(row)?;
            let plan: Option<String> = row.get(13)?;
            let on = maybe_day(row.get_ref(14)?.as_str_or_null()?)?;
            let plan = match (plan.as_deref(), on) {
                (Some("done"), _) => Some(PlanNow::Done),
                (Some("dropped"), _) => Some(PlanNow::Dropped),
                (Some(_), Some(on)) => Some(PlanNow::Open(on)),
                _ => None,
            };
            let state: Option<String> = row.get(15)?;
            let state = state.and_then(|state| PromiseState::parse(&state));
            let promise = state.zip(maybe_day(row.get_ref(16)?.as_str_or_null()?)?);
            let moment: i64 = row.get(17)?;
            let follow = card.decided.map(|decided| Follow {
                card: card.card,
                decided,
                plan,
                promise,
                spoke: false,
            });
            Ok(follow.map(|follow| (follow, moment)))
        })?;
        let mut follows = Vec::with_capacity(found.len());
        for (mut follow, moment) in found.into_iter().flatten() {
            if let Some(who) = follow.card.contact {
                let since = (follow.decided.on, moment);
                follow.spoke = self.spoke_since(who, since, today)?;
            }
            follows.push(follow);
        }
        Ok(follows)
    }

    /// Whether there was a touch with somebody after a decision of this day and instant: on a later day, or of the same day and logged
    /// after it. One that is still to come is none.
    fn spoke_since(&self, who: Id, since: (NaiveDate, i64), today: NaiveDate) -> Result<bool> {
        let start = |day: NaiveDate| i64::from(day_number(day)) * 86_400_000;
        let given = params![
            who.raw(),
            start(since.0),
            start(shift(since.0, 1)),
            start(shift(today, 1)),
            since.1
        ];
        Ok(self
            .db
            .prepare_cached(SPOKE)?
            .query_row(given, |row| row.get(0))?)
    }

    /// Touches logged in each seven days up to today, the latest first.
    fn logged_by_week(&self, today: NaiveDate) -> Result<Vec<u32>> {
        let millis = |day: NaiveDate| i64::from(day_number(day)) * 86_400_000;
        let end = millis(shift(today, 1));
        let week = 7 * 86_400_000;
        let start = end - week * USUAL as i64;
        // The day of a touch is the one it had where the rep was, at most a day from that of its instant.
        let sql = "select at + offset_minutes * 60000 from touch where at >= ?1 - 86400000 and at < ?2 + 86400000
            and at + offset_minutes * 60000 >= ?1 and at + offset_minutes * 60000 < ?2";
        let mut weeks = vec![0; USUAL];
        for at in rows(&self.db, sql, [start, end], |row| row.get::<_, i64>(0))? {
            let ago = usize::try_from((end - 1 - at) / week).unwrap_or(0);
            if let Some(count) = weeks.get_mut(ago) {
                *count += 1;
            }
        }
        Ok(weeks)
    }

    /// What is planned, and what of mine falls due, in the seven days after today, by day.
    pub fn ahead(&self, today: NaiveDate) -> Result<Vec<Ahead>> {
        let sql = "select p.on_day, c.name, p.why from plan p indexed by plan_open cross join contact c on c.id = p.contact_id
                   where p.state = 'open' and p.on_day >= ?1 and p.on_day <= ?2 and c.archived_on is null
                   union all select p.due_on, c.name, 'you promised: ' || p.what from promise p indexed by promise_open cross join contact c on c.id = p.contact_id
                   where p.state = 'open' and p.mine = 1 and p.due_on >= ?1 and p.due_on <= ?2 and c.archived_on is null order by 1, 2, 3";
        let given = params![today.to_string(), shift(today, 7).to_string()];
        rows(&self.db, sql, given, |row| {
            Ok(Ahead {
                on: day(row.get_ref(0)?.as_str()?)?,
                who: row.get(1)?,
                what: row.get(2)?,
            })
        })
    }
}
