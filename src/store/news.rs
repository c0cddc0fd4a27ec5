//! What another program changed in the same book.
//!
//! Every step leaves a line of news: the people it touched. A dashboard that learns (from the file system) that the book was
//! written reads the lines it has not seen. When something wrote without leaving news, everything is read again.

use super::journal::Touched;
use super::{Result, Store};
use crate::domain::id::Id;
use rusqlite::{Connection, params};

/// Lines of news kept.
const KEPT: i64 = 500;

/// How far a program has read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    seen: i64,
    version: i64,
}

/// What happened since the last look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing by another program.
    Nothing,
    /// These people changed.
    People(Vec<Id>),
    /// Read everything again.
    Everything,
}

impl Cursor {
    pub fn now(db: &Connection) -> Result<Self> {
        Ok(Cursor {
            seen: last(db)?,
            version: version(db)?,
        })
    }
}

fn last(db: &Connection) -> Result<i64> {
    Ok(db
        .prepare_cached("select coalesce(max(id), 0) from news")?
        .query_row([], |row| row.get(0))?)
}

/// Changes whenever another connection has written.
fn version(db: &Connection) -> Result<i64> {
    Ok(db
        .prepare_cached("pragma data_version")?
        .query_row([], |row| row.get(0))?)
}

/// Leaves a line of news.
pub(super) fn tell(db: &Connection, touched: &Touched) -> Result<()> {
    let contacts = touched.few().map(|people| {
        let ids: Vec<String> = people.iter().map(|id| id.raw().to_string()).collect();
        format!("[{}]", ids.join(","))
    });
    db.prepare_cached("insert into news (contacts) values (?1)")?
        .execute(params![contacts])?;
    db.prepare_cached("delete from news where id <= (select max(id) from news) - ?1")?
        .execute([KEPT])?;
    Ok(())
}

impl Store {
    /// What other programs changed since the last call. Costs a few microseconds when there is nothing.
    pub fn news(&mut self) -> Result<News> {
        let version = version(&self.db)?;
        if version == self.news.version {
            // Own steps leave news too; they are no news to ourselves.
            self.news.seen = last(&self.db)?;
            return Ok(News::Nothing);
        }
        self.news.version = version;
        let seen = std::mem::replace(&mut self.news.seen, last(&self.db)?);
        let mut statement = self
            .db
            .prepare_cached("select contacts from news where id > ?1")?;
        let lines: Vec<Option<String>> = statement
            .query_map([seen], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        // Where lines between the last one seen and the first one kept are gone, nobody knows what they said.
        let first: Option<i64> = self
            .db
            .prepare_cached("select min(id) from news")?
            .query_row([], |row| row.get(0))?;
        if lines.is_empty() || first.is_some_and(|first| first > seen + 1) {
            return Ok(News::Everything);
        }
        let mut people = Vec::new();
        for line in lines {
            let Some(ids) = line.and_then(|line| serde_json::from_str::<Vec<i64>>(&line).ok())
            else {
                return Ok(News::Everything);
            };
            people.extend(ids.into_iter().map(Id::from_raw));
        }
        people.sort_unstable();
        people.dedup();
        Ok(News::People(people))
    }
}
