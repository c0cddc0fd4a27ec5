//! Whom somebody who owes me could ask in my place, and circles of favours. Suggestions only: nothing here settles anything.

use super::{Owed, Party};
use crate::domain::chit::Halves;
use crate::domain::id::Id;
use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

/// The longest circle that is looked for.
const LONGEST: usize = 6;
/// Circles given back at most, the shortest first.
const MOST: usize = 50;
/// Steps taken at most in looking for circles, whatever the book holds.
const PATIENCE: usize = 200_000;

/// Somebody who owes me could ask somebody who owes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Whose favour it would be: me, usually.
    pub of: Party,
    /// Who owes me.
    pub via: Party,
    /// How much.
    pub via_owes: Halves,
    /// Who owes them.
    pub to: Party,
    /// How much.
    pub to_owes: Halves,
    /// How much they owe me anyway.
    pub anyway: Halves,
}

impl Route {
    /// "Wilma could ask Barney for you: Barney owes Wilma 1, Wilma owes you 2"; and of whoever owes me anyway, that they do.
    pub fn words(&self) -> String {
        let (of, via, to) = (self.of.said(), self.via.said(), self.to.said());
        let (to_owe, via_owe) = (self.to.owe(), self.via.owe());
        let anyway = if self.anyway > Halves(0) {
            format!("; {to} {to_owe} {of} {} too", self.anyway)
        } else {
            String::new()
        };
        format!(
            "{via} could ask {to} for {of}: {to} {to_owe} {via} {}, {via} {via_owe} {of} {}{anyway}",
            self.to_owes, self.via_owes
        )
    }
}

/// The routes to favours for somebody, by what `owed` says. Who owes them most comes first; those who owe them anyway, and need
/// nobody between, stand last.
pub fn routes(owed: &[Owed], of: Id) -> Vec<Route> {
    let mut to_whom: HashMap<Id, Vec<&Owed>> = HashMap::new();
    for line in owed {
        to_whom.entry(line.creditor.id).or_default().push(line);
    }
    let direct = to_whom.get(&of).map_or(&[][..], Vec::as_slice);
    let at_hand: HashMap<Id, Halves> = direct
        .iter()
        .map(|line| (line.debtor.id, line.total))
        .collect();
    let mut found = Vec::new();
    for first in direct {
        for second in to_whom.get(&first.debtor.id).into_iter().flatten() {
            if second.debtor.id == of {
                continue;
            }
            found.push(Route {
                of: first.creditor.clone(),
                via: first.debtor.clone(),
                via_owes: first.total,
                to: second.debtor.clone(),
                to_owes: second.total,
                anyway: at_hand.get(&second.debtor.id).copied().unwrap_or(Halves(0)),
            });
        }
    }
    found.sort_by_key(|route| {
        let rank = (Reverse(route.via_owes), Reverse(route.to_owes));
        (route.anyway > Halves(0), rank)
    });
    found
}

/// A circle: each owes the next, and the last owes the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Who, and how much they owe the next.
    pub people: Vec<(Party, Halves)>,
}

impl Cycle {
    /// "you owe Barney 1, Barney owes Wilma 1, Wilma owes you ½".
    pub fn words(&self) -> String {
        let next = self.people.iter().cycle().skip(1);
        let links = self
            .people
            .iter()
            .zip(next)
            .map(|((one, halves), (other, _))| {
                format!("{} {} {} {halves}", one.said(), one.owe(), other.said())
            });
        links.collect::<Vec<_>>().join(", ")
    }
}

/// Circles of three and more that somebody stands in, the shortest first. They are only shown: each of the favours is still owed.
pub fn cycles(owed: &[Owed], of: Id) -> Vec<Cycle> {
    let mut by_debtor: HashMap<Id, Vec<&Owed>> = HashMap::new();
    for line in owed {
        by_debtor.entry(line.debtor.id).or_default().push(line);
    }
    let home = steps_home(owed, of);
    let mut found = Vec::new();
    let mut patience = PATIENCE;
    // One length after the other, so that the shortest are found first however many there are.
    for length in 3..=LONGEST {
        let mut path: Vec<&Owed> = Vec::new();
        let mut search = Search {
            by_debtor: &by_debtor,
            home: &home,
            of,
            length,
            patience: &mut patience,
            found: &mut found,
        };
        search.from(of, &mut path);
    }
    found
}

/// How many debts lead from somebody back to `of` at the least.
fn steps_home(owed: &[Owed], of: Id) -> HashMap<Id, usize> {
    let mut to_whom: HashMap<Id, Vec<Id>> = HashMap::new();
    for line in owed {
        to_whom
            .entry(line.creditor.id)
            .or_default()
            .push(line.debtor.id);
    }
    let mut home = HashMap::from([(of, 0)]);
    let mut next = VecDeque::from([of]);
    while let Some(who) = next.pop_front() {
        let steps = home[&who] + 1;
        for debtor in to_whom.get(&who).into_iter().flatten() {
            if !home.contains_key(debtor) {
                home.insert(*debtor, steps);
                next.push_back(*debtor);
            }
        }
    }
    home
}

struct Search<'a, 'b> {
    by_debtor: &'b HashMap<Id, Vec<&'a Owed>>,
    home: &'b HashMap<Id, usize>,
    of: Id,
    length: usize,
    patience: &'b mut usize,
    found: &'b mut Vec<Cycle>,
}

impl<'a> Search<'a, '_> {
    /// Goes on from somebody, no deeper than the length allows and only where a way home is left.
    fn from(&mut self, who: Id, path: &mut Vec<&'a Owed>) {
        for line in self.by_debtor.get(&who).into_iter().flatten() {
            let creditor = line.creditor.id;
            let left = self.length - path.len() - 1;
            if *self.patience == 0 || self.found.len() == MOST {
                return;
            }
            *self.patience -= 1;
            if creditor == self.of {
                if left == 0 {
                    let whole = path.iter().chain(std::iter::once(line));
                    let people = whole.map(|line| (line.debtor.clone(), line.total));
                    self.found.push(Cycle {
                        people: people.collect(),
                    });
                }
                continue;
            }
            let seen = path.iter().any(|before| before.creditor.id == creditor);
            let near = self.home.get(&creditor).is_some_and(|steps| *steps <= left);
            if seen || !near {
                continue;
            }
            path.push(line);
            self.from(creditor, path);
            path.pop();
        }
    }
}
