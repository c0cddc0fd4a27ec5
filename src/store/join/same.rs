//! What makes two rows the same thing, whatever their ids: an account of one name, a touch of one e-mail, a seat at one table.

use super::super::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::HashMap;

/// Ids of another book that are others here, by table.
pub(in crate::store) type Ids = HashMap<&'static str, HashMap<i64, i64>>;

/// What tells one row of a table from another.
#[derive(Debug)]
pub(in crate::store) struct Alike {
    table: &'static str,
    /// Two rows that are equal in these are the same thing.
    pub by: &'static [&'static str],
    /// These are empty in both.
    without: &'static [&'static str],
    /// Whether the schema refuses a second one.
    pub unique: bool,
}

/// What the schema has once.
const fn unique(table: &'static str, by: &'static [&'static str]) -> Alike {
    Alike {
        table,
        by,
        without: &[],
        unique: true,
    }
}

/// What the writing side makes once.
const fn once(
    table: &'static str,
    by: &'static [&'static str],
    without: &'static [&'static str],
) -> Alike {
    Alike {
        table,
        by,
        without,
        unique: false,
    }
}

const ALIKE: [Alike; 20] = [
    unique("tier", &["name"]),
    unique("account", &["name"]),
    unique("tag", &["name"]),
    unique("tagging", &["contact_id", "tag_id"]),
    unique("touch", &["source", "source_key"]),
    unique("party", &["contact_id", "touch_id"]),
    unique("mention", &["contact_id", "touch_id"]),
    unique("apart", &["contact_id", "other_id"]),
    unique("suggestion", &["source", "source_key"]),
    unique("suggested", &["contact_id", "suggestion_id"]),
    unique("account_identity", &["uid"]),
    unique("vdir_card", &["folder", "file"]),
    once("link", &["from_id", "to_id", "kind"], &[]),
    once("link", &["from_id", "to_name", "kind"], &["to_id"]),
    once("seat", &["account_id", "contact_id", "role"], &[]),
    once("seat", &["account_id", "role"], &["contact_id"]),
    once("snooze", &["kind", "target_id"], &[]),
    once("review", &[], &["finished_on"]),
    once("review_card", &["review_id", "kind", "target_id"], &[]),
    once("referral_credit", &["referral_id", "contact_id"], &[]),
];

/// Columns that refer to rows which may have another id here.
const REFERS: [(&str, &str); 8] = [
    ("account_id", "account"),
    ("referrer_account_id", "account"),
    ("prospect_account_id", "account"),
    ("tag_id", "tag"),
    ("touch_id", "touch"),
    ("result_touch_id", "touch"),
    ("suggestion_id", "suggestion"),
    ("review_id", "review"),
];

/// What tells the rows of a table from one another.
pub(in crate::store) fn alike(table: &str) -> impl Iterator<Item = &'static Alike> {
    ALIKE.iter().filter(move |alike| alike.table == table)
}

/// A value of a row.
pub(super) fn value<'v>(names: &[String], row: &'v [Value], column: &str) -> Option<&'v Value> {
    let at = names.iter().position(|name| name == column)?;
    row.get(at)
}

/// The ids of the rows of a book that are the same thing as this row by `alike`, lowest first.
pub(in crate::store) fn same_things(
    db: &Connection,
    alike: &Alike,
    names: &[String],
    values: &[Value],
) -> Result<Vec<i64>> {
    let of = |column: &&str| value(names, values, column);
    let given: Vec<&Value> = alike.by.iter().filter_map(of).collect();
    let known = given.len() == alike.by.len() && given.iter().all(|value| **value != Value::Null);
    let without = alike.without.iter();
    if !known
        || !without
            .clone()
            .all(|column| of(column) == Some(&Value::Null))
    {
        return Ok(Vec::new());
    }
    let collate = |column: &str| {
        if column == "name" {
            " collate nocase"
        } else {
            ""
        }
    };
    let equal = alike.by.iter().zip(1..);
    let equal = equal.map(|(column, at)| format!("{column} = ?{at}{}", collate(column)));
    let conditions: Vec<String> = equal
        .chain(without.map(|column| format!("{column} is null")))
        .collect();
    let sql = format!(
        "select id from {} where {} order by id",
        alike.table,
        conditions.join(" and ")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let ids = statement.query_map(params_from_iter(given), |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// A row of another book with its references turned to the rows here.
pub(in crate::store) fn turned(ids: &Ids, names: &[String], mut values: Vec<Value>) -> Vec<Value> {
    let about_account = value(names, &values, "kind") == Some(&Value::Text("account".to_owned()));
    for (name, value) in names.iter().zip(&mut values) {
        let target = (name == "target_id" && about_account).then_some("account");
        let refers = REFERS.iter().find(|(column, _)| column == name);
        let Some(table) = refers.map(|(_, table)| *table).or(target) else {
            continue;
        };
        if let Value::Integer(id) = value
            && let Some(here) = ids.get(table).and_then(|ids| ids.get(id))
        {
            *id = *here;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::super::super::Store;
    use super::super::super::journal::tables;
    use super::*;

    #[test]
    fn whatever_the_schema_has_once_is_known_to_be_the_same_thing() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book")).unwrap();
        let sql = "select i.name, (select group_concat(name) from pragma_index_info(i.name)) from pragma_index_list(?1) i where i.\"unique\" = 1";
        let mut seen = 0;
        for table in tables() {
            let mut statement = book.db.prepare(sql).unwrap();
            let found = statement
                .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
                .collect::<rusqlite::Result<Vec<(String, String)>>>()
                .unwrap();
            for (index, columns) in found {
                seen += 1;
                let columns: Vec<&str> = columns.split(',').collect();
                let told = alike(table).filter(|alike| alike.unique);
                let mut by = told.map(|alike| alike.by);
                assert!(
                    by.any(|by| by.iter().all(|column| columns.contains(column))),
                    "{index} of {table} has no entry"
                );
            }
        }
        assert!(seen > 9, "{seen} unique indexes");
    }
}
