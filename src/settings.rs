//! The settings: what `config.toml` may say, what holds when it says nothing, and where each value came from.
//!
//! Every setting has a default, so the file need not exist. A setting that is not known or cannot be is an error that names the
//! file and the line: nothing in the file is passed over in silence.

use crate::domain::strength::Params;
use crate::domain::when::DateOrder;
use chrono::Weekday;
use serde::Deserialize;
use std::path::Path;

/// Settings that have a row of their own in the file: name and what it does. Those of the model are in [`MODEL`].
const ROWS: [(&str, &str); 10] = [
    (
        "name",
        "your name, as exports and reports show it; empty: the name on your own card",
    ),
    (
        "addresses",
        "your own e-mail addresses, as a list: by them mail and calendars are told to be yours",
    ),
    (
        "country",
        "the country (two letters) that telephone numbers without a prefix belong to; empty: none is assumed",
    ),
    (
        "currency",
        "the currency (three letters) of amounts that name none",
    ),
    (
        "date_order",
        "how 3/4 is read: \"mdy\" 4 March, \"dmy\" 3 April",
    ),
    (
        "week_start",
        "the first day of the week: \"monday\", \"sunday\" or \"saturday\"",
    ),
    (
        "cold_line",
        "points of strength under which a relationship is cold",
    ),
    (
        "house_rhythm",
        "days between touches that are assumed until a person's own rhythm is known",
    ),
    (
        "theme",
        "\"auto\", \"colour\" or \"plain\"; NO_COLOR means plain",
    ),
    (
        "glyphs",
        "\"unicode\", or \"ascii\" where the font lacks boxes and dots",
    ),
];

/// The numbers of the strength model, in the table `[strength]`.
const MODEL: [(&str, &str); 13] = [
    (
        "start_gaps",
        "how many gaps the first guess at a rhythm weighs as much as",
    ),
    ("memory", "what each gap weighs of the one after it"),
    (
        "gap_cap",
        "a gap counts as at most so many times the rhythm",
    ),
    ("half_life", "days until a contact day counts half"),
    ("half_bond", "contact days that make half a bond"),
    (
        "fade_multiple",
        "rhythms of silence that halve the warmth, before the grace",
    ),
    ("grace", "days of silence on top of them"),
    (
        "knock",
        "what each unanswered knock in a row leaves of the next one's worth",
    ),
    ("knock_floor", "a knock never counts less than this"),
    ("kept", "contact days that a promise kept adds"),
    ("broken", "the part of the bond that a promise broken takes"),
    (
        "points_per_half",
        "points of strength that halve the odds of silence",
    ),
    (
        "calibration",
        "a factor on the chance of hearing from somebody; while the file does not say, the one the book's own past shows",
    ),
];

/// How colours are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Colour on a terminal that has it.
    #[default]
    Auto,
    /// Colour on every terminal.
    Colour,
    /// No colour.
    Plain,
}

/// Which characters lines, bars and signs are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Glyphs {
    /// Boxes, dots and braille.
    #[default]
    Unicode,
    /// Letters and punctuation only.
    Ascii,
}

/// What holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The rep's name, or empty.
    pub name: String,
    /// The rep's own e-mail addresses.
    pub addresses: Vec<String>,
    /// The country of telephone numbers without a prefix, two capital letters.
    pub country: Option<String>,
    /// The currency of amounts that name none, three capital letters.
    pub currency: String,
    /// How `3/4` is read.
    pub date_order: DateOrder,
    /// The first day of the week.
    pub week_start: Weekday,
    /// Colours.
    pub theme: Theme,
    /// Characters to draw with.
    pub glyphs: Glyphs,
    /// The numbers of the strength model, cold line and house rhythm among them.
    pub params: Params,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: String::new(),
            addresses: Vec::new(),
            country: None,
            currency: "USD".to_owned(),
            date_order: DateOrder::Mdy,
            week_start: Weekday::Mon,
            theme: Theme::Auto,
            glyphs: Glyphs::Unicode,
            params: Params::default(),
        }
    }
}

/// One setting, for the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, with its table: `strength.grace`.
    pub name: String,
    /// Its value, as the file would have it.
    pub value: String,
    /// Whether the file says so; otherwise it is the default.
    pub from_file: bool,
    /// What it does.
    pub about: &'static str,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Mdy,
    Dmy,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WeekStart {
    Monday,
    Sunday,
    Saturday,
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    name: String,
    addresses: Vec<String>,
    country: String,
    currency: Option<String>,
    date_order: Option<Order>,
    week_start: Option<WeekStart>,
    cold_line: Option<f64>,
    house_rhythm: Option<f64>,
    theme: Theme,
    glyphs: Glyphs,
    strength: Params,
}

