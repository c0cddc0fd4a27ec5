//! What was decided on a sheet that was left again: it holds when the sheet opens once more, for the lines that still say the same.

use super::{ATTEMPT, Head, Sheet};
use crate::domain::touch::{Direction, TouchKind};
use crate::tui::modal::field::{Field, Saved};

/// The fields as they were left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    head: Vec<Saved>,
    rows: Vec<Decided>,
    next: Vec<Saved>,
}

/// What was decided about one line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decided {
    sign: char,
    words: String,
    taken: bool,
    fields: Vec<Saved>,
}

impl Decisions {
    /// Everything as it is on a sheet.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let saved = |fields: &[Field]| fields.iter().map(Field::saved).collect::<Vec<_>>();
        let mut head = saved(&sheet.newcomer);
        if let Head::Fields(form, _) = &sheet.head {
            head.extend(saved(&form.fields));
        }
        let rows = sheet.rows.iter().map(|row| Decided {
            sign: row.sign,
            words: row.words.clone(),
            taken: row.taken,
            fields: saved(&row.fields),
        });
        Decisions {
            head,
            rows: rows.collect(),
            next: sheet
                .next
                .as_ref()
                .map_or(Vec::new(), |form| saved(&form.fields)),
        }
    }

    /// Only what is not as it was.
    pub(super) fn since(mut self, before: &Decisions) -> Self {
        self.head.retain(|saved| !before.head.contains(saved));
        // A row keeps its place while the sheet is open.
        let mut was = before.rows.iter();
        self.rows.retain(|row| was.next() != Some(row));
        self.next.retain(|saved| !before.next.contains(saved));
        self
    }

    /// Nobody answered.
    pub fn no_answer(&mut self) {
        let place = TouchKind::ALL.iter().position(|kind| *kind == ATTEMPT);
        let out = Direction::ALL.iter().position(|way| *way == Direction::Out);
        self.head.push(Saved::choice("kind", place.unwrap_or(0)));
        self.head.push(Saved::choice("direction", out.unwrap_or(0)));
        self.head.push(Saved::line("minutes", ""));
    }

    /// Puts what was decided into a fresh sheet.
    pub(super) fn put_into(&self, sheet: &mut Sheet) {
        put(&self.head, &mut sheet.newcomer);
        if let Head::Fields(form, _) = &mut sheet.head {
            put(&self.head, &mut form.fields);
        }
        for decided in &self.rows {
            let same =
                |row: &&mut super::Row| row.sign == decided.sign && row.words == decided.words;
            if let Some(row) = sheet.rows.iter_mut().find(same) {
                row.taken = decided.taken;
                put(&decided.fields, &mut row.fields);
            }
        }
        if let Some(form) = &mut sheet.next {
            put(&self.next, &mut form.fields);
        }
    }
}

fn put(saved: &[Saved], fields: &mut [Field]) {
    for field in fields {
        let saved = saved.iter().find(|saved| saved.name() == field.name);
        if let Some(saved) = saved.filter(|saved| !field.is(saved)) {
            field.restore(saved);
            field.error = None;
        }
    }
}
