//! Contacts as a table in Google's current columns, wide enough for the fullest card, with a few of our own at the end.

use super::google::{LABELS, SEVERAL};
use super::guard::guard;
use crate::domain::contact::{Card, KeyDate};
use crate::exchange::words;

/// Columns that every table has, in Google's order.
const FIXED: [&str; 17] = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Phonetic Middle Name",
    "Phonetic Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
];

/// Lists of which a card has any number, with the parts each entry has.
const LISTS: [(&str, &[&str]); 7] = [
    ("E-mail", &["Label", "Value"]),
    ("Phone", &["Label", "Value"]),
    (
        "Address",
        &[
            "Label",
            "Formatted",
            "Street",
            "City",
            "PO Box",
            "Region",
            "Postal Code",
            "Country",
            "Extended Address",
        ],
    ),
    ("Website", &["Label", "Value"]),
    ("Event", &["Label", "Value"]),
    ("Relation", &["Label", "Value"]),
    ("Custom Field", &["Label", "Value"]),
];

/// Columns that only this program reads.
const OWN: [&str; 7] = [
    "Chitbook Name",
    "Chitbook UID",
    "Chitbook Cadence",
    "Chitbook Ghost",
    "Chitbook Origin",
    "Chitbook Met On",
    "Chitbook Once",
];

/// How wide a table must be. Widen it by every card, then write the header and the rows.
///
/// What is written reads back equal, with two exceptions that the columns of others force: a tag with ` ::: ` in it comes back as
/// two, and a label that is exactly `Work` or another of Google's words comes back in small letters, as the book writes it.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    counts: [usize; LISTS.len()],
    raw: bool,
}

fn counts(card: &Card) -> [usize; LISTS.len()] {
    [
        card.emails.len(),
        card.phones.len(),
        card.addresses.len(),
        card.webs.len(),
        card.dates.len(),
        card.relations.len(),
        card.extra.len(),
    ]
}

impl Layout {
    /// A table without room for any list.
    pub fn new() -> Self {
        Layout::default()
    }

    /// With `raw`, cells that a spreadsheet would run are written as they are.
    #[must_use]
    pub fn raw(mut self, raw: bool) -> Self {
        self.raw = raw;
        self
    }

    /// Makes room for everything on the card.
    pub fn widen(&mut self, card: &Card) {
        for (count, needed) in self.counts.iter_mut().zip(counts(card)) {
            *count = needed.max(*count);
        }
    }

    /// The line with the columns' names.
    pub fn header(&self) -> String {
        let mut columns: Vec<String> = FIXED.map(str::to_owned).to_vec();
        for ((list, parts), count) in LISTS.iter().zip(self.counts) {
            for number in 1..=count {
                columns.extend(parts.iter().map(|part| format!("{list} {number} - {part}")));
            }
        }
        columns.extend(OWN.map(str::to_owned));
        line(&columns)
    }

    /// The card's row. The layout must have been widened by the card.
    pub fn row(&self, card: &Card) -> String {
        let card = card.clone().cleaned();
        debug_assert!(
            counts(&card)
                .iter()
                .zip(self.counts)
                .all(|(needed, room)| *needed <= room)
        );
        let birthday = card
            .dates
            .iter()
            .position(|date| date.yearly && date.label == "birthday");
        let mut cells = fixed(&card, birthday);
        for ((entries, (_, parts)), room) in lists(&card, birthday)
            .into_iter()
            .zip(LISTS)
            .zip(self.counts)
        {
            let missing = room.saturating_sub(entries.len()) * parts.len();
            cells.extend(entries.into_iter().flatten());
            cells.extend(std::iter::repeat_n(String::new(), missing));
        }
        cells.extend(own(&card, birthday));
        if !self.raw {
            for cell in &mut cells {
                *cell = guard(cell);
            }
        }
        line(&cells)
    }
}

/// A row of any table, its cells guarded unless they are wanted raw.
pub fn row_of(cells: &[String], raw: bool) -> String {
    if raw {
        return line(cells);
    }
    let cells: Vec<String> = cells.iter().map(|cell| guard(cell)).collect();
    line(&cells)
}

/// One row of text. A writer into memory does not fail.
fn line(cells: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let written = writer.write_record(cells).is_ok();
    debug_assert!(written);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn label(text: &str) -> String {
    let known = LABELS.iter().find(|(_, ours)| *ours == text);
    known.map_or(text, |(theirs, _)| theirs).to_owned()
}

fn fixed(card: &Card, birthday: Option<usize>) -> Vec<String> {
    let parts = &card.parts;
    let given = if parts.is_empty() {
        &card.name
    } else {
        &parts.given
    };
    let birthday = birthday.and_then(|at| card.dates.get(at));
    let none = String::new;
    vec![
        given.clone(),
        parts.additional.clone(),
        parts.family.clone(),
        none(),
        none(),
        none(),
        parts.prefix.clone(),
        parts.suffix.clone(),
        card.nick.clone(),
        none(),
        card.account.clone(),
        card.title.clone(),
        card.department.clone(),
        birthday.map(|date| date.on.to_string()).unwrap_or_default(),
        card.note.clone(),
        none(),
        card.tags.join(SEVERAL),
    ]
}

fn lists(card: &Card, birthday: Option<usize>) -> [Vec<Vec<String>>; LISTS.len()] {
    let event = |(at, date): (usize, &KeyDate)| {
        // The birthday has a column of its own; its place here stays free, which says where in the list it was.
        if Some(at) == birthday {
            vec![String::new(); 2]
        } else {
            vec![label(&date.label), date.on.to_string()]
        }
    };
    let addresses = card.addresses.iter().map(|place| {
        vec![
            label(&place.label),
            place.one_line(),
            place.street.clone(),
            place.city.clone(),
            place.po_box.clone(),
            place.region.clone(),
            place.postcode.clone(),
            place.country.clone(),
            place.extended.clone(),
        ]
    });
    [
        card.emails
            .iter()
            .map(|e| vec![label(&e.label), e.address.clone()])
            .collect(),
        card.phones
            .iter()
            .map(|p| vec![label(&p.label), p.number.clone()])
            .collect(),
        addresses.collect(),
        card.webs
            .iter()
            .map(|w| vec![label(&w.label), w.url.clone()])
            .collect(),
        card.dates.iter().enumerate().map(event).collect(),
        card.relations
            .iter()
            .map(|r| vec![words::relation_label(r), r.name.clone()])
            .collect(),
        card.extra
            .iter()
            .map(|e| vec![format!("{}: {}", e.source, e.name), e.value.clone()])
            .collect(),
    ]
}

fn own(card: &Card, birthday: Option<usize>) -> [String; OWN.len()] {
    let told = !card.parts.is_empty() && card.parts.joined() == card.name;
    let once = card
        .dates
        .iter()
        .enumerate()
        .filter(|(at, date)| !date.yearly && Some(*at) != birthday);
    let once: Vec<String> = once.map(|(at, _)| (at + 1).to_string()).collect();
    [
        if told {
            String::new()
        } else {
            card.name.clone()
        },
        card.uid.clone().unwrap_or_default(),
        card.cadence
            .map(|days| days.to_string())
            .unwrap_or_default(),
        if card.ghost {
            "yes".to_owned()
        } else {
            String::new()
        },
        card.origin.clone(),
        card.met_on
            .map(|day| day.format("%Y-%m-%d").to_string())
            .unwrap_or_default(),
        once.join(" "),
    ]
}
