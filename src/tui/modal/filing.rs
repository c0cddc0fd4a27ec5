//! What a form files: which fields it has, and the change they make.

mod typed;

pub use super::week::How;
pub use typed::{day_or, one, past_day, required};

use super::field::{Field, Saved};
use super::form::Form;
use super::{Cx, chit, correct, lead, person, promise, record, touch, week};
use crate::domain::ask::Ask;
use crate::domain::chit::{Chit, Halves, Settlement};
use crate::domain::command::Command;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::promise::Promise;
use crate::domain::record::{Record, RecordKind};
use crate::domain::review::Card as Matter;
use crate::domain::touch::Touch;
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// A field's name and what is wrong with it.
pub type Fault = (&'static str, String);

/// What is being filed. A draft keeps it, so it holds everything an edit started from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Something happened.
    Touch {
        /// With whom it began.
        with: Option<Id>,
        /// The touch that is corrected.
        editing: Option<(Id, Box<Touch>)>,
    },
    /// A favour.
    Chit {
        /// With whom it began.
        with: Option<Id>,
        /// The chit that is corrected.
        editing: Option<(Id, Box<Chit>)>,
    },
    /// A favour came back, or was let go.
    Settle {
        /// Which.
        id: Id,
        /// How.
        how: Settlement,
        /// What is still open.
        open: Halves,
        /// What it was for.
        what: String,
    },
    /// A chit called in, and what came of it.
    CallIn {
        /// Which.
        id: Id,
        /// What is still open.
        open: Halves,
        /// What it was for.
        what: String,
        /// It was called in before, and waits for what comes of it.
        waiting: bool,
    },
    /// Something promised.
    Promise {
        /// Between me and whom.
        with: Id,
        /// Mine, or theirs, as the form begins. (A draft of an earlier version does not say.)
        #[serde(default)]
        theirs: bool,
        /// The promise that is corrected.
        editing: Option<(Id, Box<Promise>)>,
    },
    /// A promise set aside.
    Snooze {
        /// With whom.
        with: Id,
        /// Which.
        id: Id,
        /// What it says.
        what: String,
    },
    /// A matter set aside until a day.
    SetAside {
        /// What it is about.
        kind: MatterKind,
        /// Its record, or the person it is.
        id: Id,
        /// With whom.
        with: Option<Id>,
        /// Their name.
        who: String,
    },
    /// A card of the review decided.
    Decide {
        /// Which.
        id: Id,
        /// What it says.
        card: Box<Matter>,
        /// How.
        how: How,
    },
    /// A fact, a key date, a need, a sale, a rival or a seat.
    Record {
        /// About whom.
        with: Id,
        /// What it is.
        kind: RecordKind,
        /// The record that is corrected.
        editing: Option<(Id, Box<Record>)>,
    },
    /// The next touch.
    Plan {
        /// With whom.
        with: Id,
        /// The plan there is.
        before: Option<(NaiveDate, Option<NaiveTime>, String)>,
        /// Its id, for dropping it. (A draft of an earlier version does not have it.)
        #[serde(default)]
        planned: Option<Id>,
    },
    /// Somebody leads me to somebody, or I two people to each other.
    Referral {
        /// Who leads, as the form begins.
        from: Option<Id>,
        /// The referral that is corrected.
        editing: Option<lead::Edited>,
    },
    /// A referral comes to a stage that asks for more than its day.
    Stage(Box<lead::Move>),
    /// The credit of a referral is split.
    Split {
        /// Which.
        id: Id,
        /// Who has how much of it.
        now: String,
    },
    /// Somebody was asked for a referral.
    Ask {
        /// Who.
        with: Id,
        /// The ask that waits for its answer.
        waiting: Option<(Id, Box<Ask>)>,
    },
    /// A strength corrected by hand.
    Correct {
        /// Between me and whom.
        with: Id,
    },
    /// A person's card.
    Person {
        /// The card that is corrected.
        editing: Option<(Id, Box<Card>)>,
    },
    /// A person's tags.
    Tags {
        /// Whose.
        id: Id,
        /// The tags there are.
        before: Vec<String>,
    },
}

