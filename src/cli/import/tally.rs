//! What became of every record, counted; how that is told is in `report`.

mod report;

pub use report::{document, print};

use crate::store::Became;
use std::collections::BTreeMap;

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nobody like this was in the book.
    New,
    /// The book knew all of it.
    Same,
    /// Something was added to a person in the book.
    Merged,
    /// It says something else than the book, or fits several people.
    Conflicting,
    /// It could not be read.
    Skipped,
}

impl From<Became> for Ended {
    fn from(became: Became) -> Self {
        match became {
            Became::New => Ended::New,
            Became::Same => Ended::Same,
            Became::Changed => Ended::Merged,
        }
    }
}

/// Something to say about one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The file within the folder, where it is one.
    within: String,
    /// Where it starts, counted from 1; in a book's JSON the number of the row.
    pub line: u64,
    /// Whom or what it is about, or empty.
    pub name: String,
    /// What there is to say.
    pub text: String,
    /// The field, what the book says, what the file says.
    pub values: Option<(String, String, String)>,
}

impl Detail {
    /// A sentence about a record.
    pub fn new(line: u64, name: &str, text: &str) -> Self {
        Detail {
            within: String::new(),
            line,
            name: name.to_owned(),
            text: text.to_owned(),
            values: None,
        }
    }
}

/// What was read and not taken over, of one sort.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LeftOut {
    count: u64,
    bytes: u64,
}

/// Records that were skipped for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Skipped {
    count: u64,
    /// The first few, as (file within the folder, line).
    places: Vec<(String, u64)>,
}

/// What a file's records are called, one and many; and what their place in it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nouns {
    /// One of them.
    pub one: &'static str,
    /// Several.
    pub many: &'static str,
    /// What is counted to say where one is.
    pub place: &'static str,
}

/// People in a file of lines.
pub const PEOPLE: Nouns = Nouns {
    one: "person",
    many: "people",
    place: "line",
};
/// Rows of a whole book.
pub const ROWS: Nouns = Nouns {
    one: "row",
    many: "rows",
    place: "row",
};
/// Events of a calendar.
pub const EVENTS: Nouns = Nouns {
    one: "event",
    many: "events",
    place: "line",
};
/// Messages of a mailbox.
pub const MAILS: Nouns = Nouns {
    one: "e-mail",
    many: "e-mails",
    place: "message",
};
/// Touches of a log.
pub const TOUCHES: Nouns = Nouns {
    one: "touch",
    many: "touches",
    place: "line",
};
/// Notes of a block of them.
pub const NOTES: Nouns = Nouns {
    one: "note",
    many: "notes",
    place: "line",
};
/// Records of Monica, which have no lines.
pub const MONICA: Nouns = Nouns {
    one: "record",
    many: "records",
    place: "record",
};
/// Records of a folder of anything.
pub const RECORDS: Nouns = Nouns {
    one: "record",
    many: "records",
    place: "line",
};

/// One file's counts.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The file.
    pub name: String,
    /// What its records are called.
    pub nouns: Nouns,
    /// Records of the book to which something was added: merged ones, and those of the conflicting ones with something new.
    pub updated: u64,
    /// What came of it besides its records: "4 meetings suggested".
    pub came: Vec<(String, u64)>,
    format: &'static str,
    within: String,
    counts: [u64; 5],
    details: Vec<(Ended, Detail)>,
    /// Details that are not kept, there being too many.
    untold: u64,
    doubts: Vec<Detail>,
    skipped: BTreeMap<String, Skipped>,
    left_out: BTreeMap<String, LeftOut>,
}

/// Details kept of one file, and places kept of one reason.
const TOLD: usize = 1_000;
const PLACES: usize = 3;

const ENDS: [(Ended, &str); 5] = [
    (Ended::New, "new"),
    (Ended::Same, "same"),
    (Ended::Merged, "merged"),
    (Ended::Conflicting, "conflicting"),
    (Ended::Skipped, "skipped"),
];

