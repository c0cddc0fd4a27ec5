//! What opens over a screen: forms, menus, questions, the note reader. Only the top one's keys are live. A screen's board is one too,
//! and lies below all others.

pub mod account;
pub mod book;
pub mod call;
pub mod chit;
pub mod correct;
pub mod drafts;
pub mod explain;
pub mod field;
pub mod filing;
pub mod find;
pub mod form;
pub mod lead;
pub mod letter;
pub mod meetings;
pub mod menu;
pub mod merge;
pub mod person;
pub mod promise;
pub mod reader;
pub mod record;
pub mod records;
pub mod sheet;
pub mod touch;
pub mod week;
pub mod whatif;

use super::effect::{Effect, MouseWhat};
use super::inquiry::{Answer, Question, Rep};
use super::keymap::{Action, Keys};
use super::memory::{Memory, Spot};
use super::roster::Roster;
use super::theme::Theme;
use crate::domain::brief::Brief;
use crate::domain::capture::{Reader, Who};
use crate::domain::command::Command;
use crate::domain::draft::Draft;
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::moment::{Moment, Zone, day_number};
use crate::domain::people::Person;
use crate::domain::strength::Params;
use crate::domain::text::{fit, grapheme_width};
use crate::domain::when::DateOrder;
use call::Party;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear};
use sheet::Decisions;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a modal may look at.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// The moment of the message.
    pub now: Moment,
    /// The zone typed times are read in.
    pub zone: Zone,
    /// How `3/4` is read.
    pub order: DateOrder,
    /// The strength model's parameters.
    pub params: &'a Params,
    /// Everybody.
    pub roster: &'a Roster,
    /// Whoever is shown.
    pub person: Option<&'a Person>,
    /// The looks.
    pub theme: &'a Theme,
    /// Only characters that every terminal has are used for charts.
    pub plain: bool,
    /// The currency of amounts that name none, three letters.
    pub currency: &'a str,
    /// The rep, for what is said to others.
    pub rep: &'a Rep,
}

impl Cx<'_> {
    /// The day it is.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// The day it is, counted.
    pub fn day(&self) -> i32 {
        day_number(self.today())
    }

    /// A person's name, `me` for the rep.
    pub fn name(&self, id: Id) -> String {
        if id == Id::ME {
            return "me".to_owned();
        }
        let shown = self.person.filter(|person| person.summary.id == id);
        let row = self.roster.get(id).or(shown.map(|person| &person.summary));
        row.map_or_else(|| "somebody".to_owned(), |row| row.name.clone())
    }

    /// Everybody with a word of their name that begins with this folded one, or whose name does; with nothing typed the first few.
    pub fn named(&self, word: &str) -> Vec<(Id, String)> {
        let fits = |id: Id| {
            let folded = self.roster.folded(id);
            let name = folded.split('\n').next().unwrap_or("");
            name.starts_with(word)
                || name.match_indices(word).any(|(at, _)| {
                    !name
                        .get(..at)
                        .unwrap_or("")
                        .ends_with(char::is_alphanumeric)
                })
        };
        if word.is_empty() {
            let first = self.roster.everybody().take(6);
            return first.map(|row| (row.id, row.name.clone())).collect();
        }
        let rows = self.roster.everybody().filter(|row| fits(row.id));
        rows.map(|row| (row.id, row.name.clone())).collect()
    }

    /// Reads the marks of a note of this day; `people` is [`Cx::named`].
    pub fn reader<'r>(
        &self,
        on: NaiveDate,
        people: &'r dyn Fn(&str) -> Vec<(Id, String)>,
    ) -> Reader<'r>
    where
        Self: 'r,
    {
        Reader {
            today: on,
            order: self.order,
            currency: self.currency,
            people,
        }
    }

    /// How somebody that a line names is called.
    pub fn who(&self, who: &Who) -> String {
        match who {
            Who::Caller => "they".to_owned(),
            Who::Me => "you".to_owned(),
            Who::Known(id) => self.name(*id),
            Who::Several { typed, .. } => typed.clone(),
            Who::New(name) => name.clone(),
        }
    }
}

