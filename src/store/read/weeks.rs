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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::moment::{Moment, date, day_number};
    use crate::domain::strength::Standing;
    use crate::domain::touch::{Direction, Touch, TouchKind};

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).unwrap()
    }

    fn add(book: &mut Store, name: &str, tags: &[&str]) -> Id {
        let card = Card {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Card::named(name)
        };
        let command = Command::AddContact(Box::new(card));
        let changed = book.apply(&command, &at("2026-11-22T14:07:00+01:00"));
        changed.unwrap().created.unwrap()
    }

    fn log(book: &mut Store, when: &str, people: &[Id]) {
        let touch = Touch {
            at: at(when),
            kind: TouchKind::Call,
            direction: Direction::Mutual,
            minutes: None,
            body: String::new(),
            people: people.to_vec(),
        };
        let command = Command::LogTouch(Box::new(touch));
        book.apply(&command, &at("2026-11-22T14:07:00+01:00"))
            .unwrap();
    }

    #[test]
    fn a_touch_with_several_people_counts_once_in_the_week_it_had_where_the_rep_was() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        assert_eq!(book.weeks().unwrap(), []);
        let (ada, ben) = (
            add(&mut book, "Ada Quill", &[]),
            add(&mut book, "Ben Tallow", &[]),
        );
        // Monday, half past midnight in Berlin: Sunday in London.
        log(&mut book, "2026-11-16T00:30:00+01:00", &[ada, ben]);
        log(&mut book, "2026-11-15T23:30:00+00:00", &[ada]);
        log(&mut book, "2026-11-18T09:00:00+00:00", &[ben]);
        let weeks = book.weeks().unwrap();
        let said: Vec<(String, u32)> = weeks
            .into_iter()
            .map(|(day, count)| (date(day).to_string(), count))
            .collect();
        let wanted = [("2026-11-09".to_owned(), 1), ("2026-11-16".to_owned(), 2)];
        assert_eq!(said, wanted);
    }

    #[test]
    fn the_median_of_a_tag_leaves_out_who_is_not_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let ada = add(&mut book, "Ada Quill", &["Key accounts", "golf"]);
        let ben = add(&mut book, "Ben Tallow", &["Key accounts"]);
        let cy = add(&mut book, "Cy Moss", &["Key accounts"]);
        let dee = add(&mut book, "Dee Rowan", &["golf"]);
        for (person, day) in [(ada, "02"), (ben, "05"), (cy, "12"), (dee, "14")] {
            log(
                &mut book,
                &format!("2026-10-{day}T09:00:00+00:00"),
                &[person],
            );
        }
        let on = date(day_number("2026-11-01".parse().unwrap()));
        let archive = Command::Archive {
            id: cy,
            on: Some(on),
        };
        book.apply(&archive, &at("2026-11-22T14:07:00+01:00"))
            .unwrap();
        let today = day_number("2026-11-22".parse().unwrap());
        let worth = |id: Id| {
            let person = book.person(id).unwrap().unwrap();
            Standing::replay(&book.params, &person.trail, today).strength(&book.params, None, today)
        };
        let (people, line) = book.tag_median("key accounts", &[today]).unwrap();
        assert_eq!(people, 2);
        let wanted = f64::midpoint(worth(ada), worth(ben));
        assert!((line[0].1 - wanted).abs() < 1e-9, "{line:?} {wanted}");
        let nobody = book.tag_median("no such tag", &[today]).unwrap();
        assert_eq!(nobody, (0, Vec::new()));
    }
}
