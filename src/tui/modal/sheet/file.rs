//! From the sheet to the change that files it.

use super::rows::What;
use super::{Head, Sheet, Slot, again};
use crate::domain::command::Command;
use crate::domain::contact::{Card, Phone};
use crate::domain::filing::{Filed, Filing};
use crate::domain::id::Id;
use crate::domain::promise::Plan;
use crate::domain::text::clean_line;
use crate::tui::modal::call::is_number;
use crate::tui::modal::field::written;
use crate::tui::modal::filing::Fault;
use crate::tui::modal::{Cx, promise, touch};
use std::collections::HashMap;

impl Sheet {
    /// Nothing was caught.
    pub fn is_plain(&self) -> bool {
        !self.rows.iter().any(|row| row.taken)
    }

    /// The change that files everything, or which field is wrong.
    pub fn command(&self, cx: &Cx<'_>) -> Result<Command, String> {
        self.filing(cx).map_err(|(_, why)| why)
    }

    pub(super) fn filing(&self, cx: &Cx<'_>) -> Result<Command, (Slot, String)> {
        let mut people = self.people_named(cx)?;
        let mut changes = Vec::new();
        let mut mentioned: Vec<(Id, String)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let wrong = |(name, why): Fault| {
                let field = row.fields.iter().position(|field| field.name == name);
                (Slot::Row(at, field.unwrap_or(0)), why)
            };
            if matches!(row.what, What::Named) && row.taken {
                match row.named(cx).map_err(wrong)? {
                    (Id::ME, _) => {}
                    (id, true) if !people.contains(&id) => people.push(id),
                    (id, false) if !mentioned.iter().any(|(other, _)| *other == id) => {
                        mentioned.push((id, row.words.clone()));
                    }
                    _ => {}
                }
                continue;
            }
            changes.extend(again::changes(row, self.note, cx).map_err(wrong)?);
        }
        mentioned.retain(|(id, _)| !people.contains(id));
        let touch = self.touch(people, cx)?;
        let plan = self.planned(cx)?;
        let mut filing = Filing {
            newcomers: Vec::new(),
            touch,
            mentioned,
            changes,
            plan,
            draft: self.draft,
        };
        filing.newcomers = self.newcomers(&filing, cx)?;
        Ok(Command::File(Box::new(filing)))
    }

    pub(super) fn people_named(&self, cx: &Cx<'_>) -> Result<Vec<Id>, (Slot, String)> {
        let Head::Fields(form, _) = &self.head else {
            return Ok(self.people());
        };
        let named = form
            .field("who")
            .map_or(Ok(Vec::new()), |field| field.named(cx));
        let at = form
            .fields
            .iter()
            .position(|field| field.name == "who")
            .unwrap_or(0);
        named.map_err(|why| (Slot::Head(at), why))
    }

    pub(super) fn touch(&self, people: Vec<Id>, cx: &Cx<'_>) -> Result<Filed, (Slot, String)> {
        let (form, begun) = match &self.head {
            Head::Fields(form, begun) => (form, *begun),
            Head::Fixed(filed) => {
                let mut filed = filed.as_ref().clone();
                match &mut filed {
                    Filed::New(touch) => touch.people = people,
                    Filed::Again { after, .. } => after.people = people,
                }
                return Ok(filed);
            }
        };
        let wrong = |(name, why): Fault| {
            let at = form.fields.iter().position(|field| field.name == name);
            (Slot::Head(at.unwrap_or(0)), why)
        };
        let mut touch = touch::read(form, None, cx).map_err(wrong)?;
        if form.text("when") == written(&begun) {
            touch.at = begun;
        }
        touch.body.clone_from(&self.body);
        touch.people = people;
        touch.people.retain(|id| *id != Id::ME);
        Ok(Filed::New(touch))
    }

    pub(super) fn planned(&self, cx: &Cx<'_>) -> Result<Option<Plan>, (Slot, String)> {
        let Some(form) = &self.next else {
            return Ok(None);
        };
        if form.fields.iter().all(|field| field.editor.is_blank()) {
            return Ok(None);
        }
        let wrong = |(name, why): Fault| {
            let at = form.fields.iter().position(|field| field.name == name);
            (Slot::Next(at.unwrap_or(0)), why)
        };
        match promise::plan(form, self.note.with, None, cx).map_err(wrong)? {
            Command::PlanTouch(plan) => Ok(Some(*plan)),
            _ => Ok(None),
        }
    }

    /// The cards of those the filing names who are not in the book, in the order they are named.
    pub(super) fn newcomers(
        &self,
        filing: &Filing,
        cx: &Cx<'_>,
    ) -> Result<Vec<(Id, Card)>, (Slot, String)> {
        let mut cards: Vec<(Id, Card)> = Vec::new();
        let chosen = self.chosen();
        let account = self
            .newcomer
            .get(1)
            .map_or(String::new(), |field| clean_line(&field.text()));
        for id in filing.people().into_iter().filter(|id| id.is_stand_in()) {
            if cards.iter().any(|(other, _)| *other == id) {
                continue;
            }
            if id == self.note.with && !self.newcomer.is_empty() {
                let name = self
                    .newcomer
                    .first()
                    .map_or(String::new(), |field| clean_line(&field.text()));
                if name.is_empty() {
                    return Err((Slot::New(0), "Say who it was; a number will do".to_owned()));
                }
                cards.push((id, caller(&name, &account, &self.title)));
                continue;
            }
            let name = chosen.get(&id).cloned();
            let name = name.unwrap_or_else(|| self.name(id, cx));
            cards.push((
                id,
                Card {
                    account: self.account_of(id, filing, &account),
                    ..Card::named(&name)
                },
            ));
        }
        Ok(cards)
    }

    /// Everybody who is chosen in a field, by name.
    fn chosen(&self) -> HashMap<Id, String> {
        let slots = self.slots();
        let fields = slots.iter().filter_map(|slot| self.field(*slot));
        let people = fields.flat_map(|field| field.people.iter().cloned());
        people.collect()
    }

    /// Somebody new on a committee belongs to its account.
    pub(super) fn account_of(&self, id: Id, filing: &Filing, new: &str) -> String {
        if filing.sits(id) {
            self.account.clone().unwrap_or_else(|| new.to_owned())
        } else {
            String::new()
        }
    }
}

/// The card of a caller who was not in the book; what they called from is their number.
fn caller(name: &str, account: &str, title: &str) -> Card {
    let from = title.rsplit(" with ").next().unwrap_or("");
    let number = [name, from].into_iter().find(|text| is_number(text));
    let phones = number.map(|number| Phone {
        label: String::new(),
        number: number.to_owned(),
    });
    Card {
        account: account.to_owned(),
        phones: phones.into_iter().collect(),
        ..Card::named(name)
    }
}
