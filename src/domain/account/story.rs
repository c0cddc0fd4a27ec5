//! Reference stories: who will speak for us, about what, and whether they are tired of being asked.

use crate::domain::id::Id;
use crate::domain::moment::shift;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days that somebody rests after they spoke for us.
pub const REST: i64 = 30;
/// How often in a year somebody can be asked before they are tired of it.
pub const MOST: usize = 3;

/// Somebody who will speak for us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Who.
    pub contact: Id,
    /// The delivered need it tells of.
    pub need: Option<Id>,
    /// About what.
    pub about: String,
    /// They asked to be left in peace until this day.
    pub rest_until: Option<NaiveDate>,
}

/// They were asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryAsk {
    /// On which day.
    pub on: NaiveDate,
    /// For whom, in a few words.
    pub for_whom: String,
}

/// A story as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub story: Story,
    /// The name of who will speak.
    pub who: String,
    /// When they were asked, the latest first.
    pub asks: Vec<StoryAsk>,
}

/// Whether somebody can be asked to speak for us again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// They can.
    Rested,
    /// They should be left in peace, until this day as things stand.
    Tired {
        /// The first day they can be asked again.
        until: NaiveDate,
        /// Why, in a few words.
        why: String,
    },
}

impl StoryRow {
    /// How often they were asked in the 365 days up to today.
    pub fn asked_this_year(&self, today: NaiveDate) -> usize {
        self.this_year(today).count()
    }

    fn this_year(&self, today: NaiveDate) -> impl Iterator<Item = &StoryAsk> {
        let since = shift(today, -365);
        self.asks
            .iter()
            .filter(move |ask| ask.on > since && ask.on <= today)
    }

    /// Rested, or tired: asked within a month, asked three times in a year, or left in peace by their own wish.
    pub fn condition(&self, today: NaiveDate) -> Condition {
        let tired = |until: NaiveDate, why: String| (until > today).then_some((until, why));
        let wish = self.story.rest_until;
        let wish = wish.and_then(|until| tired(until, "they asked for peace".to_owned()));
        let last = self.this_year(today).map(|ask| ask.on).max();
        let last = last.and_then(|on| {
            let ago = (today - on).num_days();
            tired(shift(on, REST), format!("asked {ago} days ago"))
        });
        let mut days: Vec<NaiveDate> = self.this_year(today).map(|ask| ask.on).collect();
        days.sort_unstable();
        let often = days.len().checked_sub(MOST).and_then(|at| days.get(at));
        let often = often.and_then(|on| {
            let why = format!("asked {} times within a year", days.len());
            tired(shift(*on, 365), why)
        });
        let latest = [wish, often, last]
            .into_iter()
            .flatten()
            .max_by_key(|(until, _)| *until);
        match latest {
            Some((until, why)) => Condition::Tired { until, why },
            None => Condition::Rested,
        }
    }
}
