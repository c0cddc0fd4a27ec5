//! The head of a person's page: who they are, how the relationship stands, what is owed, what comes next.

use crate::domain::chit::Halves;
use crate::domain::moment::{DayNumber, date};
use crate::domain::people::{Person, Trace};
use crate::domain::strength::{Reading, Standing, State, words};
use crate::domain::text::width;
use crate::domain::when;
use crate::tui::modal::Cx;
use crate::tui::pane::list::ARCHIVED;
use crate::tui::widget::{plain, row};
use chrono::{Datelike, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows the head takes in a page with this many rows inside.
pub fn rows(page: u16) -> u16 {
    match page {
        0..8 => 1,
        8..12 => 2,
        12..20 => 4,
        20..24 => 5,
        _ => 6,
    }
}

/// Said only where there is room.
const EXPLAINS: &str = "x explains";

/// What the strength is compared with.
const A_MONTH: DayNumber = 30;

/// A day in at most six columns: `14 Dec`, and `Dec’24` where another year is meant.
pub fn short(day: NaiveDate, today: NaiveDate) -> String {
    if (day - today).num_days().abs() < 300 || day.year() == today.year() {
        day.format("%-d %b").to_string()
    } else {
        day.format("%b’%y").to_string()
    }
}

type Piece = (String, Style);

/// Draws as many of the lines as there are rows.
pub fn draw(frame: &mut Frame<'_>, area: Rect, person: &Person, cx: &Cx<'_>) {
    let area = Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(2),
        ..area
    };
    let reading = person.read(cx.params, cx.day());
    let reach = reach(person);
    let mut who = who(person, cx);
    let room = usize::from(area.width);
    let used: usize = who.iter().map(|(text, _)| width(text) + 3).sum();
    let beside = used + width(&reach) < room;
    if !beside && !reach.is_empty() {
        who.push((reach.clone(), cx.theme.dim));
    }
    let (owed, ahead) = (owed(person, cx), ahead(person, cx));
    let silent = [
        (owed.is_empty(), "nothing owed either way"),
        (ahead.is_empty(), "no next touch planned; n plans one"),
    ];
    let height = usize::from(area.height);
    let mut standing = standing(person, &reading, cx);
    let used: usize = standing.iter().map(|(text, _)| width(text) + 3).sum();
    if reading.state != State::New && used + width(EXPLAINS) <= room {
        standing.push((EXPLAINS.to_owned(), cx.theme.dim));
    }
    let lines = [who, standing, owed, ahead];
    let mut rows = wrapped(lines, room, height);
    // What there is nothing of is only said where there is room to say it.
    let silent = silent.iter().filter(|(is, _)| *is).map(|(_, says)| says);
    rows.extend(silent.map(|says| vec![((*says).to_owned(), cx.theme.dim)]));
    rows.truncate(height);
    for (at, line) in rows.iter().enumerate() {
        joined(frame, row::row(area, at), line, cx);
    }
    if beside {
        row::right(frame.buffer_mut(), row::row(area, 0), &reach, cx.theme.dim);
    }
}

/// The lines broken between pieces to fit `columns`. Where that makes too many rows, the second rows go first (those of the
/// last line before those of the others), then the last lines.
fn wrapped(lines: [Vec<Piece>; 4], columns: usize, rows: usize) -> Vec<Vec<Piece>> {
    let mut broken: Vec<Vec<Vec<Piece>>> = lines
        .into_iter()
        .map(|line| broken(line, columns))
        .collect();
    let count = |lines: &[Vec<Vec<Piece>>]| lines.iter().map(Vec::len).sum::<usize>();
    while count(&broken) > rows {
        let longest = broken.iter().map(Vec::len).max().unwrap_or(0);
        if longest <= 1 {
            break;
        }
        if let Some(line) = broken.iter_mut().rev().find(|line| line.len() == longest) {
            line.pop();
        }
    }
    broken.into_iter().flatten().take(rows).collect()
}

