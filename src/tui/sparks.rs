//! The last year of the people in the list, for as long as the dashboard is open: whose is known, and whose is asked for next.
//!
//! One question is on its way at a time, so that scrolling quickly through a hundred thousand people leaves no queue behind. Who
//! changed is shown as they were until the new line is there.

use crate::domain::id::Id;
use std::collections::{HashMap, HashSet};

/// Numbers in a line: one for each of 52 weeks, and one for the day before them.
pub const POINTS: usize = 53;
/// People whose lines are kept; then all but those on the screen are forgotten.
const MOST: usize = 5_000;

/// A line, and whether its person changed since.
#[derive(Debug)]
struct Known {
    line: Vec<f64>,
    old: bool,
}

/// The lines that are known.
#[derive(Debug, Default)]
pub struct Sparks {
    known: HashMap<Id, Known>,
    /// Whom the question on its way is about, without those who changed since it was asked.
    asked: Option<HashSet<Id>>,
}

impl Sparks {
    /// Somebody's strength over the last year, oldest first; none while it is not known, nothing in it where there is none.
    pub fn of(&self, id: Id) -> Option<&[f64]> {
        self.known.get(&id).map(|known| known.line.as_slice())
    }

    /// These people changed, or (none) everybody: a new day, or a book that was changed at large.
    pub fn renew(&mut self, people: Option<&[Id]>) {
        let Some(people) = people else {
            self.known.values_mut().for_each(|known| known.old = true);
            self.asked.iter_mut().for_each(HashSet::clear);
            return;
        };
        for id in people {
            if let Some(known) = self.known.get_mut(id) {
                known.old = true;
            }
            if let Some(asked) = &mut self.asked {
                asked.remove(id);
            }
        }
    }

    /// The question was answered. Whoever the answer leaves out is in the book no longer, and is not asked for again.
    pub fn take(&mut self, lines: Vec<(Id, Vec<f64>)>) {
        let Some(mut asked) = self.asked.take() else {
            return;
        };
        let found: Vec<_> = lines
            .into_iter()
            .filter(|(id, _)| asked.remove(id))
            .collect();
        let missing = asked.into_iter().map(|id| (id, Vec::new()));
        for (id, line) in found.into_iter().chain(missing) {
            self.known.insert(id, Known { line, old: false });
        }
    }

    /// Whom to ask for now: those shown first, then, once somebody `near` is unknown, all `around`. None while a question is on
    /// its way, or when all is known.
    pub fn next(
        &mut self,
        shown: &[Id],
        near: &[Id],
        around: impl FnOnce() -> Vec<Id>,
    ) -> Option<Vec<Id>> {
        if self.asked.is_some() {
            return None;
        }
        let unknown = |id: &Id| self.known.get(id).is_none_or(|known| known.old);
        let mut people: Vec<Id> = shown.iter().copied().filter(unknown).collect();
        if people.is_empty() && near.iter().any(unknown) {
            people = around().into_iter().filter(unknown).collect();
        }
        if people.is_empty() {
            return None;
        }
        if self.known.len() + people.len() > MOST {
            self.known.retain(|id, _| shown.contains(id));
        }
        self.asked = Some(people.iter().copied().collect());
        Some(people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(span: std::ops::Range<i64>) -> Vec<Id> {
        span.map(Id::from_raw).collect()
    }

    /// Asks for a page as the dashboard does, and answers.
    fn page(sparks: &mut Sparks, first: i64) -> Vec<Id> {
        let (shown, near) = (ids(first..first + 10), ids(first - 5..first + 15));
        let asked = sparks.next(&shown, &near, || ids(first - 10..first + 20));
        let people = asked.unwrap_or_default();
        sparks.take(
            people
                .iter()
                .map(|id| (*id, vec![id.raw() as f64]))
                .collect(),
        );
        people
    }

    #[test]
    fn those_shown_are_asked_for_first_then_a_page_around_then_nobody() {
        let mut sparks = Sparks::default();
        assert_eq!(page(&mut sparks, 100), ids(100..110));
        let around: Vec<Id> = ids(90..100).into_iter().chain(ids(110..120)).collect();
        assert_eq!(page(&mut sparks, 100), around);
        assert_eq!(page(&mut sparks, 100), [], "all is known");
        assert_eq!(page(&mut sparks, 104), [], "half a page further on as well");
        assert_eq!(
            page(&mut sparks, 106),
            ids(120..126),
            "then the page around"
        );
        assert_eq!(sparks.of(Id::from_raw(95)), Some(&[95.0][..]));
    }

    #[test]
    fn one_question_is_on_its_way_at_a_time() {
        let mut sparks = Sparks::default();
        let (one, other) = (ids(1..3), ids(7..9));
        assert_eq!(sparks.next(&one, &one, Vec::new), Some(one.clone()));
        assert_eq!(sparks.next(&other, &other, Vec::new), None);
        sparks.take(vec![(one[0], vec![5.0])]);
        assert_eq!(
            sparks.of(one[1]),
            Some(&[][..]),
            "they are in the book no longer"
        );
        assert_eq!(sparks.next(&one, &one, Vec::new), None);
        assert_eq!(sparks.next(&other, &other, Vec::new), Some(other));
    }

    #[test]
    fn who_changed_is_shown_as_they_were_until_the_new_line_is_there() {
        let mut sparks = Sparks::default();
        let people = ids(1..3);
        sparks.next(&people, &people, Vec::new);
        sparks.take(vec![(people[0], vec![5.0]), (people[1], vec![6.0])]);
        sparks.renew(Some(&people[..1]));
        assert_eq!(sparks.of(people[0]), Some(&[5.0][..]));
        assert_eq!(
            sparks.next(&people, &people, Vec::new),
            Some(people[..1].to_vec())
        );
        // Changed once more while the question is on its way: its answer may be from before.
        sparks.renew(Some(&people[..1]));
        sparks.take(vec![(people[0], vec![7.0])]);
        assert_eq!(
            sparks.next(&people, &people, Vec::new),
            Some(people[..1].to_vec())
        );
        sparks.take(vec![(people[0], vec![8.0])]);
        assert_eq!(sparks.of(people[0]), Some(&[8.0][..]));
        sparks.renew(None);
        assert_eq!(sparks.next(&people, &people, Vec::new), Some(people));
    }

    #[test]
    fn no_more_are_kept_than_so_many_and_those_on_the_screen_stay() {
        let mut sparks = Sparks::default();
        for first in (0..20_000).step_by(10) {
            page(&mut sparks, first);
            assert!(sparks.known.len() <= MOST, "{first}");
            assert!(sparks.of(Id::from_raw(first + 9)).is_some());
        }
    }
}
