//! The beginning of a table whose columns somebody is to say: what they are called, what stands in the first rows, what they are likely
//! to be, and what those rows become when they are this or that.

use super::columns::{numbered, unlike};
use super::guess::{below, likely_fields};
use super::map::{self, KEEP, Map};
use super::{Dialect, Maps, Problem, Shape, header};
use crate::domain::text::{clean_line, fit};
use crate::exchange::decode::Decoded;
use crate::exchange::draft::Record;
use std::io::{BufRead, Read};

/// Rows that are looked at.
const ROWS: usize = 12;
/// Rows of which it is told what they become.
const RECORDS: usize = 5;
/// Columns on the screen that are kept of a cell.
const LONGEST: usize = 200;

/// Something that a column can be, as it is offered to whoever says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// Its word, as for `--map`.
    pub word: &'static str,
    /// What it is, with other words for it.
    pub says: &'static str,
    /// Several columns may be this.
    pub many: bool,
    /// It is enough for a record to be of somebody.
    pub names: bool,
}

const fn meant(word: &'static str, says: &'static str) -> Meant {
    Meant {
        word,
        says,
        many: false,
        names: false,
    }
}

/// The same of what several columns may be.
const fn often(word: &'static str, says: &'static str, names: bool) -> Meant {
    Meant {
        word,
        says,
        many: true,
        names,
    }
}

/// The same of what names somebody.
const fn naming(word: &'static str, says: &'static str) -> Meant {
    Meant {
        word,
        says,
        many: false,
        names: true,
    }
}

impl Meant {
    /// Everything that a column can be.
    pub const ALL: [Meant; 38] = [
        often("skip", "left out: nothing of it comes in", false),
        often(KEEP, "kept on the card under its name", false),
        naming("name", "the whole name"),
        naming("first name", "given name"),
        meant("middle name", "second given name"),
        naming("last name", "family name, surname"),
        meant("prefix", "before the name: Dr., Mrs."),
        meant("suffix", "behind the name: Jr., PhD"),
        meant("nickname", "what friends say"),
        meant("account", "company, organisation, firm"),
        meant("title", "job title, position, role"),
        meant("department", "team, division"),
        often("email", "e-mail address", true),
        often("email work", "e-mail address at work", true),
        often("email home", "private e-mail address", true),
        often("phone", "telephone number", true),
        often("phone mobile", "mobile, cell phone", true),
        often("phone work", "telephone at work", true),
        often("phone home", "private telephone", true),
        often("phone fax", "fax number", true),
        often("web", "web page, profile, LinkedIn", false),
        often("tags", "groups, categories; several with commas", false),
        meant("note", "remarks, comments"),
        meant("street", "address: street and number"),
        meant("city", "address: city, town"),
        meant("region", "address: state, county"),
        meant("postcode", "address: postal code, zip"),
        meant("country", "address: country"),
        meant("birthday", "date of birth"),
        meant("anniversary", "a day of every year"),
        meant("met on", "the day you met"),
        meant("origin", "how it began: referral, event, cold"),
        often("referred by", "who sent them: a name", false),
        often("manager", "who they report to: a name", false),
        often("assistant", "a name", false),
        often("spouse", "partner: a name", false),
        meant("id", "identity in the other program"),
        meant("cadence", "days between two touches"),
    ];
}

/// The beginning of a table.
pub struct Sketch {
    header: Vec<String>,
    /// The columns' keys, and what they would be called if no other were called so.
    columns: Vec<(String, String)>,
    below: Vec<(u64, Vec<String>)>,
    words: Vec<String>,
    print: u64,
}

impl Sketch {
    /// Looks at a table; nothing where its columns are known, or were said before, and `always` does not ask for it all the same.
    pub fn of<R: Read>(source: R, maps: &Maps<'_>, always: bool) -> Result<Option<Self>, Problem> {
        let mut text = Decoded::new(source);
        let window = text.fill_buf()?;
        let (delimiter, said, header) = match header(window, maps) {
            Ok(_) if !always => return Ok(None),
            Ok((delimiter, Dialect::Mapped(map), cells)) => (delimiter, Some(map), cells),
            Ok((delimiter, _, cells)) => (delimiter, None, cells),
            Err(Problem::Unknown { .. }) => {
                let (delimiter, cells) = super::widest(window);
                (delimiter, None, cells)
            }
            Err(problem) => return Err(problem),
        };
        let below = below(window, delimiter, &header, ROWS);
        let columns = unlike(&header);
        let likely = likely_fields(&header, &below);
        let words = columns.iter().zip(likely).map(|((key, like), likely)| {
            let word = match &said {
                Some(map) => map.word(key, like),
                None => likely,
            };
            word.unwrap_or(KEEP).to_owned()
        });
        Ok(Some(Sketch {
            words: words.collect(),
            print: map::header_print(&header),
            columns,
            below,
            header,
        }))
    }

    /// A fingerprint of its columns.
    pub fn print(&self) -> u64 {
        self.print
    }

    /// The columns' names, no two the same.
    pub fn names(&self) -> Vec<String> {
        numbered(&self.header)
    }

