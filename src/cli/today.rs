//! `today`: what to do now, most pressing first, the weeks in which relationships will go cold, and what is set aside.

use super::args::Today as Args;
use super::desk::{Desk, Failure};
use super::output::{Ink, Table};
use crate::domain::id::shortest;
use crate::domain::matter::MatterKind;
use crate::domain::today::{Line, NOTHING, SetAside, Today};
use serde_json::{Value, json};

/// Shows the list.
pub fn today(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut book = desk.book_there()?;
    book.turn_to(desk.today())?;
    let mut list = book.today(&desk.now)?;
    let known = book.contact_ids()?.into_iter();
    let digits = shortest(known.chain(book.promise_ids()?));
    if args.aside {
        list.aside.truncate(args.limit.unwrap_or(usize::MAX));
        return aside(desk, &list.aside, digits, args.json);
    }
    list.lines.truncate(args.limit.unwrap_or(usize::MAX));
    let digits = digits.max(shortest(list.lines.iter().map(|line| line.id)));
    if args.json {
        let rows: Vec<Value> = list
            .lines
            .iter()
            .map(|line| in_json(line, digits))
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if list.lines.is_empty() {
        desk.out.line(NOTHING)?;
    } else {
        let mut table = Table::new(&[">rank", "kind", "~who", "~why", "due", "id"])
            .spare(&["rank", "due", "id"]);
        for line in &list.lines {
            let late = line.due.is_some_and(|due| due < desk.date());
            let ink = if late && line.kind != MatterKind::Stale {
                Ink::Cooling
            } else {
                Ink::Plain
            };
            let plain = |text: String| (text, Ink::Plain);
            table.cells(vec![
                plain(format!("{:.0}", line.points.total())),
                plain(line.kind.words().to_owned()),
                plain(line.who.clone()),
                plain(why(line)),
                (line.due.map_or(String::new(), |due| due.to_string()), ink),
                plain(line.id.short(digits)),
            ]);
        }
        desk.out.table(&table)?;
    }
    if let Some(strip) = strip(&list) {
        desk.out.line(&strip)?;
    }
    Ok(())
}

/// Shows what is set aside, what is back first at the top.
fn aside(
    desk: &mut Desk<'_>,
    aside: &[SetAside],
    digits: usize,
    json: bool,
) -> Result<(), Failure> {
    let digits = digits.max(shortest(aside.iter().map(|rests| rests.id)));
    if json {
        let rows: Vec<Value> = aside.iter().map(|rests| at_rest(rests, digits)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if aside.is_empty() {
        return Ok(desk.out.line("Nothing is set aside.")?);
    }
    let mut table = Table::new(&["until", "kind", "~who", "~what", "~why", "id"]).spare(&["id"]);
    for rests in aside {
        let plain = |text: String| (text, Ink::Plain);
        table.cells(vec![
            plain(rests.until.to_string()),
            plain(rests.kind.words().to_owned()),
            plain(rests.who.clone()),
            plain(rests.what.clone()),
            plain(rests.why.clone()),
            plain(rests.id.short(digits)),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn at_rest(rests: &SetAside, digits: usize) -> Value {
    json!({
        "kind": rests.kind.word(),
        "who": rests.who,
        "what": rests.what,
        "why": rests.why,
        "until": rests.until.to_string(),
        "id": rests.id.short(digits),
        "contact": rests.contact.map(|id| id.short(digits)),
    })
}

/// The reason, and how much more of the kind there is with the same person.
fn why(line: &Line) -> String {
    match line.more.len() {
        0 => line.why.clone(),
        more => format!("{} (and {more} more)", line.why),
    }
}

/// "Going cold in the next eight weeks: 3, 1, 0 …"; nothing where nobody does.
fn strip(list: &Today) -> Option<String> {
    let counts: Vec<String> = list
        .weeks
        .iter()
        .map(|week| week.count.to_string())
        .collect();
    let anybody = list.weeks.iter().any(|week| week.count > 0);
    anybody.then(|| {
        format!(
            "Going cold in the next {} weeks if nobody calls: {}",
            counts.len(),
            counts.join(", ")
        )
    })
}

fn in_json(line: &Line, digits: usize) -> Value {
    json!({
        "kind": line.kind.word(),
        "who": line.who,
        "why": line.why,
        "due": line.due.map(|due| due.to_string()),
        "id": line.id.short(digits),
        "contact": line.contact.map(|id| id.short(digits)),
        "more": line.more.iter().map(|id| id.short(digits)).collect::<Vec<_>>(),
        "points": (line.points.total() * 10.0).round() / 10.0,
        "rank": line.points.words(line.kind),
    })
}
