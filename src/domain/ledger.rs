//! The chit ledger: registers with running balances, balances as of any day, what is shown of it, and what one could ask for.
//!
//! A favour is between two people and stays between them. Nothing in here ever takes one chit off against another: whoever owes and
//! is owed has two numbers, never their difference, and a circle of debts is shown as a circle ([`mod@routes`]).
//!
//! Everything is worked out from the chits with their settlements. The register is made of [`Line`]s, one for a favour and one for
//! each settlement; what is open on a day is the sum of the lines up to it. [`as_of`] cuts the chits back to a day first.

pub mod ageing;
pub mod routes;

pub use ageing::{AGES, Ageing, Owed, age, ageing, owed};
pub use routes::{Cycle, Route, cycles, routes};

use super::chit::{Chit, ChitPart, ChitRow, ChitState, Halves, Settlement};
use super::id::Id;
use super::text::fold;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Somebody in the ledger: who, and the name to show (`me` for the rep).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// Who.
    pub id: Id,
    /// The name.
    pub name: String,
}

impl Party {
    /// The name in the middle of a sentence: the rep is "you".
    pub fn said(&self) -> &str {
        if self.id == Id::ME { "you" } else { &self.name }
    }

    /// The verb after the name: "you owe", "Barney owes".
    pub fn owe(&self) -> &'static str {
        if self.id == Id::ME { "owe" } else { "owes" }
    }
}

/// Which way a chit goes, seen from me.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// I owe.
    IOwe,
    /// They owe me.
    TheyOwe,
    /// Between two others.
    Others,
}

impl Side {
    /// Every side, in the order a key steps through them.
    pub const ALL: [Side; 3] = [Side::IOwe, Side::TheyOwe, Side::Others];

    /// The side of a chit.
    pub fn of(chit: &Chit) -> Self {
        match (chit.giver, chit.receiver) {
            (_, Id::ME) => Side::IOwe,
            (Id::ME, _) => Side::TheyOwe,
            _ => Side::Others,
        }
    }

    /// The words on screen.
    pub fn words(self) -> &'static str {
        match self {
            Side::IOwe => "i owe",
            Side::TheyOwe => "they owe me",
            Side::Others => "between others",
        }
    }
}

/// Whose register is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's: there is no running balance.
    #[default]
    Everybody,
    /// One person's, with whomever: what they owe anybody, and what anybody owes them.
    Person(Id),
    /// Between two people: what the first owes the second, and the second the first.
    Pair(Id, Id),
}

impl Scope {
    /// Whether a chit belongs to the register.
    pub fn holds(self, chit: &Chit) -> bool {
        let is = |id| chit.giver == id || chit.receiver == id;
        match self {
            Scope::Everybody => true,
            Scope::Person(one) => is(one),
            Scope::Pair(one, other) => is(one) && is(other),
        }
    }

    /// Whose debts and claims run along.
    fn whose(self) -> Option<Id> {
        match self {
            Scope::Everybody => None,
            Scope::Person(one) | Scope::Pair(one, _) => Some(one),
        }
    }
}

/// Which chits are shown. Every condition must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these people.
    pub scope: Scope,
    /// Going this way; none: any.
    pub side: Option<Side>,
    /// Only what is still owed, wholly or in part.
    pub open: bool,
    /// Only what is not certain yet.
    pub pending: bool,
    /// Words that the favour, what came back for it, or a name must contain.
    pub text: String,
}

impl Filter {
    /// Whether a chit is shown.
    pub fn keeps(&self, row: &ChitRow) -> bool {
        self.scope.holds(&row.chit)
            && self.side.is_none_or(|side| Side::of(&row.chit) == side)
            && (!self.open || row.open() > Halves(0))
            && (!self.pending || row.chit.pending)
            && self.says(row)
    }

    fn says(&self, row: &ChitRow) -> bool {
        if self.text.trim().is_empty() {
            return true;
        }
        let mut all = fold(&row.chit.what);
        let more = row.parts.iter().map(|part| part.by.as_str());
        for text in more.chain([row.giver_name.as_str(), row.receiver_name.as_str()]) {
            all.push('\n');
            all.push_str(&fold(text));
        }
        let wanted = fold(&self.text);
        wanted.split_whitespace().all(|word| all.contains(word))
    }
}

/// The chits as they stood at the end of a day.
pub fn as_of(rows: Vec<ChitRow>, day: NaiveDate) -> Vec<ChitRow> {
    rows.into_iter().filter_map(|row| row.as_of(day)).collect()
}

