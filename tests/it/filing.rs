//! Filing a note: the touch, everything caught in it, the plan and the end of the draft, in one step that can be taken back.

use crate::notes::{
    any_filing, apply, at_slate, birthday, call, caught, fact, favour, file, need, note, outcome,
    promise, referral, referred, result, rival, sale, seat, today,
};
use crate::world::{World, add, dump, now};
use chitbook::domain::command::Command;
use chitbook::domain::contact::Card;
use chitbook::domain::draft::Draft;
use chitbook::domain::filing::{CaughtRow, Change, Filed, Filing, Item, need_told};
use chitbook::domain::id::Id;
use chitbook::domain::promise::Plan;
use chitbook::domain::record::{
    Delivered, Need, NeedState, Record, RecordKind, Role, Seat, Stance,
};
use chitbook::domain::referral::Stage;
use chitbook::domain::touch::{Touch, TouchKind};
use chitbook::store::{Error, Store};
use chrono::{Days, NaiveTime};
use proptest::prelude::*;

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

/// A note of a call with one person in which these lines are items.
fn with(people: &[Id], items: &[(Item, &str)]) -> Filing {
    let lines: Vec<&str> = items.iter().map(|(_, words)| *words).collect();
    let add = |(item, words): &(Item, &str)| Change::Add(caught(item.clone(), words));
    Filing {
        changes: items.iter().map(add).collect(),
        ..note(call(people, &lines.join("\n")))
    }
}

/// The same note, filed again with these changes.
fn again(book: &Store, touch: Id, changes: Vec<Change>) -> Filing {
    let before = book.touch(touch).unwrap().unwrap();
    let after = Touch {
        body: format!("{}\nread again", before.body),
        ..before.clone()
    };
    let (before, after) = (Box::new(before), Box::new(after));
    Filing {
        touch: Filed::Again {
            id: touch,
            before,
            after,
        },
        changes,
        ..note(call(&[], ""))
    }
}

fn the_only(book: &Store, touch: Id) -> CaughtRow {
    let mut found = book.caught(touch).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn replace(row: &CaughtRow, after: Item, words: &str) -> Change {
    let (id, before) = (row.id, row.item.clone());
    Change::Replace {
        id,
        before,
        after: caught(after, words),
    }
}

fn dropped(row: &CaughtRow) -> Change {
    Change::Drop {
        id: row.id,
        item: row.item.clone(),
    }
}

fn need_of(book: &Store, id: Id) -> Need {
    match book.record(RecordKind::Need, id).unwrap().unwrap().record {
        Record::Need(need) => need,
        other => panic!("{other:?}"),
    }
}

fn refused(book: &mut Store, filing: Filing) -> String {
    let before = dump(book);
    let said = book.apply(&Command::File(Box::new(filing)), &now());
    assert_eq!(dump(book), before, "what is refused changes nothing");
    said.unwrap_err().to_string()
}

/// Every id of the book, also where a row refers to another.
fn ids(book: &Store) -> Vec<i64> {
    let db = rusqlite::Connection::open(book.path()).unwrap();
    let mut ids = Vec::new();
    for table in Store::tables().chain(["standing", "rank", "draft"]) {
        let mut statement = db.prepare(&format!("select * from {table}")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, name) in names.iter().enumerate() {
                if name == "id" || name == "listens_to" || name.ends_with("_id") {
                    ids.extend(row.get::<_, Option<i64>>(at).unwrap());
                }
            }
        }
    }
    ids
}

#[test]
fn no_stand_in_is_left_anywhere_in_the_book() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let touch = file(&mut book, everything(barney));
    assert!(ids(&book).iter().all(|id| *id > 0));
    let who = |name: &str| book.who(name).unwrap()[0].id;
    let (dino, wilma, fred) = (who("Dino Vance"), who("Wilma Slate"), who("Fred Flint"));
    assert_eq!(book.touch(touch).unwrap().unwrap().people, [barney, wilma]);
    let items: Vec<Item> = book
        .caught(touch)
        .unwrap()
        .into_iter()
        .map(|row| row.item)
        .collect();
    let evidenced = |mut item: Item| {
        match &mut item {
            Item::Promise(promise) => promise.evidence = Some(touch),
            Item::Chit(chit) => chit.evidence = Some(touch),
            _ => {}
        }
        item
    };
    let filed = [
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
    assert_eq!(
        items,
        filed.map(evidenced),
        "what was filed is what is caught"
    );
    let plan = book.person(fred).unwrap().unwrap().plan.unwrap();
    assert_eq!(
        (plan.plan.contact, plan.plan.why.as_str()),
        (fred, "the quote")
    );
    let mentions = book.brief(fred, &now()).unwrap().unwrap().mentions;
    assert_eq!(mentions[0].words, "! call @Fred back");
}

