//! Notes to file: a builder for each kind of item, and notes made of dice.

use crate::world::now;
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, KeyDate, PartialDate};
use chitbook::domain::filing::{Caught, Change, Filed, Filing, Item};
use chitbook::domain::id::Id;
use chitbook::domain::money::Money;
use chitbook::domain::promise::{Plan, Promise};
use chitbook::domain::record::{
    Anniversary, Delivered, Fact, FactKind, Need, NeedState, Outcome, Record, RecordKind,
    ResultKind, Rival, Role, Sale, Seat, Stance,
};
use chitbook::domain::referral::{Referred, Stage};
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::Store;
use chrono::{Days, NaiveDate, NaiveTime};

pub fn today() -> NaiveDate {
    now().date_naive()
}

/// A call just now with these people.
pub fn call(people: &[Id], body: &str) -> Touch {
    Touch {
        at: now(),
        kind: TouchKind::Call,
        direction: Direction::Out,
        minutes: Some(14),
        body: body.to_owned(),
        people: people.to_vec(),
    }
}

/// A note with nothing but its touch.
pub fn note(touch: Touch) -> Filing {
    Filing {
        newcomers: Vec::new(),
        touch: Filed::New(touch),
        mentioned: Vec::new(),
        changes: Vec::new(),
        plan: None,
        draft: None,
    }
}

pub fn caught(item: Item, words: &str) -> Caught {
    Caught {
        item,
        words: words.to_owned(),
    }
}

pub fn promise(contact: Id, what: &str) -> Item {
    Item::Promise(Promise {
        contact,
        mine: true,
        what: what.to_owned(),
        made_on: today(),
        due: today() + Days::new(5),
        evidence: None,
    })
}

pub fn favour(giver: Id, receiver: Id) -> Item {
    Item::Chit(Chit {
        giver,
        receiver,
        what: "got me in front of the plant board".to_owned(),
        on: today(),
        worth: Halves::PLAIN,
        pending: true,
        evidence: None,
    })
}

pub fn referral(referrer: Id, prospect: Id, stage: Stage) -> Item {
    Item::Referral(referred(referrer, prospect, stage))
}

pub fn referred(referrer: Id, prospect: Id, stage: Stage) -> Referred {
    Referred {
        referrer,
        prospect,
        what: "runs Granite's plant".to_owned(),
        stage,
        on: today(),
    }
}

pub fn fact(contact: Id, what: &str) -> Record {
    Record::Fact(Fact {
        contact,
        what: what.to_owned(),
        kind: FactKind::Personal,
        learned: today(),
        due: None,
        asked: None,
    })
}

pub fn birthday(contact: Id) -> Record {
    let date = KeyDate {
        label: "anniversary".to_owned(),
        on: PartialDate::parse("--11-20").unwrap(),
        yearly: true,
    };
    Record::Date(Anniversary { contact, date })
}

pub fn need(contact: Id, what: &str) -> Record {
    Record::Need(Need {
        contact,
        what: what.to_owned(),
        state: NeedState::Heard,
        heard: today(),
        outcome: None,
    })
}

pub fn outcome(what: &str) -> Outcome {
    Outcome {
        what: what.to_owned(),
        kind: ResultKind::CostCut,
        amount: Some(dollars(40_000)),
        on: today(),
    }
}

pub fn result(contact: Id, need: Option<Id>, what: &str) -> Item {
    Item::Result(Delivered {
        contact,
        need,
        outcome: outcome(what),
    })
}

pub fn dollars(whole: i64) -> Money {
    Money {
        minor: whole * 100,
        currency: "USD".to_owned(),
    }
}

pub fn sale(contact: Id) -> Record {
    Record::Sale(Sale {
        contact,
        amount: dollars(24_000),
        what: "renewal".to_owned(),
        on: today(),
    })
}

pub fn rival(contact: Id) -> Record {
    Record::Rival(Rival {
        contact,
        name: "Rockland".to_owned(),
        what: "is pitching ideas to her boss".to_owned(),
        on: today(),
    })
}

pub fn seat(contact: Id, at: Id, stance: Stance) -> Record {
    Record::Seat(Seat {
        contact,
        at,
        role: Role::Finance,
        stance,
    })
}

