//! The alarms of an account: what is dangerous about it, why that is said, and what to do.
//!
//! ```text
//! rival seen           a competitor was seen there in the last 180 days
//! promise overdue      a promise of mine to somebody there is past its day and not set aside
//! single-threaded      over 80 % of the touches of 90 days (three at least) were with one person, or one person alone is
//!                      above the cold line
//! decision maker       somebody is known to decide, and was never spoken to
//! coach silent         whoever coaches me has been silent for longer than their rhythm, or was never spoken to
//! no coach             nobody coaches me there
//! ```
//!
//! The last four are about a committee: they are raised only for a *business*, an account that is a company and where something was
//! sold, heard or is wanted, a rival was seen, or a seat is known, and only once somebody there was spoken to. Otherwise every address
//! that came with an import would cry.

use super::view::Facts;
use super::way::{Way, way_to, ways};
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::record::Role;
use crate::domain::strength::{Params, State};
use crate::domain::when;
use chrono::NaiveDate;

/// Days for which a rival that was seen is near.
pub const NEAR: i64 = 180;
/// Touches below which their shares say nothing.
pub const FEW: u32 = 3;
/// More of the touches than this with one person: all rests on them. In hundredths.
pub const MOST: u32 = 80;

/// What is dangerous; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmKind {
    /// A competitor was seen there.
    Rival,
    /// A promise of mine is overdue.
    Promise,
    /// All rests on one person.
    SingleThreaded,
    /// Whoever decides was never spoken to.
    Decision,
    /// The coach has been silent beyond their rhythm.
    CoachSilent,
    /// There is no coach.
    NoCoach,
}

impl AlarmKind {
    /// Every kind, the worst first.
    pub const ALL: [AlarmKind; 6] = [
        AlarmKind::Rival,
        AlarmKind::Promise,
        AlarmKind::SingleThreaded,
        AlarmKind::Decision,
        AlarmKind::CoachSilent,
        AlarmKind::NoCoach,
    ];

    /// The words on screen and in files.
    pub fn words(self) -> &'static str {
        match self {
            AlarmKind::Rival => "rival seen",
            AlarmKind::Promise => "promise overdue",
            AlarmKind::SingleThreaded => "single-threaded",
            AlarmKind::Decision => "decision maker never touched",
            AlarmKind::CoachSilent => "coach silent",
            AlarmKind::NoCoach => "no coach",
        }
    }
}

/// One alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// What is dangerous.
    pub kind: AlarmKind,
    /// Whom it is about.
    pub about: Option<Id>,
    /// The rival or the promise it is about.
    pub record: Option<Id>,
    /// Why that is said.
    pub why: String,
    /// What to do.
    pub what: String,
    /// The ways to those who were never spoken to, where that is what to do.
    pub ways: Vec<Way>,
}

/// The alarms of an account, the worst first.
pub fn alarms(facts: &Facts, params: &Params, today: NaiveDate) -> Vec<Alarm> {
    let day = day_number(today);
    let mut alarms = rivals(facts, today);
    alarms.extend(promises(facts, today));
    let spoken = |who: &super::Insider| who.standing.last.is_some();
    if facts.is_business() && facts.people.iter().any(spoken) {
        alarms.extend(single_threaded(facts, params, day));
        alarms.extend(decision(facts, params, day));
        alarms.extend(coach(facts, params, day));
    }
    alarms
}

fn rivals(facts: &Facts, today: NaiveDate) -> Vec<Alarm> {
    let mut seen: Vec<&super::view::Sighting> = facts
        .rivals
        .iter()
        .filter(|rival| (0..=NEAR).contains(&(today - rival.on).num_days()))
        .collect();
    seen.sort_by_key(|rival| (std::cmp::Reverse(rival.on), std::cmp::Reverse(rival.id)));
    let mut names: Vec<String> = Vec::new();
    let mut alarms = Vec::new();
    for rival in seen {
        let name = rival.name.to_lowercase();
        if names.contains(&name) {
            continue;
        }
        names.push(name);
        let when = when::say(rival.on, today);
        let words = match (rival.what.is_empty(), rival.by.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!(", told by {}", rival.by),
            (false, true) => format!(": \"{}\"", rival.what),
            (false, false) => format!(": \"{}\" ({})", rival.what, rival.by),
        };
        let coach = facts.holder_of(Role::Coach);
        alarms.push(Alarm {
            kind: AlarmKind::Rival,
            about: rival.contact,
            record: Some(rival.id),
            why: format!("{} was seen {when}{words}", rival.name),
            what: match coach {
                Some(coach) => format!("Ask {} what they were told, and by whom", coach.name),
                None => "Call whoever decides before they do".to_owned(),
            },
            ways: Vec::new(),
        });
    }
    alarms
}