impl Settings {
    /// Reads the file at `path`; none there means the defaults. An error is one sentence with file and line.
    pub fn load(path: &Path) -> Result<(Settings, Vec<Row>), String> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
        };
        Settings::parse(&text).map_err(|(line, what)| {
            format!(
                "{}, line {line}: {what}; correct that line, or delete it for the default",
                path.display()
            )
        })
    }

    /// Reads what the file says. An error is the line and what is wrong with it.
    pub fn parse(text: &str) -> Result<(Settings, Vec<Row>), (usize, String)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let wrong = |error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
            let what = error.message().replace('\n', ", ");
            (line, what)
        };
        let raw: toml::Table = toml::from_str(text).map_err(wrong)?;
        let file: File = toml::from_str(text).map_err(wrong)?;
        let in_model = |key: &str| {
            let model = raw.get("strength").and_then(toml::Value::as_table);
            model.is_some_and(|table| table.contains_key(key))
        };
        for key in ["cold_line", "house_rhythm"] {
            if in_model(key) {
                return Err((
                    line_of(text, key),
                    format!("{key} belongs above the table [strength]"),
                ));
            }
        }
        let settings = file.settings().map_err(|(key, what)| {
            let line = line_of(text, key);
            (line, what)
        })?;
        let rows = settings.rows(|name| match name.split_once('.') {
            None => raw.contains_key(name),
            Some((_, rest)) => match rest.split_once('.') {
                None => in_model(rest),
                Some((_, kind)) => raw
                    .get("strength")
                    .and_then(|t| t.get("weights"))
                    .is_some_and(|w| w.get(kind).is_some()),
            },
        });
        Ok((settings, rows))
    }

    fn rows(&self, from_file: impl Fn(&str) -> bool) -> Vec<Row> {
        let quoted = |text: &str| format!("\"{text}\"");
        let value = |name: &str| match name {
            "name" => quoted(&self.name),
            "addresses" => toml::Value::from(self.addresses.clone()).to_string(),
            "country" => quoted(self.country.as_deref().unwrap_or_default()),
            "currency" => quoted(&self.currency),
            "date_order" if self.date_order == DateOrder::Dmy => quoted("dmy"),
            "date_order" => quoted("mdy"),
            "week_start" => quoted(match self.week_start {
                Weekday::Sun => "sunday",
                Weekday::Sat => "saturday",
                _ => "monday",
            }),
            "theme" => quoted(match self.theme {
                Theme::Auto => "auto",
                Theme::Colour => "colour",
                Theme::Plain => "plain",
            }),
            "glyphs" if self.glyphs == Glyphs::Ascii => quoted("ascii"),
            "glyphs" => quoted("unicode"),
            number => self.number(number),
        };
        let row = |name: String, value: String, about| Row {
            from_file: from_file(&name),
            name,
            value,
            about,
        };
        let mut rows: Vec<Row> = ROWS
            .into_iter()
            .map(|(name, about)| row(name.to_owned(), value(name), about))
            .collect();
        rows.extend(
            MODEL
                .into_iter()
                .map(|(name, about)| row(format!("strength.{name}"), self.number(name), about)),
        );
        let weights = serde_json::to_value(self.params.weights).unwrap_or_default();
        for (kind, weight) in weights.as_object().into_iter().flatten() {
            rows.push(row(
                format!("strength.weights.{kind}"),
                weight.to_string(),
                "what a day with a touch of this kind is worth; a call is 1",
            ));
        }
        rows
    }

    /// A number of the model as the file would have it.
    fn number(&self, name: &str) -> String {
        let params = serde_json::to_value(&self.params).unwrap_or_default();
        params
            .get(name)
            .map(ToString::to_string)
            .unwrap_or_default()
    }
}

impl File {
    fn settings(self) -> Result<Settings, (&'static str, String)> {
        let mut params = self.strength;
        let defaults = Params::default();
        params.cold_line = self.cold_line.unwrap_or(defaults.cold_line);
        params.house_rhythm = self.house_rhythm.unwrap_or(defaults.house_rhythm);
        params.check().map_err(|what| (key_in(&what), what))?;
        let country = self.country.trim().to_uppercase();
        if !(country.is_empty()
            || country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()))
        {
            let what = format!(
                "country is \"{}\"; it must be two letters like \"US\" or \"DE\"",
                self.country
            );
            return Err(("country", what));
        }
        if let Some(odd) = self.addresses.iter().find(|address| !address.contains('@')) {
            let what = format!("addresses has \"{odd}\", which is no e-mail address");
            return Err(("addresses", what));
        }
        let currency = self.currency.as_deref().unwrap_or("USD");
        let currency = currency.trim().to_uppercase();
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
            let what = format!(
                "currency is \"{currency}\"; it must be three letters like \"USD\" or \"EUR\""
            );
            return Err(("currency", what));
        }
        Ok(Settings {
            addresses: self.addresses,
            currency,
            name: crate::domain::text::clean_line(&self.name),
            country: Some(country).filter(|c| !c.is_empty()),
            date_order: match self.date_order {
                Some(Order::Dmy) => DateOrder::Dmy,
                Some(Order::Mdy) | None => DateOrder::Mdy,
            },
            week_start: match self.week_start {
                Some(WeekStart::Sunday) => Weekday::Sun,
                Some(WeekStart::Saturday) => Weekday::Sat,
                Some(WeekStart::Monday) | None => Weekday::Mon,
            },
            theme: self.theme,
            glyphs: self.glyphs,
            params,
        })
    }
}

