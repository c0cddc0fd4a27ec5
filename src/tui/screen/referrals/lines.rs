//! The tree as it is listed: what is folded away, and the lines that lead from each to those below.

use crate::domain::referral::Who;
use crate::domain::tree::Branch;
use crate::tui::keymap::Action;
use crate::tui::screen::board::moved;
use std::collections::HashSet;

/// The tree.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// It was read.
    pub read: bool,
    pub lines: Vec<Branch>,
    /// How many nobody led to.
    pub roots: usize,
    /// The line each one hangs on.
    above: Vec<Option<usize>>,
    /// Whether nobody else hangs on the same line further down.
    last: Vec<bool>,
    /// Those whose own are folded away.
    folded: HashSet<Who>,
    /// The lines that are listed.
    pub shown: Vec<usize>,
    pub at: usize,
}

impl Tree {
    /// Takes what was read; the cursor stays on whom it was on.
    pub fn take(&mut self, lines: Vec<Branch>) {
        let before = self.here().map(|line| line.who);
        self.read = true;
        self.roots = lines.iter().filter(|line| line.depth == 0).count();
        self.lines = lines;
        self.hang();
        self.list(before);
    }

    /// Works out what hangs where.
    fn hang(&mut self) {
        let mut path: Vec<usize> = Vec::new();
        self.above.clear();
        for (at, line) in self.lines.iter().enumerate() {
            path.truncate(line.depth);
            self.above.push(path.last().copied());
            path.push(at);
        }
        let mut later: Vec<bool> = Vec::new();
        self.last = vec![true; self.lines.len()];
        for (at, line) in self.lines.iter().enumerate().rev() {
            later.resize(line.depth + 1, false);
            self.last[at] = !later[line.depth];
            later[line.depth] = true;
        }
    }

    /// Lists what is not folded away, the cursor on this one, or on whom it is folded under.
    fn list(&mut self, keep: Option<Who>) {
        self.shown.clear();
        let mut under: Option<usize> = None;
        let mut on = None;
        for (at, line) in self.lines.iter().enumerate() {
            let hidden = under.is_some_and(|depth| line.depth > depth);
            if !hidden {
                under = self.folded.contains(&line.who).then_some(line.depth);
                self.shown.push(at);
            }
            if keep == Some(line.who) {
                on = Some(self.shown.len().saturating_sub(1));
            }
        }
        self.at = on
            .unwrap_or(self.at)
            .min(self.shown.len().saturating_sub(1));
    }

    /// The line in a row of the list.
    pub fn line(&self, row: usize) -> Option<&Branch> {
        self.shown.get(row).and_then(|at| self.lines.get(*at))
    }

    /// The line under the cursor.
    pub fn here(&self) -> Option<&Branch> {
        self.line(self.at)
    }

    /// Whether those below a line are folded away.
    pub fn is_folded(&self, who: Who) -> bool {
        self.folded.contains(&who)
    }

    /// Folds what is below the cursor, or unfolds it.
    pub fn fold(&mut self) {
        let Some(who) = self
            .here()
            .filter(|line| line.below > 0)
            .map(|line| line.who)
        else {
            return;
        };
        if !self.folded.remove(&who) {
            self.folded.insert(who);
        }
        self.list(Some(who));
    }

    /// Left folds, or goes up to whom the line hangs on; right unfolds, or goes down.
    pub fn side(&mut self, right: bool) {
        let Some(line) = self.here() else { return };
        let open = line.below > 0 && !self.is_folded(line.who);
        if right == open && line.below > 0 && right {
            self.go(Action::Down, 1);
        } else if right || open {
            self.fold();
        } else if let Some(above) = self.shown.get(self.at).and_then(|at| self.above[*at]) {
            let row = self.shown.iter().position(|at| *at == above);
            self.at = row.unwrap_or(self.at);
        }
    }

    /// Up and down the list.
    pub fn go(&mut self, action: Action, page: usize) {
        self.at = moved(self.at, self.shown.len(), action, page);
    }

    /// The lines that lead to a row: `│  └─ `.
    pub fn lead(&self, row: usize) -> String {
        let Some(at) = self.shown.get(row).copied() else {
            return String::new();
        };
        let mut pieces = Vec::new();
        let mut here = at;
        while let Some(above) = self.above[here] {
            let piece = match (here == at, self.last[here]) {
                (true, true) => "└─ ",
                (true, false) => "├─ ",
                (false, true) => "   ",
                (false, false) => "│  ",
            };
            pieces.push(piece);
            here = above;
        }
        pieces.reverse();
        pieces.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::tree::Sums;

    fn tree(depths: &[usize]) -> Tree {
        let below = |at: usize| {
            let deeper = |depth: &&usize| **depth > depths[at];
            depths[at + 1..].iter().take_while(deeper).count()
        };
        let line = |(at, depth): (usize, &usize)| Branch {
            who: Who::Person(Id::from_raw(at as i64 + 10)),
            name: at.to_string(),
            depth: *depth,
            on: None,
            stage: None,
            own: Sums::default(),
            sales: Sums::default(),
            customers: 0,
            below: below(at),
            deepest: 0,
            also: Vec::new(),
        };
        let mut tree = Tree::default();
        tree.take(depths.iter().enumerate().map(line).collect());
        tree
    }

    fn drawn(tree: &Tree) -> Vec<String> {
        let row = |row| format!("{}{}", tree.lead(row), tree.line(row).unwrap().name);
        (0..tree.shown.len()).map(row).collect()
    }

    #[test]
    fn each_line_hangs_on_the_one_above_it_and_a_fold_takes_all_below_away() {
        let mut tree = tree(&[0, 1, 2, 2, 1, 0, 1, 2]);
        let whole = [
            "0",
            "├─ 1",
            "│  ├─ 2",
            "│  └─ 3",
            "└─ 4",
            "5",
            "└─ 6",
            "   └─ 7",
        ];
        assert_eq!(drawn(&tree), whole);
        tree.at = 1;
        tree.fold();
        assert_eq!(drawn(&tree), ["0", "├─ 1", "└─ 4", "5", "└─ 6", "   └─ 7"]);
        tree.side(false);
        assert_eq!(tree.at, 0);
        tree.fold();
        assert_eq!(drawn(&tree), ["0", "5", "└─ 6", "   └─ 7"]);
        tree.side(true);
        tree.side(true);
        assert_eq!(tree.here().unwrap().name, "1");
        tree.side(true);
        assert_eq!(drawn(&tree), whole);
    }

    #[test]
    fn the_cursor_stays_on_somebody_or_goes_to_whom_they_are_folded_under() {
        let mut tree = tree(&[0, 1, 2, 0]);
        tree.at = 2;
        let lines = tree.lines.clone();
        tree.folded.insert(Who::Person(Id::from_raw(10)));
        tree.take(lines);
        assert_eq!(tree.here().unwrap().name, "0");
    }
}
