//! Who takes part in an event, and whether the rep did.

use super::event::Event;
use crate::domain::contact::email_key;
use crate::domain::text::clean_line;
use crate::exchange::vcard::line::Line;
use crate::exchange::words::spoken;
use std::collections::HashSet;

/// More than so many people are an audience.
const MOST: usize = 8;

/// Addresses that are of rooms, calendars and programs.
const NOBODY: [&str; 6] = [
    "@resource.calendar.google.com",
    "@group.calendar.google.com",
    "@import.calendar.google.com",
    "@group.v.calendar.google.com",
    "unknownorganizer@calendar.google.com",
    "calendar-notification@google.com",
];

/// What somebody answered to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Maybe,
    Nothing,
}

/// Somebody who is invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attendee {
    pub guest: Guest,
    pub answer: Answer,
}

/// Somebody the rep met, as the calendar knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Their e-mail address in lower case.
    pub email: String,
    /// Their name, or nothing.
    pub name: String,
}

/// The rep's own addresses.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    keys: HashSet<String>,
}

impl Mine {
    /// These addresses, in any spelling.
    pub fn new<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let keys = addresses
            .into_iter()
            .map(|address| email_key(&clean_line(address).to_lowercase()));
        Mine {
            keys: keys.filter(|key| key.contains('@')).collect(),
        }
    }

    /// These too.
    pub fn add<'a>(&mut self, addresses: impl IntoIterator<Item = &'a str>) {
        self.keys.extend(Mine::new(addresses).keys);
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether an address, in lower case, is the rep's; what follows a plus in it does not matter.
    pub fn has(&self, key: &str) -> bool {
        if self.keys.contains(key) {
            return true;
        }
        let Some((local, host)) = key.split_once('@') else {
            return false;
        };
        let plain = local.split_once('+').map(|(plain, _)| plain);
        plain.is_some_and(|plain| self.keys.contains(&format!("{plain}@{host}")))
    }
}

impl Attendee {
    /// The one a line names; none where it is a room, a thing or nobody with an address.
    pub fn of(line: &Line<'_>) -> Option<Self> {
        let kind = line.param("CUTYPE").unwrap_or_default();
        if ["RESOURCE", "ROOM"]
            .iter()
            .any(|thing| kind.eq_ignore_ascii_case(thing))
        {
            return None;
        }
        let value = clean_line(&line.text());
        let bare = match value.split_at_checked(7) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => rest.to_owned(),
            _ => value,
        };
        let mut email = email_key(&bare);
        if !is_address(&email) {
            email = email_key(&clean_line(&line.param("EMAIL")?));
        }
        if !is_address(&email) || NOBODY.iter().any(|nobody| email.ends_with(nobody)) {
            return None;
        }
        let name = spoken(&clean_line(&line.param("CN").unwrap_or_default()));
        let answer = match line
            .param("PARTSTAT")
            .unwrap_or_default()
            .to_ascii_uppercase()
            .as_str()
        {
            "ACCEPTED" | "COMPLETED" => Answer::Yes,
            "DECLINED" | "DELEGATED" => Answer::No,
            "TENTATIVE" => Answer::Maybe,
            _ => Answer::Nothing,
        };
        Some(Attendee {
            guest: Guest { email, name },
            answer,
        })
    }
}

fn is_address(text: &str) -> bool {
    let halves = text.split_once('@');
    halves.is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
    })
}

/// Whether the event is a meeting that the rep had, or why not.
pub(super) enum Attended {
    /// With these.
    With(Vec<Guest>),
    /// The rep was not there.
    Off(&'static str),
    /// It is no meeting of the rep's with anybody.
    No(&'static str),
}

/// Who took part besides the rep.
pub(super) fn attended(event: &Event, mine: &Mine) -> Attended {
    // Whose calendar it is only matters while the rep's own addresses are not known: colleagues hand theirs on.
    let is_me = |key: &str| mine.has(key) || (mine.is_empty() && key == event.owner);
    let mut seen = HashSet::new();
    let everybody: Vec<&Attendee> = event
        .people
        .iter()
        .chain(&event.organizer)
        .filter(|who| seen.insert(who.guest.email.as_str()))
        .collect();
    let me = everybody.iter().find(|who| is_me(&who.guest.email));
    let others: Vec<&&Attendee> = everybody
        .iter()
        .filter(|who| !is_me(&who.guest.email))
        .collect();
    if others.is_empty() {
        return Attended::No("nobody else takes part");
    }
    if everybody.len() > MOST {
        return Attended::No("more than 8 take part");
    }
    let organized = event
        .organizer
        .as_ref()
        .is_some_and(|who| is_me(&who.guest.email));
    match me.map(|me| me.answer) {
        Some(Answer::No) => return Attended::Off("you declined it"),
        Some(Answer::Nothing | Answer::Maybe) if !organized => {
            return Attended::Off("you have not accepted it");
        }
        _ => {}
    }
    let came = others.iter().filter(|who| who.answer != Answer::No);
    let came: Vec<Guest> = came.map(|who| who.guest.clone()).collect();
    if came.is_empty() {
        return Attended::Off("everybody else declined");
    }
    Attended::With(came)
}