/// The setting a complaint of the model begins with.
fn key_in(what: &str) -> &'static str {
    let first = what.split(' ').next().unwrap_or_default();
    let names = ROWS.iter().chain(MODEL.iter()).map(|(name, _)| *name);
    let kinds = [
        "call", "meeting", "video", "email", "message", "letter", "gift", "intro", "favour",
        "referral",
    ];
    names
        .chain(kinds)
        .find(|name| *name == first)
        .unwrap_or("strength")
}

/// The line on which a setting is given; the first one where it cannot be told.
fn line_of(text: &str, key: &str) -> usize {
    let given = |line: &str| {
        line.trim_start()
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    text.lines().position(given).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gives_the_defaults_and_lists_every_setting() {
        let (settings, rows) = Settings::parse("").unwrap();
        assert_eq!(settings, Settings::default());
        assert!(
            rows.iter()
                .all(|row| !row.from_file && !row.value.is_empty() && !row.about.is_empty())
        );
        let params = serde_json::to_value(Params::default()).unwrap();
        for key in params
            .as_object()
            .unwrap()
            .keys()
            .filter(|k| *k != "weights")
        {
            let listed = |row: &Row| row.name == *key || row.name == format!("strength.{key}");
            assert!(rows.iter().any(listed), "{key} is not listed");
        }
    }

    #[test]
    fn what_the_file_says_holds_and_is_marked_as_its_own() {
        let text = "date_order = \"dmy\"\ncountry = \"de\"\nweek_start = \"sunday\"\ncold_line = 25\n[strength]\ngrace = 3\n[strength.weights]\ncall = 1.5\n";
        let (settings, rows) = Settings::parse(text).unwrap();
        assert_eq!(settings.date_order, DateOrder::Dmy);
        assert_eq!(settings.country.as_deref(), Some("DE"));
        assert_eq!(settings.week_start, Weekday::Sun);
        assert!((settings.params.cold_line - 25.0).abs() < 1e-9);
        assert!((settings.params.grace - 3.0).abs() < 1e-9);
        assert!((settings.params.weights.call - 1.5).abs() < 1e-9);
        let own: Vec<&str> = rows
            .iter()
            .filter(|r| r.from_file)
            .map(|r| r.name.as_str())
            .collect();
        assert_eq!(
            own,
            [
                "country",
                "date_order",
                "week_start",
                "cold_line",
                "strength.grace",
                "strength.weights.call"
            ]
        );
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_line() {
        let cases = [
            ("unknown", "cold_line = 20\n\ncolor = 1\n", 3, "color"),
            (
                "wrong word",
                "theme = \"auto\"\nglyphs = \"emoji\"\n",
                2,
                "emoji",
            ),
            ("wrong type", "\ncold_line = \"low\"\n", 2, "invalid type"),
            (
                "out of range",
                "name = \"x\"\ncold_line = 200\n",
                2,
                "cold_line is 200",
            ),
            (
                "not a country",
                "\n\ncountry = \"Germany\"\n",
                3,
                "two letters",
            ),
            (
                "not a currency",
                "name = \"x\"\ncurrency = \"$\"\n",
                2,
                "three letters",
            ),
            (
                "unknown in a table",
                "[strength]\nhalf_live = 3\n",
                2,
                "half_live",
            ),
            (
                "a weight out of range",
                "[strength.weights]\ncall = 1\nemail = -1\n",
                3,
                "email is -1",
            ),
            (
                "in the wrong place",
                "[strength]\ngrace = 1\ncold_line = 3\n",
                3,
                "belongs above",
            ),
            ("not TOML", "theme = \"auto\"\nglyphs\n", 2, ""),
        ];
        for (label, text, line, part) in cases {
            let (found, what) = Settings::parse(text).unwrap_err();
            assert_eq!(found, line, "{label}: {what}");
            assert!(what.contains(part), "{label}: {what}");
        }
    }
}
