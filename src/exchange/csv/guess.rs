//! What the columns of a table that nobody knows may be, by their names and by what stands in the first rows: a proposal, to be said
//! or changed by whoever brings the table.

use super::table::{Row, Rows};
use super::{HEADER_WITHIN, keys};
use crate::domain::text::{clean_line, fit};

/// Rows that are shown of a column.
const ROWS: usize = 3;
/// Columns of one that are shown.
const SHOWN: usize = 24;
/// Columns that are told of.
const COLUMNS: usize = 60;

/// A column, what its first rows hold, and what it is likely to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Its name.
    pub column: String,
    /// What stands in the first rows.
    pub samples: Vec<String>,
    /// The field it is likely to be; none: it is kept as it is.
    pub field: Option<&'static str>,
}

/// Parts of columns' names, and the field; the first that fits counts.
const PARTS: [(&str, &str); 58] = [
    ("first name", "first name"),
    ("given", "first name"),
    ("vorname", "first name"),
    ("middle name", "middle name"),
    ("last name", "last name"),
    ("surname", "last name"),
    ("family", "last name"),
    ("nachname", "last name"),
    ("nick", "nickname"),
    ("owner", ""),
    ("created", ""),
    ("modified", ""),
    ("updated", ""),
    ("birth", "birthday"),
    ("geburt", "birthday"),
    ("anniversary", "anniversary"),
    ("last ", ""),
    ("next ", ""),
    ("date", ""),
    ("e-mail", "email"),
    ("email", "email"),
    ("mail", "email"),
    ("mobil", "phone mobile"),
    ("cell", "phone mobile"),
    ("fax", "phone fax"),
    ("phone", "phone"),
    ("telefon", "phone"),
    ("tel", "phone"),
    ("number", "phone"),
    ("web", "web"),
    ("url", "web"),
    ("linkedin", "web"),
    ("company", "account"),
    ("employer", "account"),
    ("organi", "account"),
    ("account", "account"),
    ("firm", "account"),
    ("department", "department"),
    ("job", "title"),
    ("title", "title"),
    ("position", "title"),
    ("role", "title"),
    ("tag", "tags"),
    ("label", "tags"),
    ("bucket", "tags"),
    ("group", "tags"),
    ("categor", "tags"),
    ("note", "note"),
    ("comment", "note"),
    ("street", "street"),
    ("city", "city"),
    ("zip", "postcode"),
    ("postal", "postcode"),
    ("country", "country"),
    ("manager", "manager"),
    ("referred", "referred by"),
    ("spouse", "spouse"),
    ("name", "name"),
];

/// Fields that several columns may be.
const OFTEN: [&str; 7] = [
    "email",
    "phone",
    "phone mobile",
    "phone fax",
    "web",
    "tags",
    "note",
];

/// What the columns `first` of a table are likely to be.
pub(super) fn guess(window: &[u8], delimiter: u8, first: &[String]) -> Vec<Guess> {
    let rows = Rows::new(window, delimiter).take(HEADER_WITHIN + ROWS);
    let cells = rows.filter_map(Result::ok).filter_map(|row| match row {
        Row::Cells { cells, .. } => Some(cells),
        Row::Bad { .. } => None,
    });
    let below: Vec<Vec<String>> = cells
        .skip_while(|cells| cells.as_slice() != first)
        .skip(1)
        .take(ROWS)
        .collect();
    let mut taken: Vec<&str> = Vec::new();
    let columns = first.iter().zip(keys(first)).take(COLUMNS).enumerate();
    columns
        .map(|(at, (name, key))| {
            let samples: Vec<String> = below
                .iter()
                .filter_map(|cells| cells.get(at))
                .map(|cell| fit(&clean_line(cell), SHOWN))
                .filter(|cell| !cell.is_empty())
                .collect();
            let field = likely(&key, &samples)
                .filter(|field| OFTEN.contains(field) || !taken.contains(field));
            taken.extend(field);
            Guess {
                column: clean_line(name),
                samples,
                field,
            }
        })
        .collect()
}

