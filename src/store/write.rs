//! A command becomes rows. Every function here runs inside a step, so that what it does can be undone.

mod account;
mod ask;
mod brought;
mod card;
mod chit;
mod contact;
mod correction;
mod filing;
mod label;
mod link;
mod mail;
mod meeting;
mod merge;
mod need;
mod promise;
mod record;
mod referral;
mod review;
mod snooze;
mod stages;
mod suggestion;
mod tag;
mod tier;
mod touch;

pub(super) use contact::{LONGEST_LINE, LONGEST_NOTE, same_person};
pub(super) use label::{label, names_of};
pub(super) use meeting::Planned;
pub use suggestion::Became;

use super::{Error, Result};
use crate::domain::command::Command;
use crate::domain::id::{Id, Minter};
use crate::domain::moment::Moment;
use crate::domain::strength::Params;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::HashMap;

/// Where a record was read from; nothing of it where a form was filled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Origin<'a> {
    /// The touch.
    pub touch: Option<Id>,
    /// The line of its note.
    pub words: &'a str,
}

/// Columns of a row with their values.
type Columns = Vec<(&'static str, Value)>;

/// Where a command is carried out.
pub(super) struct Writer<'a> {
    pub db: &'a Connection,
    pub minter: &'a mut Minter,
    pub country: Option<&'a str>,
    pub now: Moment,
    pub params: &'a Params,
}

