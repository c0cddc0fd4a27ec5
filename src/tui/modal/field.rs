//! One field of a form: what can be typed into it, what completes it, and what it says back at once.

mod saved;

pub use saved::{Saved, written};

use super::Cx;
use super::promise::time_with_day;
use crate::domain::id::Id;
use crate::domain::people::Summary;
use crate::domain::text::{clean_line, fold, order_key};
use crate::domain::when::{self, Look};
use crate::tui::inquiry::House;
use crate::tui::keymap::Action;
use crate::tui::widget::editor::Editor;
use chrono::{NaiveDate, NaiveTime};
use std::borrow::Cow;
use std::sync::Arc;

/// Completions offered at once.
const OFFERED: usize = 6;

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Many lines.
    Note,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A day as people say it.
    Day(Look),
    /// A moment as people say it.
    Moment,
    /// People from the book, one or several.
    People {
        /// More than one may be named.
        many: bool,
    },
    /// An account's name, completed.
    Account,
    /// Tags, completed.
    Tags,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// How the form asks for it.
    pub name: &'static str,
    /// What is written beside it.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What is being typed.
    pub editor: Editor,
    /// The people chosen so far.
    pub people: Vec<(Id, String)>,
    /// Which of the choices it is on.
    pub choice: usize,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Shown while nothing is typed.
    pub hint: Cow<'static, str>,
    /// Which completion was gone to.
    pub pick: Option<usize>,
    /// Somebody who is not in the book yet may be named.
    pub fresh: bool,
    /// Accounts that may be named besides people.
    pub houses: Arc<[House]>,
}

/// Something a field can be completed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub text: String,
    /// What tells it from others of the name.
    pub beside: String,
    /// Who it is.
    pub id: Option<Id>,
}

impl Field {
    /// A field with a text in it.
    pub fn new(name: &'static str, label: &'static str, kind: Kind, text: &str) -> Self {
        let editor = match kind {
            Kind::Note => Editor::note(text),
            _ => Editor::line(text),
        };
        Field {
            name,
            label,
            kind,
            editor,
            people: Vec::new(),
            choice: 0,
            error: None,
            hint: Cow::Borrowed(""),
            pick: None,
            fresh: false,
            houses: Arc::default(),
        }
    }

    /// The field, where somebody who is not in the book yet may be named too.
    #[must_use]
    pub fn or_new(mut self) -> Self {
        self.fresh = true;
        self
    }

