//! The people list: the first page in today's order, everybody, or a few rows again.

use super::super::{Result, Store};
use crate::domain::id::Id;
use crate::domain::people::Summary;
use crate::domain::phone;
use crate::domain::strength::{Params, Standing};
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use std::collections::HashMap;

/// The columns of a standing, in the order [`standing_from`] reads them; `s` is the table.
pub(in crate::store) const STANDING: &str = "s.mass, s.mass_day, s.last_day, s.answered, s.knocked, s.knocks, s.gap_sum, s.gap_count, s.days";

/// The cadence that holds for somebody: their own, else their tier's; `c` is the table of contacts.
pub(in crate::store) const CADENCE: &str = "coalesce(c.cadence_days, case c.tier when '' then null else (select t.days from tier t where t.name = c.tier) end)";

const SUMMARY: &str = "s.mass, s.mass_day, s.last_day, s.answered, s.knocked, s.knocks, s.gap_sum, s.gap_count, s.days,
    c.id, c.name, coalesce(a.name, ''), c.title, c.ghost, c.archived_on is not null";

/// A standing from a row that may be missing (never touched).
pub(in crate::store) fn standing_from(
    row: &Row<'_>,
    at: usize,
    params: &Params,
) -> rusqlite::Result<Standing> {
    let Some(mass) = row.get::<_, Option<f64>>(at)? else {
        return Ok(Standing::new(params));
    };
    Ok(Standing {
        mass,
        mass_day: row.get(at + 1)?,
        last: row.get(at + 2)?,
        answered: row.get(at + 3)?,
        knocked: row.get(at + 4)?,
        knocks: row.get(at + 5)?,
        gap_sum: row.get(at + 6)?,
        gap_count: row.get(at + 7)?,
        days: row.get(at + 8)?,
    })
}

fn summary_from(row: &Row<'_>, params: &Params) -> rusqlite::Result<Summary> {
    Ok(Summary {
        standing: standing_from(row, 0, params)?,
        id: Id::from_raw(row.get(9)?),
        name: row.get(10)?,
        account: row.get(11)?,
        title: row.get(12)?,
        tags: Vec::new(),
        reach: String::new(),
        ghost: row.get(13)?,
        archived: row.get(14)?,
        cadence: row.get(15)?,
    })
}

