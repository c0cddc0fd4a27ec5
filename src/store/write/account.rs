//! Writing accounts: their page, seats without a holder, who listens to whom, what coaches warned of, and who speaks for us.

use super::super::read::account::{coaching_of, profile_of, story_of};
use super::super::{Error, Result};
use super::{Columns, Writer};
use crate::domain::account::{Change, Coaching, Profile, Regard, Story, StoryAsk};
use crate::domain::id::Id;
use crate::domain::record::Role;
use crate::domain::text::{clean_line, clean_note};
use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};

fn line(text: &str) -> Value {
    Value::from(clean_line(text))
}

fn maybe(on: Option<NaiveDate>) -> Value {
    Value::from(on.map(|on| on.to_string()))
}

fn id(id: Option<Id>) -> Value {
    Value::from(id.map(Id::raw))
}

fn gone(what: &str) -> Error {
    Error::Gone {
        what: what.to_owned(),
    }
}

fn outdated(what: &str) -> Error {
    Error::Outdated {
        what: what.to_owned(),
    }
}

impl Writer<'_> {
    /// Carries out a change to an account.
    pub fn change_account(&mut self, change: &Change) -> Result<Option<Id>> {
        match change {
            Change::Edit { id, before, after } => self.edit_account(*id, before, after),
            Change::KnowSeat { account, role } => self.know_seat(*account, *role).map(Some),
            Change::Listens { seat, to } => self.listens(*seat, *to),
            Change::AddCoaching(coaching) => {
                let columns = self.coaching_columns(coaching)?;
                let id = self.mint();
                self.put("coaching", id, true, columns)?;
                Ok(Some(id))
            }
            Change::EditCoaching { id, before, after } => {
                let present = coaching_of(self.db, *id)?.ok_or_else(|| gone("that coaching"))?;
                if present.coaching != *before {
                    return Err(outdated("this coaching"));
                }
                let columns = self.coaching_columns(after)?;
                self.put("coaching", *id, false, columns)?;
                Ok(None)
            }
            Change::DeleteCoaching(id) => self.delete("coaching", *id, "that coaching"),
            Change::AddStory(story) => {
                let columns = self.story_columns(story)?;
                let id = self.mint();
                self.put("story", id, true, columns)?;
                Ok(Some(id))
            }
            Change::EditStory { id, before, after } => {
                let present = story_of(self.db, *id)?.ok_or_else(|| gone("that story"))?;
                if present.story != *before {
                    return Err(outdated("this story"));
                }
                let columns = self.story_columns(after)?;
                self.put("story", *id, false, columns)?;
                Ok(None)
            }
            Change::DeleteStory(id) => self.delete("story", *id, "that story"),
            Change::AskStory { id, ask } => self.ask_story(*id, ask).map(Some),
        }
    }

    fn edit_account(&mut self, id: Id, before: &Profile, after: &Profile) -> Result<Option<Id>> {
        let present = profile_of(self.db, id)?.ok_or_else(|| gone("that account"))?;
        if present != *before {
            return Err(outdated(&present.name));
        }
        let name = clean_line(&after.name);
        if name.is_empty() {
            return Err(Error::refused("an account needs a name"));
        }
        let sql = "select 1 from account where name = ?1 collate nocase and id <> ?2";
        let taken: Option<i64> = self
            .db
            .prepare_cached(sql)?
            .query_row(params![name, id.raw()], |row| row.get(0))
            .optional()?;
        if taken.is_some() {
            return Err(Error::refused(format!(
                "there is another account named {name}; give this one a name of its own"
            )));
        }
        let word = |regard: Option<Regard>| Value::from(regard.map_or("", Regard::word).to_owned());
        let kind = if after.household {
            "household"
        } else {
            "company"
        };
        let columns: Columns = vec![
            ("name", Value::from(name)),
            ("kind", Value::from(kind.to_owned())),
            ("standing", word(after.regard)),
            ("wanted", word(after.wanted)),
            ("note", Value::from(clean_note(&after.note))),
        ];
        self.put("account", id, false, columns)?;
        Ok(None)
    }

    /// A seat whose holder is not known; there is one of a role at most.
    fn know_seat(&mut self, account: Id, role: Role) -> Result<Id> {
        if profile_of(self.db, account)?.is_none() {
            return Err(gone("that account"));
        }
        let sql = "select id from seat where account_id = ?1 and role = ?2 and contact_id is null order by id limit 1";
        let there: Option<i64> = self
            .db
            .prepare_cached(sql)?
            .query_row(params![account.raw(), role.word()], |row| row.get(0))
            .optional()?;
        if let Some(there) = there {
            return Ok(Id::from_raw(there));
        }
        let id = self.mint();
        let columns: Columns = vec![
            ("account_id", Value::from(account.raw())),
            ("role", Value::from(role.word().to_owned())),
        ];
        self.put("seat", id, true, columns)?;
        Ok(id)
    }

    fn listens(&mut self, seat: Id, to: Option<Id>) -> Result<Option<Id>> {
        let sql = "select contact_id from seat where id = ?1";
        let holder: Option<Option<i64>> = self
            .db
            .prepare_cached(sql)?
            .query_row([seat.raw()], |row| row.get(0))
            .optional()?;
        let holder = holder.ok_or_else(|| gone("that seat"))?;
        if let Some(to) = to {
            self.known(to)?;
            if holder == Some(to.raw()) {
                return Err(Error::refused(
                    "nobody is told to listen to themselves; name somebody else",
                ));
            }
        }
        self.put("seat", seat, false, vec![("listens_to", id(to))])?;
        Ok(None)
    }

    /// The account somebody belongs to; of somebody without one, the one on whose committee they sit.
    fn account_they_serve(&self, contact: Id) -> Result<Option<i64>> {
        let sql = "select coalesce(c.account_id, (select s.account_id from seat s where s.contact_id = c.id order by s.id limit 1))
                   from contact c where c.id = ?1";
        let found: Option<Option<i64>> = self
            .db
            .prepare_cached(sql)?
            .query_row([contact.raw()], |row| row.get(0))
            .optional()?;
        Ok(found.flatten())
    }

    fn coaching_columns(&self, coaching: &Coaching) -> Result<Columns> {
        self.somebody_else(coaching.contact, "who warned you")?;
        if clean_line(&coaching.said).is_empty() {
            return Err(Error::refused("say in a few words what they warned you of"));
        }
        let account = self.account_they_serve(coaching.contact)?;
        Ok(vec![
            ("account_id", Value::from(account)),
            ("contact_id", Value::from(coaching.contact.raw())),
            ("said", line(&coaching.said)),
            ("said_on", Value::from(coaching.said_on.to_string())),
            ("did", line(&coaching.did)),
            ("did_on", maybe(coaching.did_on)),
            ("told_on", maybe(coaching.told_on)),
            ("touch_id", id(coaching.evidence)),
        ])
    }

    fn story_columns(&self, story: &Story) -> Result<Columns> {
        self.somebody_else(story.contact, "who will speak for you")?;
        if clean_line(&story.about).is_empty() {
            return Err(Error::refused(
                "say in a few words what they will speak about",
            ));
        }
        let account = self.account_they_serve(story.contact)?;
        Ok(vec![
            ("contact_id", Value::from(story.contact.raw())),
            ("account_id", Value::from(account)),
            ("need_id", id(story.need)),
            ("about", line(&story.about)),
            ("rest_until", maybe(story.rest_until)),
        ])
    }

    fn somebody_else(&self, contact: Id, who: &str) -> Result<()> {
        if contact == Id::ME {
            return Err(Error::refused(format!("this is you: name {who}")));
        }
        self.known(contact)
    }

    fn ask_story(&mut self, story: Id, ask: &StoryAsk) -> Result<Id> {
        if story_of(self.db, story)?.is_none() {
            return Err(gone("that story"));
        }
        let id = self.mint();
        let columns: Columns = vec![
            ("story_id", Value::from(story.raw())),
            ("on_day", Value::from(ask.on.to_string())),
            ("for_whom", line(&ask.for_whom)),
        ];
        self.put("story_ask", id, true, columns)?;
        Ok(id)
    }
}
