//! What a reader sees of an account: its row in the list, and its page with the committee grid.
//!
//! **Strength.** An account is as safe as the second person who would miss us. With the warmest two people there, `a ≥ b`:
//!
//! ```text
//! strength = 0.6 · a + 0.4 · b
//! ```
//!
//! One friend alone, however good, makes 60 at most; two equally warm people make their own strength; a third changes nothing, because
//! a call to the second is what helps most. It never falls when anybody there warms.
//!
//! **Coverage.** Of the seats that are known, those whose holder is above the cold line. A seat known without a holder is known and
//! not warm; a role with no seat at all is *empty*, and a question for the next brief.

use super::alarm::{Alarm, alarms};
use super::story::StoryRow;
use super::{CoachingRow, Profile, way};
use crate::domain::id::Id;
use crate::domain::moment::{date, day_number};
use crate::domain::paths::Tie;
use crate::domain::promise::PromiseRow;
use crate::domain::record::{RecordRow, Role, Stance};
use crate::domain::strength::{Params, Reading, Standing};
use crate::domain::tree::Sums;
use chrono::NaiveDate;

/// What the warmest counts in an account's strength, and the second.
const FIRST: f64 = 0.6;
const SECOND: f64 = 0.4;

/// Somebody at an account, as the book knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Insider {
    /// Who.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their title, or empty.
    pub title: String,
    /// The state of the strength model.
    pub standing: Standing,
    /// The cadence that holds for them.
    pub cadence: Option<u16>,
    /// Touches with them in the last 90 days that count.
    pub recent: u32,
}

/// A seat on the committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatFact {
    /// Its identity.
    pub id: Id,
    /// Which.
    pub role: Role,
    /// Who sits there; none: not known.
    pub holder: Option<Id>,
    /// What they think of us.
    pub stance: Stance,
    /// Whom they listen to.
    pub listens_to: Option<Id>,
}

/// A competitor that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The record.
    pub id: Id,
    /// The competitor.
    pub name: String,
    /// What was said about it.
    pub what: String,
    /// On which day.
    pub on: NaiveDate,
    /// Who told, or empty.
    pub by: String,
    /// Who told.
    pub contact: Option<Id>,
}

/// What the book holds of an account: what its row and its alarms are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Which.
    pub id: Id,
    /// Its page.
    pub profile: Profile,
    /// Who belongs to it or sits on its committee and was not archived, by id.
    pub people: Vec<Insider>,
    /// The seats, in the order they were noted.
    pub seats: Vec<SeatFact>,
    /// Competitors seen.
    pub rivals: Vec<Sighting>,
    /// Open promises both ways with these people.
    pub promises: Vec<PromiseRow>,
    /// Links between these people.
    pub ties: Vec<Tie>,
    /// Whether anything was ever sold to it or heard from it.
    pub traded: bool,
    /// What was sold to it in the last 365 days.
    pub sold: Sums,
}

impl Facts {
    /// An account with this name, of which nothing else is known.
    pub fn named(id: Id, name: &str) -> Self {
        Facts {
            id,
            profile: Profile {
                name: name.to_owned(),
                ..Profile::default()
            },
            people: Vec::new(),
            seats: Vec::new(),
            rivals: Vec::new(),
            promises: Vec::new(),
            ties: Vec::new(),
            traded: false,
            sold: Sums::default(),
        }
    }

    /// Whether there is a committee to worry about: a company where something was sold, heard or is wanted, a rival was seen, or a
    /// seat is known.
    pub fn is_business(&self) -> bool {
        let profile = &self.profile;
        let said = profile.regard.is_some() || profile.wanted.is_some();
        let known = said || self.traded || !self.seats.is_empty() || !self.rivals.is_empty();
        known && !profile.household
    }

    /// Somebody there.
    pub fn insider(&self, id: Id) -> Option<&Insider> {
        self.people.iter().find(|who| who.id == id)
    }

    /// The name of somebody there.
    pub fn name_of(&self, id: Id) -> &str {
        self.insider(id).map_or("somebody", |who| &who.name)
    }

