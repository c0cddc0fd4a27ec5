//! `log`: files a touch.
//!
//! What was typed after the verb is people and then a text. The first is always a person. Each further one is a person as long
//! as it plainly names somebody (an address, a number, an id, or beginnings of a name's words, three letters at least); from
//! the first one that does not, the rest is the text. `--` and `--text` leave no doubt.

use super::args::Log;
use super::desk::{Desk, Failure, spelled};
use super::people::short;
use super::who;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::domain::when::Look;
use crate::store::Store;
use std::io::Read;

/// The longest text that is read from standard input.
const LONGEST: u64 = 4 << 20;

/// Files a touch.
pub fn log(desk: &mut Desk<'_>, args: &Log) -> Result<(), Failure> {
    let kind = TouchKind::parse(&args.kind).ok_or_else(|| {
        let kinds: Vec<&str> = TouchKind::ALL.iter().map(|kind| kind.word()).collect();
        Failure::Usage(format!(
            "\"{}\" is not a kind of touch; say one of {}",
            args.kind,
            kinds.join(", ")
        ))
    })?;
    let at = match &args.at {
        Some(phrase) => desk.moment(phrase, Look::Back)?,
        None => desk.now,
    };
    if at > desk.now {
        return Err(Failure::Usage(
            "that has not happened yet; `chitbook plan` plans a touch".to_owned(),
        ));
    }
    let direction = match (args.inward, args.outward) {
        (true, _) => Direction::In,
        (_, true) => Direction::Out,
        _ => Direction::Mutual,
    };
    let mut book = desk.book_to_change()?;
    let (people, text) = split(&book, args)?;
    let touch = Touch {
        at,
        kind,
        direction,
        minutes: args.minutes,
        body: body(text)?,
        people,
    };
    let command = Command::LogTouch(Box::new(touch));
    let when = spelled(at.date_naive(), Some(at.time()), desk.date());
    desk.apply(&mut book, &command, |_, changed| {
        Ok(match changed.created {
            Some(id) => format!("{}: {when}", short(id, vec![id])),
            None => when,
        })
    })
}

/// Who took part, and the text.
fn split(book: &Store, args: &Log) -> Result<(Vec<Id>, Option<String>), Failure> {
    let given = args.text.is_some() || !args.words.is_empty();
    let mut people: Vec<Id> = Vec::new();
    let mut text = args.text.clone();
    if !args.words.is_empty() {
        text = Some(args.words.join(" "));
    }
    for (at, typed) in args.who.iter().enumerate() {
        if at > 0 && !given {
            let fitting = if typed == "-" {
                Vec::new()
            } else {
                book.who(typed)?
            };
            if !who::plainly(typed, &fitting) {
                text = Some(args.who.get(at..).unwrap_or_default().join(" "));
                break;
            }
        }
        let id = who::one(book, typed)?.id;
        if !people.contains(&id) {
            people.push(id);
        }
    }
    Ok((people, text))
}

/// The note: as typed, or from standard input.
fn body(text: Option<String>) -> Result<String, Failure> {
    match text.as_deref() {
        Some("-") => {
            let mut bytes = Vec::new();
            let mut input = std::io::stdin().lock().take(LONGEST + 1);
            input.read_to_end(&mut bytes).map_err(|error| {
                Failure::could(format!("standard input could not be read: {error}"))
            })?;
            if bytes.len() as u64 > LONGEST {
                return Err(Failure::could(
                    "the text is longer than 4 MB; file it in parts",
                ));
            }
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => Ok(text.unwrap_or_default()),
    }
}
