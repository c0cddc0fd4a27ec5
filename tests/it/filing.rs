//! Filing a note: the touch, everything caught in it, the plan and the end of the draft, in one step that can be taken back.

use crate::world::{World, add, dump, now};
use chitbook::domain::chit::{Chit, Halves};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, KeyDate, PartialDate};
use chitbook::domain::draft::Draft;
use chitbook::domain::filing::{Caught, CaughtRow, Change, Filed, Filing, Item};
use chitbook::domain::id::Id;
use chitbook::domain::money::Money;
use chitbook::domain::promise::{Plan, Promise};
use chitbook::domain::record::{
    Anniversary, Delivered, Fact, FactKind, Need, NeedState, Outcome, Record, RecordKind,
    ResultKind, Rival, Role, Sale, Seat, Stance,
};
use chitbook::domain::referral::{Referred, Stage};
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{Error, Store};
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

const BODY: &str = "asked after the audit\n! send the quote fri\n+ got me in front of the plant board\n> @Dino Vance runs Granite's plant
# wants fewer truck rolls\n= cut truck rolls by half, saves 40k\n$ 24000 renewal\n* daughter interviewing\n* anniversary 20 nov
~ Rockland is pitching\n% @Wilma Slate finance, for\n! call @Fred back";

/// One of everything, about Barney and three newcomers, all of them named wherever an item can name somebody.
fn everything(barney: Id) -> Filing {
    let [dino, wilma, fred] = [0, 1, 2].map(Id::stand_in);
    let lines: Vec<&str> = BODY.lines().skip(1).collect();
    let items = [
        promise(barney, "send the quote"),
        favour(barney, Id::ME),
        referral(barney, dino, Stage::Promised),
        Item::Record(need(barney, "fewer truck rolls")),
        result(wilma, None, "cut truck rolls by half"),
        Item::Record(sale(barney)),
        Item::Record(fact(wilma, "daughter interviewing")),
        Item::Record(birthday(fred)),
        Item::Record(rival(fred)),
        Item::Record(seat(wilma, barney, Stance::For)),
        promise(fred, "call back"),
    ];
    let changes = items
        .into_iter()
        .zip(lines)
        .map(|(item, words)| Change::Add(caught(item, words)));
    let newcomer = |name: &str| Card::named(name);
    Filing {
        newcomers: vec![
            (dino, newcomer("Dino Vance")),
            (wilma, newcomer("Wilma Slate")),
            (fred, newcomer("Fred Flint")),
        ],
        touch: Filed::New(call(&[barney, wilma], BODY)),
        mentioned: vec![(fred, "! call @Fred back".to_owned())],
        changes: changes.collect(),
        plan: Some(Plan {
            contact: fred,
            on: today() + Days::new(3),
            at: NaiveTime::from_hms_opt(10, 30, 0),
            why: "the quote".to_owned(),
        }),
        draft: None,
    }
}

#[test]
fn a_note_with_one_of_everything_is_one_step_that_is_taken_back_and_made_again_whole() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    book.turn_to(20_779).unwrap();
    let before = dump(&book);
    let changed = book
        .apply(&Command::File(Box::new(everything(barney))), &now())
        .unwrap();
    assert_eq!(
        changed.label,
        "Logged a call with Barney Rubble and Wilma Slate and 11 items"
    );
    let touch = changed.created.unwrap();
    let after = dump(&book);
    assert!(book.check(&now()).unwrap().is_clean());
    let found = book.caught(touch).unwrap();
    let words: Vec<&str> = found.iter().map(|row| row.words.as_str()).collect();
    assert_eq!(words, BODY.lines().skip(1).collect::<Vec<_>>());
    let history = book.history(barney, 1).unwrap();
    assert_eq!(history[0].caught, "!+>#=$**~%!");
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
    book.redo(&now()).unwrap();
    assert_eq!(dump(&book), after);
    assert!(book.check(&now()).unwrap().is_clean());
}
