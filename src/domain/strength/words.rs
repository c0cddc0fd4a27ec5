//! The words in which a strength is explained, for every place that explains one: what a share is called, what a state means,
//! how a number is written. Plain language, one decimal at most.

use super::super::moment::{DayNumber, date, day_number};
use super::super::people::{Entry, Trail};
use super::super::text::one_line;
use super::super::touch::{Direction, TouchKind};
use super::super::when;
use super::account::Account;
use super::explain::{Cause, Gap, Share};
use super::{Params, Reading, State};
use chrono::NaiveDate;

/// What the sum of the shares is.
pub const BOND: &str = "bond: what has been built";

/// What is left of it.
pub fn strength(account: &Account) -> &'static str {
    if account.archived {
        "strength when archived"
    } else {
        "strength today"
    }
}

/// A touch by its kind and who started it: `call`, `e-mail sent`.
pub fn touch(kind: TouchKind, direction: Direction) -> String {
    let word = kind.noun();
    let written = matches!(
        kind,
        TouchKind::Email | TouchKind::Message | TouchKind::Letter
    );
    match (written, direction) {
        (true, Direction::Out) => format!("{word} sent"),
        (true, Direction::In) => format!("{word} received"),
        _ => word.to_owned(),
    }
}

/// What a share comes from: `call, 14 min`, `promise broken`. Minutes are told where the history has the touch.
pub fn share(share: &Share, trail: &Trail, history: &[Entry]) -> String {
    match share.cause {
        Cause::Contact {
            kind,
            direction,
            knock,
            touches,
        } => {
            let mut text = touch(kind, direction);
            if let Some(minutes) = minutes(history, share.day, kind) {
                text = format!("{text}, {minutes} min");
            }
            if knock > 1 {
                let none = if kind == TouchKind::Call {
                    "not returned"
                } else {
                    "unanswered"
                };
                text = format!("{text}, {} in a row {none}", ordinal(knock));
            }
            if touches > 1 {
                text = format!("{text}, best of {touches} that day");
            }
            text
        }
        Cause::Promise { kept: true } => "promise kept".to_owned(),
        Cause::Promise { kept: false } => "promise broken".to_owned(),
        Cause::Correction {
            index,
            before,
            after,
        } => {
            let reason = trail.corrections.get(index).map_or("", |c| &c.reason);
            let (before, after) = (number(before), number(after));
            format!(
                "corrected by hand, {before} → {after}: {}",
                one_line(reason)
            )
        }
        Cause::Silence { days: gap, rhythm } => silent(gap, rhythm, None, false),
    }
}

/// How long the touch of a kind took that was logged on a day.
fn minutes(history: &[Entry], day: DayNumber, kind: TouchKind) -> Option<u32> {
    let of_day = |entry: &&Entry| day_number(entry.at.date_naive()) == day && entry.kind == kind;
    let minutes = history.iter().filter(of_day).filter_map(|e| e.minutes);
    minutes.max().filter(|minutes| *minutes > 0)
}

/// The word a script knows a share by.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Contact { .. } => "contact",
        Cause::Promise { kept: true } => "promise_kept",
        Cause::Promise { kept: false } => "promise_broken",
        Cause::Correction { .. } => "correction",
        Cause::Silence { .. } => "silence",
    }
}

/// What the silence is: `20 days silent, usual gap 17.5`.
pub fn silence(account: &Account) -> String {
    let reading = &account.reading;
    silent(
        reading.silence,
        reading.rhythm,
        account.set,
        account.archived,
    )
}

fn silent(gap: Option<DayNumber>, rhythm: f64, set: Option<u16>, archived: bool) -> String {
    let Some(gap) = gap else {
        return "never spoken, so nothing of it counts yet".to_owned();
    };
    let usual = match set {
        Some(set) => format!("every {} set by you", days(f64::from(set))),
        None => format!("usual gap {}", number(rhythm)),
    };
    let (now, then) = if archived {
        ("that day", " then")
    } else {
        ("today", "")
    };
    match gap {
        0 => format!("in touch {now}, {usual}"),
        _ => format!("{} silent{then}, {usual}", days(f64::from(gap))),
    }
}

