//! The dashboard's state: messages in, effects out, a picture whenever one is wanted. It touches nothing itself.
//!
//! Focus is stored once: the top modal has it, else the filter being typed, else a pane. Selection is always an id.

mod able;
mod acts;
mod boards;
mod calls;
mod forms;
mod mouse;
mod moves;
mod opened;
mod overlay;
mod picture;
mod replies;
mod sparks;
mod tabs;

use super::counts::Counts;
use super::effect::{Effect, Msg};
use super::inquiry::Rep;
use super::key::Key;
use super::keymap::{self, Action, Keys, lookup};
use super::memory::{Memory, Spot};
use super::modal::{Cx, Input, Modal};
use super::pane::list;
use super::pane::timeline::Timeline;
use super::roster::Roster;
use super::screen::Screen;
use super::screen::people::{self, Pane};
use super::sparks::Sparks;
use super::theme::Theme;
use super::widget::editor::{self, Editor};
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, Moment, Zone, day_number};
use crate::domain::people::Person;
use crate::domain::strength::Params;
use crate::domain::when::DateOrder;
use chrono::Timelike;
use opened::{Open, Thrown};
use overlay::Overlay;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::time::Duration;

/// What the dashboard is told once, when it starts.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The moment it starts.
    pub now: Moment,
    /// The zone typed times are read in.
    pub zone: Zone,
    /// How `3/4` is read.
    pub order: DateOrder,
    /// The strength model's parameters, the cold line among them.
    pub params: Params,
    /// The looks.
    pub theme: Theme,
    /// Only characters that every terminal has are used for charts.
    pub plain: bool,
    /// The currency of amounts that name none, three letters.
    pub currency: String,
    /// The rep, for what is said to others.
    pub rep: Rep,
    /// What the rep should keep in mind about this book, in a word or two (`read-only`); empty when nothing.
    pub mark: &'static str,
}

/// Something to say at the foot of the screen until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Status {
    text: String,
    bad: bool,
}

/// The dashboard.
#[derive(Debug)]
pub struct App {
    setup: Setup,
    roster: Roster,
    sparks: Sparks,
    /// How many people the book has, as it said at the start.
    count: Option<usize>,
    selected: Option<Id>,
    person: Option<Box<Person>>,
    screen: Screen,
    /// The boards of the screens that were gone to.
    boards: Vec<(Screen, Box<dyn Modal>)>,
    /// Who is selected on People while another screen is shown.
    home: Option<Id>,
    /// What the tab line counts.
    counts: Counts,
    focus: Pane,
    /// Which of chits and history had the focus last.
    lower: Pane,
    timeline: Timeline,
    /// What is laid over the timeline.
    other: Option<Overlay>,
    /// The Mondays of the weeks in which hardly anything was logged for anybody.
    quiet: Vec<DayNumber>,
    /// How much was logged week by week is to be asked.
    weeks_wanted: bool,
    /// The chit and the touch the keys act on; none means the first one.
    chit: Option<Id>,
    entry: Option<Id>,
    filtering: Option<Editor>,
    /// Where the mouse's button went down last.
    pressed: Option<Spot>,
    /// What was supposed last.
    supposed: String,
    modals: Vec<Open>,
    /// Calls that were left open, the one left last at the end.
    calls: Vec<Open>,
    drafts: Vec<Draft>,
    /// What was thrown away since the last change, the latest at the end.
    thrown: Vec<Thrown>,
    /// A kept draft that waits for its id: the revision it was saved under, and its place.
    unnamed: Option<(u64, usize)>,
    /// Keys that were pressed and not taken yet.
    ahead: VecDeque<Key>,
    /// Everybody is being read in the background.
    reading: bool,
    /// Whose rows changed meanwhile: what is being read of them may be old.
    since: Vec<Id>,
    /// A person just added, to be selected once their row is there.
    newcomer: Option<Id>,
    /// The last step asked for without a ticket was a redo.
    redoing: bool,
    status: Option<Status>,
    tickets: u64,
    revisions: u64,
    effects: Vec<Effect>,
}

impl App {
    /// A dashboard that knows nobody yet.
    pub fn new(setup: Setup) -> Self {
        App {
            roster: Roster::new(setup.params.clone()),
            setup,
            sparks: Sparks::default(),
            count: None,
            selected: None,
            person: None,
            screen: Screen::default(),
            boards: Vec::new(),
            home: None,
            counts: Counts::default(),
            focus: Pane::List,
            lower: Pane::History,
            timeline: Timeline::default(),
            other: None,
            quiet: Vec::new(),
            weeks_wanted: false,
            chit: None,
            entry: None,
            filtering: None,
            pressed: None,
            supposed: String::new(),
            modals: Vec::new(),
            calls: Vec::new(),
            drafts: Vec::new(),
            thrown: Vec::new(),
            unnamed: None,
            reading: true,
            ahead: VecDeque::new(),
            since: Vec::new(),
            newcomer: None,
            redoing: false,
            status: None,
            tickets: 0,
            revisions: 0,
            effects: Vec::new(),
        }
    }