impl Subject {
    /// The word a draft is filed under.
    pub fn kind(&self) -> &'static str {
        match self {
            Subject::Touch { .. } => "touch",
            Subject::Chit { .. } => "chit",
            Subject::Settle { .. } => "settle",
            Subject::CallIn { .. } => "call-in",
            Subject::Promise { .. } => "promise",
            Subject::Snooze { .. } => "snooze",
            Subject::SetAside { .. } => "set-aside",
            Subject::Decide { .. } => "decide",
            Subject::Record { .. } => "record",
            Subject::Plan { .. } => "plan",
            Subject::Referral { .. } => "referral",
            Subject::Stage(_) => "stage",
            Subject::Split { .. } => "split",
            Subject::Ask { .. } => "ask",
            Subject::Correct { .. } => "correct",
            Subject::Person { .. } => "person",
            Subject::Tags { .. } => "tags",
        }
    }

    /// Whom it is about.
    pub fn contact(&self, cx: &Cx<'_>) -> Option<Id> {
        match self {
            Subject::Touch { with, .. }
            | Subject::Chit { with, .. }
            | Subject::SetAside { with, .. } => *with,
            Subject::Settle { .. } | Subject::CallIn { .. } | Subject::Split { .. } => {
                cx.person.map(|person| person.summary.id)
            }
            Subject::Promise { with, .. }
            | Subject::Snooze { with, .. }
            | Subject::Record { with, .. }
            | Subject::Plan { with, .. }
            | Subject::Ask { with, .. }
            | Subject::Correct { with } => Some(*with),
            Subject::Decide { card, .. } => card.contact,
            Subject::Referral { from, .. } => *from,
            Subject::Stage(about) => about.row.referral.prospect.person(),
            Subject::Person { editing } => editing.as_ref().map(|(id, _)| *id),
            Subject::Tags { id, .. } => Some(*id),
        }
    }

    /// What the form is called.
    pub fn title(&self, cx: &Cx<'_>) -> String {
        let with =
            |id: &Option<Id>| id.map_or(String::new(), |id| format!(" with {}", cx.name(id)));
        match self {
            Subject::Touch {
                with: id,
                editing: None,
            } => format!("Touch{}", with(id)),
            Subject::Touch { with: id, .. } => format!("Edit touch{}", with(id)),
            Subject::Chit {
                with: id,
                editing: None,
            } => format!("Favour{}", with(id)),
            Subject::Chit { with: id, .. } => format!("Edit favour{}", with(id)),
            Subject::Settle {
                how: Settlement::Redeemed,
                what,
                ..
            } => format!("Redeem: {what}"),
            Subject::Settle { what, .. } => format!("Forgive: {what}"),
            Subject::CallIn { what, waiting, .. } => {
                let how = if *waiting {
                    "What came of it"
                } else {
                    "Call in"
                };
                format!("{how}: {what}")
            }
            Subject::Snooze { what, .. } => format!("Set aside: {what}"),
            Subject::SetAside { kind, who, .. } => format!("Set aside: {}, {who}", kind.words()),
            Subject::Decide { card, how, .. } => week::title(card, *how),
            Subject::Record {
                with,
                kind,
                editing: None,
            } => format!("New {} about {}", kind.noun(), cx.name(*with)),
            Subject::Record { with, kind, .. } => {
                format!("Edit {} about {}", kind.noun(), cx.name(*with))
            }
            Subject::Promise {
                with,
                editing: None,
                ..
            } => format!("Promise with {}", cx.name(*with)),
            Subject::Promise { with, .. } => format!("Edit promise with {}", cx.name(*with)),
            Subject::Plan { with, .. } => format!("Next touch with {}", cx.name(*with)),
            Subject::Referral { .. }
            | Subject::Stage(_)
            | Subject::Split { .. }
            | Subject::Ask { .. } => self.leading_title(cx),
            Subject::Correct { with } => format!("Correct the strength of {}", cx.name(*with)),
            Subject::Person { editing: None } => "New person".to_owned(),
            Subject::Person {
                editing: Some((_, card)),
            } => format!("Edit {}", card.name),
            Subject::Tags { id, .. } => format!("Tags of {}", cx.name(*id)),
        }
    }

    /// The same of what leads to customers.
    fn leading_title(&self, cx: &Cx<'_>) -> String {
        match self {
            Subject::Referral { editing: None, .. } => "New referral".to_owned(),
            Subject::Referral { .. } => "Edit referral".to_owned(),
            Subject::Stage(about) => about.title(),
            Subject::Split { now, .. } => format!("Credit: {now}"),
            Subject::Ask { with, waiting } => {
                let how = if waiting.is_some() {
                    "What came of asking"
                } else {
                    "Asked"
                };
                format!("{how} {}", cx.name(*with))
            }
            _ => String::new(),
        }
    }

    /// The fields, and the one typing begins in.
    pub fn fields(&self, cx: &Cx<'_>) -> (Vec<Field>, &'static str) {
        match self {
            Subject::Touch { with, editing } => {
                (touch::fields(*with, editing.as_ref(), cx), "text")
            }
            Subject::Chit { with, editing } => (chit::fields(*with, editing.as_ref(), cx), "what"),
            Subject::Settle { open, .. } => (chit::settle_fields(*open, cx), "by"),
            Subject::CallIn { open, waiting, .. } => {
                (chit::call_fields(*open, *waiting, cx), "outcome")
            }
            Subject::Promise {
                theirs, editing, ..
            } => {
                let before = editing.as_ref().map(|(_, promise)| promise.as_ref());
                (promise::fields(before, *theirs), "what")
            }
            Subject::Snooze { .. } => (record::snooze_fields(), "until"),
            Subject::SetAside { .. } => week::aside_fields(),
            Subject::Decide { card, how, .. } => week::fields(card, *how, cx),
            Subject::Record { kind, editing, .. } => {
                let before = editing.as_ref().map(|(_, record)| record.as_ref());
                record::fields(*kind, before, cx)
            }
            Subject::Plan { before, .. } => (promise::plan_fields(before.as_ref()), "on"),
            Subject::Referral { from, editing } => {
                let first = match (from, editing) {
                    (_, Some(_)) => "what",
                    (Some(_), None) => "prospect",
                    (None, None) => "referrer",
                };
                (lead::fields(*from, editing.as_ref(), cx), first)
            }
            Subject::Stage(about) => (about.fields(), about.first()),
            Subject::Split { .. } => (lead::split_fields(), "who"),
            Subject::Ask { waiting, .. } => (lead::ask_fields(waiting.as_ref()), "answer"),
            Subject::Correct { with } => (correct::fields(*with, cx), "wish"),
            Subject::Person { editing } => (
                person::fields(editing.as_ref().map(|(_, card)| card.as_ref())),
                "name",
            ),
            Subject::Tags { before, .. } => (person::tag_fields(before), "tags"),
        }
    }

    /// The change the fields make, or which of them is wrong.
    pub fn command(&self, form: &Form, cx: &Cx<'_>) -> Result<Command, Fault> {
        match self {
            Subject::Touch { editing, .. } => touch::command(form, editing.as_ref(), cx),
            Subject::Chit { editing, .. } => chit::command(form, editing.as_ref(), cx),
            Subject::Settle { id, how, open, .. } => chit::settle(form, *id, *how, *open, cx),
            Subject::CallIn { id, open, .. } => chit::call_in(form, *id, *open, cx),
            Subject::Promise { with, editing, .. } => {
                promise::command(form, *with, editing.as_ref(), cx)
            }
            Subject::Snooze { id, .. } => record::snooze(form, *id, cx),
            Subject::SetAside { kind, id, .. } => week::set_aside(form, *kind, *id, cx),
            Subject::Decide { id, card, how } => week::command(form, *id, card, *how, cx),
            Subject::Record {
                with,
                kind,
                editing,
            } => record::command(form, *with, *kind, editing.as_ref(), cx),
            Subject::Plan { with, planned, .. } => promise::plan(form, *with, *planned, cx),
            Subject::Referral { editing, .. } => lead::command(form, editing.as_ref(), cx),
            Subject::Stage(about) => about.command(form, cx),
            Subject::Split { id, .. } => lead::split(form, *id, cx),
            Subject::Ask { with, waiting } => lead::ask(form, *with, waiting.as_ref(), cx),
            Subject::Correct { with } => correct::command(form, *with, cx),
            Subject::Person { editing } => person::command(form, editing.as_ref(), cx),
            Subject::Tags { id, before } => Ok(person::tag_command(form, *id, before)),
        }
    }

    /// Adds a fresh row under one that repeats and was typed into.
    pub fn regrow(&self, fields: &mut Vec<Field>) {
        if matches!(self, Subject::Person { .. }) {
            person::regrow(fields);
        }
    }

    /// Makes room for the rows a draft holds.
    pub fn grow_to(&self, fields: &mut Vec<Field>, saved: &[Saved]) {
        if matches!(self, Subject::Person { .. }) {
            person::grow_to(fields, saved);
        }
    }

    /// Giver and receiver of a favour change places.
    pub fn swap(&self, fields: &mut [Field]) {
        if !matches!(self, Subject::Chit { .. }) {
            return;
        }
        let place = |name| fields.iter().position(|field| field.name == name);
        if let (Some(giver), Some(receiver)) = (place("giver"), place("receiver")) {
            let people = std::mem::take(&mut fields[giver].people);
            fields[giver].people = std::mem::replace(&mut fields[receiver].people, people);
        }
    }
}
