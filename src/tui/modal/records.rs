//! Everything kept about a person, in one list: promises both ways, facts, key dates, needs and results, sales, rivals, seats. The keys that
//! add something are the marks of a note.

use super::filing::Subject;
use super::form::Form;
use super::menu::Menu;
use super::{Cx, Flow, Modal, frame_for, middle};
use crate::domain::brief::{Brief, kept, punctuality};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::people::Person;
use crate::domain::promise::{PromiseRow, PromiseState};
use crate::domain::record::{Need, NeedState, Record, RecordKind, RecordRow, Seat, Stance};
use crate::domain::text::{pad, width};
use crate::domain::when;
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, TABLE, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::widget::row;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys of the list.
pub const KEYS: Keys = Keys {
    place: "What is kept about a person",
    typed: false,
    rows: &[
        bind(
            &[Key::char('k')],
            Action::Kept,
            "The promise was kept",
            "kept",
            1,
        ),
        bind(
            &[Key::char('b')],
            Action::Broken,
            "The promise was broken",
            "broken",
            2,
        ),
        bind(
            &[Key::char('d')],
            Action::Dropped,
            "Drop a promise or a need, which counts neither way; delete anything else",
            "drop",
            3,
        ),
        bind(
            &[Key::char('s')],
            Action::Snooze,
            "Set a promise aside until a day",
            "set aside",
            4,
        ),
        bind(
            &[Key::char('f')],
            Action::Asked,
            "A fact was followed up today; a need was answered with a proposal",
            "followed up",
            5,
        ),
        bind(
            &[Key::plain(Code::Enter), Key::char('e')],
            Action::Edit,
            "Edit it",
            "edit",
            6,
        ),
        bind(
            &[Key::char('!')],
            Action::AddMine,
            "You promise something",
            "you promise",
            7,
        ),
        bind(
            &[Key::char('?')],
            Action::AddTheirs,
            "They promise something",
            "they promise",
            0,
        ),
        bind(&[Key::char('*')], Action::AddFact, "Add a fact", "fact", 8),
        bind(
            &[Key::char('a')],
            Action::AddDate,
            "Add a key date",
            "key date",
            9,
        ),
        bind(&[Key::char('#')], Action::AddNeed, "Add a need", "need", 10),
        bind(
            &[Key::char('=')],
            Action::AddResult,
            "A result was delivered, for the need under the cursor",
            "result",
            11,
        ),
        bind(&[Key::char('$')], Action::AddSale, "Add a sale", "sale", 12),
        bind(
            &[Key::char('~')],
            Action::AddRival,
            "Add a rival",
            "rival",
            13,
        ),
        bind(
            &[Key::char('%')],
            Action::AddSeat,
            "Add a seat on the committee",
            "seat",
            14,
        ),
        bind(
            &[Key::plain(Code::Down), Key::char('j')],
            Action::Down,
            "Down",
            "down",
            0,
        ),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 0),
        bind(
            &[Key::plain(Code::F(1))],
            Action::Help,
            "Show the keys",
            "keys",
            250,
        ),
        bind(
            &[Key::plain(Code::Esc), Key::char('q'), Key::char('i')],
            Action::Close,
            "Close",
            "close",
            15,
        ),
    ],
};

/// The list. What is in it is read anew whenever it changed.
#[derive(Debug)]
pub struct Records {
    with: Option<Id>,
    told: Option<(Box<Person>, Box<Brief>)>,
    at: usize,
    /// Closed promises are shown too.
    promises: bool,
}

