//! Tables whose columns nobody knows, on a terminal: they are asked about, one screen a table, before anything is read into the book.
//! While somebody thinks, the book is everybody's.

use super::super::args::{Import, ImportAs};
use super::super::dashboard::{looks, report_beside};
use super::super::desk::{Desk, Failure};
use super::super::output::{Output, Table};
use super::source::Source;
use crate::dashboard::mapping::{self, Chosen};
use crate::exchange::csv::{Guess, Map, Maps, Meant, Sketch};
use crate::exchange::draft::Record;
use crate::store::Store;
use crate::tui::mapping::{Becomes, Column, Field, Mapping};
use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What `--map` says where the screen is wanted for columns that are known, too.
const ASK: &str = "ask";

/// What is said once the screen was used.
pub(super) const REMEMBERED: &str = "What the columns are is remembered for the next table with the same ones; --map ask asks again";

/// What was said of tables, by their files.
pub(super) type Said = HashMap<PathBuf, Map>;

/// What `--map` says of the columns; nothing where the screen is to ask.
pub(super) fn map(args: &Import) -> Result<Map, Failure> {
    if asks(args) {
        return Ok(Map::default());
    }
    let map = Map::parse(&args.map).map_err(Failure::Usage)?;
    if !map.is_empty() && !map.names_somebody() {
        let sentence =
            "--map must say which column has a name, an e-mail address or a telephone number";
        return Err(Failure::Usage(sentence.to_owned()));
    }
    Ok(map)
}

/// Shows the columns of a table that nobody knows, their first rows, and what they are taken to be.
pub(super) fn guessed(out: &mut Output, guesses: &[Guess]) -> Result<(), Failure> {
    if guesses.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["~column", "~first rows", "taken as"]);
    for guess in guesses {
        table.row([
            guess.column.clone(),
            guess.samples.join(" | "),
            guess.field.unwrap_or("kept as it is").to_owned(),
        ]);
    }
    Ok(out.table(&table)?)
}

/// Asks for the columns of every table that nobody knows, if there is a terminal to ask on; nothing else where there is none.
pub(super) fn ask(desk: &mut Desk<'_>, book: &Store, args: &Import) -> Result<Said, Failure> {
    let wanted = asks(args);
    let talks = talks(desk);
    if wanted && !talks {
        let sentence = "--map ask shows a screen and needs a terminal; say what the columns are, as in --map \"Full Name=name\"";
        return Err(Failure::Usage(sentence.to_owned()));
    }
    let mut said = Said::new();
    let quiet = args.json || args.dry_run || !args.map.is_empty();
    if !talks || (quiet && !wanted) {
        return Ok(said);
    }
    let mut answered: HashMap<u64, Map> = HashMap::new();
    for path in &args.files {
        let Some((name, sketch)) = sketch(book, path, args.format, wanted) else {
            continue;
        };
        let map = match answered.get(&sketch.print()) {
            Some(map) => map.clone(),
            None => choose(desk, &name, &sketch)?,
        };
        answered.insert(sketch.print(), map.clone());
        said.insert(path.clone(), map);
    }
    if wanted && said.is_empty() {
        let sentence = "--map ask is for tables, and none of these files is one by itself";
        return Err(Failure::Usage(sentence.to_owned()));
    }
    Ok(said)
}

/// Whether the screen is wanted whatever is known of the columns.
fn asks(args: &Import) -> bool {
    matches!(args.map.as_slice(), [only] if only.trim() == ASK)
}

/// Whether somebody sits at both ends.
fn talks(desk: &Desk<'_>) -> bool {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    !dumb && desk.out.is_terminal() && std::io::stdin().is_terminal()
}

/// The beginning of a file, where it is a table that somebody is to say something of. What cannot be read is told by the import itself.
fn sketch(
    book: &Store,
    path: &Path,
    format: Option<ImportAs>,
    wanted: bool,
) -> Option<(String, Sketch)> {
    // What is no file could not be read a second time.
    if !path.is_file() {
        return None;
    }
    let source = Source::open(path).ok()?;
    if source.format(format).ok()? != ImportAs::Csv {
        return None;
    }
    let maps = Maps {
        said: None,
        remembered: &|print| {
            let kept = book.remembered_map(print).ok().flatten();
            kept.as_deref().and_then(Map::read)
        },
        ..Maps::none()
    };
    let name = source.name.clone();
    let sketch = Sketch::of(source.reader, &maps, wanted).ok()??;
    Some((name, sketch))
}

