//! One thing to ask in this call, with the reason for it.

use super::Brief;
use crate::domain::people::Person;
use crate::domain::record::{NeedState, Outcome, Record, Role};
use crate::domain::when;
use chrono::NaiveDate;

/// Days in which a result is fresh.
const FRESH: i64 = 90;
/// Days after an ask in which nobody is asked again.
const REST: i64 = 90;
/// Days after which a need that was only heard is asked about.
const UNTOUCHED: i64 = 30;
/// Days after a moment in which one still asks how it went.
const AFTER: i64 = 60;

/// Something to ask, and why now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The question.
    pub what: String,
    /// Why now, in a phrase.
    pub why: String,
}

/// The one thing to ask: for a referral where a result is fresh and nothing of mine is overdue; else what they promised and did not
/// do; who sits on the seat nobody is known for; how the moment went that has come; whether a need that was heard still stands.
pub fn suggested(person: &Person, brief: &Brief, today: NaiveDate) -> Option<Ask> {
    referral(person, brief, today)
        .or_else(|| theirs(person, today))
        .or_else(|| moment(brief, today))
        .or_else(|| seat(brief))
        .or_else(|| need(brief, today))
}

fn referral(person: &Person, brief: &Brief, today: NaiveDate) -> Option<Ask> {
    let late =
        |row: &crate::domain::promise::PromiseRow| row.promise.mine && row.promise.due < today;
    let rests = brief
        .asked
        .as_ref()
        .is_some_and(|(on, _)| (today - *on).num_days() < REST);
    if rests || person.promises.iter().any(late) {
        return None;
    }
    let results = brief.records.iter().filter_map(|row| match &row.record {
        Record::Need(need) if need.contact == person.summary.id => need.outcome.as_ref(),
        _ => None,
    });
    let fresh = |outcome: &&Outcome| (0..=FRESH).contains(&(today - outcome.on).num_days());
    let latest = results.filter(fresh).max_by_key(|outcome| outcome.on)?;
    let before = match &brief.asked {
        None => "never asked".to_owned(),
        Some((on, _)) => format!("last asked {}", when::ago((today - *on).num_days() as i32)),
    };
    let ago = when::ago((today - latest.on).num_days() as i32);
    Some(Ask {
        what: "Who else has this trouble?".to_owned(),
        why: format!("“{}” {ago}; {before}", latest.what),
    })
}

fn theirs(person: &Person, today: NaiveDate) -> Option<Ask> {
    let mut late = person
        .promises
        .iter()
        .filter(|row| !row.promise.mine && row.promise.due < today);
    let late = late.next()?;
    Some(Ask {
        what: format!("What became of: {}?", late.promise.what),
        why: format!(
            "they promised it for {}",
            when::say(late.promise.due, today)
        ),
    })
}

/// How the latest moment went that has come and was not followed up.
fn moment(brief: &Brief, today: NaiveDate) -> Option<Ask> {
    let past = brief.records.iter().filter_map(|row| match &row.record {
        Record::Fact(fact) if fact.asked.is_none() => Some((fact.due?, fact.what.as_str())),
        Record::Date(day) if !day.date.yearly => {
            let on = day.date.on;
            let on = NaiveDate::from_ymd_opt(on.year?, on.month, on.day)?;
            Some((on, day.date.label.as_str()))
        }
        _ => None,
    });
    let recent = past.filter(|(on, _)| (0..=AFTER).contains(&(today - *on).num_days()));
    let (on, what) = recent.max_by_key(|(on, _)| *on)?;
    Some(Ask {
        what: format!("How did it go: {what}?"),
        why: format!("it was {}", when::on(on, today)),
    })
}

/// Who sits where nobody is known to sit, at an account of which a seat is known at all.
fn seat(brief: &Brief) -> Option<Ask> {
    if brief.committee.is_empty() {
        return None;
    }
    let empty = empty_seats(brief);
    let first = empty.first()?;
    let what = match first {
        Role::Decision => "Who decides?",
        Role::Finance => "Who else signs?",
        Role::Technical => "Who judges whether it works?",
        Role::User => "Who will work with it?",
        Role::Gatekeeper => "Who keeps the door?",
        Role::Coach => "Who inside would help us?",
    };
    Some(Ask {
        what: what.to_owned(),
        why: format!("nobody is known for: {}", phrases(&empty)),
    })
}

fn need(brief: &Brief, today: NaiveDate) -> Option<Ask> {
    let heard = brief.records.iter().filter_map(|row| match &row.record {
        Record::Need(need) if need.state == NeedState::Heard => Some(need),
        _ => None,
    });
    let old = heard.filter(|need| (today - need.heard).num_days() >= UNTOUCHED);
    let need = old.min_by_key(|need| need.heard)?;
    Some(Ask {
        what: format!("Is it still a problem: {}?", need.what),
        why: format!(
            "heard {}",
            when::ago((today - need.heard).num_days() as i32)
        ),
    })
}

/// The seats of a committee for which nobody is known, in the order a committee is shown.
pub(super) fn empty_seats(brief: &Brief) -> Vec<Role> {
    let held = |role: &Role| {
        let mut members = brief.committee.iter();
        members.any(|member| member.role == *role && member.holder.is_some())
    };
    Role::ALL.into_iter().filter(|role| !held(role)).collect()
}

pub(super) fn phrases(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.phrase()).collect();
    words.join(", ")
}
