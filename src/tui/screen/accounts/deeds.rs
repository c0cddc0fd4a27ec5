//! What the keys of the accounts do to what is under the cursor. All of it can be undone, so nothing asks.

use super::Accounts;
use super::entries::{Entry, promised};
use crate::domain::account::{Account, AccountRow, Change, CoachingRow, Way};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::promise::PromiseState;
use crate::domain::record::{Need, Record, RecordKind, RecordRow, Rival, Role};
use crate::domain::when;
use crate::tui::keymap::Action;
use crate::tui::modal::account::{Paper, Seated};
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::modal::{Cx, Flow};

fn change(change: Change) -> Flow {
    Flow::Apply(Command::Account(Box::new(change)))
}

fn paper(paper: Paper, cx: &Cx<'_>) -> Flow {
    Form::over(Subject::Account(Box::new(paper)), cx)
}

fn record(row: &RecordRow, cx: &Cx<'_>) -> Flow {
    let subject = Subject::Record {
        with: row.record.contact(),
        kind: row.record.kind(),
        editing: Some((row.id, Box::new(row.record.clone()))),
    };
    Form::over(subject, cx)
}

impl Accounts {
    /// One of the keys that change something.
    pub(super) fn change(&self, action: Action, cx: &Cx<'_>) -> Flow {
        let Some(row) = self.row() else {
            return Flow::Say("No account is here to act on".to_owned());
        };
        match action {
            Action::Introduce => self.introduce(row, cx),
            Action::EditAccount => edit_account(row, cx),
            _ => match self.account() {
                Some(account) => self.change_page(action, account, cx),
                None => Flow::Say("Still reading the account …".to_owned()),
            },
        }
    }

    fn change_page(&self, action: Action, account: &Account, cx: &Cx<'_>) -> Flow {
        let name = account.row.profile.name.clone();
        let here = self.page.here().filter(|_| self.on_page);
        match action {
            Action::StepRow => self.step(here, account, cx),
            Action::EditRow => self.edit(here, account, cx),
            Action::DeleteRow => delete(here, account),
            Action::AddCoaching => {
                let coach = account.grid.iter().filter(|row| row.role == Role::Coach);
                let mut holders = coach.flat_map(|row| &row.seats);
                let coach = holders.find_map(|seat| seat.holder.as_ref());
                let coach = coach.map(|(who, _)| who.id).filter(|_| !self.on_page);
                let with = coach.or(self.about());
                let editing = None;
                paper(
                    Paper::Coaching {
                        name,
                        with,
                        editing,
                    },
                    cx,
                )
            }
            Action::AddStory => paper(
                Paper::Story {
                    name,
                    with: self.about(),
                    editing: None,
                },
                cx,
            ),
            _ => {
                let (role, holder) = match here {
                    Some(Entry::Seat(row, None)) => (Role::ALL.get(row).copied(), None),
                    Some(Entry::Other(at)) => (None, account.others.get(at).map(|(who, _)| who.id)),
                    _ => (None, None),
                };
                let role = role.or(account.row.empty.first().copied());
                self.new_seat(account, role.unwrap_or_default(), holder, cx)
            }
        }
    }

    fn new_seat(&self, account: &Account, role: Role, holder: Option<Id>, cx: &Cx<'_>) -> Flow {
        paper(
            Paper::Seat {
                account: account.row.id,
                name: account.row.profile.name.clone(),
                at: self.page.closest(),
                role,
                holder,
                editing: None,
            },
            cx,
        )
    }

