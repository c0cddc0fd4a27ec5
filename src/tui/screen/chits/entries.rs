//! What the ledger lists: the lines of the register, balances, ages, routes and circles, worked out once for a view and a filter.

use super::View;
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use crate::domain::ledger::{
    Ageing, Balance, Cycle, Event, Filter, Owed, Route, Running, Side, ageing, balances, cycles,
    owed, register, routes,
};
use crate::tui::screen::board::held;
use chrono::NaiveDate;

/// A line of the register.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The chit it belongs to.
    pub chit: Id,
    /// Its place among the rows.
    pub row: usize,
    pub on: NaiveDate,
    pub event: Event,
    pub halves: Halves,
    pub what: String,
    pub running: Option<Running>,
    pub evidence: Option<Id>,
    /// Whom the keys for a person act on: of a favour of mine, the other; between others, whoever did it.
    pub about: Id,
}

/// One row of the list.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Heading(String),
    Line(Line),
    Balance(Balance),
    Owed(Owed),
    Route(Route),
    Cycle(Cycle),
}

/// What is found again after the list was made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Line(Id, Event, NaiveDate),
    Two(Id, Id),
}

impl Entry {
    pub(super) fn about(&self) -> Option<Id> {
        match self {
            Entry::Heading(_) => None,
            Entry::Line(line) => Some(line.about),
            Entry::Balance(balance) => Some(balance.who),
            Entry::Owed(owed) if owed.debtor.id == Id::ME => Some(owed.creditor.id),
            Entry::Owed(owed) => Some(owed.debtor.id),
            Entry::Route(route) => Some(route.via.id),
            Entry::Cycle(cycle) => {
                let mut people = cycle.people.iter().map(|(party, _)| party.id);
                people.find(|id| *id != Id::ME)
            }
        }
    }

    fn key(&self) -> Option<Key> {
        match self {
            Entry::Heading(_) | Entry::Cycle(_) => None,
            Entry::Line(line) => Some(Key::Line(line.chit, line.event, line.on)),
            Entry::Balance(balance) => Some(Key::Two(balance.who, balance.who)),
            Entry::Owed(owed) => Some(Key::Two(owed.debtor.id, owed.creditor.id)),
            Entry::Route(route) => Some(Key::Two(route.via.id, route.to.id)),
        }
    }
}

/// The list, and what stands over it.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub list: Vec<Entry>,
    /// The chits as of the day shown.
    pub rows: Vec<ChitRow>,
    /// What is open on either side: what I owe, what is owed to me, between others.
    pub sums: [Halves; 3],
    /// The sums of the ages, where those are listed.
    pub ageing: Option<Ageing>,
    /// A person or a pair is chosen, and the lines carry a running balance.
    pub runs: bool,
}

impl Entries {
    pub(super) fn of(view: View, rows: Vec<ChitRow>, filter: &Filter, day: NaiveDate) -> Self {
        let mut sums = [Halves(0); 3];
        for row in &rows {
            let side = Side::of(&row.chit) as usize;
            sums[side].0 += row.open().0;
        }
        let mut list = Entries {
            sums,
            ..Entries::default()
        };
        let kept = || -> Vec<ChitRow> {
            let rows = rows.iter().filter(|row| filter.keeps(row));
            rows.cloned().collect()
        };
        match view {
            View::Register => list.register(&rows, filter),
            View::Balances => list.balances(&kept(), day),
            View::Ageing => {
                let found = ageing(&kept(), filter.side, day);
                list.list = found.lines.iter().cloned().map(Entry::Owed).collect();
                list.ageing = Some(found);
            }
            View::Routes => list.routes(&owed(&rows, day)),
        }
        list.rows = rows;
        list
    }

    fn register(&mut self, rows: &[ChitRow], filter: &Filter) {
        let (places, kept): (Vec<usize>, Vec<ChitRow>) = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| filter.keeps(row))
            .map(|(at, row)| (at, row.clone()))
            .unzip();
        let places: std::collections::HashMap<Id, usize> = kept
            .iter()
            .zip(&places)
            .map(|(row, at)| (row.id, *at))
            .collect();
        let lines = register(&kept, filter.scope);
        let lines = lines.iter().map(|line| {
            let chit = &line.row.chit;
            let about = if chit.giver == Id::ME {
                chit.receiver
            } else {
                chit.giver
            };
            Entry::Line(Line {
                chit: line.row.id,
                row: places.get(&line.row.id).copied().unwrap_or(0),
                on: line.on,
                event: line.event,
                halves: line.halves,
                what: line.what().to_owned(),
                running: line.running,
                evidence: line.part.and_then(|part| part.touch).or(chit.evidence),
                about,
            })
        });
        self.list = lines.collect();
        self.runs = filter.scope != crate::domain::ledger::Scope::Everybody;
    }

    fn balances(&mut self, rows: &[ChitRow], day: NaiveDate) {
        let mine = balances(rows).into_iter().filter(Balance::is_open);
        self.list = mine.map(Entry::Balance).collect();
        let others = ageing(rows, Some(Side::Others), day).lines;
        if !others.is_empty() {
            self.list.push(Entry::Heading("Between others".to_owned()));
            self.list.extend(others.into_iter().map(Entry::Owed));
        }
    }

    fn routes(&mut self, owed: &[Owed]) {
        let found = routes(owed, Id::ME);
        if !found.is_empty() {
            let says = "Who could be asked for you, by somebody who owes you one";
            self.list.push(Entry::Heading(says.to_owned()));
            self.list.extend(found.into_iter().map(Entry::Route));
        }
        let found = cycles(owed, Id::ME);
        if !found.is_empty() {
            let says = "Circles: everybody owes the next one, and nothing is set off";
            self.list.push(Entry::Heading(says.to_owned()));
            self.list.extend(found.into_iter().map(Entry::Cycle));
        }
    }

    pub(super) fn key(&self, at: usize) -> Option<Key> {
        self.list.get(at).and_then(Entry::key)
    }

    pub(super) fn place(&self, key: Key) -> Option<usize> {
        self.list.iter().position(|entry| entry.key() == Some(key))
    }

    /// The nearest row from a place on that is no heading; `back` looks upwards first.
    pub(super) fn held(&self, at: usize, back: bool) -> usize {
        let stands = |at: &usize| !matches!(self.list.get(*at), Some(Entry::Heading(_)));
        held(at, self.list.len(), back, stands)
    }
}
