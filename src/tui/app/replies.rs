//! What the dashboard does with the answers to its effects, and with changes made by other programs.

use super::App;
use super::opened::Open;
use super::overlay::Overlay;
use crate::domain::command::Changed;
use crate::domain::id::Id;
use crate::domain::people::{Person, Summary};
use crate::domain::text::{first_words, fit};
use crate::tui::effect::{Effect, Reply};
use crate::tui::inquiry::Answer;
use crate::tui::modal::drafts::Drafts;
use crate::tui::modal::meetings::Meetings;
use crate::tui::modal::menu::{Does, Menu, Row};
use crate::tui::modal::reader::Reader;
use crate::tui::screen::Screen;

impl App {
    pub(super) fn reply(&mut self, reply: Reply) {
        match reply {
            Reply::Opening(rows) if !self.roster.complete() => {
                self.roster.fill(rows, false, self.day());
                self.hold();
            }
            Reply::Opening(_) => {}
            Reply::Count(count) => self.count = Some(count),
            Reply::Roster(rows) => {
                self.roster.fill(rows, true, self.day());
                self.reading = false;
                self.weeks_wanted = true;
                self.out_of_date();
                self.ask_board();
                self.count();
                if !self.since.is_empty() {
                    self.effects
                        .push(Effect::LoadRows(std::mem::take(&mut self.since)));
                }
                self.hold();
            }
            Reply::Rows(rows) => self.rows(rows),
            Reply::Person(id, person) => self.loaded(id, person),
            Reply::Brief(id, told) => self.briefed(id, told.as_deref()),
            Reply::Caught(id, rows) => self.caught(id, &rows),
            Reply::History(id, entries) => {
                if let Some(person) = self.person.as_mut().filter(|p| p.summary.id == id) {
                    person.history = entries;
                }
                self.follow_cursor();
            }
            Reply::Applied { ticket, changed } => self.applied(ticket, &changed),
            Reply::Refused { ticket, why } => self.refused(ticket, why),
            Reply::Steps(steps) => self.steps(steps),
            Reply::Answer(answer) => self.answered(answer),
            Reply::Calibrated(number) => self.setup.params.calibration = number,
            Reply::Meetings(meetings) if meetings.is_empty() => {
                self.say("No meeting waits; `chitbook import CALENDAR.ics` brings them in");
            }
            Reply::Meetings(meetings) => self.open(Box::new(Meetings::new(meetings))),
            Reply::Drafts(drafts) => {
                self.drafts = drafts;
                if !self.drafts.is_empty() && self.modals.is_empty() {
                    self.open(Box::new(Drafts::new(
                        self.drafts.clone(),
                        false,
                        self.setup.now,
                    )));
                }
            }
            Reply::Drafted(revision, id) => self.drafted(revision, id),
            Reply::Copied(text) => {
                let text = fit(&first_words(&text, 20), 60);
                self.say(format!("Sent to the clipboard: {text}"));
            }
            Reply::Edited { ticket, text } => self.edited(ticket, text),
            Reply::Said(text) => self.say(text),
        }
    }