    /// The way that the key for it is about: the one under the cursor, else the first of the account.
    pub(super) fn way<'a>(&self, row: &'a AccountRow) -> Option<&'a Way> {
        let here = self.page.here().filter(|_| self.on_page);
        let mut all = row.alarms.iter().flat_map(|alarm| &alarm.ways);
        let whole = |ways: &'a [Way]| ways.iter().find(|way| way.through.is_some());
        match here {
            Some(Entry::Way(alarm, way)) => row.alarms.get(alarm)?.ways.get(way),
            Some(Entry::Alarm(at)) => whole(&row.alarms.get(at)?.ways),
            Some(Entry::Seat(at, _)) => {
                let role = Role::ALL.get(at)?;
                let about = self.page.about();
                let fits = |way: &&Way| match &way.to {
                    Some((to, _)) => Some(*to) == about,
                    None => way.role == *role,
                };
                all.find(fits)
            }
            _ => all.find(|way| way.through.is_some()),
        }
    }

    /// The promise to ask for an introduction, with nothing left to fill in.
    fn introduce(&self, row: &AccountRow, cx: &Cx<'_>) -> Flow {
        let Some(way) = self.way(row) else {
            let here = self.page.here().filter(|_| self.on_page);
            let alarm = match here {
                Some(Entry::Alarm(at)) => row.alarms.get(at),
                _ => None,
            };
            return Flow::Say(alarm.map_or_else(
                || "No introduction is missing here, as far as the alarms know".to_owned(),
                |alarm| format!("What helps here is no introduction: {}", alarm.what),
            ));
        };
        let Some(promise) = way.promise(cx.today()) else {
            let to = crate::domain::strength::words::sentence(&way.words());
            return Flow::Say(format!("{to}: nobody there is known well enough to ask"));
        };
        let promises = self.account().map_or(&[][..], |account| &account.promises);
        if let Some(there) = promised(promises, way, cx.today()) {
            let due = when::say(there.promise.due, cx.today());
            return Flow::Say(format!("Promised already, due {due}"));
        }
        Flow::Apply(Command::AddPromise(Box::new(promise)))
    }

    fn step(&self, here: Option<Entry>, account: &Account, cx: &Cx<'_>) -> Flow {
        let name = account.row.profile.name.clone();
        match here {
            Some(Entry::Coaching(at)) => {
                let row = account.coaching.get(at);
                row.map_or(Flow::Stay, |row| warned(row, name, cx))
            }
            Some(Entry::Story(at)) => match account.stories.get(at) {
                Some(row) => paper(
                    Paper::Asked {
                        id: row.id,
                        with: row.story.contact,
                        about: row.story.about.clone(),
                    },
                    cx,
                ),
                None => Flow::Stay,
            },
            Some(Entry::Promise(at)) => match account.promises.get(at) {
                Some(row) => Flow::Apply(Command::ClosePromise {
                    id: row.id,
                    state: PromiseState::Kept,
                    on: cx.today(),
                }),
                None => Flow::Stay,
            },
            Some(Entry::Need(at)) => match account.needs.get(at) {
                Some(row) if is_open(row) => record(row, cx),
                _ => Flow::Say("This need is closed; e edits it".to_owned()),
            },
            Some(Entry::Alarm(_) | Entry::Way(..) | Entry::Seat(..)) => {
                self.introduce(&account.row, cx)
            }
            _ => Flow::Say(
                "Nothing comes next here; on a warning, a story or a promise it does".to_owned(),
            ),
        }
    }

    fn edit(&self, here: Option<Entry>, account: &Account, cx: &Cx<'_>) -> Flow {
        let name = account.row.profile.name.clone();
        let found = match here {
            Some(Entry::Seat(row, seat)) => {
                let role = Role::ALL.get(row).copied().unwrap_or_default();
                let seats = account.grid.get(row).map(|row| &row.seats);
                let seat = seat.and_then(|at| seats?.get(at));
                let Some(seat) = seat else {
                    return self.new_seat(account, role, None, cx);
                };
                let holder = seat.holder.as_ref().map(|(who, _)| who.id);
                let listens_to = seat.listens_to.as_ref().map(|(id, _)| *id);
                let editing = Some(Seated {
                    seat: seat.seat,
                    role,
                    holder,
                    stance: seat.stance,
                    listens_to,
                });
                let (at, account) = (self.page.closest(), account.row.id);
                Some(paper(
                    Paper::Seat {
                        account,
                        name,
                        at,
                        role,
                        holder,
                        editing,
                    },
                    cx,
                ))
            }
            Some(Entry::Other(at)) => {
                let who = account.others.get(at).map(|(who, _)| who.id);
                let role = account.row.empty.first().copied().unwrap_or_default();
                return self.new_seat(account, role, who, cx);
            }
            Some(entry) => kept(entry, account, name, cx),
            None => None,
        };
        found.unwrap_or_else(|| edit_account(&account.row, cx))
    }
}

