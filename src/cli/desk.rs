//! What a verb works with: the moment, the settings, the book and the output; and the ways a verb can fail.

use super::output::Output;
use crate::domain::climate::TO_COME;
use crate::domain::command::{Changed, Command};
use crate::domain::moment::{DayNumber, Moment, Zone, day_number};
use crate::domain::when::{self, Look};
use crate::places::Places;
use crate::settings::{Glyphs, Row, Settings, Theme};
use crate::store::{Error, Store};
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::io;
use std::path::PathBuf;

/// Why a verb did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// It could not: one sentence.
    Could(String),
    /// It was asked wrongly: one sentence.
    Usage(String),
    /// The dashboard ended otherwise than by being asked to, with this exit code.
    Exit(u8),
    /// Whoever read the output went away.
    NobodyReads,
}

impl Failure {
    /// It could not, with this sentence.
    pub fn could(sentence: impl Into<String>) -> Self {
        Failure::Could(sentence.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Could(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::NobodyReads
        } else {
            Failure::Could(format!("the output could not be written: {error}"))
        }
    }
}

/// A day and a time as they were understood, said so that nobody can take them for others: "Sat 21 Nov 14:30".
pub fn spelled(on: NaiveDate, at: Option<NaiveTime>, today: NaiveDate) -> String {
    let year = if on.year() == today.year() {
        String::new()
    } else {
        format!(" {}", on.year())
    };
    let at = at.map_or(String::new(), |at| at.format(" %H:%M").to_string());
    format!("{}{year}{at}", on.format("%a %-d %b"))
}

/// The desk a verb works at.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Where things are printed.
    pub out: &'a mut Output,
    /// The moment the command began.
    pub now: Moment,
    /// The clock, for what runs longer than a moment.
    pub clock: fn() -> Moment,
    /// What holds.
    pub settings: Settings,
    /// Every setting and where it comes from.
    pub rows: Vec<Row>,
    /// Where the settings are.
    pub config: PathBuf,
    /// Where the book is.
    pub path: PathBuf,
    /// Whether the book was named.
    pub named: bool,
}

impl<'a> Desk<'a> {
    /// Reads the settings; the book is opened by whoever needs it.
    pub fn new(
        book: Option<PathBuf>,
        now: Moment,
        clock: fn() -> Moment,
        out: &'a mut Output,
    ) -> Result<Self, Failure> {
        let places = Places::find();
        let named = book.is_some();
        let (path, config) = match (book, places) {
            (Some(book), Ok(places)) => (book, places.config),
            (Some(book), Err(_)) => (book, PathBuf::new()),
            (None, Ok(places)) => (places.book, places.config),
            (None, Err(why)) => return Err(Failure::Could(why)),
        };
        let (settings, rows) = Settings::load(&config).map_err(Failure::Could)?;
        if settings.theme == Theme::Plain {
            out.plain();
        }
        if settings.glyphs == Glyphs::Ascii {
            out.letters();
        }
        Ok(Desk {
            out,
            now,
            clock,
            settings,
            rows,
            config,
            path,
            named,
        })
    }

