//! The day that a promise tries to name and does not: one that is none (`31 feb`), one gone by, or words that nobody can turn into a day
//! (`before the holidays`).

use super::Reader;
use super::date::{
    OF_IT, STRONG, is_closed, is_for, is_pointed_at, last_word, pointer_behind, without_end,
};
use super::word::bare_key;
use crate::domain::text::{fit, fold};
use crate::domain::when::{self, Look};

/// The most words behind `by` that are taken for a day that cannot be read.
const MOST_WORDS: usize = 4;
/// Columns of the words that are said back.
const SHOWN: usize = 30;

/// Behind `by` these say how something is done, or by whom, not by when.
const MEANS: &str = "email e-mail mail post phone telephone mobile text sms fax letter courier hand car bus train plane ship sea air rail \
    road express dhl ups fedex whatsapp slack teams zoom video web link voice chat cheque check card cash transfer wire invoice half \
    third default mistake accident law heart name side far then now me you him her us them myself yourself himself herself ourselves \
    themselves all any each every one no";
/// What was done, before `by` and whoever did it.
const DONE: &str = "done made sent given written built run drawn led paid seen shown sold bought read held met taken driven known put \
    set cut go goes come comes stop stops drop drops swing call ring pass stand live get";
/// Behind `due` these lead to something else than a day.
const NOT_DUE: &str = "to diligence from";
/// Before the name of a month or a season these make a day of it that is not clear.
const VAGUE: &str = "in early late during around sometime this next coming";
/// Words of a text that tells which thing is meant by when it was: `send what we discussed yesterday`.
const TELLING: &str = "what which that who we they he she you i as of from since re about how";
/// Behind `after` these are times that no day can be made of.
const AFTER: &str = "easter christmas xmas thanksgiving halloween holidays holiday weekend";
/// The units in which somebody may count too far.
const UNITS: &str = "day days week weeks month months year years";
/// Times of the year.
const SEASONS: &str = "spring summer autumn fall winter january february march april may june july august september october november \
    december jan feb mar apr jun jul aug sep sept oct nov dec";

impl Reader<'_> {
    /// Why the day that a text seems to name is none, in a few words; for a text in which no day was found.
    pub(super) fn unread(&self, text: &str) -> Option<String> {
        let text = bare(text);
        self.misnamed(text).or_else(|| {
            let words = self.behind_a_pointer(text).or_else(|| vague(text));
            let words = words.map(str::to_owned).or_else(|| after(text));
            words.map_or_else(
                || odd(text),
                |words| Some(format!("“{}” is no day", fit(&words, SHOWN))),
            )
        })
    }

    /// Why a day that a text names plainly cannot be the one something is due.
    pub(super) fn misnamed(&self, text: &str) -> Option<String> {
        self.no_day(text)
            .or_else(|| self.gone_by(text))
            .or_else(|| self.lately(bare(text)).map(past))
    }

    /// A day that is in no calendar, or falls on another day of the week.
    pub(super) fn no_day(&self, text: &str) -> Option<String> {
        let text = bare(text);
        let (span, why) = when::no_day(text, &STRONG, self.today, Look::Ahead, self.order)?;
        (!is_of_it(text.get(..span.start)?)).then_some(why)
    }

    /// A day that is past, where it is said so that it can only be meant as the day something is due.
    fn gone_by(&self, text: &str) -> Option<String> {
        let text = bare(text);
        let (look, order) = (Look::Ahead, self.order);
        let front = when::front(text, self.today, look, order);
        let front = front.filter(|found| is_closed(text, &found.span));
        let behind = when::pointed(text, &STRONG, self.today, look, order);
        let end = when::span(text, self.today, look, order).filter(|found| {
            let phrase = text.get(found.span.clone()).unwrap_or_default();
            let before = text.get(..found.span.start).unwrap_or_default();
            let meant = is_pointed_at(text, &found.span) || is_absolute(phrase) || !is_told(before);
            meant && !is_for(text, &found.span) && !is_of_it(before)
        });
        let mut found = [front, behind, end].into_iter().flatten();
        let found = found.find(|found| found.date < self.today)?;
        text.get(found.span).map(past)
    }

    /// The words behind the last `by`, `before`, `until` or `due` of a text, where they end it and may be meant as a day.
    fn behind_a_pointer<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut from = text.len();
        for _ in 0..=MOST_WORDS {
            let before = text.get(..from)?.trim_end();
            let pointer = last_word(before);
            if STRONG.iter().any(|word| word.eq_ignore_ascii_case(pointer)) {
                let rest = text.get(before.len()..)?.trim_start();
                let led = text.get(before.len() - pointer.len()..)?;
                let before = before.get(..before.len() - pointer.len())?;
                return self.may_be_day(before, &fold(pointer), rest).then_some(led);
            }
            from = before.len().checked_sub(pointer.len())?;
        }
        None
    }

    /// Whether the words behind a pointer may be meant as a day.
    fn may_be_day(&self, before: &str, pointer: &str, rest: &str) -> bool {
        let first = fold(bare_key(rest.split_whitespace().next().unwrap_or_default()));
        if first.is_empty() || rest.starts_with(['@', '＠']) {
            return false;
        }
        match pointer {
            "due" => !among(NOT_DUE, &first) && rest.split_whitespace().count() <= 2,
            "by" => {
                let did = fold(bare_key(last_word(before)));
                let somebody = || !(self.people)(&first).is_empty();
                !(first.starts_with(|c: char| c.is_ascii_digit())
                    || first.ends_with("ing") && !among(SEASONS, &first)
                    || among(MEANS, &first)
                    || did.len() > 3 && did.ends_with("ed")
                    || among(DONE, &did)
                    || somebody())
            }
            _ => true,
        }
    }
}

