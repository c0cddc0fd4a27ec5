//! Notes that were begun and not filed: they come too, though nothing undoes that.

use super::same::value;
use super::{Clash, Merge, Result, said};
use rusqlite::types::Value;
use serde_json::Value as Json;

fn saved(names: &[String], row: &[Value]) -> i64 {
    match value(names, row, "saved_at") {
        Some(Value::Integer(at)) => *at,
        _ => 0,
    }
}

/// What was typed: of a call the note, of a form all of it.
fn typed(names: &[String], row: &[Value]) -> String {
    let body = value(names, row, "body").map(said).unwrap_or_default();
    let note: Option<Json> = serde_json::from_str(&body).ok();
    let text = note.as_ref().and_then(|note| note.get("text")?.as_str());
    text.map(str::to_owned).unwrap_or(body)
}

impl Merge<'_, '_> {
    /// Every draft of theirs, but those this book has filed or thrown away since the two were one. The one that was saved later wins.
    pub(super) fn drafts(&mut self) -> Result<()> {
        let names = self.columns("draft")?;
        let ids: Vec<i64> = {
            let mut statement = self.theirs.prepare("select id from draft order by id")?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>()?
        };
        for id in ids {
            if let Some(theirs) = Self::row_of(self.theirs, "draft", &names, id)? {
                self.draft(&names, id, &theirs)?;
            }
        }
        Ok(())
    }

    fn draft(&mut self, names: &[String], id: i64, theirs: &[Value]) -> Result<()> {
        let since = |row: &[Value]| self.seen.is_none_or(|seen| saved(names, row) > seen);
        let Some(mine) = self.here("draft", names, id)? else {
            if !since(theirs) {
                self.joined.count("draft").kept += 1;
                return Ok(());
            }
            self.insert("draft", names, theirs)?;
            self.joined.count("draft").new += 1;
            return Ok(());
        };
        if mine == theirs {
            self.joined.count("draft").same += 1;
            return Ok(());
        }
        let later = saved(names, theirs) > saved(names, &mine);
        let both = since(&mine) && since(theirs);
        let take = if both { self.prefers(later) } else { later };
        if both {
            let title = value(names, &mine, "title").map(said).unwrap_or_default();
            self.joined.clashes.push(Clash {
                table: "draft",
                about: title,
                column: "body".to_owned(),
                mine: typed(names, &mine),
                theirs: typed(names, theirs),
                taken: take,
            });
        }
        let counts = self.joined.count("draft");
        match (both, take) {
            (true, _) => counts.clashing += 1,
            (false, true) => counts.taken += 1,
            (false, false) => counts.kept += 1,
        }
        if take {
            self.write("delete from draft where id = ?1", &[Value::Integer(id)])?;
            self.insert("draft", names, theirs)?;
        }
        Ok(())
    }
}
