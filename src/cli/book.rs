//! `climate` and `backtest`: the whole book at a glance, and the model judged by the book's own past.

mod backtest;

pub use backtest::backtest;

use super::args::Climate as Args;
use super::desk::{Desk, Failure, spelled};
use super::output::{Ink, Progress, Table};
use super::people::{ink, points, rounded};
use crate::domain::climate::{BANDS, Census, Climate, Mover, Sample, TO_COME, Week};
use crate::domain::id::{Id, shortest};
use crate::domain::moment::{Moment, date, day_number};
use crate::domain::text::grouped;
use crate::domain::when::Look;
use crate::settings::Glyphs;
use crate::store::Error;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;

/// People listed of those who warmed, and of those who cooled.
const MOVERS: usize = 10;
/// People named of those who go stale in one week.
const COOLING: usize = 5;
/// Days of the past in the table; the JSON has every week.
const PAST: usize = 13;
/// The longest bar.
const BAR: usize = 40;
/// Columns of a table with a bar that are not the bar.
const BESIDE: usize = 34;
/// A survey that takes longer than this says how far it is …
const GLANCE: TimeDelta = TimeDelta::milliseconds(500);
/// … whenever it has looked at so many more people.
const STRIDE: usize = 500;

/// Asks something of everybody, and says on standard error how far it is.
fn survey<T>(
    clock: fn() -> Moment,
    ask: impl FnOnce(&mut dyn FnMut(usize, usize) -> ControlFlow<()>) -> Result<Option<T>, Error>,
) -> Result<T, Failure> {
    let began = clock();
    let mut progress = Progress::new();
    let answer = ask(&mut |done, of| {
        if done.is_multiple_of(STRIDE) && clock() - began > GLANCE {
            progress.say(&format!(
                "Looked at {} of {} people",
                grouped(done),
                grouped(of)
            ));
        }
        ControlFlow::Continue(())
    });
    progress.end();
    // Nobody gave it up.
    answer?.ok_or_else(|| Failure::could("the survey was given up"))
}

/// Bars of one table: the longest there can be is of everybody.
struct Bars {
    all: f64,
    room: usize,
    full: &'static str,
    least: &'static str,
}

impl Bars {
    fn new(desk: &Desk<'_>, all: f64) -> Self {
        let (full, least) = match desk.settings.glyphs {
            Glyphs::Unicode => ("█", "▏"),
            Glyphs::Ascii => ("#", "#"),
        };
        Bars {
            all: all.max(1.0),
            room: desk.out.columns().saturating_sub(BESIDE).min(BAR),
            full,
            least,
        }
    }

    fn of(&self, count: f64) -> String {
        let columns = (count / self.all * self.room as f64).round() as usize;
        match columns {
            0 if count > 0.0 && self.room > 0 => self.least.to_owned(),
            columns => self.full.repeat(columns.min(self.room)),
        }
    }
}

/// Shows the climate.
pub fn climate(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let day = day_number(desk.day(args.on.as_deref(), Look::Back)?);
    if day > desk.today() {
        return Err(Failure::Usage(TO_COME.to_owned()));
    }
    let book = desk.book_there()?;
    let found = survey(desk.clock, |progress| {
        book.climate(day, args.days, progress)
    })?;
    if args.json {
        let digits = shortest(book.contact_ids()?.into_iter());
        return Ok(desk.out.json(&document(&found, digits))?);
    }
    if found.now.census.total() == 0 {
        let nobody =
            "Nobody was in the lists on that day; `chitbook list --all` shows who is in the book.";
        return Ok(desk.out.line(nobody)?);
    }
    heading(desk, &found)?;
    states(desk, &found)?;
    bands(desk, &found)?;
    ahead(desk, &found)?;
    let today = desk.date();
    let since = spelled(date(found.before.day), None, today);
    movers(desk, &format!("Warmed most since {since}"), &found.warmed)?;
    movers(desk, &format!("Cooled most since {since}"), &found.cooled)?;
    past(desk, &found)
}

fn heading(desk: &mut Desk<'_>, found: &Climate) -> Result<(), Failure> {
    let today = desk.date();
    let said = |sample: &Sample| {
        let people = sample.census.total() as usize;
        let word = if people == 1 { "person" } else { "people" };
        let on = spelled(date(sample.day), None, today);
        format!("{on}: {} {word}", grouped(people))
    };
    let line = format!(
        "{}; before: {}",
        said(&found.now),
        said(&found.before).replace(": ", ", ")
    );
    Ok(desk.out.line(&line)?)
}

fn states(desk: &mut Desk<'_>, found: &Climate) -> Result<(), Failure> {
    let bars = Bars::new(desk, f64::from(found.now.census.total()));
    let plain = desk.settings.glyphs == Glyphs::Ascii;
    let mut table = Table::new(&["state", ">now", ">before", ""]).spare(&["", "before"]);
    for state in Census::STATES {
        let (now, before) = (found.now.census.of(state), found.before.census.of(state));
        let name = if plain {
            state.word().to_owned()
        } else {
            format!("{} {}", state.sign(), state.word())
        };
        table.cells(vec![
            (name, ink(state)),
            (now.to_string(), Ink::Plain),
            (before.to_string(), Ink::Plain),
            (bars.of(f64::from(now)), ink(state)),
        ]);
    }
    desk.out.line("")?;
    Ok(desk.out.table(&table)?)
}

