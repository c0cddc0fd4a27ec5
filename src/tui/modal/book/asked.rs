//! What the view wants to know, what it has been told, and what is being read meanwhile.

use crate::domain::climate::Climate;
use crate::domain::judgement::Judgement;
use crate::domain::moment::DayNumber;
use crate::tui::inquiry::{Answer, Question};

/// How many days the period can have; a key steps through them.
const PERIODS: [u16; 4] = [7, 30, 90, 365];

/// One of the two questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Climate,
    Judgement,
}

/// What is wanted and what is there.
#[derive(Debug)]
pub(super) struct Asked {
    day: DayNumber,
    period: u16,
    /// The answers to earlier questions stay until the new ones are there.
    climate: Option<Box<Climate>>,
    judgement: Option<(DayNumber, Box<Judgement>)>,
    /// What is there is no answer to what is wanted.
    wants: (bool, bool),
    reading: Option<Subject>,
    progress: Option<(usize, usize)>,
    failed: Option<String>,
}

impl Asked {
    /// The book on a day, and the first question.
    pub fn new(day: DayNumber) -> (Self, Question) {
        let period = PERIODS[1];
        let asked = Asked {
            day,
            period,
            climate: None,
            judgement: None,
            wants: (true, true),
            reading: Some(Subject::Climate),
            progress: None,
            failed: None,
        };
        (asked, Question::Climate { day, period })
    }

    /// The day that is wanted.
    pub fn day(&self) -> DayNumber {
        self.day
    }

    /// The period that is wanted.
    pub fn period(&self) -> u16 {
        self.period
    }

    /// The climate that is there, perhaps of another day than is wanted.
    pub fn climate(&self) -> Option<&Climate> {
        self.climate.as_deref()
    }

    /// The judgement that is there, and the day it is as of.
    pub fn judgement(&self) -> Option<(DayNumber, &Judgement)> {
        self.judgement
            .as_ref()
            .map(|(day, judgement)| (*day, judgement.as_ref()))
    }

    /// Whether the climate that is there is no longer the one that is wanted.
    pub fn climate_is_old(&self) -> bool {
        self.wants.0
    }

    /// Whether the judgement that is there is no longer the one that is wanted.
    pub fn judgement_is_old(&self) -> bool {
        self.wants.1
    }

    /// What is being read.
    pub fn reading(&self) -> Option<Subject> {
        self.reading
    }

    /// People looked at, of how many; none before the first report.
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.progress
    }

    /// How much of everybody was looked at, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.progress
            .map_or(0.0, |(done, of)| done as f64 / of.max(1) as f64)
            .min(1.0)
    }

    /// Why nothing could be read.
    pub fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// Another day; false where it is the same.
    pub fn go_to(&mut self, day: DayNumber) -> bool {
        if day == self.day {
            return false;
        }
        self.day = day;
        self.again()
    }

    /// A day so many days on, today at most; false where it is the same.
    pub fn shift(&mut self, by: DayNumber, today: DayNumber) -> bool {
        self.go_to(self.day.saturating_add(by).min(today))
    }

    /// The next period.
    pub fn next_period(&mut self) -> bool {
        let at = PERIODS.iter().position(|period| *period == self.period);
        let next = at.map_or(0, |at| (at + 1) % PERIODS.len());
        self.period = PERIODS.get(next).copied().unwrap_or(self.period);
        self.wants.0 = true;
        self.start_over()
    }

    /// Everything is read anew.
    pub fn again(&mut self) -> bool {
        self.wants = (true, true);
        self.start_over()
    }

    /// What is being read is not waited for any longer.
    fn start_over(&mut self) -> bool {
        self.reading = None;
        self.failed = None;
        true
    }

    /// The next question, unless one is being answered or could not be; what is on the screen goes first.
    pub fn next(&mut self, judgement_first: bool) -> Option<Question> {
        if self.reading.is_some() || self.failed.is_some() {
            return None;
        }
        let subject = match self.wants {
            (false, false) => return None,
            (true, true) if judgement_first => Subject::Judgement,
            (true, _) => Subject::Climate,
            (false, true) => Subject::Judgement,
        };
        self.reading = Some(subject);
        self.progress = None;
        let (day, period) = (self.day, self.period);
        Some(match subject {
            Subject::Climate => Question::Climate { day, period },
            Subject::Judgement => Question::Judgement { day },
        })
    }

    /// Takes an answer; one to another question than was asked last is not looked at.
    pub fn take(&mut self, answer: Answer) {
        let Some(subject) = self.reading else { return };
        match (subject, answer) {
            (Subject::Climate, Answer::Climate(climate))
                if (climate.day, climate.period) == (self.day, self.period) =>
            {
                self.climate = Some(climate);
                self.wants.0 = false;
                self.reading = None;
            }
            (Subject::Judgement, Answer::Judgement { day, judgement }) if day == self.day => {
                self.judgement = Some((day, judgement));
                self.wants.1 = false;
                self.reading = None;
            }
            (_, Answer::Progress { done, of }) => self.progress = Some((done, of)),
            (_, Answer::Failed(why)) => {
                self.failed = Some(why);
                self.reading = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(day: DayNumber) -> Answer {
        let judgement = Judgement {
            within: 30,
            checks: Vec::new(),
            calibration: 1.0,
            known: crate::domain::judgement::Known::default(),
        };
        Answer::Judgement {
            day,
            judgement: Box::new(judgement),
        }
    }

    #[test]
    fn an_answer_for_another_day_is_not_looked_at() {
        let (mut asked, first) = Asked::new(100);
        assert_eq!(
            first,
            Question::Climate {
                day: 100,
                period: 30
            }
        );
        assert!(asked.shift(-7, 100));
        assert_eq!(asked.next(true), Some(Question::Judgement { day: 93 }));
        asked.take(judged(100));
        assert!(asked.judgement().is_none() && asked.next(true).is_none());
        asked.take(judged(93));
        assert_eq!(asked.judgement().map(|(day, _)| day), Some(93));
        assert_eq!(
            asked.next(true),
            Some(Question::Climate {
                day: 93,
                period: 30
            })
        );
    }

    #[test]
    fn nothing_is_asked_beyond_today_nor_again_after_a_failure_until_told() {
        let (mut asked, _) = Asked::new(100);
        assert!(!asked.shift(30, 100));
        asked.take(Answer::Failed("The disk is gone.".to_owned()));
        assert_eq!(asked.next(false), None);
        assert_eq!(asked.failed(), Some("The disk is gone."));
        assert!(asked.again());
        assert!(asked.next(false).is_some());
    }

    #[test]
    fn the_period_goes_round() {
        let (mut asked, _) = Asked::new(100);
        let periods = [0; 5].map(|_| {
            asked.next_period();
            asked.period()
        });
        assert_eq!(periods, [90, 365, 7, 30, 90]);
    }
}
