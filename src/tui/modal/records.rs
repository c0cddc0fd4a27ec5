//! Everything kept about a person, in one list: promises both ways, facts, key dates, needs and results, sales, rivals, seats. The keys that
//! add something are the marks of a note.

mod draw;
mod keys;
mod told;

pub use keys::KEYS;

use super::filing::Subject;
use super::form::Form;
use super::menu::Menu;
use super::{Cx, Flow, Modal};
use crate::domain::brief::Brief;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::people::Person;
use crate::domain::promise::{PromiseRow, PromiseState};
use crate::domain::record::{NeedState, Record, RecordKind, RecordRow, Seat};
use crate::tui::keymap::{Action, Keys, TABLE};
use crate::tui::memory::{Memory, Spot};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The list. What is in it is read anew whenever it changed.
#[derive(Debug)]
pub struct Records {
    with: Option<Id>,
    told: Option<(Box<Person>, Box<Brief>)>,
    at: usize,
    /// Closed promises are shown too.
    promises: bool,
    /// The promises that were open at any time since the list was opened, in their order: one that is closed stays in its place, so
    /// that a wrong key is seen and can be taken back.
    order: Vec<Id>,
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
            order: Vec::new(),
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
        let all = || person.promises.iter().chain(&person.closed);
        let seen = self.order.iter();
        let seen = seen.filter_map(|id| all().find(|row| row.id == *id));
        let mut rows: Vec<Kept<'_>> = seen.map(Kept::Promise).collect();
        if self.promises {
            let closed = person.closed.iter().rev();
            let before = closed.filter(|row| !self.order.contains(&row.id));
            rows.extend(before.map(Kept::Promise));
            return rows;
        }
        for kind in RecordKind::ALL {
            let of_kind = brief.records.iter().filter(|row| row.record.kind() == kind);
            let (open, rest): (Vec<_>, Vec<_>) = of_kind.partition(|row| is_open(&row.record));
            rows.extend(open.into_iter().chain(rest).map(Kept::Record));
        }
        rows
    }

    /// Puts the open promises in their order; those that were closed meanwhile stay behind whatever they stood behind.
    fn put_in_order(&mut self, person: &Person) {
        let open = |id: &Id| person.promises.iter().any(|row| row.id == *id);
        let mut order: Vec<Id> = person.promises.iter().map(|row| row.id).collect();
        for (at, id) in self.order.iter().enumerate() {
            if open(id) || !person.closed.iter().any(|row| row.id == *id) {
                continue;
            }
            let before = at.checked_sub(1).and_then(|at| self.order.get(at));
            let place = before.and_then(|before| order.iter().position(|id| id == before));
            order.insert(place.map_or(0, |place| place + 1), *id);
        }
        self.order = order;
    }

    /// Whether a promise was closed while the list was open.
    fn just_closed(&self, row: &PromiseRow) -> bool {
        row.state != PromiseState::Open && self.order.contains(&row.id)
    }

    fn here(&self) -> Option<Kept<'_>> {
        let rows = self.rows();
        rows.get(self.at.min(rows.len().saturating_sub(1))).copied()
    }

    fn close(&self, state: PromiseState, cx: &Cx<'_>) -> Flow {
        match self.here() {
            Some(Kept::Promise(row)) if row.state == state && !self.just_closed(row) => Flow::Stay,
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
            Some(Kept::Promise(row)) => Form::over(
                Subject::Promise {
                    with: row.promise.contact,
                    theirs: !row.promise.mine,
                    editing: Some((row.id, Box::new(row.promise.clone()))),
                },
                cx,
            ),
            Some(Kept::Record(row)) => Form::over(
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
            Some(Kept::Promise(row)) if row.state == PromiseState::Open => Form::over(
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
                return Form::over(
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
        Form::over(
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
            (_, Some(with)) => Form::over(
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
            let lines = draw::lines(&self.rows(), self.with, cx);
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
        self.put_in_order(person);
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
        self.draw_in(frame, area, cx, memory);
    }
}
