//! The forms of an account: its page, a seat on its committee, what a coach warned of, who will speak for us, and that they were asked.

mod seat;

use super::Cx;
use super::field::{Field, Kind};
use super::filing::{Fault, past_day, required};
use super::form::Form;
use crate::domain::account::{Change, Coaching, Profile, Regard, Story, StoryAsk};
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::record::{Role, Stance};
use crate::domain::text::{clean_line, clean_note};
use crate::domain::when::Look;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What buys, a household second.
const KINDS: &[&str] = &["company", "household"];
/// The words of a standing, in their order, and one for none.
const REGARDS: &[&str] = &["not said", "vendor", "preferred", "adviser", "trusted"];

/// A seat as its form was opened on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seated {
    /// Which.
    pub seat: Id,
    /// The role it is.
    pub role: Role,
    /// Who sits there; none: not known.
    pub holder: Option<Id>,
    /// What they think of us.
    pub stance: Stance,
    /// Whom they listen to.
    pub listens_to: Option<Id>,
}

/// Which form it is, and what it was opened on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// The account's own page.
    Profile {
        /// Which account.
        id: Id,
        /// The page there is.
        before: Box<Profile>,
    },
    /// A seat.
    Seat {
        /// At which account.
        account: Id,
        /// What that is called.
        name: String,
        /// Somebody who belongs there.
        at: Option<Id>,
        /// The role it begins with.
        role: Role,
        /// Who it begins with.
        holder: Option<Id>,
        /// The seat that is changed.
        editing: Option<Seated>,
    },
    /// What a coach warned of.
    Coaching {
        /// What the account is called.
        name: String,
        /// Who it begins with.
        with: Option<Id>,
        /// The coaching that is changed.
        editing: Option<(Id, Box<Coaching>)>,
    },
    /// Somebody will speak for us.
    Story {
        /// What the account is called.
        name: String,
        /// Who it begins with.
        with: Option<Id>,
        /// The story that is changed.
        editing: Option<(Id, Box<Story>)>,
    },
    /// They were asked to.
    Asked {
        /// Which story.
        id: Id,
        /// Who speaks.
        with: Id,
        /// About what.
        about: String,
    },
}

impl Paper {
    /// The word a draft is filed under.
    pub fn kind(&self) -> &'static str {
        match self {
            Paper::Profile { .. } => "account",
            Paper::Seat { .. } => "seat",
            Paper::Coaching { .. } => "coaching",
            Paper::Story { .. } => "story",
            Paper::Asked { .. } => "asked",
        }
    }

    /// Whom it is about.
    pub fn contact(&self) -> Option<Id> {
        match self {
            Paper::Profile { .. } => None,
            Paper::Seat { holder, .. } => *holder,
            Paper::Coaching { with, .. } | Paper::Story { with, .. } => *with,
            Paper::Asked { with, .. } => Some(*with),
        }
    }

    /// What the form is called.
    pub fn title(&self, cx: &Cx<'_>) -> String {
        let how = |editing: bool| if editing { "Edit" } else { "New" };
        match self {
            Paper::Profile { before, .. } => format!("Edit {}", before.name),
            Paper::Seat { name, editing, .. } => {
                format!("{} seat at {name}", how(editing.is_some()))
            }
            Paper::Coaching { name, editing, .. } => {
                format!("{} coaching at {name}", how(editing.is_some()))
            }
            Paper::Story { name, editing, .. } => {
                format!("{} story from {name}", how(editing.is_some()))
            }
            Paper::Asked { with, about, .. } => {
                format!("{} was asked to speak about {about}", cx.name(*with))
            }
        }
    }

    /// The fields, and the one typing begins in.
    pub fn fields(&self, cx: &Cx<'_>) -> (Vec<Field>, &'static str) {
        match self {
            Paper::Profile { before, .. } => (profile_fields(before), "regard"),
            Paper::Seat {
                role,
                holder,
                editing,
                ..
            } => {
                let first = if holder.is_some() { "stance" } else { "who" };
                (seat::fields(*role, *holder, *editing, cx), first)
            }
            Paper::Coaching { with, editing, .. } => {
                let before = editing.as_ref().map(|(_, before)| before.as_ref());
                let first = match before {
                    Some(before) if before.did.is_empty() => "did",
                    Some(_) => "told",
                    None => "what",
                };
                (coaching_fields(*with, before, cx), first)
            }
            Paper::Story { with, editing, .. } => {
                let before = editing.as_ref().map(|(_, before)| before.as_ref());
                (story_fields(*with, before, cx), "what")
            }
            Paper::Asked { .. } => (
                vec![
                    Field::new("what", "for whom", Kind::Line, "").hint("Granite Works, a visit"),
                    day("on", "when", Look::Back, Some(cx.today())),
                ],
                "what",
            ),
        }
    }

    /// The change the fields make, or which of them is wrong.
    pub fn command(&self, form: &Form, cx: &Cx<'_>) -> Result<Command, Fault> {
        match self {
            Paper::Profile { id, before } => profile(form, *id, before),
            Paper::Seat {
                account,
                name,
                at,
                editing,
                ..
            } => seat::command(form, (*account, name), *at, *editing, cx),
            Paper::Coaching { editing, .. } => coaching(form, editing.as_ref(), cx),
            Paper::Story { editing, .. } => story(form, editing.as_ref(), cx),
            Paper::Asked { id, .. } => {
                let ask = StoryAsk {
                    on: past_day(form, "on", cx)?,
                    for_whom: clean_line(&required(form, "what", "Say for whom")?),
                };
                Ok(change(Change::AskStory { id: *id, ask }))
            }
        }
    }
}

fn change(change: Change) -> Command {
    Command::Account(Box::new(change))
}

