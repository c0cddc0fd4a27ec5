//! The form of a seat: who sits there, as what, what they think of us, and whom they listen to.

use super::{Seated, anybody, change, person};
use crate::domain::account::Change;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::record::{Record, RecordKind, Role, Seat, Stance};
use crate::domain::text::fold;
use crate::tui::modal::Cx;
use crate::tui::modal::field::Field;
use crate::tui::modal::filing::Fault;
use crate::tui::modal::form::Form;
use crate::tui::modal::record::{ROLES, STANCES, place};

/// Whom they listen to is asked only of a seat that somebody holds: one that is new has no id yet that could be told.
pub(super) fn fields(
    role: Role,
    holder: Option<Id>,
    editing: Option<Seated>,
    cx: &Cx<'_>,
) -> Vec<Field> {
    let stance = editing.map_or(Stance::Unknown, |was| was.stance);
    let mut fields = vec![
        person("who", "who", holder, cx).hint("a name; nobody: not known yet"),
        Field::choice("role", "sits as", ROLES, place(&Role::ALL, &role)),
        Field::choice("stance", "is", STANCES, place(&Stance::ALL, &stance)),
    ];
    if let Some(was) = editing.filter(|was| was.holder.is_some()) {
        fields.push(
            person("listens", "listens to", was.listens_to, cx).hint("whoever has their ear"),
        );
    }
    fields
}

/// The change of a seat's fields: taken, changed, given up, or known and not taken yet.
pub(super) fn command(
    form: &Form,
    (account, name): (Id, &str),
    at: Option<Id>,
    editing: Option<Seated>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let who = anybody(form, "who", cx)?;
    let role = Role::ALL[form.choice("role").min(5)];
    let stance = Stance::ALL[form.choice("stance").min(3)];
    let listens_to = anybody(form, "listens", cx)?;
    if listens_to.is_some() && listens_to == who {
        let why = "Nobody is told to listen to themselves; name somebody else";
        return Err(("listens", why.to_owned()));
    }
    let taken = |contact: Id| {
        let theirs = cx.roster.get(contact).map_or("", |row| &row.account);
        let at = at.filter(|_| theirs.is_empty()).unwrap_or(contact);
        Box::new(Record::Seat(Seat {
            contact,
            at,
            role,
            stance,
        }))
    };
    if let Some(who) = who.filter(|who| editing.and_then(|was| was.holder) != Some(*who)) {
        belongs(who, name, cx)?;
    }
    let known = || change(Change::KnowSeat { account, role });
    let Some(was) = editing else {
        return Ok(who.map_or_else(known, |who| Command::AddRecord(taken(who))));
    };
    let mut commands = taken_over(was, who, &taken, &known);
    if was.holder.is_some() && who.is_some() && listens_to != was.listens_to {
        commands.push(change(Change::Listens {
            seat: was.seat,
            to: listens_to,
        }));
    }
    Ok(match (commands.pop(), commands.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            commands.extend(last);
            Command::All {
                label: format!("Changed a seat at {name}"),
                commands,
            }
        }
    })
}

/// What becomes of a seat there is: whoever is named holds it from now on.
fn taken_over(
    was: Seated,
    who: Option<Id>,
    taken: &dyn Fn(Id) -> Box<Record>,
    known: &dyn Fn() -> Command,
) -> Vec<Command> {
    let gone = Command::DeleteRecord {
        kind: RecordKind::Seat,
        id: was.seat,
    };
    match (was.holder, who) {
        (Some(holder), Some(who)) => {
            let before = Box::new(Record::Seat(Seat {
                contact: holder,
                at: holder,
                role: was.role,
                stance: was.stance,
            }));
            vec![Command::EditRecord {
                id: was.seat,
                before,
                after: taken(who),
            }]
        }
        (None, Some(who)) => vec![gone, Command::AddRecord(taken(who))],
        (_, None) => vec![gone, known()],
    }
}

/// Refuses whoever belongs to another account: their seat would be on that one's committee.
fn belongs(who: Id, name: &str, cx: &Cx<'_>) -> Result<(), Fault> {
    let theirs = cx.roster.get(who).map_or("", |row| &row.account);
    if theirs.is_empty() || fold(theirs) == fold(name) {
        return Ok(());
    }
    let who = cx.name(who);
    Err((
        "who",
        format!("{who} belongs to {theirs}: move them to {name} first"),
    ))
}
