//! Referrals, asks, the tree, origins and the network of a book on disk.

use crate::ledger::{ago, favour, today};
use crate::world::{World, dump, now};
use chitbook::domain::ask::{Answer, Ask, queue};
use chitbook::domain::chit::{Chit, ChitPart, Halves, Settlement};
use chitbook::domain::command::Command;
use chitbook::domain::contact::{Card, Relation};
use chitbook::domain::id::Id;
use chitbook::domain::link::{Link, LinkKind};
use chitbook::domain::money::Money;
use chitbook::domain::paths::{Path, find};
use chitbook::domain::promise::Promise;
use chitbook::domain::record::{Need, NeedState, Outcome, Record, ResultKind, Sale};
use chitbook::domain::referral::{Credit, Referral, Stage, Step, Told, Who};
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::domain::tree::{Origin, origins, starts, tree};
use chitbook::store::{ChitFilter, Store};

/// Somebody new, of an account, linked to somebody by name.
fn person(book: &mut Store, name: &str, account: &str, links: &[(LinkKind, &str)]) -> Id {
    let card = Card {
        account: account.to_owned(),
        relations: links
            .iter()
            .map(|(kind, name)| Relation {
                label: String::new(),
                kind: *kind,
                name: (*name).to_owned(),
            })
            .collect(),
        ..Card::named(name)
    };
    let added = book.apply(&Command::AddContact(Box::new(card)), &now());
    added.unwrap().created.unwrap()
}

/// Everything that is suggested of somebody's links is true.
fn confirm(book: &mut Store, who: Id) {
    for link in book.person(who).unwrap().unwrap().links {
        let command = Command::ConfirmLink {
            id: link.id,
            yes: true,
        };
        book.apply(&command, &now()).unwrap();
    }
}

fn meet(book: &mut Store, who: Id, days: i64) {
    let touch = Touch {
        at: now() - chrono::Duration::days(days),
        kind: TouchKind::Meeting,
        direction: Direction::Mutual,
        minutes: None,
        body: String::new(),
        people: vec![who],
    };
    book.apply(&Command::LogTouch(Box::new(touch)), &now())
        .unwrap();
}

fn sale(book: &mut Store, contact: Id, days: i64, minor: i64) {
    let sale = Sale {
        contact,
        amount: Money {
            minor,
            currency: "USD".to_owned(),
        },
        what: "a year".to_owned(),
        on: ago(days),
    };
    let command = Command::AddRecord(Box::new(Record::Sale(sale)));
    book.apply(&command, &now()).unwrap();
}

fn delivered(book: &mut Store, contact: Id, days: i64) {
    let need = Need {
        contact,
        what: "bearings lost".to_owned(),
        state: NeedState::Delivered,
        heard: ago(days + 50),
        outcome: Some(Outcome {
            what: "none lost".to_owned(),
            kind: ResultKind::ProblemRemoved,
            amount: None,
            on: ago(days),
        }),
    };
    let command = Command::AddRecord(Box::new(Record::Need(need)));
    book.apply(&command, &now()).unwrap();
}

fn between(referrer: Who, prospect: Who) -> Referral {
    Referral {
        referrer,
        prospect,
        account: None,
        given: false,
        what: "cold rooms".to_owned(),
        evidence: None,
    }
}

fn begin(book: &mut Store, referral: Referral, stage: Stage, days: i64) -> Id {
    let command = Command::AddReferral {
        referral: Box::new(referral),
        step: Box::new(step(stage, days)),
    };
    book.apply(&command, &now()).unwrap().created.unwrap()
}

fn step(stage: Stage, days: i64) -> Step {
    Step {
        stage,
        on: ago(days),
        note: String::new(),
        evidence: None,
        chits: Vec::new(),
    }
}

