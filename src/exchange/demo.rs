//! The demo book: an invented sales rep's six years, read from the files under `assets/demo` and laid onto the calendar so
//! that it ends today.
//!
//! The files are data a person can read and edit; in here is only what turns "so many days ago" into dates and names into
//! ids. The outcome is one document in the form of the JSON of everything: `{"chitbook": 1, "tables": {table: [row, …]}}`,
//! with the book's own columns, every row complete. The same moment gives the same document.

mod calendar;
mod files;
mod people;
mod stories;
mod touches;

use crate::domain::id::{Id, Minter};
use crate::domain::moment::Moment;
use calendar::Calendar;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

const ACCOUNTS: &str = include_str!("../../assets/demo/accounts.toml");
const PEOPLE: &str = include_str!("../../assets/demo/people.toml");
const TOUCHES: &str = include_str!("../../assets/demo/touches.csv");
const STORIES: &str = include_str!("../../assets/demo/stories.toml");

/// The form's version.
const FORM: u32 = 1;

/// Every table a person writes to, in an order in which rows may refer to rows of tables before.
const TABLES: [&str; 31] = [
    "account",
    "contact",
    "phone",
    "email",
    "web",
    "address",
    "extra",
    "tag",
    "tagging",
    "link",
    "touch",
    "party",
    "mention",
    "seat",
    "promise",
    "referral",
    "referral_event",
    "referral_credit",
    "chit",
    "chit_part",
    "chit_call",
    "plan",
    "snooze",
    "fact",
    "key_date",
    "correction",
    "ask",
    "need",
    "sale",
    "rival",
    "coaching",
];

/// Where a record says which touch it was caught in, and where with which words.
const CAUGHT: [(&str, &str); 2] = [("touch_id", "words"), ("result_touch_id", "result_words")];

/// The demo book as it stands at `now`, or what is wrong with its files.
pub fn book(now: Moment) -> Result<Value, String> {
    let lines = touches::read(TOUCHES)?;
    let mut builder = Builder::new(Calendar::new(now, touches::last_today(&lines)));
    builder.accounts(&read("accounts.toml", ACCOUNTS)?);
    builder.people(&read("people.toml", PEOPLE)?)?;
    builder.touches(&lines)?;
    builder.stories(&read("stories.toml", STORIES)?)?;
    Ok(builder.finish())
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{file}: {error}"))
}

/// A touch that was laid onto the calendar.
#[derive(Clone, Debug)]
struct Placed {
    id: i64,
    day: NaiveDate,
    millis: i64,
    body: String,
}

/// What a record has to say about where it came from.
#[derive(Debug)]
struct Evidence {
    day: NaiveDate,
    touch: Option<i64>,
    words: String,
    changed: i64,
}

/// A person as the other files name them.
#[derive(Clone, Copy, Debug)]
struct Known {
    id: i64,
    account: Option<i64>,
}

/// The document being put together.
struct Builder {
    calendar: Calendar,
    minter: Minter,
    tables: HashMap<&'static str, Vec<Value>>,
    accounts: HashMap<String, i64>,
    people: HashMap<String, Known>,
    referrals: HashMap<String, i64>,
    /// By person and days ago, in the order they happened.
    placed: HashMap<(String, u32), Vec<Placed>>,
}

impl Builder {
    fn new(calendar: Calendar) -> Self {
        // A minter that already stands in this millisecond counts on from there: no chance in the ids.
        let floor = calendar.now_millis().max(1) << 22;
        Builder {
            calendar,
            minter: Minter::above(floor),
            tables: HashMap::new(),
            accounts: HashMap::new(),
            people: HashMap::new(),
            referrals: HashMap::new(),
            placed: HashMap::new(),
        }
    }

    fn id(&mut self) -> i64 {
        self.minter.mint(self.calendar.now_millis()).raw()
    }

    /// Adds a row; its id, which is minted unless the row brings one, comes first.
    fn add(&mut self, table: &'static str, row: Value) -> i64 {
        let id = match row.get("id").and_then(Value::as_i64) {
            Some(id) => id,
            None => self.id(),
        };
        let mut whole = Map::new();
        whole.insert("id".to_owned(), json!(id));
        if let Value::Object(columns) = row {
            whole.extend(columns);
        }
        let rows = self.tables.entry(table).or_default();
        rows.push(Value::Object(whole));
        id
    }

