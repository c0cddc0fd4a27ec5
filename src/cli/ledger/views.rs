//! What the ledger can be asked besides the list of chits: running balances, balances, ages, routes, one chit's story.

use super::super::desk::{Desk, Failure};
use super::super::output::Table;
use super::{Asked, chits_in_json, in_json};
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use crate::domain::ledger::{
    self, AGES, Balance, Cycle, Event, Line, Owed, Route, Side, ageing, cycles, owed,
};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

fn kept(asked: &Asked) -> Vec<ChitRow> {
    let rows = asked.rows.iter().filter(|row| asked.filter.keeps(row));
    rows.cloned().collect()
}

fn days(asked: &Asked, on: NaiveDate) -> i64 {
    (asked.today - on).num_days()
}

fn event(line: &Line<'_>) -> &'static str {
    match line.event {
        Event::Given => "given",
        Event::Redeemed => "redeemed",
        Event::Forgiven => "forgiven",
    }
}

/// Each favour and each settlement with the balance after it.
pub fn register(desk: &mut Desk<'_>, asked: &Asked, json: bool) -> Result<(), Failure> {
    // The balance runs over every chit of theirs; a filter chooses lines.
    let lines = ledger::register(&asked.rows, asked.filter.scope);
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .filter(|line| asked.filter.keeps(line.row))
        .collect();
    if json {
        let rows: Vec<Value> = lines.iter().map(|line| line_in_json(asked, line)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if lines.is_empty() {
        return Ok(desk.out.line("No chits.")?);
    }
    let heads = [
        "id",
        "on",
        "~giver",
        "~receiver",
        "~what",
        "event",
        ">amount",
        ">owes",
        ">is owed",
    ];
    let mut table = Table::new(&heads).spare(&["id", "event"]);
    for line in &lines {
        let running = line.running.unwrap_or_default();
        let sign = if line.event == Event::Given { "+" } else { "-" };
        table.row([
            line.row.id.short(asked.digits),
            line.on.to_string(),
            line.row.giver_name.clone(),
            line.row.receiver_name.clone(),
            line.what().to_owned(),
            format!("{} {}", line.row.sign(), event(line)),
            format!("{sign}{}", line.halves),
            running.owes.to_string(),
            running.owed.to_string(),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn line_in_json(asked: &Asked, line: &Line<'_>) -> Value {
    let running = line.running.unwrap_or_default();
    json!({
        "on": line.on.to_string(),
        "id": line.row.id.short(asked.digits),
        "giver": line.row.giver_name,
        "receiver": line.row.receiver_name,
        "event": event(line),
        "what": line.what(),
        "amount": chits_in_json(line.halves),
        "pending": line.row.chit.pending,
        "owes": chits_in_json(running.owes),
        "is_owed": chits_in_json(running.owed),
    })
}

/// What stands open between me and each person; then what stands open between others.
pub fn balances(desk: &mut Desk<'_>, asked: &Asked, json: bool) -> Result<(), Failure> {
    let rows = kept(asked);
    let mine: Vec<Balance> = ledger::balances(&rows)
        .into_iter()
        .filter(Balance::is_open)
        .collect();
    let mut between = owed(&rows, asked.today);
    between.retain(|line| line.side() == Side::Others);
    if json {
        let mine = mine.iter().map(|line| balance_in_json(asked, line));
        let between = between.iter().map(|line| owed_in_json(asked, line));
        let rows: Vec<Value> = mine.chain(between).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if mine.is_empty() && between.is_empty() {
        return Ok(desk
            .out
            .line("Nothing stands open between you and anybody.")?);
    }
    if !mine.is_empty() {
        desk.out.table(&balance_table(asked, &mine))?;
    }
    if between.is_empty() {
        return Ok(());
    }
    desk.out.text(if mine.is_empty() {
        "Between others"
    } else {
        "\nBetween others"
    })?;
    let mut table = Table::new(&["~who", "~owes", ">open", ">oldest days"]);
    for line in &between {
        table.row([
            line.debtor.name.clone(),
            line.creditor.name.clone(),
            line.total.to_string(),
            days(asked, line.oldest).to_string(),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn balance_table(asked: &Asked, lines: &[Balance]) -> Table {
    let heads = [
        "~who",
        ">i owe",
        ">they owe",
        ">oldest days",
        "last",
        "~favour",
    ];
    let mut table = Table::new(&heads).spare(&["favour", "last"]);
    for line in lines {
        let arrow = if line.last.mine { "->" } else { "<-" };
        let oldest = line.oldest.map(|on| days(asked, on).to_string());
        table.row([
            line.name.clone(),
            line.i_owe.to_string(),
            line.they_owe.to_string(),
            oldest.unwrap_or_default(),
            format!("{arrow} {}", line.last.on),
            line.last.what.clone(),
        ]);
    }
    table
}

fn balance_in_json(asked: &Asked, line: &Balance) -> Value {
    json!({
        "who": line.name,
        "i_owe": chits_in_json(line.i_owe),
        "they_owe": chits_in_json(line.they_owe),
        "oldest_days": line.oldest.map(|on| days(asked, on)),
        "last_on": line.last.on.to_string(),
        "last_by": if line.last.mine { "me" } else { line.name.as_str() },
        "last_what": line.last.what,
    })
}

fn owed_in_json(asked: &Asked, line: &Owed) -> Value {
    json!({
        "who": line.debtor.name,
        "owes": line.creditor.name,
        "open": chits_in_json(line.total),
        "chits": line.chits,
        "oldest_days": days(asked, line.oldest),
    })
}

fn ages_in_json(ages: &[Halves; 4]) -> Map<String, Value> {
    let columns = AGES.iter().zip(ages);
    columns
        .map(|(head, halves)| ((*head).to_owned(), chits_in_json(*halves)))
        .collect()
}

/// What is owed by age.
pub fn aged(desk: &mut Desk<'_>, asked: &Asked, json: bool) -> Result<(), Failure> {
    let ageing = ageing(&kept(asked), None, asked.today);
    if json {
        let rows = ageing.lines.iter().map(|line| {
            let mut row = owed_in_json(asked, line);
            if let Some(row) = row.as_object_mut() {
                row.extend(ages_in_json(&line.ages));
            }
            row
        });
        let rows: Vec<Value> = rows.collect();
        let mut totals = ages_in_json(&ageing.totals);
        totals.insert("open".to_owned(), chits_in_json(ageing.total));
        return Ok(desk.out.json(&json!({"rows": rows, "totals": totals}))?);
    }
    if ageing.lines.is_empty() {
        return Ok(desk.out.line("Nothing is owed.")?);
    }
    let heads = [
        "~who", "~owes", ">0-30", ">31-90", ">91-365", ">older", ">open",
    ];
    let mut table = Table::new(&heads);
    let figures = |ages: &[Halves; 4], total: Halves| {
        ages.iter()
            .chain([&total])
            .map(|halves| {
                if halves.0 == 0 {
                    "·".to_owned()
                } else {
                    halves.to_string()
                }
            })
            .collect::<Vec<_>>()
    };
    for line in &ageing.lines {
        let names = [line.debtor.name.clone(), line.creditor.name.clone()];
        table.row(names.into_iter().chain(figures(&line.ages, line.total)));
    }
    let names = ["in all".to_owned(), String::new()];
    table.row(
        names
            .into_iter()
            .chain(figures(&ageing.totals, ageing.total)),
    );
    Ok(desk.out.table(&table)?)
}

/// Who could ask whom, and circles.
pub fn routes(desk: &mut Desk<'_>, asked: &Asked, of: Id, json: bool) -> Result<(), Failure> {
    let owed = owed(&asked.rows, asked.today);
    let (routes, cycles) = (ledger::routes(&owed, of), cycles(&owed, of));
    if json {
        let document = json!({
            "routes": routes.iter().map(route_in_json).collect::<Vec<_>>(),
            "circles": cycles.iter().map(cycle_in_json).collect::<Vec<_>>(),
        });
        return Ok(desk.out.json(&document)?);
    }
    if routes.is_empty() && cycles.is_empty() {
        return Ok(desk
            .out
            .line("Nobody who owes a favour is owed one by a third person.")?);
    }
    for route in &routes {
        desk.out.line(&route.words())?;
    }
    for cycle in &cycles {
        desk.out.line(&format!("In a circle: {}", cycle.words()))?;
    }
    Ok(())
}

fn route_in_json(route: &Route) -> Value {
    json!({
        "for": route.of.name,
        "via": route.via.name,
        "via_owes": chits_in_json(route.via_owes),
        "ask": route.to.name,
        "ask_owes": chits_in_json(route.to_owes),
        "ask_owes_for": chits_in_json(route.anyway),
    })
}

fn cycle_in_json(cycle: &Cycle) -> Value {
    let people = cycle.people.iter();
    let people =
        people.map(|(party, halves)| json!({"who": party.name, "owes": chits_in_json(*halves)}));
    Value::Array(people.collect())
}

/// The story of one chit.
pub fn story(desk: &mut Desk<'_>, asked: &Asked, id: Id, json: bool) -> Result<(), Failure> {
    let Some(row) = asked.rows.iter().find(|row| row.id == id) else {
        return Err(Failure::could("that chit was not given yet on that day"));
    };
    let story = ledger::story(row);
    if json {
        let mut chit = in_json(row, asked.digits, asked.today);
        let story: Vec<Value> = story
            .iter()
            .map(|episode| json!({"on": episode.on.to_string(), "what": episode.what}))
            .collect();
        chit["story"] = json!(story);
        return Ok(desk.out.json(&chit)?);
    }
    let mut table = Table::new(&["on", "~what"]);
    for episode in story {
        table.row([episode.on.to_string(), episode.what]);
    }
    Ok(desk.out.table(&table)?)
}
