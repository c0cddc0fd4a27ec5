//! What became of every record, counted and told.

use super::super::args::ImportAs;
use super::super::desk::Failure;
use super::super::output::{Output, Table};
use serde_json::{Value, json};
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

/// Something to say about one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
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

/// One file's counts.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The file.
    pub name: String,
    /// Whether its records are rows of a book rather than people.
    pub rows: bool,
    /// People in the book to whom something was added: merged ones, and those of the conflicting ones with something new.
    pub updated: u64,
    /// What could be read in two ways, and how it was.
    pub doubts: Vec<Detail>,
    format: ImportAs,
    counts: [u64; 5],
    details: Vec<(Ended, Detail)>,
    left_out: BTreeMap<String, LeftOut>,
}

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
    pub fn new(name: &str, format: ImportAs) -> Self {
        Tally {
            name: name.to_owned(),
            rows: format == ImportAs::Json,
            updated: 0,
            doubts: Vec::new(),
            format,
            counts: [0; 5],
            details: Vec::new(),
            left_out: BTreeMap::new(),
        }
    }

    /// Counts a record.
    pub fn end(&mut self, ended: Ended, details: Vec<Detail>) {
        self.counts[ended as usize] += 1;
        self.details
            .extend(details.into_iter().map(|detail| (ended, detail)));
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

fn size(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000 => format!(", {bytes} bytes"),
        1_000..1_000_000 => format!(", {} kB", bytes / 1_000),
        _ => format!(", {:.1} MB", bytes as f64 / 1e6),
    }
}

/// How many of what: "4 photos", "2 lines that are no property".
fn counted(count: u64, what: &str) -> String {
    // "3 lines of …" and "whatever followed" say by themselves how much it is.
    if what.starts_with("whatever") || what.starts_with(|c: char| c.is_ascii_digit()) {
        return if count == 1 {
            what.to_owned()
        } else {
            format!("{what}, {count} times,")
        };
    }
    let bare = ["a ", "an "].iter().find_map(|one| what.strip_prefix(one));
    let bare = bare.unwrap_or(what);
    if count == 1 {
        return format!("1 {bare}");
    }
    let (noun, rest) = match bare.split_once(" that is ") {
        Some((noun, rest)) => (noun, format!(" that are {rest}")),
        None => (bare, String::new()),
    };
    let noun = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{count} {noun}{rest}")
}

/// Prints the report: the counts of each file, and each record about which there is something to say.
pub fn print(out: &mut Output, files: &[Tally], dry_run: bool) -> Result<(), Failure> {
    let heads = [
        "~file",
        ">records",
        ">new",
        ">same",
        ">merged",
        ">conflicting",
        ">skipped",
    ];
    let mut table = Table::new(&heads);
    let row = |name: &str, records: u64, counts: [u64; 5]| {
        let mut row = vec![name.to_owned(), records.to_string()];
        row.extend(counts.iter().map(u64::to_string));
        row
    };
    for file in files {
        table.row(row(&file.name, file.records(), file.counts));
    }
    if files.len() > 1 {
        let mut sums = [0; 5];
        for file in files {
            for (sum, count) in sums.iter_mut().zip(file.counts) {
                *sum += count;
            }
        }
        table.row(row("all", sums.iter().sum(), sums));
    }
    out.table(&table)?;
    for file in files {
        let place = if file.rows { "row" } else { "line" };
        for (ended, detail) in &file.details {
            say(out, file, place, ended.word(), detail)?;
        }
        for detail in &file.doubts {
            say(out, file, place, "note", detail)?;
        }
        for (what, sum) in &file.left_out {
            out.line(&format!(
                "{}: {} left out{}",
                file.name,
                counted(sum.count, what),
                size(sum.bytes)
            ))?;
        }
    }
    if dry_run {
        out.line("This was a dry run: the book is as it was.")?;
    } else if !files.iter().any(Tally::changed) {
        out.line("Nothing was new: the book is as it was.")?;
    }
    Ok(())
}

fn say(
    out: &mut Output,
    file: &Tally,
    place: &str,
    ended: &str,
    detail: &Detail,
) -> Result<(), Failure> {
    let name = if detail.name.is_empty() {
        String::new()
    } else {
        format!("{}: ", detail.name)
    };
    Ok(out.line(&format!(
        "{} {place} {} {ended}: {name}{}",
        file.name, detail.line, detail.text
    ))?)
}

/// The report as one JSON document.
pub fn document(files: &[Tally], dry_run: bool) -> Value {
    let sum = |ended| files.iter().map(|file| file.count(ended)).sum::<u64>();
    let mut document = json!({
        "dry_run": dry_run,
        "records": files.iter().map(Tally::records).sum::<u64>(),
    });
    for (ended, word) in ENDS {
        document[word] = json!(sum(ended));
    }
    document["files"] = files.iter().map(of_file).collect();
    document
}

fn of_file(file: &Tally) -> Value {
    let format = match file.format {
        ImportAs::Vcard => "vcard",
        ImportAs::Csv => "csv",
        ImportAs::Json => "json",
    };
    let mut object = json!({"file": file.name, "format": format, "records": file.records()});
    for (ended, word) in ENDS {
        object[word] = json!(file.count(ended));
    }
    object["left_out"] = file
        .left_out
        .iter()
        .map(|(what, sum)| json!({"what": what, "count": sum.count, "bytes": sum.bytes}))
        .collect();
    let doubts = file.doubts.iter().map(|detail| ("note", detail));
    let details = file
        .details
        .iter()
        .map(|(ended, detail)| (ended.word(), detail));
    object["details"] = details
        .chain(doubts)
        .map(|(ended, detail)| {
            let (field, kept, offered) = match &detail.values {
                Some((field, kept, offered)) => (json!(field), json!(kept), json!(offered)),
                None => (Value::Null, Value::Null, Value::Null),
            };
            json!({
                "line": detail.line, "outcome": ended, "name": detail.name, "text": detail.text,
                "field": field, "book": kept, "file": offered,
            })
        })
        .collect();
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let cases = [
            (1, "photo", "1 photo"),
            (3, "photo", "3 photos"),
            (2, "key", "2 keys"),
            (2, "property", "2 properties"),
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
        let mut tally = Tally::new("a.vcf", ImportAs::Vcard);
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