    /// What each column is likely to be, or was said to be before: its word.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The cells of a column in the first rows, empty ones too.
    pub fn cells(&self, column: usize) -> Vec<String> {
        let cells = self.below.iter().map(|(_, cells)| cells.get(column));
        let cell = |cell: Option<&String>| fit(&clean_line(cell.map_or("", |cell| cell)), LONGEST);
        cells.map(cell).collect()
    }

    /// The map by which each column is what its word says.
    pub fn map(&self, words: &[&str]) -> Map {
        Map::of(&self.columns, words)
    }

    /// What the first rows become by a map: exactly what an import makes of them.
    pub fn records(&self, map: &Map) -> Vec<Record> {
        let shape = Shape::new(
            Dialect::Mapped(map.clone()),
            &self.header,
            Maps::none().home,
        );
        let rows = self.below.iter().take(RECORDS);
        rows.map(|(line, cells)| shape.record(*line, cells))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::csv::columns::Field;

    fn sketch(text: &str, always: bool) -> Option<Sketch> {
        Sketch::of(text.as_bytes(), &Maps::none(), always).unwrap()
    }

    /// What the first rows become: names, or why not.
    fn become_of(sketch: &Sketch, words: &[&str]) -> Vec<String> {
        let records = sketch.records(&sketch.map(words)).into_iter();
        let said = records.map(|record| match record {
            Record::Draft(draft) => {
                let extra = draft.card.extra.iter();
                let extra = extra.map(|extra| format!(" +{}={}", extra.name, extra.value));
                let phones = draft.card.phones.iter().map(|p| format!(" {}", p.number));
                format!(
                    "{}{}{}",
                    draft.card.name,
                    phones.collect::<String>(),
                    extra.collect::<String>()
                )
            }
            Record::Skipped { reason, .. } => reason,
            other => format!("{other:?}"),
        });
        said.collect()
    }

    #[test]
    fn everything_offered_is_a_word_of_map_and_every_field_of_map_is_offered() {
        for meant in Meant::ALL {
            assert!(Field::parse(meant.word).is_some(), "{}", meant.word);
        }
        for word in Field::names().split(", ") {
            assert!(Meant::ALL.iter().any(|meant| meant.word == word), "{word}");
        }
    }

    #[test]
    fn a_table_whose_columns_are_known_is_looked_at_only_where_somebody_wants_to() {
        let table = "First Name,Last Name,E-mail 1 - Value\nAda,Lovelace,a@b.example\n";
        assert!(sketch(table, false).is_none());
        assert_eq!(sketch(table, true).unwrap().names().len(), 3);
    }

    #[test]
    fn a_title_above_the_columns_is_none_of_them() {
        let sketch = sketch(
            "Kundenliste 2026;;\n;;\nVorname;Nachname;Firma\nAda;Lovelace;X\n",
            false,
        )
        .unwrap();
        assert_eq!(sketch.names(), ["Vorname", "Nachname", "Firma"]);
        assert_eq!(sketch.words(), ["first name", "last name", "account"]);
        assert_eq!(sketch.cells(0), ["Ada"]);
    }

    #[test]
    fn two_columns_of_one_name_are_two_things() {
        let sketch = sketch("Wer,Tel,Tel\nAda,0171 5550100,0172 5550101\nBob\n", false).unwrap();
        let cases: [(&[&str], &str); 4] = [
            (&["name", "phone", "phone"], "Ada 0171 5550100 0172 5550101"),
            (
                &["name", "phone", "keep"],
                "Ada 0171 5550100 +Tel (2)=0172 5550101",
            ),
            (
                &["name", "keep", "phone"],
                "Ada 0172 5550101 +Tel=0171 5550100",
            ),
            (&["name", "skip", "skip"], "Ada"),
        ];
        for (words, expected) in cases {
            assert_eq!(become_of(&sketch, words)[0], expected);
        }
        // A map that names the columns once means all that are called so.
        let map = Map::parse(&["Wer=name,Tel=phone".to_owned()]).unwrap();
        let Record::Draft(draft) = &sketch.records(&map)[0] else {
            panic!("no draft");
        };
        assert_eq!(draft.card.phones.len(), 2);
    }

    #[test]
    fn a_map_that_was_said_before_is_what_it_begins_with() {
        let text = "Wer,Tel,Was\nAda,0171 5550100,x\n";
        let map = sketch(text, false).unwrap().map(&["name", "keep", "tags"]);
        let remembered = move |_: u64| Some(map.clone());
        let maps = Maps {
            said: None,
            remembered: &remembered,
            ..Maps::none()
        };
        assert!(Sketch::of(text.as_bytes(), &maps, false).unwrap().is_none());
        let again = Sketch::of(text.as_bytes(), &maps, true).unwrap().unwrap();
        assert_eq!(again.words(), ["name", "keep", "tags"]);
    }

    #[test]
    fn a_record_that_names_nobody_says_why() {
        let sketch = sketch("Wer,Was\nAda,x\n", false).unwrap();
        let said = become_of(&sketch, &["keep", "tags"]);
        assert!(said[0].contains("no name"), "{said:?}");
    }
}