/// Shows the screen for one table.
fn choose(desk: &mut Desk<'_>, name: &str, sketch: &Sketch) -> Result<Map, Failure> {
    let (theme, plain) = looks(desk);
    let mapping = screen(name, sketch).looking(theme, plain);
    let preview = |words: &[&str]| {
        let records = sketch.records(&sketch.map(words)).into_iter();
        records.map(becomes).collect()
    };
    let report = report_beside(&desk.path, desk.now);
    let chosen = mapping::choose(mapping, &preview, desk.clock, report)
        .map_err(|error| Failure::could(format!("the terminal could not be used: {error}")))?;
    match chosen {
        Chosen::Taken(words) => {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Ok(sketch.map(&words))
        }
        Chosen::Left => Err(Failure::could(format!(
            "what the columns of {name} are was not said; nothing was imported"
        ))),
        Chosen::Ended(exit) => Err(Failure::Exit(exit.code())),
    }
}

/// The screen of a table as it begins.
fn screen(name: &str, sketch: &Sketch) -> Mapping {
    let mut fields: Vec<Field> = Meant::ALL
        .iter()
        .map(|meant| Field {
            word: meant.word.to_owned(),
            says: meant.says.to_owned(),
            many: meant.many,
            names: meant.names,
        })
        .collect();
    let columns = sketch.names().into_iter().enumerate().map(|(at, name)| {
        let word = sketch.words().get(at).map_or("keep", String::as_str);
        let known = fields.iter().position(|field| field.word == word);
        let field = known.unwrap_or_else(|| {
            // A label of somebody's own: "phone car".
            let first = word.split(' ').next().unwrap_or_default();
            let like = fields.iter().find(|field| field.word == first).cloned();
            fields.push(Field {
                word: word.to_owned(),
                says: like
                    .as_ref()
                    .map_or(String::new(), |like| like.says.clone()),
                many: true,
                names: like.is_some_and(|like| like.names),
            });
            fields.len() - 1
        });
        Column {
            name,
            cells: sketch.cells(at),
            field,
        }
    });
    let columns: Vec<Column> = columns.collect();
    Mapping::new(name.to_owned(), columns, fields)
}

/// What a record is for the screen.
fn becomes(record: Record) -> Becomes {
    match record {
        Record::Draft(draft) => Becomes::Person(Box::new(draft.card), draft.doubts),
        Record::Skipped { reason, .. } => Becomes::Nothing(reason),
        Record::Firm(_) | Record::Deal(_) => Becomes::Nothing(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_begins_with_what_the_columns_are_likely_to_be() {
        let text = "Vorname;Nachname;Handy;Kundennr.\nAda;Lovelace;0171 5550100;K-1\n";
        let sketch = Sketch::of(text.as_bytes(), &Maps::none(), false);
        let sketch = sketch.unwrap().unwrap();
        let mapping = screen("a.csv", &sketch);
        assert_eq!(
            mapping.words(),
            ["first name", "last name", "phone mobile", "keep"]
        );
        assert_eq!(mapping.problem(), None);
        let records = sketch.records(&sketch.map(&mapping.words()));
        let Some(Becomes::Person(card, _)) = records.into_iter().map(becomes).next() else {
            panic!("nobody");
        };
        assert_eq!(card.name, "Ada Lovelace");
    }

    #[test]
    fn a_label_of_somebodys_own_stays_what_it_is() {
        let map = Map::parse(&["Wer=name,Auto=phone car".to_owned()]).unwrap();
        let remembered = move |_: u64| Some(map.clone());
        let maps = Maps {
            said: None,
            remembered: &remembered,
            ..Maps::none()
        };
        let sketch = Sketch::of("Wer,Auto\nAda,0171 5550100\n".as_bytes(), &maps, true);
        let mapping = screen("a.csv", &sketch.unwrap().unwrap());
        assert_eq!(mapping.words(), ["name", "phone car"]);
    }
}
