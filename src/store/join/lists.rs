//! What a card lists, person by person: telephones, addresses, tags and the like.

use super::same::turned;
use super::{Merge, Result, said};
use rusqlite::Connection;
use rusqlite::types::Value;

impl Merge<'_, '_> {
    /// A table of lists, person by person.
    pub(super) fn lists(&mut self, table: &'static str, told_by: &[&str]) -> Result<()> {
        let names = self.columns(table)?;
        let mut people: Vec<i64> = {
            let mut statement = self.theirs.prepare(&format!(
                "select distinct contact_id from {table} order by 1"
            ))?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        // Whose list was emptied there has no row there. Of somebody who was deleted there nothing is taken here either.
        let emptied = self.their_changed.lists.iter();
        for (_, whose) in emptied.filter(|(list, _)| list == table) {
            let sql = "select 1 from contact where id = ?1";
            if self.theirs.prepare_cached(sql)?.exists([whose])? {
                people.push(*whose);
            }
        }
        people.sort_unstable();
        people.dedup();
        for person in people {
            self.list(table, told_by, &names, person)?;
        }
        Ok(())
    }

    fn entries(
        db: &Connection,
        table: &str,
        names: &[String],
        person: i64,
    ) -> Result<Vec<Vec<Value>>> {
        let sql = format!(
            "select {} from {table} where contact_id = ?1 order by id",
            names.join(", ")
        );
        let mut statement = db.prepare_cached(&sql)?;
        let count = names.len();
        let rows =
            statement.query_map([person], |row| (0..count).map(|at| row.get(at)).collect())?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn list(
        &mut self,
        table: &'static str,
        told_by: &[&str],
        names: &[String],
        person: i64,
    ) -> Result<()> {
        let theirs = Self::entries(self.theirs, table, names, person)?;
        let theirs: Vec<Vec<Value>> = theirs
            .into_iter()
            .map(|row| turned(&self.ids, names, row))
            .collect();
        let mine = Self::entries(self.mine(), table, names, person)?;
        let key = |row: &[Value]| -> Vec<String> {
            let values = told_by
                .iter()
                .filter_map(|column| names.iter().position(|name| name == column));
            values.filter_map(|at| row.get(at)).map(said).collect()
        };
        let lacks =
            |list: &[Vec<Value>], row: &[Value]| !list.iter().any(|other| key(other) == key(row));
        let new: Vec<&Vec<Value>> = theirs.iter().filter(|row| lacks(&mine, row)).collect();
        let gone: Vec<i64> = mine
            .iter()
            .filter(|row| lacks(&theirs, row))
            .filter_map(|row| match row.first() {
                Some(Value::Integer(id)) => Some(*id),
                _ => None,
            })
            .collect();
        let alike = theirs.len() - new.len();
        self.joined.count(table).same += alike as u64;
        if new.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let (mine_changed, theirs_changed) = self.who_changed(table, person);
        let settled = !mine_changed && !self.joined.unknown_past && !self.arrived.contains(&person);
        if !theirs_changed && (mine_changed || settled) {
            self.joined.count(table).kept += new.len() as u64;
            return Ok(());
        }
        if self.here("contact", &["id".to_owned()], person)?.is_none() {
            return Ok(());
        }
        for row in &new {
            self.insert_entry(table, names, row)?;
        }
        self.joined.count(table).new += new.len() as u64;
        // Where only the other side changed the list, what it took out of it goes here too: it is in nobody's list any more.
        if theirs_changed && !mine_changed {
            for id in &gone {
                self.write(
                    &format!("delete from {table} where id = ?1"),
                    &[Value::Integer(*id)],
                )?;
            }
            self.joined.count(table).taken += gone.len() as u64;
        }
        Ok(())
    }

    /// Whether a person's list changed here, and there. Of somebody who came with this merge nothing here counts.
    fn who_changed(&self, table: &str, person: i64) -> (bool, bool) {
        let whose = (table.to_owned(), person);
        let arrived = self.arrived.contains(&person);
        (
            self.mine_changed.lists.contains(&whose) && !arrived,
            self.their_changed.lists.contains(&whose),
        )
    }

    /// One entry of a list; its id may be taken by an entry that says something else.
    pub(super) fn insert_entry(
        &mut self,
        table: &'static str,
        names: &[String],
        row: &[Value],
    ) -> Result<()> {
        let mut row = row.to_vec();
        let taken = match row.first() {
            Some(Value::Integer(id)) => self.here(table, &["id".to_owned()], *id)?.is_some(),
            _ => false,
        };
        if taken && let Some(first) = row.first_mut() {
            *first = Value::Integer(self.bulk.writer()?.mint().raw());
        }
        self.insert(table, names, &row)
    }
}