/// The field of a column, by its name; where that says nothing, by what is in it.
fn likely(key: &str, samples: &[String]) -> Option<&'static str> {
    let named = PARTS.iter().find(|(part, _)| key.contains(part));
    let all = |fits: fn(&str) -> bool| !samples.is_empty() && samples.iter().all(|text| fits(text));
    match named {
        Some((_, "")) => None,
        // A column called so that holds something else is none.
        Some((_, "email")) if !samples.is_empty() && !all(is_address) => None,
        Some((_, field)) if field.starts_with("phone") && !samples.is_empty() && !all(is_long) => {
            None
        }
        Some((_, field)) => Some(field),
        None if all(is_address) => Some("email"),
        None if all(is_web) => Some("web"),
        None if all(is_number) => Some("phone"),
        None => None,
    }
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.contains("://")
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()/.".contains(c));
    plain && digits >= 7 && (text.starts_with(['+', '0', '(']) || digits >= 10)
}

/// Whether a text has as many figures as a number to call.
fn is_long(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 5
}

/// How the guesses are said to `import`, ready for a shell; none where nobody would be named.
pub(super) fn said(guesses: &[Guess]) -> Option<String> {
    let named = guesses.iter().any(|guess| {
        let names = ["name", "first name", "last name", "email"];
        guess.field.is_some_and(|field| names.contains(&field))
    });
    let parts = guesses.iter().filter_map(|guess| {
        let field = guess.field?;
        let plain = !guess.column.contains([',', '=', '"']);
        Some(if plain {
            format!("{}={field}", guess.column)
        } else {
            format!("\"{}\"={field}", guess.column)
        })
    });
    let text = parts.collect::<Vec<_>>().join(",");
    named.then(|| format!("--map '{}'", text.replace('\'', "'\\''")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::csv::Map;

    fn guessed(text: &str) -> Vec<(String, Option<&'static str>)> {
        let first: Vec<String> = text
            .lines()
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect();
        let guesses = guess(text.as_bytes(), b',', &first);
        if let Some(said) = said(&guesses) {
            let map = said.strip_prefix("--map '").unwrap();
            let map = map.strip_suffix('\'').unwrap().replace("'\\''", "'");
            Map::parse(&[map]).unwrap();
        }
        let pairs = guesses.into_iter();
        pairs.map(|guess| (guess.column, guess.field)).collect()
    }

    #[test]
    fn columns_are_guessed_by_their_names_and_else_by_what_is_in_them() {
        let cases = [
            (
                "full name and company",
                "Full name,Company name,Mail\nA,B,a@b.example\n",
                vec![Some("name"), Some("account"), Some("email")],
            ),
            (
                "names in parts",
                "Vorname,Nachname,Geburtsdatum\nA,B,1.2.1980\n",
                vec![Some("first name"), Some("last name"), Some("birthday")],
            ),
            (
                "no names that say anything",
                "a,b,c,d\nx@y.example,+49 171 5550100,https://y.example,what\n",
                vec![Some("email"), Some("phone"), Some("web"), None],
            ),
            (
                "a field that one column is already",
                "Name,Display name\nA,A\n",
                vec![Some("name"), None],
            ),
            (
                "two telephones",
                "Name,Phone,Mobile's,Number of calls\nA,0171 5550100,5550101,2\n",
                vec![Some("name"), Some("phone"), Some("phone mobile"), None],
            ),
            (
                "mail that is none",
                "Name,Mail sent\nA,14\n",
                vec![Some("name"), None],
            ),
            (
                "what is another with every export",
                "Name,Last contact,Owner,Created\nA,1,2,3\n",
                vec![Some("name"), None, None, None],
            ),
        ];
        for (label, text, fields) in cases {
            let found: Vec<_> = guessed(text).into_iter().map(|(_, field)| field).collect();
            assert_eq!(found, fields, "{label}");
        }
    }

    #[test]
    fn a_table_that_names_nobody_gets_no_proposal() {
        let guesses = guess(
            b"City,Zip\nLund,22100\n",
            b',',
            &["City".into(), "Zip".into()],
        );
        assert_eq!(said(&guesses), None);
        assert_eq!(guesses[0].samples, ["Lund"]);
    }
}