/// What a line of the register tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// The favour was done: the receiver owes.
    Given,
    /// It, or a part of it, came back.
    Redeemed,
    /// It, or what was left of it, was let go.
    Forgiven,
}

/// What runs along in the register of a person or a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// What the person owes.
    pub owes: Halves,
    /// What the person is owed.
    pub owed: Halves,
}

/// One line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The day.
    pub on: NaiveDate,
    /// The chit.
    pub row: &'a ChitRow,
    /// What happened to it.
    pub event: Event,
    /// By how much that changed what the receiver owes the giver: up where it was given, else down.
    pub halves: Halves,
    /// The settlement, where it is one.
    pub part: Option<&'a ChitPart>,
    /// The balance after the line; none in everybody's register.
    pub running: Option<Running>,
}

impl Line<'_> {
    /// What the line says: the favour, or what came back for it.
    pub fn what(&self) -> &str {
        self.part.map_or(&self.row.chit.what, |part| &part.by)
    }
}

/// The settlements of a chit as they count: not before the favour was done, and together never more than it is worth, whatever a
/// book made elsewhere may say.
fn settlements(row: &ChitRow) -> impl Iterator<Item = (NaiveDate, Halves, &ChitPart)> {
    let mut left = row.chit.worth.0;
    row.parts.iter().filter_map(move |part| {
        let halves = part.halves.0.min(left);
        left -= halves;
        (halves > 0).then_some((part.on.max(row.chit.on), Halves(halves), part))
    })
}

/// The register of some people, oldest line first; of one day, what was given before what came back.
///
/// What is owed on a day is what its last line says:
///
/// ```
/// use chitbook::domain::chit::{Chit, ChitPart, ChitRow, Halves, Settlement};
/// use chitbook::domain::id::Id;
/// use chitbook::domain::ledger::{Scope, register};
///
/// let day = |n| chrono::NaiveDate::from_ymd_opt(2026, 5, n).unwrap_or_default();
/// let barney = Id::from_raw(10);
/// let chit = Chit {
///     giver: barney, receiver: Id::ME, what: "introduced me to Fred".to_owned(),
///     on: day(12), worth: Halves::BIG, pending: false, evidence: None,
/// };
/// let part = ChitPart {
///     on: day(20), halves: Halves::PLAIN, how: Settlement::Redeemed,
///     by: "a reference".to_owned(), counter: None, touch: None,
/// };
/// let row = ChitRow {
///     id: Id::from_raw(1), chit, giver_name: "Barney".to_owned(), receiver_name: "me".to_owned(),
///     parts: vec![part], cleared_on: None, calls: Vec::new(), words: String::new(),
/// };
/// let rows = [row];
/// let lines = register(&rows, Scope::Pair(Id::ME, barney));
/// let owes: Vec<u32> = lines.iter().filter_map(|line| Some(line.running?.owes.0)).collect();
/// assert_eq!(owes, [4, 2]);
/// ```
pub fn register(rows: &[ChitRow], scope: Scope) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for row in rows.iter().filter(|row| scope.holds(&row.chit)) {
        let line = |on, event, halves, part| Line {
            on,
            row,
            event,
            halves,
            part,
            running: None,
        };
        lines.push(line(row.chit.on, Event::Given, row.chit.worth, None));
        for (on, halves, part) in settlements(row) {
            let event = match part.how {
                Settlement::Redeemed => Event::Redeemed,
                Settlement::Forgiven => Event::Forgiven,
            };
            lines.push(line(on, event, halves, Some(part)));
        }
    }
    // Lines of one chit keep their order: the sort is stable.
    lines.sort_by_key(|line| {
        let row = line.row;
        (line.on, line.event != Event::Given, row.chit.on, row.id)
    });
    if let Some(who) = scope.whose() {
        let mut running = Running::default();
        for line in &mut lines {
            let side = if line.row.chit.receiver == who {
                &mut running.owes
            } else {
                &mut running.owed
            };
            side.0 = match line.event {
                Event::Given => side.0.saturating_add(line.halves.0),
                Event::Redeemed | Event::Forgiven => side.0.saturating_sub(line.halves.0),
            };
            line.running = Some(running);
        }
    }
    lines
}

/// The last favour between me and somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFavour {
    /// The day.
    pub on: NaiveDate,
    /// I did it; otherwise they did.
    pub mine: bool,
    /// What it was.
    pub what: String,
}