    /// The field with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// A field that is one of several words.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        words: &'static [&'static str],
        at: usize,
    ) -> Self {
        let mut field = Field::new(name, label, Kind::Choice(words), "");
        field.choice = at;
        field
    }

    /// A field that names people.
    pub fn people(
        name: &'static str,
        label: &'static str,
        many: bool,
        people: Vec<(Id, String)>,
    ) -> Self {
        let mut field = Field::new(name, label, Kind::People { many }, "");
        field.people = people;
        field
    }

    /// What was typed, without blanks around it.
    pub fn text(&self) -> String {
        self.editor.text().trim().to_owned()
    }

    /// Whether more than one line can be typed.
    pub fn is_note(&self) -> bool {
        matches!(self.kind, Kind::Note)
    }

    /// Whether a person can still be added.
    pub fn open_for_people(&self) -> bool {
        match self.kind {
            Kind::People { many } => many || self.people.is_empty(),
            _ => false,
        }
    }

    /// A character typed into it.
    pub fn insert(&mut self, c: char) {
        match self.kind {
            Kind::Choice(words) => {
                let letter = fold(&c.to_string());
                let next = (1..=words.len()).map(|step| (self.choice + step) % words.len());
                let mut next = next.filter(|at| c == ' ' || words[*at].starts_with(&letter));
                self.choice = next.next().unwrap_or(self.choice);
            }
            Kind::People { .. } => {
                self.make_room();
                self.editor.insert(c);
            }
            _ => self.editor.insert(c),
        }
        self.pick = None;
    }

    /// A text pasted into it.
    pub fn paste(&mut self, text: &str) {
        if !matches!(self.kind, Kind::Choice(_)) {
            self.make_room();
            self.editor.paste(text);
        }
        self.pick = None;
    }

    /// Where only one person can be named, what is typed takes the place of whoever was.
    fn make_room(&mut self) {
        if matches!(self.kind, Kind::People { many: false }) {
            self.people.clear();
        }
    }

    /// A key for typing; false where it changed nothing.
    pub fn act(&mut self, action: Action) -> bool {
        match (&self.kind, action) {
            (Kind::Choice(words), Action::CaretLeft | Action::CaretRight) => {
                let step = if action == Action::CaretLeft {
                    words.len() - 1
                } else {
                    1
                };
                self.choice = (self.choice + step) % words.len();
                true
            }
            (Kind::Choice(_), _) => false,
            (Kind::People { .. }, Action::EraseLeft | Action::EraseWord | Action::EraseToStart)
                if self.editor.at_start() && !self.editor.has_selection() =>
            {
                self.people.pop().is_some()
            }
            _ => self.editor.act(action),
        }
    }

    /// What the typed beginning may become.
    pub fn offers(&self, cx: &Cx<'_>) -> Vec<Offer> {
        match self.kind {
            Kind::People { .. } => self.people_offered(cx),
            Kind::Account => {
                let typed = self.text();
                let rows = rows_with(&typed, cx);
                distinct(&typed, rows.map(|row| row.account.as_str()))
            }
            Kind::Tags => {
                let typed = last_word(&self.editor.text()).to_owned();
                let rows = rows_with(&typed, cx);
                distinct(&typed, rows.flat_map(|row| &row.tags).map(String::as_str))
            }
            _ => Vec::new(),
        }
    }

    fn people_offered(&self, cx: &Cx<'_>) -> Vec<Offer> {
        let typed = fold(&self.text());
        if typed.is_empty() || !self.open_for_people() {
            return Vec::new();
        }
        let me = ["me", "myself"].contains(&typed.as_str()).then(|| Offer {
            text: "me".to_owned(),
            beside: String::new(),
            id: Some(Id::ME),
        });
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |id: Id| {
            let name = cx.roster.folded(id).split('\n').next().unwrap_or("");
            words.iter().all(|word| name.contains(word))
        };
        let chosen = |id: Id| self.people.iter().any(|(other, _)| *other == id);
        let rows = cx.roster.everybody();
        let rows = rows.filter(|row| fits(row.id) && !chosen(row.id));
        let mut rows: Vec<_> = rows.take(200).collect();
        // Names that begin with what was typed come first, then the order of the list.
        rows.sort_by_key(|row| !cx.roster.folded(row.id).starts_with(&typed));
        let offers = rows.into_iter().map(|row| Offer {
            text: row.name.clone(),
            beside: row.account.clone(),
            id: Some(row.id),
        });
        let mut offers: Vec<Offer> = me.into_iter().chain(offers).take(OFFERED).collect();
        let houses = self.houses.iter().filter(|house| {
            words.iter().all(|word| house.folded.contains(word)) && !chosen(house.id)
        });
        offers.extend(houses.take(OFFERED).map(|house| Offer {
            text: house.name.clone(),
            beside: "account".to_owned(),
            id: Some(house.id),
        }));
        offers.truncate(OFFERED + 2);
        if self.fresh && !offers.iter().any(|offer| fold(&offer.text) == typed) {
            let name = clean_line(&self.text());
            offers.push(Offer {
                id: Some(Id::stand_in_for(&name)),
                text: name,
                beside: "somebody new".to_owned(),
            });
        }
        offers
    }

    /// Which of so many completions Enter would take. Where any text may stand, only one that was gone to: a new account is not
    /// to become an old one because it begins like it.
    pub fn marked(&self, offers: usize) -> Option<usize> {
        let last = offers.checked_sub(1)?;
        let first = matches!(self.kind, Kind::People { .. }).then_some(0);
        self.pick.or(first).map(|at| at.min(last))
    }

    /// Takes an offer.
    pub fn take(&mut self, offer: &Offer) {
        match (&self.kind, offer.id) {
            (Kind::People { .. }, Some(id)) => {
                self.people.push((id, offer.text.clone()));
                self.editor = Editor::line("");
            }
            (Kind::Tags, _) => {
                let text = self.editor.text();
                let kept = text.len() - last_word(&text).len();
                let kept = text.get(..kept).unwrap_or("").trim_end().to_owned();
                let mut editor = Editor::line(format!("{kept} {}", offer.text).trim());
                editor.insert(' ');
                self.editor = editor;
            }
            _ => self.editor = Editor::line(&offer.text),
        }
        self.pick = None;
        self.error = None;
    }

    /// What is said back beside the field: the day a date means.
    pub fn echo(&self, cx: &Cx<'_>) -> String {
        // A note may be long, and says nothing back.
        let text = if self.is_note() {
            String::new()
        } else {
            self.text()
        };
        if text.is_empty() {
            return String::new();
        }
        match self.kind {
            Kind::Day(look) => {
                when::meant(&text, cx.today(), look, cx.order).map_or(String::new(), |day| {
                    let at = self.time(cx).map(|at| at.format(" %H:%M").to_string());
                    said(day, cx) + &at.unwrap_or_default()
                })
            }
            Kind::Moment => when::moment(&text, cx.now.naive_local(), Look::Back, cx.order)
                .map_or(String::new(), |at| {
                    format!("{} {}", said(at.date(), cx), at.format("%H:%M"))
                }),
            _ => String::new(),
        }
    }

    /// The time of day that is said with the day, in the one field where it counts.
    fn time(&self, cx: &Cx<'_>) -> Option<NaiveTime> {
        (self.name == "on" && matches!(self.kind, Kind::Day(Look::Ahead)))
            .then(|| time_with_day(&self.text(), cx))?
    }

    /// The day typed; none where nothing is.
    pub fn day(&self, cx: &Cx<'_>) -> Result<Option<NaiveDate>, String> {
        let look = match self.kind {
            Kind::Day(look) => look,
            _ => Look::Back,
        };
        let text = self.text();
        if text.is_empty() {
            return Ok(None);
        }
        when::meant(&text, cx.today(), look, cx.order).map(Some)
    }

    /// The people named; a name that was begun and fits exactly one is taken for that one.
    pub fn named(&self, cx: &Cx<'_>) -> Result<Vec<Id>, String> {
        let mut ids: Vec<Id> = self.people.iter().map(|(id, _)| *id).collect();
        let typed = self.text();
        if typed.is_empty() {
            return Ok(ids);
        }
        let (new, offers): (Vec<Offer>, Vec<Offer>) = self
            .offers(cx)
            .into_iter()
            .partition(|offer| offer.id.is_some_and(Id::is_stand_in));
        let exact: Vec<&Offer> = offers
            .iter()
            .filter(|offer| fold(&offer.text) == fold(&typed))
            .collect();
        match (exact.as_slice(), offers.as_slice(), new.as_slice()) {
            ([only], _, _) => ids.extend(only.id),
            ([], [only], _) | ([], [], [only]) => ids.extend(only.id),
            ([], [], _) => return Err(format!("Nobody called \"{typed}\" is in the book")),
            _ => return Err(format!("Several people fit \"{typed}\"; choose one")),
        }
        Ok(ids)
    }
}

