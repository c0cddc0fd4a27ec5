//! How often a habit happens: `weekly`, `every 2 weeks`, `twice a month`, and on which days that is.

use super::words::Word;
use crate::domain::when::{Unit, after, length};
use chrono::NaiveDate;

/// How often, in one word.
const OFTEN: [(&str, Unit); 7] = [
    ("daily", Unit::Days(1)),
    ("weekly", Unit::Days(7)),
    ("fortnightly", Unit::Days(14)),
    ("biweekly", Unit::Days(14)),
    ("monthly", Unit::Months(1)),
    ("quarterly", Unit::Months(3)),
    ("yearly", Unit::Months(12)),
];

/// How often something happens: so many times in each length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Often {
    /// How often in each.
    pub times: u32,
    /// The length of time.
    pub each: Unit,
}

impl Often {
    fn once(each: Unit) -> Self {
        Often { times: 1, each }
    }

    /// The whole days of one of them; a month has thirty.
    fn days(self) -> i64 {
        match self.each {
            Unit::Months(months) => months.saturating_mul(30),
            Unit::Days(days) => days,
        }
    }

    /// The time between two, in whole days where it is shared.
    pub fn gap(self) -> Unit {
        match self.times {
            0 | 1 => self.each,
            times => Unit::Days((self.days() / i64::from(times)).max(1)),
        }
    }

    /// The day of the `nth` of them, counted from 0: within each length they are spread over its days, and the next length begins
    /// where the calendar says. None beyond the calendar.
    pub fn nth(self, start: NaiveDate, nth: u32) -> Option<NaiveDate> {
        let times = self.times.max(1);
        let within = self.days().checked_mul(i64::from(nth % times))? / i64::from(times);
        let begins = after(start, self.each, nth / times)?;
        begins.checked_add_signed(chrono::Duration::try_days(within)?)
    }
}

/// A number in figures or in a word.
pub fn number(word: &Word) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let named = || WORDS.iter().position(|name| *name == word.text);
    let figures = word.text.parse().ok();
    figures
        .or_else(|| named().and_then(|at| u32::try_from(at).ok()))
        .filter(|number| (1..=1000).contains(number))
}

/// How often: `weekly`, `every 2 weeks`, `every other month`, `twice a week`, `every friday`. Gives back where it stands, how many
/// words it is, how often that is, and the words for the first day where it names one.
pub fn often(words: &[Word]) -> Option<(usize, usize, Often, Option<String>)> {
    (0..words.len()).find_map(|at| {
        let word = words.get(at)?;
        if let Some((_, unit)) = OFTEN.iter().find(|row| word.is(&[row.0])) {
            return Some((at, 1, Often::once(*unit), None));
        }
        if word.is(&["every", "each"]) {
            return every(words.get(at + 1..)?)
                .map(|(n, unit, on)| (at, n + 1, Often::once(unit), on));
        }
        let (times, wide) = counted_times(words, at)?;
        let next = words.get(at + wide)?;
        if let Some((_, each)) = OFTEN.iter().find(|row| next.is(&[row.0])) {
            return Some((at, wide + 1, Often { times, each: *each }, None));
        }
        if !next.is(&["a", "per", "every", "each"]) {
            return None;
        }
        let each = length(&words.get(at + wide + 1)?.text)?;
        Some((at, wide + 2, Often { times, each }, None))
    })
}

/// `once`, `twice`, `3 times`: how often, and how many words it is.
pub fn counted_times(words: &[Word], at: usize) -> Option<(u32, usize)> {
    let word = words.get(at)?;
    let named = ["once", "twice", "thrice"];
    if let Some(times) = named.iter().position(|name| word.text == *name) {
        return u32::try_from(times + 1).ok().map(|times| (times, 1));
    }
    let times = number(word)?;
    words.get(at + 1).filter(|word| word.text == "times")?;
    Some((times, 2))
}

/// What follows `every`.
fn every(words: &[Word]) -> Option<(usize, Unit, Option<String>)> {
    let other = words.first()?.is(&["other", "second"]);
    let skip = usize::from(other);
    let times = 1 + i64::from(other);
    let text = |range: std::ops::Range<usize>| {
        let words = words.get(range)?.iter().map(|word| word.text.as_str());
        Some(words.collect::<Vec<_>>().join(" "))
    };
    let longer = |unit| match unit {
        Unit::Days(days) => Unit::Days(days * times),
        Unit::Months(months) => Unit::Months(months * times),
    };
    for count in [2, 1] {
        if let Some(unit) = text(skip..skip + count).and_then(|text| length(&text)) {
            return Some((skip + count, longer(unit), None));
        }
    }
    let day = text(skip..skip + 1)?;
    let day = if day.ends_with("day") {
        day
    } else {
        day.strip_suffix('s').unwrap_or(&day).to_owned()
    };
    let weekday: Result<chrono::Weekday, _> = day.parse();
    weekday.ok()?;
    Some((skip + 1, Unit::Days(7 * times), Some(day)))
}
