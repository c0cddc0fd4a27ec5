//! The forms of what leads to customers: a referral, the stage it comes to with the chits of its story, its split credit, and an ask.

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, day_or, one, past_day};
use super::form::Form;
use crate::domain::ask::{Answer, Ask, AskRow};
use crate::domain::capture::newcomer;
use crate::domain::chit::Chit;
use crate::domain::command::Command;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{Record, Sale};
use crate::domain::referral::{
    Credit, Proposed, Referral, ReferralRow, Stage, Step, Who, Win, chits_of, proposes,
};
use crate::domain::text::{clean_line, clean_note};
use crate::domain::when::{self, Look};
use crate::tui::widget::plain;
use chrono::NaiveDate;

const WAYS: &[&str] = &["they lead me there", "I put them in touch"];
const STAGES: &[&str] = &["asked", "promised", "introduced", "met", "won", "lost"];
const KEEP: &[&str] = &["noted", "struck out"];
const THANKS: &[&str] = &["not known yet", "thanked"];
const ANSWERS: &[&str] = &[
    "no answer yet",
    "named somebody",
    "will think",
    "declined",
    "not now",
];
/// The fields of proposed chits.
const CHITS: [&str; 8] = [
    "chit 1", "chit 2", "chit 3", "chit 4", "chit 5", "chit 6", "chit 7", "chit 8",
];

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
fn account(form: &Form, who: Who, cx: &Cx<'_>) -> Option<Id> {
    let name = &cx.roster.get(who.person()?)?.account;
    let houses = &form.field("prospect")?.houses;
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
        account: same.map_or_else(|| account(form, prospect.who, cx), |before| before.account),
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

/// A referral on its way to a stage that asks for more than its day.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Move {
    /// The referral.
    pub row: ReferralRow,
    /// The stage.
    pub to: Stage,
    /// The chits of its story that are in the book.
    pub known: Vec<Chit>,
    /// The prospect's last result since it began.
    pub delivered: String,
}

impl Move {
    /// What the form is called.
    pub fn title(&self) -> String {
        let (from, to) = (&self.row.referrer_name, &self.row.prospect_name);
        let between = if self.row.referral.given {
            " and"
        } else {
            ", by"
        };
        format!("{}: {to}{between} {from}", capital(self.to.word()))
    }

    /// The field typing begins in.
    pub fn first(&self) -> &'static str {
        match self.to {
            Stage::Won if !self.row.referral.given => "result",
            Stage::Lost => "note",
            _ => "on",
        }
    }

    /// The fields of the step.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.to == Stage::Won && !self.row.referral.given {
            fields.push(
                Field::new("result", "result", Kind::Line, &self.delivered)
                    .hint("what came of it, in their words"),
            );
            if self.row.referral.prospect.person().is_some() {
                fields.push(
                    Field::new("amount", "amount", Kind::Line, "").hint("24000, 24k: notes a sale"),
                );
            }
        }
        let proposed = self.proposed("…", false, NaiveDate::MIN);
        if proposed.iter().any(|chit| chit.chit.receiver != Id::ME) {
            fields.push(Field::choice("thanks", "their thanks", THANKS, 0));
        }
        let hint = if self.to == Stage::Lost {
            "why; the referrer is told too"
        } else {
            "what else there is to say"
        };
        fields.extend([
            Field::new("on", "when", Kind::Day(Look::Back), "today").hint("today"),
            Field::new("note", "note", Kind::Line, "").hint(hint),
        ]);
        let names = CHITS.iter().take(proposed.len());
        fields.extend(names.map(|name| Field::choice(name, "chit", KEEP, 0)));
        fields
    }

    /// The chits of the story, were there a result.
    fn proposed(&self, result: &str, thanked: bool, on: NaiveDate) -> Vec<Proposed> {
        if !proposes(self.row.referral.given, self.to) {
            return Vec::new();
        }
        let win = Win {
            on,
            result: Some(result.to_owned()),
            thanked,
            evidence: None,
        };
        chits_of(&self.row, &win, &self.known)
    }

    /// The chits as the form has them, each with whether it is noted.
    fn chits(&self, form: &Form, on: NaiveDate) -> Vec<(Chit, bool)> {
        let result = clean_line(&form.text("result"));
        let thanked = form.choice("thanks") == 1;
        let given = self.row.referral.given;
        let proposed = self.proposed(&result, thanked, on).into_iter();
        let chits = proposed.zip(CHITS).map(|(proposed, name)| {
            // Without a result nobody but me has anything to be thankful for.
            let fits = given || !result.is_empty() || proposed.chit.receiver == Id::ME;
            let kept = fits && form.choice(name) == 0;
            (proposed.chit, kept)
        });
        chits.collect()
    }

    /// What the field of a chit says back.
    fn echo(&self, form: &Form, name: &str, cx: &Cx<'_>) -> String {
        let at = CHITS.iter().position(|chit| *chit == name);
        let chits = self.chits(form, cx.today());
        let Some((chit, kept)) = at.and_then(|at| chits.get(at)) else {
            return String::new();
        };
        let words = format!("{}: {}", owes(chit, cx), chit.what);
        match (kept, form.choice(name)) {
            (true, _) if chit.pending => format!("! {words}"),
            (true, _) => words,
            (false, 0) => format!("only with a result: {}", owes(chit, cx)),
            (false, _) => owes(chit, cx),
        }
    }

    /// The change they make.
    pub fn command(&self, form: &Form, cx: &Cx<'_>) -> Result<Command, Fault> {
        let on = past_day(form, "on", cx)?;
        let chits = self.chits(form, on).into_iter();
        let chits = chits.filter(|(_, kept)| *kept).map(|(chit, _)| chit);
        let mut note = form.text("note");
        let result = clean_line(&form.text("result"));
        if note.is_empty() {
            note.clone_from(&result);
        }
        let moved = Command::MoveReferral {
            id: self.row.id,
            step: Box::new(step(self.to, on, &note, chits.collect())),
        };
        let typed = form.text("amount");
        let Some(contact) = self
            .row
            .referral
            .prospect
            .person()
            .filter(|_| !typed.is_empty())
        else {
            return Ok(moved);
        };
        let Some(amount) = Money::parse(&typed, cx.currency) else {
            let why = "An amount is written 24000, 24k or 24,000.50 EUR";
            return Err(("amount", why.to_owned()));
        };
        let sale = Sale {
            contact,
            amount,
            what: if result.is_empty() {
                self.row.referral.what.clone()
            } else {
                result
            },
            on,
        };
        let (from, to) = (&self.row.referrer_name, &self.row.prospect_name);
        Ok(Command::All {
            label: format!("Referral from {from} to {to}: {}", self.to.word()),
            commands: vec![moved, Command::AddRecord(Box::new(Record::Sale(sale)))],
        })
    }
}

