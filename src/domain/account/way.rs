//! The way to somebody at an account who was never spoken to: through whom, and why they.
//!
//! Whoever I know there can lead me on; how well depends on how warm I stand with them and on what they are to the one who is wanted:
//!
//! ```text
//! warmth = strength · 0.9  the one who is wanted listens to them
//!                   · what a link between the two is worth (friend 0.8, manager 0.6 …)
//!                   · 0.7  they coach me
//!                   · 0.4  they work there
//! ```

use super::view::{Facts, Insider};
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, shift};
use crate::domain::paths::{How, KNOWN};
use crate::domain::promise::Promise;
use crate::domain::record::Role;
use crate::domain::strength::Params;
use chrono::NaiveDate;

/// What is left of the warmth where the one who is wanted listens to somebody.
const LISTENS: f64 = 0.9;
/// What is left of it where somebody coaches me.
const COACHES: f64 = 0.7;
/// Days in which an introduction is asked for.
const SOON: i64 = 7;

/// The way to a seat whose holder was never spoken to, or is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The seat.
    pub role: Role,
    /// Who sits there; none: that is the question.
    pub to: Option<(Id, String)>,
    /// Whom to ask; none: nobody there is known well enough.
    pub through: Option<(Id, String)>,
    /// Why they: "listens to them", "your coach", "colleague".
    pub why: String,
    /// How warm the way is, under 100.
    pub warmth: f64,
}

impl Way {
    /// What to do: "ask Frank Flint (your coach) to introduce you to Wilma Slate, decision maker".
    pub fn words(&self) -> String {
        let seat = self.role.phrase();
        match (&self.through, &self.to) {
            (Some((_, through)), Some((_, to))) => {
                let why = &self.why;
                format!("ask {through} ({why}) to introduce you to {to}, {seat}")
            }
            (Some((_, through)), None) => format!("ask {through} {}", question(self.role)),
            (None, Some((_, to))) => format!("find somebody who knows {to}, {seat}"),
            (None, None) => format!("find out {}", question(self.role)),
        }
    }

    /// The promise to ask for that introduction, with nothing left to fill in; none where nobody can be asked.
    pub fn promise(&self, today: NaiveDate) -> Option<Promise> {
        let (contact, _) = self.through.as_ref()?;
        let what = match &self.to {
            Some((_, to)) => format!("ask for an introduction to {to} ({})", self.role.phrase()),
            None => format!("ask {}", question(self.role)),
        };
        Some(Promise {
            contact: *contact,
            mine: true,
            what,
            made_on: today,
            due: shift(today, SOON),
            evidence: None,
        })
    }
}

/// What an empty seat asks.
pub fn question(role: Role) -> &'static str {
    match role {
        Role::Decision => "who decides",
        Role::Finance => "who signs for the money",
        Role::Technical => "who judges whether it works",
        Role::User => "who will work with it",
        Role::Gatekeeper => "who keeps the door",
        Role::Coach => "who would tell you what is said about you",
    }
}

/// The ways to every seat whose holder was never spoken to, then to those nobody is known to sit on, in the order of the committee.
pub fn ways(facts: &Facts, params: &Params, today: DayNumber) -> Vec<Way> {
    let mut ways = Vec::new();
    for role in Role::ALL {
        for seat in facts.seats.iter().filter(|seat| seat.role == role) {
            let holder = seat.holder.and_then(|holder| facts.insider(holder));
            if let Some(holder) = holder.filter(|holder| holder.standing.last.is_none()) {
                let already = |way: &Way| way.to.as_ref().is_some_and(|(id, _)| *id == holder.id);
                if !ways.iter().any(already) {
                    ways.push(way_to(facts, Some(holder), role, params, today));
                }
            }
        }
    }
    for role in facts.empty() {
        ways.push(way_to(facts, None, role, params, today));
    }
    ways
}

/// The best way to somebody, or to whoever sits on a seat.
pub fn way_to(
    facts: &Facts,
    to: Option<&Insider>,
    role: Role,
    params: &Params,
    today: DayNumber,
) -> Way {
    let others = facts
        .people
        .iter()
        .filter(|who| to.is_none_or(|to| to.id != who.id));
    let known = others.filter_map(|who| {
        let strength = who.standing.strength(params, who.cadence, today);
        (strength >= KNOWN).then(|| {
            let (factor, why) = closeness(facts, who.id, to);
            (strength * factor, why, who)
        })
    });
    let best = known.max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.id.cmp(&a.2.id)));
    let (warmth, why, through) = match best {
        Some((warmth, why, who)) => (warmth, why, Some((who.id, who.name.clone()))),
        None => (0.0, String::new(), None),
    };
    Way {
        role,
        to: to.map(|to| (to.id, to.name.clone())),
        through,
        why,
        warmth,
    }
}

/// What somebody is to the one who is wanted, and what that leaves of the warmth.
fn closeness(facts: &Facts, who: Id, to: Option<&Insider>) -> (f64, String) {
    let coaches = facts.holds(who, Role::Coach);
    let usual = if coaches {
        (COACHES, "your coach".to_owned())
    } else {
        (How::SameAccount.factor(), "a colleague".to_owned())
    };
    let Some(to) = to else { return usual };
    let listens =
        |seat: &super::SeatFact| seat.holder == Some(to.id) && seat.listens_to == Some(who);
    if facts.seats.iter().any(listens) {
        return (LISTENS, format!("{} listens to them", to.name));
    }
    let ties = facts.ties.iter().filter_map(|tie| {
        let forward = tie.from == who && tie.to == to.id;
        let back = tie.from == to.id && tie.to == who;
        (forward || back).then(|| (tie.factor(), tie.how.words(forward).to_owned()))
    });
    let nearest = ties.max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((factor, why)) if factor >= usual.0 => (factor, why),
        _ => usual,
    }
}