/// What is typed into a modal besides its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A character.
    Char(char),
    /// A text, not cleaned yet.
    Paste(String),
}

/// What becomes of a modal after a key.
#[derive(Debug)]
pub enum Flow {
    /// It stays.
    Stay,
    /// It goes; a form that was typed into is kept as a draft.
    Close,
    /// Another one opens over it.
    Push(Box<dyn Modal>),
    /// A change is asked for; it goes only once the change was made.
    Submit(Command),
    /// A change is asked for; it stays.
    Apply(Command),
    /// It stays, and this is said.
    Say(String),
    /// It stays, and this text goes to the person's own editor; [`Modal::edited`] gets it back.
    Edit(String),
    /// It stays, and this is to be found out.
    Ask(Question),
    /// It goes, and another opens.
    Instead(Box<dyn Modal>),
    /// The first, and then the second.
    Then(Box<Flow>, Box<Flow>),
    /// It goes, and then this is done as if its key had been pressed.
    Run(Action),
    /// It goes, and this person is selected.
    Select(Id),
    /// It goes, and this person is selected, and this touch of theirs.
    Visit(Id, Id),
    /// It goes, and this person is laid over the timeline.
    Compare(Id),
    /// It goes, and the median of everybody with this tag is laid over the timeline.
    CompareTag(String),
    /// It goes, and a call with them begins; the call below stays open.
    Call(Party),
    /// It stays open in the background, and the next open call is taken up.
    NextCall,
    /// It goes, and this is done outside.
    Emit(Effect),
    /// It goes, and the draft is taken up.
    TakeUp(Box<Draft>),
    /// It goes, and the draft with this id is taken up.
    Draft(Id),
    /// The draft is thrown away; it goes when none is left.
    ThrowAway(Box<Draft>),
    /// It goes; the draft thrown away last is brought back, and the drafts are offered anew.
    BringBack,
}

impl Flow {
    /// This, and then that. Meant for a board: of two wishes of a modal, only one can say whether it stays.
    #[must_use]
    pub fn then(self, next: Flow) -> Flow {
        Flow::Then(Box::new(self), Box::new(next))
    }
}