#[test]
fn a_stand_in_that_nobody_stands_behind_is_refused() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let nobody = Id::stand_in(4);
    let items = [
        promise(nobody, "x"),
        favour(nobody, Id::ME),
        referral(barney, nobody, Stage::Asked),
        result(nobody, None, "x"),
        Item::Record(need(nobody, "x")),
        Item::Record(seat(nobody, barney, Stance::For)),
    ];
    for item in items {
        let said = refused(&mut book, with(&[barney], &[(item.clone(), "! a line")]));
        assert_eq!(
            said, "that person (“! a line”) is not in the book any more",
            "{item:?}"
        );
    }
    let mut filing = with(&[barney, nobody], &[]);
    refused(&mut book, filing);
    filing = with(&[barney], &[]);
    filing.mentioned = vec![(nobody, "@nobody".to_owned())];
    refused(&mut book, filing);
}

#[test]
fn a_step_is_called_after_the_touch_and_what_was_caught() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let item = |item: Item| (item, "* a line");
    let newcomer = Id::stand_in(0);
    let cases = [
        (with(&[barney], &[]), "Logged a call with Barney Rubble"),
        (
            with(&[barney], &[item(promise(barney, "x"))]),
            "Logged a call with Barney Rubble and a promise",
        ),
        (
            with(&[barney], &[item(Item::Record(birthday(barney)))]),
            "Logged a call with Barney Rubble and a key date",
        ),
        (
            with(
                &[barney],
                &[
                    item(favour(barney, Id::ME)),
                    item(Item::Record(fact(barney, "x"))),
                    item(result(barney, None, "x")),
                    item(Item::Record(sale(barney))),
                ],
            ),
            "Logged a call with Barney Rubble and 4 items",
        ),
        (
            Filing {
                newcomers: vec![(newcomer, Card::named(" Dino  Vance "))],
                ..with(
                    &[barney, newcomer],
                    &[item(Item::Record(need(newcomer, "x")))],
                )
            },
            "Logged a call with Barney Rubble and Dino  Vance and a need",
        ),
    ];
    for (filing, label) in cases {
        let changed = book
            .apply(&Command::File(Box::new(filing)), &now())
            .unwrap();
        assert_eq!(changed.label, label);
    }
    let touch = file(&mut book, with(&[barney], &[item(promise(barney, "y"))]));
    let row = the_only(&book, touch);
    let filing = again(&book, touch, vec![dropped(&row)]);
    let changed = book
        .apply(&Command::File(Box::new(filing)), &now())
        .unwrap();
    assert_eq!(changed.label, "Edited a call with Barney Rubble");
    assert_eq!(changed.created, Some(touch));
}

#[test]
fn the_draft_goes_with_the_filing_and_only_with_it_and_undo_does_not_bring_it_back() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let draft = Draft {
        id: None,
        contact: Some(barney),
        kind: "call".to_owned(),
        title: "Call with Barney Rubble".to_owned(),
        body: "! send the quote".to_owned(),
        started: None,
        saved: None,
    };
    let id = book.save_draft(&draft, &now()).unwrap();
    let good = Filing {
        draft: Some(id),
        ..with(
            &[barney],
            &[(promise(barney, "send the quote"), "! send the quote")],
        )
    };
    let mut bad = good.clone();
    bad.changes
        .push(Change::Add(caught(promise(barney, "  "), "! ")));
    refused(&mut book, bad);
    assert_eq!(
        book.drafts().unwrap().len(),
        1,
        "nothing was filed, so nothing is gone"
    );
    file(&mut book, good);
    assert!(book.drafts().unwrap().is_empty());
    assert_eq!(book.history(barney, 9).unwrap().len(), 1);
    book.undo(&now()).unwrap();
    assert!(book.history(barney, 9).unwrap().is_empty());
    assert!(book.drafts().unwrap().is_empty());
}

#[test]
fn a_draft_another_program_had_a_hand_in_is_filed_only_when_it_is_said_twice() {
    let touched = |program: &mut Store, draft: &Draft, minutes: i64| {
        program
            .save_draft(draft, &(now() + chrono::Duration::minutes(minutes)))
            .unwrap()
    };
    for (label, word) in [
        ("filed", "filed or thrown away by another program"),
        ("dropped", "filed or thrown away by another program"),
        ("filed, then typed on here", "by another program"),
        ("typed on there", "filed or changed by another program"),
    ] {
        let world = World::new();
        let mut one = world.book();
        let barney = add(&mut one, "Barney Rubble");
        let mut draft = Draft {
            id: None,
            contact: Some(barney),
            kind: "call".to_owned(),
            title: "Call with Barney Rubble".to_owned(),
            body: "half".to_owned(),
            started: None,
            saved: None,
        };
        let id = touched(&mut one, &draft, 0);
        draft.id = Some(id);
        let mut other = Store::open(one.path()).unwrap();
        let filing = Filing {
            draft: Some(id),
            ..with(&[barney], &[(promise(barney, "quote"), "! quote")])
        };
        match label {
            "dropped" => other.drop_draft(id).unwrap(),
            "typed on there" => {
                touched(&mut other, &draft, 1);
            }
            _ => {
                file(&mut other, filing.clone());
            }
        }
        if label.ends_with("here") {
            touched(&mut one, &draft, 2);
            assert_eq!(one.drafts().unwrap().len(), 1, "{label}: the text is kept");
        }
        let said = refused(&mut one, filing.clone());
        assert!(said.contains(word), "{label}: {said}");
        // Whoever asks once more means it.
        file(&mut one, filing);
    }
}

