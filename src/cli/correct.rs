//! `correct`: the strength of a relationship corrected by hand, with a reason.

use super::desk::{Desk, Failure, spelled};
use super::who;
use crate::domain::command::{Amend, Command};
use crate::domain::moment::day_number;
use crate::domain::strength::words::number;
use crate::domain::strength::{Standing, Wish};
use crate::domain::when::Look;
use clap::Args;

/// `correct`
#[derive(Debug, Args)]
pub struct Correct {
    /// With whom
    pub who: String,
    /// What the strength should be: 60; or how many points more or less: +10, -10
    #[arg(
        value_name = "POINTS",
        allow_hyphen_values = true,
        required_unless_present = "off"
    )]
    pub wish: Option<String>,
    /// Why, in a few words; it is shown wherever the strength is explained
    #[arg(value_name = "REASON", required_unless_present = "off")]
    pub reason: Vec<String>,
    /// Since when; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Take the latest correction back
    #[arg(long, conflicts_with_all = ["wish", "reason", "on"])]
    pub off: bool,
}

/// Corrects a strength, or takes the latest correction back.
pub fn correct(desk: &mut Desk<'_>, args: &Correct) -> Result<(), Failure> {
    if args.off {
        return take_back(desk, &args.who);
    }
    let wish = args.wish.as_deref().unwrap_or_default();
    let wish = Wish::parse(wish).map_err(Failure::Usage)?;
    let on = desk.day(args.on.as_deref(), Look::Back)?;
    let mut book = desk.book_to_change()?;
    let contact = who::one(&book, &args.who)?.id;
    let command = Command::CorrectStrength(Box::new(Amend {
        contact,
        on,
        wish,
        reason: args.reason.join(" "),
    }));
    let today = desk.date();
    desk.apply(&mut book, &command, |book, _| {
        let Some(person) = book.person(contact)? else {
            return Ok(String::new());
        };
        let strength = |day| {
            let standing = Standing::replay(&book.params, &person.trail, day);
            number(standing.strength(&book.params, person.summary.cadence, day))
        };
        let now = strength(day_number(today));
        Ok(if on == today {
            format!("strength {now}")
        } else {
            let then = strength(day_number(on));
            format!("{then} on {}, {now} today", spelled(on, None, today))
        })
    })
}

fn take_back(desk: &mut Desk<'_>, who: &str) -> Result<(), Failure> {
    let mut book = desk.book_to_change()?;
    let person = who::one(&book, who)?;
    let Some(id) = book.corrections_of(person.id)?.pop() else {
        return Err(Failure::could(format!(
            "the strength of {} was not corrected by hand",
            person.name
        )));
    };
    desk.apply(&mut book, &Command::DropCorrection(id), |_, _| {
        Ok(String::new())
    })
}