/// A band of strength in words.
fn band(at: usize) -> String {
    let width = 100 / BANDS;
    format!("{} to {}", at * width, (at + 1) * width)
}

fn bands(desk: &mut Desk<'_>, found: &Climate) -> Result<(), Failure> {
    let bars = Bars::new(desk, f64::from(found.now.census.total()));
    let mut table = Table::new(&["strength", ">now", ">before", ""]).spare(&["", "before"]);
    let both = found.now.bands.into_iter().zip(found.before.bands);
    for (at, (now, before)) in both.enumerate().rev() {
        table.row([
            band(at),
            now.to_string(),
            before.to_string(),
            bars.of(f64::from(now)),
        ]);
    }
    desk.out.line("")?;
    Ok(desk.out.table(&table)?)
}

/// The strongest of a week, and how many more there are.
fn named(week: &Week) -> String {
    let names = week.people.iter().take(COOLING).map(|p| p.name.as_str());
    let told = names.clone().count();
    let more = match (week.count as usize).saturating_sub(told) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", names.collect::<Vec<_>>().join(", "))
}

fn ahead(desk: &mut Desk<'_>, found: &Climate) -> Result<(), Failure> {
    desk.out
        .text("\nThe weeks to come: who goes stale if nobody calls")?;
    let mut table = Table::new(&["from", ">people", "~the strongest of them"]);
    for week in &found.ahead {
        table.row([
            date(week.from).to_string(),
            week.count.to_string(),
            named(week),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn movers(desk: &mut Desk<'_>, title: &str, movers: &[Mover]) -> Result<(), Failure> {
    if movers.is_empty() {
        return Ok(desk.out.text(&format!("\n{title}: nobody"))?);
    }
    desk.out.text(&format!("\n{title}"))?;
    let mut table = Table::new(&["~name", ">before", ">now", "~why"]).spare(&["before"]);
    for mover in movers.iter().take(MOVERS) {
        table.row([
            mover.name.clone(),
            points(mover.before),
            points(mover.now),
            mover.why(),
        ]);
    }
    Ok(desk.out.table(&table)?)
}

fn past(desk: &mut Desk<'_>, found: &Climate) -> Result<(), Failure> {
    // Evenly spaced, the latest among them.
    let step = found.history.len().div_ceil(PAST).max(1);
    let mut shown: Vec<&Sample> = found.history.iter().rev().step_by(step).collect();
    shown.reverse();
    let mut table = Table::new(&[
        "day",
        ">on rhythm",
        ">due",
        ">stale",
        ">dormant",
        ">new",
        ">0+",
        ">20+",
        ">40+",
        ">60+",
        ">80+",
    ])
    .spare(&["0+", "20+", "40+", "60+", "80+", "new", "dormant"]);
    for sample in shown {
        let counts = sample.census.counts.iter().chain(&sample.bands);
        let cells = counts.map(ToString::to_string);
        table.row([date(sample.day).to_string()].into_iter().chain(cells));
    }
    desk.out
        .text("\nThe past: people by state, and by strength from so many points on")?;
    Ok(desk.out.table(&table)?)
}

fn document(found: &Climate, digits: usize) -> Value {
    json!({
        "on": date(found.day).to_string(),
        "period_days": found.period,
        "now": sample(&found.now),
        "before": sample(&found.before),
        "history": found.history.iter().map(sample).collect::<Vec<_>>(),
        "ahead": found.ahead.iter().map(|week| week_in_json(week, digits)).collect::<Vec<_>>(),
        "warmed": found.warmed.iter().map(|m| mover(m, digits)).collect::<Vec<_>>(),
        "cooled": found.cooled.iter().map(|m| mover(m, digits)).collect::<Vec<_>>(),
    })
}

fn sample(sample: &Sample) -> Value {
    let mut fields = Map::new();
    fields.insert("on".to_owned(), json!(date(sample.day).to_string()));
    fields.insert("people".to_owned(), json!(sample.census.total()));
    for state in Census::STATES {
        let name = state.word().replace(' ', "_");
        fields.insert(name, json!(sample.census.of(state)));
    }
    fields.insert("bands".to_owned(), json!(sample.bands));
    Value::Object(fields)
}

fn week_in_json(week: &Week, digits: usize) -> Value {
    let to: NaiveDate = date(week.from.saturating_add(6));
    json!({
        "from": date(week.from).to_string(),
        "to": to.to_string(),
        "count": week.count,
        "people": week.people.iter().map(|person| json!({
            "id": short(person.id, digits),
            "name": person.name,
            "stale_on": date(person.on).to_string(),
            "strength": rounded(person.strength),
        })).collect::<Vec<_>>(),
    })
}

fn mover(mover: &Mover, digits: usize) -> Value {
    let touches = mover.touches.iter();
    let touches = touches.map(|(kind, count)| (kind.word().to_owned(), json!(count)));
    json!({
        "id": short(mover.id, digits),
        "name": mover.name,
        "before": rounded(mover.before),
        "now": rounded(mover.now),
        "why": mover.why(),
        "touches": touches.collect::<Map<_, _>>(),
        "promises_kept": mover.kept,
        "promises_broken": mover.broken,
        "corrections": mover.corrected,
        "silence": mover.silence,
        "rhythm": rounded(mover.rhythm),
    })
}

fn short(id: Id, digits: usize) -> String {
    id.short(digits)
}
