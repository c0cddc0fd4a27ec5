//! What a line will become, in words, for the line below the note.

use super::{Found, Line, Who, newcomer};
use crate::domain::chit::Halves;
use crate::domain::contact::KeyDate;
use crate::domain::money::Money;
use crate::domain::record::{ResultKind, Role, Stance};
use crate::domain::when;
use chrono::NaiveDate;

/// What a line will become, or why it stays text. `name` says who somebody is; it is asked for the caller and for known people.
///
/// ```
/// use chitbook::domain::capture::{Reader, Who, say};
/// use chitbook::domain::when::DateOrder;
/// let today = "2026-11-22".parse().unwrap(); // a Sunday
/// let people = |_: &str| Vec::new();
/// let reader = Reader { today, order: DateOrder::Mdy, currency: "USD", people: &people };
/// let said = |text| say(&reader.line(text).unwrap(), &|_: &Who| "Barney".to_owned(), today);
/// assert_eq!(said("! send revised quote fri"), "promise by you · due Fri 27 Nov");
/// assert_eq!(said("+ got me in"), "Barney did you a favour · you owe Barney one");
/// assert_eq!(said("$ 24000 renewal"), "sale · 24,000.00 USD");
/// ```
pub fn say(line: &Line, name: &dyn Fn(&Who) -> String, today: NaiveDate) -> String {
    let found = match &line.found {
        Ok(found) => found,
        Err(reason) => return reason.clone(),
    };
    let people = found.people();
    if let Some(question) = people.iter().find_map(|who| which(who, name)) {
        return question;
    }
    let mut said = sentence(found, name, today);
    for who in people {
        if let Who::New(typed) = who {
            said.push_str(" · new person: ");
            said.push_str(&newcomer(typed));
        }
    }
    said
}

/// What has to be asked before it is known who is meant.
fn which(who: &Who, name: &dyn Fn(&Who) -> String) -> Option<String> {
    let Who::Several { typed, fitting } = who else {
        return None;
    };
    Some(match fitting.as_slice() {
        [one] => format!(
            "{typed}: is that {}, or somebody new?",
            name(&Who::Known(*one))
        ),
        several => format!("which {typed}? {} fit", several.len()),
    })
}

fn sentence(found: &Found, name: &dyn Fn(&Who) -> String, today: NaiveDate) -> String {
    let called = |who: &Who| called(who, name);
    // The caller goes without saying.
    let with = |joint: &str, who: &Who| match who {
        Who::Caller => String::new(),
        who => format!(" {joint} {}", called(who)),
    };
    match found {
        Found::Promise {
            mine,
            with: who,
            due,
            said,
            unread,
            ..
        } => {
            let to = format!("you{}", with("to", who));
            let by = if *mine { to } else { called(who) };
            promise(&by, &due_on(*due, *said, today), unread.as_deref())
        }
        Found::Favour {
            giver,
            receiver,
            worth,
            ..
        } => favour(giver, receiver, *worth, name),
        Found::Referral { prospect, .. } => match prospect {
            Who::New(_) => "referral".to_owned(),
            who => format!("referral to {}", called(who)),
        },
        Found::Need { with: who, .. } => format!("need heard{}", with("from", who)),
        Found::Result {
            with: who,
            kind,
            amount,
            on,
            ..
        } => {
            let day = day_of(*on, today);
            let said = result(*kind, amount.as_ref());
            format!("result{}{said}{day}", with("for", who))
        }
        Found::Sale {
            with: who,
            amount,
            on,
            ..
        } => format!("sale{} · {amount}{}", with("to", who), day_of(*on, today)),
        Found::Fact { with: who, .. } => format!("fact{}", with("about", who)),
        Found::Date { with: who, date } => {
            format!("key date{} · {}", with("of", who), key_date(date, today))
        }
        Found::Rival {
            with: who, name, ..
        } => format!("rival{} · {name}", with("seen with", who)),
        Found::Seat { who, roles, stance } => {
            format!("seat{} · {}", with("of", who), seat(roles, *stance))
        }
    }
}

/// A promise by somebody; where its day could not be read, that comes first, since a narrow pane cuts the end.
fn promise(by: &str, due: &str, unread: Option<&str>) -> String {
    match unread {
        Some(why) => format!("{why}: due {due} · promise by {by}"),
        None => format!("promise by {by} · due {due}"),
    }
}

/// When a promise falls due; where no day was said, also in how many days that is.
fn due_on(due: NaiveDate, said: bool, today: NaiveDate) -> String {
    let day = when::say(due, today);
    if said {
        return day;
    }
    format!("in {} days, {day}", (due - today).num_days())
}

/// What a result did, and what it brought.
fn result(kind: ResultKind, amount: Option<&Money>) -> String {
    let brought = amount.map_or(String::new(), |amount| format!(" · {amount}"));
    format!(" · {}{brought}", kind.phrase())
}

/// The seats and the stance: `finance, technical, for`.
fn seat(roles: &[Role], stance: Stance) -> String {
    let mut words: Vec<&str> = roles.iter().map(|role| role.phrase()).collect();
    words.extend((stance != Stance::Unknown).then(|| stance.word()));
    words.join(", ")
}

/// What somebody is called in the middle of a sentence.
fn called(who: &Who, name: &dyn Fn(&Who) -> String) -> String {
    match who {
        Who::Me => "you".to_owned(),
        Who::New(typed) | Who::Several { typed, .. } => newcomer(typed),
        Who::Caller | Who::Known(_) => name(who),
    }
}

fn favour(giver: &Who, receiver: &Who, worth: Halves, name: &dyn Fn(&Who) -> String) -> String {
    let (from, to) = (called(giver, name), called(receiver, name));
    let owes = if *receiver == Who::Me { "owe" } else { "owes" };
    let many = match worth {
        Halves::PLAIN => "one".to_owned(),
        other => other.to_string(),
    };
    format!("{from} did {to} a favour · {to} {owes} {from} {many}")
}

/// A day that is not today, behind a point.
fn day_of(on: NaiveDate, today: NaiveDate) -> String {
    if on == today {
        return String::new();
    }
    format!(" · {}", when::say(on, today))
}

fn key_date(date: &KeyDate, today: NaiveDate) -> String {
    let label = &date.label;
    let day = NaiveDate::from_ymd_opt(date.on.year.unwrap_or(2000), date.on.month, date.on.day);
    let day = day.unwrap_or(today);
    match (date.yearly, date.on.year) {
        (true, None) => format!("{label}, every {}", day.format("%-d %b")),
        (true, Some(year)) => format!("{label}, every {}, since {year}", day.format("%-d %b")),
        (false, _) => format!("{label}, {}", when::say(day, today)),
    }
}

#[cfg(test)]
mod tests;
