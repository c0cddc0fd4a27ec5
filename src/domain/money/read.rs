//! Finds amounts of money in a text: `24,000`, `€ 3.500,00`, `24k`, `1,5 mio`, `CHF 12’000`, `5000円`.
//!
//! Every run of digits is looked at once, with what stands right before and behind it. Digits that belong to something else (a
//! date, a percentage, a part number) are let be.

use super::currency::{named, sign_ahead, sign_behind};
use super::{Money, minor_digits};
use std::ops::Range;

/// The most digits an amount may be written with.
const MOST_DIGITS: usize = 24;

/// How sure it is that a number is money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Any number.
    Bare,
    /// So many `m`: millions, metres or minutes.
    Likely,
    /// A currency, thousands or millions, or at least four digits that are no year.
    Sure,
}

/// An amount found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much.
    pub money: Money,
    /// Where it stands, in bytes, its currency included.
    pub span: Range<usize>,
    /// How sure it is that it is money.
    pub certainty: Certainty,
}

/// Every amount in a text, in order. Where none of its words names a currency it is `home`.
pub fn amounts<'a>(text: &'a str, home: &'a str) -> impl Iterator<Item = Amount> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find(is_digit)?;
            let number = Number::read(text, start)?;
            let found = number.amount(text, at, home);
            at = match &found {
                Some(amount) => amount.span.end,
                None => end_of_figures(text, start).max(number.span.end),
            };
            if found.is_some() {
                return found;
            }
        }
    })
}

/// The amount a text most likely means: the first of those that are surest to be money, and at least so sure.
pub fn best(text: &str, home: &str, least: Certainty) -> Option<Amount> {
    let mut found: Option<Amount> = None;
    for amount in amounts(text, home) {
        if amount.certainty == Certainty::Sure {
            return Some(amount);
        }
        let surer = found
            .as_ref()
            .is_none_or(|before| before.certainty < amount.certainty);
        if amount.certainty >= least && surer {
            found = Some(amount);
        }
    }
    found
}

