//! Who took part in a touch, and of whom it speaks: a list of the touch, which each correction of it writes anew.
//!
//! The list follows where only one side changed it, and is united where both did. Whoever the other book does not know any more
//! stays: merging takes nothing away.

use super::same::{turned, value};
use super::{Merge, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

/// The tables of these lists.
pub(super) const FOLLOWERS: [&str; 2] = ["party", "mention"];

/// Whose entry this is: the second column of both tables.
fn who(row: &[Value]) -> Option<i64> {
    match row.get(1) {
        Some(Value::Integer(id)) => Some(*id),
        _ => None,
    }
}

fn lists(rows: &[Vec<Value>], person: Option<i64>) -> bool {
    rows.iter().any(|row| who(row) == person)
}

impl Merge<'_, '_> {
    /// Whether the lists of a touch, which is on both sides, have to be looked at.
    pub(super) fn follows(&self, (mine, theirs): (i64, i64)) -> bool {
        let key = |touch| ("touch".to_owned(), touch);
        self.joined.unknown_past
            || mine != theirs
            || self.mine_changed.rows.contains(&key(mine))
            || self.their_changed.rows.contains(&key(theirs))
            || FOLLOWERS.iter().any(|table| {
                let list = |touch| ((*table).to_owned(), touch);
                self.mine_changed.lists.contains(&list(mine))
                    || self.their_changed.lists.contains(&list(theirs))
            })
    }

    /// The lists of every touch that came, changed, or has somebody in it who came.
    pub(super) fn follow(&mut self) -> Result<()> {
        for table in FOLLOWERS {
            let sql = format!("select touch_id from {table} where contact_id = ?1");
            for person in self.arrived.clone() {
                let mut statement = self.theirs.prepare_cached(&sql)?;
                let found = statement.query_map([person], |row| row.get(0))?;
                for touch in found.collect::<rusqlite::Result<Vec<i64>>>()? {
                    let here = self.ids.get("touch").and_then(|ids| ids.get(&touch));
                    let here = here.copied().unwrap_or(touch);
                    self.followed.insert(touch, here);
                }
            }
        }
        let followed = std::mem::take(&mut self.followed);
        for table in FOLLOWERS {
            let names = self.columns(table)?;
            for (theirs, mine) in &followed {
                self.list_of_touch(table, &names, (*mine, *theirs))?;
            }
            let all: i64 =
                self.theirs
                    .query_row(&format!("select count(*) from {table}"), [], |row| {
                        row.get(0)
                    })?;
            let counts = self.joined.count(table);
            let all = u64::try_from(all).unwrap_or(0);
            counts.same = all.saturating_sub(counts.new + counts.taken + counts.kept);
        }
        Ok(())
    }

    fn entries_of(
        db: &rusqlite::Connection,
        table: &str,
        names: &[String],
        touch: i64,
    ) -> Result<Vec<Vec<Value>>> {
        let sql = format!(
            "select {} from {table} where touch_id = ?1 order by id",
            names.join(", ")
        );
        let mut statement = db.prepare_cached(&sql)?;
        let count = names.len();
        let rows =
            statement.query_map([touch], |row| (0..count).map(|at| row.get(at)).collect())?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One list of a touch, which is the first id here and the second there.
    fn list_of_touch(
        &mut self,
        table: &'static str,
        names: &[String],
        ids: (i64, i64),
    ) -> Result<()> {
        let mine = Self::entries_of(self.mine(), table, names, ids.0)?;
        let theirs = Self::entries_of(self.theirs, table, names, ids.1)?;
        let theirs: Vec<Vec<Value>> = theirs
            .into_iter()
            .map(|row| turned(&self.ids, names, row))
            .collect();
        let mut wanted = self.wanted(table, ids, &mine, &theirs)?;
        if table == "party" {
            for row in &mut wanted {
                say_as_the_touch(self.mine(), names, row)?;
            }
        } else {
            let parties = Self::entries_of(
                self.mine(),
                "party",
                &["id".to_owned(), "contact_id".to_owned()],
                ids.0,
            )?;
            wanted.retain(|row| !lists(&parties, who(row)));
        }
        for row in mine.iter().filter(|row| !wanted.contains(row)) {
            let id = row.first().cloned().unwrap_or(Value::Null);
            self.write(&format!("delete from {table} where id = ?1"), &[id])?;
        }
        for row in &wanted {
            let new = !lists(&mine, who(row));
            if !mine.contains(row) {
                self.insert_entry(table, names, row)?;
                let counts = self.joined.count(table);
                *(if new {
                    &mut counts.new
                } else {
                    &mut counts.taken
                }) += 1;
            }
        }
        let kept = theirs.iter().filter(|row| !lists(&wanted, who(row)));
        self.joined.count(table).kept += kept.count() as u64;
        Ok(())
    }

    /// Who is to be in the list.
    fn wanted(
        &self,
        table: &'static str,
        ids: (i64, i64),
        mine: &[Vec<Value>],
        theirs: &[Vec<Value>],
    ) -> Result<Vec<Vec<Value>>> {
        let changed = (
            self.mine_changed.lists.contains(&(table.to_owned(), ids.0)),
            self.their_changed
                .lists
                .contains(&(table.to_owned(), ids.1)),
        );
        let mut wanted;
        if changed == (false, true) {
            wanted = theirs.to_vec();
            for row in mine.iter().filter(|row| !lists(theirs, who(row))) {
                if let Some(person) = who(row)
                    && !self.theirs_has("contact", person)?
                {
                    wanted.push(row.clone());
                }
            }
            return Ok(wanted);
        }
        wanted = mine.to_vec();
        let settled = !mine.is_empty()
            && !self.joined.unknown_past
            && (changed == (true, false) || changed == (false, false) && ids.0 == ids.1);
        let came = |row: &Vec<Value>| who(row).is_some_and(|id| self.arrived.contains(&id));
        let new = theirs.iter().filter(|row| !lists(mine, who(row)));
        wanted.extend(new.filter(|row| !settled || came(row)).cloned());
        Ok(wanted)
    }
}

/// What a party says of its touch becomes what the touch says here, where it is here.
pub(in crate::store) fn say_as_the_touch(
    db: &Connection,
    names: &[String],
    row: &mut [Value],
) -> Result<()> {
    let touch = value(names, row, "touch_id").cloned();
    let sql = "select at + offset_minutes * 60000, kind, direction from touch where id = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let said: Option<[Value; 3]> = statement
        .query_row([touch], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
        .optional()?;
    let Some([wall, kind, direction]) = said else {
        return Ok(());
    };
    for (name, entry) in names.iter().zip(row) {
        match name.as_str() {
            "wall" => *entry = wall.clone(),
            "kind" => *entry = kind.clone(),
            "direction" => *entry = direction.clone(),
            _ => {}
        }
    }
    Ok(())
}
