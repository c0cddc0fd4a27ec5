//! Answers about referrals: the board, whom to ask, who led to whom, ways to somebody, and what to say.

use crate::domain::ask::{Answer as Said, TEMPLATE, card, line, queue};
use crate::domain::id::Id;
use crate::domain::paths::{Path, draft, find};
use crate::domain::referral::Who;
use crate::domain::strength::words::sentence;
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
    let _ = write!(beside, "\n{}", sentence(&line.points.words()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::chit::Chit;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::moment::Moment;
    use crate::domain::record::{Need, NeedState, Outcome, Record, ResultKind};
    use crate::domain::referral::{Referral, Stage, Step};

    fn now() -> Moment {
        "2026-11-22T09:00:00+00:00".parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Barney at Slate, who leads to Fred, who is added with the referral.
    fn book(folder: &tempfile::TempDir) -> (Store, Id) {
        let mut book = Store::open(&folder.path().join("book.sqlite")).unwrap();
        let mut barney = Card::named("Barney Rubble");
        barney.account = "Slate & Co".to_owned();
        let add = Command::AddContact(Box::new(barney));
        let barney = book.apply(&add, &now()).unwrap().created.unwrap();
        let fred = Card::named("Fred Flint");
        let referral = Referral {
            referrer: Who::Person(barney),
            prospect: Who::Person(Id::stand_in_for("fred flint")),
            account: None,
            given: false,
            what: String::new(),
            evidence: None,
        };
        let step = Step {
            stage: Stage::Met,
            on: day("2026-11-02"),
            note: String::new(),
            evidence: None,
            chits: Vec::<Chit>::new(),
        };
        let both = Command::All {
            label: "Referral".to_owned(),
            commands: vec![
                Command::AddContact(Box::new(fred)),
                Command::AddReferral {
                    referral: Box::new(referral),
                    step: Box::new(step),
                },
            ],
        };
        book.apply(&both, &now()).unwrap();
        (book, barney)
    }

    #[test]
    fn a_referral_to_somebody_who_is_added_with_it_leads_to_them_and_goes_with_one_undo() {
        let folder = tempfile::tempdir().unwrap();
        let (mut book, barney) = book(&folder);
        let rows = book.referrals().unwrap();
        assert_eq!(rows[0].prospect_name, "Fred Flint");
        assert_eq!(rows[0].referral.referrer, Who::Person(barney));
        book.undo(&now()).unwrap();
        assert!(book.referrals().unwrap().is_empty());
        assert_eq!(book.contact_ids().unwrap().len(), 1);
    }

    #[test]
    fn the_board_knows_the_accounts_and_the_results_since_a_referral_began() {
        let folder = tempfile::tempdir().unwrap();
        let (mut book, _) = book(&folder);
        let row = book.referrals().unwrap().remove(0);
        let fred = row.referral.prospect.person().unwrap();
        let result = |what: &str, on: &str| {
            let need = Need {
                contact: fred,
                what: "outages".to_owned(),
                state: NeedState::Delivered,
                heard: day("2026-01-01"),
                outcome: Some(Outcome {
                    what: what.to_owned(),
                    kind: ResultKind::CostCut,
                    amount: None,
                    on: day(on),
                }),
            };
            Command::AddRecord(Box::new(Record::Need(need)))
        };
        book.apply(&result("before it began", "2026-11-01"), &now())
            .unwrap();
        assert_eq!(board(&book).unwrap().delivered.get(&row.id), None);
        book.apply(&result("halved", "2026-11-03"), &now()).unwrap();
        let read = board(&book).unwrap();
        assert_eq!(read.delivered[&row.id], "halved");
        assert_eq!(read.houses[0].folded, "slate & co");
    }

    #[test]
    fn the_tab_counts_referrers_who_are_still_to_be_told() {
        let folder = tempfile::tempdir().unwrap();
        let (mut book, _) = book(&folder);
        let id = book.referrals().unwrap()[0].id;
        assert_eq!(book.referrals_to_tell().unwrap(), 1);
        let on = day("2026-11-22");
        book.apply(&Command::TellReferrer { id, on }, &now())
            .unwrap();
        assert_eq!(book.referrals_to_tell().unwrap(), 0);
    }

    #[test]
    fn every_question_about_referrals_gets_the_answer_of_its_kind() {
        let folder = tempfile::tempdir().unwrap();
        let (book, barney) = book(&folder);
        let day = day("2026-11-22");
        let wanted = Who::Person(barney);
        let card = Letter::Card {
            who: barney,
            day,
            template: Some("[solved] Hello {name}.".to_owned()),
        };
        let questions = [
            Question::Referrals,
            Question::Asking(day),
            Question::Lineage(day),
            Question::Origins,
            Question::Paths { wanted, day },
            Question::Letter(card),
        ];
        for question in questions {
            assert!(is_long(&question));
            let answer = answer(&book, &question).unwrap();
            let fits = match (&question, &answer) {
                (Question::Referrals, Answer::Referrals(board)) => board.rows.len() == 1,
                (Question::Asking(_), Answer::Asking(lines)) => lines[0].who.who == barney,
                (Question::Lineage(_), Answer::Lineage(lines)) => lines.tree.len() == 2,
                (Question::Origins, Answer::Origins(rows)) => rows.len() == 6,
                (Question::Paths { .. }, Answer::Paths(who, _)) => *who == wanted,
                (Question::Letter(_), Answer::Letter { text, beside, .. }) => {
                    text.starts_with("Hello Barney Rubble.") && beside.contains("Rank")
                }
                _ => false,
            };
            assert!(fits, "{question:?}: {answer:?}");
        }
    }
}