/// Whether a text begins as an amount does: with a digit or the sign of a currency.
pub fn begins(text: &str) -> bool {
    text.starts_with(is_digit) || sign_ahead(text, "").is_some()
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The value of a digit, wide ones of eastern keyboards included.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// Marks that set groups of three digits apart, besides the comma and the full stop.
fn sets_apart(c: char) -> bool {
    matches!(
        c,
        ' ' | '\'' | '’' | '_' | '\u{A0}' | '\u{2009}' | '\u{202F}'
    )
}

/// Where a row of digits and what joins them ends: none of it is an amount.
fn end_of_figures(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let joins = |c: char| is_digit(c) || matches!(c, '.' | ',' | '/' | ':' | '-');
    let length = rest.find(|c| !joins(c)).unwrap_or(rest.len());
    start + length
}

/// A number as it was written.
struct Number {
    /// Its digits, without what sets them apart; none where they are no number, or more than anybody means.
    digits: Option<u128>,
    /// How many of them stand behind the decimal mark.
    decimals: u32,
    /// A full stop with three digits behind it is all that sets them apart: 1.250 is a thousand and more, or one and a quarter.
    stop: bool,
    /// It has at least four digits and is no year.
    long: bool,
    span: Range<usize>,
}

impl Number {
    /// What is written like a number and begins at a digit.
    fn read(text: &str, start: usize) -> Option<Self> {
        let mut groups = vec![String::new()];
        let mut marks: Vec<char> = Vec::new();
        let mut alike = true;
        let mut end = start;
        let mut rest = text.get(start..)?.chars().peekable();
        while let Some(c) = rest.next() {
            let length = c.len_utf8();
            if let Some(value) = digit(c) {
                groups.last_mut()?.push(char::from_digit(value, 10)?);
                end += length;
                continue;
            }
            let c = match c {
                '，' => ',',
                '．' => '.',
                c => c,
            };
            let joined = rest.peek().copied().is_some_and(is_digit);
            if !joined || !(sets_apart(c) || matches!(c, ',' | '.')) {
                break;
            }
            let next = text.get(end + length..)?;
            alike = alike && marks.last().is_none_or(|mark| *mark == c);
            let may_follow = alike && groups.last()?.len() <= 3 && is_group_of_three(next);
            if sets_apart(c) && !may_follow {
                break;
            }
            marks.push(c);
            groups.push(String::new());
            end += length;
        }
        let digits = groups.concat();
        let decimals = decimals(&groups, &marks).filter(|_| digits.len() <= MOST_DIGITS);
        let behind = decimals.unwrap_or(0);
        let value: Option<u128> = decimals.and_then(|_| digits.parse().ok());
        let year = marks.is_empty() && value.is_some_and(|value| (1900..2100).contains(&value));
        Some(Number {
            digits: value,
            decimals: behind,
            stop: behind == 0 && marks == ['.'],
            long: digits.len() - behind as usize >= 4 && !year,
            span: start..end,
        })
    }

    /// The amount a number is, with its currency and its thousands; none where it is part of something else.
    /// What stands before `from` belongs to the amount before.
    fn amount(&self, text: &str, from: usize, home: &str) -> Option<Amount> {
        let before = text.get(..self.span.start)?;
        let ahead = currency_before(text.get(from..self.span.start)?, home);
        if ahead.is_none() && before.chars().next_back().is_some_and(clings) {
            return None;
        }
        let mut end = self.span.end + dash(text.get(self.span.end..)?);
        let (scale, likely) = match scale(text.get(end..)?, home, ahead.is_some()) {
            Some(found) => {
                end += found.length;
                (found.zeros, found.metres && self.decimals == 0)
            }
            None => (0, false),
        };
        let behind = currency_behind(text.get(end..)?, home);
        if let Some((_, length)) = &behind {
            end += length;
        }
        let start = ahead
            .as_ref()
            .map_or(self.span.start, |found| self.span.start - found.1);
        let minus = text.get(..start)?.ends_with(['-', '−']);
        if minus || goes_on(text.get(end..)?) {
            return None;
        }
        let certainty = match (ahead.is_some() || behind.is_some(), scale > 0) {
            (false, true) if likely => Certainty::Likely,
            (true, _) | (_, true) => Certainty::Sure,
            (false, false) if self.long && !counts_things(text.get(end..)?) => Certainty::Sure,
            (false, false) => Certainty::Bare,
        };
        let currency = behind
            .or(ahead)
            .map_or_else(|| home.to_owned(), |found| found.0);
        let minor_digits = minor_digits(&currency);
        let decimals = if self.stop && minor_digits == 3 {
            3
        } else {
            self.decimals
        };
        let minor = minor(self.digits?, decimals, scale + minor_digits)?;
        Some(Amount {
            money: Money { minor, currency },
            span: start..end,
            certainty,
        })
    }
}

/// Digits with so many decimals, raised by so many powers of ten; what is left over is rounded. None where it is too much to hold.
fn minor(digits: u128, decimals: u32, up: u32) -> Option<i64> {
    let value = if up >= decimals {
        digits.checked_mul(10_u128.checked_pow(up - decimals)?)?
    } else {
        let one = 10_u128.checked_pow(decimals - up)?;
        (digits + one / 2) / one
    };
    i64::try_from(value).ok()
}

/// Three digits and no fourth.
fn is_group_of_three(text: &str) -> bool {
    let mut chars = text.chars();
    chars.by_ref().take(3).filter(|c| is_digit(*c)).count() == 3
        && !chars.next().is_some_and(is_digit)
}

/// How many digits stand behind the decimal mark. None where the marks are not those of a number: 14.11.2026.
fn decimals(groups: &[String], marks: &[char]) -> Option<u32> {
    let Some((last, earlier)) = marks.split_last() else {
        return Some(0);
    };
    if are_thousands(groups, marks) && !groups.first()?.starts_with('0') {
        return Some(0);
    }
    let (part, whole) = groups.split_last()?;
    let point = matches!(last, ',' | '.') && !earlier.contains(last);
    (point && are_thousands(whole, earlier)).then_some(part.len() as u32)
}

/// Digits as thousands are set apart, by one kind of mark: 24,000 and 1,50,000. A single group may have any length.
fn are_thousands(groups: &[String], marks: &[char]) -> bool {
    let (Some(mark), [first, middle @ .., last]) = (marks.first(), groups) else {
        return marks.is_empty();
    };
    marks.iter().all(|other| other == mark)
        && first.len() <= 3
        && middle.iter().all(|group| matches!(group.len(), 2 | 3))
        && last.len() == 3
}

/// What a digit belongs to when it stands right behind it: a word, a date, a number cut in two, a part number.
fn clings(c: char) -> bool {
    c.is_alphanumeric() && !unspaced(c)
        || matches!(
            c,
            '-' | '−' | '/' | '.' | ',' | ':' | '#' | '_' | '@' | '’' | '\''
        )
}

/// Letters of scripts without blanks do not belong to the digits beside them.
fn unspaced(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase() && c > '\u{0DFF}'
}

/// Whether a number goes on behind what was read: into a word, a percentage, a date.
fn goes_on(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(next), after) = (chars.next(), chars.next()) else {
        return false;
    };
    let digit_after = after.is_some_and(is_digit);
    next.is_alphanumeric() && !unspaced(next)
        || matches!(next, '%' | '‰' | '°' | '％')
        || next.is_whitespace() && matches!(after, Some('%' | '％'))
        || digit_after && matches!(next, '-' | '–' | '/' | '.' | ',' | ':' | '\'' | '’')
}