/// What is left out where only some lines are shown: `34 earlier days`, or other ones where some of them are later.
pub fn others(account: &Account, shown: &[usize]) -> String {
    let (count, _) = account.others(shown);
    let earlier = shown.last().is_none_or(|last| last + 1 == shown.len());
    let which = if earlier { "earlier" } else { "other" };
    format!(
        "{count} {which} {}",
        if count == 1 { "day" } else { "days" }
    )
}

/// The state with the rule that makes it: `due: silent longer than the usual gap`.
pub fn state(account: &Account, params: &Params) -> String {
    if account.archived {
        return "archived: as it stood that day, and nothing is expected since".to_owned();
    }
    let reading = &account.reading;
    let gap = if account.set.is_some() {
        "the gap you set"
    } else {
        "the usual gap"
    };
    let usual = Params::default();
    let plain = params.fade_multiple.to_bits() == usual.fade_multiple.to_bits()
        && params.grace.to_bits() == usual.grace.to_bits();
    let longer = |times: f64, words: (&str, &str)| {
        let (many, grace) = if plain {
            (words.0.to_owned(), words.1.to_owned())
        } else {
            let many = number(times * params.fade_multiple);
            (format!("{many} times"), days(times * params.grace))
        };
        let in_all = days((times * reading.half_fade).floor());
        format!("silent longer than {many} {gap} and {grace} ({in_all})")
    };
    let rule = match reading.state {
        State::New => "nobody spoke with them yet".to_owned(),
        State::OnRhythm => format!("silent no longer than {gap}"),
        State::Due => format!("silent longer than {gap}"),
        State::Stale => longer(1.0, ("twice", "a week")),
        State::Dormant => longer(4.0, ("eight times", "four weeks")),
    };
    format!("{}: {rule}", reading.state.word())
}

/// The days that come, or came: due, stale, cold. Of somebody archived, since when and how strong they stood then.
pub fn dates(account: &Account, today: NaiveDate) -> Vec<String> {
    let reading = &account.reading;
    if account.archived {
        let since = when::say(date(account.today), today);
        let points = number(reading.strength);
        return vec![format!("archived since {since}, strength {points} then")];
    }
    let said = |word: &str, day: DayNumber| {
        let on = date(day);
        let since = if on <= today { " since" } else { "" };
        format!("{word}{since} {}", when::say(on, today))
    };
    let due = reading.due.map(|day| said("due", day));
    let stale = reading.stale.map(|day| said("stale", day));
    let cold = reading.cold.map(|day| {
        if never_warm(reading, account.today) {
            NOT_WARM.to_owned()
        } else {
            said("cold", day)
        }
    });
    [due, stale, cold].into_iter().flatten().collect()
}

/// What is said instead of the day somebody went cold who was not warm when last in touch.
pub const NOT_WARM: &str = "not warm yet";

/// Whether somebody was under the cold line even on the day they were last in touch: they did not go cold, they are not warm yet.
pub fn never_warm(reading: &Reading, today: DayNumber) -> bool {
    let last = reading.silence.map(|silence| today.saturating_sub(silence));
    reading
        .cold
        .zip(last)
        .is_some_and(|(cold, last)| cold <= last)
}

/// What is to be expected, and where a call pays: one sentence each; nothing where nobody spoke yet.
pub fn outlook(account: &Account, params: &Params) -> Vec<String> {
    let reading = &account.reading;
    let mut lines = Vec::new();
    if let Some(overdue) = reading.overdue {
        let gap = match account.set {
            Some(_) => "the gap you set",
            None => "the usual gap",
        };
        lines.push(format!("the silence is {} times {gap}", number(overdue)));
    }
    if let Some(chance) = reading.chance(params, 30) {
        let percent = (100.0 * chance).round();
        lines.push(format!(
            "{percent:.0} % chance of being in touch within 30 days"
        ));
    }
    if reading.silence.is_some() && account.call > 0 && !account.archived {
        let won = plain(account.call);
        lines.push(format!("a call today would win {won} points"));
    }
    lines
}

