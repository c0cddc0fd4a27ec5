//! A contact: the card a person is known by, as forms edit it, imports bring it and exports write it.

use super::id::Id;
use super::link::LinkKind;
use super::text::{clean_line, clean_note, fold};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Everything on a person's card. Two cards are equal when nothing a person could see differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// The name as it is shown. Never empty in the book.
    pub name: String,
    /// The name's parts, where the source told them apart.
    pub parts: NameParts,
    /// What friends say.
    pub nick: String,
    /// The account by name; empty when the person belongs to none.
    pub account: String,
    /// Department or unit within the account.
    pub department: String,
    /// Job title.
    pub title: String,
    /// Telephone numbers in order of preference.
    pub phones: Vec<Phone>,
    /// E-mail addresses in order of preference.
    pub emails: Vec<Email>,
    /// Web addresses and chat names.
    pub webs: Vec<Web>,
    /// Postal addresses.
    pub addresses: Vec<Address>,
    /// Tags, in the order given.
    pub tags: Vec<String>,
    /// The standing note about the person (not a touch).
    pub note: String,
    /// Birthday, anniversary and other days of the year.
    pub dates: Vec<KeyDate>,
    /// People named on the card by name only: manager, assistant, who referred them.
    pub relations: Vec<Relation>,
    /// The identity another address book gave the card.
    pub uid: Option<String>,
    /// Days between touches that the rep wants; none means the learned rhythm.
    pub cadence: Option<u16>,
    /// Known from an import, not kept warm until the first touch.
    pub ghost: bool,
    /// How the relationship began: referral, cold, event, inbound, inherited; empty when not known.
    pub origin: String,
    /// When they first met or connected.
    pub met_on: Option<NaiveDate>,
    /// What the source said that has no place of its own here; goes back out on export.
    pub extra: Vec<Extra>,
}

/// A name told apart, as vCard's `N` does it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameParts {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Middle names.
    pub additional: String,
    /// Honorific before the name: Dr., Ms.
    pub prefix: String,
    /// What follows the name: Jr., PhD.
    pub suffix: String,
}

impl NameParts {
    /// The parts written as one name.
    pub fn joined(&self) -> String {
        let parts = [
            &self.prefix,
            &self.given,
            &self.additional,
            &self.family,
            &self.suffix,
        ];
        parts
            .iter()
            .map(|p| p.trim())
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.joined().is_empty()
    }
}

/// One telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Phone {
    /// mobile, work, home, fax, … or the source's own label.
    pub label: String,
    /// The number as it was given.
    pub number: String,
}

/// One e-mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Email {
    /// work, home, … or the source's own label.
    pub label: String,
    /// The address as it was given.
    pub address: String,
}

/// A web address or a chat name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Web {
    /// home page, linkedin, … or the source's own label.
    pub label: String,
    /// The address.
    pub url: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// work, home, … or the source's own label.
    pub label: String,
    /// Post office box.
    pub po_box: String,
    /// Flat, floor, building.
    pub extended: String,
    /// Street and number; several lines stay several lines.
    pub street: String,
    /// Town.
    pub city: String,
    /// State, county, region.
    pub region: String,
    /// Postal code.
    pub postcode: String,
    /// Country.
    pub country: String,
}

/// A day to remember: yearly where only month and day are known or where it recurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDate {
    /// birthday, anniversary, renewal, … or what the note said.
    pub label: String,
    /// The day.
    pub on: PartialDate,
    /// Whether it comes back every year.
    pub yearly: bool,
}

/// A date whose year may not be known: `1984-11-20` or `--11-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// The year, where known.
    pub year: Option<i32>,
    /// 1..=12.
    pub month: u32,
    /// 1..=31, never more than the month has.
    pub day: u32,
}

impl PartialDate {
    /// The date with these numbers, or none when no calendar has it. 29 February needs no year; a year has at most four digits, which
    /// is what other programs read.
    pub fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        if year.is_some_and(|year| !(0..=9999).contains(&year)) {
            return None;
        }
        NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).map(|_| PartialDate {
            year,
            month,
            day,
        })
    }

    /// Reads `YYYY-MM-DD` or `--MM-DD`.
    ///
    /// ```
    /// use chitbook::domain::contact::PartialDate;
    /// let day = PartialDate::parse("--02-29").unwrap();
    /// assert_eq!(day.to_string(), "--02-29");
    /// assert!(PartialDate::parse("2023-02-29").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("--") {
            let (month, day) = rest.split_once('-')?;
            return PartialDate::new(None, month.parse().ok()?, day.parse().ok()?);
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        PartialDate::new(Some(date.year()), date.month(), date.day())
    }

    /// The next time this day comes round, `today` included; 29 February is kept on the 28th in common years.
    pub fn next_from(self, today: NaiveDate) -> NaiveDate {
        let in_year = |year| {
            NaiveDate::from_ymd_opt(year, self.month, self.day)
                .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
                .unwrap_or(today)
        };
        let this_year = in_year(today.year());
        if this_year >= today {
            this_year
        } else {
            in_year(today.year() + 1)
        }
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "--{:02}-{:02}", self.month, self.day),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        PartialDate::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "\"{text}\" is not a date like 1984-11-20 or --11-20"
            ))
        })
    }
}

