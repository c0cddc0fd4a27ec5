//! The scout: answers questions about the whole book, behind the pictures, with a connection of its own.
//!
//! Short questions are answered one after the other by one thread. A survey of everybody has a thread of its own and is given up
//! as soon as another one is asked for, or nobody waits for it any more.

mod leading;

use crate::domain::judgement::WITHIN;
use crate::domain::moment::{Moment, date, day_number};
use crate::store::{ChitFilter, Result, Store};
use crate::tui::counts::Counts;
use crate::tui::effect::{Msg, Reply};
use crate::tui::inquiry::{Answer, Question};
use crate::tui::wake::Post;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// People between two reports of how far a survey is.
const STRIDE: usize = 2_000;

/// Reviews whose minutes are read.
const REVIEWS: usize = 12;

/// Writes the weekly report of a book, to be read; or says why it cannot.
pub type Weekly = Arc<dyn Fn(&Store, &Moment) -> String + Send + Sync>;

/// How a connection is made as the dashboard's own is.
type Prepare = Arc<dyn Fn(&mut Store) + Send + Sync>;

/// Takes questions.
pub(super) struct Scout {
    path: PathBuf,
    prepare: Prepare,
    post: Post,
    weekly: Weekly,
    /// Short questions, and those for which many rows are read; each begun with the first of its kind.
    desks: [Option<Sender<Question>>; 2],
    /// The number of the last survey asked for: any other is given up.
    survey: Arc<AtomicU64>,
}

impl Scout {
    /// Ready for questions; nothing is opened before the first.
    pub fn new(
        path: PathBuf,
        prepare: impl Fn(&mut Store) + Send + Sync + 'static,
        weekly: Weekly,
        post: Post,
    ) -> Self {
        Scout {
            weekly,
            path,
            prepare: Arc::new(prepare),
            post,
            desks: [None, None],
            survey: Arc::default(),
        }
    }

    /// From now on chances are calibrated by this number. Short questions ask for none.
    pub fn calibrate(&mut self, number: f64) {
        let prepare = Arc::clone(&self.prepare);
        self.prepare = Arc::new(move |book| {
            prepare(book);
            book.params.calibration = number;
        });
    }

    /// Takes a question; the answer comes as a message.
    pub fn ask(&mut self, question: Question, now: Moment) {
        match question {
            Question::Nothing => {
                self.survey.fetch_add(1, Ordering::SeqCst);
            }
            survey if !survey.is_short() => self.begin(survey, now),
            short => {
                let at = usize::from(leading::is_long(&short));
                if self.desks[at].is_none() {
                    self.desks[at] = Some(self.start());
                }
                if let Some(desk) = &self.desks[at] {
                    // A thread that is gone has panicked, which ends the dashboard.
                    let _ = desk.send(short);
                }
            }
        }
    }

    /// A thread that answers questions one after the other. It ends with the scout.
    fn start(&self) -> Sender<Question> {
        let (desk, questions) = mpsc::channel();
        let (path, prepare, post) = (self.path.clone(), self.prepare.clone(), self.post.clone());
        thread::spawn(move || answer_all(&path, &prepare, &questions, &post));
        desk
    }

    /// A survey on a thread of its own.
    fn begin(&self, question: Question, now: Moment) {
        let number = self.survey.fetch_add(1, Ordering::SeqCst) + 1;
        let latest = Arc::clone(&self.survey);
        let (path, prepare, post) = (self.path.clone(), self.prepare.clone(), self.post.clone());
        let weekly = Arc::clone(&self.weekly);
        thread::spawn(move || {
            let wanted = || latest.load(Ordering::SeqCst) == number;
            let mut progress = |done: usize, of: usize| {
                if done.is_multiple_of(STRIDE) && done > 0 && wanted() {
                    post.msg(Msg::Reply(Reply::Answer(Answer::Progress { done, of })));
                }
                if wanted() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            };
            let outcome = open(&path, &prepare).and_then(|mut book| {
                let answer = match &question {
                    Question::Report(now) => Some(Answer::Report(weekly(&book, now))),
                    other => survey(&mut book, other, now, &mut progress)?,
                };
                if let Question::Judgement { .. } = question
                    && let Some(number) = book.calibration()?
                {
                    // It is kept whether anybody still waits for the judgement or not.
                    post.msg(Msg::Reply(Reply::Calibrated(number)));
                }
                Ok(answer)
            });
            match outcome {
                Ok(Some(answer)) if wanted() => post.msg(Msg::Reply(Reply::Answer(answer))),
                Err(error) if wanted() => {
                    let why = error.to_string();
                    post.msg(Msg::Reply(Reply::Answer(Answer::Failed(why))));
                }
                _ => {}
            }
        });
    }
}

