//! The report of an import: what became of every record, in lines and as one document.

use super::super::super::desk::Failure;
use super::super::super::output::{Output, Table};
use super::{Detail, ENDS, Tally};
use serde_json::{Value, json};

pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000 => format!(", {bytes} bytes"),
        1_000..1_000_000 => format!(", {} kB", bytes / 1_000),
        _ => format!(", {:.1} MB", bytes as f64 / 1e6),
    }
}

/// How many of what: "4 photos", "2 lines that are no property".
pub(super) fn counted(count: u64, what: &str) -> String {
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
        None => match bare.split_once(" of ") {
            Some((noun, of)) => (noun, format!(" of {of}")),
            None => (bare, String::new()),
        },
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
        told(out, file)?;
    }
    if dry_run {
        out.line("This was a dry run: the book is as it was.")?;
    } else if !files.iter().any(Tally::changed) {
        out.line("Nothing was new: the book is as it was.")?;
    }
    Ok(())
}

/// Everything there is to say about one file.
fn told(out: &mut Output, file: &Tally) -> Result<(), Failure> {
    for (what, count) in &file.came {
        out.line(&format!("{}: {count} {what}", file.name))?;
    }
    for (ended, detail) in &file.details {
        say(out, file, ended.word(), detail)?;
    }
    for (reason, same) in &file.skipped {
        let places: Vec<String> = same
            .places
            .iter()
            .map(|(within, line)| place(within, *line, file.nouns.place))
            .collect();
        let more = if same.count > places.len() as u64 {
            " …"
        } else {
            ""
        };
        out.line(&format!(
            "{}: {} skipped: {reason} ({}{more})",
            file.name,
            same.count,
            places.join(", ")
        ))?;
    }
    for detail in &file.doubts {
        say(out, file, "note", detail)?;
    }
    if file.untold > 0 {
        out.line(&format!(
            "{}: and {} more to say of its records",
            file.name, file.untold
        ))?;
    }
    for (what, sum) in &file.left_out {
        out.line(&format!(
            "{}: {} left out{}",
            file.name,
            counted(sum.count, what),
            size(sum.bytes)
        ))?;
    }
    Ok(())
}

/// Where a record is: "line 12", "a.vcf line 12".
fn place(within: &str, line: u64, noun: &str) -> String {
    match (within, line) {
        ("", line) => format!("{noun} {line}"),
        (within, 0) => within.to_owned(),
        (within, line) => format!("{within} {noun} {line}"),
    }
}

fn say(out: &mut Output, file: &Tally, ended: &str, detail: &Detail) -> Result<(), Failure> {
    let name = if detail.name.is_empty() {
        String::new()
    } else {
        format!("{}: ", detail.name)
    };
    let place = place(&detail.within, detail.line, file.nouns.place);
    Ok(out.line(&format!(
        "{} {place} {ended}: {name}{}",
        file.name, detail.text
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
    let mut object = json!({"file": file.name, "format": file.format, "records": file.records()});
    for (ended, word) in ENDS {
        object[word] = json!(file.count(ended));
    }
    object["left_out"] = file
        .left_out
        .iter()
        .map(|(what, sum)| json!({"what": what, "count": sum.count, "bytes": sum.bytes}))
        .collect();
    object["skipped_for"] = file
        .skipped
        .iter()
        .map(|(reason, same)| {
            let places: Vec<Value> = same
                .places
                .iter()
                .map(|(within, line)| json!({"file": within, "line": line}))
                .collect();
            json!({"reason": reason, "count": same.count, "first": places})
        })
        .collect();
    object["came"] = file
        .came
        .iter()
        .map(|(what, count)| json!({"what": what, "count": count}))
        .collect();
    object["untold"] = json!(file.untold);
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
                "within": detail.within, "line": detail.line, "outcome": ended, "name": detail.name, "text": detail.text,
                "field": field, "book": kept, "file": offered,
            })
        })
        .collect();
    object
}