/// Somebody named on the card: `kind` says what that person is to the one on the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What the named person is to this one.
    pub kind: LinkKind,
    /// The source's own word where it says more than the kind does ("child"); empty otherwise.
    #[serde(default)]
    pub label: String,
    /// Their name as written.
    pub name: String,
}

/// The source of what a card keeps of another that it was united with.
pub const MERGED: &str = "merged";
/// Under this name it keeps what the other was called, so that whoever goes on calling them so is understood.
pub const ONCE_CALLED: &str = "once called";

/// A property or column without a place of its own, kept as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// Where it came from: `vcard`, `google`, `outlook`, `linkedin`; [`MERGED`].
    pub source: String,
    /// The property's or column's name, with its parameters where it has them.
    pub name: String,
    /// Its value.
    pub value: String,
}

impl Card {
    /// Whether somebody of this name was united with this person.
    pub fn was_called(&self, name: &str) -> bool {
        let names = self.extra.iter().filter(|extra| extra.source == MERGED);
        let mut names = names.filter(|extra| extra.name == ONCE_CALLED);
        names.any(|extra| fold(&extra.value) == fold(name))
    }

    /// A card that holds nothing but a name.
    pub fn named(name: &str) -> Self {
        Card {
            name: name.to_owned(),
            ..Card::default()
        }
    }

    /// The card as it may enter the book: every text cleaned, empty entries dropped, a name found among what is known.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for text in [
            &mut self.name,
            &mut self.nick,
            &mut self.account,
            &mut self.department,
            &mut self.title,
            &mut self.origin,
        ] {
            *text = clean_line(text);
        }
        let parts = &mut self.parts;
        for text in [
            &mut parts.family,
            &mut parts.given,
            &mut parts.additional,
            &mut parts.prefix,
            &mut parts.suffix,
        ] {
            *text = clean_line(text);
        }
        self.note = clean_note(&self.note);
        self.clean_ways_to_reach();
        for tag in &mut self.tags {
            *tag = clean_line(tag);
        }
        let mut seen = std::collections::HashSet::new();
        self.tags
            .retain(|t| !t.is_empty() && seen.insert(t.to_lowercase()));
        for date in &mut self.dates {
            date.label = clean_line(&date.label);
        }
        for relation in &mut self.relations {
            (relation.label, relation.name) =
                (clean_line(&relation.label), clean_line(&relation.name));
        }
        self.relations.retain(|r| !r.name.is_empty());
        for extra in &mut self.extra {
            (extra.name, extra.value) = (clean_line(&extra.name), clean_note(&extra.value));
        }
        self.uid = self.uid.map(|u| clean_line(&u)).filter(|u| !u.is_empty());
        if self.name.is_empty() {
            self.name = self.fallback_name();
        }
        self
    }

    fn clean_ways_to_reach(&mut self) {
        for phone in &mut self.phones {
            (phone.label, phone.number) = (clean_line(&phone.label), clean_line(&phone.number));
        }
        self.phones.retain(|p| !p.number.is_empty());
        for email in &mut self.emails {
            (email.label, email.address) = (clean_line(&email.label), clean_line(&email.address));
        }
        self.emails.retain(|e| !e.address.is_empty());
        for web in &mut self.webs {
            (web.label, web.url) = (clean_line(&web.label), clean_line(&web.url));
        }
        self.webs.retain(|w| !w.url.is_empty());
        for place in &mut self.addresses {
            place.clean();
        }
        self.addresses.retain(|a| !a.is_empty());
    }

    fn fallback_name(&self) -> String {
        let parts = self.parts.joined();
        [parts.as_str(), &self.nick, &self.account]
            .into_iter()
            .chain(self.emails.iter().map(|e| e.address.as_str()))
            .chain(self.phones.iter().map(|p| p.number.as_str()))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }
}

impl Address {
    fn fields(&mut self) -> [&mut String; 8] {
        [
            &mut self.label,
            &mut self.po_box,
            &mut self.extended,
            &mut self.street,
            &mut self.city,
            &mut self.region,
            &mut self.postcode,
            &mut self.country,
        ]
    }

    fn clean(&mut self) {
        for text in self.fields() {
            let clean = clean_note(text);
            clean.trim().clone_into(text);
        }
    }

    /// Whether nothing but a label is there.
    pub fn is_empty(&self) -> bool {
        [
            &self.po_box,
            &self.extended,
            &self.street,
            &self.city,
            &self.region,
            &self.postcode,
            &self.country,
        ]
        .iter()
        .all(|t| t.is_empty())
    }

    /// The address on one line.
    pub fn one_line(&self) -> String {
        let parts = [
            &self.extended,
            &self.street,
            &self.po_box,
            &self.postcode,
            &self.city,
            &self.region,
            &self.country,
        ];
        parts
            .iter()
            .filter(|p| !p.is_empty())
            .map(|p| p.replace('\n', ", "))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// The key an e-mail address is matched by: trimmed and in lower case.
pub fn email_key(address: &str) -> String {
    let address = address.trim();
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    address.to_lowercase()
}

/// A person as the book holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// Their identity.
    pub id: Id,
    /// What is on their card.
    pub card: Card,
    /// When they were archived, if they were.
    pub archived_on: Option<NaiveDate>,
}
