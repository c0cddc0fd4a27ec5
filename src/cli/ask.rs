//! `ask` and `asks`: who could be asked for a referral, why now, what to say, and what they said.

use super::args::{Ask as Args, Asks};
use super::desk::{Desk, Failure, spelled};
use super::ledger::chits_in_json;
use super::output::{Ink, Table};
use super::people::points;
use super::who;
use crate::domain::ask::{
    Answer, Ask, AskLine, AskRow, Freshness, Held, TEMPLATE, card, line, queue,
};
use crate::domain::command::Command;
use crate::domain::id::{Id, shortest};
use crate::domain::when::Look;
use crate::store::Store;
use serde_json::{Value, json};
use std::fs;

/// The file beside the settings in which a rep writes the ask card anew.
const OWN_CARD: &str = "ask_card.txt";

/// Notes an ask, or the answer to the one that waits for it.
pub fn ask(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let on = desk.day_been(args.on.as_deref())?;
    let next = match &args.next {
        Some(text) => Some(desk.day(Some(text), Look::Ahead)?),
        None => args.answer.and_then(|answer| answer.usual_next(on)),
    };
    let mut book = desk.book_to_change()?;
    let contact = who::one(&book, &args.who)?.id;
    let note = args.note.join(" ");
    let waiting = waiting(&book, contact)?.filter(|_| args.answer.is_some());
    let command = match waiting {
        Some(row) => {
            let mut after = row.ask.clone();
            (after.answer, after.next) = (args.answer, next);
            if !note.is_empty() {
                after.note = note;
            }
            Command::EditAsk {
                id: row.id,
                before: Box::new(row.ask),
                after: Box::new(after),
            }
        }
        None => Command::AddAsk(Box::new(Ask {
            contact,
            on,
            answer: args.answer,
            next,
            note,
        })),
    };
    let today = desk.date();
    desk.apply(&mut book, &command, |_, _| {
        let next = next.map(|next| format!("again {}", spelled(next, None, today)));
        Ok(next.unwrap_or_default())
    })
}

/// The ask card as the rep wrote it anew; without such a file, or where it cannot be read, ours is said.
pub fn own_card(desk: &Desk<'_>) -> Option<String> {
    let folder = desk.config.parent()?;
    fs::read_to_string(folder.join(OWN_CARD)).ok()
}

/// The last ask of somebody, where they have not answered yet.
fn waiting(book: &Store, who: Id) -> Result<Option<AskRow>, Failure> {
    let asks = book.asks_of(who)?;
    let last = asks.into_iter().next();
    Ok(last.filter(|last| last.ask.answer.is_none()))
}

/// Shows the queue, or one person's card.
pub fn asks(desk: &mut Desk<'_>, args: &Asks) -> Result<(), Failure> {
    let book = desk.book_there()?;
    if let Some(who) = &args.who {
        return one(desk, &book, who, args.json);
    }
    let today = desk.date();
    let mut lines = queue(book.askable(today)?, today);
    lines.truncate(args.limit.unwrap_or(usize::MAX));
    if args.json {
        let digits = shortest(book.contact_ids()?.into_iter());
        let rows: Vec<Value> = lines.iter().map(|line| in_json(line, digits)).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if lines.is_empty() {
        return Ok(desk.out.line(
            "Nobody to ask yet: who had a result, bought, led to somebody or owes you a favour comes in here.",
        )?);
    }
    let heads = [
        ">rank",
        "~who",
        ">strength",
        "~result",
        ">asked",
        ">i owe",
        ">they owe",
        "~why now",
    ];
    let mut table = Table::new(&heads).spare(&["i owe", "they owe", "strength", "rank"]);
    for line in &lines {
        let (why, ink) = match &line.held {
            None => (line.why.clone(), Ink::Plain),
            Some(held) => (format!("held back: {}", held.words()), Ink::Cold),
        };
        let asked = line
            .days_since_ask
            .map_or("never".to_owned(), |days| format!("{days} d"));
        let result = line.who.result.as_ref();
        let plain = |text: String| (text, Ink::Plain);
        table.cells(vec![
            plain(format!("{:.0}", line.points.total())),
            plain(line.who.name.clone()),
            plain(points(line.who.strength)),
            plain(result.map_or(String::new(), |result| result.what.clone())),
            plain(asked),
            plain(line.who.i_owe.to_string()),
            plain(line.who.they_owe.to_string()),
            (why, ink),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn in_json(line: &AskLine, digits: usize) -> Value {
    let who = &line.who;
    let round = |number: f64| (number * 10.0).round() / 10.0;
    let mut points: serde_json::Map<String, Value> = line
        .points
        .parts()
        .iter()
        .map(|(name, points)| ((*name).to_owned(), json!(round(*points))))
        .collect();
    points.insert("total".to_owned(), json!(round(line.points.total())));
    json!({
        "id": who.who.short(digits),
        "who": who.name,
        "account": who.account,
        "strength": round(who.strength),
        "result": who.result.as_ref().map(|result| json!({
            "what": result.what,
            "kind": result.kind.word(),
            "on": result.on.to_string(),
            "fresh": line.freshness.map(Freshness::word),
            "need": result.need,
        })),
        "asked_on": who.last.as_ref().map(|last| last.ask.on.to_string()),
        "days_since_ask": line.days_since_ask,
        "answer": who.last.as_ref().and_then(|last| last.ask.answer).map(Answer::word),
        "next_on": who.last.as_ref().and_then(|last| last.ask.next).map(|on| on.to_string()),
        "chits_owed_by_me": chits_in_json(who.i_owe),
        "chits_owed_to_me": chits_in_json(who.they_owe),
        "why": line.why,
        "held": line.held.as_ref().map(Held::words),
        "points": points,
    })
}

fn one(desk: &mut Desk<'_>, book: &Store, who: &str, json: bool) -> Result<(), Failure> {
    let today = desk.date();
    let id = who::one(book, who)?.id;
    let Some(askable) = book.askable_one(id, today)? else {
        return Err(Failure::could("that person is not in the book any more"));
    };
    let own = own_card(desk);
    let card = card(
        &askable,
        &book.acquaintances(id)?,
        own.as_deref().unwrap_or(TEMPLATE),
    );
    let line = line(askable, today);
    let asks = book.asks_of(id)?;
    if json {
        let mut document = in_json(&line, shortest(book.contact_ids()?.into_iter()));
        document["card"] = json!(card.lines());
        document["asks"] = asks.iter().map(ask_in_json).collect();
        return Ok(desk.out.json(&document)?);
    }
    let why = match &line.held {
        None => line.why.clone(),
        Some(held) => format!("not now: {}", held.words()),
    };
    desk.out.line(&format!("{}: {why}", line.who.name))?;
    for said in card.lines() {
        desk.out.text(&format!("  {said}"))?;
    }
    desk.out.line(&line.points.words())?;
    if asks.is_empty() {
        return Ok(());
    }
    desk.out.text("\nAsked before")?;
    let mut table = Table::new(&["on", "answer", "again", "~note"]);
    for row in asks {
        table.row([
            row.ask.on.to_string(),
            row.ask
                .answer
                .map_or("", |answer| answer.phrase())
                .to_owned(),
            row.ask.next.map_or(String::new(), |on| on.to_string()),
            row.ask.note,
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn ask_in_json(row: &AskRow) -> Value {
    json!({
        "id": row.id.text(),
        "on": row.ask.on.to_string(),
        "answer": row.ask.answer.map(Answer::word),
        "next_on": row.ask.next.map(|on| on.to_string()),
        "note": row.ask.note,
    })
}
