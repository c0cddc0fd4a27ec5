//! A tier: how often a class of people is to hear from me. Whoever has a cadence of their own goes by that; a tier comes next, and
//! where there is neither, the rhythm that the touches teach. Any touch starts it anew.

use serde::{Deserialize, Serialize};

/// One of the four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// Every three weeks, to start with.
    A,
    /// Every two months.
    B,
    /// Every half year.
    C,
    /// Every year.
    D,
}

impl Tier {
    /// Every tier, the closest first.
    pub const ALL: [Tier; 4] = [Tier::A, Tier::B, Tier::C, Tier::D];

    /// The letter in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Tier::A => "A",
            Tier::B => "B",
            Tier::C => "C",
            Tier::D => "D",
        }
    }

    /// The tier a letter names, in either case.
    pub fn parse(word: &str) -> Option<Self> {
        let found = |tier: &Tier| tier.word().eq_ignore_ascii_case(word.trim());
        Tier::ALL.into_iter().find(found)
    }
}