/// Somebody new who works at Slate & Co.
pub fn at_slate(book: &mut Store, name: &str) -> Id {
    let card = Card {
        account: "Slate & Co".to_owned(),
        ..Card::named(name)
    };
    apply(book, &Command::AddContact(Box::new(card))).unwrap()
}

/// Carries out a command that must not be refused; gives back what it made.
pub fn apply(book: &mut Store, command: &Command) -> Option<Id> {
    book.apply(command, &now()).unwrap().created
}

pub fn file(book: &mut Store, filing: Filing) -> Id {
    apply(book, &Command::File(Box::new(filing))).unwrap()
}

/// Dice that roll on and on from a first throw.
pub struct Dice(u64);

impl Dice {
    pub fn of(throw: &[u16; 6]) -> Self {
        let seed = throw.iter().fold(7, |all: u64, one| {
            all.wrapping_mul(65_599) + u64::from(*one)
        });
        Dice(seed)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.roll(from.len())).copied()
    }

    fn day(&mut self) -> NaiveDate {
        today() - Days::new(self.roll(90) as u64)
    }
}

const SIGNS: [&str; 11] = ["!", "?", "+", "-", ">", "#", "=", "$", "*", "~", "%"];

/// An item of any kind about any of these people.
pub fn any_item(book: &Store, people: &[Id], dice: &mut Dice) -> Option<Item> {
    let one = dice.pick(people)?;
    let others: Vec<Id> = people.iter().copied().filter(|id| *id != one).collect();
    let other = dice.pick(&others)?;
    let number = dice.roll(1000);
    let on = dice.day();
    Some(match dice.roll(11) {
        0 | 1 => match promise(one, &format!("promise {number}")) {
            Item::Promise(promise) => Item::Promise(Promise {
                mine: number.is_multiple_of(2),
                made_on: on,
                ..promise
            }),
            other => other,
        },
        2 | 3 => {
            let between = if number.is_multiple_of(3) {
                Id::ME
            } else {
                other
            };
            let (giver, receiver) = if number.is_multiple_of(2) {
                (between, one)
            } else {
                (one, between)
            };
            match favour(giver, receiver) {
                Item::Chit(chit) => Item::Chit(Chit { on, ..chit }),
                other => other,
            }
        }
        4 => Item::Referral(Referred {
            what: format!("said {}", number % 5),
            on,
            ..referred(one, other, Stage::ALL[number % 6])
        }),
        5 => {
            let needs = book.record_ids(RecordKind::Need).unwrap();
            let open = needs.into_iter().filter(|id| {
                let row = book.record(RecordKind::Need, *id).unwrap().unwrap();
                matches!(row.record, Record::Need(need) if need.state.is_open())
            });
            let open: Vec<Id> = open.collect();
            result(
                one,
                dice.pick(&open).filter(|_| !number.is_multiple_of(3)),
                &format!("result {number}"),
            )
        }
        kind => Item::Record(any_record(RecordKind::ALL[kind - 5], one, other, dice)),
    })
}

/// A record of this kind.
pub fn any_record(kind: RecordKind, one: Id, other: Id, dice: &mut Dice) -> Record {
    let number = dice.roll(1000);
    let what = format!("{} {number}", kind.noun());
    let on = dice.day();
    match kind {
        RecordKind::Fact => Record::Fact(Fact {
            contact: one,
            what,
            kind: FactKind::ALL[number % 3],
            learned: on,
            due: (number.is_multiple_of(2)).then(|| dice.day()),
            asked: (number.is_multiple_of(4)).then(|| dice.day()),
        }),
        RecordKind::Date => Record::Date(Anniversary {
            contact: one,
            date: KeyDate {
                label: what,
                on: PartialDate::new((number.is_multiple_of(2)).then_some(1984), 2, 29).unwrap(),
                yearly: !number.is_multiple_of(3),
            },
        }),
        RecordKind::Need => Record::Need(Need {
            contact: one,
            what,
            state: NeedState::ALL[number % 4],
            heard: on,
            outcome: (NeedState::ALL[number % 4] == NeedState::Delivered).then(|| outcome("met")),
        }),
        RecordKind::Sale => Record::Sale(Sale {
            contact: one,
            amount: dollars(number as i64),
            what,
            on,
        }),
        RecordKind::Rival => Record::Rival(Rival {
            contact: one,
            name: what,
            what: "seen".to_owned(),
            on,
        }),
        RecordKind::Seat => Record::Seat(Seat {
            contact: one,
            at: other,
            role: Role::ALL[number % 6],
            stance: Stance::ALL[number % 4],
        }),
    }
}

