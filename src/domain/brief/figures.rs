//! Plain facts about how two people deal with each other: promises kept, times kept, tries until somebody answers.

use super::Agreed;
use crate::domain::people::Trace;
use crate::domain::touch::TouchKind;

/// Minutes after the agreed time in which a call is still on time.
const GRACE: i64 = 2;

/// Promises kept, in a sentence: `you kept 7 of 8; they 3 of 5`; none where none was closed. `[mine kept, mine broken, theirs kept,
/// theirs broken]`, as [`Person::kept`](crate::domain::people::Person) has them.
///
/// ```
/// use chitbook::domain::brief::kept;
/// assert_eq!(kept([7, 1, 3, 2]).unwrap(), "you kept 7 of 8; they 3 of 5");
/// assert_eq!(kept([0, 0, 1, 0]).unwrap(), "they kept 1 of 1");
/// assert_eq!(kept([0; 4]), None);
/// ```
pub fn kept([mine, broken, theirs, lapsed]: [u32; 4]) -> Option<String> {
    let of = |kept: u32, broken: u32| format!("{kept} of {}", kept + broken);
    match (mine + broken, theirs + lapsed) {
        (0, 0) => None,
        (_, 0) => Some(format!("you kept {}", of(mine, broken))),
        (0, _) => Some(format!("they kept {}", of(theirs, lapsed))),
        _ => Some(format!(
            "you kept {}; they {}",
            of(mine, broken),
            of(theirs, lapsed)
        )),
    }
}

/// How well agreed times were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Punctuality {
    /// Touches that had a time.
    pub agreed: usize,
    /// Those that began at most two minutes after it.
    pub on_time: usize,
    /// Minutes the others were late, in the middle; 0 where none was.
    pub late: i64,
}

impl std::fmt::Display for Punctuality {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "on time {} of {}", self.on_time, self.agreed)?;
        if self.late > 0 {
            write!(f, ", else {} min late", self.late)?;
        }
        Ok(())
    }
}

/// The punctuality of touches that had been agreed for a time; none where none had.
pub fn punctuality(touches: &[Agreed]) -> Option<Punctuality> {
    let late = |touch: &Agreed| (touch.began - touch.agreed).num_minutes();
    let mut lates: Vec<i64> = touches
        .iter()
        .map(late)
        .filter(|min| *min > GRACE)
        .collect();
    lates.sort_unstable();
    (!touches.is_empty()).then(|| Punctuality {
        agreed: touches.len(),
        on_time: touches.len() - lates.len(),
        late: lates.get(lates.len() / 2).copied().unwrap_or(0),
    })
}

/// Tries at reaching somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// Attempts since they were last reached.
    pub now: u32,
    /// The try that usually reaches them, in the middle of those times that began with an attempt; none before there were two of them.
    pub usual: Option<u32>,
}

/// What the attempts in somebody's trail, in the order of its days, tell.
///
/// A run of attempts ends with the next touch that reached them; the try that did is counted too.
pub fn tries(traces: &[Trace]) -> Tries {
    let mut run = 0;
    let mut runs: Vec<u32> = Vec::new();
    for trace in traces {
        match trace.kind {
            TouchKind::Attempt => run += 1,
            TouchKind::Note | TouchKind::Favour | TouchKind::Referral => {}
            _ => {
                if run > 0 {
                    runs.push(run + 1);
                }
                run = 0;
            }
        }
    }
    runs.sort_unstable();
    Tries {
        now: run,
        usual: runs.get(runs.len() / 2).copied().filter(|_| runs.len() > 1),
    }
}

impl Tries {
    /// In a sentence: `2 tries without an answer; the 3rd usually works`; none where nobody tried since.
    pub fn said(self) -> Option<String> {
        let since = match self.now {
            0 => None,
            1 => Some("1 try without an answer".to_owned()),
            n => Some(format!("{n} tries without an answer")),
        };
        let usual = self.usual.map(|n| format!("the {} usually works", nth(n)));
        match (since, usual) {
            (Some(since), Some(usual)) => Some(format!("{since}; {usual}")),
            (Some(since), None) => Some(since),
            (None, _) => None,
        }
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn nth(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::touch::Direction;

    fn trail(kinds: &str) -> Vec<Trace> {
        let kind = |c| match c {
            'a' => TouchKind::Attempt,
            'n' => TouchKind::Note,
            'f' => TouchKind::Favour,
            _ => TouchKind::Call,
        };
        (0..)
            .zip(kinds.chars())
            .map(|(day, c)| Trace {
                day,
                kind: kind(c),
                direction: Direction::Mutual,
            })
            .collect()
    }

    #[test]
    fn tries_are_counted_up_to_the_one_that_reached_them() {
        let cases = [
            ("never tried", "ccc", (0, None)),
            ("once is no habit", "aac", (0, None)),
            ("the third time", "aac aac".trim(), (0, Some(3))),
            ("a note reaches nobody", "anacaacaa", (2, Some(3))),
            ("nor does a favour", "afac aac a", (1, Some(3))),
        ];
        for (label, kinds, (now, usual)) in cases {
            let found = tries(&trail(&kinds.replace(' ', "")));
            assert_eq!((found.now, found.usual), (now, usual), "{label}");
        }
    }

    #[test]
    fn times_are_kept_within_two_minutes() {
        let at = |text: &str| -> Moment { format!("2026-11-22T{text}:00+00:00").parse().unwrap() };
        let touch = |agreed, began| Agreed {
            agreed: at(agreed),
            began: at(began),
        };
        assert_eq!(punctuality(&[]), None);
        let touches = [
            touch("14:00", "13:58"),
            touch("14:00", "14:02"),
            touch("14:00", "14:03"),
            touch("09:00", "09:10"),
            touch("10:00", "10:20"),
        ];
        let found = punctuality(&touches).unwrap();
        assert_eq!(found.to_string(), "on time 2 of 5, else 10 min late");
        let always = punctuality(&touches[..2]).unwrap();
        assert_eq!(always.to_string(), "on time 2 of 2");
    }

    #[test]
    fn a_number_in_a_row_has_the_ending_it_is_spoken_with() {
        let cases = [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (22, "22nd"),
            (113, "113th"),
        ];
        for (number, said) in cases {
            assert_eq!(nth(number), said);
        }
    }
}