#[test]
fn a_draft_brought_back_or_never_saved_is_filed_at_once() {
    let world = World::new();
    let mut book = world.book();
    let barney = add(&mut book, "Barney Rubble");
    let draft = Draft {
        id: Some(Id::from_raw(1 << 50)),
        contact: Some(barney),
        kind: "call".to_owned(),
        title: "Call with Barney Rubble".to_owned(),
        body: "half".to_owned(),
        started: None,
        saved: None,
    };
    let filing = Filing {
        draft: draft.id,
        ..with(&[barney], &[(promise(barney, "quote"), "! quote")])
    };
    file(&mut book, filing.clone());
    let id = book.save_draft(&draft, &now()).unwrap();
    book.drop_draft(id).unwrap();
    book.save_draft(&draft, &now()).unwrap();
    file(&mut book, filing);
    assert!(book.drafts().unwrap().is_empty());
}

#[test]
fn an_item_that_was_changed_elsewhere_is_neither_replaced_nor_dropped() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let wilma = at_slate(&mut book, "Wilma Slate");
    let open = apply(
        &mut book,
        &Command::AddRecord(Box::new(need(barney, "an open need"))),
    )
    .unwrap();
    // an item, and the same with something else in it
    let cases = [
        (promise(barney, "one"), promise(barney, "other")),
        (favour(barney, Id::ME), favour(barney, wilma)),
        (
            referral(barney, wilma, Stage::Asked),
            referral(barney, wilma, Stage::Promised),
        ),
        (
            result(barney, Some(open), "one"),
            result(barney, Some(open), "other"),
        ),
        (
            Item::Record(fact(barney, "one")),
            Item::Record(fact(barney, "other")),
        ),
        (
            Item::Record(birthday(barney)),
            Item::Record(birthday(wilma)),
        ),
        (
            Item::Record(need(barney, "one")),
            Item::Record(need(barney, "other")),
        ),
        (Item::Record(sale(barney)), Item::Record(sale(wilma))),
        (Item::Record(rival(barney)), Item::Record(rival(wilma))),
        (
            Item::Record(seat(barney, barney, Stance::For)),
            Item::Record(seat(barney, barney, Stance::Against)),
        ),
    ];
    for (one, other) in cases {
        let touch = file(&mut book, with(&[barney], &[(one, "* a line")]));
        let row = the_only(&book, touch);
        let shown = CaughtRow {
            item: other.clone(),
            ..row.clone()
        };
        for change in [replace(&shown, other.clone(), "* line"), dropped(&shown)] {
            let filing = again(&book, touch, vec![change]);
            let said = refused(&mut book, filing);
            assert!(
                said.contains("of this note was changed elsewhere"),
                "{said}: {other:?}"
            );
        }
        let strange = CaughtRow {
            id: barney,
            ..row.clone()
        };
        let filing = again(&book, touch, vec![dropped(&strange)]);
        assert!(refused(&mut book, filing).contains("of this note is not in the book any more"));
        let filing = again(
            &book,
            touch,
            vec![replace(&row, other.clone(), "* another line")],
        );
        file(&mut book, filing);
        let after = the_only(&book, touch);
        assert_eq!(after.words, "* another line");
        let filing = again(&book, touch, vec![dropped(&after)]);
        file(&mut book, filing);
        assert_eq!(book.caught(touch).unwrap(), []);
        assert_eq!(book.history(barney, 1).unwrap()[0].caught, "");
        assert!(book.check(&now()).unwrap().is_clean());
    }
}

#[test]
fn a_note_that_was_edited_elsewhere_is_not_filed_over() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let touch = file(&mut book, with(&[barney], &[]));
    let stale = again(
        &book,
        touch,
        vec![Change::Add(caught(promise(barney, "x"), "! x"))],
    );
    let fresh = again(&book, touch, Vec::new());
    file(&mut book, fresh);
    assert!(refused(&mut book, stale).starts_with("this touch was changed elsewhere"));
}

#[test]
fn an_item_becomes_nothing_of_another_kind_and_needs_its_line() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let touch = file(&mut book, with(&[barney], &[(promise(barney, "x"), "! x")]));
    let row = the_only(&book, touch);
    let filing = again(
        &book,
        touch,
        vec![replace(&row, Item::Record(fact(barney, "x")), "* x")],
    );
    assert_eq!(
        refused(&mut book, filing),
        "“* x”: a promise cannot become a fact; drop the one and add the other"
    );
    let filing = with(&[barney], &[(promise(barney, "x"), " ")]);
    assert_eq!(
        refused(&mut book, filing),
        "a promise needs the line of the note that it was read from"
    );
}