/// What comes next with a warning: something done about it, then telling them.
fn warned(row: &CoachingRow, name: String, cx: &Cx<'_>) -> Flow {
    let before = row.coaching.clone();
    if before.told_on.is_some() {
        return Flow::Say(format!("Done, and {} was told", row.who));
    }
    if before.did.is_empty() {
        let with = Some(before.contact);
        let editing = Some((row.id, Box::new(before)));
        return paper(
            Paper::Coaching {
                name,
                with,
                editing,
            },
            cx,
        );
    }
    let mut after = before.clone();
    after.told_on = Some(cx.today());
    let id = row.id;
    change(Change::EditCoaching { id, before, after })
}

fn is_open(row: &RecordRow) -> bool {
    matches!(&row.record, Record::Need(Need { state, .. }) if state.is_open())
}

fn edit_account(row: &AccountRow, cx: &Cx<'_>) -> Flow {
    let before = Box::new(row.profile.clone());
    paper(Paper::Profile { id: row.id, before }, cx)
}

/// The form of something that is kept.
fn kept(entry: Entry, account: &Account, name: String, cx: &Cx<'_>) -> Option<Flow> {
    Some(match entry {
        Entry::Promise(at) => {
            let row = account.promises.get(at)?;
            let subject = Subject::Promise {
                with: row.promise.contact,
                theirs: !row.promise.mine,
                editing: Some((row.id, Box::new(row.promise.clone()))),
            };
            Form::over(subject, cx)
        }
        Entry::Coaching(at) => {
            let row = account.coaching.get(at)?;
            let with = Some(row.coaching.contact);
            let editing = Some((row.id, Box::new(row.coaching.clone())));
            paper(
                Paper::Coaching {
                    name,
                    with,
                    editing,
                },
                cx,
            )
        }
        Entry::Story(at) => {
            let row = account.stories.get(at)?;
            let with = Some(row.story.contact);
            let editing = Some((row.id, Box::new(row.story.clone())));
            paper(
                Paper::Story {
                    name,
                    with,
                    editing,
                },
                cx,
            )
        }
        Entry::Need(at) => record(account.needs.get(at)?, cx),
        Entry::Sale(at) => record(account.sales.get(at)?, cx),
        Entry::Rival(at) => {
            let seen = account.rivals.get(at)?;
            let rival = Rival {
                contact: seen.contact.unwrap_or(Id::ME),
                name: seen.name.clone(),
                what: seen.what.clone(),
                on: seen.on,
            };
            let subject = Subject::Record {
                with: rival.contact,
                kind: RecordKind::Rival,
                editing: Some((seen.id, Box::new(Record::Rival(rival)))),
            };
            Form::over(subject, cx)
        }
        _ => return None,
    })
}

fn delete(here: Option<Entry>, account: &Account) -> Flow {
    let of = |kind, id: Option<Id>| id.map(|id| Command::DeleteRecord { kind, id });
    let account_change = |change| Command::Account(Box::new(change));
    let command = match here {
        Some(Entry::Seat(row, seat)) => {
            let seats = account.grid.get(row).map(|row| &row.seats);
            let seat = seat.and_then(|at| seats?.get(at));
            of(RecordKind::Seat, seat.map(|seat| seat.seat))
        }
        Some(Entry::Coaching(at)) => {
            let row = account.coaching.get(at);
            row.map(|row| account_change(Change::DeleteCoaching(row.id)))
        }
        Some(Entry::Story(at)) => {
            let row = account.stories.get(at);
            row.map(|row| account_change(Change::DeleteStory(row.id)))
        }
        Some(Entry::Need(at)) => of(RecordKind::Need, account.needs.get(at).map(|row| row.id)),
        Some(Entry::Sale(at)) => of(RecordKind::Sale, account.sales.get(at).map(|row| row.id)),
        Some(Entry::Rival(at)) => of(RecordKind::Rival, account.rivals.get(at).map(|row| row.id)),
        _ => None,
    };
    command.map_or_else(
        || Flow::Say("Nothing here can be deleted; a seat or what is kept can".to_owned()),
        Flow::Apply,
    )
}
