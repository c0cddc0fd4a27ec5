//! The forms of what leads to customers: a referral and its split credit here, the stage it comes to with the chits of its story in
//! `moving`, an ask in `asking`.

mod asking;
mod moving;

pub use asking::{ask, ask_fields, echo_ask, waiting};
pub use moving::{Move, echo_move};

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, one, past_day};
use super::form::Form;
use crate::domain::capture::newcomer;
use crate::domain::chit::Chit;
use crate::domain::command::Command;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::referral::{
    Credit, Referral, ReferralRow, Stage, Step, Who, Win, chits_of, proposes,
};
use crate::domain::text::{clean_line, clean_note};
use crate::domain::when::Look;
use crate::tui::widget::plain;
use chrono::NaiveDate;

const WAYS: &[&str] = &["they lead me there", "I put them in touch"];
const STAGES: &[&str] = &["asked", "promised", "introduced", "met", "won", "lost"];
const KEEP: &[&str] = &["noted", "struck out"];
/// A referral that is corrected: which, as it is, and what its two sides are called.
pub type Edited = (Id, Box<Referral>, [String; 2]);

/// The fields of a referral.
pub fn fields(from: Option<Id>, editing: Option<&Edited>, cx: &Cx<'_>) -> Vec<Field> {
    let side = |at: usize| {
        let (_, before, names) = editing?;
        let who = [before.referrer, before.prospect][at];
        let (Who::Person(id) | Who::Account(id)) = who;
        Some(vec![(id, names[at].clone())])
    };
    let first = from.map(|id| vec![(id, cx.name(id))]);
    let referrer = side(0).or(first).unwrap_or_default();
    let before = editing.map(|(_, before, _)| before.as_ref());
    let what = before.map_or("", |before| before.what.as_str());
    let given = before.is_some_and(|before| before.given);
    let person = |name, label, people| Field::people(name, label, false, people);
    let mut fields = vec![
        person("referrer", "referrer", referrer).hint("who leads you there"),
        person("prospect", "prospect", side(1).unwrap_or_default()).hint("to whom"),
        Field::new("what", "about", Kind::Line, what).hint("what was said of them"),
        Field::choice("given", "way", WAYS, usize::from(given)),
    ];
    if editing.is_none() {
        fields = fields.into_iter().map(Field::or_new).collect();
        fields.extend([
            Field::choice("stage", "stage", STAGES, 1),
            Field::new("on", "since", Kind::Day(Look::Back), "today").hint("today"),
            Field::choice("chits", "chits", KEEP, 0),
        ]);
    }
    fields
}

/// One side of a referral: who, what they are called, and their card where they are still to be added.
struct Side {
    who: Who,
    name: String,
    card: Option<Card>,
}

