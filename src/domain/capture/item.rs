//! Promises, referrals, needs, results, sales and rivals.

use super::mark::{self, Mark};
use super::name::{self, Spot, leading};
use super::word::{among, key, plain};
use super::{Found, Reader, Who, date};
use crate::domain::moment::shift;
use crate::domain::money::{Certainty, Money, best};
use crate::domain::record::ResultKind;
use crate::domain::text::fold;
use crate::domain::when::Look;
use chrono::NaiveDate;
use std::ops::Range;

/// Days until a promise is due for which no day was said.
const USUAL_DAYS: i64 = 7;

/// Words a sentence begins with, which are nobody's name.
const OPENERS: &str = "the a an he she they we i you it his her their my our your this that these to if when on in at for and but or \
    no not yes ask call maybe someone somebody everyone there what ok okay will can has have let let's please via with from about";

/// What goes with an amount when it is taken out of a line.
const WITH_AMOUNT: [&str; 6] = ["for", "of", "at", "worth", "is", "a"];

impl Reader<'_> {
    pub(super) fn promise(&self, mark: Mark, rest: &str, names: &[Spot]) -> Option<Found> {
        let (with, rest) = leading(rest, names);
        let (left, day) = self.dated(rest, Look::Ahead);
        let unread = if day.is_some() {
            self.no_day(rest)
        } else {
            self.unread(rest)
        };
        // Of a day that is in doubt all words stay.
        let what = plain(if unread.is_some() { rest } else { &left });
        mark::says(&what).then(|| Found::Promise {
            mine: mark == Mark::Mine,
            with,
            what,
            due: day.unwrap_or_else(|| shift(self.today, USUAL_DAYS)),
            said: day.is_some(),
            unread,
        })
    }

    pub(super) fn referral(&self, rest: &str, names: &[Spot]) -> Option<Found> {
        let (who, what) = leading(rest, names);
        let (prospect, what) = if who == Who::Caller {
            let (who, end) = self.written_name(rest)?;
            (who, name::behind(rest, end))
        } else {
            (who, what)
        };
        let what = plain(what);
        (prospect != Who::Me).then_some(Found::Referral { prospect, what })
    }

    /// A name without an `@`, told by its capital.
    fn written_name(&self, text: &str) -> Option<(Who, usize)> {
        let first = text.split_whitespace().next()?;
        let written = first.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let opener = among(OPENERS, &key(first));
        (written && !opener).then(|| self.name(text))?
    }

    pub(super) fn result(&self, rest: &str, names: &[Spot]) -> Option<Found> {
        let (with, rest) = leading(rest, names);
        let (left, day) = self.dated(rest, Look::Back);
        let what = plain(&left);
        let kind = result_kind(&fold(&what));
        let least = match kind {
            ResultKind::ProblemRemoved => Certainty::Sure,
            _ => Certainty::Likely,
        };
        mark::says(&what).then(|| Found::Result {
            with,
            amount: best(&left, self.currency, least).map(|amount| amount.money),
            what,
            kind,
            on: day.unwrap_or(self.today),
        })
    }

    pub(super) fn sale(&self, rest: &str, names: &[Spot]) -> Option<Found> {
        let (with, rest) = leading(rest, names);
        let (amount, left, day) = self.amount(rest)?;
        Some(Found::Sale {
            with,
            amount,
            what: plain(&left),
            on: day.unwrap_or(self.today),
        })
    }

    /// The amount a text speaks of, its words without it, and the day. What is surely money goes before what may be a date, any
    /// number after it.
    fn amount(&self, text: &str) -> Option<(Money, String, Option<NaiveDate>)> {
        if let Some(sure) = best(text, self.currency, Certainty::Sure) {
            let (left, day) = self.dated(&around(text, &sure.span), Look::Back);
            return Some((sure.money, left, day));
        }
        let (left, day) = self.dated(text, Look::Back);
        if let Some(amount) = best(&left, self.currency, Certainty::Bare) {
            return Some((amount.money, around(&left, &amount.span), day));
        }
        let amount = best(text, self.currency, Certainty::Bare)?;
        Some((amount.money, around(text, &amount.span), None))
    }
}

/// The words around an amount, without what led to it.
fn around(text: &str, amount: &Range<usize>) -> String {
    let joints = [',', ';', ':', '-', '–', '—', '.', '(', ' ', '：', '，'];
    let mut before = text
        .get(..amount.start)
        .unwrap_or_default()
        .trim_end_matches(joints);
    while let Some(last) = before.split_whitespace().next_back() {
        if !WITH_AMOUNT
            .iter()
            .any(|word| word.eq_ignore_ascii_case(last))
        {
            break;
        }
        before = before
            .strip_suffix(last)
            .unwrap_or_default()
            .trim_end_matches(joints);
    }
    let after = text.get(amount.end..).unwrap_or_default().trim_start();
    let first = after.split_whitespace().next().unwrap_or_default();
    let led = before.is_empty()
        && ["for", "of"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(first));
    let after = if led {
        after.strip_prefix(first).unwrap_or_default()
    } else {
        after
    };
    date::join(before, after)
}

pub fn need(rest: &str, names: &[Spot]) -> Option<Found> {
    let (with, rest) = leading(rest, names);
    let what = plain(rest);
    mark::says(&what).then_some(Found::Need { with, what })
}

pub fn rival(rest: &str, names: &[Spot]) -> Option<Found> {
    let (with, rest) = leading(rest, names);
    let (name, what) = rival_name(rest)?;
    Some(Found::Rival {
        with,
        name: plain(name),
        what: plain(what),
    })
}

/// The rival's name, which is the words with a capital or the first, and what is said of it.
fn rival_name(text: &str) -> Option<(&str, &str)> {
    let article = text
        .split_once(' ')
        .filter(|(first, _)| ["the", "a", "an"].contains(&fold(first).as_str()));
    let text = article.map_or(text, |(_, rest)| rest.trim_start());
    let end = name::company(text);
    let name = text
        .get(..end)
        .filter(|name| name.contains(char::is_alphanumeric))?;
    let rest = text.get(end..)?;
    let owned = ["'s ", "’s "].iter().find_map(|s| rest.strip_prefix(s));
    let what = owned
        .unwrap_or(rest)
        .trim_start_matches([',', ':', ';', '.', '-', '–', '—', ' ', '：', '，']);
    Some((name, what))
}

/// What a result did, from its folded words.
fn result_kind(words: &str) -> ResultKind {
    let any = |list: &[&str]| {
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        words.any(|word| list.contains(&word))
    };
    let cost = any(&[
        "cost", "costs", "price", "prices", "spend", "spending", "bill", "bills",
    ]);
    let cut = any(&[
        "cut", "cuts", "reduced", "reduces", "lower", "lowered", "less", "halved", "down",
        "dropped",
    ]);
    if any(&["save", "saves", "saved", "saving", "savings", "cheaper"]) || cost && cut {
        return ResultKind::CostCut;
    }
    let more = any(&[
        "revenue", "revenues", "turnover", "sales", "grew", "grow", "grows", "growth", "raised",
        "raises",
    ]);
    if more || words.contains("more orders") || words.contains("sold more") {
        return ResultKind::RevenueRaised;
    }
    ResultKind::ProblemRemoved
}

#[cfg(test)]
mod tests;
