//! The board by stage: where each referral stands, and the cursor over columns and cards.

use crate::domain::id::Id;
use crate::domain::referral::{ReferralRow, Stage, board};
use crate::tui::inquiry::Board;
use crate::tui::keymap::Action;
use crate::tui::screen::board::moved;
use chrono::NaiveDate;
use std::cell::Cell;

/// How many stages there are.
pub(super) const STAGES: usize = Stage::ALL.len();

/// The board.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Every referral, once read.
    pub read: Option<Board>,
    /// The places of the referrals that stand at each stage.
    pub places: [Vec<usize>; STAGES],
    /// Only the headings of these are shown.
    pub folded: [bool; STAGES],
    /// The stage the cursor is in, and where it is in each.
    pub stage: usize,
    pub at: [usize; STAGES],
    /// The stages stood side by side in the last picture.
    pub wide: Cell<bool>,
    /// Rows of a card there.
    pub high: Cell<u16>,
    /// A referral is being added from here: the next one that was not there before is gone to.
    pub adding: bool,
}

impl Columns {
    /// Takes what was read; the cursor stays on its referral, wherever that stands now.
    pub fn take(&mut self, read: Board, today: NaiveDate) {
        let before = self.added(&read).or(self.row().map(|row| row.id));
        let first = self.read.is_none();
        self.places = board(&read.rows, today);
        self.read = Some(read);
        if let Some(id) = before {
            self.go_to(id);
        }
        if first || self.places[self.stage].is_empty() {
            let there = (0..STAGES).find(|stage| !self.places[*stage].is_empty());
            self.stage = there.unwrap_or(0);
        }
        for (at, places) in self.at.iter_mut().zip(&self.places) {
            *at = (*at).min(places.len().saturating_sub(1));
        }
    }

    /// The referral that was added from here, among those that were read now.
    fn added(&mut self, read: &Board) -> Option<Id> {
        let known = self.read.as_ref().filter(|_| self.adding)?;
        let is_new = |row: &&ReferralRow| known.rows.iter().all(|other| other.id != row.id);
        let added = read.rows.iter().find(is_new).map(|row| row.id)?;
        self.adding = false;
        Some(added)
    }

    /// To a referral, if it is on the board.
    fn go_to(&mut self, id: Id) {
        for stage in 0..STAGES {
            let many = self.places[stage].len();
            let is = |at: &usize| self.card(stage, *at).is_some_and(|row| row.id == id);
            let found = (0..many).find(is);
            if let Some(at) = found {
                (self.stage, self.at[stage]) = (stage, at);
            }
        }
    }

    /// The referral at a place of a stage.
    pub fn card(&self, stage: usize, at: usize) -> Option<&ReferralRow> {
        let place = self.places.get(stage)?.get(at)?;
        self.read.as_ref()?.rows.get(*place)
    }

    /// The referral under the cursor; none where its stage is folded.
    pub fn row(&self) -> Option<&ReferralRow> {
        if self.folded[self.stage] {
            return None;
        }
        self.card(self.stage, self.at[self.stage])
    }

    /// How many rows of a stage the cursor can stand on: its cards, or its heading where it is folded.
    fn stands(&self, stage: usize) -> usize {
        match (self.places[stage].len(), self.folded[stage]) {
            (0, _) => 0,
            (_, true) => 1,
            (cards, false) => cards,
        }
    }

    /// How many cards are on the board.
    pub fn count(&self) -> usize {
        self.places.iter().map(Vec::len).sum()
    }

    /// Rows of the list in which the stages follow each other: a heading for each that has any, and its cards.
    pub fn rows(&self) -> usize {
        let row = |stage: usize| match (self.places[stage].len(), self.folded[stage]) {
            (0, _) => 0,
            (_, true) => 1,
            (cards, false) => cards + 1,
        };
        (0..STAGES).map(row).sum()
    }

    /// What stands in a row of that list: a stage, and a card of it; none: its heading.
    pub fn at_row(&self, mut row: usize) -> Option<(usize, Option<usize>)> {
        for stage in (0..STAGES).filter(|stage| !self.places[*stage].is_empty()) {
            if row == 0 {
                return Some((stage, None));
            }
            row -= 1;
            let cards = self.stands(stage) * usize::from(!self.folded[stage]);
            if row < cards {
                return Some((stage, Some(row)));
            }
            row -= cards;
        }
        None
    }