/// The rhythm, where it comes from, and what learning began with.
pub fn rhythm(account: &Account) -> Vec<String> {
    let seen = account.gaps.len();
    let learned = match seen {
        0 => String::new(),
        1 => "learned from one gap".to_owned(),
        2..=5 => format!("learned from {seen} gaps"),
        _ => format!("learned from {seen} gaps, the last five most"),
    };
    let begins = match (account.tagged, days(account.begins)) {
        (true, days) => format!("begins at the tag's {days}"),
        (false, days) => format!("begins at {days}, as with everybody"),
    };
    let mut lines = match account.set {
        Some(set) => {
            let set = format!("set by you: every {}", days(f64::from(set)));
            let else_ = format!("left to itself: {}", days(account.learned));
            vec![set, else_]
        }
        None => vec![format!("usual gap: {}", days(account.learned))],
    };
    lines.extend(Some(learned).filter(|learned| !learned.is_empty()));
    lines.push(begins);
    lines
}

/// What one gap was, and what it taught: `10 days`, `700 days, counted as 240`.
pub fn gap(gap: &Gap) -> String {
    let long = f64::from(gap.to.saturating_sub(gap.from));
    let length = days(long);
    if long - gap.counted > 0.05 {
        format!("{length}, counted as {}", number(gap.counted))
    } else {
        length
    }
}

/// The same with the usual gap from then on: `10 days (21.3)`.
pub fn gap_taught(taught: &Gap) -> String {
    format!("{} ({})", gap(taught), number(taught.rhythm))
}

/// Points in tenths, as they are shown: two that look equal have no difference.
pub fn tenths(points: f64) -> i64 {
    (points * 10.0).round() as i64
}

/// Points of which the units are tenths, with their sign: `+9.5`, `−15.4`.
pub fn signed(tenths: i64) -> String {
    format!("{}{}", sign(tenths), plain(tenths.abs()))
}

/// The sign of a difference; nothing has none.
pub fn sign(difference: i64) -> &'static str {
    match difference {
        0 => "",
        1.. => "+",
        _ => "−",
    }
}

/// Points of which the units are tenths: `47.8`.
pub fn plain(tenths: i64) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// A number of days with its unit: `1 day`, `17.5 days`.
pub fn days(count: f64) -> String {
    let shown = number(count);
    let unit = if shown == "1" { "day" } else { "days" };
    format!("{shown} {unit}")
}

/// A number with one decimal, or none where that is nothing.
pub fn number(number: f64) -> String {
    ((number * 10.0).round() / 10.0 + 0.0).to_string()
}