    /// Whether somebody holds a role.
    pub fn holds(&self, who: Id, role: Role) -> bool {
        self.seats
            .iter()
            .any(|seat| seat.role == role && seat.holder == Some(who))
    }

    /// Those who hold a role, in the order it was noted.
    pub fn holders_of(&self, role: Role) -> Vec<&Insider> {
        let seats = self.seats.iter().filter(|seat| seat.role == role);
        let holders = seats.filter_map(|seat| seat.holder);
        holders.filter_map(|id| self.insider(id)).collect()
    }

    /// The first who holds a role.
    pub fn holder_of(&self, role: Role) -> Option<&Insider> {
        self.holders_of(role).into_iter().next()
    }

    /// The roles nobody is known to hold.
    pub fn empty(&self) -> Vec<Role> {
        let held = |role: &Role| !self.holders_of(*role).is_empty();
        Role::ALL.into_iter().filter(|role| !held(role)).collect()
    }

    /// The warmest person there; none where nobody was ever spoken to.
    pub fn warmest(
        &self,
        params: &Params,
        today: crate::domain::moment::DayNumber,
    ) -> Option<&Insider> {
        let spoken = self.people.iter().filter(|who| who.standing.last.is_some());
        let strength = |who: &Insider| who.standing.strength(params, who.cadence, today);
        spoken.max_by(|a, b| strength(a).total_cmp(&strength(b)).then(b.id.cmp(&a.id)))
    }

    /// How strong the account is, `0 ≤ strength < 100`.
    pub fn strength(&self, params: &Params, today: NaiveDate) -> f64 {
        let day = day_number(today);
        let (mut first, mut second) = (0.0_f64, 0.0_f64);
        for who in &self.people {
            let strength = who.standing.strength(params, who.cadence, day);
            if strength > first {
                (first, second) = (strength, first);
            } else {
                second = second.max(strength);
            }
        }
        FIRST * first + SECOND * second
    }

    /// Of the seats that are known, those that are warm.
    pub fn coverage(&self, params: &Params, today: NaiveDate) -> Coverage {
        let day = day_number(today);
        let warm = |seat: &&SeatFact| {
            let holder = seat.holder.and_then(|id| self.insider(id));
            holder.is_some_and(|who| {
                who.standing.strength(params, who.cadence, day) >= params.cold_line
            })
        };
        Coverage {
            warm: self.seats.iter().filter(warm).count(),
            known: self.seats.len(),
        }
    }
}

/// How much of the committee is warm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Seats whose holder is above the cold line.
    pub warm: usize,
    /// Seats that are known.
    pub known: usize,
}

/// An account in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountRow {
    /// Which.
    pub id: Id,
    /// Its page.
    pub profile: Profile,
    /// How strong it is today.
    pub strength: f64,
    /// How much of the committee is warm.
    pub coverage: Coverage,
    /// The roles nobody is known to hold; none of a household.
    pub empty: Vec<Role>,
    /// What is dangerous, the worst first.
    pub alarms: Vec<Alarm>,
    /// The last contact day with anybody there.
    pub last: Option<NaiveDate>,
    /// My open promises to people there, and theirs to me.
    pub promises: (usize, usize),
    /// What was sold to it in the last 365 days.
    pub sold: Sums,
    /// How many people there are in the lists.
    pub people: usize,
}

/// An account's row.
pub fn row(facts: &Facts, params: &Params, today: NaiveDate) -> AccountRow {
    let mine = facts.promises.iter().filter(|row| row.promise.mine).count();
    let last = facts
        .people
        .iter()
        .filter_map(|who| who.standing.last)
        .max();
    AccountRow {
        id: facts.id,
        profile: facts.profile.clone(),
        strength: facts.strength(params, today),
        coverage: facts.coverage(params, today),
        empty: if facts.profile.household {
            Vec::new()
        } else {
            facts.empty()
        },
        alarms: alarms(facts, params, today),
        last: last.map(date),
        promises: (mine, facts.promises.len() - mine),
        sold: facts.sold.clone(),
        people: facts.people.len(),
    }
}

