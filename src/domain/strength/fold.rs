//! A trail folded event by event: the one order in which touches, promises and corrections come to count.

use super::super::moment::DayNumber;
use super::super::people::Trail;
use super::super::touch::{Direction, TouchKind};
use super::{Params, Standing};

/// What happened on a day of a trail.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Touch(TouchKind, Direction),
    Verdict(bool),
    Correction(usize),
}

/// A trail being folded, day by day: touches before promises before corrections. One walk along the days gives the standing on
/// each of them, as long as the days are asked for in their order.
#[derive(Clone, Copy, Debug)]
pub struct Fold<'a> {
    pub(super) params: &'a Params,
    trail: &'a Trail,
    traces: usize,
    verdicts: usize,
    corrections: usize,
    pub(super) standing: Standing,
}

impl<'a> Fold<'a> {
    /// Before anything happened.
    pub fn new(params: &'a Params, trail: &'a Trail) -> Self {
        Fold {
            params,
            trail,
            traces: 0,
            verdicts: 0,
            corrections: 0,
            standing: Standing::starting(params, trail.start),
        }
    }

    /// The standing after the last day that was folded in.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The day of the next event that has not been folded in.
    pub fn next_day(&self) -> Option<DayNumber> {
        let trace = self.trail.traces.get(self.traces).map(|t| t.day);
        let verdict = self.trail.verdicts.get(self.verdicts).map(|v| v.day);
        let correction = self.trail.corrections.get(self.corrections).map(|c| c.day);
        [trace, verdict, correction].into_iter().flatten().min()
    }

    /// Takes the next event without folding it in.
    pub(super) fn next(&mut self) -> Option<(DayNumber, Event)> {
        let day = self.next_day()?;
        if let Some(trace) = self.trail.traces.get(self.traces).filter(|t| t.day == day) {
            self.traces += 1;
            return Some((day, Event::Touch(trace.kind, trace.direction)));
        }
        let verdict = self.trail.verdicts.get(self.verdicts);
        if let Some(verdict) = verdict.filter(|v| v.day == day) {
            self.verdicts += 1;
            return Some((day, Event::Verdict(verdict.kept)));
        }
        self.corrections += 1;
        Some((day, Event::Correction(self.corrections - 1)))
    }

    /// Folds one event in.
    pub(super) fn apply(&mut self, day: DayNumber, event: Event) {
        match event {
            Event::Touch(kind, direction) => {
                self.standing.touch(self.params, day, kind, direction);
            }
            Event::Verdict(kept) => self.standing.verdict(self.params, day, kept),
            Event::Correction(index) => {
                let mass = self.trail.corrections.get(index).map_or(0.0, |c| c.mass);
                self.standing.correct(self.params, day, mass);
            }
        }
    }

    /// Folds in everything up to and with a day.
    pub fn advance(&mut self, until: DayNumber) {
        while self.next_day().is_some_and(|day| day <= until) {
            if let Some((day, event)) = self.next() {
                self.apply(day, event);
            }
        }
    }
}