/// One row.
#[derive(Clone, Copy)]
enum Kept<'a> {
    Promise(&'a PromiseRow),
    Record(&'a RecordRow),
}

impl Records {
    /// Everything about somebody.
    pub fn new(with: Option<Id>) -> Self {
        Records {
            with,
            told: None,
            at: 0,
            promises: false,
        }
    }

    /// Their promises alone, those that are closed too.
    pub fn promises(with: Option<Id>) -> Self {
        Records {
            promises: true,
            ..Records::new(with)
        }
    }

    fn rows(&self) -> Vec<Kept<'_>> {
        let Some((person, brief)) = &self.told else {
            return Vec::new();
        };
        let mut rows: Vec<Kept<'_>> = person.promises.iter().map(Kept::Promise).collect();
        if self.promises {
            rows.extend(person.closed.iter().rev().map(Kept::Promise));
            return rows;
        }
        for kind in RecordKind::ALL {
            let of_kind = brief.records.iter().filter(|row| row.record.kind() == kind);
            let (open, rest): (Vec<_>, Vec<_>) = of_kind.partition(|row| is_open(&row.record));
            rows.extend(open.into_iter().chain(rest).map(Kept::Record));
        }
        rows
    }

    fn here(&self) -> Option<Kept<'_>> {
        let rows = self.rows();
        rows.get(self.at.min(rows.len().saturating_sub(1))).copied()
    }

    fn close(&self, state: PromiseState, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(Kept::Promise(row)) if row.state == state => Flow::Stay,
            Some(Kept::Promise(row)) if row.state != PromiseState::Open => {
                Flow::Apply(Command::ClosePromise {
                    id: row.id,
                    state: PromiseState::Open,
                    on: cx.today(),
                })
            }
            Some(Kept::Promise(row)) => Flow::Apply(Command::ClosePromise {
                id: row.id,
                state,
                on: cx.today(),
            }),
            _ => Flow::Say("Only a promise is kept or broken".to_owned()),
        }
    }

    fn let_go(&self, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(Kept::Promise(_)) => self.close(PromiseState::Dropped, cx),
            Some(Kept::Record(row)) => match &row.record {
                Record::Need(need) if need.state.is_open() => {
                    let mut after = need.clone();
                    after.state = NeedState::Dropped;
                    edited(row, Record::Need(after))
                }
                record => Flow::Apply(Command::DeleteRecord {
                    kind: record.kind(),
                    id: row.id,
                }),
            },
            None => Flow::Stay,
        }
    }

    fn followed_up(&self, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(Kept::Record(row)) => match &row.record {
                Record::Fact(fact) => {
                    let mut after = fact.clone();
                    after.asked = Some(cx.today());
                    edited(row, Record::Fact(after))
                }
                Record::Need(need) if need.state == NeedState::Heard => {
                    let mut after = need.clone();
                    after.state = NeedState::Proposed;
                    edited(row, Record::Need(after))
                }
                _ => Flow::Say("Only facts and needs are followed up".to_owned()),
            },
            _ => {
                Flow::Say("Only facts and needs are followed up; s sets a promise aside".to_owned())
            }
        }
    }

    fn edit(&self, cx: &Cx<'_>) -> Flow {
        let Some(with) = self.with else {
            return Flow::Stay;
        };
        match self.here() {
            Some(Kept::Promise(row)) => form(
                Subject::Promise {
                    with: row.promise.contact,
                    theirs: !row.promise.mine,
                    editing: Some((row.id, Box::new(row.promise.clone()))),
                },
                cx,
            ),
            Some(Kept::Record(row)) => form(
                Subject::Record {
                    with,
                    kind: row.record.kind(),
                    editing: Some((row.id, Box::new(row.record.clone()))),
                },
                cx,
            ),
            None => Flow::Stay,
        }
    }

    fn snooze(&self, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(Kept::Promise(row)) if row.state == PromiseState::Open => form(
                Subject::Snooze {
                    with: row.promise.contact,
                    id: row.id,
                    what: row.promise.what.clone(),
                },
                cx,
            ),
            _ => Flow::Say("Only an open promise is set aside".to_owned()),
        }
    }

    fn add(&self, action: Action, cx: &Cx<'_>) -> Flow {
        let Some(with) = self.with else {
            return Flow::Stay;
        };
        let kind = match action {
            Action::AddMine | Action::AddTheirs => {
                let theirs = action == Action::AddTheirs;
                return form(
                    Subject::Promise {
                        with,
                        theirs,
                        editing: None,
                    },
                    cx,
                );
            }
            Action::AddDate => RecordKind::Date,
            Action::AddNeed => RecordKind::Need,
            Action::AddSale => RecordKind::Sale,
            Action::AddRival => RecordKind::Rival,
            Action::AddSeat => RecordKind::Seat,
            _ => RecordKind::Fact,
        };
        form(
            Subject::Record {
                with,
                kind,
                editing: None,
            },
            cx,
        )
    }

    /// A result for the need under the cursor, else a need that was heard and met.
    fn result(&self, cx: &Cx<'_>) -> Flow {
        match (self.here(), self.with) {
            (Some(Kept::Record(row)), _) if row.record.kind() == RecordKind::Need => self.edit(cx),
            (_, Some(with)) => form(
                Subject::Record {
                    with,
                    kind: RecordKind::Need,
                    editing: None,
                },
                cx,
            ),
            _ => Flow::Stay,
        }
    }
}

