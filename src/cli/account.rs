//! `accounts`: every account with its strength, coverage and alarms; of one, its committee and what is dangerous about it.

use super::args::Accounts as Args;
use super::desk::{Desk, Failure};
use super::output::{Ink, Table};
use super::who;
use crate::domain::account::{Account, AccountRow, Alarm, Condition, Regard};
use crate::domain::referral::Who;
use crate::store::Store;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Shows the accounts, or one of them.
pub fn accounts(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let mut book = desk.book_there()?;
    book.turn_to(desk.today())?;
    if let Some(name) = &args.name {
        return one(desk, &book, name, args.json);
    }
    let mut rows = book.accounts(desk.date())?;
    if args.alarms {
        rows.retain(|row| !row.alarms.is_empty());
    }
    if args.json {
        let rows: Vec<Value> = rows.iter().map(in_json).collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    if rows.is_empty() {
        let none = if args.alarms {
            "No account has an alarm."
        } else {
            "No accounts yet: `chitbook add NAME --account ACCOUNT` makes one."
        };
        return Ok(desk.out.line(none)?);
    }
    let heads = [
        "~account",
        ">strength",
        "seats",
        "last touch",
        ">promises",
        "sold in a year",
        "~alarms",
    ];
    let mut table = Table::new(&heads).spare(&["promises", "sold in a year", "last touch"]);
    for row in &rows {
        let alarms: Vec<&str> = row.alarms.iter().map(|alarm| alarm.kind.words()).collect();
        let plain = |text: String| (text, Ink::Plain);
        table.cells(vec![
            plain(row.profile.name.clone()),
            plain(format!("{:.0}", row.strength)),
            plain(format!("{}/{}", row.coverage.warm, row.coverage.known)),
            plain(row.last.map_or(String::new(), |day| day.to_string())),
            plain((row.promises.0 + row.promises.1).to_string()),
            plain(row.sold.to_string()),
            (alarms.join(", "), Ink::Cold),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn one(desk: &mut Desk<'_>, book: &Store, name: &str, as_json: bool) -> Result<(), Failure> {
    let named = if name.starts_with("at:") {
        name.to_owned()
    } else {
        format!("at:{name}")
    };
    let (Who::Account(id), _) = who::one_or_account(book, &named)? else {
        return Err(Failure::could(format!(
            "{name} is a person, not an account"
        )));
    };
    let today = desk.date();
    let Some(page) = book.account(id, today)? else {
        return Err(Failure::could("that account is not in the book any more"));
    };
    if as_json {
        return Ok(desk.out.json(&page_in_json(&page, today))?);
    }
    let row = &page.row;
    desk.out.line(&format!(
        "{}: strength {:.0}, {} of {} seats warm{}",
        row.profile.name,
        row.strength,
        row.coverage.warm,
        row.coverage.known,
        regard(row)
    ))?;
    for alarm in &row.alarms {
        desk.out.line(&format!(
            "! {}: {}. {}.",
            alarm.kind.words(),
            alarm.why,
            alarm.what
        ))?;
        for way in alarm.ways.iter().skip(1) {
            desk.out.line(&format!("    or {}", way.words()))?;
        }
    }
    Ok(desk.out.table(&committee(&page))?)
}

/// The committee as a table: a line for each person on a seat, and for each seat nobody is known to sit on.
fn committee(page: &Account) -> Table {
    let mut table = Table::new(&[
        "role",
        "~who",
        "stance",
        ">strength",
        "silent",
        "~listens to",
    ]);
    for line in &page.grid {
        for seat in &line.seats {
            let (who, strength, silent) = match &seat.holder {
                Some((who, reading)) => {
                    let silent = reading.silence.map_or("never".to_owned(), |days| {
                        format!("{days} of {:.0} d", reading.rhythm)
                    });
                    (who.name.clone(), format!("{:.0}", reading.strength), silent)
                }
                None => ("?".to_owned(), String::new(), String::new()),
            };
            let listens = seat.listens_to.as_ref().map_or("", |(_, name)| name);
            let stance = seat.stance.word().to_owned();
            table.row([
                line.role.phrase().to_owned(),
                who,
                stance,
                strength,
                silent,
                listens.to_owned(),
            ]);
        }
        if let Some(question) = line.question.filter(|_| line.seats.is_empty()) {
            let blank = String::new;
            table.row([
                line.role.phrase().to_owned(),
                format!("({question}?)"),
                blank(),
                blank(),
                blank(),
                blank(),
            ]);
        }
    }
    table
}

/// ", vendor, wanted trusted"; nothing where neither is known.
fn regard(row: &AccountRow) -> String {
    let profile = &row.profile;
    let present = profile.regard.map(|regard| format!(", {}", regard.word()));
    let wanted = profile
        .wanted
        .map(|regard| format!(", wanted {}", regard.word()));
    present.unwrap_or_default() + &wanted.unwrap_or_default()
}

fn alarm_in_json(alarm: &Alarm) -> Value {
    let ways = alarm.ways.iter().map(|way| {
        json!({
            "seat": way.role.word(),
            "to": way.to.as_ref().map(|(_, name)| name),
            "through": way.through.as_ref().map(|(_, name)| name),
            "words": way.words(),
        })
    });
    json!({
        "kind": alarm.kind.words(),
        "why": alarm.why,
        "what": alarm.what,
        "ways": ways.collect::<Vec<_>>(),
    })
}

fn in_json(row: &AccountRow) -> Value {
    let sold = row.sold.all();
    json!({
        "account": row.profile.name,
        "id": row.id.text(),
        "strength": (row.strength * 10.0).round() / 10.0,
        "seats_warm": row.coverage.warm,
        "seats_known": row.coverage.known,
        "seats_empty": row.empty.iter().map(|role| role.word()).collect::<Vec<_>>(),
        "standing": row.profile.regard.map(Regard::word),
        "wanted": row.profile.wanted.map(Regard::word),
        "last_touch": row.last.map(|day| day.to_string()),
        "promises_mine": row.promises.0,
        "promises_theirs": row.promises.1,
        "sold_in_a_year": sold.map(|money| json!({"minor": money.minor, "currency": money.currency})).collect::<Vec<_>>(),
        "people": row.people,
        "alarms": row.alarms.iter().map(alarm_in_json).collect::<Vec<_>>(),
    })
}

fn page_in_json(page: &Account, today: NaiveDate) -> Value {
    let mut document = in_json(&page.row);
    let seats = page.grid.iter().flat_map(|line| {
        line.seats.iter().map(|seat| {
            let holder = seat.holder.as_ref();
            json!({
                "seat": line.role.word(),
                "who": holder.map(|(who, _)| &who.name),
                "stance": seat.stance.word(),
                "strength": holder.map(|(_, reading)| (reading.strength * 10.0).round() / 10.0),
                "days_silent": holder.and_then(|(_, reading)| reading.silence),
                "rhythm": holder.map(|(_, reading)| (reading.rhythm * 10.0).round() / 10.0),
                "listens_to": seat.listens_to.as_ref().map(|(_, name)| name),
            })
        })
    });
    document["seats"] = seats.collect();
    let coaching = page.coaching.iter().map(|row| {
        let coaching = &row.coaching;
        json!({
            "who": row.who, "said": coaching.said, "said_on": coaching.said_on.to_string(), "did": coaching.did,
            "did_on": coaching.did_on.map(|day| day.to_string()), "told_on": coaching.told_on.map(|day| day.to_string()),
        })
    });
    document["coaching"] = coaching.collect();
    let stories = page.stories.iter().map(|row| {
        let tired = match row.condition(today) {
            Condition::Rested => None,
            Condition::Tired { until, .. } => Some(until.to_string()),
        };
        json!({"who": row.who, "about": row.story.about, "asked_in_a_year": row.asked_this_year(today), "tired_until": tired})
    });
    document["stories"] = stories.collect();
    document
}
