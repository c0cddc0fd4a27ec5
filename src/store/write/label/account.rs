//! What undo will call a change to an account.

use super::super::super::Result;
use super::super::name_of;
use super::{WORDS, text_of};
use crate::domain::account::Change;
use crate::domain::text::fit;
use rusqlite::Connection;

/// The label of a change to an account.
pub(super) fn of_account(db: &Connection, change: &Change) -> Result<String> {
    Ok(match change {
        Change::Edit { before, .. } => format!("Edited {}", fit(&before.name, WORDS)),
        Change::KnowSeat { account, role } => {
            let sql = "select name from account where id = ?1";
            let name = text_of(db, sql, *account, "that account")?;
            format!("Noted a seat at {name}: {}", role.phrase())
        }
        Change::Listens { seat, to } => {
            let sql = "select coalesce(c.name, 'somebody') from seat s left join contact c on c.id = s.contact_id where s.id = ?1";
            let holder = text_of(db, sql, *seat, "that seat")?;
            match to {
                Some(to) => format!("{holder} listens to {}", name_of(db, *to)?),
                None => format!("Not known to whom {holder} listens"),
            }
        }
        Change::AddCoaching(coaching) => format!(
            "{} warned: {}",
            name_of(db, coaching.contact)?,
            fit(&coaching.said, WORDS)
        ),
        Change::EditCoaching { after, .. } => {
            let who = name_of(db, after.contact)?;
            match after.told_on {
                Some(_) => format!("Told {who} what came of it"),
                None => format!("Edited what {who} warned of"),
            }
        }
        Change::DeleteCoaching(id) => {
            let sql = "select said from coaching where id = ?1";
            format!(
                "Deleted the warning \"{}\"",
                text_of(db, sql, *id, "that coaching")?
            )
        }
        Change::AddStory(story) => format!(
            "{} will speak about {}",
            name_of(db, story.contact)?,
            fit(&story.about, WORDS)
        ),
        Change::EditStory { after, .. } => {
            format!("Edited the story \"{}\"", fit(&after.about, WORDS))
        }
        Change::DeleteStory(id) => {
            let sql = "select about from story where id = ?1";
            format!(
                "Deleted the story \"{}\"",
                text_of(db, sql, *id, "that story")?
            )
        }
        Change::AskStory { id, .. } => {
            let sql =
                "select c.name from story s join contact c on c.id = s.contact_id where s.id = ?1";
            let who = text_of(db, sql, *id, "that story")?;
            format!("Asked {who} to speak for us")
        }
    })
}