fn advance(book: &mut Store, id: Id, step: Step) -> Result<(), String> {
    let command = Command::MoveReferral {
        id,
        step: Box::new(step),
    };
    let done = book.apply(&command, &now());
    done.map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn a_referral_goes_on_and_never_back_and_several_of_a_pair_stand_side_by_side() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let fred = person(&mut book, "Fred", "", &[]);
    let pair = between(Who::Person(barney), Who::Person(fred));
    let first = begin(&mut book, pair.clone(), Stage::Promised, 40);
    advance(&mut book, first, step(Stage::Met, 20)).unwrap();
    for stage in [Stage::Asked, Stage::Promised, Stage::Introduced, Stage::Met] {
        let said = advance(&mut book, first, step(stage, 10)).unwrap_err();
        assert!(said.contains("is met already"), "{said}");
    }
    advance(&mut book, first, step(Stage::Lost, 5)).unwrap();
    assert!(
        advance(&mut book, first, step(Stage::Won, 4)).is_err(),
        "what is lost is over"
    );
    let second = begin(&mut book, pair, Stage::Asked, 2);
    let stages: Vec<(Id, Stage)> = book
        .referrals_with(fred)
        .unwrap()
        .iter()
        .map(|row| (row.id, row.stage().unwrap().stage))
        .collect();
    assert_eq!(stages, [(second, Stage::Asked), (first, Stage::Lost)]);
}

#[test]
fn a_win_and_its_chits_are_one_step_and_the_chits_know_their_referral() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let fred = person(&mut book, "Fred", "", &[]);
    let id = begin(
        &mut book,
        between(Who::Person(barney), Who::Person(fred)),
        Stage::Met,
        40,
    );
    let before = dump(&book);
    let chit = |receiver| Chit {
        giver: barney,
        receiver,
        what: "led the way".to_owned(),
        on: ago(3),
        worth: Halves::PLAIN,
        pending: receiver == fred,
        evidence: None,
    };
    let won = Step {
        chits: vec![chit(fred), chit(Id::ME)],
        ..step(Stage::Won, 3)
    };
    advance(&mut book, id, won).unwrap();
    assert_eq!(
        book.chits_of_referral(id).unwrap(),
        [chit(fred), chit(Id::ME)]
    );
    assert_eq!(
        book.steps(1).unwrap()[0].label,
        "Referral from Barney to Fred: won"
    );
    book.undo(&now()).unwrap();
    assert_eq!(dump(&book), before);
    let bad = Step {
        chits: vec![chit(fred), chit(barney)],
        ..step(Stage::Won, 3)
    };
    assert!(advance(&mut book, id, bad).is_err());
    assert_eq!(dump(&book), before, "all of it or nothing");
}

#[test]
fn dropping_a_stage_takes_back_what_was_noted_with_it_unless_it_was_touched_since() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let fred = person(&mut book, "Fred", "", &[]);
    sale(&mut book, fred, 300, 500);
    let between = between(Who::Person(barney), Who::Person(fred));
    let id = begin(&mut book, between, Stage::Met, 9);
    let asked = dump(&book);
    let later = now() + chrono::Duration::minutes(1);
    let sold = Sale {
        contact: fred,
        amount: Money {
            minor: 2_400_000,
            currency: "USD".to_owned(),
        },
        what: "cold rooms".to_owned(),
        on: ago(0),
    };
    let led = |receiver| Chit {
        giver: barney,
        receiver,
        what: "led on to Fred".to_owned(),
        on: ago(0),
        worth: Halves::PLAIN,
        pending: false,
        evidence: None,
    };
    let won = Command::All {
        label: "Referral from Barney to Fred: won".to_owned(),
        commands: vec![
            Command::MoveReferral {
                id,
                step: Box::new(Step {
                    chits: vec![led(Id::ME), led(fred)],
                    ..step(Stage::Won, 0)
                }),
            },
            Command::AddRecord(Box::new(Record::Sale(sold))),
        ],
    };
    let stage = |book: &Store| book.referral(id).unwrap().unwrap().stage().unwrap().id;
    book.apply(&won, &later).unwrap();
    let dropped = book
        .apply(&Command::DropStage(stage(&book)), &later)
        .unwrap();
    assert_eq!(
        dropped.label,
        "Dropped a stage of the referral from Barney to Fred, and 1 sale and 2 chits noted with it"
    );
    assert_eq!(dump(&book), asked);
    // A chit that came back since stays, and so does the sale of another day.
    book.apply(&won, &later).unwrap();
    let rows = book.chits(&ChitFilter::default()).unwrap();
    let mine = rows.iter().find(|row| row.chit.receiver == Id::ME).unwrap();
    let part = ChitPart {
        on: ago(0),
        halves: Halves(1),
        how: Settlement::Redeemed,
        by: "lunch".to_owned(),
        counter: None,
        touch: None,
    };
    book.apply(&Command::SettleChit { id: mine.id, part }, &later)
        .unwrap();
    let dropped = book
        .apply(&Command::DropStage(stage(&book)), &later)
        .unwrap();
    assert!(
        dropped
            .label
            .ends_with("Fred, and 1 sale and 1 chit noted with it"),
        "{}",
        dropped.label
    );
    assert_eq!(book.chits(&ChitFilter::default()).unwrap().len(), 1);
}

