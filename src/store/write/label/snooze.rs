//! What undo will call a matter that was set aside.

use super::super::super::Result;
use super::super::name_of;
use super::{WORDS, text_of};
use crate::domain::id::Id;
use crate::domain::matter::{MatterKind, Snooze};
use crate::domain::when;
use chrono::NaiveDate;
use rusqlite::Connection;

/// The label of setting a matter aside, or of taking it up again.
pub(super) fn of_snooze(db: &Connection, snooze: &Snooze, today: NaiveDate) -> Result<String> {
    let what = what(db, snooze.kind, snooze.target)?;
    Ok(match snooze.until {
        Some(until) => format!("Set {what} aside until {}", when::dated(until, today)),
        None => format!("Took up {what} again"),
    })
}

fn what(db: &Connection, kind: MatterKind, target: Id) -> Result<String> {
    let text = |sql: &str| text_of(db, sql, target, "what was to be set aside");
    Ok(match kind {
        MatterKind::Draft => format!("\"{}\"", text("select title from draft where id = ?1")?),
        MatterKind::Promise | MatterKind::TheirPromise => {
            let what = text("select what from promise where id = ?1")?;
            format!("the promise \"{what}\"")
        }
        MatterKind::Plan => {
            let sql =
                "select c.name from plan p join contact c on c.id = p.contact_id where p.id = ?1";
            format!("the plan with {}", text(sql)?)
        }
        MatterKind::Tell | MatterKind::Referral => {
            let sql = "select coalesce(c.name, a.name, '') from referral r left join contact c on c.id = r.referrer_id
                       left join account a on a.id = r.referrer_account_id where r.id = ?1";
            format!("the referral by {}", text(sql)?)
        }
        MatterKind::Account => text("select name from account where id = ?1")?,
        MatterKind::Chit => {
            let what = text("select what from chit where id = ?1")?;
            format!("the chit \"{what}\"")
        }
        MatterKind::Date => {
            let sql = "select k.label || ' of ' || c.name from key_date k join contact c on c.id = k.contact_id where k.id = ?1";
            text(sql)?
        }
        MatterKind::Mentor => "the mentor's question".to_owned(),
        MatterKind::Stale | MatterKind::Ask | MatterKind::Ghost | MatterKind::Duplicate => {
            crate::domain::text::fit(&name_of(db, target)?, WORDS)
        }
    })
}