    /// The local day.
    pub fn date(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// The local day as the strength model counts it.
    pub fn today(&self) -> DayNumber {
        day_number(self.date())
    }

    /// The book, for what makes no sense without one: a mistyped name must not make an empty book.
    pub fn book_there(&self) -> Result<Store, Failure> {
        self.there()?;
        self.book()
    }

    /// Refuses a book that was named and is not there.
    pub fn there(&self) -> Result<(), Failure> {
        if self.named && !self.path.exists() {
            return Err(Failure::Could(format!(
                "there is no book at {}; name another with --book, or make this one with `chitbook add` or `chitbook import`",
                self.path.display()
            )));
        }
        Ok(())
    }

    /// The book, made where there is none. The chances it tells are calibrated as the settings say, else as its own past does.
    pub fn book(&self) -> Result<Store, Failure> {
        let mut book = Store::open(&self.path)?;
        book.params = self.settings.params.clone();
        if !self.calibrated_by_hand()
            && let Some(kept) = book.calibration()?
        {
            book.params.calibration = kept;
        }
        book.country.clone_from(&self.settings.country);
        Ok(book)
    }

    /// Whether the settings say how chances are calibrated.
    pub fn calibrated_by_hand(&self) -> bool {
        let by_hand = |row: &Row| row.from_file && row.name == "strength.calibration";
        self.rows.iter().any(by_hand)
    }

    /// The book, for changing it: what the model's settings make different is derived anew first.
    pub fn book_to_change(&self) -> Result<Store, Failure> {
        let mut book = self.book()?;
        if book.derived_otherwise()? {
            book.turn_to(self.today())?;
        }
        Ok(book)
    }

    /// Makes a change and says so: its label and, in brackets, what else there is to know.
    pub fn apply(
        &mut self,
        book: &mut Store,
        command: &Command,
        also: impl FnOnce(&Store, &Changed) -> Result<String, Error>,
    ) -> Result<(), Failure> {
        let changed = book.apply(command, &self.now)?;
        let also = also(book, &changed)?;
        let line = if also.is_empty() {
            changed.label
        } else {
            format!("{} ({also})", changed.label)
        };
        Ok(self.out.line(&line)?)
    }

    /// The day a phrase names; today where there is none.
    pub fn day(&self, phrase: Option<&str>, look: Look) -> Result<NaiveDate, Failure> {
        match phrase {
            None => Ok(self.date()),
            Some(text) => when::meant(text, self.date(), look, self.settings.date_order)
                .map_err(Failure::Usage),
        }
    }

    /// The day a phrase names, for what has happened: one that is still to come is refused.
    pub fn day_been(&self, phrase: Option<&str>) -> Result<NaiveDate, Failure> {
        let on = self.day(phrase, Look::Back)?;
        if on > self.date() {
            return Err(Failure::could(format!("{TO_COME}; name one that has been")));
        }
        Ok(on)
    }

    /// The moment a phrase names.
    pub fn moment(&self, phrase: &str, look: Look) -> Result<Moment, Failure> {
        if let Ok(exact) = chrono::DateTime::parse_from_rfc3339(phrase) {
            return Ok(exact);
        }
        let wall = self.now.naive_local();
        let order = self.settings.date_order;
        let read = when::moment(phrase, wall, look, order).map_err(Failure::Usage)?;
        Ok(if read == wall {
            self.now
        } else {
            Zone::Local.at(read)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_spelled_with_its_year_only_where_that_is_another() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let today = day(2026, 11, 22);
        let half_past = NaiveTime::from_hms_opt(14, 30, 0);
        let cases = [
            (day(2026, 11, 21), half_past, "Sat 21 Nov 14:30"),
            (day(2027, 1, 4), None, "Mon 4 Jan 2027"),
            (day(2025, 12, 31), half_past, "Wed 31 Dec 2025 14:30"),
        ];
        for (on, at, said) in cases {
            assert_eq!(spelled(on, at, today), said);
        }
    }

    #[test]
    fn chances_are_calibrated_by_the_settings_else_by_the_books_own_past() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.chitbook");
        let mut out = Output::new();
        let mut calibration = |text: &str| {
            let (settings, rows) = Settings::parse(text).unwrap();
            let now = "2026-11-22T14:07:00+01:00".parse().unwrap();
            let desk = Desk {
                out: &mut out,
                now,
                clock: Default::default,
                settings,
                rows,
                config: PathBuf::new(),
                path: path.clone(),
                named: true,
            };
            desk.book().unwrap().params.calibration
        };
        let by_hand = "[strength]\ncalibration = 0.7\n";
        assert!((calibration("") - 1.0).abs() < 1e-12, "never judged");
        assert!((calibration(by_hand) - 0.7).abs() < 1e-12);
        // Twelve people called once, two hundred days ago, and never since.
        let mut book = Store::open(&path).unwrap();
        for n in 0..12 {
            never_again(&mut book, &format!("p{n}"));
        }
        let today = day_number("2026-11-22".parse().unwrap());
        let onward = &mut |_, _| std::ops::ControlFlow::Continue(());
        let judged = book.judgement(today, onward).unwrap().unwrap();
        assert!(judged.calibration < 0.99);
        assert!((calibration("") - judged.calibration).abs() < 1e-12);
        assert!((calibration(by_hand) - 0.7).abs() < 1e-12);
    }

    fn never_again(book: &mut Store, name: &str) {
        let now: Moment = "2026-11-22T14:07:00+01:00".parse().unwrap();
        let card = crate::domain::contact::Card::named(name);
        let added = book.apply(&Command::AddContact(Box::new(card)), &now);
        let touch = crate::domain::touch::Touch {
            at: now - chrono::Duration::days(200),
            kind: crate::domain::touch::TouchKind::Meeting,
            direction: crate::domain::touch::Direction::Mutual,
            minutes: None,
            body: String::new(),
            people: added.unwrap().created.into_iter().collect(),
        };
        book.apply(&Command::LogTouch(Box::new(touch)), &now)
            .unwrap();
    }
}
