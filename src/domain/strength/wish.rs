//! A hand correction as a rep thinks of it: "this should be 60", "ten more than that", and the contact days that make it so.
//!
//! With the silence as it is, strength is `100 · bond · fade` and `bond = N / (N + 5)`. So the mass a wish asks for is
//! `N = 5 · b / (1 − b)` with `b = wish / (100 · fade)`, and the correction is what is missing of it.

use super::super::moment::DayNumber;
use super::super::people::{Correction, Trail};
use super::words::{self, number};
use super::{Params, Standing};
use std::fmt;

/// The most bond a correction may ask for: the last hundredth would take more good days than anybody has.
const MOST: f64 = 0.99;
/// Less than this would be shown as no change.
const LEAST: f64 = 0.05;
/// Contact days are kept to a millionth, which every program reads back as the same number.
const FINE: f64 = 1e6;

/// What the strength should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// So many points.
    To(f64),
    /// So many points more than it is, or less.
    By(f64),
}

/// What a correction does on its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amends {
    /// Contact days added, or taken.
    pub mass: f64,
    /// The strength without it.
    pub before: f64,
    /// The strength with it.
    pub after: f64,
}

impl Wish {
    /// A wish as it is typed: `60`, `+10`, `-10`.
    ///
    /// ```
    /// use chitbook::domain::strength::Wish;
    /// assert_eq!(Wish::parse("60"), Ok(Wish::To(60.0)));
    /// assert_eq!(Wish::parse("+10"), Ok(Wish::By(10.0)));
    /// assert!(Wish::parse("rather more").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().replace('−', "-").replace(',', ".");
        let number = text.strip_prefix(['+', '-']).unwrap_or(&text);
        let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
        let read = number.trim().parse::<f64>().ok().filter(|_| plain);
        match (read, text.chars().next()) {
            (Some(points), Some('+')) => Ok(Wish::By(points)),
            (Some(points), Some('-')) => Ok(Wish::By(-points)),
            (Some(points), _) => Ok(Wish::To(points)),
            (None, _) => {
                Err("a correction is written 60, or +10, or -10, in points of strength".to_owned())
            }
        }
    }

    /// What it takes to make it true on `day`, the last of that day's events; otherwise one sentence that says what is possible.
    pub fn amends(
        self,
        params: &Params,
        trail: &Trail,
        cadence: Option<u16>,
        day: DayNumber,
    ) -> Result<Amends, String> {
        let mut standing = Standing::replay(params, trail, day);
        let limit = Limit::read(&standing, params, cadence, day)?;
        let Limit {
            most,
            fade,
            silence,
            strength: before,
        } = limit;
        let wanted = match self {
            Wish::To(points) => points,
            Wish::By(points) => before + points,
        };
        if wanted.is_nan() {
            return Err("that is no strength; write 60, or +10, or -10".to_owned());
        }
        if wanted <= -LEAST {
            return Err(format!(
                "the strength is {}, so it can fall by {0} at most",
                tenths(before, f64::round)
            ));
        }
        if wanted > most {
            return Err(format!(
                "at most {} after {} of silence; a touch makes more possible",
                limit.tenths(),
                words::days(f64::from(silence)),
            ));
        }
        if (wanted - before).abs() < LEAST {
            return Err(format!(
                "the strength is {} already",
                tenths(before, f64::round)
            ));
        }
        let bond = wanted.max(0.0) / (100.0 * fade);
        let needed = params.half_bond * bond / (1.0 - bond);
        let mass = ((needed - standing.mass_on(params, day)) * FINE).round() / FINE;
        standing.correct(params, day, mass);
        let after = standing.strength(params, cadence, day);
        Ok(Amends {
            mass,
            before,
            after,
        })
    }
}

impl fmt::Display for Wish {
    /// How a label ends: `to 60`, `by +10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wish::To(points) => write!(f, "to {}", number(*points)),
            Wish::By(points) if *points < 0.0 => write!(f, "by −{}", number(-points)),
            Wish::By(points) => write!(f, "by +{}", number(*points)),
        }
    }
}

/// How far a correction can go on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The most it can make of the strength.
    pub most: f64,
    /// The strength without it.
    pub strength: f64,
    fade: f64,
    silence: i32,
}

impl Limit {
    /// Of a trail, or the sentence that says why there is nothing to correct.
    pub fn of(
        params: &Params,
        trail: &Trail,
        cadence: Option<u16>,
        day: DayNumber,
    ) -> Result<Self, String> {
        Limit::read(&Standing::replay(params, trail, day), params, cadence, day)
    }

    fn read(
        standing: &Standing,
        params: &Params,
        cadence: Option<u16>,
        day: DayNumber,
    ) -> Result<Self, String> {
        let reading = standing.read(params, cadence, day);
        let Some((fade, silence)) = reading.fade.zip(reading.silence) else {
            return Err(
                "nobody had spoken with them by that day, so there is no strength to correct; log a touch first"
                    .to_owned(),
            );
        };
        Ok(Limit {
            most: 100.0 * fade * MOST,
            strength: reading.strength,
            fade,
            silence,
        })
    }

