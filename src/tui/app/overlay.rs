//! What the timeline shows besides the selected person: somebody laid over it, or the median of a tag, and the quiet weeks. Both
//! the median and the weeks are asked of the whole book, behind the pictures.

use super::App;
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::Person;
use crate::domain::quiet;
use crate::domain::strength::curve::{Point, spread};
use crate::tui::effect::Effect;
use crate::tui::inquiry::Question;
use crate::tui::modal::find::Find;
use crate::tui::pane::timeline::Over;
use crate::tui::screen::people::Pane;

/// Days on which a median is asked for; between them it is drawn straight.
const DAYS: usize = 200;
/// Touches read beyond the one that the cursor needs, so that the next steps find theirs.
const FURTHER: usize = 200;

/// What is laid over the timeline.
#[derive(Debug)]
pub(super) enum Overlay {
    /// Another person, once read.
    Person(Id, Option<Box<Person>>),
    /// The median of a tag.
    Tag(Median),
}

/// The median of a tag over the days in sight.
#[derive(Debug)]
pub(super) struct Median {
    tag: String,
    people: usize,
    points: Vec<Point>,
    /// The first and the last day it was asked for last; none: what is there is out of date.
    asked: Option<(DayNumber, DayNumber)>,
    /// The answer is still to come.
    waits: bool,
}

impl App {
    /// Lays a person over the timeline.
    pub(super) fn lay_over(&mut self, id: Id) {
        self.other = Some(Overlay::Person(id, None));
        self.effects.push(Effect::LoadPerson(id));
    }

    /// Lays the median of a tag over the timeline.
    pub(super) fn lay_median_over(&mut self, tag: String) {
        self.other = Some(Overlay::Tag(Median {
            tag,
            people: 0,
            points: Vec::new(),
            asked: None,
            waits: false,
        }));
    }

    /// Takes off whatever lies over the timeline, or lets the rep choose what to lay over it.
    pub(super) fn compare(&mut self) {
        if self.other.take().is_none() {
            let find = Find::to_compare(&self.cx());
            self.open(Box::new(find));
        }
    }

    /// Who is laid over the timeline.
    pub(super) fn other_person(&self) -> Option<Id> {
        match self.other {
            Some(Overlay::Person(id, _)) => Some(id),
            _ => None,
        }
    }

    /// What is laid over the timeline, for drawing.
    pub(super) fn over(&self) -> Over<'_> {
        match &self.other {
            Some(Overlay::Person(id, Some(person))) if Some(*id) != self.selected => {
                Over::Person(person)
            }
            Some(Overlay::Tag(median)) => Over::Median {
                tag: &median.tag,
                people: median.people,
                points: &median.points,
            },
            _ => Over::Nothing,
        }
    }

    /// Asks what the whole book must be asked for the next pictures: once the keys are taken, so that none waits for an answer.
    pub(super) fn inquire(&mut self) {
        if std::mem::take(&mut self.weeks_wanted) {
            self.effects.push(Effect::Ask(Question::Weeks));
        }
        let today = self.day();
        let Some(person) = self.shown() else { return };
        let span = self.timeline.past(person, today);
        let Some(Overlay::Tag(median)) = &mut self.other else {
            return;
        };
        if !median.waits && median.asked != Some(span) {
            (median.asked, median.waits) = (Some(span), true);
            self.effects.push(Effect::Ask(Question::Median {
                tag: median.tag.clone(),
                days: spread(span.0, span.1, DAYS).collect(),
            }));
        }
    }

    /// People changed: what was found out about everybody is out of date.
    pub(super) fn out_of_date(&mut self) {
        if let Some(Overlay::Tag(median)) = &mut self.other {
            median.asked = None;
        }
    }

    /// How much was logged week by week.
    pub(super) fn learn_weeks(&mut self, weeks: &[(DayNumber, u32)]) {
        self.quiet = quiet::weeks(weeks, self.day());
    }

    /// The median of a tag.
    pub(super) fn learn_median(&mut self, tag: &str, people: usize, points: Vec<Point>) {
        if let Some(Overlay::Tag(median)) = &mut self.other
            && median.tag == tag
        {
            (median.people, median.points, median.waits) = (people, points, false);
        }
    }

    /// The history beside the timeline goes to the touch under the cursor, or to the last one before it where there is none that
    /// day. Older touches are read when the cursor is among them.
    pub(super) fn follow_cursor(&mut self) {
        let today = self.day();
        if self.focus != Pane::Timeline {
            return;
        }
        let Some(person) = self.shown() else { return };
        let Some(day) = self.timeline.cursor(person, today) else {
            return;
        };
        let history = &person.history;
        let on = |at: crate::domain::moment::Moment| day_number(at.date_naive());
        let found = history.iter().find(|entry| on(entry.at) <= day);
        let entry = found.or(history.last()).map(|entry| entry.id);
        let read = history.len();
        if found.is_none() && read < person.touches {
            let traces = &person.trail.traces;
            let later = traces.len() - traces.partition_point(|trace| trace.day < day);
            let wanted = later.max(read) + FURTHER;
            let id = person.summary.id;
            self.effects.push(Effect::LoadHistory(id, wanted));
        }
        self.entry = entry;
    }
}
