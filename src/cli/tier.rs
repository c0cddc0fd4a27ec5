//! `tier`: who is in which tier, and how often each tier is to hear from me.

use super::args::Tier as Args;
use super::desk::{Desk, Failure};
use super::output::Table;
use super::who;
use crate::domain::command::Command;
use crate::domain::tier::Tier;
use serde_json::{Value, json};

/// Puts people into a tier, sets its cadence, or lists the tiers.
pub fn tier(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let Some(tier) = args.tier.as_deref() else {
        return list(desk, args.json);
    };
    let tier = match (Tier::parse(tier), tier) {
        (Some(tier), _) => Some(tier),
        (None, "none") => None,
        (None, other) => {
            return Err(Failure::Usage(format!(
                "\"{other}\" is no tier; say A, B, C, D, or none"
            )));
        }
    };
    let mut book = desk.book_to_change()?;
    let command = match (tier, args.days) {
        (Some(tier), Some(days)) => Command::SetTierCadence { tier, days },
        (None, Some(_)) => {
            return Err(Failure::Usage(
                "whoever is in no tier has no cadence by it; say A, B, C or D".to_owned(),
            ));
        }
        (tier, None) => {
            let people = args
                .who
                .iter()
                .map(|who| who::one(&book, who).map(|one| one.id))
                .collect::<Result<Vec<_>, _>>()?;
            if people.is_empty() {
                return Err(Failure::Usage(
                    "say whom to put into the tier, or its cadence with --days".to_owned(),
                ));
            }
            Command::SetTier { people, tier }
        }
    };
    desk.apply(&mut book, &command, |_, _| Ok(String::new()))
}

fn list(desk: &mut Desk<'_>, in_json: bool) -> Result<(), Failure> {
    let book = desk.book_there()?;
    let tiers = book.tiers()?;
    if in_json {
        let rows: Vec<Value> = tiers
            .iter()
            .map(|row| json!({"tier": row.tier.word(), "days": row.days, "people": row.people}))
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    let mut table = Table::new(&["tier", ">days", ">people"]);
    for row in tiers {
        let tier = row.tier.word().to_owned();
        table.row([tier, row.days.to_string(), row.people.to_string()]);
    }
    Ok(desk.out.table(&table)?)
}
