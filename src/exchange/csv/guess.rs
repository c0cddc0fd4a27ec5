//! What the columns of a table that nobody knows may be, by their names and by what stands in the first rows: a proposal, to be said
//! or changed by whoever brings the table.

use super::columns::{numbered, unlike};
use super::table::{Row, Rows};
use crate::domain::text::{clean_line, fit};

/// Rows that are shown of a column in a sentence.
const ROWS: usize = 3;
/// Columns of one that are shown in a sentence.
const SHOWN: usize = 24;
/// Columns that a sentence tells of.
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
const PARTS: [(&str, &str); 76] = [
    ("first name", "first name"),
    ("given", "first name"),
    ("vorname", "first name"),
    ("middle name", "middle name"),
    ("last name", "last name"),
    ("surname", "last name"),
    ("family", "last name"),
    ("nachname", "last name"),
    ("nick", "nickname"),
    ("spitzname", "nickname"),
    ("suffix", "suffix"),
    ("nominal", "suffix"),
    ("owner", ""),
    ("created", ""),
    ("modified", ""),
    ("updated", ""),
    ("birth", "birthday"),
    ("geburt", "birthday"),
    ("anniversary", "anniversary"),
    ("hochzeitstag", "anniversary"),
    ("last ", ""),
    ("next ", ""),
    ("letzte", ""),
    ("date", ""),
    ("e-mail", "email"),
    ("email", "email"),
    ("mail", "email"),
    ("mobil", "phone mobile"),
    ("handy", "phone mobile"),
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
    ("unternehmen", "account"),
    ("department", "department"),
    ("abteilung", "department"),
    ("job", "title"),
    ("title", "title"),
    ("position", "title"),
    ("role", "title"),
    ("funktion", "title"),
    ("tag", "tags"),
    ("label", "tags"),
    ("bucket", "tags"),
    ("group", "tags"),
    ("categor", "tags"),
    ("kategorie", "tags"),
    ("gruppe", "tags"),
    ("note", "note"),
    ("notiz", "note"),
    ("comment", "note"),
    ("bemerkung", "note"),
    ("street", "street"),
    ("straße", "street"),
    ("strasse", "street"),
    ("city", "city"),
    ("zip", "postcode"),
    ("postal", "postcode"),
    ("postleitzahl", "postcode"),
    ("country", "country"),
    ("manager", "manager"),
    ("referred", "referred by"),
    ("spouse", "spouse"),
    ("ansprechpartner", "name"),
    ("contact person", "name"),
    ("name", "name"),
];

/// Columns whose whole name is this: too short to be looked for within longer ones.
const WHOLE: [(&str, &str); 9] = [
    ("titel", "title"),
    ("salutation", ""),
    ("anrede", ""),
    ("prefix", "prefix"),
    ("ort", "city"),
    ("stadt", "city"),
    ("plz", "postcode"),
    ("land", "country"),
    ("kontakt", "name"),
];

/// What stands before a name.
const PREFIXES: [&str; 16] = [
    "dr", "prof", "prof dr", "dipl-ing", "mr", "mrs", "ms", "miss", "mx", "sir", "herr", "frau",
    "hr", "fr", "rev", "mag",
];

/// Fields that several columns may be.
const OFTEN: [&str; 10] = [
    "email",
    "email work",
    "email home",
    "phone",
    "phone work",
    "phone home",
    "phone mobile",
    "phone fax",
    "web",
    "tags",
];

/// Parts of columns' names that say whether what is in them is of the work or of the home.
const PLACES: [(&str, bool); 11] = [
    ("work", true),
    ("office", true),
    ("business", true),
    ("desk", true),
    ("dienst", true),
    ("geschäft", true),
    ("büro", true),
    ("firma", true),
    ("home", false),
    ("privat", false),
    ("personal", false),
];

/// The rows below the columns `first`, as many as asked for, with the lines they begin in.
pub(super) fn below(
    window: &[u8],
    delimiter: u8,
    first: &[String],
    most: usize,
) -> Vec<(u64, Vec<String>)> {
    let rows = Rows::new(window, delimiter);
    let cells = rows.filter_map(Result::ok).filter_map(|row| match row {
        Row::Cells { line, cells } => Some((line, cells)),
        Row::Bad { .. } => None,
    });
    let from_there = cells.skip_while(|(_, cells)| cells.as_slice() != first);
    let filled = |cells: &[String]| cells.iter().any(|cell| !clean_line(cell).is_empty());
    let rows = from_there.skip(1).filter(|(_, cells)| filled(cells));
    rows.take(most).collect()
}