#[test]
fn a_result_closes_its_need_and_opens_it_again_when_its_line_goes() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let proposed = Record::Need(Need {
        state: NeedState::Proposed,
        ..need_value(barney, "proposed")
    });
    for (record, open) in [
        (need(barney, "heard"), NeedState::Heard),
        (proposed, NeedState::Proposed),
    ] {
        let id = apply(&mut book, &Command::AddRecord(Box::new(record))).unwrap();
        let before = book.record(RecordKind::Need, id).unwrap();
        let filing = with(&[barney], &[(result(barney, Some(id), "half"), "= half")]);
        let touch = file(&mut book, filing.clone());
        let met = need_of(&book, id);
        assert_eq!(
            (met.state, met.outcome),
            (NeedState::Delivered, Some(outcome("half")))
        );
        assert_eq!(book.caught(touch).unwrap()[0].state, "delivered");
        assert!(refused(&mut book, filing).contains("is delivered already"));
        let row = the_only(&book, touch);
        assert_eq!(row.id, id);
        let more = outcome("two thirds");
        let after = Item::Result(Delivered {
            contact: barney,
            need: Some(id),
            outcome: more.clone(),
        });
        let filing = again(&book, touch, vec![replace(&row, after, "= two thirds")]);
        file(&mut book, filing);
        assert_eq!(need_of(&book, id).outcome, Some(more));
        let row = the_only(&book, touch);
        let filing = again(&book, touch, vec![dropped(&row)]);
        file(&mut book, filing);
        assert_eq!(book.record(RecordKind::Need, id).unwrap(), before);
        assert_eq!(need_of(&book, id).state, open);
    }
}

#[test]
fn a_need_and_its_result_in_one_note_are_changed_and_dropped_in_any_order() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    // label, what becomes of the need, what becomes of the result, what is caught at the end, how many needs there are
    let read = |words: &str| Some(words.to_owned());
    let cases = [
        ("both go", None, None, vec![], 0),
        (
            "the result goes, the need is read again",
            read("# rolls"),
            None,
            vec!["# rolls"],
            1,
        ),
        ("the need goes", None, read("= halved"), vec!["= halved"], 1),
        (
            "both are read again",
            read("# rolls"),
            read("= halved"),
            vec!["# rolls", "= halved"],
            1,
        ),
    ];
    for (label, need_line, result_line, wanted, needs) in cases {
        for result_first in [false, true] {
            let touch = file(
                &mut book,
                with(
                    &[barney],
                    &[(Item::Record(need(barney, "truck rolls")), "# truck rolls")],
                ),
            );
            let id = the_only(&book, touch).id;
            let more = Change::Add(caught(result(barney, Some(id), "half"), "= half"));
            let filing = again(&book, touch, vec![more]);
            file(&mut book, filing);
            let rows = book.caught(touch).unwrap();
            let (heard, met) = (&rows[0], &rows[1]);
            let become_ = |row: &CaughtRow, line: &Option<String>, item: Item| match line {
                Some(words) => replace(row, item, words),
                None => dropped(row),
            };
            let mut changes = vec![
                become_(heard, &need_line, Item::Record(need(barney, "rolls"))),
                become_(met, &result_line, result(barney, Some(id), "halved")),
            ];
            if result_first {
                changes.reverse();
            }
            let filing = again(&book, touch, changes);
            file(&mut book, filing);
            let mut found: Vec<String> = book
                .caught(touch)
                .unwrap()
                .into_iter()
                .map(|row| row.words)
                .collect();
            found.sort();
            assert_eq!(found, wanted, "{label}");
            assert_eq!(
                book.record_ids(RecordKind::Need).unwrap().len(),
                needs,
                "{label}"
            );
            while let Some(row) = book.caught(touch).unwrap().pop() {
                let filing = again(&book, touch, vec![dropped(&row)]);
                file(&mut book, filing);
            }
            assert_eq!(book.record_ids(RecordKind::Need).unwrap(), [], "{label}");
        }
    }
}

#[test]
fn a_result_closes_the_need_of_its_own_note_and_is_taken_back_with_it() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let before = dump(&book);
    let told = need_told("# fewer truck rolls");
    let note = |told: bool| {
        let result = (
            result(barney, Some(need_told("# fewer truck rolls")), "half"),
            "= half",
        );
        let need = (
            Item::Record(need(barney, "fewer truck rolls")),
            "# fewer truck rolls",
        );
        let lines = [result, need];
        with(&[barney], &lines[..if told { 2 } else { 1 }])
    };
    let touch = file(&mut book, note(true));
    let found = book.caught(touch).unwrap();
    let id = found[1].id;
    assert!(told.is_stand_in() && !id.is_stand_in());
    assert_eq!(found[0].item, result(barney, Some(id), "half"));
    assert_eq!(need_of(&book, id).state, NeedState::Delivered);
    assert_eq!(book.record_ids(RecordKind::Need).unwrap(), [id]);
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
    // Where the need is left out, the result stands by itself.
    let touch = file(&mut book, note(false));
    assert_eq!(the_only(&book, touch).item, result(barney, None, "half"));
}

#[test]
fn a_refusal_names_the_line_that_it_is_about() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let lines = [
        (
            Item::Record(need(barney, "fewer truck rolls")),
            "# fewer truck rolls",
        ),
        (promise(barney, " "), "! send it"),
    ];
    let said = refused(&mut book, with(&[barney], &lines));
    assert!(said.starts_with("“! send it”: "), "{said}");
}