fn open(path: &std::path::Path, prepare: &Prepare) -> Result<Store> {
    let mut book = Store::open(path)?;
    prepare(&mut book);
    Ok(book)
}

fn complain(post: &Post, error: &crate::store::Error) {
    post.msg(Msg::Reply(Reply::Refused {
        ticket: None,
        why: error.to_string(),
    }));
}

fn answer_all(
    path: &std::path::Path,
    prepare: &Prepare,
    questions: &Receiver<Question>,
    post: &Post,
) {
    let mut book: Option<Store> = None;
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            let Ok(first) = questions.recv() else { return };
            waiting.push_back(first);
        }
        waiting.extend(questions.try_iter());
        let Some(question) = waiting.pop_front() else {
            return;
        };
        // One that is asked again further on is answered there, with whatever changed since.
        if leading::is_long(&question)
            && waiting.iter().any(|later| leading::alike(later, &question))
        {
            continue;
        }
        let opened = match book.take() {
            Some(open) => Ok(open),
            None => open(path, prepare),
        };
        let outcome = opened.and_then(|open| {
            let answer = answer(&open, &question);
            book = Some(open);
            answer
        });
        match outcome {
            Ok(Some(answer)) => post.msg(Msg::Reply(Reply::Answer(answer))),
            Ok(None) => {}
            Err(error) => {
                complain(post, &error);
                if let Some(nobody) = nobody(question) {
                    post.msg(Msg::Reply(Reply::Answer(nobody)));
                }
            }
        }
    }
}

/// What is answered where a question could not be: whoever asked waits for an answer before they ask again.
fn nobody(question: Question) -> Option<Answer> {
    match question {
        Question::Sparks { .. } => Some(Answer::Sparks(Vec::new())),
        Question::Median { tag, .. } => Some(Answer::Median {
            tag,
            people: 0,
            points: Vec::new(),
        }),
        _ => None,
    }
}

/// The answer to a short question.
fn answer(book: &Store, question: &Question) -> Result<Option<Answer>> {
    match question {
        Question::Sparks {
            people,
            day,
            points,
        } => Ok(Some(Answer::Sparks(book.sparks(people, *day, *points)?))),
        Question::Weeks => Ok(Some(Answer::Weeks(book.weeks()?))),
        Question::Counts(now) => Ok(Some(Answer::Counts(counts(book, now)?))),
        Question::Today(now) => Ok(Some(Answer::Today(Box::new(book.today(now)?)))),
        Question::Review(now) => Ok(Some(review(book, now)?)),
        Question::Two(one, other) => Ok(Some(Answer::Two(
            *one,
            *other,
            book.card(*one)?.zip(book.card(*other)?).map(Box::new),
        ))),
        Question::Chits => Ok(Some(Answer::Chits(book.chits(&ChitFilter::default())?))),
        Question::Accounts { day } => Ok(Some(Answer::Accounts(book.accounts(date(*day))?))),
        Question::Account { id, day } => {
            let account = book.account(*id, date(*day))?;
            Ok(Some(Answer::Account(*id, account.map(Box::new))))
        }
        Question::Median { tag, days } => {
            let (people, points) = book.tag_median(tag, days)?;
            Ok(Some(Answer::Median {
                tag: tag.clone(),
                people,
                points,
            }))
        }
        Question::Climate { .. }
        | Question::Judgement { .. }
        | Question::Report(_)
        | Question::Nothing => Ok(None),
        leads => leading::answer(book, leads).map(Some),
    }
}

/// What the tab line counts.
fn counts(book: &Store, now: &Moment) -> Result<Counts> {
    Ok(Counts {
        today: book.today(now)?.lines.len(),
        chits: book.chits_i_owe()?,
        referrals: book.referrals_to_tell()?,
    })
}

