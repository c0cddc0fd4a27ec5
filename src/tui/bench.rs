//! A bench for the dashboard's stories: keys in, a picture out. The world it stands in hands back canned people and refuses
//! or applies what it is told to; it knows none of the store's rules.

use super::app::{App, Setup};
use super::counts::Counts;
use super::effect::{Effect, Mouse, MouseWhat, Msg, Reply};
use super::inquiry::{Answer, Question, Rep};
use super::key::{Code, Key};
use super::memory::Memory;
use super::theme::Theme;
use crate::domain::account::Account;
use crate::domain::account::view::sort;
use crate::domain::brief::Brief;
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::command::{Changed, Command};
use crate::domain::contact::Card;
use crate::domain::draft::Draft;
use crate::domain::filing::CaughtRow;
use crate::domain::id::Id;
use crate::domain::moment::{Moment, Zone, day_number, shift};
use crate::domain::people::Person;
use crate::domain::promise::PromiseState;
use crate::domain::review::{Deck, Minutes};
use crate::domain::strength::{Params, Standing};
use crate::domain::suggestion::Suggestion;
use crate::domain::today::Today;
use crate::domain::touch::{Direction, TouchKind};
use crate::domain::when::DateOrder;
use chrono::{NaiveDate, TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

mod accounts;
mod call;
mod cast;
mod chits;
mod climate;
mod explain;
mod meetings;
mod plain;
mod referrals;
mod review;
mod spark;
mod stories;
mod timeline;
mod today;
mod torture;
mod typing;
mod whatif;

pub use cast::{cast, person};

/// Sunday 22 November 2026, 14:07.
pub fn now() -> Moment {
    chrono::FixedOffset::east_opt(0)
        .and_then(|utc| utc.with_ymd_and_hms(2026, 11, 22, 14, 7, 0).single())
        .unwrap()
}

pub fn today() -> NaiveDate {
    now().date_naive()
}

/// A review as the book tells of it: the deck, what its end would freeze, the minutes of the ones before.
type Told = (Box<Deck>, Option<Box<Minutes>>, Vec<Minutes>);

/// What the dashboard is told at the start.
pub fn setup() -> Setup {
    Setup {
        now: now(),
        zone: Zone::utc(),
        order: DateOrder::default(),
        params: Params::default(),
        theme: Theme::colour(),
        plain: false,
        currency: "USD".to_owned(),
        rep: Rep::default(),
        mark: "",
    }
}

/// Whether a question is one of the screen of referrals.
fn board_asks(question: &Question) -> bool {
    matches!(
        question,
        Question::Referrals
            | Question::Asking(_)
            | Question::Lineage(_)
            | Question::Origins
            | Question::Paths { .. }
            | Question::Letter(_)
    )
}

/// The dashboard on the bench.
pub struct Bench {
    pub app: App,
    pub world: Vec<Person>,
    pub applied: Vec<Command>,
    pub effects: Vec<Effect>,
    /// What the world says to the next change instead of making it.
    pub refuse: Option<String>,
    /// Changes are answered only when [`Bench::arrive`] is called.
    pub slow: bool,
    late: Vec<(u64, Command)>,
    /// Whom the next change makes.
    pub created: Option<Id>,
    pub now: Moment,
    memory: Memory,
    terminal: Terminal<TestBackend>,
    /// What the last frame was meant to be.
    buffer: Buffer,
    drafts: Vec<Draft>,
    /// What is known besides the people, for whoever begins a call.
    pub brief: Brief,
    /// Meetings that calendars tell of.
    pub meetings: Vec<Suggestion>,
    /// What was caught in the touch that is looked at.
    pub caught: Vec<CaughtRow>,
    /// What the tab line counts.
    pub counts: Counts,
    /// What to do now, where anybody asks.
    pub today: Option<Box<Today>>,
    /// The review, where anybody asks.
    pub review: Option<Told>,
    /// What is known of referrals.
    pub leads: referrals::Leads,
    /// The accounts and their pages.
    pub accounts: Vec<Account>,
    /// The ids that drafts are kept under, from 900 on.
    kept: i64,
}

impl Bench {
    pub fn new(columns: u16, rows: u16) -> Self {
        Bench::with(cast(), columns, rows)
    }

    pub fn with(world: Vec<Person>, columns: u16, rows: u16) -> Self {
        Bench::start(world, Vec::new(), columns, rows)
    }

    pub fn start(world: Vec<Person>, drafts: Vec<Draft>, columns: u16, rows: u16) -> Self {
        Bench::set_up(setup(), world, drafts, columns, rows)
    }

    pub fn looking(theme: Theme, world: Vec<Person>, columns: u16, rows: u16) -> Self {
        let setup = Setup { theme, ..setup() };
        Bench::set_up(setup, world, Vec::new(), columns, rows)
    }

    fn set_up(
        setup: Setup,
        world: Vec<Person>,
        drafts: Vec<Draft>,
        columns: u16,
        rows: u16,
    ) -> Self {
        let mut bench = Bench {
            app: App::new(setup),
            world,
            applied: Vec::new(),
            effects: Vec::new(),
            refuse: None,
            created: None,
            slow: false,
            late: Vec::new(),
            now: now(),
            memory: Memory::default(),
            terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
            buffer: Buffer::default(),
            drafts,
            brief: Brief::default(),
            meetings: Vec::new(),
            caught: Vec::new(),
            counts: Counts::default(),
            today: None,
            review: None,
            leads: referrals::Leads::default(),
            accounts: Vec::new(),
            kept: 900,
        };
        let effects = bench.app.start();
        bench.perform(effects);
        bench.draw();
        bench
    }

    /// Barney is selected.
    pub fn barney(columns: u16, rows: u16) -> Self {
        let mut bench = Bench::new(columns, rows);
        bench.press("<ctrl-p>barney<enter>");
        bench
    }

    /// What was asked about the whole book, in order, but for what the tab line and the boards ask again after every change.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Ask(
                Question::Counts(_)
                | Question::Chits
                | Question::Today(_)
                | Question::Review(_)
                | Question::Accounts { .. }
                | Question::Account { .. },
            ) => None,
            Effect::Ask(question) if board_asks(question) => None,
            Effect::Ask(question) => Some(question),
            _ => None,
        })
    }

    /// The answer to such a question comes.
    pub fn tell(&mut self, answer: Answer) {
        self.send(Msg::Reply(Reply::Answer(answer)));
        self.draw();
    }

    pub fn send(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg, &self.memory);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            if let Some(reply) = self.answer(effect) {
                self.send(Msg::Reply(reply));
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Reply> {
        let find = |id: Id| self.world.iter().find(|person| person.summary.id == id);
        Some(match effect {
            Effect::LoadOpening(..) => Reply::Count(self.world.len()),
            Effect::LoadRoster => {
                Reply::Roster(self.world.iter().map(|p| p.summary.clone()).collect())
            }
            Effect::LoadPerson(id) => Reply::Person(id, find(id).cloned().map(Box::new)),
            Effect::LoadRows(ids) => Reply::Rows(
                ids.into_iter()
                    .map(|id| (id, find(id).map(|p| p.summary.clone())))
                    .collect(),
            ),
            Effect::Apply { ticket, command } if self.slow => {
                self.late.push((ticket, command));
                return None;
            }
            Effect::Apply { ticket, command } => self.apply(ticket, command),
            Effect::LoadMeetings => Reply::Meetings(self.meetings.clone()),
            Effect::LoadDrafts => Reply::Drafts(self.drafts.clone()),
            Effect::LoadBrief(id) => {
                let told = find(id)
                    .cloned()
                    .map(|person| Box::new((person, self.brief.clone())));
                Reply::Brief(id, told)
            }
            Effect::LoadCaught(touch) => Reply::Caught(touch, self.caught.clone()),
            Effect::SaveDraft(revision, draft) => {
                let id = draft.id.unwrap_or(Id::from_raw(self.kept));
                self.kept += i64::from(draft.id.is_none());
                Reply::Drafted(revision, id)
            }
            Effect::Ask(Question::Counts(_)) => Reply::Answer(Answer::Counts(self.counts)),
            Effect::Ask(Question::Chits) => Reply::Answer(Answer::Chits(self.ledger())),
            Effect::Ask(question) if board_asks(&question) => {
                Reply::Answer(self.leads.answer(question))
            }
            Effect::Ask(Question::Two(one, other)) => {
                let cards = find(one).zip(find(other));
                let cards = cards.map(|(one, other)| (one.card.clone(), other.card.clone()));
                Reply::Answer(Answer::Two(one, other, cards.map(Box::new)))
            }
            Effect::Ask(Question::Today(_)) => Reply::Answer(Answer::Today(self.today.clone()?)),
            Effect::Ask(Question::Review(_)) => {
                let (deck, minutes, before) = self.review.clone()?;
                Reply::Answer(Answer::Review(deck, minutes, before))
            }
            Effect::Ask(Question::Accounts { .. }) => {
                let mut rows: Vec<_> = self.accounts.iter().map(|page| page.row.clone()).collect();
                sort(&mut rows);
                Reply::Answer(Answer::Accounts(rows))
            }
            Effect::Ask(Question::Account { id, .. }) => {
                let page = self.accounts.iter().find(|page| page.row.id == id);
                Reply::Answer(Answer::Account(id, page.cloned().map(Box::new)))
            }
            Effect::Copy(text) => Reply::Copied(text),
            Effect::Undo => Reply::Applied {
                ticket: None,
                changed: Changed {
                    label: "Logged a call with Barney Rubble".to_owned(),
                    ..Changed::default()
                },
            },
            _ => return None,
        })
    }

    /// Every chit of anybody, oldest first.
    fn ledger(&self) -> Vec<ChitRow> {
        let mut rows: Vec<ChitRow> = Vec::new();
        for row in self.world.iter().flat_map(|person| &person.chits) {
            if rows.iter().all(|other| other.id != row.id) {
                rows.push(row.clone());
            }
        }
        rows.sort_by_key(|row| (row.chit.on, row.id));
        rows
    }

    /// The slow answers come, and later ones are no longer slow.
    pub fn arrive(&mut self) {
        self.slow = false;
        for (ticket, command) in std::mem::take(&mut self.late) {
            let reply = self.apply(ticket, command);
            self.send(Msg::Reply(reply));
        }
        self.draw();
    }

    fn apply(&mut self, ticket: u64, command: Command) -> Reply {
        if let Some(why) = self.refuse.take() {
            return Reply::Refused {
                ticket: Some(ticket),
                why,
            };
        }
        let about = match &command {
            Command::File(filing) => filing.touch.touch().people.first().copied(),
            _ => None,
        };
        let newcomer = self.created.filter(|_| about.is_some_and(Id::is_stand_in));
        self.applied.push(command);
        Reply::Applied {
            ticket: Some(ticket),
            changed: Changed {
                newcomer,
                label: "Logged a call with Barney Rubble".to_owned(),
                contacts: Some(vec![self.created.unwrap_or(Id::from_raw(10))]),
                created: self.created.take(),
                ..Changed::default()
            },
        }
    }

    /// Presses keys: characters as they are, others in angle brackets: `t`, `<enter>`, `<ctrl-s>`; a line feed is Enter.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in read(keys) {
            self.send(Msg::Keys(vec![key]));
            self.draw();
        }
        self
    }

    pub fn mouse(&mut self, what: MouseWhat, column: u16, row: u16) -> &mut Self {
        self.send(Msg::Mouse(Mouse { column, row, what }));
        self.draw();
        self
    }

    /// Presses the mouse on the first cell of a text that is on the screen.
    pub fn click(&mut self, text: &str, what: MouseWhat) -> &mut Self {
        let (column, row) = self.find(text);
        self.mouse(what, column, row)
    }

    /// The column and row of the first cell of a text that is on the screen.
    pub fn find(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen
            .lines()
            .enumerate()
            .find_map(|(row, line)| line.find(text).map(|at| (row, line.to_owned(), at)));
        let (row, line, at) = found.unwrap_or_else(|| panic!("{text:?} is not on\n{screen}"));
        let column = crate::domain::text::width(line.get(..at).unwrap());
        (column as u16, row as u16)
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.send(Msg::Resize(columns, rows));
        self.draw();
        self
    }

    /// Draws at every width and at every height there is, each with one of a few of the other; `turn` says which it begins with, so
    /// that places drawn one after the other meet different pairs.
    pub fn at_every_size(&mut self, turn: usize) {
        let widths = (1..90).chain((90..=200).step_by(11));
        for (columns, rows) in widths.zip([6, 15, 30].into_iter().cycle().skip(turn)) {
            self.resize(columns, rows);
        }
        for (rows, columns) in (1..=60).zip([24, 75, 110].into_iter().cycle().skip(turn)) {
            self.resize(columns, rows);
        }
        self.resize(200, 60);
    }

    pub fn draw(&mut self) {
        let (app, memory) = (&self.app, &mut self.memory);
        let done = self.terminal.draw(|frame| app.draw(frame, memory)).unwrap();
        self.buffer = done.buffer.clone();
    }

    /// The screen as text, blanks at line ends left out.
    pub fn screen(&self) -> String {
        text_of(&self.buffer)
    }

    /// The colours of every cell: in front, behind.
    pub fn styles(&self) -> Vec<(Color, Color)> {
        let cells = self.buffer.content.iter();
        cells.map(|cell| (cell.fg, cell.bg)).collect()
    }

    pub fn cell(&self, column: u16, row: u16) -> &str {
        self.buffer[(column, row)].symbol()
    }

    pub fn last_line(&self) -> String {
        self.screen().lines().last().unwrap_or("").trim().to_owned()
    }
}

/// A picture as text, blanks at line ends left out.
pub fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in 0..buffer.area.height {
        let mut line = String::new();
        let mut skip = 0;
        for column in 0..buffer.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(column, row)].symbol();
            skip = crate::domain::text::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Keys as a story writes them.
pub fn read(keys: &str) -> Vec<Key> {
    let mut read = Vec::new();
    let mut rest = keys.chars();
    while let Some(c) = rest.next() {
        match c {
            '<' => {
                let name: String = rest.by_ref().take_while(|c| *c != '>').collect();
                read.push(Key::parse(&name).unwrap_or_else(|| panic!("no key is called {name}")));
            }
            '\n' => read.push(Key::plain(Code::Enter)),
            c => read.push(Key::char(c)),
        }
    }
    read
}