    /// Hands an answer about the whole book to whoever shows it.
    fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::Sparks(lines) => self.sparks.take(lines),
            Answer::Weeks(weeks) => self.learn_weeks(&weeks),
            Answer::Median {
                tag,
                people,
                points,
            } => self.learn_median(&tag, people, points),
            Answer::Report(text) => {
                let title = "The weekly report ─ o keeps it as a file of your own";
                self.open(Box::new(Reader::new(title.to_owned(), text)));
            }
            Answer::Climate(_)
            | Answer::Two(..)
            | Answer::Judgement { .. }
            | Answer::Failed(_)
            | Answer::Letter { .. }
            | Answer::Progress { .. } => {
                self.tell_top(answer);
            }
            Answer::Counts(counts) => self.counts = counts,
            Answer::Today(_) => self.tell_board(Screen::Today, answer),
            Answer::Chits(_) => self.tell_board(Screen::Chits, answer),
            Answer::Referrals(_)
            | Answer::Asking(_)
            | Answer::Lineage(_)
            | Answer::Origins(_)
            | Answer::Paths(..) => self.tell_board(Screen::Referrals, answer),
            Answer::Review(..) => self.tell_board(Screen::Review, answer),
            Answer::Accounts(_) | Answer::Account(..) => {
                self.tell_board(Screen::Accounts, answer);
            }
        }
    }

    fn rows(&mut self, rows: Vec<(Id, Option<Summary>)>) {
        let today = self.day();
        let at = self.selected.and_then(|id| self.roster.position(id));
        self.roster.update(rows, today);
        // Somebody just added is shown whatever the list was narrowed to.
        if let Some(id) = self.newcomer.filter(|id| self.roster.get(*id).is_some()) {
            self.newcomer = None;
            self.go_to(id);
        }
        self.hold_near(at);
    }

    /// Whoever was selected stays so; when they are gone, whoever stands in their place is.
    fn hold_near(&mut self, at: Option<usize>) {
        let there = self.selected.and_then(|id| self.roster.position(id));
        if let (None, Some(at)) = (there, at) {
            let last = self.roster.len().saturating_sub(1);
            let next = self.roster.row(at.min(last)).map(|row| row.id);
            self.select(next);
        } else {
            self.hold();
        }
    }

    fn loaded(&mut self, id: Id, person: Option<Box<Person>>) {
        if let Some(Overlay::Person(other, place)) = &mut self.other
            && *other == id
        {
            place.clone_from(&person);
        }
        if Some(id) == self.selected {
            let read = self.shown().map_or(0, |person| person.history.len());
            self.person = person;
            // A longer history that was there before stays as long.
            let now = self
                .shown()
                .map(|person| (person.history.len(), person.touches));
            if now.is_some_and(|(now, touches)| now < read.min(touches)) {
                self.effects.push(Effect::LoadHistory(id, read));
            }
        }
    }

    /// Asks again for whatever a change touched.
    pub(super) fn changed(&mut self, people: Option<Vec<Id>>) {
        self.sparks.renew(people.as_deref());
        let other = self.other_person();
        self.out_of_date();
        let touched = |id: &Id| people.as_ref().is_none_or(|ids| ids.contains(id));
        self.effects
            .extend(other.filter(touched).map(Effect::LoadPerson));
        self.brief_again(people.as_deref());
        self.ask_board();
        self.count();
        if let Some(ids) = people {
            let shown = self.selected.filter(|id| ids.contains(id));
            if self.reading {
                self.since.extend(&ids);
            }
            self.effects.push(Effect::LoadRows(ids));
            self.effects.extend(shown.map(Effect::LoadPerson));
        } else {
            self.reading = true;
            self.effects.push(Effect::LoadRoster);
            self.effects.extend(self.selected.map(Effect::LoadPerson));
        }
    }

    fn applied(&mut self, ticket: Option<u64>, changed: &Changed) {
        let undone = ticket.is_none();
        let waiting = self
            .modals
            .iter()
            .position(|open| ticket.is_some() && open.ticket == ticket);
        if let Some(at) = waiting {
            let open = self.modals.get_mut(at);
            let stays = open.is_some_and(|open| {
                let stays = open.modal.made();
                if stays {
                    open.ticket = None;
                }
                stays
            });
            if !stays {
                self.filed(at);
            }
        }
        let people = changed.contacts.clone();
        self.changed(people.clone());
        // A new person is selected as soon as their row is there.
        let made = changed
            .created
            .filter(|id| people.is_some_and(|people| people.contains(id)));
        if !undone && let Some(id) = changed.newcomer.or(made) {
            self.newcomer = Some(id);
        }
        if undone {
            let ((done, label), other) = if self.redoing {
                (("Redone", changed.label.clone()), "u undoes")
            } else {
                (changed.undone(), "Ctrl-R redoes")
            };
            let by = if changed.elsewhere {
                ", what another program did"
            } else {
                ""
            };
            self.say(format!("{done}{by}: {label} · {other}"));
        } else {
            let said = self.persistence(&changed.label);
            self.say(format!("{said} · u undoes"));
        }
    }

    fn refused(&mut self, ticket: Option<u64>, why: String) {
        let waiting = |open: &&mut Open| open.ticket == ticket;
        // Without a ticket it was a question: a board that asked again would be refused again, without end.
        if ticket.is_some() {
            match self.modals.iter_mut().find(waiting) {
                Some(open) => {
                    open.ticket = None;
                    open.modal.refused(&why);
                    // They were meant for what comes after the save.
                    self.ahead.clear();
                }
                None => self.refuse_board(&why),
            }
        }
        self.complain(why);
    }

    fn steps(&mut self, steps: Vec<(String, String, bool)>) {
        let rows = steps.into_iter().map(|(label, when, undone)| Row {
            group: "",
            text: if undone {
                format!("(undone) {label}")
            } else {
                label
            },
            beside: when,
            also: "",
            does: Does::Nothing,
        });
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            self.say("Nothing was changed yet");
        } else {
            self.open(Box::new(Menu::new(
                "Latest changes ─ u undoes, Ctrl-R redoes",
                rows,
                false,
            )));
        }
    }
}
