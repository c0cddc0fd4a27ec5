//! What changed on both sides, in words a person can decide by.

use super::{Clash, Merge, Result, said};
use crate::domain::id::Id;
use crate::domain::text::{fit, one_line};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

impl Merge<'_, '_> {
    /// Tells of every value of a row that differs.
    pub(super) fn clash(
        &mut self,
        table: &'static str,
        names: &[String],
        rows: (&[Value], &[Value]),
        taken: bool,
    ) -> Result<()> {
        let about = self.about(table, names, rows.0)?;
        for (at, name) in names
            .iter()
            .enumerate()
            .filter(|(_, name)| *name != "changed_at")
        {
            let (Some(mine), Some(theirs)) = (rows.0.get(at), rows.1.get(at)) else {
                continue;
            };
            if mine != theirs {
                self.joined.clashes.push(Clash {
                    table,
                    about: about.clone(),
                    column: name.clone(),
                    mine: self.shown(name, mine)?,
                    theirs: self.shown(name, theirs)?,
                    taken,
                });
            }
        }
        Ok(())
    }

    /// A value as the report shows it: of a reference to a person or an account the name.
    pub(super) fn shown(&self, column: &str, value: &Value) -> Result<String> {
        let (Value::Integer(id), Some(of)) = (value, column.strip_suffix("_id")) else {
            return Ok(said(value));
        };
        let table = if of.ends_with("account") {
            "account"
        } else {
            "contact"
        };
        let people = [
            "contact", "giver", "receiver", "from", "to", "referrer", "prospect",
        ];
        if table == "contact" && !people.contains(&of) {
            return Ok(Id::from_raw(*id).short(6));
        }
        let sql = format!("select name from {table} where id = ?1");
        let name: Option<String> = self
            .mine()
            .prepare_cached(&sql)?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(name.unwrap_or_else(|| Id::from_raw(*id).short(6)))
    }

    /// What a row is about: its name or text, and with whom.
    fn about(&self, table: &str, names: &[String], row: &[Value]) -> Result<String> {
        let value = |column: &str| {
            names
                .iter()
                .position(|name| name == column)
                .and_then(|at| row.get(at))
        };
        let texts = ["name", "what", "title", "body", "label", "why"];
        let text = texts
            .iter()
            .find_map(|column| value(column))
            .map(said)
            .unwrap_or_default();
        let whose = match value("contact_id")
            .or_else(|| value("giver_id"))
            .or_else(|| value("from_id"))
        {
            Some(id) => self.shown("contact_id", id)?,
            None if table == "touch" => {
                let sql = "select c.name from party p join contact c on c.id = p.contact_id where p.touch_id = ?1 order by p.id limit 1";
                let id = match value("id") {
                    Some(Value::Integer(id)) => *id,
                    _ => 0,
                };
                let name: Option<String> = self
                    .mine()
                    .prepare_cached(sql)?
                    .query_row([id], |row| row.get(0))
                    .optional()?;
                name.unwrap_or_default()
            }
            None => String::new(),
        };
        let text = fit(&one_line(&text), 60);
        Ok(match (whose.is_empty(), text.is_empty()) {
            (true, _) => text,
            (false, true) => whose,
            (false, false) => format!("{whose}: {text}"),
        })
    }
}
