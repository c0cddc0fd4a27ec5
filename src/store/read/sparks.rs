//! The last year of a page of people: the strength on evenly spaced days, for the sparklines of the list.

use super::super::{Result, Store};
use super::people::CADENCE;
use super::person::trail_of;
use crate::domain::id::Id;
use crate::domain::moment::DayNumber;
use crate::domain::strength::curve::samples;
use rusqlite::OptionalExtension;

/// Days from a sparkline's first to its last: 52 whole weeks, so that as many points and one are a week apart.
const YEAR: DayNumber = 364;

impl Store {
    /// The strength of these people on `points` evenly spaced days of the year up to and with `day`, oldest first, nothing
    /// before the first touch. Whoever is not in the book is left out.
    pub fn sparks(
        &self,
        people: &[Id],
        day: DayNumber,
        points: usize,
    ) -> Result<Vec<(Id, Vec<f64>)>> {
        // One moment for all of them: the file is locked once, and nobody is half from before a change.
        let _moment = self.moment()?;
        let span = (day.saturating_sub(YEAR), day);
        let mut sparks = Vec::with_capacity(people.len());
        let sql = format!("select {CADENCE} from contact c where c.id = ?1");
        for &id in people {
            let cadence: Option<Option<u16>> = self
                .db
                .prepare_cached(&sql)?
                .query_row([id.raw()], |row| row.get(0))
                .optional()?;
            if let Some(cadence) = cadence {
                let trail = trail_of(&self.db, id)?;
                sparks.push((id, samples(&self.params, &trail, cadence, span, points)));
            }
        }
        Ok(sparks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::moment::{Moment, day_number};
    use crate::domain::promise::{Promise, PromiseState};
    use crate::domain::strength::Standing;
    use crate::domain::touch::{Direction, Touch, TouchKind};

    fn do_it(book: &mut Store, command: &Command, now: &Moment) -> Id {
        book.apply(command, now).unwrap().created.unwrap_or(Id::ME)
    }

    #[test]
    fn a_sparkline_is_what_a_replay_says_of_each_of_its_days() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let now: Moment = "2026-11-22T14:07:00+01:00".parse().unwrap();
        let today = day_number(now.date_naive());
        let names = ["Busy", "Pinned", "Never"];
        let people = names.map(|name| {
            do_it(
                &mut book,
                &Command::AddContact(Box::new(Card::named(name))),
                &now,
            )
        });
        for (at, ago) in [900, 400, 360, 300, 255, 181, 180, 90, 33, 0, -4]
            .into_iter()
            .enumerate()
        {
            let touch = Touch {
                at: now - chrono::Duration::days(ago),
                kind: TouchKind::ALL[at % 12],
                direction: Direction::ALL[at % 3],
                minutes: None,
                body: String::new(),
                people: people[..2].to_vec(),
            };
            do_it(&mut book, &Command::LogTouch(Box::new(touch)), &now);
        }
        let on = now.date_naive() - chrono::Days::new(70);
        let promise = Promise {
            contact: people[0],
            mine: true,
            what: "the quote".to_owned(),
            made_on: on,
            due: on,
            evidence: None,
        };
        let id = do_it(&mut book, &Command::AddPromise(Box::new(promise)), &now);
        let state = PromiseState::Broken;
        do_it(&mut book, &Command::ClosePromise { id, state, on }, &now);
        let days = Some(10);
        do_it(
            &mut book,
            &Command::SetCadence {
                id: people[1],
                days,
            },
            &now,
        );
        let gone = Id::from_raw(77);
        let asked = [people[2], people[0], gone, people[1]];
        let sparks = book.sparks(&asked, today, 53).unwrap();
        let told: Vec<Id> = sparks.iter().map(|(id, _)| *id).collect();
        assert_eq!(
            told,
            [people[2], people[0], people[1]],
            "{gone:?} is nobody"
        );
        for (id, spark) in sparks {
            let person = book.person(id).unwrap().unwrap();
            let weeks = (0..53).map(|week| {
                let day = today - 7 * (52 - week);
                let standing = Standing::replay(&book.params, &person.trail, day);
                standing
                    .read(&book.params, person.summary.cadence, day)
                    .strength
            });
            assert_eq!(
                spark,
                weeks.collect::<Vec<f64>>(),
                "{}",
                person.summary.name
            );
            assert_eq!(spark.iter().all(|s| *s == 0.0), id == people[2]);
        }
    }
}
