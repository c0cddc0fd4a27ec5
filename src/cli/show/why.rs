//! Why a strength is what it is, as the page tells it and as scripts are given it.

use super::Brief;
use crate::cli::desk::{Desk, Failure};
use crate::cli::output::Table;
use crate::cli::people::rounded;
use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Entry;
use crate::domain::strength::Params;
use crate::domain::strength::account::{Account, TENTHS, THOUSANDTHS};
use crate::domain::strength::words;
use serde_json::{Map, Value, json};

/// Shares of the strength on the page; the JSON has them all.
const SHARES: usize = 12;
/// Gaps on the page: older ones hardly count.
const GAPS: usize = 5;

/// The strength explained, and how it goes on.
pub(super) fn page(desk: &mut Desk<'_>, brief: &Brief, params: &Params) -> Result<(), Failure> {
    let account = account(brief, params, TENTHS);
    if account.lines.is_empty() {
        return Ok(());
    }
    let person = &brief.person;
    desk.out.text("\nWhat makes up the strength")?;
    let mut table = Table::new(&[">points", "on", "~what"]);
    let shown = account.foremost(SHARES);
    for line in shown.iter().map(|at| &account.lines[*at]) {
        table.row([
            words::signed(line.units),
            date(line.share.day).to_string(),
            words::share(&line.share, &person.trail, &person.history),
        ]);
    }
    if shown.len() < account.lines.len() {
        let (_, units) = account.others(&shown);
        let others = words::others(&account, &shown);
        table.row([words::signed(units), String::new(), others]);
    }
    for (points, what) in [
        (words::plain(account.bond), words::BOND.to_owned()),
        (words::signed(account.silence), words::silence(&account)),
        (
            words::plain(account.strength),
            words::strength(&account).to_owned(),
        ),
    ] {
        table.row([points, String::new(), what]);
    }
    desk.out.table(&table)?;
    rhythm(desk, brief, &account, params)
}

/// What the state is and why, what comes next, and how the usual gap was learned.
fn rhythm(
    desk: &mut Desk<'_>,
    brief: &Brief,
    account: &Account,
    params: &Params,
) -> Result<(), Failure> {
    desk.out.text("\nHow it stands")?;
    let mut lines = vec![words::state(account, params)];
    lines.push(words::dates(account, brief.today).join(" · "));
    lines.extend(words::outlook(account, params));
    for line in lines.iter().filter(|line| !line.is_empty()) {
        desk.out.text(&format!("  {line}"))?;
    }
    desk.out.text("\nHow often")?;
    for line in words::rhythm(account) {
        desk.out.text(&format!("  {line}"))?;
    }
    if account.gaps.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["from", "to", "gap", ">usual gap then"]);
    for gap in account.gaps.iter().take(GAPS) {
        table.row([
            date(gap.from).to_string(),
            date(gap.to).to_string(),
            words::gap(gap),
            format!("{:.1}", gap.rhythm),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

/// The same for scripts: the shares add up to the strength to the last digit given.
pub(super) fn fields(brief: &Brief, params: &Params, history: &[Entry]) -> Map<String, Value> {
    let account = account(brief, params, THOUSANDTHS);
    let person = &brief.person;
    let day = |day: Option<DayNumber>| day.map(|day| date(day).to_string());
    let points = |units: i64| rounded(units as f64 / THOUSANDTHS);
    let mut why: Vec<Value> = account
        .lines
        .iter()
        .map(|line| {
            json!({
                "on": date(line.share.day).to_string(),
                "what": words::share(&line.share, &person.trail, history),
                "cause": words::cause(line.share.cause),
                "points": points(line.units),
            })
        })
        .collect();
    if account.silence != 0 {
        why.push(json!({
            "on": date(account.today).to_string(),
            "what": words::silence(&account),
            "cause": "silence",
            "points": points(account.silence),
        }));
    }
    let reading = &account.reading;
    let gaps = account.gaps.iter().map(|gap| {
        json!({
            "from": date(gap.from).to_string(),
            "to": date(gap.to).to_string(),
            "days": gap.to - gap.from,
            "counted": rounded(gap.counted),
            "rhythm": rounded(gap.rhythm),
        })
    });
    let fields = json!({
        "why": why,
        "bond": points(account.bond),
        "rhythm": rounded(reading.rhythm),
        "rhythm_learned": rounded(account.learned),
        "rhythm_begins": rounded(account.begins),
        "cadence": account.set,
        "gaps": gaps.collect::<Vec<_>>(),
        "state_rule": words::state(&account, params),
        "silence": reading.silence,
        "due_on": day(reading.due),
        "stale_on": day(reading.stale),
        "cold_on": day(reading.cold),
        "chance_30": reading.chance(params, 30).map(rounded),
        "lost": reading.lost.map(rounded),
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn account(brief: &Brief, params: &Params, units: f64) -> Account {
    let today = crate::domain::moment::day_number(brief.today);
    Account::of(params, &brief.person, today, units)
}
