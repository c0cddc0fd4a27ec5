//! E-mails: those of one thread on one day are one touch, and none counts twice.

use super::super::Result;
use super::{Became, Writer};
use crate::domain::id::Id;
use crate::domain::mail::Mailed;
use crate::domain::touch::{Direction, Touch, TouchKind};
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

/// What touches of mail are marked with.
const MAIL: &str = "mail";

/// The id of a message's row.
fn row_id(message: u64) -> i64 {
    (message >> 1).cast_signed()
}

impl Writer<'_> {
    /// Takes an e-mail in; also whether a touch was made for it. Ghosts in `asleep` are not woken.
    pub fn bring_mail(&mut self, mail: &Mailed, asleep: &HashSet<Id>) -> Result<(Became, bool)> {
        let seen: Option<Option<i64>> = self
            .db
            .prepare_cached("select touch_id from mail where id = ?1")?
            .query_row([row_id(mail.id)], |row| row.get(0))
            .optional()?;
        match seen {
            // The rep deleted what came of it.
            Some(None) => return Ok((Became::Same, false)),
            // Somebody of it may be in the book by now who was not then.
            Some(Some(touch)) => {
                let joined = self.join(Id::from_raw(touch), mail, asleep)?;
                let became = if joined {
                    Became::Changed
                } else {
                    Became::Same
                };
                return Ok((became, false));
            }
            None => {}
        }
        let key = format!("{:016x}/{}", self.thread(mail)?, mail.at.date_naive());
        let found: Option<i64> = self
            .db
            .prepare_cached("select id from touch where source = ?1 and source_key = ?2")?
            .query_row([MAIL, &key], |row| row.get(0))
            .optional()?;
        let touch = if let Some(touch) = found.map(Id::from_raw) {
            self.join(touch, mail, asleep)?;
            touch
        } else {
            let touch = Touch {
                at: mail.at,
                kind: TouchKind::Email,
                direction: mail.direction,
                minutes: None,
                body: mail.subject.clone(),
                people: mail.people.clone(),
            };
            self.bring_touch(&touch, MAIL, &key, asleep)?
        };
        self.db
            .prepare_cached("insert into mail (id, touch_id) values (?1, ?2)")?
            .execute(params![row_id(mail.id), touch.raw()])?;
        Ok((Became::New, found.is_none()))
    }

    /// The thread a message belongs to: that of any message it answers and that came in before, else the first one it answers.
    fn thread(&self, mail: &Mailed) -> Result<u64> {
        let sql = "select t.source_key from mail m join touch t on t.id = m.touch_id where m.id = ?1 and t.source = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        for answered in mail.answers.iter().rev() {
            let key: Option<String> = statement
                .query_row(params![row_id(*answered), MAIL], |row| row.get(0))
                .optional()?;
            let thread = key.as_deref().and_then(|key| key.split_once('/'));
            if let Some(thread) =
                thread.and_then(|(thread, _)| u64::from_str_radix(thread, 16).ok())
            {
                return Ok(thread);
            }
        }
        Ok(mail.answers.first().copied().unwrap_or(mail.id))
    }

    /// One more message of a touch: its people take part, and where mail went both ways the touch did. Says whether that was new.
    fn join(&mut self, touch: Id, mail: &Mailed, asleep: &HashSet<Id>) -> Result<bool> {
        let mut changed = self.take_part_too(touch, &mail.people, asleep)?;
        let sql = "select direction from touch where id = ?1";
        let known: Option<String> = self
            .db
            .prepare_cached(sql)?
            .query_row([touch.raw()], |row| row.get(0))
            .optional()?;
        let known = known.and_then(|word| Direction::parse(&word));
        if known.is_some_and(|known| known != Direction::Mutual && known != mail.direction) {
            let sql = "update touch set direction = 'mutual', changed_at = ?2 where id = ?1";
            let row = params![touch.raw(), self.stamp()];
            self.db.prepare_cached(sql)?.execute(row)?;
            let sql = "update party set direction = 'mutual' where touch_id = ?1";
            self.db.prepare_cached(sql)?.execute([touch.raw()])?;
            changed = true;
        }
        Ok(changed)
    }
}
