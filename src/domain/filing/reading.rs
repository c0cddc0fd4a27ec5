//! A note read and filed without anybody looking at a sheet: every marked line becomes what it says, and what is not clear stays text.

use super::{Caught, Change, Filed, Filing, Item, Needs, need_told};
use crate::domain::capture::{Found, Line, Reading, Who};
use crate::domain::chit::{Chit, Halves};
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::promise::Promise;
use crate::domain::record::{
    Anniversary, Delivered, Fact, FactKind, Need, NeedState, Outcome, Record, Rival, Role, Sale,
    Seat,
};
use crate::domain::referral::{Referred, Stage};
use crate::domain::touch::Touch;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Whose note it is, and what is known of them.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The one the note is about.
    pub with: Id,
    /// Their account; may be empty.
    pub account: &'a str,
    /// Their open needs: ids and words.
    pub needs: &'a [(Id, String)],
}

/// A line that stays text: its words, and why.
pub type Unread = (String, String);

/// The filing of a new touch, and the lines that stay text.
pub fn filing_of(touch: Touch, reading: &Reading, about: About<'_>) -> (Filing, Vec<Unread>) {
    let on = touch.at.date_naive();
    let mut changes = Vec::new();
    let mut unread = Vec::new();
    let mut newcomers: Vec<(Id, Card)> = Vec::new();
    let mut needs = Needs::new(about.needs, &needs_told(reading, about.with));
    for line in &reading.lines {
        match items(line, on, about, &mut needs) {
            Ok(items) => changes.extend(items.into_iter().map(|item| {
                Change::Add(Caught {
                    item,
                    words: line.words.clone(),
                })
            })),
            Err(why) => unread.push((line.words.clone(), why)),
        }
    }
    let in_items: HashSet<Id> = changes.iter().flat_map(Change::people).collect();
    let mut mentioned: Vec<(Id, String)> = Vec::new();
    for named in &reading.named {
        let known = id_of(&named.who, about.with).ok();
        let Some(id) = known.filter(|id| *id != Id::ME) else {
            continue;
        };
        if let Who::New(name) = &named.who
            && !newcomers.iter().any(|(other, _)| *other == id)
        {
            newcomers.push((id, Card::named(&crate::domain::capture::newcomer(name))));
        }
        let new = matches!(named.who, Who::New(_));
        let told = new || touch.people.contains(&id) || in_items.contains(&id);
        if !told && !mentioned.iter().any(|(other, _)| *other == id) {
            mentioned.push((id, named.line.trim().to_owned()));
        }
    }
    let mut filing = Filing {
        newcomers: Vec::new(),
        touch: Filed::New(touch),
        mentioned,
        changes,
        plan: None,
        draft: None,
    };
    let named = filing.people();
    newcomers.retain(|(id, _)| named.contains(id));
    for (id, card) in &mut newcomers {
        if filing.sits(*id) {
            about.account.clone_into(&mut card.account);
        }
    }
    filing.newcomers = newcomers;
    (filing, unread)
}

/// The needs of the one a note is about that it tells of, by their stand-ins.
fn needs_told(reading: &Reading, with: Id) -> Vec<(Id, String)> {
    let told = reading.lines.iter().filter_map(|line| match &line.found {
        Ok(Found::Need { with: who, what }) if id_of(who, with) == Ok(with) => {
            Some((need_told(&line.words), what.clone()))
        }
        _ => None,
    });
    told.collect()
}

impl Filing {
    /// Whether somebody takes a seat on a committee by it: then they belong to the account.
    pub fn sits(&self, id: Id) -> bool {
        self.changes.iter().any(|change| match change {
            Change::Add(caught) => {
                matches!(&caught.item, Item::Record(Record::Seat(seat)) if seat.contact == id)
            }
            _ => false,
        })
    }
}

fn id_of(who: &Who, with: Id) -> Result<Id, String> {
    match who {
        Who::Caller => Ok(with),
        Who::Me => Ok(Id::ME),
        Who::Known(id) => Ok(*id),
        Who::New(name) => Ok(Id::stand_in_for(&crate::domain::capture::newcomer(name))),
        Who::Several { typed, fitting } if fitting.len() == 1 => {
            Err(format!("is {typed} somebody you know, or somebody new?"))
        }
        Who::Several { typed, fitting } => Err(format!("which {typed}? {} fit", fitting.len())),
    }
}

