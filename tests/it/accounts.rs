//! Accounts in a real book: the list, one page, their changes, and the story of Frank's account.

use crate::notes::{apply, at_slate, promise, rival, sale, today};
use crate::world::{World, add, dump, now};
use chitbook::domain::account::{
    AlarmKind, Change, Coaching, Condition, Profile, Regard, Story, StoryAsk,
};
use chitbook::domain::command::Command;
use chitbook::domain::filing::Item;
use chitbook::domain::id::Id;
use chitbook::domain::record::{Record, RecordKind, Role, Seat, Stance};
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::{Error, Store};
use chrono::Days;

pub fn change(change: Change) -> Command {
    Command::Account(Box::new(change))
}

/// Talks with somebody so many days ago.
pub fn met(book: &mut Store, who: Id, ago: u64) {
    let touch = Touch {
        at: now() - Days::new(ago),
        kind: TouchKind::Meeting,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![who],
    };
    apply(book, &Command::LogTouch(Box::new(touch)));
}

/// Somebody sits on the committee of another's account.
fn seated(contact: Id, at: Id, role: Role) -> Command {
    let stance = Stance::Unknown;
    Command::AddRecord(Box::new(Record::Seat(Seat {
        contact,
        at,
        role,
        stance,
    })))
}

fn slate(book: &Store) -> Id {
    book.accounts_named("Slate & Co").unwrap()[0].0
}

#[test]
fn one_friend_for_fifteen_years_is_an_alarm_before_any_rival_is_at_the_bosss_door() {
    let world = World::new();
    let mut book = world.book();
    let frank = at_slate(&mut book, "Frank Flint");
    let wilma = at_slate(&mut book, "Wilma Slate");
    for quarter in (0..60).rev() {
        met(&mut book, frank, quarter * 91 + 5);
    }
    for weeks in [10, 6, 2] {
        met(&mut book, frank, weeks * 7);
    }
    apply(&mut book, &Command::AddRecord(Box::new(sale(frank))));
    apply(&mut book, &seated(wilma, frank, Role::Decision));
    let id = slate(&book);
    let page = book.account(id, today()).unwrap().unwrap();
    let seat_of_wilma = page.grid[0].seats[0].seat;
    apply(
        &mut book,
        &change(Change::Listens {
            seat: seat_of_wilma,
            to: Some(frank),
        }),
    );
    let before = book.account(id, today()).unwrap().unwrap();
    let kinds: Vec<AlarmKind> = before.row.alarms.iter().map(|alarm| alarm.kind).collect();
    assert_eq!(
        kinds,
        [
            AlarmKind::SingleThreaded,
            AlarmKind::Decision,
            AlarmKind::NoCoach
        ]
    );
    let single = &before.row.alarms[0];
    assert!(single.why.contains("with Frank Flint"), "{}", single.why);
    assert_eq!(
        single.what,
        "Ask Frank Flint (Wilma Slate listens to them) to introduce you to Wilma Slate, decision maker"
    );
    // One key: the promise is in the book, and Frank is asked for the introduction.
    let asked = single.ways[0].promise(today()).unwrap();
    apply(&mut book, &Command::AddPromise(Box::new(asked)));
    let person = book.person(frank).unwrap().unwrap();
    assert_eq!(
        person.promises[0].promise.what,
        "ask for an introduction to Wilma Slate (decision maker)"
    );
    // Years later than the alarm the warning comes.
    apply(&mut book, &Command::AddRecord(Box::new(rival(frank))));
    let list = book.accounts(today()).unwrap();
    assert_eq!(list[0].id, id);
    assert_eq!(list[0].alarms[0].kind, AlarmKind::Rival);
    assert_eq!(list[0].alarms[1].kind, AlarmKind::SingleThreaded);
}

#[test]
fn the_list_and_the_page_say_the_same_of_every_account() {
    let world = World::new();
    let mut book = world.book();
    let frank = at_slate(&mut book, "Frank Flint");
    let betty = at_slate(&mut book, "Betty Marsh");
    let alone = add(&mut book, "Nobody's Own");
    met(&mut book, frank, 3);
    met(&mut book, betty, 9);
    let Item::Promise(quote) = promise(frank, "the quote") else {
        unreachable!()
    };
    apply(&mut book, &Command::AddPromise(Box::new(quote)));
    apply(&mut book, &Command::AddRecord(Box::new(sale(frank))));
    // Somebody of no account sits on the committee.
    apply(&mut book, &seated(alone, frank, Role::Finance));
    let list = book.accounts(today()).unwrap();
    for row in &list {
        let page = book.account(row.id, today()).unwrap().unwrap();
        assert_eq!(page.row, *row);
        assert_eq!(page.promises.len(), row.promises.0 + row.promises.1);
    }
    let row = &list[0];
    assert_eq!(
        (row.people, row.promises, row.coverage.known),
        (3, (1, 0), 1)
    );
    assert_eq!(row.sold.to_string(), "24,000.00 USD");
    assert!(book.account(Id::from_raw(5), today()).unwrap().is_none());
}

