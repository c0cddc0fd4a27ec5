//! Writing hand corrections of the strength: what the rep wishes becomes contact days, by what the book knows at that moment.

use super::super::read::people::CADENCE;
use super::super::read::person::trail_of;
use super::super::{Error, Result};
use super::Writer;
use crate::domain::command::Amend;
use crate::domain::id::Id;
use crate::domain::moment::day_number;
use crate::domain::text::clean_line;
use rusqlite::params;

impl Writer<'_> {
    pub fn correct_strength(&mut self, amend: &Amend) -> Result<Id> {
        if amend.contact == Id::ME {
            return Err(Error::refused(
                "a strength is of your relationship with somebody else; name them",
            ));
        }
        self.known(amend.contact)?;
        let reason = clean_line(&amend.reason);
        if reason.is_empty() {
            return Err(Error::refused(
                "a correction needs its reason, in a few words",
            ));
        }
        if amend.on > self.now.date_naive() {
            return Err(Error::refused("that day has not come yet"));
        }
        let cadence: Option<u16> = self
            .db
            .prepare_cached(&format!("select {CADENCE} from contact c where c.id = ?1"))?
            .query_row([amend.contact.raw()], |row| row.get(0))?;
        let trail = trail_of(self.db, amend.contact)?;
        let day = day_number(amend.on);
        let amends = amend.wish.amends(self.params, &trail, cadence, day);
        let mass = amends.map_err(Error::Refused)?.mass;
        let id = self.mint();
        let sql = "insert into correction (id, contact_id, on_day, mass, why, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            amend.contact.raw(),
            amend.on.to_string(),
            mass,
            reason,
            self.stamp()
        ])?;
        Ok(id)
    }
}