#[test]
fn a_note_about_somebody_new_tells_who_they_became() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let stranger = Id::stand_in_for("Ann Archer");
    let mut filing = with(&[stranger], &[]);
    filing.newcomers = vec![(stranger, Card::named("Ann Archer"))];
    let mut told = |filing: Filing| {
        let command = Command::File(Box::new(filing));
        book.apply(&command, &now()).unwrap().newcomer
    };
    let ann = told(filing);
    assert_eq!(told(with(&[barney], &[])), None);
    assert_eq!(ann, Some(book.who("Ann Archer").unwrap()[0].id));
}

fn need_value(contact: Id, what: &str) -> Need {
    match need(contact, what) {
        Record::Need(need) => need,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_result_of_no_need_stands_as_one_that_was_met_at_once_and_can_be_given_to_another() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let other = apply(
        &mut book,
        &Command::AddRecord(Box::new(need(barney, "truck rolls"))),
    )
    .unwrap();
    let touch = file(
        &mut book,
        with(&[barney], &[(result(barney, None, "half"), "= half")]),
    );
    let row = the_only(&book, touch);
    let made = need_of(&book, row.id);
    assert_eq!((made.what.as_str(), made.heard), ("half", today()));
    let filing = again(
        &book,
        touch,
        vec![replace(&row, result(barney, Some(other), "half"), "= half")],
    );
    file(&mut book, filing);
    assert_eq!(book.record_ids(RecordKind::Need).unwrap(), [other]);
    assert_eq!(need_of(&book, other).state, NeedState::Delivered);
    let row = the_only(&book, touch);
    let filing = again(
        &book,
        touch,
        vec![replace(&row, result(barney, None, "half"), "= half")],
    );
    file(&mut book, filing);
    assert_eq!(need_of(&book, other).outcome, None);
    let row = the_only(&book, touch);
    let filing = again(&book, touch, vec![dropped(&row)]);
    file(&mut book, filing);
    assert_eq!(book.record_ids(RecordKind::Need).unwrap(), [other]);
}

#[test]
fn a_line_about_a_need_that_is_read_again_keeps_its_result_and_a_fact_that_it_was_followed_up() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let lines = [
        (Item::Record(need(barney, "rolls")), "# rolls"),
        (Item::Record(fact(barney, "a daughter")), "* a daughter"),
    ];
    let touch = file(&mut book, with(&[barney], &lines));
    let rows = book.caught(touch).unwrap();
    file(
        &mut book,
        with(
            &[barney],
            &[(result(barney, Some(rows[0].id), "half"), "= half")],
        ),
    );
    let Item::Record(Record::Fact(before)) = &rows[1].item else {
        panic!()
    };
    let mut asked = before.clone();
    asked.asked = Some(today());
    let followed = Command::EditRecord {
        id: rows[1].id,
        before: Box::new(Record::Fact(before.clone())),
        after: Box::new(Record::Fact(asked)),
    };
    apply(&mut book, &followed);
    let rows = book.caught(touch).unwrap();
    let changes = vec![
        replace(
            &rows[0],
            Item::Record(need(barney, "truck rolls")),
            "# truck rolls",
        ),
        replace(
            &rows[1],
            Item::Record(fact(barney, "a daughter, Pebbles")),
            "* a daughter, Pebbles",
        ),
    ];
    let filing = again(&book, touch, changes);
    file(&mut book, filing);
    let met = need_of(&book, rows[0].id);
    assert_eq!(
        (met.what.as_str(), met.outcome),
        ("truck rolls", Some(outcome("half")))
    );
    let Record::Fact(fact) = book
        .record(RecordKind::Fact, rows[1].id)
        .unwrap()
        .unwrap()
        .record
    else {
        panic!()
    };
    assert_eq!(
        (fact.what.as_str(), fact.asked),
        ("a daughter, Pebbles", Some(today()))
    );
}

#[test]
fn a_seat_that_is_there_takes_the_stance_and_an_older_note_does_not_overrule_a_newer() {
    let world = World::new();
    let mut book = world.book();
    let wilma = at_slate(&mut book, "Wilma Slate");
    let line = |stance: Stance| [(Item::Record(seat(wilma, wilma, stance)), "% @Wilma finance")];
    let first = file(&mut book, with(&[wilma], &line(Stance::Neutral)));
    let id = the_only(&book, first).id;
    let second = file(&mut book, with(&[wilma], &line(Stance::For)));
    assert_eq!(the_only(&book, second).id, id, "one seat");
    assert_eq!(
        book.caught(first).unwrap(),
        [],
        "its words are the newer note's"
    );
    let mut older = with(&[wilma], &line(Stance::Against));
    if let Filed::New(touch) = &mut older.touch {
        touch.at -= chrono::Duration::days(30);
    }
    file(&mut book, older);
    let committee = book.brief(wilma, &now()).unwrap().unwrap().committee;
    let seats: Vec<(Id, Role, Stance)> = committee
        .iter()
        .map(|m| (m.seat, m.role, m.stance))
        .collect();
    assert_eq!(seats, [(id, Role::Finance, Stance::For)]);
    assert_eq!(the_only(&book, second).words, "% @Wilma finance");
}

