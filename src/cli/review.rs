//! `review`: the weekly report, as Markdown, as an HTML page or as JSON.

use super::args::Review as Args;
use super::desk::{Desk, Failure};
use super::export::to_file;
use crate::domain::report::{Difference, Report, compare};
use crate::exchange::report::{html, markdown};
use crate::store::Store;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// Writes the report.
pub fn review(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let against = match &args.against {
        Some(text) => Some(desk.day_been(Some(text))?),
        None => None,
    };
    let mut book = desk.book_there()?;
    book.turn_to(desk.today())?;
    let report = of(desk, &book, on)?;
    let earlier = match against {
        Some(day) => Some(of(desk, &book, day)?),
        None => None,
    };
    let differences = earlier.as_ref().map(|earlier| compare(earlier, &report));
    let against = earlier.as_ref().zip(differences.as_deref());
    if args.json {
        let document = in_json(&report, against);
        return match &args.output {
            Some(path) => {
                let text = serde_json::to_string_pretty(&document).unwrap_or_default();
                to_file(path, "written", |out| Ok(writeln!(out, "{text}")?))
            }
            None => Ok(desk.out.json(&document)?),
        };
    }
    let text = if args.html {
        html::write(&report, against)
    } else {
        markdown::write(&report, against)
    };
    match &args.output {
        Some(path) => to_file(path, "written", |out| Ok(out.write_all(text.as_bytes())?)),
        None => Ok(desk.out.raw().write_all(text.as_bytes())?),
    }
}

fn of(desk: &Desk<'_>, book: &Store, on: NaiveDate) -> Result<Report, Failure> {
    let report = book.report(on, &desk.settings.name, &desk.now, &mut |_, _| {
        ControlFlow::Continue(())
    })?;
    report.ok_or_else(|| Failure::could("the report was given up"))
}

fn in_json(report: &Report, against: Option<(&Report, &[Difference])>) -> Value {
    let mut document = json!(report);
    document["headline"] = json!(report.headline());
    document["figures"] = json!(report.figures());
    if let Some((earlier, differences)) = against {
        document["against"] = json!({"on": earlier.on, "differences": differences});
    }
    document
}
