//! One row of the sheet: a line of the note, the fields of what it becomes, and back from the fields to the item.

use crate::domain::capture::{Found, Line, Who, newcomer};
use crate::domain::chit::{Chit, Halves};
use crate::domain::contact::KeyDate;
use crate::domain::filing::{Caught, CaughtRow, Item};
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::promise::Promise;
use crate::domain::record::{
    Anniversary, Delivered, Fact, FactKind, Need, NeedState, Outcome, Record, ResultKind, Rival,
    Role, Sale, Seat, Stance,
};
use crate::domain::referral::{Referred, Stage};
use crate::domain::text::clean_line;
use crate::domain::when::Look;
use crate::tui::modal::Cx;
use crate::tui::modal::field::{Field, Kind};
use crate::tui::modal::filing::Fault;
use crate::tui::modal::record::{RESULTS, ROLES, STANCES, YEARLY, key_date, money, place};
use chrono::NaiveDate;

const SIDES: &[&str] = &["you", "they"];
const CLOSES: &[&str] = &["yes", "no"];
const NAMED: &[&str] = &["mentioned", "took part"];

/// What a row is.
#[derive(Clone, Debug)]
pub enum What {
    /// A promise.
    Promise,
    /// A favour.
    Favour,
    /// Somebody leads me to somebody.
    Referral,
    /// A need.
    Need,
    /// A result, and the need it would close: its id and its words.
    Result(Option<(Id, String)>),
    /// A sale.
    Sale,
    /// A fact.
    Fact,
    /// A key date.
    Date,
    /// A rival.
    Rival,
    /// A seat at the account of this contact where the holder has none.
    Seat(Id),
    /// Somebody named in the note.
    Named,
    /// A line that stays text, and why.
    Text(String),
    /// An item whose words are gone from the note.
    Gone,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// The sign of its mark.
    pub sign: char,
    /// The line as typed.
    pub words: String,
    /// What it is.
    pub what: What,
    /// What can be changed about it.
    pub fields: Vec<Field>,
    /// It is filed; otherwise its line stays text.
    pub taken: bool,
    /// What the book has of it, where the note was filed before.
    pub filed: Option<CaughtRow>,
}

/// Whose note it is, on which day.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// The caller.
    pub with: Id,
    /// The day of the touch.
    pub on: NaiveDate,
}

/// Somebody a line names, for a field: their id, or what was typed where it is not clear who is meant.
fn person(who: &Who, note: Note, cx: &Cx<'_>) -> (Vec<(Id, String)>, String) {
    match who {
        Who::Caller => (vec![(note.with, cx.name(note.with))], String::new()),
        Who::Me => (vec![(Id::ME, "me".to_owned())], String::new()),
        Who::Known(id) => (vec![(*id, cx.name(*id))], String::new()),
        Who::New(typed) => {
            let name = newcomer(typed);
            (vec![(Id::stand_in_for(&name), name)], String::new())
        }
        Who::Several { typed, .. } => (Vec::new(), typed.clone()),
    }
}

fn who_field(name: &'static str, label: &'static str, who: &Who, note: Note, cx: &Cx<'_>) -> Field {
    let (people, typed) = person(who, note, cx);
    let mut field = Field::people(name, label, false, people).or_new();
    if !typed.is_empty() {
        field.paste(&typed);
    }
    field
}

fn text(name: &'static str, label: &'static str, text: &str) -> Field {
    Field::new(name, label, Kind::Line, text)
}

fn day(name: &'static str, label: &'static str, look: Look, on: NaiveDate) -> Field {
    Field::new(name, label, Kind::Day(look), &on.to_string())
}

/// The row of a marked line.
pub fn of_line(line: &Line, note: Note, needs: &[(Id, String)], cx: &Cx<'_>) -> Row {
    let (what, fields) = match &line.found {
        Ok(found) => of_found(found, note, needs, cx),
        Err(why) => (What::Text(why.clone()), Vec::new()),
    };
    Row {
        sign: line.mark.sign(),
        words: line.words.clone(),
        taken: !matches!(what, What::Text(_)),
        what,
        fields,
        filed: None,
    }
}

/// The row of somebody named in the note who is not among those who took part.
pub fn of_named(who: &Who, words: &str, took_part: bool, note: Note, cx: &Cx<'_>) -> Row {
    Row {
        sign: '@',
        words: words.to_owned(),
        what: What::Named,
        fields: vec![
            who_field("who", "who", who, note, cx),
            Field::choice("part", "was", NAMED, usize::from(took_part)),
        ],
        taken: true,
        filed: None,
    }
}

