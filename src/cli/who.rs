//! Finding the one person, chit or promise that was meant. Where several fit they are listed, and nothing is done.

use super::desk::Failure;
use crate::domain::id::{Id, shortest};
use crate::domain::referral::Who;
use crate::domain::text::{clean_line, fit, fold};
use crate::store::{Match, Store};
use std::fmt::Write as _;

/// People listed when several fit.
const LISTED: usize = 20;
/// The least letters of a name by which a further person of a touch is taken for one.
const LEAST: usize = 3;

/// The one person `who` means.
pub fn one(book: &Store, who: &str) -> Result<Match, Failure> {
    let mut fitting = book.who(who)?;
    match (fitting.pop(), fitting.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(Failure::could(format!(
            "nobody in the book fits \"{}\"; `chitbook list` shows who is there, `chitbook add` adds a person",
            shown(who)
        ))),
        (Some(last), false) => {
            fitting.push(last);
            Err(several(book, who, &fitting)?)
        }
    }
}

fn several(book: &Store, who: &str, fitting: &[Match]) -> Result<Failure, Failure> {
    let digits = shortest(book.contact_ids()?.into_iter());
    let mut said = format!(
        "\"{}\" fits {} people; nothing was done, say which by more of the name, an e-mail address or the id:",
        shown(who),
        fitting.len()
    );
    for person in fitting.iter().take(LISTED) {
        let account = if person.account.is_empty() {
            String::new()
        } else {
            format!(", {}", person.account)
        };
        let id = person.id.short(digits);
        let _ = write!(said, "\n  {id}  {}{account}", person.name);
    }
    if fitting.len() > LISTED {
        let _ = write!(said, "\n  and {} more", fitting.len() - LISTED);
    }
    Ok(Failure::Could(said))
}

/// The one person or account `who` means: a person where anybody fits, else an account; after `at:` an account in any case.
pub fn one_or_account(book: &Store, who: &str) -> Result<(Who, String), Failure> {
    let at = who.trim().strip_prefix("at:");
    if at.is_none() && !book.who(who)?.is_empty() {
        let one = one(book, who)?;
        return Ok((Who::Person(one.id), one.name));
    }
    let mut fitting = book.accounts_named(at.unwrap_or(who))?;
    match (fitting.pop(), fitting.is_empty()) {
        (Some((id, name)), true) => Ok((Who::Account(id), name)),
        (None, _) => Err(Failure::could(format!(
            "no person or account in the book fits \"{}\"; `chitbook list` shows who is there, `chitbook add` adds a person",
            shown(who)
        ))),
        (Some(last), false) => {
            fitting.push(last);
            let names: Vec<String> = fitting
                .iter()
                .take(LISTED)
                .map(|(_, name)| format!("\n  {name}"))
                .collect();
            Err(Failure::could(format!(
                "\"{}\" fits {} accounts; nothing was done, say which by the whole name:{}",
                shown(who),
                fitting.len(),
                names.concat()
            )))
        }
    }
}

/// Whether `typed` names these people plainly enough to be a person rather than the first word of a note: by an address, a
/// number, an id, or the beginnings of words of the name.
pub fn plainly(typed: &str, fitting: &[Match]) -> bool {
    let folded = fold(typed);
    let begins = |name: &str| {
        let name = fold(name);
        folded
            .split_whitespace()
            .all(|word| name.split_whitespace().any(|part| part.starts_with(word)))
    };
    let exact = |person: &Match| {
        typed.contains('@')
            || typed.chars().filter(char::is_ascii_digit).count() > LEAST
            || person.id.matches(typed)
            || person.id == Id::ME
    };
    fitting
        .iter()
        .any(|person| exact(person) || folded.chars().count() >= LEAST && begins(&person.name))
}

/// The one of `ids` that `typed` is the beginning of. `what` names the records, `where_` the command that shows them.
pub fn by_id(ids: Vec<Id>, typed: &str, what: &str, where_: &str) -> Result<Id, Failure> {
    let mut fitting: Vec<Id> = ids.into_iter().filter(|id| id.matches(typed)).collect();
    match (fitting.pop(), fitting.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err(Failure::could(format!(
            "no {what} has the id \"{}\"; {where_} shows them",
            shown(typed)
        ))),
        (Some(_), false) => Err(Failure::could(format!(
            "{} {what}s have an id that begins with \"{}\"; type more of it",
            fitting.len() + 1,
            shown(typed)
        ))),
    }
}

/// What was typed, fit for a sentence.
fn shown(typed: &str) -> String {
    fit(&clean_line(typed), 60)
}
