//! Every number of the strength model that could be otherwise, with what a salesperson would call it, its unit, its usual value and
//! the range that [`Params::check`] lets through.
//!
//! The usual values were chosen on records of who wrote to whom; within wide bounds (half to double) most of them change the order
//! of a list very little. They are there to be understood, and only then to be turned.

use super::super::touch::TouchKind;
use serde::{Deserialize, Serialize};

/// The shortest and the longest usual gap the model learns, in days: nobody is called more often than daily, and what happens less
/// than every other year is no rhythm.
const RHYTHM: std::ops::RangeInclusive<f64> = 1.0..=730.0;

/// The parameters of the model: the one value everything about strength is worked out with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// "Under this a relationship is cold." Points of strength: 20, from 0 (nothing ever is) to 100. Only read with: another line
    /// moves the day somebody goes cold, never a strength.
    pub cold_line: f64,
    /// "How often I am in touch with people, until I know better." Days: 30, from 1 to 730. Where learning the rhythm begins; a tag's
    /// cadence takes its place.
    pub house_rhythm: f64,
    /// "How stubborn that first guess is." It weighs as much as so many gaps seen: 2, from 0.1 (gone with the first gap) to 1000
    /// (hardly ever moved). With 2, a sixth of it is left after five gaps.
    pub start_gaps: f64,
    /// "The last five gaps set the rhythm." What each gap weighs of the next one: 0.8, from 0 (only the last one counts) to 1 (all
    /// count alike); `1 / (1 − memory)` gaps are remembered.
    pub memory: f64,
    /// "A break is a break, not a new rhythm." The most a gap counts for, in usual gaps: 8, from 1 (the rhythm never grows) to 1000.
    pub gap_cap: f64,
    /// "How long a day with somebody keeps counting." Days until it counts half: 365, from 1 to 100000. Longer, and old friends stay
    /// strong; shorter, and only this quarter counts.
    pub half_life: f64,
    /// "Five good days make half a bond." Contact days of mass for a bond of one half: 5, from 0.01 (one call is a friendship) to
    /// 1000.
    pub half_bond: f64,
    /// "Silent for twice the usual gap …" Usual gaps in θ, the silence that halves the warmth: 2, from 0.01 to 100.
    pub fade_multiple: f64,
    /// "… plus a week." Days in θ on top of them: 7, from 0 to 730. It is what keeps a daily caller from going stale over a weekend.
    pub grace: f64,
    /// "Chasing does not make a friend." What each knock in a row leaves of its worth: 0.85, from 0 to 1 (chasing counts as talking).
    /// The first counts 85 %, the second 72 %, the third 61 %.
    pub knock: f64,
    /// "But trying is something." The least part of its worth that a knock keeps: 0.3, from 0 to 1.
    pub knock_floor: f64,
    /// "I said I would, and I did." Contact days that a promise of mine adds when it is kept: 0.5, from 0 to 100.
    pub kept: f64,
    /// "I said I would, and did not." The part of the mass that a broken promise of mine takes: 0.2, from 0 to 1. It costs a close
    /// customer more than a stranger.
    pub broken: f64,
    /// "Twenty points halve the odds of silence." Points of strength: 20, from 0.1 to 1000. How strength becomes the chance of being
    /// in touch again.
    pub points_per_half: f64,
    /// "My people answer more, or less, than most." A factor on the exponent of that chance: 1, from 0.001 to 1000. It moves every
    /// chance the same way, so it never changes an order; looking back at the book's own past says what it should be.
    pub calibration: f64,
    /// What each kind of touch is worth.
    pub weights: Weights,
}