impl Store {
    /// The first `limit` people of the list, coldest first, by the stored order: what the first frame shows.
    pub fn opening(&self, limit: usize) -> Result<Vec<Summary>> {
        // `cross join` keeps SQLite to the order of the index, whatever statistics a book may carry.
        let sql = format!(
            "select {SUMMARY}, {CADENCE} from rank r cross join contact c on c.id = r.contact_id left join account a on a.id = c.account_id
             left join standing s on s.contact_id = c.id order by r.lost desc, r.name, r.contact_id limit ?1"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([limit as i64], |row| summary_from(row, &self.params))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many people the list holds, ghosts and archived ones not counted.
    pub fn count(&self) -> Result<usize> {
        Ok(self
            .db
            .query_row("select count(*) from rank", [], |row| row.get::<_, i64>(0))?
            as usize)
    }

    /// Everybody but me, in no particular order.
    pub fn roster(&self) -> Result<Vec<Summary>> {
        let sql = format!(
            "select {SUMMARY}, {CADENCE} from contact c left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id where c.id <> 1"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| summary_from(row, &self.params))?;
        let mut people: Vec<Summary> = rows.collect::<rusqlite::Result<_>>()?;
        let mut tags = self.all_tags()?;
        let mut reach = self.reach(None)?;
        for person in &mut people {
            person.reach = reach.remove(&person.id.raw()).unwrap_or_default();
            person.tags = tags.remove(&person.id.raw()).unwrap_or_default();
        }
        Ok(people)
    }

    fn all_tags(&self) -> Result<HashMap<i64, Vec<String>>> {
        let mut statement = self.db.prepare_cached("select g.contact_id, t.name from tagging g join tag t on t.id = g.tag_id order by g.id")?;
        let mut rows = statement.query([])?;
        let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
        while let Some(row) = rows.next()? {
            tags.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        Ok(tags)
    }

    /// What people are reached by, of everybody or of one: telephone digits and e-mail addresses in lower case.
    fn reach(&self, of: Option<Id>) -> Result<HashMap<i64, String>> {
        let one = if of.is_some() {
            "where contact_id = ?1"
        } else {
            ""
        };
        let mut reach: HashMap<i64, String> = HashMap::new();
        for (table, column) in [("phone", "number"), ("email", "address")] {
            let sql = format!("select contact_id, {column} from {table} {one}");
            let mut statement = self.db.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(of.map(Id::raw)))?;
            while let Some(row) = rows.next()? {
                let text = row.get_ref(1)?.as_str().unwrap_or("");
                let known = reach.entry(row.get(0)?).or_default();
                if !known.is_empty() {
                    known.push(' ');
                }
                if table == "phone" {
                    known.push_str(&phone::digits(text));
                } else {
                    known.push_str(&text.to_lowercase());
                }
            }
        }
        Ok(reach)
    }

    /// One person's row; none when they are not in the book.
    pub fn summary(&self, id: Id) -> Result<Option<Summary>> {
        let sql = format!(
            "select {SUMMARY}, {CADENCE} from contact c left join account a on a.id = c.account_id left join standing s on s.contact_id = c.id where c.id = ?1"
        );
        let found = self
            .db
            .prepare_cached(&sql)?
            .query_row([id.raw()], |row| summary_from(row, &self.params))
            .optional()?;
        let Some(mut summary) = found else {
            return Ok(None);
        };
        summary.tags = super::card::tags_of(&self.db, id)?;
        summary.reach = self.reach(Some(id))?.remove(&id.raw()).unwrap_or_default();
        Ok(Some(summary))
    }

    /// Halves of open chits per person, of a JSON list of people or of all: what I owe them, what they owe me. People without any are
    /// left out.
    pub(super) fn owed_with(&self, list: Option<&str>) -> Result<HashMap<Id, (u32, u32)>> {
        let condition = match list {
            Some(_) => {
                "giver_id in (select value from json_each(?2)) and +receiver_id = ?1 or receiver_id in (select value from json_each(?2)) and +giver_id = ?1"
            }
            None => "?2 is null and (giver_id = ?1 or receiver_id = ?1)",
        };
        let sql = format!(
            "select giver_id, receiver_id, max(0, halves - coalesce((select sum(halves) from chit_part where chit_id = chit.id), 0)) from chit where {condition}"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![Id::ME.raw(), list])?;
        let mut owed: HashMap<Id, (u32, u32)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (giver, receiver, open): (i64, i64, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if giver == Id::ME.raw() {
                owed.entry(Id::from_raw(receiver)).or_default().1 += open;
            } else {
                owed.entry(Id::from_raw(giver)).or_default().0 += open;
            }
        }
        Ok(owed)
    }

    /// Halves of open chits per person: what I owe them, what they owe me. People without any are left out.
    pub fn owed(&self) -> Result<HashMap<Id, (u32, u32)>> {
        self.owed_with(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::{Card, Email, Phone};

    #[test]
    fn the_list_and_the_single_row_know_what_a_person_is_reached_by() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let now = "2026-11-22T14:07:00+01:00".parse().unwrap();
        let phone = |number: &str| Phone {
            label: String::new(),
            number: number.to_owned(),
        };
        let card = Card {
            phones: vec![phone("+1 (415) 555-0100"), phone("0171/55")],
            emails: vec![Email {
                label: "work".to_owned(),
                address: "Tomasz@Fenn.example".to_owned(),
            }],
            ..Card::named("Tomasz Hale")
        };
        for card in [card, Card::named("Betty Marsh")] {
            let command = Command::AddContact(Box::new(card));
            book.apply(&command, &now).unwrap();
        }
        let people = book.roster().unwrap();
        assert_eq!(people.len(), 2);
        for person in people {
            let reach = match person.name.as_str() {
                "Betty Marsh" => "",
                _ => "14155550100 017155 tomasz@fenn.example",
            };
            assert_eq!(person.reach, reach);
            assert_eq!(book.summary(person.id).unwrap(), Some(person));
        }
    }
}