/// What the columns `first` of a table are likely to be, by their names and the rows below.
pub(super) fn likely_fields(
    first: &[String],
    below: &[(u64, Vec<String>)],
) -> Vec<Option<&'static str>> {
    let mut taken: Vec<&str> = Vec::new();
    let columns = unlike(first).into_iter().enumerate();
    columns
        .map(|(at, (_, like))| {
            let cells = below.iter().filter_map(|(_, cells)| cells.get(at));
            let samples: Vec<String> = cells
                .take(ROWS)
                .map(|cell| clean_line(cell))
                .filter(|cell| !cell.is_empty())
                .collect();
            let field = likely(&like, &samples)
                .filter(|field| OFTEN.contains(field) || !taken.contains(field));
            taken.extend(field);
            field
        })
        .collect()
}

/// What the columns `first` of a table are likely to be, for a sentence.
pub(super) fn guess(window: &[u8], delimiter: u8, first: &[String]) -> Vec<Guess> {
    let below = below(window, delimiter, first, ROWS);
    let fields = likely_fields(first, &below);
    let columns = numbered(first).into_iter().zip(fields).enumerate();
    columns
        .take(COLUMNS)
        .map(|(at, (column, field))| {
            let cells = below.iter().filter_map(|(_, cells)| cells.get(at));
            let samples = cells.map(|cell| fit(&clean_line(cell), SHOWN));
            Guess {
                column,
                samples: samples.filter(|cell| !cell.is_empty()).collect(),
                field,
            }
        })
        .collect()
}

/// The field of a column, by its name; where that says nothing, by what is in it.
fn likely(key: &str, samples: &[String]) -> Option<&'static str> {
    let whole = WHOLE.iter().find(|(name, _)| *name == key);
    let named = whole.or_else(|| PARTS.iter().find(|(part, _)| key.contains(part)));
    let all = |fits: fn(&str) -> bool| !samples.is_empty() && samples.iter().all(|text| fits(text));
    match named {
        Some((_, "")) => None,
        // A column called so that holds something else is none.
        Some((_, "email")) if !samples.is_empty() && !all(is_address) => None,
        Some((_, field)) if field.starts_with("phone") && !samples.is_empty() && !all(is_long) => {
            None
        }
        Some((_, "email")) => Some(placed(key, ["email", "email work", "email home"])),
        Some((_, "phone")) => Some(placed(key, ["phone", "phone work", "phone home"])),
        Some((_, "title")) if all(is_prefix) => Some("prefix"),
        Some((_, field)) => Some(field),
        None if all(is_address) => Some("email"),
        None if all(is_web) => Some("web"),
        None if all(is_number) => Some("phone"),
        None => None,
    }
}

/// Which of the fields for anything, for the work and for the home a column's name speaks of.
fn placed(key: &str, [any, work, home]: [&'static str; 3]) -> &'static str {
    match PLACES.iter().find(|(part, _)| key.contains(part)) {
        Some((_, true)) => work,
        Some((_, false)) => home,
        None => any,
    }
}

/// Whether a text is what stands before a name: "Dr.", "Mrs".
fn is_prefix(text: &str) -> bool {
    let plain = text.to_lowercase().replace('.', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default();
    words.len() <= 3 && (PREFIXES.contains(&words.join(" ").as_str()) || PREFIXES.contains(&first))
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
                "titles before names, and titles of jobs",
                "Anrede,Titel,First name,Last name,Job title\nFrau,Dr.,A,B,CTO\n",
                vec![
                    None,
                    Some("prefix"),
                    Some("first name"),
                    Some("last name"),
                    Some("title"),
                ],
            ),
            (
                "the same name twice, and none",
                "Name,Telefon,Telefon,\nA,0171 5550100,0172 5550101,x\n",
                vec![Some("name"), Some("phone"), Some("phone"), None],
            ),
            (
                "whom one speaks to",
                "Firma,Ansprechpartner,Durchwahl\nA,B,0171 5550100\n",
                vec![Some("account"), Some("name"), Some("phone")],
            ),
            (
                "at work and at home",
                "Name,Work e-mail,Private mail,Desk phone,Telefon privat\nA,a@b.example,a@c.example,0171 5550100,0171 5550101\n",
                vec![
                    Some("name"),
                    Some("email work"),
                    Some("email home"),
                    Some("phone work"),
                    Some("phone home"),
                ],
            ),
            (
                "short words that are whole names only",
                "Name,Ort,PLZ,Land,Support,Passport\nA,Bonn,53111,DE,x,y\n",
                vec![
                    Some("name"),
                    Some("city"),
                    Some("postcode"),
                    Some("country"),
                    None,
                    None,
                ],
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