/// A day as it is said back, with the year where it is not this one.
fn said(day: NaiveDate, cx: &Cx<'_>) -> String {
    when::say(day, cx.today())
}

/// What follows the last blank.
fn last_word(text: &str) -> &str {
    text.rsplit([' ', ',']).next().unwrap_or("")
}

/// The rows in which a text occurs at all, which is soon seen.
fn rows_with<'a>(typed: &str, cx: &Cx<'a>) -> impl Iterator<Item = &'a Summary> {
    let typed = fold(typed.trim_start_matches('#'));
    let roster = cx.roster;
    let rows = roster.everybody();
    rows.filter(move |row| !typed.is_empty() && roster.folded(row.id).contains(&typed))
}

fn distinct<'a>(typed: &str, texts: impl Iterator<Item = &'a str>) -> Vec<Offer> {
    let typed = fold(typed.trim_start_matches('#'));
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<&str> = Vec::new();
    for text in texts {
        if found.len() < 50 && !found.contains(&text) && fold(text).contains(&typed) {
            found.push(text);
        }
    }
    found.sort_by_key(|text| (!fold(text).starts_with(&typed), order_key(text)));
    // What is typed in full already needs no completing.
    if found.first().is_some_and(|first| fold(first) == typed) {
        return Vec::new();
    }
    let offers = found.into_iter().take(OFFERED).map(|text| Offer {
        text: text.to_owned(),
        beside: String::new(),
        id: None,
    });
    offers.collect()
}