fn of_found(found: &Found, note: Note, needs: &[(Id, String)], cx: &Cx<'_>) -> (What, Vec<Field>) {
    let with = |who: &Who| who_field("who", "with", who, note, cx);
    match found {
        Found::Promise {
            mine,
            with: who,
            what,
            due,
            ..
        } => (
            What::Promise,
            vec![
                text("what", "promise", what),
                day("due", "due", Look::Ahead, *due),
                Field::choice("by", "promised by", SIDES, usize::from(!mine)),
                with(who),
            ],
        ),
        Found::Favour {
            giver,
            receiver,
            what,
            worth,
        } => (
            What::Favour,
            vec![
                text("what", "favour", what),
                who_field("giver", "done by", giver, note, cx),
                who_field("receiver", "for", receiver, note, cx),
                text("worth", "worth", &worth.to_string()).hint("½ small, 1, 2 big"),
            ],
        ),
        Found::Referral { prospect, what } => (
            What::Referral,
            vec![
                who_field("prospect", "leads to", prospect, note, cx),
                text("what", "about them", what),
                who_field("who", "promised by", &Who::Caller, note, cx),
            ],
        ),
        Found::Need { with: who, what } => {
            (What::Need, vec![text("what", "need", what), with(who)])
        }
        Found::Fact { with: who, what } => {
            (What::Fact, vec![text("what", "fact", what), with(who)])
        }
        Found::Rival {
            with: who,
            name,
            what,
        } => (
            What::Rival,
            vec![
                text("name", "rival", name),
                text("what", "seen", what),
                with(who),
            ],
        ),
        Found::Result {
            with: who,
            what,
            kind,
            amount,
            on,
        } => of_result(who, what, (*kind, amount.as_ref(), *on), note, needs, cx),
        Found::Sale {
            with: who,
            amount,
            what,
            on,
        } => (
            What::Sale,
            vec![
                text("amount", "amount", &amount.to_string()),
                text("what", "for", what),
                day("on", "on", Look::Back, *on),
                with(who),
            ],
        ),
        Found::Date { with: who, date } => (
            What::Date,
            vec![
                text("label", "key date", &date.label),
                text("on", "on", &date.on.to_string()).hint("20 nov, 1984-11-20"),
                Field::choice("yearly", "comes", YEARLY, usize::from(!date.yearly)),
                with(who),
            ],
        ),
        Found::Seat { who, roles, stance } => {
            let role = roles.first().copied().unwrap_or_default();
            (
                What::Seat(note.with),
                vec![
                    who_field("who", "who sits", who, note, cx),
                    Field::choice("role", "as", ROLES, place(&Role::ALL, &role)),
                    Field::choice("stance", "is", STANCES, place(&Stance::ALL, stance)),
                ],
            )
        }
    }
}

fn of_result(
    who: &Who,
    what: &str,
    (kind, amount, on): (ResultKind, Option<&Money>, NaiveDate),
    note: Note,
    needs: &[(Id, String)],
    cx: &Cx<'_>,
) -> (What, Vec<Field>) {
    let mut fields = vec![
        text("what", "result", what),
        Field::choice("kind", "is a", RESULTS, place(&ResultKind::ALL, &kind)),
        text(
            "amount",
            "amount",
            &amount.map_or(String::new(), ToString::to_string),
        ),
        day("on", "on", Look::Back, on),
        who_field("who", "with", who, note, cx),
    ];
    let need = crate::domain::filing::need_met(what, needs);
    if need.is_some() {
        fields.push(Field::choice("closes", "closes it", CLOSES, 0));
    }
    (What::Result(need), fields)
}

/// A seat line that names several roles is as many rows.
pub fn split_seats(line: &Line) -> Vec<Line> {
    match &line.found {
        Ok(Found::Seat { who, roles, stance }) if roles.len() > 1 => roles
            .iter()
            .map(|role| Line {
                found: Ok(Found::Seat {
                    who: who.clone(),
                    roles: vec![*role],
                    stance: *stance,
                }),
                ..line.clone()
            })
            .collect(),
        _ => vec![line.clone()],
    }
}

impl Row {
    /// Open needs became known: a result meets one of them.
    pub fn meet(&mut self, needs: &[(Id, String)]) {
        let What::Result(need) = &mut self.what else {
            return;
        };
        if need.is_some() {
            return;
        }
        let typed = self.fields.iter().find(|field| field.name == "what");
        *need = typed.and_then(|field| crate::domain::filing::need_met(&field.text(), needs));
        if need.is_some() {
            self.fields
                .push(Field::choice("closes", "closes it", CLOSES, 0));
        }
    }

    fn field(&self, name: &'static str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn typed(&self, name: &'static str) -> String {
        self.field(name)
            .map_or(String::new(), |field| clean_line(&field.text()))
    }

    fn needed(&self, name: &'static str, why: &str) -> Result<String, Fault> {
        let text = self.typed(name);
        if text.is_empty() {
            return Err((name, why.to_owned()));
        }
        Ok(text)
    }

    fn choice(&self, name: &'static str) -> usize {
        self.field(name).map_or(0, |field| field.choice)
    }

    /// The one person a field names.
    pub fn one(&self, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
        let named = self
            .field(name)
            .map_or(Ok(Vec::new()), |field| field.named(cx));
        let named = named.map_err(|why| (name, why))?;
        named
            .first()
            .copied()
            .ok_or_else(|| (name, "Say who".to_owned()))
    }