/// What stands between me and one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The person.
    pub who: Id,
    /// Their name.
    pub name: String,
    /// What I owe them.
    pub i_owe: Halves,
    /// What they owe me.
    pub they_owe: Halves,
    /// The day of the oldest chit that is open, either way; none where nothing is.
    pub oldest: Option<NaiveDate>,
    /// The last favour either way, what came back for a chit among them.
    pub last: LastFavour,
}

impl Balance {
    /// Whether anything is owed either way.
    pub fn is_open(&self) -> bool {
        self.i_owe.0 + self.they_owe.0 > 0
    }
}

/// One line for each person there ever was a favour with: what is owed most first, then what is owed longest.
pub fn balances(rows: &[ChitRow]) -> Vec<Balance> {
    let mut lines: BTreeMap<Id, Balance> = BTreeMap::new();
    for row in rows {
        let (who, name, i_gave) = match Side::of(&row.chit) {
            Side::IOwe => (row.chit.giver, &row.giver_name, false),
            Side::TheyOwe => (row.chit.receiver, &row.receiver_name, true),
            Side::Others => continue,
        };
        let favour = |on, mine, what: &str| LastFavour {
            on,
            mine,
            what: what.to_owned(),
        };
        let given = favour(row.chit.on, i_gave, &row.chit.what);
        let line = lines.entry(who).or_insert_with(|| Balance {
            who,
            name: name.clone(),
            i_owe: Halves(0),
            they_owe: Halves(0),
            oldest: None,
            last: given.clone(),
        });
        let open = row.open();
        if open > Halves(0) {
            let side = if i_gave {
                &mut line.they_owe
            } else {
                &mut line.i_owe
            };
            side.0 += open.0;
            line.oldest = Some(line.oldest.map_or(row.chit.on, |day| day.min(row.chit.on)));
        }
        // A favour that came back is one the other way; where it has a chit of its own, that tells it.
        let back = row
            .parts
            .iter()
            .filter(|part| part.how == Settlement::Redeemed && part.counter.is_none())
            .map(|part| favour(part.on, !i_gave, &part.by));
        for favour in std::iter::once(given).chain(back) {
            if favour.on > line.last.on {
                line.last = favour;
            }
        }
    }
    let mut lines: Vec<Balance> = lines.into_values().collect();
    let sum = |line: &Balance| line.i_owe.0 + line.they_owe.0;
    lines.sort_by_key(|line| {
        (
            std::cmp::Reverse(sum(line)),
            line.oldest,
            std::cmp::Reverse(line.last.on),
        )
    });
    lines
}

/// One moment in the story of a chit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// The day.
    pub on: NaiveDate,
    /// What happened, in a sentence without its end.
    pub what: String,
}

/// The story of a chit, oldest first: how it was given, cleared, called in, and came back.
pub fn story(row: &ChitRow) -> Vec<Episode> {
    let moment = |on, what: String| Episode { on, what };
    let sign = if row.chit.pending { ", pending" } else { "" };
    let (giver, receiver) = parties(row);
    let mut story = vec![moment(
        row.chit.on,
        format!(
            "{} {} {} {}{sign}: {}",
            receiver.said(),
            receiver.owe(),
            giver.said(),
            row.chit.worth,
            row.chit.what
        ),
    )];
    story.extend(row.cleared_on.map(|on| moment(on, "cleared".to_owned())));
    for call in &row.calls {
        let note = if call.note.is_empty() {
            String::new()
        } else {
            format!(": {}", call.note)
        };
        match call.outcome {
            None => story.push(moment(call.on, format!("called in{note}"))),
            Some(outcome) => {
                let answered = call.answered.unwrap_or(call.on);
                if answered > call.on {
                    story.push(moment(call.on, "called in".to_owned()));
                }
                story.push(moment(
                    answered,
                    format!("called in, {}{note}", outcome.word()),
                ));
            }
        }
    }
    for (on, halves, part) in settlements(row) {
        let how = match part.how {
            Settlement::Redeemed => ChitState::Redeemed,
            Settlement::Forgiven => ChitState::Forgiven,
        };
        let by = if part.by.is_empty() {
            String::new()
        } else {
            format!(": {}", part.by)
        };
        story.push(moment(on, format!("{halves} {}{by}", how.word())));
    }
    story.sort_by_key(|moment| moment.on);
    story
}

/// The two people of a chit: giver and receiver.
pub fn parties(row: &ChitRow) -> (Party, Party) {
    let party = |id, name: &str| Party {
        id,
        name: name.to_owned(),
    };
    (
        party(row.chit.giver, &row.giver_name),
        party(row.chit.receiver, &row.receiver_name),
    )
}

#[cfg(test)]
mod tests;
