//! A note that was filed before and edited: what it says now, beside the items that were filed with it. Nothing is changed that is not on
//! the sheet.

use super::rows::{Note, Row, What};
use super::{Decisions, Head, Sheet};
use crate::domain::filing::{CaughtRow, Change, Filed, Item};
use crate::domain::id::Id;
use crate::domain::touch::Touch;
use crate::tui::modal::Cx;
use crate::tui::modal::field::Field;
use crate::tui::modal::filing::Fault;

const GONE: &[&str] = &["stays", "goes too"];

impl Sheet {
    /// The sheet of an edited note; none where its items are not concerned.
    pub fn of_edit(
        (id, before, after): (Id, &Touch, &Touch),
        caught: &[CaughtRow],
        draft: Option<Id>,
        cx: &Cx<'_>,
    ) -> Option<Self> {
        let note = Note {
            with: *after.people.first()?,
            on: after.at.date_naive(),
        };
        let head = Head::Fixed(Box::new(Filed::Again {
            id,
            before: Box::new(before.clone()),
            after: Box::new(after.clone()),
        }));
        let title = "The note changed: what becomes of its items".to_owned();
        let mut sheet = Sheet::empty(title, note, after.body.clone(), head);
        sheet.draft = draft;
        let people = |word: &str| cx.named(word);
        // What is written now is meant as of today, whenever the touch was.
        let reader = cx.reader(cx.today(), &people);
        let (old, reading) = (reader.read(&before.body), reader.read(&after.body));
        let known: Vec<&str> = old.lines.iter().map(|line| line.words.as_str()).collect();
        let rows = sheet.rows_of(&reading, cx);
        sheet.compare(rows, caught, &known);
        sheet.meet_needs();
        let concerned = sheet
            .rows
            .iter()
            .any(|row| row.taken || matches!(row.what, What::Gone));
        sheet.open(&Decisions::default(), cx);
        concerned.then_some(sheet)
    }

    /// Lines against items: those with the same words stay; one whose words are gone goes with the first new line of its mark.
    fn compare(&mut self, rows: Vec<Row>, caught: &[CaughtRow], known: &[&str]) {
        let mut left: Vec<&CaughtRow> = caught.iter().collect();
        let mut fresh: Vec<Row> = Vec::new();
        for row in rows {
            if let Some(at) = left.iter().position(|item| item.words == row.words) {
                left.remove(at);
                self.same += 1;
            } else if !known.contains(&row.words.as_str()) {
                // A line that was there before and is no item was left out then, or its item was deleted since.
                fresh.push(row);
            }
        }
        for mut row in fresh {
            let first = |item: &&CaughtRow| item.words.starts_with(row.sign);
            if let Some(at) = left.iter().position(first).filter(|_| row.taken) {
                let filed = left.remove(at).clone();
                if let Item::Result(delivered) = &filed.item {
                    row.close(delivered.need);
                }
                row.filed = Some(filed);
            }
            self.rows.push(row);
        }
        self.rows.extend(left.into_iter().map(|item| Row {
            sign: item.words.chars().next().unwrap_or(' '),
            words: item.words.clone(),
            what: What::Gone,
            fields: vec![Field::choice("gone", "then it", GONE, 0)],
            taken: true,
            filed: Some(item.clone()),
        }));
    }
}

/// What becomes of a row's item.
pub(super) fn changes(row: &Row, note: Note, cx: &Cx<'_>) -> Result<Vec<Change>, Fault> {
    if !row.taken {
        return Ok(Vec::new());
    }
    let dropped = |filed: &CaughtRow| Change::Drop {
        id: filed.id,
        item: filed.item.clone(),
    };
    if let (What::Gone, Some(filed)) = (&row.what, &row.filed) {
        let goes = row.fields.first().is_some_and(|field| field.choice == 1);
        return Ok(if goes {
            vec![dropped(filed)]
        } else {
            Vec::new()
        });
    }
    let Some(after) = row.caught(note, cx)? else {
        return Ok(Vec::new());
    };
    Ok(match &row.filed {
        Some(filed) if filed.item.is_like(&after.item) => vec![Change::Replace {
            id: filed.id,
            before: filed.item.clone(),
            after,
        }],
        // It became another kind of thing: the old one goes, the new one comes.
        Some(filed) => vec![dropped(filed), Change::Add(after)],
        None => vec![Change::Add(after)],
    })
}
