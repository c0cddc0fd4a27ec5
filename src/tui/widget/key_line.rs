//! The line of keys at the foot of the screen: as many as fit by their rank, with help and quit always among them.

use crate::domain::text::width;
use crate::tui::keymap::{Action, Binding};

/// Which of the rows (by rank) fit into `columns`, in the order they are shown. Ranks of 250 and more are pinned,
/// and the key that closes what is open.
pub fn fitting(rows: &[&'static Binding], columns: usize) -> Vec<usize> {
    let mut left = columns.saturating_sub(1);
    let mut taken = vec![false; rows.len()];
    let stays = |row: &Binding| row.rank >= 250 || row.action == Action::Close;
    let pinned = rows.iter().enumerate().filter(|(_, row)| stays(row));
    let others = rows.iter().enumerate().filter(|(_, row)| !stays(row));
    for (at, row) in pinned.chain(others) {
        let wide = width(&words(row)) + 2;
        if wide > left {
            if !stays(row) {
                break;
            }
            continue;
        }
        left -= wide;
        taken[at] = true;
    }
    (0..rows.len()).filter(|at| taken[*at]).collect()
}

/// A key and its short word.
pub fn words(row: &Binding) -> String {
    row.keys
        .first()
        .map_or_else(String::new, |key| format!("{key} {}", row.short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::ranked;
    use crate::tui::screen::people::{Pane, live};

    #[test]
    fn help_and_quit_stay_however_narrow_it_gets() {
        let rows = ranked(&live(Pane::List));
        for columns in [18, 40, 80, 200] {
            let shown = fitting(&rows, columns);
            let words: Vec<String> = shown.iter().map(|at| words(rows[*at])).collect();
            assert!(words.contains(&"? keys".to_owned()), "{columns}: {words:?}");
            assert!(words.contains(&"q quit".to_owned()), "{columns}: {words:?}");
            let wide: usize = words.iter().map(|text| width(text) + 2).sum();
            assert!(wide < columns, "{columns}");
        }
    }
}
