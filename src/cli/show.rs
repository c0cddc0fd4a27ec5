//! `show`: one person in full, as a page to read before a call or as one JSON document.

mod why;
mod words;

use super::desk::{Desk, Failure};
use super::ledger;
use super::output::Table;
use super::people::{fields, points};
use super::who;
use crate::domain::chit::Halves;
use crate::domain::id::shortest;
use crate::domain::moment::{date, day_number};
use crate::domain::people::{Entry, Person};
use crate::domain::referral::ReferralRow;
use crate::domain::strength::words::{NOT_WARM, never_warm};
use crate::domain::strength::{Reading, Standing};
use crate::domain::text::first_line;
use crate::domain::tier::Tier;
use crate::domain::when;
use crate::store::Store;
use chrono::NaiveDate;
use serde_json::{Value, json};
use words::{address, labelled, link};

/// Touches on the page; the JSON has them all.
const TOUCHES: usize = 10;

/// Everything about one person on one day.
struct Brief {
    person: Person,
    reading: Reading,
    referrals: Vec<ReferralRow>,
    today: NaiveDate,
}

/// Shows one person.
pub fn show(desk: &mut Desk<'_>, who: &str, json: bool) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let id = who::one(&book, who)?.id;
    let gone = || Failure::could("that person is not in the book any more");
    let mut person = book.person(id)?.ok_or_else(gone)?;
    let today = desk.today();
    person.summary.standing = Standing::replay(&book.params, &person.trail, today);
    let brief = Brief {
        reading: person.read(&book.params, today),
        referrals: book.referrals_with(id)?,
        today: desk.date(),
        person,
    };
    if json {
        let document = document(&book, &brief)?;
        return Ok(desk.out.json(&document)?);
    }
    page(desk, &book, &brief)
}

fn document(book: &Store, brief: &Brief) -> Result<Value, Failure> {
    let person = &brief.person;
    let id = person.summary.id;
    let short = id.short(shortest(book.contact_ids()?.into_iter()));
    let chits = shortest(book.chit_ids()?.into_iter());
    let promises = shortest(book.promise_ids()?.into_iter());
    let history = book.history(id, i64::MAX as usize)?;
    let mut document = fields(&person.summary, &brief.reading, person.balance(), &short);
    let more = json!({
        "archived_on": person.archived_on.map(|on| on.to_string()),
        "emails": person.card.emails,
        "phones": person.card.phones,
        "addresses": person.card.addresses,
        "webs": person.card.webs,
        "note": person.card.note,
        "promises": person.promises.iter().map(|row| json!({
            "id": row.id.short(promises),
            "mine": row.promise.mine,
            "what": row.promise.what,
            "made_on": row.promise.made_on.to_string(),
            "due": row.promise.due.to_string(),
            "state": row.state.word(),
        })).collect::<Vec<_>>(),
        "chits": person.chits.iter().map(|row| ledger::in_json(row, chits, brief.today)).collect::<Vec<_>>(),
        "facts": person.facts,
        "dates": person.dates.iter().map(|date| json!({
            "label": date.label,
            "on": date.on.to_string(),
            "yearly": date.yearly,
        })).collect::<Vec<_>>(),
        "needs": person.needs,
        "touches": history.iter().map(touch).collect::<Vec<_>>(),
        "referrals": brief.referrals.iter().map(|row| json!({
            "id": row.id.text(),
            "referrer": row.referrer_name,
            "prospect": row.prospect_name,
            "stage": stage_of(row),
            "on": row.stage().map(|stage| stage.on.to_string()),
        })).collect::<Vec<_>>(),
        "tier": person.tier.map(Tier::word),
        "seat": person.seats.first().map(|(account, role)| json!({"account": account, "role": role})),
        "plan": person.plan.as_ref().map(|row| json!({"on": row.plan.on.to_string(), "at": row.plan.at.map(|at| at.format("%H:%M").to_string()), "why": row.plan.why})),
    });
    if let (Some(document), Value::Object(more)) = (document.as_object_mut(), more) {
        document.extend(more);
        document.extend(why::fields(brief, &book.params, &history));
    }
    Ok(document)
}

/// The stage a referral stands at; empty where none was noted.
fn stage_of(row: &ReferralRow) -> &'static str {
    row.stage().map_or("", |stage| stage.stage.word())
}

