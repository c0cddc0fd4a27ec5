//! Touches, chits, referrals and promises, as tables and as JSON.

use super::super::desk::Failure;
use crate::domain::chit::Halves;
use crate::exchange::csv::row_of;
use crate::store::{ChitFilter, Store};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the rows of a list, one at a time.
pub(super) struct Rows<'a> {
    out: &'a mut dyn Write,
    json: bool,
    raw: bool,
    first: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        heads: &[&str],
        json: bool,
        raw: bool,
        out: &'a mut dyn Write,
    ) -> Result<Self, Failure> {
        if !json {
            let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
            out.write_all(row_of(&heads, true).as_bytes())?;
        }
        Ok(Rows {
            out,
            json,
            raw,
            first: true,
        })
    }

    /// One row: its cells, and the object it is as JSON.
    pub(super) fn row(&mut self, cells: &[String], object: &Value) -> Result<(), Failure> {
        if !self.json {
            return Ok(self.out.write_all(row_of(cells, self.raw).as_bytes())?);
        }
        self.out
            .write_all(if self.first { b"[\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut *self.out, object).map_err(io::Error::from)?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), Failure> {
        if self.json {
            let end: &[u8] = if self.first { b"[]\n" } else { b"\n]\n" };
            self.out.write_all(end)?;
        }
        Ok(())
    }
}

fn maybe<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Every touch, in the columns `import --as touches` reads.
pub fn touches(book: &Store, json: bool, raw: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let heads = ["who", "at", "kind", "direction", "minutes", "text"];
    let mut list = Rows::new(&heads, json, raw, out)?;
    book.each_touch(|touch| {
        let again: Vec<&str> = touch
            .people
            .iter()
            .map(|(_, _, again)| again.as_str())
            .collect();
        let cells = [
            again.join("; "),
            touch.at.to_rfc3339(),
            touch.kind.word().to_owned(),
            touch.direction.word().to_owned(),
            maybe(touch.minutes),
            touch.body.clone(),
        ];
        let people: Vec<Value> = touch
            .people
            .iter()
            .map(|(id, name, _)| json!({"id": id, "name": name}))
            .collect();
        let object = json!({
            "id": touch.id,
            "at": touch.at.to_rfc3339(),
            "kind": touch.kind.word(),
            "direction": touch.direction.word(),
            "minutes": touch.minutes,
            "people": people,
            "text": touch.body,
        });
        list.row(&cells, &object)
    })?;
    list.finish()
}

/// The ledger of favours.
pub fn chits(
    book: &Store,
    today: NaiveDate,
    json: bool,
    raw: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let heads = [
        "id", "on", "giver", "receiver", "what", "worth", "open", "state", "pending", "age_days",
    ];
    let mut list = Rows::new(&heads, json, raw, out)?;
    let worth = |halves: Halves| f64::from(halves.0) / 2.0;
    for row in book.chits(&ChitFilter::default())? {
        let cells = [
            row.id.text(),
            row.chit.on.to_string(),
            row.giver_name.clone(),
            row.receiver_name.clone(),
            row.chit.what.clone(),
            worth(row.chit.worth).to_string(),
            worth(row.open()).to_string(),
            row.state().word().to_owned(),
            if row.chit.pending {
                "yes".to_owned()
            } else {
                String::new()
            },
            row.age(today).to_string(),
        ];
        let object = json!({
            "id": row.id,
            "on": row.chit.on.to_string(),
            "giver": row.giver_name,
            "receiver": row.receiver_name,
            "what": row.chit.what,
            "worth": worth(row.chit.worth),
            "open": worth(row.open()),
            "state": row.state().word(),
            "pending": row.chit.pending,
            "age_days": row.age(today),
        });
        list.row(&cells, &object)?;
    }
    list.finish()
}

/// Referrals, a row a stage.
pub fn referrals(book: &Store, json: bool, raw: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let heads = [
        "id", "referrer", "prospect", "what", "given", "stage", "on", "told_on",
    ];
    let mut list = Rows::new(&heads, json, raw, out)?;
    for row in book.referral_stages()? {
        let cells = [
            row.id.text(),
            row.referrer.clone(),
            row.prospect.clone(),
            row.what.clone(),
            if row.given {
                "yes".to_owned()
            } else {
                String::new()
            },
            row.stage.clone(),
            maybe(row.on),
            maybe(row.told_on),
        ];
        let object = json!({
            "id": row.id,
            "referrer": row.referrer,
            "prospect": row.prospect,
            "what": row.what,
            "given": row.given,
            "stage": row.stage,
            "on": row.on.map(|day| day.to_string()),
            "told_on": row.told_on.map(|day| day.to_string()),
        });
        list.row(&cells, &object)?;
    }
    list.finish()
}

/// Promises, yours and theirs.
pub fn promises(book: &Store, json: bool, raw: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let heads = [
        "id",
        "who",
        "by",
        "what",
        "made_on",
        "due",
        "state",
        "closed_on",
    ];
    let mut list = Rows::new(&heads, json, raw, out)?;
    for row in book.all_promises(false)? {
        let by = if row.mine { "me" } else { "them" };
        let cells = [
            row.id.text(),
            row.who.clone(),
            by.to_owned(),
            row.what.clone(),
            row.made_on.to_string(),
            row.due.to_string(),
            row.state.word().to_owned(),
            maybe(row.closed_on),
        ];
        let object = json!({
            "id": row.id,
            "who": row.who,
            "by": by,
            "what": row.what,
            "made_on": row.made_on.to_string(),
            "due": row.due.to_string(),
            "state": row.state.word(),
            "closed_on": row.closed_on.map(|day| day.to_string()),
        });
        list.row(&cells, &object)?;
    }
    list.finish()
}