#[test]
fn a_seat_is_at_the_holders_account_or_at_the_account_it_was_told_at_or_nowhere() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let (fred, dino) = (add(&mut book, "Fred Flint"), add(&mut book, "Dino Vance"));
    let line = |who: Id, at: Id| [(Item::Record(seat(who, at, Stance::For)), "% finance")];
    let touch = file(&mut book, with(&[barney], &line(fred, barney)));
    assert_eq!(
        book.person(fred).unwrap().unwrap().seats,
        [("Slate & Co".to_owned(), "finance".to_owned())]
    );
    let Item::Record(Record::Seat(there)) = the_only(&book, touch).item else {
        panic!()
    };
    assert_eq!(
        there,
        Seat {
            contact: fred,
            at: barney,
            role: Role::Finance,
            stance: Stance::For
        }
    );
    assert_eq!(
        refused(&mut book, with(&[dino], &line(dino, fred))),
        "“% finance”: Dino Vance belongs to no account, so there is no committee to sit on; give them an account first"
    );
}

#[test]
fn a_referral_of_a_pair_goes_on_and_never_back_and_a_new_one_begins_after_its_end() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let dino = add(&mut book, "Dino Vance");
    let line = |stage: Stage| [(referral(barney, dino, stage), "> @Dino Vance")];
    let stage = |book: &Store| {
        let found = book.referrals_with(dino).unwrap();
        found
            .iter()
            .filter_map(|row| row.stage().map(|last| last.stage.word().to_owned()))
            .collect::<Vec<_>>()
    };
    let first = file(&mut book, with(&[barney], &line(Stage::Promised)));
    let second = file(&mut book, with(&[barney], &line(Stage::Met)));
    assert_eq!(stage(&book), ["met"]);
    let third = file(&mut book, with(&[barney], &line(Stage::Promised)));
    assert_eq!(stage(&book), ["met"], "an earlier stage takes it nowhere");
    let Item::Referral(told) = the_only(&book, third).item else {
        panic!()
    };
    assert_eq!(
        told.stage,
        Stage::Promised,
        "but the note is remembered as it is"
    );
    let refer = |stage: Stage| Command::Refer(Box::new(referred(barney, dino, stage)));
    let said = book
        .apply(&refer(Stage::Introduced), &now())
        .unwrap_err()
        .to_string();
    assert_eq!(
        said,
        "the referral of Dino Vance by Barney Rubble is met already; it goes on from there"
    );
    let row = the_only(&book, second);
    let filing = again(&book, second, vec![dropped(&row)]);
    file(&mut book, filing);
    assert_eq!(stage(&book), ["promised"], "as far as the other notes say");
    let changed = book.apply(&refer(Stage::Won), &now()).unwrap();
    assert_eq!(
        changed.label,
        "Referral of Dino Vance by Barney Rubble: won"
    );
    file(&mut book, with(&[barney], &line(Stage::Asked)));
    assert_eq!(stage(&book), ["asked", "won"]);
    for touch in [first, third] {
        let row = the_only(&book, touch);
        let filing = again(&book, touch, vec![dropped(&row)]);
        file(&mut book, filing);
    }
    assert_eq!(
        stage(&book),
        ["asked", "won"],
        "what was won stays without its notes"
    );
}