fn touch(entry: &Entry) -> Value {
    json!({
        "id": entry.id.text(),
        "at": entry.at.to_rfc3339(),
        "kind": entry.kind.word(),
        "direction": entry.direction.word(),
        "minutes": entry.minutes,
        "text": entry.body,
        "others": entry.others,
    })
}

fn page(desk: &mut Desk<'_>, book: &Store, brief: &Brief) -> Result<(), Failure> {
    head(desk, brief)?;
    promises_and_chits(desk, book, brief)?;
    let person = &brief.person;
    let notes = [
        (
            "Addresses",
            person.card.addresses.iter().map(address).collect(),
        ),
        (
            "Web",
            person
                .card
                .webs
                .iter()
                .map(|web| labelled(&web.label, &web.url))
                .collect(),
        ),
        (
            "Links",
            person
                .links
                .iter()
                .map(|row| link(row, &person.summary.name))
                .collect(),
        ),
        ("Facts", person.facts.clone()),
        ("Needs", person.needs.clone()),
        (
            "Dates",
            person
                .dates
                .iter()
                .map(|d| format!("{}: {}", d.label, d.on))
                .collect(),
        ),
        (
            "Referrals",
            brief
                .referrals
                .iter()
                .map(|row| {
                    let (from, to) = (&row.referrer_name, &row.prospect_name);
                    format!("{from} -> {to}: {}", stage_of(row))
                })
                .collect(),
        ),
    ];
    for (title, lines) in notes.iter().filter(|(_, lines)| !lines.is_empty()) {
        desk.out.text(&format!("\n{title}"))?;
        for line in lines {
            desk.out.text(&format!("  {}", line.replace('\n', " ")))?;
        }
    }
    touches(desk, person)?;
    why::page(desk, brief, &book.params)
}

fn head(desk: &mut Desk<'_>, brief: &Brief) -> Result<(), Failure> {
    let person = &brief.person;
    let summary = &person.summary;
    desk.out.line(&summary.name)?;
    let seat = person
        .seats
        .first()
        .map_or(String::new(), |(account, role)| {
            format!("{role} at {account}")
        });
    let mut reach: Vec<String> = person
        .card
        .phones
        .iter()
        .map(|p| p.number.clone())
        .collect();
    reach.extend(person.card.emails.iter().map(|e| e.address.clone()));
    let tier = person
        .tier
        .map_or(String::new(), |tier| format!("tier {}", tier.word()));
    let tags: Vec<String> = summary.tags.iter().map(|tag| format!("#{tag}")).collect();
    let state = match (person.archived_on, summary.ghost) {
        (Some(on), _) => format!("archived since {}", when::say(on, brief.today)),
        (None, true) => "a ghost: known from an import only".to_owned(),
        _ => String::new(),
    };
    for parts in [
        vec![summary.title.clone(), summary.account.clone(), seat, tier],
        reach,
        warmth(brief),
        owed(brief),
        vec![tags.join(" "), state],
    ] {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            desk.out.line(&parts.join(" · "))?;
        }
    }
    if !person.card.note.is_empty() {
        desk.out.text(&format!("\n{}", person.card.note))?;
    }
    Ok(())
}

/// How the relationship stands.
fn warmth(brief: &Brief) -> Vec<String> {
    let Brief {
        person,
        reading,
        today,
        ..
    } = brief;
    let summary = &person.summary;
    let Some(last) = summary.standing.last else {
        let past = |entry: &Entry| entry.at.date_naive() <= *today;
        let why = match (person.history.is_empty(), person.history.iter().any(past)) {
            (true, _) => "nothing was logged yet",
            (false, false) => "nothing up to today",
            (false, true) => "nobody was reached yet",
        };
        return vec![format!("new: {why}")];
    };
    if person.archived_on.is_some() {
        return vec![
            format!("strength {} when archived", points(reading.strength)),
            format!("last touch {}", when::ago(day_number(*today) - last)),
        ];
    }
    let cold = reading.cold.map_or(String::new(), |day| {
        let word = if never_warm(reading, day_number(*today)) {
            return NOT_WARM.to_owned();
        } else if date(day) <= *today {
            "cold since"
        } else {
            "goes cold"
        };
        format!("{word} {}", when::say(date(day), *today))
    });
    vec![
        format!(
            "strength {}, {}",
            points(reading.strength),
            reading.state.word()
        ),
        cold,
        format!("last touch {}", when::ago(day_number(*today) - last)),
        format!(
            "rhythm {:.0} days",
            summary.standing.rhythm(summary.cadence)
        ),
    ]
}