/// The order of the list: the worst alarm first, those with more alarms before those with fewer, then by strength, strongest first,
/// then by name.
pub fn sort(rows: &mut [AccountRow]) {
    rows.sort_by(|a, b| {
        let worst = |row: &AccountRow| {
            row.alarms
                .first()
                .map_or(usize::MAX, |alarm| alarm.kind as usize)
        };
        worst(a)
            .cmp(&worst(b))
            .then(b.alarms.len().cmp(&a.alarms.len()))
            .then(b.strength.total_cmp(&a.strength))
            .then_with(|| {
                a.profile
                    .name
                    .to_lowercase()
                    .cmp(&b.profile.name.to_lowercase())
            })
            .then(a.id.cmp(&b.id))
    });
}

/// One person on a seat.
#[derive(Clone, Debug, PartialEq)]
pub struct GridSeat {
    /// The seat.
    pub seat: Id,
    /// Who sits there, with what the model says of them; none: not known.
    pub holder: Option<(Insider, Reading)>,
    /// What they think of us.
    pub stance: Stance,
    /// Whom they listen to: who, and their name.
    pub listens_to: Option<(Id, String)>,
}

/// A role on the committee: several people a seat.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// Which.
    pub role: Role,
    /// Who sits there.
    pub seats: Vec<GridSeat>,
    /// What to ask, where nobody is known to: "who signs for the money".
    pub question: Option<&'static str>,
}

/// An account's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its row.
    pub row: AccountRow,
    /// The committee, a row for each role in the order it is shown.
    pub grid: Vec<GridRow>,
    /// Who belongs there and sits on no seat, warmest first.
    pub others: Vec<(Insider, Reading)>,
    /// Open promises both ways, earliest due first.
    pub promises: Vec<PromiseRow>,
    /// Needs, newest first: open, delivered with their results, and dropped.
    pub needs: Vec<RecordRow>,
    /// Sales, newest first.
    pub sales: Vec<RecordRow>,
    /// Competitors seen, newest first.
    pub rivals: Vec<Sighting>,
    /// What coaches warned of, newest first.
    pub coaching: Vec<CoachingRow>,
    /// Who will speak for us.
    pub stories: Vec<StoryRow>,
}

/// The committee as a grid: a row for each role.
pub fn grid(facts: &Facts, params: &Params, today: NaiveDate) -> Vec<GridRow> {
    let day = day_number(today);
    let rows = Role::ALL.into_iter().map(|role| {
        let seats = facts.seats.iter().filter(|seat| seat.role == role);
        let seats: Vec<GridSeat> = seats
            .map(|seat| GridSeat {
                seat: seat.id,
                holder: seat.holder.and_then(|id| facts.insider(id)).map(|who| {
                    let reading = who.standing.read(params, who.cadence, day);
                    (who.clone(), reading)
                }),
                stance: seat.stance,
                listens_to: seat
                    .listens_to
                    .and_then(|id| facts.insider(id))
                    .map(|who| (who.id, who.name.clone())),
            })
            .collect();
        let held = seats.iter().any(|seat| seat.holder.is_some());
        GridRow {
            role,
            seats,
            question: (!held).then(|| way::question(role)),
        }
    });
    rows.collect()
}

/// Who sits on no seat, warmest first.
pub fn others(facts: &Facts, params: &Params, today: NaiveDate) -> Vec<(Insider, Reading)> {
    let day = day_number(today);
    let seated = |who: &&Insider| facts.seats.iter().any(|seat| seat.holder == Some(who.id));
    let others = facts.people.iter().filter(|who| !seated(who));
    let mut others: Vec<(Insider, Reading)> = others
        .map(|who| (who.clone(), who.standing.read(params, who.cadence, day)))
        .collect();
    others.sort_by(|a, b| {
        let strength = b.1.strength.total_cmp(&a.1.strength);
        strength
            .then_with(|| a.0.name.cmp(&b.0.name))
            .then(a.0.id.cmp(&b.0.id))
    });
    others
}
