//! What is written on an account's page: each row of a view in its lines, broken to the columns there are.

use super::entries::{Bar, Entry, Page, View, promised};
use super::looks::{Pieces, money, stance};
use crate::domain::account::{Account, Alarm, CoachingRow, Condition, GridSeat, Insider, Way};
use crate::domain::promise::PromiseRow;
use crate::domain::record::{NeedState, Record, RecordRow, Role};
use crate::domain::strength::Reading;
use crate::domain::strength::words::sentence;
use crate::domain::text::{fit, pad, width};
use crate::domain::when;
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::widget::table::{Column, fitting};
use crate::tui::widget::{meter, wrap};
use ratatui::style::Style;

/// Columns of a year's bar.
const BAR: usize = 20;

const GRID: [Column; 7] = [
    Column::new("seat", 14, 0),
    Column::new("person", 0, 0),
    Column::new("stance", 9, 2),
    Column::new("", 4, 0),
    Column::new("", 5, 4),
    Column::number("silent", 8, 1),
    Column::new("listens to", 0, 3),
];

/// A line, and the row it belongs to.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub entry: usize,
    pub pieces: Pieces,
}

/// The headings over the committee.
pub(super) fn headings(columns: u16, cx: &Cx<'_>) -> Pieces {
    let titles = GRID.map(|column| (column.title.to_owned(), cx.theme.dim));
    in_columns(&titles, columns)
}

/// Every line of the view that is shown.
pub(super) fn lines(page: &Page, columns: u16, cx: &Cx<'_>) -> Vec<Line> {
    let Some(account) = &page.account else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for (at, entry) in page.entries.iter().enumerate() {
        let told = match page.view {
            View::Committee => vec![seat(*entry, account, columns, cx)],
            View::Alarms => danger(*entry, account, columns, cx),
            View::Kept => kept(*entry, page, account, columns, cx),
        };
        lines.extend(told.into_iter().map(|pieces| Line { entry: at, pieces }));
    }
    lines
}

/// Cells set in the columns of the grid that fit.
fn in_columns(cells: &[(String, Style)], columns: u16) -> Pieces {
    let mut pieces = Vec::new();
    for (at, wide) in fitting(&GRID, columns.saturating_sub(1)) {
        let (text, style) = cells.get(at).cloned().unwrap_or_default();
        let wide = usize::from(wide);
        let text = if GRID[at].right {
            let text = fit(&text, wide);
            format!("{}{text} ", " ".repeat(wide - width(&text)))
        } else {
            format!("{} ", pad(&text, wide))
        };
        pieces.push((text, style));
    }
    pieces
}

/// A row of the committee: a seat and whoever sits there, a question, or somebody on no seat.
fn seat(entry: Entry, account: &Account, columns: u16, cx: &Cx<'_>) -> Pieces {
    let theme = cx.theme;
    match entry {
        Entry::Seat(row, at) => {
            let Some(row) = account.grid.get(row) else {
                return Vec::new();
            };
            let seat = at.and_then(|at| row.seats.get(at));
            let role = match at {
                Some(at) if at > 0 => String::new(),
                _ => row.role.phrase().to_owned(),
            };
            match seat.and_then(|seat| Some((seat, seat.holder.as_ref()?))) {
                Some((seat, (who, reading))) => {
                    in_columns(&person(role, who, reading, Some(seat), cx), columns)
                }
                None => vec![
                    (format!("{} ", pad(&role, 14)), theme.text),
                    (asked(row.role), theme.warn),
                ],
            }
        }
        Entry::Other(at) => account.others.get(at).map_or(Vec::new(), |(who, reading)| {
            in_columns(&person(String::new(), who, reading, None, cx), columns)
        }),
        Entry::Heading(text) => vec![(text.to_owned(), theme.title)],
        _ => Vec::new(),
    }
}

/// What an empty seat asks: "Who signs for the money?".
pub(super) fn asked(role: Role) -> String {
    format!("{}?", sentence(crate::domain::account::way::question(role)))
}