    fn person(&self, key: &str) -> Result<Known, String> {
        let found = self.people.get(key).copied();
        found.ok_or_else(|| format!("nobody in people.toml has the key \"{key}\""))
    }

    fn person_if(&self, key: Option<&str>) -> Result<Option<Known>, String> {
        key.map(|key| self.person(key)).transpose()
    }

    fn account(&self, key: &str) -> Result<i64, String> {
        let found = self.accounts.get(key).copied();
        found.ok_or_else(|| format!("no account in accounts.toml has the key \"{key}\""))
    }

    fn account_if(&self, key: Option<&str>) -> Result<Option<i64>, String> {
        key.map(|key| self.account(key)).transpose()
    }

    /// The touch with one of `people` on the day `ago` back that a record about `what` came from: the one with a marked line
    /// that says the same, else the first.
    fn evidence(&self, people: &[&str], ago: u32, marks: &[char], what: &str) -> Evidence {
        let with = |key: &&str| self.placed.get(&((*key).to_owned(), ago));
        let mut found: Vec<&Placed> = people.iter().filter_map(with).flatten().collect();
        found.sort_by_key(|touch| touch.millis);
        for touch in &found {
            if let Some(words) = marked(&touch.body, marks, what) {
                return touch.evidence(words);
            }
        }
        if let Some(touch) = found.first() {
            return touch.evidence(String::new());
        }
        let day = self.calendar.working_day(ago);
        Evidence {
            day,
            touch: None,
            words: String::new(),
            changed: self.calendar.noon(day),
        }
    }

    /// The day of something that happened with `who` so many days ago.
    fn day(&self, who: &str, ago: u32) -> NaiveDate {
        self.evidence(&[who], ago, &[], "").day
    }

    /// The first line that says this in the notes of the touches with `who` on the day `ago` back.
    fn line(&self, who: &str, ago: u32, says: &str) -> Result<Evidence, String> {
        let placed = self.placed.get(&(who.to_owned(), ago));
        let found = placed.into_iter().flatten().find_map(|touch| {
            let line = touch.body.lines().find(|line| line.contains(says))?;
            Some(touch.evidence(line.trim().to_owned()))
        });
        found.ok_or_else(|| format!("no note of {who}, {ago} days ago, says \"{says}\""))
    }

    /// The touches say which marks were caught: the signs of the lines that records came from, in their order.
    fn sign(&mut self) {
        let mut lines: HashMap<i64, HashSet<&str>> = HashMap::new();
        for (touch, words) in CAUGHT {
            for row in self.tables.values().flatten() {
                if let (Some(touch), Some(words)) = (row[touch].as_i64(), row[words].as_str()) {
                    lines.entry(touch).or_default().insert(words);
                }
            }
        }
        let mut signs: HashMap<i64, String> = HashMap::new();
        for row in self.tables.get("touch").into_iter().flatten() {
            let (Some(id), Some(body)) = (row["id"].as_i64(), row["body"].as_str()) else {
                continue;
            };
            if let Some(lines) = lines.get(&id) {
                let caught = body.lines().filter(|line| lines.contains(line.trim()));
                let first = caught.filter_map(|line| line.chars().next());
                signs.insert(id, first.filter(char::is_ascii_punctuation).collect());
            }
        }
        for row in self.tables.get_mut("touch").into_iter().flatten() {
            let id = row["id"].as_i64().unwrap_or_default();
            row["caught"] = json!(signs.remove(&id).unwrap_or_default());
        }
    }

    fn finish(mut self) -> Value {
        self.sign();
        let mut tables = Map::new();
        for table in TABLES {
            let rows = self.tables.remove(table).unwrap_or_default();
            tables.insert(table.to_owned(), Value::Array(rows));
        }
        json!({ "chitbook": FORM, "tables": tables })
    }
}

impl Placed {
    fn evidence(&self, words: String) -> Evidence {
        Evidence {
            day: self.day,
            touch: Some(self.id),
            words,
            changed: self.millis,
        }
    }
}

/// The line of a note that begins with one of `marks` and says `what`.
fn marked(body: &str, marks: &[char], what: &str) -> Option<String> {
    let mut lines = body.lines().filter(|line| line.starts_with(marks));
    lines
        .find(|line| line.contains(what))
        .map(|line| line.trim().to_owned())
}

/// The id of the rep.
const ME: i64 = Id::ME.raw();

#[cfg(test)]
mod tests;