fn side(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<Side, Fault> {
    let id = one(form, name, cx)?;
    if id == Id::ME {
        let why = "Name somebody else: a referral is between two others, and leads to you";
        return Err((name, why.to_owned()));
    }
    let field = form.field(name);
    let chosen = field.and_then(|field| field.people.first());
    let called = chosen.map_or_else(|| form.text(name), |(_, called)| called.clone());
    if id.is_stand_in() {
        let card = Card::named(&newcomer(&called));
        return Ok(Side {
            who: Who::Person(id),
            name: card.name.clone(),
            card: Some(card),
        });
    }
    // Whoever is not among the people is an account: both have ids of one kind.
    let (who, name) = match cx.roster.get(id) {
        Some(row) => (Who::Person(id), row.name.clone()),
        None => (Who::Account(id), called),
    };
    Ok(Side {
        who,
        name,
        card: None,
    })
}

/// The account a person buys for, where the form knows the accounts.
fn account(form: &Form, who: Who, field: &str, cx: &Cx<'_>) -> Option<Id> {
    let name = &cx.roster.get(who.person()?)?.account;
    let houses = &form.field(field)?.houses;
    let house = houses.iter().find(|house| house.name == *name);
    house.map(|house| house.id)
}

/// The change a referral's fields make.
pub fn command(form: &Form, editing: Option<&Edited>, cx: &Cx<'_>) -> Result<Command, Fault> {
    let (referrer, prospect) = (side(form, "referrer", cx)?, side(form, "prospect", cx)?);
    if referrer.who == prospect.who {
        let why = "A referral leads from one to another";
        return Err(("prospect", why.to_owned()));
    }
    let before = editing.map(|(_, before, _)| before.as_ref());
    let same = before.filter(|before| before.prospect == prospect.who);
    let referral = Referral {
        referrer: referrer.who,
        prospect: prospect.who,
        account: same.map_or_else(
            || account(form, prospect.who, "prospect", cx),
            |before| before.account,
        ),
        given: form.choice("given") == 1,
        what: clean_line(&form.text("what")),
        evidence: before.and_then(|before| before.evidence),
    };
    if let Some((id, before, _)) = editing {
        return Ok(Command::EditReferral {
            id: *id,
            before: before.clone(),
            after: Box::new(referral),
        });
    }
    let stage = Stage::ALL[form.choice("stage").min(5)];
    let on = past_day(form, "on", cx)?;
    let names = [&referrer, &prospect].map(|side| side.name.clone());
    let chits = if form.choice("chits") == 0 {
        begun_chits(&referral, &names, stage, on)
    } else {
        Vec::new()
    };
    let step = step(stage, on, "", chits);
    let cards = [referrer.card, prospect.card];
    Ok(with_cards(cards, referral, &names, step, Vec::new()))
}

fn step(stage: Stage, on: NaiveDate, note: &str, chits: Vec<Chit>) -> Step {
    Step {
        stage,
        on,
        note: clean_note(note),
        evidence: None,
        chits,
    }
}

/// A referral recorded after whatever comes before it, and after whoever is not in the book yet was added.
fn with_cards(
    cards: [Option<Card>; 2],
    referral: Referral,
    names: &[String; 2],
    step: Step,
    mut before: Vec<Command>,
) -> Command {
    let [from, to] = names;
    let label = if referral.given {
        format!("Put {from} and {to} in touch: {}", step.stage.word())
    } else {
        format!("Referral from {from} to {to}: {}", step.stage.word())
    };
    let cards = cards.into_iter().flatten();
    before.extend(cards.map(|card| Command::AddContact(Box::new(card))));
    let add = Command::AddReferral {
        referral: Box::new(referral),
        step: Box::new(step),
    };
    if before.is_empty() {
        return add;
    }
    before.push(add);
    Command::All {
        label,
        commands: before,
    }
}

/// The chits of a referral that is recorded at a stage that proposes any; not of people who are still to be added.
fn begun_chits(referral: &Referral, names: &[String; 2], stage: Stage, on: NaiveDate) -> Vec<Chit> {
    if !proposes(referral.given, stage) {
        return Vec::new();
    }
    let [referrer_name, prospect_name] = names.clone();
    let row = ReferralRow {
        id: Id::stand_in(0),
        referral: referral.clone(),
        referrer_name,
        prospect_name,
        account_name: String::new(),
        stages: Vec::new(),
        credits: Vec::new(),
        words: String::new(),
    };
    let win = Win {
        on,
        result: None,
        thanked: false,
        evidence: None,
    };
    let chits = chits_of(&row, &win, &[]).into_iter();
    let chits = chits.map(|proposed| proposed.chit);
    chits
        .filter(|chit| !chit.giver.is_stand_in() && !chit.receiver.is_stand_in())
        .collect()
}

/// What the field of the chits says back.
fn echo_begun(form: &Form, cx: &Cx<'_>) -> String {
    let sides = (side(form, "referrer", cx), side(form, "prospect", cx));
    let (Ok(referrer), Ok(prospect)) = sides else {
        return String::new();
    };
    let names = [referrer.name, prospect.name];
    let referral = Referral {
        referrer: referrer.who,
        prospect: prospect.who,
        account: None,
        given: form.choice("given") == 1,
        what: String::new(),
        evidence: None,
    };
    let stage = Stage::ALL[form.choice("stage").min(5)];
    let chits = begun_chits(&referral, &names, stage, cx.today());
    if chits.is_empty() {
        return "none at this stage".to_owned();
    }
    let told: Vec<String> = chits.iter().map(|chit| owes(chit, cx)).collect();
    told.join(", ")
}

/// "Fred owes Barney 1", "you owe Barney 1".
fn owes(chit: &Chit, cx: &Cx<'_>) -> String {
    let name = |id: Id| match id {
        Id::ME => "you".to_owned(),
        id => cx.name(id),
    };
    let verb = if chit.receiver == Id::ME {
        "owe"
    } else {
        "owes"
    };
    let (giver, receiver) = (name(chit.giver), name(chit.receiver));
    let worth = plain::halves(chit.worth.to_string(), cx.plain);
    format!("{receiver} {verb} {giver} {worth}")
}

/// What a field of a referral that is added says back, where it is one of its own.
pub fn echo_added(form: &Form, name: &str, cx: &Cx<'_>) -> Option<String> {
    (name == "chits").then(|| echo_begun(form, cx))
}

/// The fields of a split credit.
pub fn split_fields() -> Vec<Field> {
    vec![
        Field::people("who", "further", false, Vec::new()).hint("who else led you there"),
        Field::new("percent", "share", Kind::Line, "50").hint("in hundredths; 0: none any more"),
    ]
}

/// The change they make.
pub fn split(form: &Form, id: Id, cx: &Cx<'_>) -> Result<Command, Fault> {
    let contact = one(form, "who", cx)?;
    let typed = form.text("percent");
    let read = typed.trim_end_matches('%').trim().parse();
    let percent: Option<u8> = read.ok().filter(|percent| *percent < 100);
    let Some(percent) = percent else {
        let why = "Say a number from 1 to 99, or 0 for none any more";
        return Err(("percent", why.to_owned()));
    };
    Ok(Command::SplitCredit {
        id,
        credit: Credit { contact, percent },
    })
}