fn person(
    role: String,
    who: &Insider,
    reading: &Reading,
    seat: Option<&GridSeat>,
    cx: &Cx<'_>,
) -> Pieces {
    let theme = cx.theme;
    let style = theme.state(reading.state);
    let stance = seat.map(|seat| stance(seat.stance, cx));
    let listens = seat.and_then(|seat| seat.listens_to.as_ref());
    vec![
        (role, theme.text),
        (who.name.clone(), theme.text),
        stance.unwrap_or_default(),
        (
            format!("{} {:.0}", reading.state.sign(), reading.strength),
            style,
        ),
        (meter::bar(reading.strength, 5, cx.plain), style),
        (silence(reading), style),
        (
            listens.map_or(String::new(), |(_, name)| name.clone()),
            theme.dim,
        ),
    ]
}

/// Days since the last touch against the rhythm: `9/12 d`.
fn silence(reading: &Reading) -> String {
    match reading.silence {
        Some(days) => format!("{days}/{:.0} d", reading.rhythm),
        None => "never".to_owned(),
    }
}

/// What is told of the row under the cursor below the committee.
pub(super) fn below(page: &Page, cx: &Cx<'_>) -> Vec<String> {
    let (Some(account), Some(here)) = (&page.account, page.here()) else {
        return Vec::new();
    };
    let (who, listens, seat) = match here {
        Entry::Seat(row, at) => {
            let Some(row) = account.grid.get(row) else {
                return Vec::new();
            };
            let seat = at.and_then(|at| row.seats.get(at));
            let Some((who, reading)) = seat.and_then(|seat| seat.holder.as_ref()) else {
                return vec![
                    format!(
                        "{} Nobody is known to sit there; e fills the seat.",
                        asked(row.role)
                    ),
                    "The next brief asks; so does a line of a note: % @Name and the seat."
                        .to_owned(),
                ];
            };
            let listens = seat.and_then(|seat| seat.listens_to.as_ref());
            (Some((who, reading)), listens, row.role.phrase())
        }
        Entry::Other(at) => {
            let other = account.others.get(at).map(|(who, reading)| (who, reading));
            (other, None, "on no seat; % gives them one")
        }
        _ => (None, None, ""),
    };
    let Some((who, reading)) = who else {
        return Vec::new();
    };
    let title = if who.title.is_empty() {
        String::new()
    } else {
        format!(" · {}", who.title)
    };
    let last = who
        .standing
        .last
        .map_or("never spoken to".to_owned(), |last| {
            let ago = when::ago(cx.day() - last);
            format!("last touch {ago}, rhythm {:.0} days", reading.rhythm)
        });
    let listens = listens.map_or(String::new(), |(_, name)| format!(" · listens to {name}"));
    vec![
        format!("{}{title} · {seat}", who.name),
        format!("{} · {last}{listens}", reading.state.word()),
    ]
}

/// A text behind a lead, its further rows under its beginning.
fn wrapped(lead: (&str, Style), text: &str, style: Style, columns: u16) -> Vec<Pieces> {
    let wide = width(lead.0);
    let room = usize::from(columns).saturating_sub(wide + 1).max(8);
    let rows = wrap::rows(text, room);
    let rows = rows.into_iter().enumerate().map(|(at, text)| {
        let before = if at == 0 {
            (lead.0.to_owned(), lead.1)
        } else {
            (" ".repeat(wide), style)
        };
        vec![before, (text, style)]
    });
    rows.collect()
}

/// An alarm with its reason and what to do, and the ways under it.
fn danger(entry: Entry, account: &Account, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let alarms = &account.row.alarms;
    match entry {
        Entry::Alarm(at) => alarms
            .get(at)
            .map_or(Vec::new(), |told| alarm(told, columns, cx)),
        Entry::Way(at, nth) => {
            let found = alarms.get(at).and_then(|alarm| alarm.ways.get(nth));
            found.map_or(Vec::new(), |found| way(found, account, columns, cx))
        }
        _ => Vec::new(),
    }
}