/// A sentence with a capital at its beginning.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::{Correction, Trace, Verdict};
    use crate::domain::strength::account::TENTHS;

    fn dana() -> Trail {
        let trace = |day, kind, direction| Trace {
            day,
            kind,
            direction,
        };
        Trail {
            traces: vec![
                trace(0, TouchKind::Meeting, Direction::Mutual),
                trace(30, TouchKind::Call, Direction::Mutual),
                trace(37, TouchKind::Email, Direction::Out),
                trace(44, TouchKind::Email, Direction::Out),
                trace(60, TouchKind::Meeting, Direction::Mutual),
                trace(60, TouchKind::Message, Direction::In),
            ],
            verdicts: vec![Verdict {
                day: 65,
                kept: false,
            }],
            ..Trail::default()
        }
    }

    #[test]
    fn the_account_of_dana_is_told_in_lines_that_add_up() {
        let params = Params::default();
        let trail = dana();
        let account = Account::new(&params, &trail, None, 80, TENTHS);
        let told: Vec<String> = account
            .lines
            .iter()
            .map(|line| {
                let what = share(&line.share, &trail, &[]);
                format!("{} {what} {}", line.share.day, signed(line.units))
            })
            .collect();
        assert_eq!(
            told,
            [
                "65 promise broken −11.9",
                "60 meeting, best of 2 that day +20.1",
                "44 e-mail sent, 2nd in a row unanswered +5.6",
                "37 e-mail sent +6.6",
                "30 call +9.5",
                "0 meeting +17.9",
            ]
        );
        assert_eq!(plain(account.bond), "47.8");
        assert_eq!(silence(&account), "20 days silent, usual gap 17.5");
        assert_eq!(signed(account.silence), "−15.4");
        assert_eq!(plain(account.strength), "32.4");
    }

    #[test]
    fn of_somebody_archived_there_is_no_state_and_nothing_to_come() {
        let params = Params::default();
        let account = Account::new(&params, &dana(), None, 80, TENTHS);
        let archived = Account {
            reading: account.reading.frozen(),
            archived: true,
            ..account
        };
        assert_eq!(silence(&archived), "20 days silent then, usual gap 17.5");
        assert_eq!(strength(&archived), "strength when archived");
        let later = date(100);
        let since = when::say(date(80), later);
        let told = format!("archived since {since}, strength 32.4 then");
        assert_eq!(dates(&archived, later), [told]);
        assert!(state(&archived, &params).starts_with("archived: "));
        assert_eq!(outlook(&archived, &params), [""; 0]);
    }

    #[test]
    fn the_words_of_each_state_say_its_rule() {
        let params = Params::default();
        let cases = [
            (
                0,
                "in touch today, usual gap 30",
                "on rhythm: silent no longer than the usual gap",
            ),
            (
                1,
                "1 day silent, usual gap 30",
                "on rhythm: silent no longer than the usual gap",
            ),
            (
                31,
                "31 days silent, usual gap 30",
                "due: silent longer than the usual gap",
            ),
            (
                68,
                "68 days silent, usual gap 30",
                "stale: silent longer than twice the usual gap and a week (67 days)",
            ),
            (
                300,
                "300 days silent, usual gap 30",
                "dormant: silent longer than eight times the usual gap and four weeks (268 days)",
            ),
        ];
        let call = Trace {
            day: 0,
            kind: TouchKind::Call,
            direction: Direction::Mutual,
        };
        let trail = Trail {
            traces: vec![call],
            ..Trail::default()
        };
        for (day, silent, rule) in cases {
            let account = Account::new(&params, &trail, None, day, TENTHS);
            assert_eq!(silence(&account), silent);
            assert_eq!(state(&account, &params), rule);
        }
        let own = Params {
            fade_multiple: 1.5,
            grace: 3.0,
            ..Params::default()
        };
        let account = Account::new(&own, &trail, Some(14), 30, TENTHS);
        assert_eq!(
            state(&account, &own),
            "stale: silent longer than 1.5 times the gap you set and 3 days (24 days)"
        );
        let pinned = Account::new(&params, &trail, Some(14), 20, TENTHS);
        assert_eq!(silence(&pinned), "20 days silent, every 14 days set by you");
        let met = Account::new(&params, &trail, Some(1), 0, TENTHS);
        assert_eq!(silence(&met), "in touch today, every 1 day set by you");
        assert_eq!(
            rhythm(&pinned),
            [
                "set by you: every 14 days",
                "left to itself: 30 days",
                "begins at 30 days, as with everybody"
            ]
        );
        let tagged = Trail {
            start: Some(14),
            ..trail
        };
        let tagged = Account::new(&params, &tagged, None, 20, TENTHS);
        assert_eq!(
            rhythm(&tagged),
            ["usual gap: 14 days", "begins at the tag's 14 days"]
        );
    }

    #[test]
    fn a_correction_is_told_with_its_reason_on_one_line() {
        let mut trail = dana();
        trail.corrections.push(Correction {
            day: 70,
            mass: 1.0,
            reason: "we were at\n school together".to_owned(),
        });
        let account = Account::new(&Params::default(), &trail, None, 80, TENTHS);
        assert_eq!(
            share(&account.lines[0].share, &trail, &[]),
            "corrected by hand, 39 → 42.9: we were at school together"
        );
    }

    #[test]
    fn what_is_folded_is_called_earlier_only_when_it_is() {
        let account = Account::new(&Params::default(), &dana(), None, 80, TENTHS);
        let cases: [(&[usize], &str); 3] = [
            (&[0, 1], "4 earlier days"),
            (&[0, 1, 5], "3 other days"),
            (&[0, 1, 2, 3, 4], "1 earlier day"),
        ];
        for (shown, wanted) in cases {
            assert_eq!(others(&account, shown), wanted);
        }
        assert_eq!(account.foremost(3), [0, 1, 5]);
        assert_eq!(account.others(&[0, 1, 5]).1, 56 + 66 + 95);
    }

    #[test]
    fn numbers_are_written_with_one_decimal_at_most() {
        assert_eq!(signed(0), "0.0");
        assert_eq!(signed(-7), "−0.7");
        assert_eq!(days(1.0), "1 day");
        assert_eq!(days(17.46), "17.5 days");
        assert_eq!(days(-0.04), "0 days");
        let ordinals = [1, 2, 3, 4, 11, 12, 21, 112].map(ordinal);
        assert_eq!(
            ordinals,
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th"]
        );
    }
}
