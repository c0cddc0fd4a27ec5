//! What the timeline asks of the whole book: how much was logged week by week, and the median of everybody with a tag.

use super::super::{Result, Store};
use super::lives::person;
use super::people::CADENCE;
use super::person::trail_of;
use super::rows;
use crate::domain::moment::{DayNumber, day_of_wall};
use crate::domain::people::Life;
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

    /// The median strength on these days, which are in their order, of everybody who has the tag and was in the lists on the day; and
    /// how many are in the lists on the last of them.
    pub fn tag_median(&self, tag: &str, days: &[DayNumber]) -> Result<(usize, Vec<Point>)> {
        let sql = format!(
            "select c.id, c.name, {CADENCE}, c.ghost, c.archived_on
             from tag m join tagging g on g.tag_id = m.id join contact c on c.id = g.contact_id
             where m.name = ?1 collate nocase and c.ghost = 0 and c.id <> 1 order by c.id"
        );
        let mut people = rows(&self.db, &sql, [tag], |row| {
            let mut life = Life::nobody();
            person(row, &mut life)?;
            Ok(life)
        })?;
        for life in &mut people {
            life.trail = trail_of(&self.db, life.id)?;
        }
        let last = days.last().copied();
        let listed = people
            .iter()
            .filter(|life| last.is_none_or(|day| life.listed_on(day)));
        Ok((listed.count(), median(&self.params, &people, days)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::id::Id;
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
    fn the_median_of_a_tag_leaves_out_who_was_not_in_the_lists_on_the_day() {
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
        let worth = |id: Id, day| {
            let person = book.person(id).unwrap().unwrap();
            Standing::replay(&book.params, &person.trail, day).strength(&book.params, None, day)
        };
        let before = day_number(on) - 1;
        let (people, line) = book.tag_median("key accounts", &[before, today]).unwrap();
        assert_eq!(people, 2);
        // Of three in those days, the one in the middle; of two now, the mean.
        let wanted = f64::midpoint(worth(ada, today), worth(ben, today));
        assert!((line[0].1 - worth(ben, before)).abs() < 1e-9, "{line:?}");
        assert!((line[1].1 - wanted).abs() < 1e-9, "{line:?} {wanted}");
        let nobody = book.tag_median("no such tag", &[today]).unwrap();
        assert_eq!(nobody, (0, Vec::new()));
    }
}