impl Writer<'_> {
    /// Carries out a command; gives back the record it made.
    pub fn perform(&mut self, command: &Command) -> Result<Option<Id>> {
        match command {
            Command::AddContact(card) => {
                let card = card.as_ref().clone().cleaned();
                let id = self.add_contact(&card)?;
                self.resolve_links(&card.name)?;
                Ok(Some(id))
            }
            Command::EditContact { id, before, after } => self.edit_contact(*id, before, after),
            Command::Archive { id, on } => self.archive(*id, *on),
            Command::DeleteContact(id) => self.delete_contact(*id),
            Command::Tag {
                people,
                add,
                remove,
            } => self.tag(people, add, remove),
            Command::SetCadence { id, days } => self.set_cadence(*id, *days),
            Command::SetTagCadence { tag, days } => self.set_tag_cadence(tag, *days),
            Command::LogTouch(touch) => self.log_touch(touch).map(Some),
            Command::EditTouch { id, before, after } => self.edit_touch(*id, before, after),
            Command::DeleteTouch(id) => self.delete("touch", *id, "that touch"),
            Command::GiveChit(chit) => self.give_chit(chit, "").map(Some),
            Command::EditChit { id, before, after } => self.edit_chit(*id, before, after, None),
            Command::SettleChit { id, part } => self.settle_chit(*id, part),
            Command::ClearChit { id, pending } => self.clear_chit(*id, *pending),
            Command::CallChit { id, call } => self.call_chit(*id, call),
            Command::DeleteChit(id) => self.delete("chit", *id, "that chit"),
            Command::AddPromise(promise) => self.add_promise(promise, "").map(Some),
            Command::EditPromise { id, before, after } => {
                self.edit_promise(*id, before, after, None)
            }
            Command::ClosePromise { id, state, on } => self.close_promise(*id, *state, *on),
            Command::SnoozePromise { id, until } => self.snooze_from_list(*id, *until),
            Command::File(filing) => self.file(filing).map(Some),
            Command::AddRecord(record) => self.add_record(record, Origin::default()).map(Some),
            Command::EditRecord { id, before, after } => self.edit_record(*id, before, after, None),
            Command::DeleteRecord { kind, id } => self.delete_record(*kind, *id),
            Command::Refer(referred) => self.refer(referred).map(Some),
            Command::PlanTouch(plan) => self.plan_touch(plan).map(Some),
            Command::DropPlan(id) => self.drop_plan(*id),
            Command::CorrectStrength(amend) => self.correct_strength(amend).map(Some),
            Command::DropCorrection(id) => self.delete("correction", *id, "that correction"),
            Command::AddLink(link) => self.add_link(link).map(Some),
            Command::DeleteLink(id) => self.delete("link", *id, "that link"),
            Command::ConfirmLink { id, yes } => self.confirm_link(*id, *yes),
            Command::AnswerSuggestions { ids, yes } => self.answer_suggestions(ids, *yes),
            Command::All { commands, .. } => self.perform_all(commands),
            _ => self.perform_lead(command),
        }
    }

    /// Carries out what concerns accounts and the week.
    fn perform_week(&mut self, command: &Command) -> Result<Option<Id>> {
        match command {
            Command::LetGo { id, on, why } => self.let_go(*id, *on, why),
            Command::Snooze(snooze) => self.snooze(snooze),
            Command::MergeContacts(merge) => self.merge_contacts(merge),
            Command::KeepApart { one, other } => self.keep_apart(*one, *other),
            Command::SetTier { people, tier } => self.set_tier(people, *tier),
            Command::SetTierCadence { tier, days } => self.set_tier_cadence(*tier, *days),
            Command::FollowUp { fact, on } => self.follow_up(*fact, *on),
            Command::Review(change) => self.change_review(change),
            Command::Account(change) => self.change_account(change),
            _ => Ok(None),
        }
    }

    /// Carries out commands in their order; gives back the record that was made last.
    ///
    /// A referral may name somebody whom an earlier one of them adds: by the stand-in of the name on their card.
    fn perform_all(&mut self, commands: &[Command]) -> Result<Option<Id>> {
        let mut created = None;
        let mut added: HashMap<Id, Id> = HashMap::new();
        for command in commands {
            let made = match command {
                Command::AddReferral { referral, step } => {
                    let referral = referral.among(&added);
                    self.add_referral(&referral, step).map(Some)?
                }
                command => self.perform(command)?,
            };
            if let (Command::AddContact(card), Some(id)) = (command, made) {
                added.insert(Id::stand_in_for(&card.name), id);
            }
            created = made.or(created);
        }
        Ok(created)
    }

    /// Carries out what concerns referrals and asks.
    fn perform_lead(&mut self, command: &Command) -> Result<Option<Id>> {
        match command {
            Command::AddReferral { referral, step } => self.add_referral(referral, step).map(Some),
            Command::EditReferral { id, before, after } => self.edit_referral(*id, before, after),
            Command::MoveReferral { id, step } => self.move_referral(*id, step),
            Command::DropStage(id) => self.drop_stage(*id),
            Command::TellReferrer { id, on } => self.tell_referrer(*id, *on),
            Command::SplitCredit { id, credit } => self.split_credit(*id, credit),
            Command::DeleteReferral(id) => self.delete("referral", *id, "that referral"),
            Command::AddAsk(ask) => self.add_ask(ask).map(Some),
            Command::EditAsk { id, before, after } => self.edit_ask(*id, before, after),
            Command::DeleteAsk(id) => self.delete("ask", *id, "that ask"),
            _ => self.perform_week(command),
        }
    }

    /// A new id.
    pub(super) fn mint(&mut self) -> Id {
        self.minter.mint(self.now.timestamp_millis())
    }

    /// The instant rows are marked with.
    fn stamp(&self) -> i64 {
        self.now.timestamp_millis()
    }

    fn delete(&mut self, table: &str, id: Id, what: &str) -> Result<Option<Id>> {
        let gone = self
            .db
            .prepare_cached(&format!("delete from {table} where id = ?1"))?
            .execute([id.raw()])?;
        if gone == 0 {
            return Err(Error::Gone {
                what: what.to_owned(),
            });
        }
        Ok(None)
    }

    /// Puts a new row into a table, or (not `new`) changes the one with this id.
    fn put(&self, table: &str, id: Id, new: bool, columns: Columns) -> Result<()> {
        let mut names = vec!["id", "changed_at"];
        let mut values = vec![Value::from(id.raw()), Value::from(self.stamp())];
        for (name, value) in columns {
            names.push(name);
            values.push(value);
        }
        let numbered = || names.iter().zip(1..);
        let sql = if new {
            let marks: Vec<String> = numbered().map(|(_, at)| format!("?{at}")).collect();
            let (names, marks) = (names.join(", "), marks.join(", "));
            format!("insert into {table} ({names}) values ({marks})")
        } else {
            let set: Vec<String> = numbered()
                .skip(1)
                .map(|(name, at)| format!("{name} = ?{at}"))
                .collect();
            format!("update {table} set {} where id = ?1", set.join(", "))
        };
        self.db
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Refuses an id that is no person's.
    fn known(&self, id: Id) -> Result<()> {
        name_of(self.db, id).map(|_| ())
    }
}

/// A person's name.
pub(super) fn name_of(db: &Connection, id: Id) -> Result<String> {
    let name = db
        .prepare_cached("select name from contact where id = ?1")?
        .query_row([id.raw()], |row| row.get(0))
        .optional()?;
    name.ok_or(Error::Gone {
        what: "that person".to_owned(),
    })
}