/// A word with a capital.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// What a field says back, where it is one of these forms' own.
pub fn echo_move(about: &Move, form: &Form, name: &str, cx: &Cx<'_>) -> Option<String> {
    name.starts_with("chit").then(|| about.echo(form, name, cx))
}

/// The same of a referral that is added.
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

/// The fields of an ask; of one that waits for its answer, as it was.
pub fn ask_fields(waiting: Option<&(Id, Box<Ask>)>) -> Vec<Field> {
    let before = waiting.map(|(_, ask)| ask.as_ref());
    let on = before.map_or("today".to_owned(), |ask| ask.on.to_string());
    let note = before.map_or("", |ask| ask.note.as_str());
    let next = before.and_then(|ask| ask.next).map(|next| next.to_string());
    vec![
        Field::choice("answer", "answer", ANSWERS, usize::from(before.is_some())),
        Field::people("named", "named", false, Vec::new())
            .hint("whom they named, in the book or not")
            .or_new(),
        Field::new("note", "note", Kind::Line, note).hint("what they said"),
        Field::new("on", "asked on", Kind::Day(Look::Back), &on).hint("today"),
        Field::new(
            "next",
            "ask again",
            Kind::Day(Look::Ahead),
            &next.unwrap_or_default(),
        ),
    ]
}

fn answer(form: &Form) -> Option<Answer> {
    let said = form.choice("answer").checked_sub(1);
    said.and_then(|at| Answer::ALL.get(at).copied())
}

/// What the field of an ask's next day says back while nothing is typed.
pub fn echo_ask(form: &Form, name: &str, cx: &Cx<'_>) -> Option<String> {
    if name != "next" || !form.text("next").is_empty() {
        return None;
    }
    let on = past_day(form, "on", cx).ok()?;
    let next = answer(form).and_then(|answer| answer.usual_next(on));
    Some(next.map_or("after ninety days".to_owned(), |next| {
        when::say(next, cx.today())
    }))
}

/// The change an ask's fields make; whoever was named is recorded as a referral that is promised.
pub fn ask(
    form: &Form,
    who: Id,
    waiting: Option<&(Id, Box<Ask>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let on = past_day(form, "on", cx)?;
    let field = form.field("named");
    let named = field.is_some_and(|field| !field.people.is_empty() || !field.text().is_empty());
    let named = if named {
        Some(side(form, "named", cx)?)
    } else {
        None
    };
    if named
        .as_ref()
        .is_some_and(|side| side.who == Who::Person(who))
    {
        return Err((
            "named",
            "They named somebody else than themselves".to_owned(),
        ));
    }
    let answer = answer(form).or(named.as_ref().map(|_| Answer::Named));
    let usual = answer.and_then(|answer| answer.usual_next(on));
    let next = if form.text("next").is_empty() {
        usual
    } else {
        Some(day_or(form, "next", on, cx)?)
    };
    if next.is_some_and(|next| next <= on) {
        let why = "The day to ask again must come after the ask";
        return Err(("next", why.to_owned()));
    }
    let asked = Box::new(Ask {
        contact: who,
        on,
        answer,
        next,
        note: clean_line(&form.text("note")),
    });
    let asked = match waiting {
        Some((id, before)) => Command::EditAsk {
            id: *id,
            before: before.clone(),
            after: asked,
        },
        None => Command::AddAsk(asked),
    };
    let Some(side) = named else { return Ok(asked) };
    let referral = Referral {
        referrer: Who::Person(who),
        prospect: side.who,
        account: account(form, side.who, cx),
        given: false,
        what: clean_line(&form.text("note")),
        evidence: None,
    };
    let step = step(Stage::Promised, on, "", Vec::new());
    let names = [cx.name(who), side.name];
    Ok(with_cards(
        [None, side.card],
        referral,
        &names,
        step,
        vec![asked],
    ))
}

/// The last ask of somebody, where it waits for its answer.
pub fn waiting(last: Option<&AskRow>) -> Option<(Id, Box<Ask>)> {
    let last = last.filter(|last| last.ask.answer.is_none())?;
    Some((last.id, Box::new(last.ask.clone())))
}
