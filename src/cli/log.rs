//! `log`: files a touch with everything that is caught in its text.
//!
//! What was typed after the verb is people and then a text. The first is always a person. Each further one is a person as long
//! as it plainly names somebody (an address, a number, an id, or beginnings of a name's words, three letters at least); from
//! the first one that does not, the rest is the text. `--` and `--text` leave no doubt.

use super::args::Log;
use super::desk::{Desk, Failure, spelled};
use super::people::short;
use super::who;
use crate::domain::capture::Reader;
use crate::domain::command::Command;
use crate::domain::filing::{About, Change, Filing, Unread, filing_of, next_gone, next_touch};
use crate::domain::id::Id;
use crate::domain::promise::Plan;
use crate::domain::text::fold;
use crate::domain::touch::{Direction, Touch, TouchKind};
use crate::domain::when::Look;
use crate::store::Store;
use std::ffi::OsString;
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
        body: body(text.as_deref())?,
        people,
    };
    let when = spelled(at.date_naive(), Some(at.time()), desk.date());
    file(desk, &mut book, touch, None, |_| when)
}

/// Files a touch with everything caught in its note, and says what was.
pub fn file(
    desk: &mut Desk<'_>,
    book: &mut Store,
    touch: Touch,
    draft: Option<Id>,
    also: impl FnOnce(Id) -> String,
) -> Result<(), Failure> {
    let Noted {
        filing,
        unread,
        doubts,
    } = read(desk, book, touch, draft)?;
    let caught = filing.changes.clone();
    let newcomers = filing.newcomers.clone();
    let plan = filing.plan.clone();
    let command = Command::File(Box::new(filing));
    desk.apply(book, &command, |_, changed| {
        Ok(match changed.created {
            Some(id) => format!("{}: {}", short(id, vec![id]), also(id)),
            None => String::new(),
        })
    })?;
    let today = desk.date();
    let name = |id: Id| match newcomers.iter().find(|(other, _)| *other == id) {
        Some((_, card)) => card.name.clone(),
        None => book.name(id).unwrap_or_else(|_| "somebody".to_owned()),
    };
    for change in &caught {
        if let Change::Add(caught) = change {
            let sign = caught.words.chars().next().unwrap_or(' ');
            let told = caught.item.told(&name, today);
            let doubt = doubts.iter().find(|(words, _)| *words == caught.words);
            let doubt = doubt.map_or(String::new(), |(_, why)| format!(" ({why})"));
            desk.out.line(&format!("  {sign} {told}{doubt}"))?;
        }
    }
    if let Some(plan) = plan {
        let on = spelled(plan.on, plan.at, today);
        desk.out.line(&format!("  next touch: {on}"))?;
    }
    for (_, card) in &newcomers {
        desk.out.line(&format!("  + new: {}", card.name))?;
    }
    for (words, why) in &unread {
        desk.out.line(&format!("  stays text: {words} ({why})"))?;
    }
    Ok(())
}

/// A note read for marks.
struct Noted {
    filing: Filing,
    /// The lines that stay text.
    unread: Vec<Unread>,
    /// Lines with a day that is none, and why it is none.
    doubts: Vec<(String, String)>,
}

/// Reads a note for marks.
fn read(desk: &Desk<'_>, book: &Store, touch: Touch, draft: Option<Id>) -> Result<Noted, Failure> {
    let with = touch.people.first().copied().unwrap_or(Id::ME);
    // Everybody's name is read only where the note names somebody.
    let names = if touch.body.contains(['@', '＠', '>', '＞']) {
        book.names()?
    } else {
        Vec::new()
    };
    let people = |word: &str| {
        let fits = |folded: &str| {
            folded.starts_with(word)
                || folded
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|part| part.starts_with(word))
        };
        let fitting = names.iter().filter(|(_, name)| fits(&fold(name)));
        fitting.cloned().collect::<Vec<_>>()
    };
    let reader = Reader {
        today: touch.at.date_naive(),
        order: desk.settings.date_order,
        currency: &desk.settings.currency,
        people: &people,
    };
    let reading = reader.read(&touch.body);
    let account = book.summary(with)?.map_or(String::new(), |row| row.account);
    let needs = book.open_needs(with)?;
    let about = About {
        with,
        account: &account,
        needs: &needs,
    };
    let doubts = reading.lines.iter().filter_map(|line| {
        let why = line.doubt()?;
        Some((line.words.clone(), why.to_owned()))
    });
    let doubts: Vec<(String, String)> = doubts.collect();
    let next = next_touch(&touch.body, touch.at.date_naive(), desk.settings.date_order);
    let gone = next_gone(&touch.body, touch.at.date_naive(), desk.settings.date_order);
    let (mut filing, mut unread) = filing_of(touch, &reading, about);
    unread.extend(gone);
    filing.draft = draft;
    filing.plan = next.filter(|next| next.on >= desk.date()).map(|next| Plan {
        contact: with,
        on: next.on,
        at: next.at,
        why: next.why,
    });
    Ok(Noted {
        filing,
        unread,
        doubts,
    })
}

/// What was typed, with a text that begins with the mark of a favour (`- sent her CV`) told from options.
pub fn marked(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = Vec::new();
    let (mut logs, mut ended) = (false, false);
    for arg in args {
        let told = all.last().is_some_and(|before| before == "--text");
        let marked = arg.to_str().is_some_and(|text| text.starts_with("- "));
        if logs && !ended && !told && marked {
            let mut text = OsString::from("--text=");
            text.push(arg);
            all.push(text);
            continue;
        }
        logs |= arg == "log";
        ended |= arg == "--";
        all.push(arg);
    }
    all
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
fn body(text: Option<&str>) -> Result<String, Failure> {
    let words = match text {
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
            String::from_utf8_lossy(&bytes).into_owned()
        }
        _ => text.unwrap_or_default().to_owned(),
    };
    if text.is_some() && words.trim().is_empty() {
        return Err(Failure::could(
            "the text is empty, so nothing was logged; leave it out to log a touch without words",
        ));
    }
    Ok(words)
}