fn broken(line: Vec<Piece>, columns: usize) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut used = 0;
    for piece in line {
        let wide = width(&piece.0) + 3;
        match rows.last_mut() {
            Some(row) if used + wide <= columns => row.push(piece),
            _ => {
                rows.push(vec![piece]);
                used = wide - 3;
                continue;
            }
        }
        used += wide;
    }
    rows
}

/// Pieces with ` · ` between them; the first is cut where it has to be.
fn joined(frame: &mut Frame<'_>, area: Rect, line: &[Piece], cx: &Cx<'_>) {
    let mut used = 0;
    for (at, (text, style)) in line.iter().enumerate() {
        let rest = Rect {
            x: area.x + used,
            width: area.width - used,
            ..area
        };
        let between = if at > 0 { " · " } else { "" };
        let pieces = [(between, cx.theme.dim), (text.as_str(), *style)];
        used += row::pieces(frame.buffer_mut(), rest, &pieces);
    }
}

fn who(person: &Person, cx: &Cx<'_>) -> Vec<Piece> {
    let card = &person.card;
    let seats = person.seats.iter().map(|(_, role)| role.clone());
    let mut pieces: Vec<Piece> = [card.title.clone(), card.account.clone()]
        .into_iter()
        .chain(seats)
        .filter(|text| !text.is_empty())
        .map(|text| (text, cx.theme.text))
        .collect();
    if let Some(tier) = person.tier {
        pieces.push((format!("tier {}", tier.word()), cx.theme.text));
    }
    if !card.tags.is_empty() {
        let tags: Vec<String> = card.tags.iter().map(|tag| format!("#{tag}")).collect();
        pieces.push((tags.join(" "), cx.theme.accent));
    }
    if let Some(day) = person.archived_on {
        pieces.push((
            format!("archived since {}", short(day, cx.today())),
            cx.theme.warn,
        ));
    } else if person.summary.ghost {
        pieces.push(("ghost: known from an import".to_owned(), cx.theme.dim));
    }
    if pieces.is_empty() {
        pieces.push(("no title or account yet; e edits".to_owned(), cx.theme.dim));
    }
    pieces
}

fn reach(person: &Person) -> String {
    let phone = person
        .card
        .phones
        .first()
        .map(|phone| phone.number.as_str());
    let email = person
        .card
        .emails
        .first()
        .map(|email| email.address.as_str());
    let texts: Vec<&str> = phone.into_iter().chain(email).collect();
    texts.join(" · ")
}

/// How much stronger the relationship is than a month ago, in whole points.
fn change(person: &Person, reading: &Reading, cx: &Cx<'_>) -> i64 {
    let then = cx.day() - A_MONTH;
    let standing = Standing::replay(cx.params, &person.trail, then);
    let before = standing
        .read(cx.params, person.summary.cadence, then)
        .strength;
    reading.strength.round() as i64 - before.round() as i64
}

/// What the last contact day was: its best touch. A note or an attempt since then is none, because nobody was touched.
fn last_contact(person: &Person, cx: &Cx<'_>) -> String {
    let weight = |trace: &Trace| cx.params.weights.of(trace.kind);
    let last = person.summary.standing.last;
    let of_day = person.trail.traces.iter().rev();
    let of_day = of_day.filter(|trace| Some(trace.day) == last && weight(trace) > 0.0);
    let best = of_day.max_by(|a, b| weight(a).total_cmp(&weight(b)));
    best.map_or("touch".to_owned(), |trace| {
        words::touch(trace.kind, trace.direction)
    })
}