fn promises(facts: &Facts, today: NaiveDate) -> Vec<Alarm> {
    let overdue = facts.promises.iter().filter(|row| {
        row.promise.mine
            && row.promise.due < today
            && row.snoozed.is_none_or(|until| until <= today)
    });
    overdue
        .map(|row| {
            let late = (today - row.promise.due).num_days();
            let days = if late == 1 {
                "a day"
            } else {
                &format!("{late} days")
            };
            let name = facts.name_of(row.promise.contact);
            Alarm {
                kind: AlarmKind::Promise,
                about: Some(row.promise.contact),
                record: Some(row.id),
                why: format!("you promised {name}: {}, {days} overdue", row.promise.what),
                what: "Keep it today, or agree on a new day before they ask".to_owned(),
                ways: Vec::new(),
            }
        })
        .collect()
}

/// The person all rests on, and why that is said.
pub fn rests_on(facts: &Facts, params: &Params, today: DayNumber) -> Option<(Id, String)> {
    let all: u32 = facts.people.iter().map(|who| who.recent).sum();
    let most = facts.people.iter().max_by_key(|who| who.recent);
    if let Some(most) = most.filter(|most| all >= FEW && most.recent * 100 > all * MOST) {
        let why = if most.recent == all {
            format!("all {all} touches of 90 days were with {}", most.name)
        } else {
            format!(
                "{} of {all} touches of 90 days were with {}",
                most.recent, most.name
            )
        };
        return Some((most.id, why));
    }
    let mut warm = facts.people.iter().filter_map(|who| {
        let strength = who.standing.strength(params, who.cadence, today);
        (strength >= params.cold_line).then_some((who, strength))
    });
    match (warm.next(), warm.next()) {
        (Some((who, strength)), None) => Some((
            who.id,
            format!(
                "only {} is warm ({strength:.0}); nobody else is above {:.0}",
                who.name, params.cold_line
            ),
        )),
        _ => None,
    }
}

fn single_threaded(facts: &Facts, params: &Params, today: DayNumber) -> Option<Alarm> {
    let (who, why) = rests_on(facts, params, today)?;
    let ways = ways(facts, params, today);
    let what = if let Some(way) = ways.first() {
        crate::domain::strength::words::sentence(&way.words())
    } else {
        second(facts, who, params, today).map_or_else(
            || "Ask for a second person here".to_owned(),
            |name| format!("Call {name}: a second person here who knows you"),
        )
    };
    Some(Alarm {
        kind: AlarmKind::SingleThreaded,
        about: Some(who),
        record: None,
        why,
        what,
        ways,
    })
}

/// The warmest of the others.
fn second(facts: &Facts, first: Id, params: &Params, today: DayNumber) -> Option<String> {
    let others = facts.people.iter().filter(|who| who.id != first);
    let strength = |who: &super::Insider| who.standing.strength(params, who.cadence, today);
    let best = others.max_by(|a, b| strength(a).total_cmp(&strength(b)));
    best.map(|who| who.name.clone())
}

fn decision(facts: &Facts, params: &Params, today: DayNumber) -> Option<Alarm> {
    let deciding = facts.holders_of(Role::Decision);
    let never: Vec<&super::Insider> = deciding
        .iter()
        .copied()
        .filter(|who| who.standing.last.is_none())
        .collect();
    let first = never.first()?;
    let too = if never.len() < deciding.len() {
        " too"
    } else {
        ""
    };
    let ways: Vec<Way> = never
        .iter()
        .map(|who| way_to(facts, Some(who), Role::Decision, params, today))
        .collect();
    Some(Alarm {
        kind: AlarmKind::Decision,
        about: Some(first.id),
        record: None,
        why: format!("{} decides{too}, and you never spoke", first.name),
        what: ways.first().map_or_else(String::new, |way| {
            crate::domain::strength::words::sentence(&way.words())
        }),
        ways,
    })
}

fn coach(facts: &Facts, params: &Params, today: DayNumber) -> Option<Alarm> {
    let coaches = facts.holders_of(Role::Coach);
    let alarm = |kind, about, why: String, what: String| Alarm {
        kind,
        about,
        record: None,
        why,
        what,
        ways: Vec::new(),
    };
    if coaches.is_empty() {
        let warmest = facts.warmest(params, today);
        return Some(alarm(
            AlarmKind::NoCoach,
            None,
            "nobody here warns you from inside".to_owned(),
            warmest.map_or_else(
                || "Find somebody who wants you to win".to_owned(),
                |who| format!("Ask {} what is said when you are not in the room", who.name),
            ),
        ));
    }
    let state = |who: &super::Insider| who.standing.state(params, who.cadence, today);
    if coaches.iter().any(|who| state(who) == State::OnRhythm) {
        return None;
    }
    let latest = coaches.iter().max_by_key(|who| who.standing.last)?;
    let why = match latest.standing.last {
        None => format!("{} is your coach, and you never spoke", latest.name),
        Some(last) => {
            let days = today.saturating_sub(last);
            let rhythm = latest.standing.rhythm(latest.cadence);
            format!(
                "{}, your coach, has been silent for {days} days; usual gap {rhythm:.0}",
                latest.name
            )
        }
    };
    let what = format!("Call {}", latest.name);
    Some(alarm(AlarmKind::CoachSilent, Some(latest.id), why, what))
}
