//! Every number of the strength model that could be otherwise, with its default and what a salesperson would call it.

use super::super::touch::TouchKind;
use serde::{Deserialize, Serialize};

/// The shortest and the longest usual gap the model learns, in days.
const RHYTHM: std::ops::RangeInclusive<f64> = 1.0..=730.0;

/// The parameters of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// "Under this a relationship is cold": in points of strength.
    pub cold_line: f64,
    /// "How often, until I know better": the usual gap assumed at the start, in days.
    pub house_rhythm: f64,
    /// "How stubborn that first guess is": it weighs as much as so many gaps seen.
    pub start_gaps: f64,
    /// "The last five gaps set the rhythm": each gap weighs this much of the next one.
    pub memory: f64,
    /// "A break is a break, not a new rhythm": a gap counts as at most so many usual gaps.
    pub gap_cap: f64,
    /// "How long a contact day keeps counting": days until it counts half.
    pub half_life: f64,
    /// "Five good days make half a bond": contact days of mass for a bond of one half.
    pub half_bond: f64,
    /// "Silent for twice the usual gap …": usual gaps until the warmth is halved …
    pub fade_multiple: f64,
    /// "… plus a week": … and so many days on top.
    pub grace: f64,
    /// "Chasing does not make a friend": what each unanswered knock in a row leaves of the next one's worth.
    pub knock: f64,
    /// A knock never counts less than this much of its worth.
    pub knock_floor: f64,
    /// "A promise kept": contact days it adds.
    pub kept: f64,
    /// "A promise broken": the part of the bond mass it takes.
    pub broken: f64,
    /// "Twenty points halve the odds of silence": how strength becomes a chance.
    pub points_per_half: f64,
    /// "These people answer more, or less, than most": a factor on the chance that never changes an order.
    pub calibration: f64,
    /// What each kind of touch is worth.
    pub weights: Weights,
}

/// What a day with one touch of a kind is worth; the unit is a day with a call. A note and an unanswered attempt are
/// worth nothing whatever the settings say, because nobody was touched.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// A call.
    pub call: f64,
    /// In person.
    pub meeting: f64,
    /// A video call.
    pub video: f64,
    /// An e-mail.
    pub email: f64,
    /// A text or chat message.
    pub message: f64,
    /// A letter or card.
    pub letter: f64,
    /// A gift.
    pub gift: f64,
    /// An introduction.
    pub intro: f64,
    /// A favour done.
    pub favour: f64,
    /// A referral made.
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
