//! What the dashboard asks of the whole book: questions that take longer than a picture, and their answers.
//!
//! They are asked with [`Effect::Ask`](super::effect::Effect::Ask) and answered behind the pictures with
//! [`Reply::Answer`](super::effect::Reply::Answer). A question that makes an earlier one pointless takes its place.

use super::counts::Counts;
use crate::domain::account::{Account, AccountRow};
use crate::domain::ask::AskLine;
use crate::domain::chit::{Chit, ChitRow};
use crate::domain::climate::Climate;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::judgement::Judgement;
use crate::domain::moment::{DayNumber, Moment};
use crate::domain::paths::Path;
use crate::domain::referral::{ReferralRow, Who};
use crate::domain::review::{Deck, Minutes};
use crate::domain::strength::curve::Point;
use crate::domain::today::Today;
use crate::domain::tree::{Branch, Grid, OriginRow};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// The rep, as far as what they say to others is concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rep {
    /// Their name; empty: the one on their own card.
    pub name: String,
    /// The ask card as they wrote it anew.
    pub ask_card: Option<String>,
}

/// An account that can be named in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// Its identity.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The name as it is searched.
    pub folded: String,
}

/// Every referral, and what their forms begin with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// The referrals, in the order they were recorded.
    pub rows: Vec<ReferralRow>,
    /// The chits of a referral's story that are in the book, where it goes on and has any.
    pub known: HashMap<Id, Vec<Chit>>,
    /// The prospect's last result since a referral began, in their words, where it goes on.
    pub delivered: HashMap<Id, String>,
    /// Every account, by name.
    pub houses: Arc<[House]>,
}

/// Who led to whom, and what the customers send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The tree, from the top down.
    pub tree: Vec<Branch>,
    /// The customers by years.
    pub grid: Grid,
}

/// A text to be said or sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Letter {
    /// What to say when somebody is asked for a referral.
    Card {
        /// Whom.
        who: Id,
        /// As of which day.
        day: NaiveDate,
        /// The card as the rep wrote it anew.
        template: Option<String>,
    },
    /// The ask for the first person of a path, to be forwarded.
    Ask {
        /// The path.
        path: Box<Path>,
        /// As of which day.
        day: NaiveDate,
        /// The rep's name; empty: the one on their own card.
        me: String,
    },
}

/// Something to be found out.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// The strength of these people over the last year, at so many evenly spaced days up to and with the day.
    Sparks {
        /// Whose.
        people: Vec<Id>,
        /// The last day.
        day: DayNumber,
        /// How many days.
        points: usize,
    },
    /// How many touches were logged with anybody, week by week.
    Weeks,
    /// The median strength of everybody with a tag, on these days.
    Median {
        /// The tag.
        tag: String,
        /// The days, in their order.
        days: Vec<DayNumber>,
    },
    /// The book's climate on a day.
    Climate {
        /// The day.
        day: DayNumber,
        /// Days before it in which people moved.
        period: u16,
    },
    /// The model's judgement judged, as of a day.
    Judgement {
        /// The day.
        day: DayNumber,
    },
    /// What the tab line counts, at this moment.
    Counts(Moment),
    /// What to do now.
    Today(Moment),
    /// The weekly review as it stands.
    Review(Moment),
    /// The cards of two people.
    Two(Id, Id),
    /// The weekly report, as a page to read.
    Report(Moment),
    /// Every chit with its settlements and calls.
    Chits,
    /// Every referral.
    Referrals,
    /// Who could be asked for a referral on a day.
    Asking(NaiveDate),
    /// Who led to whom, and what customers sent up to a day.
    Lineage(NaiveDate),
    /// How far people came, by how they came into the book.
    Origins,
    /// Who could lead to somebody.
    Paths {
        /// To whom.
        wanted: Who,
        /// As of which day.
        day: NaiveDate,
    },
    /// A text to be said or sent.
    Letter(Letter),
    /// Every account with its strength, coverage and alarms on a day.
    Accounts {
        /// The day.
        day: DayNumber,
    },
    /// One account's page on a day.
    Account {
        /// Which.
        id: Id,
        /// The day.
        day: DayNumber,
    },
    /// Nobody waits for [`Question::Climate`] or [`Question::Judgement`] any more.
    Nothing,
}

impl Question {
    /// Whether it is answered at once, one after the other, and not by a survey of everybody that may be given up.
    pub fn is_short(&self) -> bool {
        !matches!(
            self,
            Question::Climate { .. }
                | Question::Judgement { .. }
                | Question::Report(_)
                | Question::Nothing
        )
    }
}

/// What was found out.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Strengths, oldest first, for each of the people asked for who is in the book.
    Sparks(Vec<(Id, Vec<f64>)>),
    /// The Monday of each week in which anything was logged, and how much, oldest first.
    Weeks(Vec<(DayNumber, u32)>),
    /// The median on each day asked for, and how many people it is of.
    Median {
        /// The tag.
        tag: String,
        /// How many people have it and are in the lists on the last of the days.
        people: usize,
        /// The points.
        points: Vec<Point>,
    },
    /// The climate.
    Climate(Box<Climate>),
    /// The judgement.
    Judgement {
        /// The day it is as of.
        day: DayNumber,
        /// What was found.
        judgement: Box<Judgement>,
    },
    /// What the tab line counts.
    Counts(Counts),
    /// What to do now.
    Today(Box<Today>),
    /// The weekly review as it stands, what its end would freeze, and the minutes of the reviews before, the latest first.
    Review(Box<Deck>, Option<Box<Minutes>>, Vec<Minutes>),
    /// Of these two the cards, in their order; none where one is not in the book.
    Two(Id, Id, Option<Box<(Card, Card)>>),
    /// The weekly report, as Markdown.
    Report(String),
    /// Every chit.
    Chits(Vec<ChitRow>),
    /// Every referral.
    Referrals(Box<Board>),
    /// Who could be asked, who is to be asked first at the top, those held back at the end.
    Asking(Vec<AskLine>),
    /// Who led to whom.
    Lineage(Box<Lines>),
    /// How far people came.
    Origins(Vec<OriginRow>),
    /// The best ways to somebody, the burnt ones at the end.
    Paths(Who, Vec<Path>),
    /// What is to be said or sent, and what else there is to know of it.
    Letter {
        /// What was asked for.
        of: Letter,
        /// The text.
        text: String,
        /// What stands beside it.
        beside: String,
    },
    /// Every account, the worst alarm first.
    Accounts(Vec<AccountRow>),
    /// An account's page; none when it is not in the book any more.
    Account(Id, Option<Box<Account>>),
    /// The climate or the judgement could not be found out; why, in a sentence.
    Failed(String),
    /// So much of everybody was looked at; the answer is still to come.
    Progress {
        /// People looked at.
        done: usize,
        /// People in the book.
        of: usize,
    },
}

impl Answer {
    /// Whether it answers a short question.
    pub fn is_short(&self) -> bool {
        !matches!(
            self,
            Answer::Climate(_)
                | Answer::Judgement { .. }
                | Answer::Report(_)
                | Answer::Failed(_)
                | Answer::Progress { .. }
        )
    }
}