    /// The most as it is said; none where silence takes nothing of it.
    pub fn by_silence(&self) -> Option<String> {
        (self.fade < 1.0).then(|| self.tenths())
    }

    fn tenths(&self) -> String {
        tenths(self.most, f64::floor)
    }
}

/// The strength on a later day if a trail had this correction too.
pub fn strength_with(
    params: &Params,
    trail: &Trail,
    cadence: Option<u16>,
    correction: Correction,
    today: DayNumber,
) -> f64 {
    let mut trail = trail.clone();
    let at = trail
        .corrections
        .partition_point(|other| other.day <= correction.day);
    trail.corrections.insert(at, correction);
    Standing::replay(params, &trail, today).strength(params, cadence, today)
}

fn tenths(points: f64, round: fn(f64) -> f64) -> String {
    (round(points * 10.0) / 10.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Trace;
    use crate::domain::touch::{Direction, TouchKind};
    use proptest::prelude::*;

    fn met(days: &[DayNumber]) -> Trail {
        let trace = |day: &DayNumber| Trace {
            day: *day,
            kind: TouchKind::Meeting,
            direction: Direction::Mutual,
        };
        Trail {
            traces: days.iter().map(trace).collect(),
            ..Trail::default()
        }
    }

    #[test]
    fn a_wish_is_read_as_it_is_typed() {
        let cases = [
            ("60", Some(Wish::To(60.0))),
            (" 60.5 ", Some(Wish::To(60.5))),
            ("60,5", Some(Wish::To(60.5))),
            ("+10", Some(Wish::By(10.0))),
            ("-10", Some(Wish::By(-10.0))),
            ("−10", Some(Wish::By(-10.0))),
            ("", None),
            ("+", None),
            ("1e3", None),
            ("nan", None),
            ("--3", None),
            ("sixty", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(Wish::parse(text).ok(), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_can() {
        let params = Params::default();
        let cases = [
            (met(&[]), Wish::To(50.0), "log a touch first"),
            (met(&[50]), Wish::To(50.0), "log a touch first"),
            (
                met(&[0]),
                Wish::To(90.0),
                "at most 76.2 after 20 days of silence",
            ),
            (met(&[0]), Wish::By(90.0), "at most 76.2"),
            (met(&[0]), Wish::By(-60.0), "it can fall by 21.4 at most"),
            (met(&[0]), Wish::By(0.0), "is 21.4 already"),
            (met(&[0]), Wish::To(f64::INFINITY), "at most 76.2"),
        ];
        for (trail, wish, wanted) in cases {
            let said = wish.amends(&params, &trail, None, 20).unwrap_err();
            assert!(said.contains(wanted), "{wish:?}: {said}");
        }
    }

    #[test]
    fn a_label_says_how_much_in_one_decimal() {
        let cases = [
            (Wish::To(60.0), "to 60"),
            (Wish::By(10.25), "by +10.3"),
            (Wish::By(-10.0), "by −10"),
        ];
        for (wish, wanted) in cases {
            assert_eq!(wish.to_string(), wanted);
        }
    }

    proptest! {
        #[test]
        fn the_strength_is_as_wished_on_its_day_and_the_correction_is_what_was_missing(
            gaps in prop::collection::vec(1..200_i32, 1..12), later in 0..400_i32, part in 0.0..1.0_f64,
            cadence in prop::option::of(1..400_u16), by in any::<bool>(),
        ) {
            let params = Params::default();
            let mut day = 0;
            let days: Vec<DayNumber> = gaps.iter().map(|gap| { day += gap; day }).collect();
            let (mut trail, today) = (met(&days), day + later);
            let reading = Standing::replay(&params, &trail, today).read(&params, cadence, today);
            let wanted = part * 99.0 * reading.fade.unwrap_or(0.0);
            let wish = if by { Wish::By(wanted - reading.strength) } else { Wish::To(wanted) };
            let Ok(amends) = wish.amends(&params, &trail, cadence, today) else {
                prop_assert!((wanted - reading.strength).abs() < 0.051);
                return Ok(());
            };
            let correction = Correction { day: today, mass: amends.mass, reason: String::new() };
            trail.corrections.push(correction.clone());
            let now = Standing::replay(&params, &trail, today).strength(&params, cadence, today);
            prop_assert!((now - wanted).abs() < 1e-3, "{} is not {}", now, wanted);
            prop_assert_eq!(now.to_bits(), amends.after.to_bits());
            prop_assert_eq!(amends.before.to_bits(), reading.strength.to_bits());
            let bare = met(&days);
            prop_assert_eq!(strength_with(&params, &bare, cadence, correction, today).to_bits(), now.to_bits());
            // A correction is none of the contact days: rhythm and silence stay as they were.
            let after = Standing::replay(&params, &trail, today).read(&params, cadence, today);
            prop_assert_eq!((after.silence, after.due, after.stale), (reading.silence, reading.due, reading.stale));
        }
    }
}