fn form(subject: Subject, cx: &Cx<'_>) -> Flow {
    Flow::Push(Box::new(Form::new(subject, cx)))
}

fn edited(row: &RecordRow, after: Record) -> Flow {
    Flow::Apply(Command::EditRecord {
        id: row.id,
        before: Box::new(row.record.clone()),
        after: Box::new(after),
    })
}

fn is_open(record: &Record) -> bool {
    match record {
        Record::Need(need) => need.state.is_open(),
        Record::Fact(fact) => fact.asked.is_none(),
        _ => true,
    }
}

/// The group a row stands in, its sign, its text, what stands beside it, and how it is meant.
struct Told {
    group: &'static str,
    sign: &'static str,
    text: String,
    beside: String,
    style: Style,
}

fn told(kept: Kept<'_>, with: Option<Id>, cx: &Cx<'_>) -> Told {
    match kept {
        Kept::Promise(row) => told_promise(row, cx),
        Kept::Record(row) => {
            let mut told = told_record(&row.record, cx);
            if Some(row.record.contact()) != with {
                told.text = format!("{} ({})", told.text, cx.name(row.record.contact()));
            }
            told
        }
    }
}

fn told_promise(row: &PromiseRow, cx: &Cx<'_>) -> Told {
    let today = cx.today();
    let promise = &row.promise;
    let due = when::say(promise.due, today);
    let aside = row.snoozed.filter(|until| *until > today);
    let (beside, style) = match (row.state, aside) {
        (PromiseState::Open, Some(until)) => (
            format!("set aside until {}", when::say(until, today)),
            cx.theme.dim,
        ),
        (PromiseState::Open, None) if promise.due < today => {
            (format!("was due {due}"), cx.theme.bad)
        }
        (PromiseState::Open, None) => (format!("due {due}"), cx.theme.text),
        (state, _) => {
            let on = row
                .closed_on
                .map_or(String::new(), |on| format!(" {}", when::bare(on, today)));
            (format!("{}{on}", state.word()), cx.theme.dim)
        }
    };
    Told {
        group: "Promises",
        sign: if promise.mine { "!" } else { "?" },
        text: format!(
            "{} promised: {}",
            if promise.mine { "you" } else { "they" },
            promise.what
        ),
        beside,
        style,
    }
}

