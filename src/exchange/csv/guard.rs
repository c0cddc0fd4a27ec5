//! Keeps a spreadsheet from running what somebody else wrote: a cell that would be a formula gets an apostrophe in front.

fn is_trigger(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '\t'
            | '\r'
            | '\n'
            | '\u{ff1d}'
            | '\u{ff0b}'
            | '\u{ff0d}'
            | '\u{ff20}'
    )
}

fn would_run(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(is_trigger)
}

/// The cell as it may stand in a spreadsheet.
pub(super) fn guard(cell: &str) -> String {
    if would_run(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cell as it was before [`guard`].
pub(super) fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_other_text_is_not() {
        let cases = [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1 415 555 0100", "'+1 415 555 0100"),
            ("'=1", "''=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("'tis", "'tis"),
            ("1-2", "1-2"),
        ];
        for (cell, guarded) in cases {
            assert_eq!(guard(cell), guarded);
            assert_eq!(unguard(guarded), cell);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_never_runs_and_comes_back(cell in "['=+@a\t-]{0,6}") {
            let guarded = guard(&cell);
            prop_assert!(!guarded.starts_with(is_trigger));
            prop_assert_eq!(unguard(&guarded), cell);
        }
    }
}