/// What is said of a day gone by, without the words that point at it.
fn past(mut phrase: &str) -> String {
    while let Some((first, rest)) = phrase.split_once(' ')
        && pointer_behind(first).is_some()
    {
        phrase = rest.trim_start();
    }
    format!("{} is past", fit(phrase, SHOWN))
}

fn among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|other| other == word)
}

/// Whether a day gone by behind these words may tell which thing is meant.
fn is_told(before: &str) -> bool {
    let did = fold(bare_key(last_word(before)));
    let telling = |word: &str| among(TELLING, &fold(bare_key(word)));
    // The first word of a promise says what is to be done: `call last friday`.
    let first = before.split_whitespace().count() < 2;
    did.is_empty()
        || did.len() > 3 && did.ends_with("ed")
        || !first && among(DONE, &did)
        || before.split_whitespace().any(telling)
}

/// `after Easter` at the end of a text.
fn after(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words
        .iter()
        .rposition(|word| word.eq_ignore_ascii_case("after"))?;
    let (before, behind) = words.split_at_checked(at)?;
    let looks = before
        .last()
        .is_some_and(|word| fold(word).starts_with("look"));
    let rest: Vec<String> = behind.iter().skip(1).map(|word| fold(word)).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let named = match rest.as_slice() {
        ["the", "new", "year"] | ["new", "year"] => true,
        ["the", one] | [one] => among(AFTER, one) || among(SEASONS, one),
        _ => false,
    };
    (named && !looks).then(|| behind.join(" "))
}

/// Figures at the end of a text that can only be meant as a day or an hour and are none: `13/13`, `25:00`, `in 99999999999 days`.
fn odd(text: &str) -> Option<String> {
    let mut words = text.split_whitespace().rev();
    let last = words.next()?;
    let figures = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    if let Some((one, other)) = last.split_once('/') {
        let odd = |text| figures(text).is_some_and(|number| (13..=31).contains(&number));
        return (odd(one) && odd(other)).then(|| format!("“{last}” is no day"));
    }
    if let Some((hour, minutes)) = last.split_once(':') {
        let (hour, minutes) = (
            figures(hour)?,
            figures(minutes).filter(|_| minutes.len() == 2)?,
        );
        let odd = (24..30).contains(&hour) || hour < 24 && minutes > 59;
        return odd.then(|| format!("“{last}” is no time of day"));
    }
    let number = words.next()?;
    let counted = number.len() > 4 && number.chars().all(|c| c.is_ascii_digit());
    let led = words.next()?.eq_ignore_ascii_case("in");
    (among(UNITS, &fold(last)) && counted && led).then(|| {
        format!(
            "“{}” is too far away",
            fit(&format!("in {number} {last}"), SHOWN)
        )
    })
}

/// A text without what may follow a date at its end.
fn bare(text: &str) -> &str {
    without_end(text).trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// `in december`, `early next spring`: a month or a season at the end of a text, with a word that makes no day of it.
fn vague(text: &str) -> Option<&str> {
    let mut from = text.len();
    let mut words: Vec<(usize, String)> = Vec::new();
    for _ in 0..3 {
        let before = text.get(..from)?.trim_end();
        let word = last_word(before);
        from = before.len() - word.len();
        words.push((from, fold(bare_key(word))));
    }
    let [(_, last), rest @ ..] = words.as_slice() else {
        return None;
    };
    let (at, _) = match rest {
        [(_, the), (at, led)] if the == "the" && among(VAGUE, led) => (at, led),
        [(at, led), ..] if among(VAGUE, led) => (at, led),
        _ => return None,
    };
    among(SEASONS, last).then(|| text.get(*at..))?
}

/// Whether a date behind these words says which thing is meant.
fn is_of_it(before: &str) -> bool {
    let word = last_word(before).to_lowercase();
    OF_IT.contains(&word.as_str()) || word == "for"
}

/// Whether a phrase says a day that stays the same from day to day: `3 march 2020`, not `3 days ago`.
fn is_absolute(phrase: &str) -> bool {
    let moves = phrase
        .split_whitespace()
        .any(|word| ["ago", "back", "before", "last"].contains(&word.to_lowercase().as_str()));
    !moves && phrase.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests;