fn standing(person: &Person, reading: &Reading, cx: &Cx<'_>) -> Vec<Piece> {
    let theme = cx.theme;
    if person.archived_on.is_some() {
        return stood(person, reading, cx);
    }
    if reading.state == State::New {
        let piece = (
            "never spoken · t logs the first touch".to_owned(),
            theme.dim,
        );
        return vec![piece];
    }
    let change = match change(person, reading, cx) {
        0 => String::new(),
        up @ 1.. => format!(" ▲{up}"),
        down => format!(" ▼{}", -down),
    };
    let (sign, word) = (reading.state.sign(), reading.state.word());
    let strength = format!("{sign} strength {:.0}{change}, {word}", reading.strength);
    let mut pieces = vec![(strength, theme.state(reading.state))];
    // Who was never warm is not told to have gone cold.
    let silent = matches!(reading.state, State::Stale | State::Dormant);
    if let Some(cold) = reading.cold.map(date) {
        let day = short(cold, cx.today());
        if cold > cx.today() {
            pieces.push((format!("goes cold {day}"), theme.text));
        } else if silent {
            pieces.push((format!("cold since {day}"), theme.bad));
        }
    }
    if let Some(silence) = reading.silence {
        let last = last_contact(person, cx);
        pieces.push((format!("last: {last}, {}", when::ago(silence)), theme.text));
        pieces.push((format!("rhythm {:.0} d", reading.rhythm), theme.dim));
    }
    pieces
}

/// How somebody archived stood then: no state, and no day to come.
fn stood(person: &Person, reading: &Reading, cx: &Cx<'_>) -> Vec<Piece> {
    let theme = cx.theme;
    let Some(last) = person.summary.standing.last else {
        return vec![("never spoken".to_owned(), theme.dim)];
    };
    let strength = format!("{ARCHIVED} strength {:.0} when archived", reading.strength);
    let ago = when::ago(cx.day().saturating_sub(last).max(0));
    let last = last_contact(person, cx);
    vec![
        (strength, theme.dim),
        (format!("last: {last}, {ago}"), theme.text),
    ]
}

fn chits(halves: u32, cx: &Cx<'_>) -> String {
    let unit = if halves <= 2 { "chit" } else { "chits" };
    format!(
        "{} {unit}",
        plain::halves(Halves(halves).to_string(), cx.plain)
    )
}

fn owed(person: &Person, cx: &Cx<'_>) -> Vec<Piece> {
    let theme = cx.theme;
    let mut pieces = Vec::new();
    for row in &person.promises {
        let who = if row.promise.mine {
            "you promised"
        } else {
            "they promised"
        };
        let late = row.promise.due < cx.today();
        let due = when::say(row.promise.due, cx.today());
        let word = if late { "was due" } else { "due" };
        let style = if late { theme.bad } else { theme.text };
        pieces.push((format!("{who}: {}, {word} {due}", row.promise.what), style));
    }
    let (i_owe, owes_me) = person.balance();
    if i_owe > 0 {
        pieces.push((format!("→ you owe {}", chits(i_owe, cx)), theme.warn));
    }
    if owes_me > 0 {
        pieces.push((format!("← owes you {}", chits(owes_me, cx)), theme.good));
    }
    pieces
}

fn ahead(person: &Person, cx: &Cx<'_>) -> Vec<Piece> {
    let theme = cx.theme;
    let mut pieces = Vec::new();
    if let Some(row) = &person.plan {
        let plan = &row.plan;
        let at = plan
            .at
            .map_or(String::new(), |at| format!(" {}", at.format("%H:%M")));
        let why = if plan.why.is_empty() {
            String::new()
        } else {
            format!(": {}", plan.why)
        };
        let style = if plan.on < cx.today() {
            theme.bad
        } else {
            theme.accent
        };
        pieces.push((
            format!("next touch {}{at}{why}", when::say(plan.on, cx.today())),
            style,
        ));
    }
    for key_date in &person.dates {
        let next = key_date.on.next_from(cx.today());
        if (next - cx.today()).num_days() <= 30 {
            pieces.push((
                format!("{} {}", key_date.label, when::say(next, cx.today())),
                theme.text,
            ));
        }
    }
    let facts = person.facts.iter().chain(&person.needs);
    pieces.extend(facts.take(3).map(|fact| (fact.clone(), theme.dim)));
    for link in person.links.iter().take(2) {
        let asked = if link.confirmed { "" } else { "?" };
        if !link.inverse {
            pieces.push((
                format!("{} {}{asked}", link.kind.phrase(), link.name),
                theme.dim,
            ));
        }
    }
    pieces
}