impl Ended {
    fn word(self) -> &'static str {
        ENDS[self as usize].1
    }
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(name: &str, format: &'static str, nouns: Nouns) -> Self {
        Tally {
            name: name.to_owned(),
            nouns,
            updated: 0,
            came: Vec::new(),
            format,
            within: String::new(),
            counts: [0; 5],
            details: Vec::new(),
            untold: 0,
            doubts: Vec::new(),
            skipped: BTreeMap::new(),
            left_out: BTreeMap::new(),
        }
    }

    /// From here on the records are of this file of the folder.
    pub fn enter(&mut self, file: &str) {
        file.clone_into(&mut self.within);
    }

    /// Whether it counts the files of a folder together.
    pub fn is_folder(&self) -> bool {
        !self.within.is_empty()
    }

    /// Counts a record.
    pub fn end(&mut self, ended: Ended, details: Vec<Detail>) {
        self.counts[ended as usize] += 1;
        for mut detail in details {
            if self.details.len() < TOLD {
                detail.within.clone_from(&self.within);
                self.details.push((ended, detail));
            } else {
                self.untold += 1;
            }
        }
    }

    /// Counts a record that was skipped for a reason that many have.
    pub fn skip(&mut self, line: u64, reason: &str) {
        self.counts[Ended::Skipped as usize] += 1;
        let same = match self.skipped.get_mut(reason) {
            Some(same) => same,
            None => self.skipped.entry(reason.to_owned()).or_default(),
        };
        same.count += 1;
        if same.places.len() < PLACES {
            same.places.push((self.within.clone(), line));
        }
    }

    /// Notes what could be read in two ways, and how it was.
    pub fn doubt(&mut self, line: u64, name: &str, text: &str) {
        if self.doubts.len() < TOLD {
            let mut doubt = Detail::new(line, name, text);
            doubt.within.clone_from(&self.within);
            self.doubts.push(doubt);
        } else {
            self.untold += 1;
        }
    }

    /// Counts what came of the file besides its records.
    pub fn come(&mut self, what: &str, count: u64) {
        if count == 0 {
            return;
        }
        match self.came.iter_mut().find(|(known, _)| known == what) {
            Some((_, sum)) => *sum += count,
            None => self.came.push((what.to_owned(), count)),
        }
    }

    /// Counts what was left out of a record: "photo (225 kB)".
    pub fn leave_out(&mut self, texts: &[String]) {
        for text in texts {
            let (what, bytes) = weigh(text);
            let sum = self.left_out.entry(what.to_owned()).or_default();
            sum.count += 1;
            sum.bytes += bytes;
        }
    }

    /// Records that ended so.
    pub fn count(&self, ended: Ended) -> u64 {
        self.counts[ended as usize]
    }

    /// Skipped records of which the report says why.
    #[cfg(test)]
    pub fn reasons(&self) -> u64 {
        let told = self
            .details
            .iter()
            .filter(|(ended, _)| *ended == Ended::Skipped);
        let alike: u64 = self.skipped.values().map(|same| same.count).sum();
        told.count() as u64 + alike
    }

    /// Whether anything of it is new to the book.
    pub fn changed(&self) -> bool {
        self.count(Ended::New) + self.updated > 0
    }

    /// Records so far.
    pub fn records(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// What was left out, and its size where it is told.
fn weigh(text: &str) -> (&str, u64) {
    let sized = text
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    if let Some((what, size)) = sized
        && let Some((number, unit)) = size.split_once(' ')
        && let Ok(number) = number.parse::<f64>()
    {
        let unit = match unit {
            "bytes" | "byte" => 1.0,
            "kB" => 1e3,
            "MB" => 1e6,
            _ => 0.0,
        };
        return (what, (number * unit) as u64);
    }
    (text.split(':').next().unwrap_or(text), 0)
}

#[cfg(test)]
mod tests {
    use super::report::{counted, size};
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let cases = [
            (1, "photo", "1 photo"),
            (3, "photo", "3 photos"),
            (2, "key", "2 keys"),
            (2, "property", "2 properties"),
            (3, "division of N into parts", "3 divisions of N into parts"),
            (
                1,
                "a line that is no property",
                "1 line that is no property",
            ),
            (
                4,
                "a line that is no property",
                "4 lines that are no property",
            ),
        ];
        for (count, what, said) in cases {
            assert_eq!(counted(count, what), said, "{what}");
        }
    }

    #[test]
    fn what_is_left_out_is_summed_by_what_it_is() {
        let cases = [
            ("photo (225 kB)", "photo", 225_000),
            ("photo (43 bytes)", "photo", 43),
            ("photo (1.5 MB)", "photo", 1_500_000),
            ("key: \"abc\"", "key", 0),
            ("something (odd)", "something (odd)", 0),
        ];
        for (text, what, bytes) in cases {
            assert_eq!(weigh(text), (what, bytes), "{text}");
        }
        let mut tally = Tally::new("a.vcf", "vcard", PEOPLE);
        tally.leave_out(&["photo (2 MB)".to_owned(), "photo (2.1 MB)".to_owned()]);
        assert_eq!(
            tally.left_out["photo"],
            LeftOut {
                count: 2,
                bytes: 4_100_000
            }
        );
        assert_eq!(size(4_100_000), ", 4.1 MB");
    }
}
