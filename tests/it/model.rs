//! The strength model in the real book: whatever was done, taken back, brought in from elsewhere or left to lie for days, every
//! standing equals a replay of that person's trail to the last bit, and the stored order is the one the list sorts by.

use crate::journal::{card, command};
use crate::world::{World, now};
use chitbook::domain::id::Id;
use chitbook::domain::moment::{DayNumber, Moment, day_number, wall_millis};
use chitbook::domain::strength::Standing;
use chitbook::domain::touch::{Direction, TouchKind};
use chitbook::store::Store;
use chitbook::tui::roster::Roster;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A step in the life of a book.
#[derive(Clone, Debug)]
enum Step {
    /// A person does something: touches (also of several people, back-dated, planned ahead), their edits and deletions, favours,
    /// promises closed and opened again, tags, cadences, archive, deletion of people.
    Do([u16; 6]),
    /// So many steps are taken back.
    Undo(u8),
    /// So many are made again.
    Redo(u8),
    /// So many days pass, and the book is turned to the new one, or not yet.
    Pass(u8, bool),
    /// Somebody else's rows come in: touches, referrals and corrections among them.
    Import([u16; 4]),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any::<[u16; 6]>().prop_map(Step::Do),
        2 => (1..5_u8).prop_map(Step::Undo),
        1 => (1..4_u8).prop_map(Step::Redo),
        2 => (1..40_u8, prop::bool::weighted(0.8)).prop_map(|(days, turn)| Step::Pass(days, turn)),
        1 => any::<[u16; 4]>().prop_map(Step::Import),
    ]
}

/// A book, the moment it is, and the day it was turned to.
struct Life {
    book: Store,
    now: Moment,
    turned: DayNumber,
    imports: i64,
}

impl Life {
    fn today(&self) -> DayNumber {
        day_number(self.now.date_naive())
    }

    fn turn(&mut self) {
        self.turned = self.today();
        self.book.turn_to(self.turned).unwrap();
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Do(dice) => {
                if let Some(command) = command(&self.book, dice) {
                    // What the book refuses changes nothing, and that is looked at too.
                    let _ = self.book.apply(&command, &self.now);
                }
            }
            Step::Undo(times) => {
                for _ in 0..*times {
                    let _ = self.book.undo(&self.now);
                }
            }
            Step::Redo(times) => {
                for _ in 0..*times {
                    let _ = self.book.redo(&self.now);
                }
            }
            Step::Pass(days, turn) => {
                self.now += chrono::Duration::days(i64::from(*days));
                if *turn {
                    self.turn();
                }
            }
            Step::Import(dice) => self.import(*dice),
        }
    }

    /// An import of a new card, and of rows about people who are there: a touch of several, a referral, a correction.
    fn import(&mut self, [a, b, c, d]: [u16; 4]) {
        let people = self.book.contact_ids().unwrap();
        let rows = self.rows(&people, [a, b, c, d].map(usize::from));
        let mut bulk = self.book.bulk("Imported", &self.now).unwrap();
        bulk.add(&card(usize::from(a), usize::from(b), "").cleaned())
            .unwrap();
        for (table, row) in rows {
            bulk.bring(table, row.as_object().unwrap()).unwrap();
        }
        bulk.finish().unwrap();
    }

    fn rows(&mut self, people: &[Id], [a, b, c, d]: [usize; 4]) -> Vec<(&'static str, Value)> {
        let [Some(one), Some(other)] = [a, b].map(|n| people.get(n % people.len().max(1))) else {
            return Vec::new();
        };
        self.imports += 10;
        let base = 5_000 + self.imports;
        let id = |more: i64| Id::from_raw(base + more).text();
        let at = self.now - chrono::Duration::hours(c as i64 % 12_000 - 300);
        let on = |days: usize| {
            (at - chrono::Duration::days(days as i64))
                .date_naive()
                .to_string()
        };
        let (kind, direction) = (TouchKind::ALL[d % 12], Direction::ALL[c % 3]);
        let changed = self.now.timestamp_millis();
        let party = |row: i64, who: &Id| {
            json!({ "id": id(row), "contact_id": who.text(), "touch_id": id(0), "wall": wall_millis(&at),
                "kind": kind.word(), "direction": direction.word() })
        };
        let mut rows = vec![
            (
                "touch",
                json!({ "id": id(0), "at": at.timestamp_millis(), "offset_minutes": 60, "kind": kind.word(),
                    "direction": direction.word(), "changed_at": changed }),
            ),
            ("party", party(1, one)),
        ];
        if one != other {
            rows.push(("party", party(2, other)));
            rows.push((
                "referral",
                json!({ "id": id(3), "referrer_id": one.text(), "prospect_id": other.text(), "given": d % 2,
                    "changed_at": changed }),
            ));
            let stages = ["asked", "promised", "introduced", "met"];
            rows.extend([(4, d), (5, d + b)].map(|(row, n)| {
                let event = json!({ "id": id(row), "referral_id": id(3), "stage": stages[n % 4], "on_day": on(n % 50),
                    "changed_at": changed });
                ("referral_event", event)
            }));
        }
        rows.push((
            "correction",
            json!({ "id": id(6), "contact_id": other.text(), "on_day": on(b % 30), "mass": (d % 90) as f64 / 10.0 - 4.5,
                "why": "as I know them", "changed_at": changed }),
        ));
        rows
    }

    /// Every standing is a replay's.
    fn standings(&self) -> Result<(), TestCaseError> {
        let params = &self.book.params;
        for id in self.book.contact_ids().unwrap() {
            let person = self.book.person(id).unwrap().unwrap();
            let kept = person.summary.standing;
            // In a book that was not turned to today, somebody stands as on the day it was turned to, or as on a day since on which
            // something was done with them.
            let days = (self.turned..=self.today()).rev();
            let mut replays = days.map(|day| Standing::replay(params, &person.trail, day));
            let Some(equal) = replays.find(|replay| *replay == kept) else {
                let replayed = Standing::replay(params, &person.trail, self.today());
                let why = format!("{}: {kept:?} is not {replayed:?}", person.summary.name);
                return Err(TestCaseError::fail(why));
            };
            // To the last bit: also the sign of a nothing.
            prop_assert_eq!(kept.mass.to_bits(), equal.mass.to_bits());
        }
        Ok(())
    }

    /// The first page is what the list sorts everybody into, namesakes among them.
    fn order(&self) -> Result<(), TestCaseError> {
        let mut roster = Roster::new(self.book.params.clone());
        roster.fill(self.book.roster().unwrap(), true, self.today());
        let wanted: Vec<Id> = (0..roster.len())
            .filter_map(|at| roster.row(at))
            .map(|row| row.id)
            .collect();
        let first = self.book.opening(10_000).unwrap();
        let first: Vec<Id> = first.iter().map(|row| row.id).collect();
        prop_assert_eq!(first, wanted);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_standing_is_a_replay_after_every_step_and_the_order_is_the_lists(
        steps in prop::collection::vec(step(), 1..50),
    ) {
        let world = World::new();
        let mut life = Life { book: world.book(), now: now(), turned: 0, imports: 0 };
        life.turn();
        for step in &steps {
            life.take(step);
            life.standings()?;
            if life.turned == life.today() {
                life.order()?;
            }
        }
        life.turn();
        life.standings()?;
        life.order()?;
        prop_assert!(life.book.check(&life.now).unwrap().is_clean());
        // Another program that opens the book and derives nothing reads the same.
        let other = world.book();
        prop_assert_eq!(other.roster().unwrap(), life.book.roster().unwrap());
    }
}
