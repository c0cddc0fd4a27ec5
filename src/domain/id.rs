//! Ids: 63-bit integers minted by the program, and the short text a person sees.
//!
//! An id is the millisecond it was minted in, shifted left by 22 bits, plus a counter that starts at a random place in each
//! millisecond. Two books that never met therefore hold different ids and can be merged without renumbering. On screen an id
//! is written in base 32 with its *least* significant digit first, so that a few letters already tell records of one hour apart.

use super::moment::{DayNumber, day_of_wall};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// Digits of the text form: no `i`, `l`, `o` or `u`, so that nothing can be misread over the phone.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Bits below the millisecond.
const COUNTER_BITS: u32 = 22;
/// Digits in a whole id: 13 × 5 bits hold 63.
const LENGTH: usize = 13;
/// The least digits shown, even in a small book.
const SHORTEST: usize = 4;

/// The identity of one record of any kind. Never reused, never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(i64);

impl Id {
    /// Contact 1: the rep whose book this is.
    pub const ME: Id = Id(1);

    /// Stands in for somebody who is still to be added: no id in the book is below zero.
    pub const fn stand_in(number: u32) -> Self {
        Id(-1 - number as i64)
    }

    /// The stand-in of a name: the same for the same name, however it is written.
    ///
    /// ```
    /// use chitbook::domain::id::Id;
    /// assert_eq!(Id::stand_in_for("Dino Vance"), Id::stand_in_for(" dino  vance"));
    /// assert!(Id::stand_in_for("Dino").is_stand_in());
    /// ```
    pub fn stand_in_for(name: &str) -> Self {
        // FNV-1a over the folded words.
        let folded = super::text::one_line(&super::text::fold(name));
        let hash = folded.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        Id::stand_in(hash)
    }

    /// Whether it stands in for somebody who is not in the book yet.
    pub const fn is_stand_in(self) -> bool {
        self.0 < 0
    }

    /// The id with this integer value in the book.
    pub const fn from_raw(raw: i64) -> Self {
        Id(raw)
    }

    /// The integer stored in the book.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// The day it was minted on, in universal time. Ids made up by hand are of 1970.
    pub fn day(self) -> DayNumber {
        day_of_wall(self.0 >> COUNTER_BITS)
    }

    /// The whole text form, 13 characters.
    ///
    /// ```
    /// use chitbook::domain::id::Id;
    /// assert_eq!(Id::from_raw(33).text(), "1100000000000");
    /// ```
    pub fn text(self) -> String {
        self.short(LENGTH)
    }

    /// The first `length` characters of the text form.
    pub fn short(self, length: usize) -> String {
        let mut rest = self.0.cast_unsigned();
        let mut text = String::with_capacity(length);
        for _ in 0..length.min(LENGTH) {
            text.push(char::from(DIGITS[(rest & 31) as usize]));
            rest >>= 5;
        }
        text
    }

    /// Whether the text form starts with `prefix`. Upper case is read as lower; `i` and `l` as `1`, `o` as `0`.
    pub fn matches(self, prefix: &str) -> bool {
        let mut rest = self.0.cast_unsigned();
        let mut length = 0;
        for typed in prefix.chars() {
            let typed = match typed.to_ascii_lowercase() {
                'i' | 'l' => '1',
                'o' => '0',
                other => other,
            };
            if length == LENGTH || typed != char::from(DIGITS[(rest & 31) as usize]) {
                return false;
            }
            rest >>= 5;
            length += 1;
        }
        length > 0
    }

    /// Whether `text` could be an id or the beginning of one.
    pub fn looks_like(text: &str) -> bool {
        (1..=LENGTH).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() && !b.eq_ignore_ascii_case(&b'u'))
    }
}

/// How many characters tell all of `ids` apart (at least 4).
pub fn shortest(ids: impl Iterator<Item = Id>) -> usize {
    let ids: Vec<u64> = ids.map(|id| id.0.cast_unsigned()).collect();
    (SHORTEST..LENGTH)
        .find(|digits| {
            let mask = (1u64 << (5 * digits)) - 1;
            let mut seen = HashSet::with_capacity(ids.len());
            ids.iter().all(|id| seen.insert(id & mask))
        })
        .unwrap_or(LENGTH)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut value = 0u64;
        for byte in text.bytes().rev() {
            let digit = DIGITS.iter().position(|d| *d == byte);
            let digit = digit
                .ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is not an id")))?;
            value = (value << 5) | digit as u64;
        }
        i64::try_from(value)
            .map(Id)
            .map_err(serde::de::Error::custom)
    }
}

/// Mints ids in rising order.
#[derive(Debug, Default)]
pub struct Minter {
    last: i64,
}

impl Minter {
    /// A minter whose ids all lie above `highest`, the highest id already in the book.
    pub fn above(highest: i64) -> Self {
        Minter { last: highest }
    }

    /// A new id for a record made at `now` (milliseconds since 1970, UTC). A clock set back cannot make it repeat itself.
    pub fn mint(&mut self, now: i64) -> Id {
        let start = now.max(1) << COUNTER_BITS;
        if start > self.last {
            let random = RandomState::new().hash_one(now) & ((1 << (COUNTER_BITS - 1)) - 1);
            self.last = start | random.cast_signed();
        } else {
            self.last += 1;
        }
        Id(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_goes_back() {
        let mut minter = Minter::default();
        let first = minter.mint(1_700_000_000_000);
        assert!(minter.mint(1_600_000_000_000) > first);
    }

    #[test]
    fn an_id_knows_the_day_it_was_minted_on() {
        let id = Minter::default().mint(1_700_000_000_123);
        assert_eq!(id.day(), 19_675);
        assert_eq!(Id::ME.day(), 0);
    }

    #[test]
    fn a_prefix_matches_its_own_id_and_the_whole_text_reads_back() {
        let id = Minter::default().mint(1_700_000_000_123);
        for length in 1..=13 {
            assert!(id.matches(&id.short(length)));
        }
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<Id>(&json).unwrap(), id);
    }

    #[test]
    fn shortest_grows_until_every_id_is_told_apart() {
        let near = [Id(1), Id(1 | (1 << 22))];
        assert_eq!(shortest(near.into_iter()), 5);
        assert_eq!(shortest([Id(1)].into_iter()), 4);
    }
}
