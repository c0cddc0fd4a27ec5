//! `paths` and `link`: who could lead me to somebody, through whom, and what asking costs in chits; and who knows whom.

use super::args::{Link as LinkArgs, Paths as Args};
use super::desk::{Desk, Failure, spelled};
use super::ledger::chits_in_json;
use super::output::{Ink, Table};
use super::who;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::link::Link;
use crate::domain::paths::{Path, draft, find};
use crate::domain::referral::Who;
use crate::domain::when::Look;
use crate::store::Store;
use serde_json::{Value, json};

/// Shows the warmest paths, or writes the ask for one.
pub fn paths(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let today = desk.date();
    let book = desk.book_there()?;
    let (wanted, name) = who::one_or_account(&book, &args.who)?;
    let people = match wanted {
        Who::Person(Id::ME) => {
            return Err(Failure::could("you know yourself; name somebody else"));
        }
        Who::Person(id) => vec![id],
        Who::Account(id) => book.people_at(id)?,
    };
    let found = find(&book.network(&people, today)?, &people, today, args.limit);
    if let Some(number) = args.draft {
        return write(desk, &book, &found, number);
    }
    if args.json {
        let rows: Vec<Value> = found.iter().map(in_json).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if found.is_empty() {
        return Ok(desk.out.line(&format!(
            "Nobody you know leads to {name} over three links or fewer; `chitbook link` notes who knows whom"
        ))?);
    }
    let mut table = Table::new(&[">no", ">warmth", "~path", "~price", "~asked"]).spare(&["asked"]);
    for (at, path) in found.iter().enumerate() {
        let ink = if path.burnt.is_some() {
            Ink::Cold
        } else {
            Ink::Plain
        };
        let asked = path.burnt.map_or(String::new(), |on| {
            format!("burnt: asked {}", spelled(on, None, today))
        });
        let price = if path.links() == 0 {
            "you know them".to_owned()
        } else {
            path.price()
        };
        table.cells(
            [
                (at + 1).to_string(),
                format!("{:.0}", path.warmth),
                path.words(),
                price,
                asked,
            ]
            .map(|text| (text, ink))
            .to_vec(),
        );
    }
    Ok(desk.out.table(&table)?)
}

fn in_json(path: &Path) -> Value {
    json!({
        "warmth": (path.warmth * 10.0).round() / 10.0,
        "price": path.price(),
        "burnt_on": path.burnt.map(|on| on.to_string()),
        "hops": path.hops.iter().map(|hop| json!({
            "who": hop.name,
            "account": hop.account,
            "strength": (hop.strength * 10.0).round() / 10.0,
            "how": hop.how,
            "suggested": hop.suggested,
            "owes": chits_in_json(hop.owes),
            "is_owed": chits_in_json(hop.owed),
        })).collect::<Vec<_>>(),
    })
}

fn write(desk: &mut Desk<'_>, book: &Store, found: &[Path], number: usize) -> Result<(), Failure> {
    let path = number.checked_sub(1).and_then(|at| found.get(at));
    let Some(path) = path else {
        return Err(Failure::could(format!(
            "there is no path {number}; `chitbook paths WHO` numbers them"
        )));
    };
    let Some(first) = path.hops.first().filter(|_| path.links() > 0) else {
        return Err(Failure::could(
            "you know them yourself: nobody needs to be asked",
        ));
    };
    let own = book.card(Id::ME)?.map(|card| card.name);
    let own = own.filter(|name| name != "me").unwrap_or_default();
    let me = if desk.settings.name.is_empty() {
        own
    } else {
        desk.settings.name.clone()
    };
    let result = book.askable_one(first.who, desk.date())?;
    let result = result.and_then(|who| who.result);
    let text = draft(
        path,
        &me,
        result.as_ref().map(|result| result.what.as_str()),
    );
    Ok(desk.out.text(&text)?)
}

/// Notes how two people know each other, or that they do not.
pub fn link(desk: &mut Desk<'_>, args: &LinkArgs) -> Result<(), Failure> {
    let on = match &args.on {
        Some(text) => Some(desk.day(Some(text), Look::Back)?),
        None => None,
    };
    let mut book = desk.book_to_change()?;
    let (from, to) = (who::one(&book, &args.who)?, who::one(&book, &args.other)?);
    let command =
        if args.drop {
            let id = book.link_between(from.id, args.kind, to.id)?;
            Command::DeleteLink(id.ok_or_else(|| {
                Failure::could(format!("the book has no such link of {}", from.name))
            })?)
        } else {
            Command::AddLink(Box::new(Link {
                from: from.id,
                kind: args.kind,
                to: to.id,
                note: args.note.clone().unwrap_or_default(),
                on,
            }))
        };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}