fn day(name: &'static str, label: &'static str, look: Look, on: Option<NaiveDate>) -> Field {
    let text = on.map_or(String::new(), |on| on.to_string());
    Field::new(name, label, Kind::Day(look), &text)
}

fn person(name: &'static str, label: &'static str, who: Option<Id>, cx: &Cx<'_>) -> Field {
    let named = who.map(|id| (id, cx.name(id)));
    Field::people(name, label, false, named.into_iter().collect())
}

/// The person a field names; none where it names nobody.
fn anybody(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<Option<Id>, Fault> {
    let named = form
        .field(name)
        .map_or(Ok(Vec::new()), |field| field.named(cx));
    let named = named.map_err(|why| (name, why))?;
    match named.first().copied() {
        Some(Id::ME) => Err((name, "Name somebody who works there".to_owned())),
        other => Ok(other),
    }
}

/// The person a field has to name.
fn somebody(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
    anybody(form, name, cx)?.ok_or_else(|| (name, "Say who".to_owned()))
}

/// A day that has come; none where nothing is typed.
fn past(form: &Form, name: &'static str, cx: &Cx<'_>) -> Result<Option<NaiveDate>, Fault> {
    if form.text(name).is_empty() {
        return Ok(None);
    }
    past_day(form, name, cx).map(Some)
}

fn profile_fields(before: &Profile) -> Vec<Field> {
    let place = |regard: Option<Regard>| regard.map_or(0, |regard| 1 + regard as usize);
    vec![
        Field::new("name", "name", Kind::Line, &before.name),
        Field::choice("kind", "is a", KINDS, usize::from(before.household)),
        Field::choice("regard", "takes you for", REGARDS, place(before.regard)),
        Field::choice("wanted", "should take", REGARDS, place(before.wanted)),
        Field::new("note", "note", Kind::Note, &before.note),
    ]
}

fn profile(form: &Form, id: Id, before: &Profile) -> Result<Command, Fault> {
    let regard = |name: &str| {
        let at = form.choice(name).checked_sub(1);
        at.and_then(|at| Regard::ALL.get(at).copied())
    };
    let after = Profile {
        name: clean_line(&required(form, "name", "An account needs a name")?),
        household: form.choice("kind") == 1,
        regard: regard("regard"),
        wanted: regard("wanted"),
        note: clean_note(&form.text("note")),
    };
    let before = before.clone();
    Ok(change(Change::Edit { id, before, after }))
}

fn coaching_fields(with: Option<Id>, before: Option<&Coaching>, cx: &Cx<'_>) -> Vec<Field> {
    let who = before.map(|before| before.contact).or(with);
    let said_on = before.map_or(cx.today(), |before| before.said_on);
    vec![
        person("who", "who said it", who, cx).hint("a name"),
        Field::new(
            "what",
            "warned of",
            Kind::Line,
            before.map_or("", |before| &before.said),
        )
        .hint("they want a second bid"),
        day("on", "said on", Look::Back, Some(said_on)),
        Field::new(
            "did",
            "what you did",
            Kind::Line,
            before.map_or("", |before| &before.did),
        )
        .hint("empty while nothing is done"),
        day(
            "did-on",
            "did it on",
            Look::Back,
            before.and_then(|before| before.did_on),
        )
        .hint("today"),
        day(
            "told",
            "told them on",
            Look::Back,
            before.and_then(|before| before.told_on),
        )
        .hint("empty until they know what came of it"),
    ]
}

fn coaching(
    form: &Form,
    editing: Option<&(Id, Box<Coaching>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let did = clean_line(&form.text("did"));
    let did_on = past(form, "did-on", cx)?;
    if did.is_empty() && did_on.is_some() {
        return Err(("did", "Say what you did that day".to_owned()));
    }
    let after = Coaching {
        contact: somebody(form, "who", cx)?,
        said: clean_line(&required(form, "what", "Say what they warned you of")?),
        said_on: past_day(form, "on", cx)?,
        did_on: if did.is_empty() {
            None
        } else {
            did_on.or(Some(cx.today()))
        },
        did,
        told_on: past(form, "told", cx)?,
        evidence: editing.and_then(|(_, before)| before.evidence),
    };
    Ok(change(match editing {
        Some((id, before)) => Change::EditCoaching {
            id: *id,
            before: before.as_ref().clone(),
            after,
        },
        None => Change::AddCoaching(after),
    }))
}

fn story_fields(with: Option<Id>, before: Option<&Story>, cx: &Cx<'_>) -> Vec<Field> {
    let who = before.map(|before| before.contact).or(with);
    vec![
        person("who", "who speaks", who, cx).hint("a name"),
        Field::new(
            "what",
            "about",
            Kind::Line,
            before.map_or("", |before| &before.about),
        )
        .hint("half as many truck rolls"),
        day(
            "rest",
            "at peace till",
            Look::Ahead,
            before.and_then(|before| before.rest_until),
        )
        .hint("in 3 months, where they asked for it"),
    ]
}

fn story(form: &Form, editing: Option<&(Id, Box<Story>)>, cx: &Cx<'_>) -> Result<Command, Fault> {
    let rest = form.field("rest").map_or(Ok(None), |field| field.day(cx));
    let after = Story {
        contact: somebody(form, "who", cx)?,
        need: editing.and_then(|(_, before)| before.need),
        about: clean_line(&required(form, "what", "Say what they will speak about")?),
        rest_until: rest.map_err(|why| ("rest", why))?,
    };
    Ok(change(match editing {
        Some((id, before)) => Change::EditStory {
            id: *id,
            before: before.as_ref().clone(),
            after,
        },
        None => Change::AddStory(after),
    }))
}