    /// The row of that list that the cursor is in.
    pub fn cursor_row(&self) -> usize {
        let before: usize = (0..self.stage)
            .filter(|stage| !self.places[*stage].is_empty())
            .map(|stage| 1 + self.stands(stage) * usize::from(!self.folded[stage]))
            .sum();
        let own = usize::from(!self.folded[self.stage]) * (self.at[self.stage] + 1);
        before + own
    }

    /// Puts the cursor on a place that was pointed at.
    pub fn point(&mut self, stage: usize, card: Option<usize>) {
        if stage >= STAGES || self.places[stage].is_empty() {
            return;
        }
        self.stage = stage;
        if let Some(at) = card.filter(|at| *at < self.places[stage].len()) {
            self.at[stage] = at;
        }
    }

    /// Up and down: within the stage where they stand side by side, else through all of them.
    pub fn go(&mut self, action: Action, page: usize) {
        let stands: [usize; STAGES] = std::array::from_fn(|stage| self.stands(stage));
        let wide = self.wide.get();
        let (above, all) = if wide {
            (0, stands[self.stage])
        } else {
            (stands[..self.stage].iter().sum(), stands.iter().sum())
        };
        let own = self.at[self.stage].min(stands[self.stage].saturating_sub(1));
        let flat: usize = above + own;
        let mut to = moved(flat, all, action, page);
        let first = if wide { self.stage } else { 0 };
        for (stage, many) in stands.iter().enumerate().skip(first) {
            if to < *many {
                self.stage = stage;
                if !self.folded[stage] {
                    self.at[stage] = to;
                }
                return;
            }
            to -= many;
        }
    }

    /// To the next stage that has any, or the one before.
    pub fn side(&mut self, right: bool) {
        let there = |stage: &usize| !self.places[*stage].is_empty();
        let next = if right {
            (self.stage + 1..STAGES).find(there)
        } else {
            (0..self.stage).rev().find(there)
        };
        self.stage = next.unwrap_or(self.stage);
    }

    /// Folds the stage, or unfolds it.
    pub fn fold(&mut self) {
        self.folded[self.stage] = !self.folded[self.stage];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(folded: [bool; STAGES]) -> Columns {
        Columns {
            places: [vec![0, 1], vec![], vec![2], vec![], vec![3, 4, 5], vec![]],
            folded,
            ..Columns::default()
        }
    }

    #[test]
    fn every_row_of_the_list_is_found_again_by_the_cursor_that_stands_on_it() {
        let none = [false; STAGES];
        let mut one = none;
        one[4] = true;
        let mut all = none;
        all.fill(true);
        for (folded, rows) in [(none, 9), (one, 6), (all, 3)] {
            let mut columns = three(folded);
            assert_eq!(columns.rows(), rows, "{folded:?}");
            for row in 0..rows {
                let (stage, card) = columns.at_row(row).unwrap();
                columns.point(stage, card);
                if card.is_some() || folded[stage] {
                    assert_eq!(columns.cursor_row(), row, "{folded:?}");
                }
            }
            assert_eq!(columns.at_row(rows), None);
        }
    }

    #[test]
    fn down_goes_through_all_stages_in_a_list_and_stays_in_one_side_by_side() {
        let mut columns = three([false; STAGES]);
        for expected in [(0, 1), (2, 0), (4, 0), (4, 1), (4, 2), (4, 2)] {
            columns.go(Action::Down, 10);
            assert_eq!((columns.stage, columns.at[columns.stage]), expected);
        }
        columns.go(Action::Top, 10);
        columns.wide.set(true);
        for _ in 0..4 {
            columns.go(Action::Down, 10);
        }
        assert_eq!((columns.stage, columns.at[0]), (0, 1));
        columns.side(true);
        assert_eq!(columns.stage, 2);
        columns.side(true);
        columns.side(true);
        assert_eq!(columns.stage, 4);
        columns.side(false);
        assert_eq!(columns.stage, 2);
    }
}