fn alarm(alarm: &Alarm, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let theme = cx.theme;
    let said = format!("{}: {}", sentence(alarm.kind.words()), alarm.why);
    let mut told = wrapped(("! ", theme.bad), &said, theme.bad, columns);
    // What is to be done is often the first of the ways, which are listed below.
    let listed = alarm.ways.iter().map(|way| sentence(&way.words()));
    if !listed.into_iter().any(|way| way == alarm.what) {
        let lead = ("  ▸ ", theme.accent);
        told.extend(wrapped(lead, &alarm.what, theme.text, columns));
    }
    told
}

fn way(way: &Way, account: &Account, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let theme = cx.theme;
    let warm = if way.through.is_some() {
        format!(" (warmth {:.0})", way.warmth)
    } else {
        String::new()
    };
    let promised = promised(&account.promises, way, cx.today());
    let (mark, promised) = match promised {
        Some(row) => (
            "    ● ",
            format!(", promised for {}", when::say(row.promise.due, cx.today())),
        ),
        None if way.through.is_some() => ("    ○ ", String::new()),
        None => ("    · ", String::new()),
    };
    let said = format!("{}{warm}{promised}", sentence(&way.words()));
    wrapped((mark, theme.accent), &said, theme.dim, columns)
}

fn kept(entry: Entry, page: &Page, account: &Account, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let theme = cx.theme;
    let told = match entry {
        Entry::Heading(text) => Some(vec![vec![(text.to_owned(), theme.title)]]),
        Entry::Promise(at) => account
            .promises
            .get(at)
            .map(|row| owed(row, account, columns, cx)),
        Entry::Coaching(at) => account
            .coaching
            .get(at)
            .map(|row| warning(row, columns, cx)),
        Entry::Need(at) => account.needs.get(at).map(|row| need(row, columns, cx)),
        Entry::Rival(at) => account.rivals.get(at).map(|seen| {
            let what = match (seen.what.is_empty(), seen.by.is_empty()) {
                (true, true) => String::new(),
                (false, true) => format!(": {}", seen.what),
                (true, false) => format!(", told by {}", seen.by),
                (false, false) => format!(": {} (told by {})", seen.what, seen.by),
            };
            let said = format!("{}{what}", seen.name);
            let lead = dated("~", &short(seen.on, cx.today()));
            wrapped((&lead, theme.warn), &said, theme.text, columns)
        }),
        Entry::Story(at) => account.stories.get(at).map(|row| {
            let asked = row.asked_this_year(cx.today());
            let (mark, style, state) = match row.condition(cx.today()) {
                Condition::Rested => ("●", theme.good, "rested".to_owned()),
                Condition::Tired { until, why } => {
                    let until = when::say(until, cx.today());
                    ("○", theme.warn, format!("tired until {until}: {why}"))
                }
            };
            let (who, about) = (&row.who, &row.story.about);
            let asked = match asked {
                0 => "not asked in a year".to_owned(),
                1 => "asked once in a year".to_owned(),
                times => format!("asked {times} times in a year"),
            };
            let said = format!("{who} about {about} · {asked} · {state}");
            wrapped((&format!("  {mark} "), style), &said, style, columns)
        }),
        Entry::Bar(at) => page.bars.get(at).map(|bar| vec![year(bar, cx)]),
        Entry::Sale(at) => account.sales.get(at).map(|row| sale(row, columns, cx)),
        _ => None,
    };
    told.unwrap_or_default()
}

/// A mark and a day before a row.
fn dated(mark: &str, day: &str) -> String {
    format!("  {mark} {} ", pad(day, 6))
}