/// What stands open both ways, and what comes next.
fn owed(brief: &Brief) -> Vec<String> {
    let (mine, theirs) = brief.person.balance();
    let some = |halves: u32, text: &str| match halves {
        0 => String::new(),
        _ => format!("{text} {}", Halves(halves)),
    };
    let plan = brief.person.plan.as_ref().map_or(String::new(), |row| {
        let at = row.plan.at;
        let at = at.map_or(String::new(), |at| at.format(" %H:%M").to_string());
        let next = format!(
            "next: {}{at} {}",
            when::say(row.plan.on, brief.today),
            row.plan.why
        );
        next.trim_end().to_owned()
    });
    vec![some(mine, "you owe"), some(theirs, "they owe you"), plan]
}

fn promises_and_chits(desk: &mut Desk<'_>, book: &Store, brief: &Brief) -> Result<(), Failure> {
    let person = &brief.person;
    if !person.promises.is_empty() {
        desk.out.text("\nPromises")?;
        let digits = shortest(book.promise_ids()?.into_iter());
        let mut table = Table::new(&["id", "by", "due", "~what"]);
        for row in &person.promises {
            table.row([
                row.id.short(digits),
                if row.promise.mine { "you" } else { "them" }.to_owned(),
                when::say(row.promise.due, brief.today),
                row.promise.what.clone(),
            ]);
        }
        desk.out.table(&table)?;
    }
    let open: Vec<_> = person
        .chits
        .iter()
        .filter(|row| row.open() > Halves(0))
        .collect();
    if !open.is_empty() {
        desk.out.text("\nOpen chits")?;
        let digits = shortest(book.chit_ids()?.into_iter());
        let mut table =
            Table::new(&["id", "on", "~giver", "~receiver", ">open", "~what"]).spare(&["on"]);
        for row in open {
            table.row([
                row.id.short(digits),
                row.chit.on.to_string(),
                row.giver_name.clone(),
                row.receiver_name.clone(),
                row.open().to_string(),
                row.chit.what.clone(),
            ]);
        }
        desk.out.table(&table)?;
    }
    Ok(())
}

fn touches(desk: &mut Desk<'_>, person: &Person) -> Result<(), Failure> {
    if person.history.is_empty() {
        return Ok(());
    }
    desk.out.text("\nTouches")?;
    let mut table = Table::new(&["on", "kind", ">min", "~text"]);
    for touch in person.history.iter().take(TOUCHES) {
        let with = if touch.others.is_empty() {
            String::new()
        } else {
            format!("(with {}) ", touch.others.join(", "))
        };
        table.row([
            touch.at.format("%Y-%m-%d").to_string(),
            touch.kind.word().to_owned(),
            touch.minutes.map_or(String::new(), |m| m.to_string()),
            format!("{with}{}", first_line(&touch.body)),
        ]);
    }
    desk.out.table(&table)?;
    if person.touches > TOUCHES {
        desk.out
            .line(&format!("and {} earlier ones", person.touches - TOUCHES))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::Address;
    use crate::domain::id::Id;
    use crate::domain::link::LinkKind;
    use crate::domain::people::LinkRow;

    #[test]
    fn an_address_is_one_line_and_a_suggested_link_a_question() {
        let home = Address {
            label: "home".to_owned(),
            street: "1 Mill Lane\nRear".to_owned(),
            city: "Ely".to_owned(),
            postcode: "CB7".to_owned(),
            ..Address::default()
        };
        assert_eq!(address(&home), "home: 1 Mill Lane, Rear, CB7 Ely");
        let row = |confirmed| LinkRow {
            id: Id::from_raw(5),
            kind: LinkKind::Spouse,
            inverse: false,
            other: None,
            name: "Wilma".to_owned(),
            confirmed,
        };
        assert!(!link(&row(true), "Fred").contains('?'));
        assert!(link(&row(false), "Fred").contains("Wilma?"));
    }
}
