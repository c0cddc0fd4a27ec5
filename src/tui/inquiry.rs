//! What the dashboard asks of the whole book: questions that take longer than a picture, and their answers.
//!
//! They are asked with [`Effect::Ask`](super::effect::Effect::Ask) and answered behind the pictures with
//! [`Reply::Answer`](super::effect::Reply::Answer). A question that makes an earlier one pointless takes its place.

use super::counts::Counts;
use crate::domain::chit::ChitRow;
use crate::domain::climate::Climate;
use crate::domain::id::Id;
use crate::domain::judgement::Judgement;
use crate::domain::moment::DayNumber;
use crate::domain::strength::curve::Point;

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
    /// What the tab line counts.
    Counts,
    /// Every chit with its settlements and calls.
    Chits,
    /// Nobody waits for [`Question::Climate`] or [`Question::Judgement`] any more.
    Nothing,
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
    /// Every chit.
    Chits(Vec<ChitRow>),
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