    /// What it wants to know first.
    pub fn start(&self) -> Vec<Effect> {
        vec![
            Effect::LoadOpening(self.roster.view().sort, self.day()),
            Effect::LoadDrafts,
            Effect::LoadRoster,
        ]
    }

    /// Takes a message and says what is to be done about it. `memory` is of the last frame.
    pub fn update(&mut self, now: Moment, msg: Msg, memory: &Memory) -> Vec<Effect> {
        let yesterday = self.day();
        self.setup.now = now;
        if self.day() != yesterday {
            self.roster.arrange(day_number(now.date_naive()));
            self.sparks.renew(None);
            // What was dated ahead may count from today on.
            self.effects.push(Effect::LoadRoster);
            self.effects.extend(self.selected.map(Effect::LoadPerson));
        }
        let screen = match msg {
            Msg::Resize(columns, rows) => Rect::new(0, 0, columns, rows),
            _ => memory.screen,
        };
        match msg {
            Msg::Keys(keys) => self.ahead.extend(keys),
            Msg::Paste(text) => self.paste(text),
            Msg::Mouse(mouse) => self.mouse(mouse, memory),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Elsewhere(changed) => self.changed(changed),
            Msg::Resize(..) | Msg::Focus(_) | Msg::Tick | Msg::Written => {}
        }
        self.type_on(memory);
        self.ask_for_sparks(screen, memory);
        self.inquire();
        std::mem::take(&mut self.effects)
    }

    /// Takes the keys that wait, each only once what came before it is done: the save a form waits for, the person asked for.
    fn type_on(&mut self, memory: &Memory) {
        while self.effects.is_empty() && !self.waits() && !self.ahead.is_empty() {
            let Some(key) = self.ahead.pop_front() else {
                return;
            };
            self.key(key, memory);
            if self.passes_by() {
                self.effects.clear();
            }
        }
    }

    /// Whether all that is asked for is somebody whom the next key, pressed already, leaves again: nobody reads that person.
    fn passes_by(&self) -> bool {
        use Action as A;
        let listed = (self.focus == Pane::List || self.screen != Screen::People)
            && self.modals.is_empty()
            && self.filtering.is_none();
        let next = self.ahead.front().filter(|_| listed);
        let next = next.and_then(|key| lookup(&self.live(), *key));
        matches!(self.effects.as_slice(), [Effect::LoadPerson(_)])
            && next.is_some_and(|row| {
                matches!(
                    row.action,
                    A::Up | A::Down | A::Top | A::Bottom | A::PageUp | A::PageDown
                )
            })
    }

    /// Whether the top form's save is on its way.
    fn waits(&self) -> bool {
        self.modals.last().is_some_and(|open| open.ticket.is_some())
    }

    /// The day it is.
    fn day(&self) -> DayNumber {
        day_number(self.setup.now.date_naive())
    }

    /// What is typed and not filed, with a number that grows whenever it changes: save it when the number is new, and answer
    /// with [`Reply::Drafted`](super::effect::Reply::Drafted).
    pub fn draft(&self) -> Option<(u64, Draft)> {
        // What is being filed at this moment is not kept as a draft behind its back.
        if self.waits() {
            return None;
        }
        let cx = self.cx();
        let forms = self.modals.iter().rev();
        forms
            .filter(|open| open.revision > 0)
            .find_map(|open| open.modal.draft(&cx).map(|draft| (open.revision, draft)))
    }

    /// The number [`App::draft`] would give, without making the draft.
    pub fn draft_revision(&self) -> Option<u64> {
        if self.waits() {
            return None;
        }
        let revisions = self.modals.iter().rev().map(|open| open.revision);
        revisions.into_iter().find(|revision| *revision > 0)
    }

    /// How long the picture stays right if nothing happens: until the clock's next minute, or a call's next second.
    pub fn next_tick(&self, now: Moment) -> Option<Duration> {
        if self.modals.iter().any(|open| open.modal.ticks(now)) {
            let into = u64::from(now.timestamp_subsec_millis());
            return Some(Duration::from_millis(1_000 - into.min(999)));
        }
        let into = u64::from(now.second()) * 1000 + u64::from(now.timestamp_subsec_millis());
        Some(Duration::from_millis(60_000 - into.min(59_999)))
    }

