//! Answers about referrals: the board, whom to ask, who led to whom, ways to somebody, and what to say.

use crate::domain::ask::{Answer as Said, TEMPLATE, card, line, queue};
use crate::domain::id::Id;
use crate::domain::paths::{Path, draft, find};
use crate::domain::referral::Who;
use crate::domain::text::fold;
use crate::domain::tree::{grid, origins, starts, tree};
use crate::store::{Result, Store};
use crate::tui::inquiry::{Answer, Board, House, Letter, Lines, Question};
use chrono::NaiveDate;
use std::fmt::Write as _;

/// Paths shown at most that are not burnt, and as many that are.
const PATHS: usize = 12;

/// Whether many rows are read for a question; others do not wait behind it.
pub(super) fn is_long(question: &Question) -> bool {
    matches!(
        question,
        Question::Referrals
            | Question::Asking(_)
            | Question::Lineage(_)
            | Question::Origins
            | Question::Paths { .. }
            | Question::Letter(_)
    )
}

/// Whether the later one of two questions makes the earlier pointless.
pub(super) fn alike(later: &Question, earlier: &Question) -> bool {
    std::mem::discriminant(later) == std::mem::discriminant(earlier)
}

/// The answer to such a question.
pub(super) fn answer(book: &Store, question: &Question) -> Result<Answer> {
    Ok(match question {
        Question::Asking(day) => Answer::Asking(queue(book.askable(*day)?, *day)),
        Question::Lineage(day) => {
            let lineage = book.lineage()?;
            Answer::Lineage(Box::new(Lines {
                tree: tree(&lineage),
                grid: grid(&lineage, *day),
            }))
        }
        Question::Origins => Answer::Origins(origins(&starts(&book.spoken()?, &book.sales()?))),
        Question::Paths { wanted, day } => {
            let people = match *wanted {
                Who::Person(id) => vec![id],
                Who::Account(id) => book.people_at(id)?,
            };
            let network = book.network(&people, *day)?;
            Answer::Paths(*wanted, find(&network, &people, *day, PATHS))
        }
        Question::Letter(letter) => written(book, letter)?,
        _ => Answer::Referrals(Box::new(board(book)?)),
    })
}

fn board(book: &Store) -> Result<Board> {
    let mut board = Board {
        rows: book.referrals()?,
        ..Board::default()
    };
    for row in &board.rows {
        if row.stage().is_some_and(|last| last.stage.is_over()) {
            continue;
        }
        let known = book.chits_of_referral(row.id)?;
        if !known.is_empty() {
            board.known.insert(row.id, known);
        }
        // A result from before the referral is none of its story.
        if let (Who::Person(id), Some(began)) = (row.referral.prospect, row.began())
            && let Some(result) = book.result_since(id, began)?
        {
            board.delivered.insert(row.id, result);
        }
    }
    let houses = book.every_account()?.into_iter().map(|(id, name)| House {
        id,
        folded: fold(&name),
        name,
    });
    board.houses = houses.collect();
    Ok(board)
}

fn written(book: &Store, letter: &Letter) -> Result<Answer> {
    let (text, beside) = match letter {
        Letter::Card { who, day, template } => {
            said(book, *who, *day, template.as_deref().unwrap_or(TEMPLATE))?
        }
        Letter::Ask { path, day, me } => (asked(book, path, *day, me)?, String::new()),
    };
    Ok(Answer::Letter {
        of: letter.clone(),
        text,
        beside,
    })
}

/// The three lines for somebody; beside them why now, the rank, and what they were asked before.
fn said(book: &Store, who: Id, day: NaiveDate, template: &str) -> Result<(String, String)> {
    let Some(askable) = book.askable_one(who, day)? else {
        return Ok((
            String::new(),
            "They are not in the book any more".to_owned(),
        ));
    };
    let lines = card(&askable, &book.acquaintances(who)?, template);
    let line = line(askable, day);
    let mut beside = match &line.held {
        None => format!("Why now: {}", line.why),
        Some(held) => format!("Not now: {}", held.words()),
    };
    let parts = line.points.parts();
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, points)| format!("{name} {points:.0}"))
        .collect();
    let rank = line.points.total();
    let _ = write!(beside, "\nRank {rank:.0} = {}", parts.join(" + "));
    for row in book.asks_of(who)? {
        let answer = row.ask.answer.map_or("no answer yet", Said::phrase);
        let _ = write!(
            beside,
            "\nAsked {}: {answer}",
            row.ask.on.format("%-d %b %Y")
        );
        if let Some(next) = row.ask.next {
            let _ = write!(beside, ", again {}", next.format("%-d %b %Y"));
        }
        if !row.ask.note.is_empty() {
            let _ = write!(beside, " ({})", row.ask.note);
        }
    }
    Ok((lines.lines().join("\n\n"), beside))
}

fn asked(book: &Store, path: &Path, day: NaiveDate, me: &str) -> Result<String> {
    let mut me = me.to_owned();
    if me.is_empty() {
        let own = book.card(Id::ME)?.map(|card| card.name);
        me = own.filter(|name| name != "me").unwrap_or_default();
    }
    let first = path.hops.first().map(|hop| hop.who);
    let askable = match first {
        Some(first) => book.askable_one(first, day)?,
        None => None,
    };
    let result = askable.and_then(|who| who.result);
    let result = result.as_ref().map(|result| result.what.as_str());
    Ok(draft(path, &me, result))
}