/// Whether the word behind a number says what is counted.
fn counts_things(text: &str) -> bool {
    let things = [
        "rpm", "kg", "g", "t", "tons", "tonnes", "lbs", "km", "miles", "m", "mm", "cm", "ft",
        "feet", "l", "litres", "liters", "h", "hours", "hrs", "min", "minutes", "days", "kwh",
        "kw", "mw", "units", "pieces", "pcs", "parts", "people", "visitors", "users", "orders",
        "calls", "tickets", "times",
    ];
    things.contains(&word(text.trim_start()).to_lowercase().as_str())
}

/// The dash for no cents: `24.000,-`.
fn dash(text: &str) -> usize {
    let mut chars = text.chars();
    let (point, dash) = (chars.next(), chars.next());
    match (point, dash) {
        (Some('.' | ','), Some(dash @ ('-' | '–' | '—'))) => 1 + dash.len_utf8(),
        _ => 0,
    }
}

/// Thousands, millions and so on behind a number.
struct Scale {
    zeros: u32,
    length: usize,
    /// It is a lone small `m`, which is metres and minutes too, or `b`, which numbers houses.
    metres: bool,
}

fn scale(text: &str, home: &str, money: bool) -> Option<Scale> {
    let gap = gap(text);
    let rest = text.get(gap..)?;
    let found = |zeros, length, metres| {
        Some(Scale {
            zeros,
            length: gap + length,
            metres,
        })
    };
    for (sign, zeros) in [
        ("百万", 6),
        ("千万", 7),
        ("万", 4),
        ("千", 3),
        ("億", 8),
        ("亿", 8),
        ("만", 4),
        ("억", 8),
    ] {
        if rest.starts_with(sign) {
            return found(zeros, sign.len(), false);
        }
    }
    let word = word(rest);
    let zeros = match word.to_lowercase().as_str() {
        "k" | "m" | "b" | "mm" if gap > 0 && !money && word != "k" && word != "K" => return None,
        "mm" if !money => return None,
        "k" | "tsd" | "thousand" | "grand" => 3,
        "lakh" | "lakhs" => 5,
        "m" | "mm" | "mio" | "mln" | "mn" | "million" | "millions" => 6,
        "crore" | "crores" => 7,
        "b" | "bn" | "mrd" | "billion" | "billions" => 9,
        _ => return glued_code(word, home).and_then(|zeros| found(zeros, 1, false)),
    };
    let stop = usize::from(
        matches!(word.to_lowercase().as_str(), "tsd" | "mio" | "mrd")
            && rest.get(word.len()..)?.starts_with('.'),
    );
    found(zeros, word.len() + stop, matches!(word, "m" | "b"))
}

/// `kEUR`, `kUSD`, `MEUR`: the currency follows at once.
fn glued_code(word: &str, home: &str) -> Option<u32> {
    let zeros = match word.chars().next()? {
        'k' | 'K' => 3,
        'm' | 'M' => 6,
        _ => return None,
    };
    named(word.get(1..)?, home).map(|_| zeros)
}

/// The currency right before a number, with the bytes it takes, the blank between them included.
fn currency_before(text: &str, home: &str) -> Option<(String, usize)> {
    let trimmed = text
        .strip_suffix([' ', '\u{A0}', '\u{202F}', '\u{3000}'])
        .unwrap_or(text);
    let gap = text.len() - trimmed.len();
    if let Some((currency, length)) = sign_behind(trimmed, home) {
        return Some((currency, length + gap));
    }
    let start = trimmed.len().checked_sub(3)?;
    let word = trimmed.get(start..)?;
    let alone = !trimmed
        .get(..start)?
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let currency = alone.then(|| named(word, home))??;
    Some((currency, 3 + gap))
}

/// The currency right behind a number, with the bytes it takes.
fn currency_behind(text: &str, home: &str) -> Option<(String, usize)> {
    let gap = gap(text);
    let rest = text.get(gap..)?;
    if let Some((currency, length)) = sign_ahead(rest, home) {
        // A sign with a number behind it belongs to that number: `24 for $ 3`.
        let next = rest.get(length..)?.trim_start().chars().next();
        let taken = gap > 0 && next.is_some_and(is_digit);
        return (!taken).then_some((currency, gap + length));
    }
    let word = word(rest);
    let currency = named(word, home)?;
    Some((currency, gap + word.len()))
}

/// The blank at the front of a text, one at most.
fn gap(text: &str) -> usize {
    let blank = text.chars().next().filter(|c| c.is_whitespace());
    blank.map_or(0, char::len_utf8)
}

/// The letters a text begins with.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic());
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}
