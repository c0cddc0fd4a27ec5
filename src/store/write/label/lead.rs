//! What undo will call a step about referrals and asks.

use super::super::super::read::referral::referral_of;
use super::super::super::{Error, Result};
use super::super::name_of;
use super::super::stages::noted_with;
use super::text_of;
use crate::domain::ask::Ask;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::paths::How;
use crate::domain::referral::Who;
use rusqlite::{Connection, OptionalExtension};

pub(super) fn of_referral(db: &Connection, command: &Command) -> Result<String> {
    let pair = |id: Id| -> Result<(String, String)> {
        let row = referral_of(db, id)?.ok_or_else(|| Error::Gone {
            what: "that referral".to_owned(),
        })?;
        Ok((row.referrer_name, row.prospect_name))
    };
    let leads = |id: Id| pair(id).map(|(from, to)| format!("{from} to {to}"));
    Ok(match command {
        Command::AddReferral { referral, step } => {
            let (from, to) = (
                who_name(db, referral.referrer)?,
                who_name(db, referral.prospect)?,
            );
            if referral.given {
                format!("Put {from} and {to} in touch: {}", step.stage.word())
            } else {
                format!("Referral from {from} to {to}: {}", step.stage.word())
            }
        }
        Command::EditReferral { id, .. } => format!("Edited the referral from {}", leads(*id)?),
        Command::MoveReferral { id, step } => {
            format!("Referral from {}: {}", leads(*id)?, step.stage.word())
        }
        Command::DropStage(id) => {
            let sql = "select referral_id from referral_event where id = ?1";
            let found: Option<i64> = db
                .prepare_cached(sql)?
                .query_row([id.raw()], |row| row.get(0))
                .optional()?;
            let referral = found.ok_or(Error::Gone {
                what: "that stage".to_owned(),
            })?;
            let leads = leads(Id::from_raw(referral))?;
            let also = also_noted(db, *id)?;
            format!("Dropped a stage of the referral from {leads}{also}")
        }
        Command::TellReferrer { id, .. } => {
            let (from, to) = pair(*id)?;
            format!("Told {from} about {to}")
        }
        Command::SplitCredit { id, credit } => {
            let (_, to) = pair(*id)?;
            let name = name_of(db, credit.contact)?;
            format!("Credit for {to}: {} % {name}", credit.percent)
        }
        Command::DeleteReferral(id) => format!("Deleted the referral from {}", leads(*id)?),
        _ => String::new(),
    })
}

/// What goes with a stage that is dropped: the sales and chits noted with it.
fn also_noted(db: &Connection, stage: Id) -> Result<String> {
    let noted = noted_with(db, stage)?;
    let also: Vec<String> = [(noted.sales.len(), "sale"), (noted.chits.len(), "chit")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        })
        .collect();
    if also.is_empty() {
        return Ok(String::new());
    }
    Ok(format!(", and {} noted with it", also.join(" and ")))
}

fn who_name(db: &Connection, who: Who) -> Result<String> {
    match who {
        Who::Person(id) => name_of(db, id),
        Who::Account(id) => text_of(
            db,
            "select name from account where id = ?1",
            id,
            "that account",
        ),
    }
}

pub(super) fn of_ask(db: &Connection, command: &Command) -> Result<String> {
    let answer = |ask: &Ask| {
        let answer = ask.answer.map(|answer| format!(": {}", answer.phrase()));
        answer.unwrap_or_default()
    };
    Ok(match command {
        Command::AddAsk(ask) => {
            let name = name_of(db, ask.contact)?;
            format!("Asked {name} for a referral{}", answer(ask))
        }
        Command::EditAsk { before, after, .. } => {
            let name = name_of(db, after.contact)?;
            match (before.answer, after.answer) {
                (None, Some(said)) => format!("{name} answered the ask: {}", said.phrase()),
                _ => format!("Edited what {name} was asked{}", answer(after)),
            }
        }
        Command::DeleteAsk(id) => {
            let sql =
                "select name from contact c join ask k on k.contact_id = c.id where k.id = ?1";
            format!(
                "Deleted what {} was asked",
                text_of(db, sql, *id, "that ask")?
            )
        }
        _ => String::new(),
    })
}

pub(super) fn of_link(db: &Connection, command: &Command) -> Result<String> {
    Ok(match command {
        Command::AddLink(link) => format!(
            "Link: {} {} {}",
            name_of(db, link.from)?,
            How::Link(link.kind).words(true),
            name_of(db, link.to)?
        ),
        Command::DeleteLink(id) => {
            let sql =
                "select c.name from contact c join link k on k.from_id = c.id where k.id = ?1";
            format!("Dropped a link of {}", text_of(db, sql, *id, "that link")?)
        }
        _ => String::new(),
    })
}