#[test]
fn referrers_and_prospects_may_be_accounts() {
    let world = World::new();
    let mut book = world.book();
    let ase = person(&mut book, "Ase", "Nordlys", &[]);
    let keiko = person(&mut book, "Keiko", "Minato", &[]);
    let (nordlys, minato) = (
        book.account_of(ase).unwrap().unwrap(),
        book.account_of(keiko).unwrap().unwrap(),
    );
    let by_account = Referral {
        account: Some(minato),
        ..between(Who::Account(nordlys), Who::Person(keiko))
    };
    let one = begin(&mut book, by_account.clone(), Stage::Introduced, 9);
    let other = begin(
        &mut book,
        between(Who::Person(keiko), Who::Account(nordlys)),
        Stage::Asked,
        8,
    );
    let row = book.referral(one).unwrap().unwrap();
    assert_eq!(row.referral, by_account);
    let names = [&row.referrer_name, &row.prospect_name, &row.account_name];
    assert_eq!(names, ["Nordlys", "Keiko", "Minato"]);
    let row = book.referral(other).unwrap().unwrap();
    assert_eq!(
        (row.prospect_name.as_str(), row.account_name.as_str()),
        ("Nordlys", "")
    );
    assert_eq!(row.referral.account, None);
}

#[test]
fn referrals_that_make_no_sense_are_refused_in_a_sentence() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let fred = person(&mut book, "Fred", "", &[]);
    let before = dump(&book);
    let (b, f) = (Who::Person(barney), Who::Person(fred));
    let nobody = Id::from_raw(77);
    let cases = [
        ("to oneself", between(b, b), "the same"),
        (
            "from me",
            between(Who::Person(Id::ME), f),
            "between two others",
        ),
        (
            "to me",
            between(b, Who::Person(Id::ME)),
            "between two others",
        ),
        (
            "from nobody",
            between(Who::Person(nobody), f),
            "that person",
        ),
        (
            "to no account",
            between(b, Who::Account(nobody)),
            "that account",
        ),
        (
            "buying for no account",
            Referral {
                account: Some(nobody),
                ..between(b, f)
            },
            "that account",
        ),
    ];
    for (label, referral, reason) in cases {
        let command = Command::AddReferral {
            referral: Box::new(referral),
            step: Box::new(step(Stage::Asked, 0)),
        };
        let said = book.apply(&command, &now()).unwrap_err().to_string();
        assert!(said.contains(reason), "{label}: {said}");
        assert_eq!(dump(&book), before, "{label}");
    }
}

