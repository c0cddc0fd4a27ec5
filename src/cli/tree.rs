//! `tree` and `yield`: who led to whom, and what the customers send.

use super::args::{Tree as Args, Yield};
use super::desk::{Desk, Failure};
use super::output::{Ink, Table};
use super::who;
use crate::domain::referral::Stage;
use crate::domain::tree::origin::FEW;
use crate::domain::tree::yields::customers;
use crate::domain::tree::{
    Branch, Grid, OriginRow, Sums, YieldRow, grid, origins, starts, tree as grown,
};
use serde_json::{Value, json};

/// Shows who led to whom.
pub fn tree(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let mut lines = grown(&book.lineage()?);
    if let Some(who) = &args.who {
        let (who, name) = who::one_or_account(&book, who)?;
        lines = below(lines, |line| line.who == who);
        if lines.is_empty() && !args.json {
            return Ok(desk.out.line(&format!(
                "Nobody led {name} here, and {name} led to nobody."
            ))?);
        }
    }
    if args.json {
        let rows: Vec<Value> = lines.iter().map(in_json).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if lines.is_empty() {
        return Ok(desk.out.line(
            "Nobody led to anybody yet: `chitbook refer REFERRER PROSPECT` notes a referral.",
        )?);
    }
    let heads = ["~who", "led", "stage", ">customers", "sales below", "~also"];
    let mut table = Table::new(&heads).spare(&["also", "led", "stage", "sales below"]);
    for line in &lines {
        let also: Vec<String> = line
            .also
            .iter()
            .map(|also| {
                if also.circle {
                    format!("in a circle from {}", also.by)
                } else {
                    format!("also by {}", also.by)
                }
            })
            .collect();
        table.row([
            format!("{}{}", "· ".repeat(line.depth), line.name),
            line.on.map_or(String::new(), |on| on.to_string()),
            line.stage.map_or("", |stage| stage.word()).to_owned(),
            line.customers.to_string(),
            line.sales.to_string(),
            also.join(", "),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

/// The line that is wanted and what stands below it.
fn below(lines: Vec<Branch>, wanted: impl Fn(&Branch) -> bool) -> Vec<Branch> {
    let Some(at) = lines.iter().position(wanted) else {
        return Vec::new();
    };
    let depth = lines[at].depth;
    let more = lines
        .iter()
        .skip(at + 1)
        .take_while(|line| line.depth > depth);
    let count = more.count() + 1;
    let mut lines: Vec<Branch> = lines.into_iter().skip(at).take(count).collect();
    for line in &mut lines {
        line.depth -= depth;
    }
    lines
}

fn sums_in_json(sums: &Sums) -> Value {
    let all = sums.all();
    all.map(|money| json!({"minor": money.minor, "currency": money.currency}))
        .collect()
}

fn in_json(line: &Branch) -> Value {
    json!({
        "who": line.name,
        "depth": line.depth,
        "led_on": line.on.map(|on| on.to_string()),
        "stage": line.stage.map(Stage::word),
        "sales": sums_in_json(&line.own),
        "sales_below": sums_in_json(&line.sales),
        "customers": line.customers,
        "people_below": line.below,
        "deepest": line.deepest,
        "also": line.also.iter().map(|also| json!({
            "by": also.by,
            "on": also.on.map(|on| on.to_string()),
            "circle": also.circle,
        })).collect::<Vec<_>>(),
    })
}

/// Shows what customers send, or how people came.
pub fn yields(desk: &mut Desk<'_>, args: &Yield) -> Result<(), Failure> {
    let book = desk.book_there()?;
    if args.origin {
        let table = origins(&starts(&book.spoken()?, &book.sales()?));
        return origin(desk, &table, args.json);
    }
    let grid = grid(&book.lineage()?, desk.date());
    if args.json {
        let rows: Vec<Value> = grid
            .rows
            .iter()
            .map(|row| row_in_json(&grid, row))
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if grid.rows.is_empty() {
        return Ok(desk
            .out
            .line("No customers yet: a sale or a referral that was won makes one.")?);
    }
    desk.out
        .line("New customers sent by year; the goal is one to two a year")?;
    let mut table = Table::new(&["~who", "since", "~by year", ">total", ">a year", "goal"]);
    let blank = String::new;
    let years = across(grid.years.iter().map(ToString::to_string));
    table.row([blank(), blank(), years, blank(), blank(), blank()]);
    for row in &grid.rows {
        let ink = if row.dry { Ink::Cooling } else { Ink::Plain };
        let goal = if row.dry { "dry" } else { row.goal.word() };
        table.cells(vec![
            (row.name.clone(), Ink::Plain),
            (row.since.to_string(), Ink::Plain),
            (across(row.sent.iter().copied().map(cell)), Ink::Plain),
            (customers(row.total), Ink::Plain),
            (format!("{:.1}", row.per_year), Ink::Plain),
            (goal.to_owned(), ink),
        ]);
    }
    table.row([
        "in all".to_owned(),
        blank(),
        across(grid.totals.iter().copied().map(cell)),
        customers(grid.rows.iter().map(|row| row.total).sum()),
        blank(),
        blank(),
    ]);
    Ok(desk.out.table(&table)?)
}

fn row_in_json(grid: &Grid, row: &YieldRow) -> Value {
    let years = grid.years.iter().zip(&row.sent);
    let sent: serde_json::Map<String, Value> = years
        .map(|(year, sent)| (year.to_string(), json!(f64::from(*sent) / 100.0)))
        .collect();
    json!({
        "who": row.name,
        "since": row.since.to_string(),
        "customer": row.customer,
        "sent": sent,
        "total": f64::from(row.total) / 100.0,
        "per_year": (row.per_year * 100.0).round() / 100.0,
        "goal": row.goal.word(),
        "dry": row.dry,
    })
}

fn cell(sent: u32) -> String {
    match sent {
        0 => "·".to_owned(),
        sent => customers(sent),
    }
}

/// The years across are as many as there are: they share one column, each five wide.
fn across(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| format!("{cell:<5}")).collect();
    cells.concat()
}

fn origin(desk: &mut Desk<'_>, table: &[OriginRow], json: bool) -> Result<(), Failure> {
    let tenth = |number: f64| (number * 10.0).round() / 10.0;
    if json {
        let rows: Vec<Value> = table
            .iter()
            .map(|row| {
                json!({
                    "origin": row.origin.word(),
                    "first_conversations": row.first,
                    "second_conversations": row.second,
                    "customers": row.customers,
                    "share": row.share().map(|share| (share * 100.0).round() / 100.0),
                    "months_to_first_order": row.months.map(tenth),
                    "too_few": row.first < FEW,
                })
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    let heads = [
        "origin",
        ">first talks",
        ">second",
        ">customers",
        ">share",
        ">months to first order",
    ];
    let mut shown = Table::new(&heads);
    let few = || "too few to say".to_owned();
    for row in table {
        shown.row([
            row.origin.word().to_owned(),
            row.first.to_string(),
            row.second.to_string(),
            row.customers.to_string(),
            row.share()
                .map_or_else(few, |share| format!("{:.0} %", share * 100.0)),
            row.months.map_or_else(few, |months| format!("{months:.1}")),
        ]);
    }
    Ok(desk.out.table(&shown)?)
}