    /// Who is selected.
    pub fn selected(&self) -> Option<Id> {
        self.selected
    }

    /// What modals and panes may look at.
    fn cx(&self) -> Cx<'_> {
        Cx {
            now: self.setup.now,
            zone: self.setup.zone,
            order: self.setup.order,
            params: &self.setup.params,
            roster: &self.roster,
            person: self.shown(),
            theme: &self.setup.theme,
            plain: self.setup.plain,
            currency: &self.setup.currency,
            rep: &self.setup.rep,
        }
    }

    /// The selected person in full, once read.
    fn shown(&self) -> Option<&Person> {
        let person = self.person.as_deref();
        person.filter(|person| Some(person.summary.id) == self.selected)
    }

    /// The lists of keys that are live.
    fn live(&self) -> Vec<&'static Keys> {
        if let Some(open) = self.modals.last() {
            let keys = open.modal.keys();
            return if keys.typed {
                vec![keys, &editor::KEYS, &keymap::ALWAYS]
            } else {
                vec![keys, &keymap::ALWAYS]
            };
        }
        if self.filtering.is_some() {
            return vec![&list::FILTER_KEYS, &editor::KEYS, &keymap::ALWAYS];
        }
        let on_board = self.live_on_board();
        on_board.unwrap_or_else(|| people::live(self.focus))
    }

    fn key(&mut self, key: Key, memory: &Memory) {
        self.status = None;
        let binding = lookup(&self.live(), key);
        match binding {
            Some(binding) => self.act(binding.action, memory.page),
            None => {
                if let Some(c) = key.types() {
                    self.type_in(&Input::Char(c));
                }
            }
        }
    }

    fn act(&mut self, action: Action, page: usize) {
        match action {
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Cancel => self.cancel(),
            _ => self.act_here(action, page),
        }
    }

    fn cancel(&mut self) {
        if self.modals.is_empty() && self.filtering.is_none() {
            self.say("Nothing is open; q quits");
        } else {
            self.act_here(Action::Close, 0);
        }
    }

    fn act_here(&mut self, action: Action, page: usize) {
        if matches!(action, Action::CopyText | Action::CutText) {
            let selected = match self.modals.last() {
                Some(open) => open.modal.selected(),
                None if self.filtering.is_some() => {
                    self.filtering.as_ref().and_then(Editor::selected)
                }
                None => self.board().and_then(Modal::selected),
            };
            self.effects.extend(selected.map(Effect::Copy));
        }
        if !self.modals.is_empty() {
            self.with_top(|modal, cx| modal.act(action, cx));
        } else if self.filtering.is_some() {
            self.act_filter(action);
        } else if self.boards_own(action) {
            self.with_board(|board, cx| board.act(action, cx));
        } else if self.can(action) {
            self.act_home(action, page);
        } else {
            self.say(self.cannot(action));
        }
    }

    fn type_in(&mut self, input: &Input) {
        if !self.modals.is_empty() {
            self.with_top(|modal, cx| modal.type_in(input, cx));
        } else if let Some(editor) = &mut self.filtering {
            match input {
                Input::Char(c) => editor.insert(*c),
                Input::Paste(text) => editor.paste(text),
            }
            self.narrow();
        } else {
            self.with_board(|board, cx| board.type_in(input, cx));
        }
    }

    /// Pasted text is typed where something is typed; elsewhere it is never read as keys but offered as a touch's note.
    fn paste(&mut self, text: String) {
        self.status = None;
        let typed = self.live().iter().any(|keys| keys.typed);
        if typed {
            self.type_in(&Input::Paste(text));
        } else if self.modals.is_empty() && !text.trim().is_empty() {
            self.offer(&text);
            self.say("Pasted into a new touch; Esc leaves it as a draft");
        }
    }

    fn say(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            bad: false,
        });
    }

    fn complain(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            bad: true,
        });
    }

    /// Every command that can be run here and now, each once.
    fn commands(&self) -> Vec<&'static keymap::Binding> {
        let mut rows: Vec<&keymap::Binding> = Vec::new();
        for row in self.every_list().iter().flat_map(|keys| keys.rows) {
            let moving = people::MOVES
                .rows
                .iter()
                .any(|other| other.action == row.action);
            let known = rows.iter().any(|other| other.action == row.action);
            if !moving && !known && row.action != Action::Palette && self.hinted(row.action) {
                rows.push(row);
            }
        }
        rows
    }
}