fn owed(row: &PromiseRow, account: &Account, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let promise = &row.promise;
    let names = account.grid.iter().flat_map(|row| &row.seats);
    let names = names.filter_map(|seat| seat.holder.as_ref());
    let mut names = names.chain(&account.others).map(|(who, _)| who);
    let name = names
        .find(|who| who.id == promise.contact)
        .map_or_else(|| cx.name(promise.contact), |who| who.name.clone());
    let (mark, who) = if promise.mine {
        ("→", format!("you promised {name}"))
    } else {
        ("←", format!("{name} promised"))
    };
    let late = promise.due < cx.today();
    let style = if late { cx.theme.bad } else { cx.theme.text };
    let overdue = if late { ", overdue" } else { "" };
    let lead = dated(mark, &short(promise.due, cx.today()));
    let said = format!("{who}: {}{overdue}", promise.what);
    wrapped((&lead, style), &said, style, columns)
}

/// A warning, what was done about it, and what is left to do.
fn warning(row: &CoachingRow, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let theme = cx.theme;
    let coaching = &row.coaching;
    let left = coaching.left();
    let (mark, style) = match (left.is_empty(), coaching.did.is_empty()) {
        (true, _) => ("●", theme.good),
        (false, false) => ("◐", theme.accent),
        (false, true) => ("○", theme.warn),
    };
    let lead = dated(mark, &short(coaching.said_on, cx.today()));
    let said = format!("{}: {}", row.who, coaching.said);
    let mut told = wrapped((&lead, style), &said, theme.text, columns);
    let indent = " ".repeat(width(&lead));
    if !coaching.did.is_empty() {
        let on = coaching
            .did_on
            .map_or(String::new(), |on| format!(" {}", when::on(on, cx.today())));
        let did = format!("you did{on}: {}", coaching.did);
        told.extend(wrapped((&indent, theme.dim), &did, theme.dim, columns));
    }
    let next = match coaching.told_on {
        Some(on) => format!("told {}", when::on(on, cx.today())),
        None => sentence(left),
    };
    let next_style = if left.is_empty() { theme.dim } else { style };
    told.extend(wrapped((&indent, next_style), &next, next_style, columns));
    told
}

fn need(row: &RecordRow, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let theme = cx.theme;
    let Record::Need(need) = &row.record else {
        return Vec::new();
    };
    let (mark, style) = match need.state {
        NeedState::Heard => ("○", theme.warn),
        NeedState::Proposed => ("◐", theme.accent),
        NeedState::Delivered => ("●", theme.good),
        NeedState::Dropped => ("×", theme.dim),
    };
    let lead = dated(mark, &short(need.heard, cx.today()));
    let said = format!("{} · {}", need.what, need.state.word());
    let mut told = wrapped((&lead, style), &said, theme.text, columns);
    if let Some(outcome) = &need.outcome {
        let amount = outcome.amount.as_ref();
        let amount = amount.map_or(String::new(), |amount| format!(", {}", money(amount)));
        let result = format!("{} ({}{amount})", outcome.what, outcome.kind.phrase());
        let indent = " ".repeat(width(&lead));
        told.extend(wrapped((&indent, theme.good), &result, theme.good, columns));
    }
    told
}

/// A year's sales as a bar.
fn year(bar: &Bar, cx: &Cx<'_>) -> Pieces {
    let theme = cx.theme;
    let filled = meter::bar(f64::from(bar.share), BAR, cx.plain);
    vec![
        (format!("  {} ", bar.year), theme.dim),
        (filled, theme.good),
        (format!(" {}", money(&bar.sum)), theme.text),
    ]
}

fn sale(row: &RecordRow, columns: u16, cx: &Cx<'_>) -> Vec<Pieces> {
    let Record::Sale(sale) = &row.record else {
        return Vec::new();
    };
    let what = if sale.what.is_empty() {
        String::new()
    } else {
        format!(" {}", sale.what)
    };
    let said = format!("{}{what}", money(&sale.amount));
    let lead = dated("$", &short(sale.on, cx.today()));
    wrapped((&lead, cx.theme.dim), &said, cx.theme.text, columns)
}