/// The record as somebody corrects it.
pub fn corrected(record: &Record, people: &[Id], dice: &mut Dice) -> Option<Record> {
    let (one, other) = (dice.pick(people)?, dice.pick(people)?);
    let one = if dice.roll(3) > 0 {
        record.contact()
    } else {
        one
    };
    Some(any_record(record.kind(), one, other, dice))
}

/// The item as its line says it now.
fn read_again(item: &Item, book: &Store, people: &[Id], dice: &mut Dice) -> Option<Item> {
    if let Item::Record(record) = item {
        return Some(Item::Record(corrected(record, people, dice)?));
    }
    for _ in 0..40 {
        let found = any_item(book, people, dice)?;
        if std::mem::discriminant(&found) == std::mem::discriminant(item) {
            return Some(found);
        }
    }
    None
}

/// A note about people of the book and newcomers: a new one, or one that was filed before.
pub fn any_filing(book: &Store, throw: &[u16; 6]) -> Option<Filing> {
    let mut dice = Dice::of(throw);
    let newcomers: Vec<(Id, Card)> = (0..dice.roll(3) as u32)
        .map(|n| {
            (
                Id::stand_in(n),
                crate::journal::card(dice.roll(90), dice.roll(9), "met on the phone"),
            )
        })
        .collect();
    let mut people = book.contact_ids().unwrap();
    people.extend(newcomers.iter().map(|(id, _)| *id));
    let mut changes = Vec::new();
    let mut lines = vec!["a note".to_owned()];
    let known = known_touch(book, &mut dice);
    if let Some((id, _)) = known {
        for row in book.caught(id).unwrap() {
            let words = format!("{} again", row.words);
            match dice.roll(3) {
                0 => changes.push(Change::Drop {
                    id: row.id,
                    item: row.item,
                }),
                1 => {
                    let after = read_again(&row.item, book, &people, &mut dice)?;
                    lines.push(words.clone());
                    let (id, before) = (row.id, row.item);
                    changes.push(Change::Replace {
                        id,
                        before,
                        after: caught(after, &words),
                    });
                }
                _ => lines.push(row.words),
            }
        }
    }
    for _ in 0..dice.roll(5) {
        let item = any_item(book, &people, &mut dice)?;
        let words = format!("{} line {}", SIGNS[dice.roll(11)], dice.roll(30));
        lines.push(words.clone());
        changes.push(Change::Add(caught(item, &words)));
    }
    let parties: Vec<Id> = (0..=dice.roll(3))
        .filter_map(|_| dice.pick(&people))
        .collect();
    let touch = Touch {
        at: now() - chrono::Duration::hours(dice.roll(4000) as i64 - 100),
        kind: TouchKind::ALL[dice.roll(12)],
        ..call(&parties, &lines.join("\n"))
    };
    let plan = (dice.roll(3) == 0).then(|| dice.pick(&people)).flatten();
    Some(Filing {
        newcomers,
        mentioned: (0..dice.roll(3))
            .filter_map(|_| Some((dice.pick(&people)?, format!("@{}", dice.roll(9)))))
            .collect(),
        changes,
        plan: plan.map(|contact| Plan {
            contact,
            on: dice.day() + Days::new(60),
            at: NaiveTime::from_hms_opt(dice.roll(24) as u32, 30, 0)
                .filter(|at| *at > NaiveTime::MIN),
            why: "as agreed".to_owned(),
        }),
        draft: None,
        touch: match known {
            Some((id, before)) => Filed::Again {
                id,
                before: Box::new(before),
                after: Box::new(touch),
            },
            None => Filed::New(touch),
        },
    })
}

/// A touch that is in the book already, sometimes.
fn known_touch(book: &Store, dice: &mut Dice) -> Option<(Id, Touch)> {
    if dice.roll(3) > 0 {
        return None;
    }
    let person = dice.pick(&book.contact_ids().unwrap())?;
    let history = book.history(person, 20).unwrap();
    let filed: Vec<Id> = history
        .iter()
        .filter(|entry| !entry.caught.is_empty())
        .map(|entry| entry.id)
        .collect();
    let id = dice.pick(&filed)?;
    Some((id, book.touch(id).unwrap().unwrap()))
}