    fn other(&self, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
        match self.one(name, cx)? {
            Id::ME => Err((name, "Name the other, not yourself".to_owned())),
            id => Ok(id),
        }
    }

    fn day(
        &self,
        name: &'static str,
        otherwise: NaiveDate,
        cx: &Cx<'_>,
    ) -> Result<NaiveDate, Fault> {
        let day = self.field(name).map_or(Ok(None), |field| field.day(cx));
        Ok(day.map_err(|why| (name, why))?.unwrap_or(otherwise))
    }

    fn money(&self, cx: &Cx<'_>) -> Result<Option<Money>, Fault> {
        money(&self.typed("amount"), cx)
    }

    /// Somebody the note names, and whether they took part.
    pub fn named(&self, cx: &Cx<'_>) -> Result<(Id, bool), Fault> {
        Ok((self.one("who", cx)?, self.choice("part") == 1))
    }

    /// What it becomes, with the words it was read from; none for a line that stays text.
    pub fn caught(&self, note: Note, cx: &Cx<'_>) -> Result<Option<Caught>, Fault> {
        Ok(self.item(note, cx)?.map(|item| Caught {
            item,
            words: self.words.clone(),
        }))
    }

    fn item(&self, note: Note, cx: &Cx<'_>) -> Result<Option<Item>, Fault> {
        let item = match &self.what {
            What::Text(_) | What::Named | What::Gone => return Ok(None),
            What::Promise => self.promise(note, cx)?,
            What::Favour => self.favour(note, cx)?,
            What::Referral => Item::Referral(Referred {
                referrer: self.other("who", cx)?,
                prospect: self.other("prospect", cx)?,
                what: self.typed("what"),
                stage: Stage::Promised,
                on: note.on,
            }),
            What::Result(need) => self.result(need.as_ref(), note, cx)?,
            _ => Item::Record(self.record(note, cx)?),
        };
        Ok(Some(item))
    }

    fn promise(&self, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let contact = self.other("who", cx)?;
        let what = self.needed("what", "Say what was promised")?;
        let usual = crate::domain::moment::shift(note.on, 7);
        Ok(Item::Promise(Promise {
            contact,
            mine: self.choice("by") == 0,
            what,
            made_on: note.on,
            due: self.day("due", usual, cx)?,
            evidence: None,
        }))
    }

    fn favour(&self, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let (giver, receiver) = (self.one("giver", cx)?, self.one("receiver", cx)?);
        if giver == receiver {
            return Err(("receiver", "A favour is between two people".to_owned()));
        }
        let worth = Halves::parse(&self.typed("worth"));
        Ok(Item::Chit(Chit {
            giver,
            receiver,
            what: self.needed("what", "Say what the favour was")?,
            on: note.on,
            worth: worth.ok_or_else(|| ("worth", "A favour is worth ½, 1, 1½, 2 …".to_owned()))?,
            pending: false,
            evidence: None,
        }))
    }

    fn result(&self, need: Option<&(Id, String)>, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let closes = need.filter(|_| self.choice("closes") == 0);
        Ok(Item::Result(Delivered {
            contact: self.other("who", cx)?,
            need: closes.map(|(id, _)| *id),
            outcome: Outcome {
                what: self.needed("what", "Say what the result is")?,
                kind: ResultKind::ALL[self.choice("kind").min(2)],
                amount: self.money(cx)?,
                on: self.day("on", note.on, cx)?,
            },
        }))
    }

    fn record(&self, note: Note, cx: &Cx<'_>) -> Result<Record, Fault> {
        let contact = self.other("who", cx)?;
        Ok(match &self.what {
            What::Need => Record::Need(Need {
                contact,
                what: self.needed("what", "Say what they need")?,
                state: NeedState::Heard,
                heard: note.on,
                outcome: None,
            }),
            What::Sale => Record::Sale(Sale {
                contact,
                amount: self
                    .money(cx)?
                    .ok_or_else(|| ("amount", "Say how much".to_owned()))?,
                what: self.typed("what"),
                on: self.day("on", note.on, cx)?,
            }),
            What::Rival => Record::Rival(Rival {
                contact,
                name: self.needed("name", "Say who the rival is")?,
                what: self.typed("what"),
                on: note.on,
            }),
            What::Date => Record::Date(Anniversary {
                contact,
                date: self.date(cx)?,
            }),
            What::Seat(at) => Record::Seat(Seat {
                contact,
                at: *at,
                role: Role::ALL[self.choice("role").min(5)],
                stance: Stance::ALL[self.choice("stance").min(3)],
            }),
            _ => Record::Fact(Fact {
                contact,
                what: self.needed("what", "Say what is worth remembering")?,
                kind: FactKind::Personal,
                learned: note.on,
                due: None,
                asked: None,
            }),
        })
    }

    fn date(&self, cx: &Cx<'_>) -> Result<KeyDate, Fault> {
        let yearly = self.choice("yearly") == 0;
        key_date(&self.typed("label"), &self.typed("on"), yearly, cx)
    }
}