#[test]
fn credit_is_split_and_taken_back_but_never_more_than_there_is() {
    let world = World::new();
    let mut book = world.book();
    let people = ["Barney", "Fred", "Wilma", "Betty"].map(|name| person(&mut book, name, "", &[]));
    let [barney, fred, wilma, betty] = people;
    let id = begin(
        &mut book,
        between(Who::Person(barney), Who::Person(fred)),
        Stage::Won,
        40,
    );
    let mut split = |contact, percent| {
        let credit = Credit { contact, percent };
        let done = book.apply(&Command::SplitCredit { id, credit }, &now());
        done.map_err(|error| error.to_string())?;
        let row = book.referral(id).unwrap().unwrap();
        Ok::<_, String>(
            row.shares()
                .iter()
                .map(|(_, share)| *share)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(split(wilma, 30).unwrap(), [70, 30]);
    assert_eq!(
        split(wilma, 40).unwrap(),
        [60, 40],
        "said again it is changed"
    );
    assert_eq!(split(betty, 59).unwrap(), [1, 40, 59]);
    assert!(split(betty, 60).unwrap_err().contains("no more than 59 %"));
    assert_eq!(split(wilma, 0).unwrap(), [41, 59]);
    assert!(
        split(barney, 10)
            .unwrap_err()
            .contains("a further referrer")
    );
    assert!(
        split(Id::ME, 10)
            .unwrap_err()
            .contains("a further referrer")
    );
}

#[test]
fn the_referrer_is_told_of_what_is_new_once() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let fred = person(&mut book, "Fred", "", &[]);
    let id = begin(
        &mut book,
        between(Who::Person(barney), Who::Person(fred)),
        Stage::Introduced,
        40,
    );
    advance(&mut book, id, step(Stage::Met, 20)).unwrap();
    let told = |book: &Store| book.referral(id).unwrap().unwrap().told(today());
    assert!(matches!(told(&book), Told::Late(_)));
    let tell = Command::TellReferrer { id, on: ago(1) };
    book.apply(&tell, &now()).unwrap();
    assert_eq!(told(&book), Told::Told(ago(1)));
    let said = book.apply(&tell, &now()).unwrap_err().to_string();
    assert!(said.contains("nothing to tell Barney"), "{said}");
    advance(&mut book, id, step(Stage::Lost, 0)).unwrap();
    assert!(
        matches!(told(&book), Told::Due(_)),
        "a loss is told as well"
    );
    book.undo(&now()).unwrap();
    book.undo(&now()).unwrap();
    assert!(matches!(told(&book), Told::Late(_)));
}

fn asked(book: &mut Store, contact: Id, days: i64) {
    let ask = Ask {
        contact,
        on: ago(days),
        answer: Some(Answer::Named),
        next: None,
        note: String::new(),
    };
    book.apply(&Command::AddAsk(Box::new(ask)), &now()).unwrap();
}

#[test]
fn the_queue_has_everybody_who_could_be_asked_with_what_the_book_knows() {
    let world = World::new();
    let mut book = world.book();
    book.turn_to(20_779).unwrap();
    let names = [
        "Barney", "Wilma", "Fred", "Betty", "Dino", "Stranger", "Archived",
    ];
    let [barney, wilma, fred, betty, dino, _, gone] =
        names.map(|name| person(&mut book, name, "", &[]));
    delivered(&mut book, barney, 3);
    delivered(&mut book, gone, 3);
    asked(&mut book, wilma, 200);
    asked(&mut book, wilma, 20);
    sale(&mut book, fred, 400, 100);
    favour(&mut book, Id::ME, betty, 9, 2);
    begin(
        &mut book,
        between(Who::Person(dino), Who::Person(fred)),
        Stage::Met,
        9,
    );
    let archive = Command::Archive {
        id: gone,
        on: Some(today()),
    };
    book.apply(&archive, &now()).unwrap();
    let promise = Promise {
        contact: fred,
        mine: true,
        what: "the quote".to_owned(),
        made_on: ago(9),
        due: ago(2),
        evidence: None,
    };
    book.apply(&Command::AddPromise(Box::new(promise)), &now())
        .unwrap();
    let lines = queue(book.askable(today()).unwrap(), today());
    let said: Vec<String> = lines
        .iter()
        .map(|line| {
            let held = line
                .held
                .as_ref()
                .map_or(String::new(), |held| format!(" [{}]", held.words()));
            format!("{}: {}{held}", line.who.name, line.why)
        })
        .collect();
    assert_eq!(
        said,
        [
            "Barney: problem removed 3 days ago, never asked",
            "Betty: owes you 1, never asked",
            "Dino: strength 0, never asked [never spoken to]",
            "Fred: strength 0, never asked [your promise is 2 days overdue: the quote]",
            "Wilma: strength 0, asked 20 days ago [asked 20 days ago]",
        ]
    );
}

#[test]
fn an_ask_is_answered_later_and_one_that_makes_no_sense_is_refused() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "", &[]);
    let ask = Ask {
        contact: barney,
        on: ago(3),
        answer: None,
        next: None,
        note: String::new(),
    };
    let id = book
        .apply(&Command::AddAsk(Box::new(ask.clone())), &now())
        .unwrap()
        .created
        .unwrap();
    let after = Ask {
        answer: Some(Answer::Thinking),
        next: Some(ago(-11)),
        ..ask.clone()
    };
    let edit = Command::EditAsk {
        id,
        before: Box::new(ask.clone()),
        after: Box::new(after.clone()),
    };
    book.apply(&edit, &now()).unwrap();
    assert_eq!(book.ask(id).unwrap().unwrap().ask, after);
    let said = book.apply(&edit, &now()).unwrap_err().to_string();
    assert!(
        said.contains("changed"),
        "an outdated form saves nothing: {said}"
    );
    let cases = [
        (
            Ask {
                contact: Id::ME,
                ..ask.clone()
            },
            "somebody else",
        ),
        (
            Ask {
                next: Some(ago(3)),
                ..ask.clone()
            },
            "after the day of the ask",
        ),
        (
            Ask {
                contact: Id::from_raw(77),
                ..ask
            },
            "that person",
        ),
    ];
    for (ask, reason) in cases {
        let said = book
            .apply(&Command::AddAsk(Box::new(ask)), &now())
            .unwrap_err()
            .to_string();
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn the_tree_of_a_book_survives_circles_and_has_its_sales_and_introductions() {
    let world = World::new();
    let mut book = world.book();
    let barney = person(&mut book, "Barney", "Slate", &[]);
    let fred = person(&mut book, "Fred", "Fenn", &[]);
    let wilma = person(&mut book, "Wilma", "", &[]);
    let lead = |book: &mut Store, from, to, stage, days| {
        begin(
            book,
            between(Who::Person(from), Who::Person(to)),
            stage,
            days,
        )
    };
    lead(&mut book, barney, fred, Stage::Won, 900);
    lead(&mut book, wilma, barney, Stage::Met, 90);
    lead(&mut book, fred, barney, Stage::Asked, 80);
    let link = Link {
        from: wilma,
        kind: LinkKind::IntroducedBy,
        to: fred,
        note: String::new(),
        on: Some(ago(300)),
    };
    book.apply(&Command::AddLink(Box::new(link)), &now())
        .unwrap();
    sale(&mut book, fred, 800, 250_000);
    sale(&mut book, wilma, 10, 5_000);
    let lines: Vec<String> = tree(&book.lineage().unwrap())
        .iter()
        .map(|line| {
            let also: Vec<&str> = line.also.iter().map(|also| also.by.as_str()).collect();
            format!(
                "{}{} {} [{}] {also:?}",
                "  ".repeat(line.depth),
                line.name,
                line.customers,
                line.sales
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Barney 2 [2,550.00 USD] [\"Wilma\"]",
            "  Fred 2 [2,550.00 USD] []",
            "    Wilma 1 [50.00 USD] []",
        ],
        "what was only asked for led nowhere yet"
    );
}

#[test]
fn origins_are_what_is_written_down_or_what_a_referral_shows() {
    let world = World::new();
    let mut book = world.book();
    let cold = Card {
        origin: "cold".to_owned(),
        ..Card::named("Cold")
    };
    let cold = book
        .apply(&Command::AddContact(Box::new(cold)), &now())
        .unwrap()
        .created
        .unwrap();
    let fred = person(&mut book, "Fred", "", &[]);
    person(&mut book, "Never spoken", "", &[]);
    begin(
        &mut book,
        between(Who::Person(cold), Who::Person(fred)),
        Stage::Met,
        200,
    );
    for (who, days) in [(cold, 300), (fred, 190), (fred, 100)] {
        meet(&mut book, who, days);
    }
    sale(&mut book, fred, 60, 100);
    let table = origins(&starts(&book.spoken().unwrap(), &book.sales().unwrap()));
    let row = |origin| {
        let row = table.iter().find(|row| row.origin == origin).unwrap();
        (row.first, row.second, row.customers)
    };
    assert_eq!(row(Origin::Referral), (1, 1, 1));
    assert_eq!(row(Origin::Cold), (1, 0, 0));
    assert_eq!(row(Origin::Unknown), (0, 0, 0));
}

fn said(paths: &[Path]) -> Vec<String> {
    paths.iter().map(Path::words).collect()
}

#[test]
fn the_network_is_read_three_links_far_with_what_is_owed_and_who_was_asked() {
    let world = World::new();
    let mut book = world.book();
    book.turn_to(20_779).unwrap();
    let target = person(
        &mut book,
        "Target",
        "Granite",
        &[
            (LinkKind::Manager, "Boss"),
            (LinkKind::Friend, "Old Friend"),
        ],
    );
    let boss = person(
        &mut book,
        "Boss",
        "",
        &[(LinkKind::WorkedTogether, "Barney")],
    );
    let barney = person(&mut book, "Barney", "", &[(LinkKind::Spouse, "Betty")]);
    let betty = person(&mut book, "Betty", "", &[(LinkKind::Friend, "Far Away")]);
    let far = person(&mut book, "Far Away", "", &[]);
    let friend = person(&mut book, "Old Friend", "", &[]);
    let colleague = person(&mut book, "Colleague", "Granite", &[]);
    for who in [betty, far, friend, colleague] {
        meet(&mut book, who, 5);
    }
    for who in [target, boss, barney] {
        confirm(&mut book, who);
    }
    favour(&mut book, Id::ME, betty, 9, 4);
    favour(&mut book, barney, boss, 9, 1);
    asked(&mut book, colleague, 30);
    let archive = |book: &mut Store, id, on| {
        book.apply(&Command::Archive { id, on }, &now()).unwrap();
    };
    archive(&mut book, friend, Some(today()));
    let network = book.network(&[target], today()).unwrap();
    let found = find(&network, &[target], today(), 9);
    assert_eq!(
        said(&found),
        [
            "Betty (37), married to Barney, worked with Boss, manager of Target",
            "Colleague (26), colleague of Target"
        ],
        "who is archived leads nowhere, and a fourth link is one too many"
    );
    assert_eq!(found[0].price(), "owes you 2: this calls one in");
    assert_eq!(
        (found[0].hops[2].owes, found[1].burnt),
        (Halves(1), Some(ago(30)))
    );
    archive(&mut book, friend, None);
    let link = book.person(target).unwrap().unwrap().links;
    let refused = link.iter().find(|link| link.name == "Boss").unwrap().id;
    book.apply(
        &Command::ConfirmLink {
            id: refused,
            yes: false,
        },
        &now(),
    )
    .unwrap();
    let network = book.network(&[target], today()).unwrap();
    let found = find(&network, &[target], today(), 9);
    assert_eq!(said(&found)[0], "Old Friend (26), friend of Target");
    assert!(said(&found).iter().all(|path| !path.contains("Boss")));
}

#[test]
fn a_link_is_between_two_others_and_confirms_what_was_suggested_or_refused() {
    let world = World::new();
    let mut book = world.book();
    let wilma = person(&mut book, "Wilma", "", &[(LinkKind::Friend, "Fred")]);
    let fred = person(&mut book, "Fred", "", &[]);
    let suggested = book.person(wilma).unwrap().unwrap().links[0].clone();
    assert!(!suggested.confirmed);
    let refuse = Command::ConfirmLink {
        id: suggested.id,
        yes: false,
    };
    book.apply(&refuse, &now()).unwrap();
    let link = |from, to| Link {
        from,
        kind: LinkKind::Friend,
        to,
        note: "from school".to_owned(),
        on: None,
    };
    let mut add = |link| {
        let made = book.apply(&Command::AddLink(Box::new(link)), &now());
        made.map(|made| made.created)
            .map_err(|error| error.to_string())
    };
    assert_eq!(add(link(wilma, fred)).unwrap(), Some(suggested.id));
    assert_ne!(add(link(fred, wilma)).unwrap(), Some(suggested.id));
    for (from, to, reason) in [
        (fred, fred, "the same"),
        (fred, Id::ME, "two others"),
        (Id::from_raw(77), fred, "that person"),
    ] {
        let said = add(link(from, to)).unwrap_err();
        assert!(said.contains(reason), "{said}");
    }
    let links = book.person(fred).unwrap().unwrap().links;
    assert!(links.len() == 2 && links.iter().all(|link| link.confirmed));
    book.apply(&Command::DeleteLink(suggested.id), &now())
        .unwrap();
    assert_eq!(book.steps(1).unwrap()[0].label, "Dropped a link of Wilma");
    assert_eq!(book.person(fred).unwrap().unwrap().links.len(), 1);
}