fn told_record(record: &Record, cx: &Cx<'_>) -> Told {
    let today = cx.today();
    let (plain, dim) = (cx.theme.text, cx.theme.dim);
    let say = |on| when::bare(on, today);
    let (group, sign, text, beside, style) = match record {
        Record::Fact(fact) => {
            let beside = match (fact.asked, fact.due) {
                (Some(asked), _) => format!("asked {}", say(asked)),
                (None, Some(due)) => format!("its moment {}", say(due)),
                (None, None) => say(fact.learned),
            };
            let style = if fact.asked.is_some() { dim } else { plain };
            ("Facts", "*", fact.what.clone(), beside, style)
        }
        Record::Date(day) => {
            let next = day.date.on.next_from(today);
            let beside = if day.date.yearly {
                format!("every {}", next.format("%-d %b"))
            } else {
                day.date.on.to_string()
            };
            ("Key dates", "*", day.date.label.clone(), beside, plain)
        }
        Record::Need(need) => return told_need(need, cx),
        Record::Sale(sale) => (
            "Sales",
            "$",
            format!("{} {}", sale.amount, sale.what),
            say(sale.on),
            plain,
        ),
        Record::Rival(rival) => (
            "Rivals",
            "~",
            format!("{}: {}", rival.name, rival.what),
            say(rival.on),
            cx.theme.warn,
        ),
        Record::Seat(seat) => {
            let stance = if seat.stance == Stance::Unknown {
                String::new()
            } else {
                seat.stance.word().to_owned()
            };
            (
                "Committee",
                "%",
                seat.role.phrase().to_owned(),
                stance,
                plain,
            )
        }
    };
    Told {
        group,
        sign,
        text,
        beside,
        style,
    }
}

fn told_need(need: &Need, cx: &Cx<'_>) -> Told {
    let say = |on| when::bare(on, cx.today());
    let group = "Needs and results";
    if let Some(outcome) = &need.outcome {
        let amount = outcome.amount.as_ref();
        let amount = amount.map_or(String::new(), |money| format!(", {money}"));
        return Told {
            group,
            sign: "=",
            text: format!("{}: {}{amount}", need.what, outcome.what),
            beside: format!("{} {}", outcome.kind.phrase(), say(outcome.on)),
            style: cx.theme.good,
        };
    }
    Told {
        group,
        sign: "#",
        text: need.what.clone(),
        beside: format!("{} {}", need.state.word(), say(need.heard)),
        style: if need.state.is_open() {
            cx.theme.text
        } else {
            cx.theme.dim
        },
    }
}