#[test]
fn a_referral_whose_line_names_somebody_else_now_stays_the_same_referral() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let (dino, wilma) = (add(&mut book, "Dino Vance"), add(&mut book, "Wilma Slate"));
    let touch = file(
        &mut book,
        with(
            &[barney],
            &[(referral(barney, dino, Stage::Promised), "> @Dino")],
        ),
    );
    let row = the_only(&book, touch);
    let filing = again(
        &book,
        touch,
        vec![replace(
            &row,
            referral(barney, wilma, Stage::Introduced),
            "> @Wilma",
        )],
    );
    file(&mut book, filing);
    let after = the_only(&book, touch);
    assert_eq!(after.id, row.id);
    assert_eq!(after.item, referral(barney, wilma, Stage::Introduced));
    assert_eq!(book.referrals_with(dino).unwrap(), []);
    let second = file(
        &mut book,
        with(
            &[barney],
            &[(referral(barney, wilma, Stage::Met), "> @Wilma again")],
        ),
    );
    let row = the_only(&book, second);
    let filing = again(
        &book,
        second,
        vec![replace(
            &row,
            referral(barney, dino, Stage::Met),
            "> @Dino after all",
        )],
    );
    file(&mut book, filing);
    let stages = |who: Id| {
        book.referrals_with(who)
            .unwrap()
            .iter()
            .filter_map(|row| row.stage().map(|last| last.stage.word().to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (stages(wilma), stages(dino)),
        (vec!["introduced".to_owned()], vec!["met".to_owned()])
    );
    let nobody = [
        (referral(barney, barney, Stage::Asked), "these are the same"),
        (referral(barney, Id::ME, Stage::Asked), "name both"),
    ];
    for (item, part) in nobody {
        assert!(refused(&mut book, with(&[barney], &[(item, "> x")])).contains(part));
    }
}

#[test]
fn what_concerns_an_account_is_known_of_everybody_there_and_a_rival_also_without_one() {
    let world = World::new();
    let mut book = world.book();
    let (barney, wilma) = (
        at_slate(&mut book, "Barney Rubble"),
        at_slate(&mut book, "Wilma Slate"),
    );
    let fred = add(&mut book, "Fred Flint");
    for who in [barney, fred] {
        let lines = [
            (Item::Record(need(who, "rolls")), "# rolls"),
            (Item::Record(sale(who)), "$ 24000 renewal"),
            (Item::Record(rival(who)), "~ Rockland"),
        ];
        file(&mut book, with(&[who], &lines));
    }
    let known = |who: Id| {
        let records = book.brief(who, &now()).unwrap().unwrap().records;
        records
            .iter()
            .map(|row| (row.record.kind(), row.record.contact()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        known(barney),
        [
            (RecordKind::Need, barney),
            (RecordKind::Sale, barney),
            (RecordKind::Rival, barney)
        ]
    );
    assert_eq!(
        known(wilma),
        [(RecordKind::Need, barney), (RecordKind::Rival, barney)]
    );
    assert_eq!(
        known(fred),
        [
            (RecordKind::Need, fred),
            (RecordKind::Sale, fred),
            (RecordKind::Rival, fred)
        ]
    );
}

#[test]
fn the_time_a_plan_had_agreed_is_kept_with_the_touch_that_kept_it() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let plan = |days: u64, time: Option<(u32, u32)>| Plan {
        contact: barney,
        on: today() - Days::new(days),
        at: time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0)),
        why: "the quote".to_owned(),
    };
    let agreed = |book: &Store| {
        let brief = book.brief(barney, &now()).unwrap().unwrap();
        brief
            .agreed
            .iter()
            .map(|agreed| (agreed.agreed.to_rfc3339(), agreed.began))
            .collect::<Vec<_>>()
    };
    // label, plan, kind
    let cases = [
        ("no time", plan(0, None), TouchKind::Call),
        ("another day", plan(1, Some((13, 30))), TouchKind::Call),
        (
            "an attempt keeps nothing",
            plan(0, Some((13, 30))),
            TouchKind::Attempt,
        ),
    ];
    for (label, plan, kind) in cases {
        apply(&mut book, &Command::PlanTouch(Box::new(plan)));
        let touch = Touch {
            kind,
            ..call(&[barney], "")
        };
        apply(&mut book, &Command::LogTouch(Box::new(touch)));
        assert_eq!(agreed(&book), [], "{label}");
    }
    let kept = "2026-11-22T13:30:00+01:00".to_owned();
    apply(
        &mut book,
        &Command::PlanTouch(Box::new(plan(0, Some((13, 30))))),
    );
    file(&mut book, with(&[barney], &[]));
    assert_eq!(agreed(&book), [(kept.clone(), now())]);
    apply(
        &mut book,
        &Command::PlanTouch(Box::new(plan(0, Some((13, 30))))),
    );
    apply(&mut book, &Command::LogTouch(Box::new(call(&[barney], ""))));
    assert_eq!(agreed(&book), [(kept.clone(), now()), (kept, now())]);
}

#[test]
fn a_filed_plan_takes_the_place_of_the_open_one_unless_it_says_the_same() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let with_plan = |why: &str| Filing {
        plan: Some(Plan {
            contact: barney,
            on: today() + Days::new(3),
            at: NaiveTime::from_hms_opt(10, 0, 0),
            why: why.to_owned(),
        }),
        ..with(&[barney], &[])
    };
    let plan = |book: &Store| book.person(barney).unwrap().unwrap().plan.unwrap();
    file(&mut book, with_plan("the quote"));
    let first = plan(&book);
    file(&mut book, with_plan("the quote "));
    assert_eq!(plan(&book).id, first.id);
    file(&mut book, with_plan("the audit"));
    assert_eq!(plan(&book).plan.why, "the audit");
    let db = rusqlite::Connection::open(book.path()).unwrap();
    let open: i64 = db
        .query_row(
            "select count(*) from plan where state = 'open'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(open, 1);
}