#[test]
fn what_a_coach_warned_of_is_kept_with_what_came_of_it() {
    let world = World::new();
    let mut book = world.book();
    let betty = at_slate(&mut book, "Betty Marsh");
    let id = slate(&book);
    let heard = Coaching {
        contact: betty,
        said: "  Rockland is pitching\nto the boss ".to_owned(),
        said_on: today(),
        did: String::new(),
        did_on: None,
        told_on: None,
        evidence: None,
    };
    let start = dump(&book);
    let made = book
        .apply(&change(Change::AddCoaching(heard)), &now())
        .unwrap();
    assert!(
        made.label.starts_with("Betty Marsh warned: "),
        "{}",
        made.label
    );
    let row = book.account(id, today()).unwrap().unwrap().coaching[0].clone();
    assert_eq!(
        (row.who.as_str(), row.coaching.left()),
        ("Betty Marsh", "do something about it")
    );
    assert!(!row.coaching.said.contains('\n'));
    let done = Coaching {
        did: "saw the boss".to_owned(),
        did_on: Some(today()),
        ..row.coaching.clone()
    };
    let edit = |before: &Coaching, after: &Coaching| {
        change(Change::EditCoaching {
            id: row.id,
            before: before.clone(),
            after: after.clone(),
        })
    };
    apply(&mut book, &edit(&row.coaching, &done));
    assert_eq!(
        book.coaching(row.id).unwrap().unwrap().coaching.left(),
        "tell them what came of it"
    );
    let told = Coaching {
        told_on: Some(today()),
        ..done.clone()
    };
    let refused = book.apply(&edit(&row.coaching, &told), &now()).unwrap_err();
    assert!(matches!(refused, Error::Outdated { .. }));
    let label = book.apply(&edit(&done, &told), &now()).unwrap().label;
    assert_eq!(label, "Told Betty Marsh what came of it");
    assert_eq!(book.coaching(row.id).unwrap().unwrap().coaching.left(), "");
    for _ in 0..3 {
        book.undo(&now()).unwrap();
    }
    assert_eq!(dump(&book), start);
}

#[test]
fn who_speaks_for_us_is_asked_and_rests() {
    let world = World::new();
    let mut book = world.book();
    let betty = at_slate(&mut book, "Betty Marsh");
    let start = dump(&book);
    let story = Story {
        contact: betty,
        need: None,
        about: "half the truck rolls".to_owned(),
        rest_until: None,
    };
    let id = book
        .apply(&change(Change::AddStory(story.clone())), &now())
        .unwrap()
        .created
        .unwrap();
    let ask = |ago: u64| StoryAsk {
        on: today() - Days::new(ago),
        for_whom: "Granite".to_owned(),
    };
    for ago in [100, 3] {
        apply(&mut book, &change(Change::AskStory { id, ask: ask(ago) }));
    }
    let row = book.story(id).unwrap().unwrap();
    assert_eq!((row.asked_this_year(today()), row.asks.len()), (2, 2));
    assert!(matches!(row.condition(today()), Condition::Tired { .. }));
    assert_eq!(
        book.account(slate(&book), today())
            .unwrap()
            .unwrap()
            .stories,
        [row]
    );
    let nothing = Story {
        about: " ".to_owned(),
        ..story
    };
    assert!(
        book.apply(&change(Change::AddStory(nothing)), &now())
            .is_err()
    );
    for _ in 0..3 {
        book.undo(&now()).unwrap();
    }
    assert_eq!(dump(&book), start);
}

#[test]
fn an_accounts_page_is_edited_and_a_seat_is_known_before_its_holder_is() {
    let world = World::new();
    let mut book = world.book();
    let betty = at_slate(&mut book, "Betty Marsh");
    let id = slate(&book);
    let start = dump(&book);
    let before = book.account_profile(id).unwrap().unwrap();
    let after = Profile {
        regard: Some(Regard::Vendor),
        wanted: Some(Regard::Trusted),
        note: "since 2011".to_owned(),
        ..before.clone()
    };
    let edit = change(Change::Edit {
        id,
        before: before.clone(),
        after: after.clone(),
    });
    let changed = book.apply(&edit, &now()).unwrap();
    assert_eq!(
        (changed.label.as_str(), changed.contacts),
        ("Edited Slate & Co", Some(vec![betty]))
    );
    assert!(matches!(
        book.apply(&edit, &now()),
        Err(Error::Outdated { .. })
    ));
    assert_eq!(book.account_profile(id).unwrap(), Some(after));
    let know = change(Change::KnowSeat {
        account: id,
        role: Role::Finance,
    });
    let first = book.apply(&know, &now()).unwrap().created;
    assert_eq!(
        book.apply(&know, &now()).unwrap().created,
        first,
        "one is enough"
    );
    let page = book.account(id, today()).unwrap().unwrap();
    assert_eq!((page.row.coverage.warm, page.row.coverage.known), (0, 1));
    assert_eq!(page.grid[1].question, Some("who signs for the money"));
    assert_eq!(book.record_ids(RecordKind::Seat).unwrap().len(), 1);
    let own = Change::Listens {
        seat: first.unwrap(),
        to: Some(betty),
    };
    apply(&mut book, &change(own));
    while dump(&book) != start {
        book.undo(&now()).unwrap();
    }
}