/// What a line becomes, filed on a day.
fn items(
    line: &Line,
    on: NaiveDate,
    about: About<'_>,
    needs: &mut Needs,
) -> Result<Vec<Item>, String> {
    let found = line.found.as_ref().map_err(Clone::clone)?;
    let other = |who: &Who| match id_of(who, about.with)? {
        Id::ME => Err("it is about you; name the other".to_owned()),
        id => Ok(id),
    };
    let one = |item| Ok(vec![item]);
    match found {
        Found::Favour {
            giver,
            receiver,
            what,
            worth,
        } => {
            let (giver, receiver) = (id_of(giver, about.with)?, id_of(receiver, about.with)?);
            one(Item::Chit(chit((giver, receiver), what, *worth, on)?))
        }
        Found::Promise {
            mine,
            with,
            what,
            due,
            ..
        } => one(Item::Promise(Promise {
            contact: other(with)?,
            mine: *mine,
            what: what.clone(),
            made_on: on,
            due: *due,
            evidence: None,
        })),
        Found::Referral { prospect, what } => one(Item::Referral(Referred {
            referrer: about.with,
            prospect: other(prospect)?,
            what: what.clone(),
            stage: Stage::Promised,
            on,
        })),
        Found::Result { with, .. } => {
            one(Item::Result(delivered(found, other(with)?, about, needs)))
        }
        Found::Seat { who, roles, stance } => {
            let contact = other(who)?;
            let seat = |role: &Role| Seat {
                contact,
                at: about.with,
                role: *role,
                stance: *stance,
            };
            let seats = roles.iter().map(|role| Record::Seat(seat(role)));
            Ok(seats.map(Item::Record).collect())
        }
        _ => one(Item::Record(record(found, on, &other)?)),
    }
}

fn chit(
    (giver, receiver): (Id, Id),
    what: &str,
    worth: Halves,
    on: NaiveDate,
) -> Result<Chit, String> {
    if giver == receiver {
        return Err("a favour is between two people".to_owned());
    }
    Ok(Chit {
        giver,
        receiver,
        what: what.to_owned(),
        on,
        worth,
        pending: false,
        evidence: None,
    })
}

/// A result, and the need of the one the note is about that it meets.
fn delivered(found: &Found, contact: Id, about: About<'_>, needs: &mut Needs) -> Delivered {
    let outcome = match found {
        Found::Result {
            what,
            kind,
            amount,
            on,
            ..
        } => Outcome {
            what: what.clone(),
            kind: *kind,
            amount: amount.clone(),
            on: *on,
        },
        _ => Outcome::default(),
    };
    let own = contact == about.with;
    let need = own.then(|| needs.meet(&outcome.what)).flatten();
    Delivered {
        contact,
        need,
        outcome,
    }
}

fn record(
    found: &Found,
    on: NaiveDate,
    other: &dyn Fn(&Who) -> Result<Id, String>,
) -> Result<Record, String> {
    Ok(match found {
        Found::Need { with, what } => Record::Need(Need {
            contact: other(with)?,
            what: what.clone(),
            state: NeedState::Heard,
            heard: on,
            outcome: None,
        }),
        Found::Sale {
            with,
            amount,
            what,
            on,
        } => Record::Sale(Sale {
            contact: other(with)?,
            amount: amount.clone(),
            what: what.clone(),
            on: *on,
        }),
        Found::Fact { with, what } => Record::Fact(Fact {
            contact: other(with)?,
            what: what.clone(),
            kind: FactKind::Personal,
            learned: on,
            due: None,
            asked: None,
        }),
        Found::Date { with, date } => Record::Date(Anniversary {
            contact: other(with)?,
            date: date.clone(),
        }),
        Found::Rival { with, name, what } => Record::Rival(Rival {
            contact: other(with)?,
            name: name.clone(),
            what: what.clone(),
            on,
        }),
        _ => return Err("this mark is not kept as a record".to_owned()),
    })
}
