//! What the timeline asks of the whole book: how much was logged week by week, and the median of everybody with a tag.

use super::super::{Result, Store};
use super::person::trail_of;
use super::rows;
use crate::domain::id::Id;
use crate::domain::moment::{DayNumber, day_of_wall};
use crate::domain::people::Trail;
use crate::domain::quiet::monday;
use crate::domain::strength::curve::Point;
use crate::domain::strength::median::median;
use std::collections::BTreeMap;

impl Store {
    /// The Monday of each week in which touches with anybody were logged, and how many, oldest first. A touch belongs to the day
    /// it had where the rep was.
    pub fn weeks(&self) -> Result<Vec<(DayNumber, u32)>> {
        // The index by touch keeps SQLite from sorting, and a touch with several people is one.
        let sql = "select min(wall) from party group by touch_id";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut found = statement.query([])?;
        let mut weeks: BTreeMap<DayNumber, u32> = BTreeMap::new();
        while let Some(row) = found.next()? {
            *weeks.entry(monday(day_of_wall(row.get(0)?))).or_default() += 1;
        }
        Ok(weeks.into_iter().collect())
    }

    /// The median strength on these days, which are in their order, of everybody who has the tag and is in the list: ghosts and
    /// archived people are not counted. And how many people that is.
    pub fn tag_median(&self, tag: &str, days: &[DayNumber]) -> Result<(usize, Vec<Point>)> {
        let sql = "select c.id, c.cadence_days from tag t join tagging g on g.tag_id = t.id join contact c on c.id = g.contact_id
                   where t.name = ?1 collate nocase and c.ghost = 0 and c.archived_on is null and c.id <> 1 order by c.id";
        let tagged: Vec<(i64, Option<u16>)> =
            rows(&self.db, sql, [tag], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let trails: Result<Vec<(Trail, Option<u16>)>> = tagged
            .into_iter()
            .map(|(id, cadence)| Ok((trail_of(&self.db, Id::from_raw(id))?, cadence)))
            .collect();
        let people = trails?;
        Ok((people.len(), median(&self.params, &people, days)))
    }
}
