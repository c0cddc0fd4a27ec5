//! Columns as somebody named them: `--map "Full Name=name"`, and how that is kept for the next table with the same columns.

use super::columns::{Field, Meaning, unlike};
use super::keys;
use crate::domain::text::{clean_line, fingerprint};

/// The word for a column that is kept as it is.
pub(super) const KEEP: &str = "keep";

/// Which column is what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Columns in lower case, with the name of the field as it was said.
    columns: Vec<(String, String)>,
}

impl Map {
    /// Reads `column=field`, several of them in one text where they are separated by commas outside of quotes. An error is a sentence.
    pub fn parse(texts: &[String]) -> Result<Map, String> {
        let mut map = Map::default();
        for text in texts {
            for part in parts(text) {
                let Some((column, field)) = part.rsplit_once('=') else {
                    return Err(format!(
                        "\"{part}\" is no column=field, as in --map \"Full Name=name\""
                    ));
                };
                let column = clean_line(column.trim().trim_matches('"')).to_lowercase();
                let field = clean_line(field.trim().trim_matches('"')).to_lowercase();
                if Field::parse(&field).is_none() {
                    return Err(format!(
                        "\"{field}\" is no field; the fields are {}; email, phone and web may have a label behind them: phone mobile",
                        Field::names()
                    ));
                }
                map.columns.push((column, field));
            }
        }
        Ok(map)
    }

    /// The map that says of each of these columns, told apart by [`unlike`], what it is: a field's word for each.
    pub(super) fn of(columns: &[(String, String)], words: &[&str]) -> Map {
        let alone = |like: &str| columns.iter().filter(|(_, other)| other == like).count() < 2;
        let said = columns.iter().zip(words).filter(|((_, like), word)| {
            // What is not said is kept, unless it was said of a column of the same name.
            **word != KEEP || !(like.is_empty() || alone(like))
        });
        let pairs = said.map(|((key, _), word)| (key.clone(), (*word).to_owned()));
        Map {
            columns: pairs.collect(),
        }
    }

    /// What was kept by [`Map::kept`].
    pub fn read(kept: &str) -> Option<Map> {
        let columns: Vec<(String, String)> = serde_json::from_str(kept).ok()?;
        Some(Map { columns })
    }

    /// The text to keep it by.
    pub fn kept(&self) -> String {
        serde_json::to_string(&self.columns).unwrap_or_default()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether it names anything of a person.
    pub fn names_somebody(&self) -> bool {
        let fields = self
            .columns
            .iter()
            .filter_map(|(_, field)| Field::parse(field));
        let mut fields = fields.map(|(field, _)| field);
        fields.any(|field| {
            matches!(
                field,
                Field::Name | Field::Given | Field::Family | Field::Email | Field::Phone
            )
        })
    }

    /// A column it names that is not among these cells.
    pub(super) fn missing(&self, cells: &[String]) -> Option<&str> {
        let known = unlike(cells);
        let missing = self
            .columns
            .iter()
            .find(|(column, _)| !known.iter().any(|(key, _)| key == column));
        missing.map(|(column, _)| column.as_str())
    }

    /// The word that was said of a column: of itself, or of those that have its name.
    pub(super) fn word(&self, key: &str, like: &str) -> Option<&str> {
        let said = |name: &str| self.columns.iter().find(|(column, _)| column == name);
        let (_, field) = said(key).or_else(|| said(like))?;
        Some(field)
    }

    /// What a column is.
    pub(super) fn meaning(&self, key: &str, like: &str) -> Option<Meaning> {
        Field::parse(self.word(key, like)?)
    }
}

/// The parts of a text, separated by commas outside of quotes.
fn parts(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = text.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// A fingerprint of a table's columns: the same columns in the same order have the same.
pub fn header_print(cells: &[String]) -> u64 {
    let keys = keys(cells);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    fingerprint(&keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_in_one_text_or_several_and_kept() {
        let texts = [
            "Full Name=name, \"Mail, private\"=email home".to_owned(),
            "Tel=Phone Mobile".to_owned(),
        ];
        let map = Map::parse(&texts).unwrap();
        assert_eq!(
            map.meaning("full name", "full name"),
            Some((Field::Name, String::new()))
        );
        assert_eq!(
            map.meaning("mail, private", "mail, private"),
            Some((Field::Email, "home".to_owned()))
        );
        assert_eq!(
            map.meaning("tel", "tel"),
            Some((Field::Phone, "mobile".to_owned()))
        );
        assert_eq!(map.meaning("fax", "fax"), None);
        assert_eq!(Map::read(&map.kept()), Some(map));
        for (text, part) in [
            ("Full Name", "no column=field"),
            ("a=shoe size", "is no field"),
        ] {
            let said = Map::parse(&[text.to_owned()]).unwrap_err();
            assert!(said.contains(part), "{said}");
        }
    }
}