/// The review as it stands, and the ones before.
fn review(book: &Store, now: &Moment) -> Result<Answer> {
    Ok(Answer::Review(
        Box::new(book.review_deck(now)?),
        book.review_minutes(now)?.map(Box::new),
        book.minutes(REVIEWS)?,
    ))
}

/// The answer to a question about everybody; none when it was given up.
fn survey(
    book: &mut Store,
    question: &Question,
    now: Moment,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<Answer>> {
    match *question {
        Question::Climate { day, period } => {
            let climate = book.climate(day, period, progress)?;
            Ok(climate.map(|climate| Answer::Climate(Box::new(climate))))
        }
        Question::Judgement { day } => {
            // Only today's judgement tells how the chances of today are to be corrected.
            let judgement = if day == day_number(now.date_naive()) {
                book.judgement(day, progress)?
            } else {
                book.judgement_within(day, WITHIN, progress)?
            };
            let judgement = judgement.map(Box::new);
            Ok(judgement.map(|judgement| Answer::Judgement { day, judgement }))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::tui::wake::{Inbox, Wake};
    use chrono::TimeZone;

    fn now() -> Moment {
        let zone = chrono::FixedOffset::east_opt(0).unwrap();
        zone.with_ymd_and_hms(2026, 11, 22, 9, 0, 0)
            .single()
            .unwrap()
    }

    fn silent() -> Weekly {
        Arc::new(|_, _| "# The week".to_owned())
    }

    /// Asks, and waits for the answer.
    fn told(scout: &mut Scout, inbox: &Inbox, question: Question) -> Answer {
        scout.ask(question, now());
        loop {
            match inbox.wait(None) {
                Some(Wake::Posted(Msg::Reply(Reply::Answer(answer)))) => return answer,
                Some(_) => {}
                None => panic!("nothing came"),
            }
        }
    }

    #[test]
    fn surveys_are_answered_and_only_a_judgement_of_today_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.sqlite");
        let book = Store::open(&path).unwrap();
        let inbox = Inbox::new();
        let mut scout = Scout::new(path, |_| {}, silent(), inbox.post());
        let today = day_number(now().date_naive());
        let climate = Question::Climate {
            day: today - 7,
            period: 30,
        };
        let Answer::Climate(found) = told(&mut scout, &inbox, climate) else {
            panic!("no climate")
        };
        assert_eq!((found.day, found.period), (today - 7, 30));
        for (asked, kept) in [(today - 7, false), (today, true)] {
            let question = Question::Judgement { day: asked };
            let Answer::Judgement { day, .. } = told(&mut scout, &inbox, question) else {
                panic!("no judgement")
            };
            assert_eq!(day, asked);
            assert_eq!(book.calibration().unwrap().is_some(), kept, "{asked}");
        }
    }

    #[test]
    fn a_book_that_cannot_be_read_is_answered_with_why() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::new();
        let mut scout = Scout::new(folder.path().to_owned(), |_| {}, silent(), inbox.post());
        let answer = told(&mut scout, &inbox, Question::Judgement { day: 0 });
        assert!(
            matches!(&answer, Answer::Failed(why) if !why.is_empty()),
            "{answer:?}"
        );
    }

    #[test]
    fn a_short_question_that_fails_is_complained_of_and_answered_with_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::new();
        let mut scout = Scout::new(folder.path().to_owned(), |_| {}, silent(), inbox.post());
        let sparks = Question::Sparks {
            people: vec![Id::from_raw(7)],
            day: 0,
            points: 53,
        };
        let median = Question::Median {
            tag: "golf".to_owned(),
            days: vec![0],
        };
        let none = Answer::Median {
            tag: "golf".to_owned(),
            people: 0,
            points: Vec::new(),
        };
        for (question, wanted) in [(sparks, Answer::Sparks(Vec::new())), (median, none)] {
            scout.ask(question, now());
            let next = || match inbox.wait(None) {
                Some(Wake::Posted(Msg::Reply(reply))) => reply,
                other => panic!("{other:?}"),
            };
            assert!(matches!(next(), Reply::Refused { why, .. } if !why.is_empty()));
            assert!(matches!(next(), Reply::Answer(answer) if answer == wanted));
        }
    }
}