/// What a day with one touch of a kind is worth, in days with a call, from 0 (never counts) to 100. How long it took is shown and
/// not counted. A note and an unanswered attempt are worth nothing whatever the settings say, because nobody was touched.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// A call: 1, which is what makes it the unit.
    pub call: f64,
    /// In person, a lunch or a visit: 2.
    pub meeting: f64,
    /// A video call: 1.5.
    pub video: f64,
    /// An e-mail: 0.8.
    pub email: f64,
    /// A text or chat message: 0.6.
    pub message: f64,
    /// A letter or card: 1.
    pub letter: f64,
    /// A gift: 1.
    pub gift: f64,
    /// An introduction: 1.5.
    pub intro: f64,
    /// A favour between the two of us, which is what a chit is of: 1.5.
    pub favour: f64,
    /// A referral they made: 2.
    pub referral: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            cold_line: 20.0,
            house_rhythm: 30.0,
            start_gaps: 2.0,
            memory: 0.8,
            gap_cap: 8.0,
            half_life: 365.0,
            half_bond: 5.0,
            fade_multiple: 2.0,
            grace: 7.0,
            knock: 0.85,
            knock_floor: 0.3,
            kept: 0.5,
            broken: 0.2,
            points_per_half: 20.0,
            calibration: 1.0,
            weights: Weights::default(),
        }
    }
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            call: 1.0,
            meeting: 2.0,
            video: 1.5,
            email: 0.8,
            message: 0.6,
            letter: 1.0,
            gift: 1.0,
            intro: 1.5,
            favour: 1.5,
            referral: 2.0,
        }
    }
}

impl Weights {
    /// The worth of a day with one touch of a kind.
    pub fn of(&self, kind: TouchKind) -> f64 {
        match kind {
            TouchKind::Call => self.call,
            TouchKind::Meeting => self.meeting,
            TouchKind::Video => self.video,
            TouchKind::Email => self.email,
            TouchKind::Message => self.message,
            TouchKind::Letter => self.letter,
            TouchKind::Gift => self.gift,
            TouchKind::Intro => self.intro,
            TouchKind::Favour => self.favour,
            TouchKind::Referral => self.referral,
            TouchKind::Note | TouchKind::Attempt => 0.0,
        }
    }

    /// Each weight with its name in the settings.
    fn named(&self) -> [(&'static str, f64); 10] {
        [
            ("call", self.call),
            ("meeting", self.meeting),
            ("video", self.video),
            ("email", self.email),
            ("message", self.message),
            ("letter", self.letter),
            ("gift", self.gift),
            ("intro", self.intro),
            ("favour", self.favour),
            ("referral", self.referral),
        ]
    }
}

impl Params {
    /// θ, the silence in days that halves the warmth.
    pub fn half_fade(&self, rhythm: f64) -> f64 {
        self.fade_multiple * rhythm + self.grace
    }

    /// Whether the model holds with these numbers; otherwise what is wrong, for whoever wrote the settings.
    pub fn check(&self) -> Result<(), String> {
        let rows = [
            ("cold_line", self.cold_line, 0.0, 100.0),
            ("house_rhythm", self.house_rhythm, 1.0, 730.0),
            ("start_gaps", self.start_gaps, 0.1, 1000.0),
            ("memory", self.memory, 0.0, 1.0),
            ("gap_cap", self.gap_cap, 1.0, 1000.0),
            ("half_life", self.half_life, 1.0, 100_000.0),
            ("half_bond", self.half_bond, 0.01, 1000.0),
            ("fade_multiple", self.fade_multiple, 0.01, 100.0),
            ("grace", self.grace, 0.0, 730.0),
            ("knock", self.knock, 0.0, 1.0),
            ("knock_floor", self.knock_floor, 0.0, 1.0),
            ("kept", self.kept, 0.0, 100.0),
            ("broken", self.broken, 0.0, 1.0),
            ("points_per_half", self.points_per_half, 0.1, 1000.0),
            ("calibration", self.calibration, 0.001, 1000.0),
        ];
        let weights = self
            .weights
            .named()
            .map(|(name, value)| (name, value, 0.0, 100.0));
        for (name, value, least, most) in rows.into_iter().chain(weights) {
            if !(least..=most).contains(&value) {
                return Err(format!(
                    "{name} is {value}; it must be from {least} to {most}"
                ));
            }
        }
        Ok(())
    }
}

/// A rhythm held within what can be one.
pub(super) fn held(rhythm: f64) -> f64 {
    rhythm.clamp(*RHYTHM.start(), *RHYTHM.end())
}