/// Something over the screen, or the board of one.
pub trait Modal: std::fmt::Debug {
    /// Its keys.
    fn keys(&self) -> &'static Keys;
    /// Whether a key of its list does anything now; the footer names only those.
    fn answers(&self, _action: Action) -> bool {
        true
    }
    /// One of its keys, or of the keys for typing.
    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow;
    /// A character or a text.
    fn type_in(&mut self, _input: &Input, _cx: &Cx<'_>) -> Flow {
        Flow::Stay
    }
    /// The mouse pressed a spot of its own, so many rows into it.
    fn point(&mut self, _spot: Spot, _row: usize, _double: bool, _cx: &Cx<'_>) -> Flow {
        Flow::Stay
    }
    /// The mouse did something over a spot, or began it there: where, seen from the spot's corner.
    fn mouse(&mut self, spot: Spot, at: (i32, i32), what: MouseWhat, cx: &Cx<'_>) -> Flow {
        pointed(self, spot, at, what, cx)
    }
    /// What is selected of the text being typed: the keys that copy and cut hand it to the clipboard.
    fn selected(&self) -> Option<String> {
        None
    }
    /// What it wants to know of the whole book when it opens, and again whenever the book changed.
    fn asks(&self, _cx: &Cx<'_>) -> Option<Question> {
        None
    }
    /// Whom the row under its cursor is about: on a board, the keys for a person act on them.
    fn points_at(&self) -> Option<Id> {
        None
    }
    /// Something was found out about the whole book; what it asks next.
    fn answered(&mut self, _answer: Answer, _cx: &Cx<'_>) -> Option<Question> {
        None
    }
    /// What is to be done outside when it goes.
    fn parting(&self) -> Option<Effect> {
        None
    }
    /// The text it gave to the person's own editor, as it came back.
    fn edited(&mut self, _text: &str) {}
    /// The change it asked for was made; whether it stays open for another.
    fn made(&mut self) -> bool {
        false
    }
    /// The change it asked for was not made.
    fn refused(&mut self, _why: &str) {}
    /// Closed, it stays open in the background until it is filed or thrown away: a call, as its draft would be, even where nothing
    /// was typed yet.
    fn parked(&self) -> Option<Draft> {
        None
    }
    /// It shows the seconds go by.
    fn ticks(&self, _now: Moment) -> bool {
        false
    }
    /// It belongs to the one below it, which goes with it once its change was made.
    fn lies_over(&self) -> bool {
        false
    }
    /// Whom it wants to be briefed about, and again when something about them changed.
    fn about(&self) -> Option<Id> {
        None
    }
    /// The brief it wanted.
    fn briefed(&mut self, _person: &Person, _brief: &Brief) {}
    /// The touch whose caught items it wants to know.
    fn asks_caught(&self) -> Option<Id> {
        None
    }
    /// What was caught in that touch.
    fn caught(&mut self, _rows: &[CaughtRow]) {}
    /// What was decided on it, for the one below when it is closed.
    fn hands_down(&self) -> Option<Decisions> {
        None
    }
    /// What was decided on the one above, which was closed.
    fn takes_back(&mut self, _decisions: Decisions) {}
    /// What was typed and is not filed.
    fn draft(&self, _cx: &Cx<'_>) -> Option<Draft> {
        None
    }
    /// A number that changes when its draft does, found out for every key; none where there is no draft. Whoever may hold a long
    /// text finds it out without making the draft.
    fn stamp(&self, cx: &Cx<'_>) -> Option<u64> {
        self.draft(cx).map(|draft| hash_of(&draft.body))
    }
    /// Its draft in the book, where nothing of it is left to keep; it has none from then on.
    fn emptied(&mut self) -> Option<Id> {
        None
    }
    /// The book keeps its draft under this id from now on.
    fn drafted(&mut self, _id: Id) {}
    /// What was typed into it that it should open with the next time.
    fn remembers(&self) -> Option<String> {
        None
    }
    /// Draws it in the middle of `area`.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory);
}

/// A number that is another one for another value.
pub fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What the mouse does where there is nothing to draw over: it points, and its wheel steps.
pub fn pointed<M: Modal + ?Sized>(
    modal: &mut M,
    spot: Spot,
    (_, row): (i32, i32),
    what: MouseWhat,
    cx: &Cx<'_>,
) -> Flow {
    let row = usize::try_from(row).unwrap_or(0);
    match what {
        MouseWhat::Press => modal.point(spot, row, false, cx),
        MouseWhat::Double => modal.point(spot, row, true, cx),
        MouseWhat::WheelUp => modal.act(Action::Up, cx),
        MouseWhat::WheelDown => modal.act(Action::Down, cx),
        MouseWhat::Drag => Flow::Stay,
    }
}

/// The middle of an area, at most this large.
pub fn middle(area: Rect, columns: u16, rows: u16) -> Rect {
    let (width, height) = (columns.min(area.width), rows.min(area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 3,
        width,
        height,
    }
}

/// A wide character that the left edge of an area would cut in two is taken out, or the terminal would lose the edge.
pub fn uncut(buffer: &mut Buffer, area: Rect) {
    let Some(left) = area.x.checked_sub(1) else {
        return;
    };
    for y in area.y..area.bottom() {
        if let Some(cell) = buffer.cell_mut((left, y))
            && grapheme_width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }
}

/// Clears a place for a modal and frames it; gives back what is inside.
pub fn frame_for(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    cx: &Cx<'_>,
    memory: &mut Memory,
) -> Rect {
    let title = fit(title, usize::from(area.width.saturating_sub(6)));
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(cx.theme.accent)
        .title_style(cx.theme.title)
        .title(format!(" {title} "));
    let mut inner = block.inner(area);
    uncut(frame.buffer_mut(), area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    memory.note(area, Spot::Modal);
    if inner.width > 4 {
        inner.x += 1;
        inner.width -= 2;
    }
    inner
}