#[test]
fn who_takes_part_is_not_mentioned_and_a_note_filed_again_mentions_anew() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let (fred, dino) = (add(&mut book, "Fred Flint"), add(&mut book, "Dino Vance"));
    let mentioned = |book: &Store, who: Id| {
        let brief = book.brief(who, &now()).unwrap().unwrap();
        brief
            .mentions
            .into_iter()
            .map(|mention| mention.words)
            .collect::<Vec<_>>()
    };
    let says = |who: Id, words: &str| (who, words.to_owned());
    let touch = file(
        &mut book,
        Filing {
            mentioned: vec![
                says(fred, "@Fred knows"),
                says(fred, "@Fred twice"),
                says(barney, "@Barney"),
                says(Id::ME, "@me"),
            ],
            ..with(&[barney], &[])
        },
    );
    assert_eq!(mentioned(&book, fred), ["@Fred knows"]);
    assert_eq!(mentioned(&book, barney), [""; 0]);
    let filing = Filing {
        mentioned: vec![says(fred, "@Fred knew"), says(dino, "@Dino")],
        ..again(&book, touch, Vec::new())
    };
    file(&mut book, filing);
    assert_eq!(
        (mentioned(&book, fred), mentioned(&book, dino)),
        (vec!["@Fred knew".to_owned()], vec!["@Dino".to_owned()])
    );
    let mut filing = Filing {
        mentioned: vec![says(dino, "@Dino")],
        ..again(&book, touch, Vec::new())
    };
    file(&mut book, filing.clone());
    assert_eq!(mentioned(&book, fred), [""; 0]);
    // Whoever is found to have taken part is only that.
    let before = book.touch(touch).unwrap().unwrap();
    let after = Touch {
        people: vec![barney, dino],
        ..before.clone()
    };
    let edit = Command::EditTouch {
        id: touch,
        before: Box::new(before),
        after: Box::new(after),
    };
    apply(&mut book, &edit);
    assert_eq!(mentioned(&book, dino), [""; 0]);
    filing.touch = Filed::New(call(&[barney], ""));
    filing.mentioned = vec![says(dino, "@Dino")];
    let changed = book
        .apply(&Command::File(Box::new(filing)), &now())
        .unwrap();
    let concerned = changed.contacts.unwrap();
    assert!(
        concerned.contains(&dino) && concerned.contains(&barney),
        "{concerned:?}"
    );
}

#[test]
fn what_is_caught_is_told_in_the_order_of_the_note_with_its_signs() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let mut filing = with(
        &[barney],
        &[
            (promise(barney, "late"), "! late"),
            (Item::Record(fact(barney, "nowhere")), "* nowhere"),
            (Item::Record(need(barney, "early")), "# early"),
            (promise(barney, "named"), "call back"),
        ],
    );
    if let Filed::New(touch) = &mut filing.touch {
        "hello\n\t# early  \nsmall talk\n! late\ncall back".clone_into(&mut touch.body);
    }
    let touch = file(&mut book, filing);
    let words = |book: &Store| {
        book.caught(touch)
            .unwrap()
            .into_iter()
            .map(|row| row.words)
            .collect::<Vec<_>>()
    };
    let signs = |book: &Store| book.history(barney, 1).unwrap().remove(0).caught;
    assert_eq!(
        words(&book),
        ["# early", "! late", "call back", "* nowhere"]
    );
    assert_eq!(signs(&book), "#!*");
    let rows = book.caught(touch).unwrap();
    let change = replace(&rows[1], promise(barney, "later"), "? later");
    let mut filing = again(&book, touch, vec![change, dropped(&rows[3])]);
    if let Filed::Again { after, .. } = &mut filing.touch {
        "? later\n# early".clone_into(&mut after.body);
    }
    file(&mut book, filing);
    assert_eq!(words(&book), ["? later", "# early", "call back"]);
    assert_eq!(signs(&book), "?#");
}

#[test]
fn what_a_form_linked_to_a_touch_was_not_caught_in_its_note() {
    let world = World::new();
    let mut book = world.book();
    let barney = at_slate(&mut book, "Barney Rubble");
    let touch = file(&mut book, with(&[barney], &[]));
    let Item::Chit(mut chit) = favour(barney, Id::ME) else {
        panic!()
    };
    chit.evidence = Some(touch);
    apply(&mut book, &Command::GiveChit(Box::new(chit)));
    assert_eq!(book.caught(touch).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever notes are filed, one after the other and again: nobody is left standing in, every standing is a replay's, and what
    /// a note came with is known with its sign.
    #[test]
    fn notes_of_every_kind_leave_a_whole_book(notes in prop::collection::vec(any::<[u16; 6]>(), 1..24)) {
        let world = World::new();
        let mut book = world.book();
        book.turn_to(20_779).unwrap();
        for name in ["Barney Rubble", "Wilma Slate", "Betty Marsh"] {
            at_slate(&mut book, name);
        }
        let mut filed = 0;
        for throw in &notes {
            let Some(filing) = any_filing(&book, throw) else { continue };
            match book.apply(&Command::File(Box::new(filing.clone())), &now()) {
                Ok(changed) => {
                    filed += 1;
                    let touch = changed.created.unwrap();
                    let party = book.touch(touch).unwrap().unwrap().people[0];
                    let history = book.history(party, 1000).unwrap();
                    let entry = history.into_iter().find(|entry| entry.id == touch).unwrap();
                    let caught = book.caught(touch).unwrap();
                    let signs: String = caught.iter().filter_map(|row| row.words.chars().next()).collect();
                    // A seat that another note knows better is not this one's.
                    prop_assert!(signs.chars().all(|sign| entry.caught.contains(sign)), "{} / {}", signs, entry.caught);
                }
                // A result may be of a need whose line is dropped with the same filing.
                Err(Error::Refused(_) | Error::Gone { .. }) => {}
                Err(other) => prop_assert!(false, "{other}: {filing:?}"),
            }
            prop_assert!(ids(&book).iter().all(|id| *id > 0));
        }
        prop_assert!(notes.len() < 12 || filed > notes.len() / 3, "{filed} of {} were filed", notes.len());
        let report = book.check(&now()).unwrap();
        prop_assert!(report.is_clean(), "{report:?}");
    }
}