impl Modal for Records {
    fn keys(&self) -> &'static Keys {
        &KEYS
    }

    fn act(&mut self, action: Action, cx: &Cx<'_>) -> Flow {
        let last = self.rows().len().saturating_sub(1);
        match action {
            Action::Up => self.at = self.at.min(last).saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::Kept => return self.close(PromiseState::Kept, cx),
            Action::Broken => return self.close(PromiseState::Broken, cx),
            Action::Dropped => return self.let_go(cx),
            Action::Asked => return self.followed_up(cx),
            Action::Snooze => return self.snooze(cx),
            Action::Edit => return self.edit(cx),
            Action::AddResult => return self.result(cx),
            Action::Close => return Flow::Close,
            Action::Help => {
                let help = Menu::help(&[&KEYS], TABLE, &|_| false);
                return Flow::Push(Box::new(help));
            }
            _ => return self.add(action, cx),
        }
        Flow::Stay
    }

    fn answers(&self, action: Action) -> bool {
        match (action, self.here()) {
            (Action::Kept | Action::Broken | Action::Snooze, here) => {
                matches!(here, Some(Kept::Promise(_)))
            }
            (Action::Asked, Some(Kept::Record(row))) => {
                matches!(row.record, Record::Fact(_) | Record::Need(_))
            }
            (Action::Asked, _) => false,
            (Action::Edit | Action::Dropped, here) => here.is_some(),
            _ => true,
        }
    }

    fn point(&mut self, spot: Spot, row: usize, double: bool, cx: &Cx<'_>) -> Flow {
        if let Spot::Choices(first) = spot {
            let lines = lines(&self.rows(), self.with, cx);
            if let Some(Some(at)) = lines.get(first + row).map(|line| line.1) {
                self.at = at;
                if double {
                    return self.edit(cx);
                }
            }
        }
        Flow::Stay
    }

    fn about(&self) -> Option<Id> {
        self.with
    }

    fn briefed(&mut self, person: &Person, brief: &Brief) {
        let mut brief = brief.clone();
        // Their own seats, among the committee's.
        let id = person.summary.id;
        let own = brief.committee.iter().filter(|member| {
            let holder = member.holder.as_ref();
            holder.is_some_and(|holder| holder.id == id)
        });
        let own = own.map(|member| RecordRow {
            id: member.seat,
            record: Record::Seat(Seat {
                contact: id,
                at: id,
                role: member.role,
                stance: member.stance,
            }),
            evidence: None,
            words: String::new(),
        });
        let seats: Vec<RecordRow> = own.collect();
        brief.records.extend(seats);
        self.told = Some((Box::new(person.clone()), Box::new(brief)));
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let kept_rows = self.rows();
        let lines = lines(&kept_rows, self.with, cx);
        let figures = self.told.as_ref().map_or(String::new(), |(person, brief)| {
            let on_time = punctuality(&brief.agreed).map(|found| found.to_string());
            let figures: Vec<String> = kept(person.kept).into_iter().chain(on_time).collect();
            figures.join(" · ")
        });
        let head = u16::from(!figures.is_empty());
        let rows = (lines.len() as u16).max(1) + 2 + head;
        let outer = middle(area, 88.min(area.width), rows.min(area.height));
        let who = self
            .told
            .as_ref()
            .map_or("", |(person, _)| person.summary.name.as_str());
        let title = if self.promises {
            format!("Promises ─ {who}")
        } else {
            format!("Kept about {who}")
        };
        let inner = frame_for(frame, outer, &title, cx, memory);
        row::pieces(
            frame.buffer_mut(),
            row::row(inner, 0),
            &[(&figures, cx.theme.dim)],
        );
        let list = Rect {
            y: inner.y + head.min(inner.height),
            height: inner.height.saturating_sub(head),
            ..inner
        };
        if kept_rows.is_empty() {
            let says = "Nothing yet. The marks add: ! ? promises, * fact, a key date, # need, = result, $ sale, ~ rival, % seat.";
            row::pieces(
                frame.buffer_mut(),
                row::row(list, 0),
                &[(says, cx.theme.dim)],
            );
            return;
        }
        let here = self.at.min(kept_rows.len() - 1);
        let at = lines
            .iter()
            .position(|line| line.1 == Some(here))
            .unwrap_or(0);
        let wanted = if here == 0 { 0 } else { at };
        let first = memory.scroll("records", wanted, lines.len(), usize::from(list.height));
        memory.note(list, Spot::Choices(first));
        for (place, (heading, at)) in lines
            .iter()
            .skip(first)
            .take(usize::from(list.height))
            .enumerate()
        {
            let area = row::row(list, place);
            match at.and_then(|at| kept_rows.get(at)) {
                None => {
                    row::pieces(frame.buffer_mut(), area, &[(heading, cx.theme.title)]);
                }
                Some(kept) => draw_row(
                    frame,
                    area,
                    &told(*kept, self.with, cx),
                    *at == Some(here),
                    cx,
                ),
            }
        }
    }
}

/// What is drawn: headings, and rows with their places.
fn lines(rows: &[Kept<'_>], with: Option<Id>, cx: &Cx<'_>) -> Vec<(&'static str, Option<usize>)> {
    let mut lines = Vec::new();
    let mut group = "";
    for (at, kept) in rows.iter().enumerate() {
        let own = told(*kept, with, cx).group;
        if own != group {
            group = own;
            lines.push((group, None));
        }
        lines.push(("", Some(at)));
    }
    lines
}

fn draw_row(frame: &mut Frame<'_>, area: Rect, told: &Told, here: bool, cx: &Cx<'_>) {
    let beside = format!("{} ", told.beside);
    let left = usize::from(area.width).saturating_sub(width(&beside) + 3);
    let text = pad(&told.text, left);
    let over = |style: Style| if here { cx.theme.selected } else { style };
    let sign = format!(" {} ", told.sign);
    let pieces = [
        (sign.as_str(), over(cx.theme.accent)),
        (text.as_str(), over(told.style)),
        (beside.as_str(), over(cx.theme.dim)),
    ];
    row::pieces(frame.buffer_mut(), area, &pieces);
}
