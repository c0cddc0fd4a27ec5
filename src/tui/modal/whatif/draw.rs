//! How what-if looks.
//!
//! ```text
//! ╭ What if ─ Barney Rubble ───────────────────────────────────────────╮
//! │ › a call next tuesday                                              │
//! │   Tue 24 Nov call                                                  │
//! │   wins 12.7 points on Tue 24 Nov, 6.1 four weeks later             │
//! │ Strength                               ━━ if so  ┈┈ as it is       │
//! │ 100┤                                                               │
//! │    │   ⢀⡀         ⢸⠒⠤⣀     the past, then both sides               │
//! │   0┤   c    c     c                                                │
//! │                   as it is       if so  difference  ▸ a call today │
//! │ strength today        31.4        31.4                lunch in …   │
//! │ Enter plans it: Tue 24 Nov, a call                                 │
//! ╰────────────────────────────────────────────────────────────────────╯
//! ```

use super::{Answer, WhatIf, usual};
use crate::domain::command::Command;
use crate::domain::moment::{DayNumber, date};
use crate::domain::people::Person;
use crate::domain::strength::State;
use crate::domain::text::{fit, width};
use crate::domain::whatif::{
    Curves, EXAMPLES, Row, Side, Supposed, What, curves, points, sentence, span, table,
};
use crate::domain::when::say;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::{Cx, frame_for, middle};
use crate::tui::pane::header::short;
use crate::tui::pane::timeline::axis;
use crate::tui::widget::chart::{Chart, Label, Line, Mark};
use crate::tui::widget::raster::Stroke;
use crate::tui::widget::{plain, plainly, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cmp::Ordering;

/// Rows of the field and what is said of it, of the table, and of the line about the plan.
const HEAD: u16 = 3;
const TABLE: u16 = 7;
const FOOT: u16 = 1;
/// The least rows a chart is worth, its line of words among them.
const CHART: u16 = 6;
/// The most room it takes.
const COLUMNS: u16 = 132;
const ROWS: u16 = 40;
/// Columns the examples need to be read, and what stands between them and the table.
const EXAMPLE: u16 = 18;
const GAP: u16 = 3;

impl WhatIf {
    pub(super) fn draw_all(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let outer = middle(area, COLUMNS, ROWS);
        let name = cx.person.map_or("", |person| &person.summary.name);
        let inner = frame_for(frame, outer, &format!("What if ─ {name}"), cx, memory);
        let Some(person) = cx.person else {
            let says = [("nobody is selected any more", cx.theme.dim)];
            row::pieces(frame.buffer_mut(), inner, &says);
            return;
        };
        let answer = self.answer(person, cx);
        self.draw_head(frame, inner, person, &answer, cx);
        let below = Rect {
            y: inner.y + HEAD.min(inner.height),
            height: inner.height.saturating_sub(HEAD),
            ..inner
        };
        let room = below.height.saturating_sub(TABLE + FOOT);
        let chart = if room >= CHART { room } else { 0 };
        let part = |y: u16, height: u16| {
            let y = y.min(below.height);
            Rect {
                y: below.y + y,
                height: height.min(below.height - y),
                ..below
            }
        };
        if chart > 0 {
            // A row is left free above the table where there is one to spare.
            let height = if chart > CHART + 2 { chart - 1 } else { chart };
            self.draw_chart(frame, part(0, height), person, &answer, cx);
        }
        let used = draw_table(frame, part(chart, TABLE), &answer, cx);
        self.draw_examples(frame, part(chart, TABLE), used, cx, memory);
        self.draw_plan(frame, part(chart + TABLE, FOOT), person, cx);
    }

    /// The field, how it was understood or why not, and what comes of it.
    fn draw_head(
        &self,
        frame: &mut Frame<'_>,
        inner: Rect,
        person: &Person,
        answer: &Answer,
        cx: &Cx<'_>,
    ) {
        let theme = cx.theme;
        let line = row::row(inner, 0);
        let sign = if self.plain { "> " } else { "› " };
        let used = row::pieces(frame.buffer_mut(), line, &[(sign, theme.accent)]);
        let field = Rect {
            x: line.x + used,
            width: line.width - used,
            ..line
        };
        self.typed.draw(frame, field, true);
        if self.typed.is_blank() {
            let usual = usual(person, cx);
            let says = format!("{usual}? type another: lunch fri, nothing for a month …");
            row::pieces(frame.buffer_mut(), field, &[(&says, theme.dim)]);
        } else if self.marked {
            let marked = Rect {
                width: field.width.min(width(&self.typed.text()) as u16),
                ..field
            };
            frame.buffer_mut().set_style(marked, theme.selected);
        }
        let columns = line.width.saturating_sub(used);
        for (at, (text, style)) in self.says(answer, columns, cx).iter().enumerate() {
            let line = row::row(inner, at + 1);
            let text = fit(text, usize::from(columns));
            row::pieces(frame.buffer_mut(), line, &[("  ", *style), (&text, *style)]);
        }
    }

    /// How the text was understood and what comes of it, or why not: two rows at most.
    fn says(&self, answer: &Answer, columns: u16, cx: &Cx<'_>) -> Vec<(String, Style)> {
        let theme = cx.theme;
        let wrapped = |why: &str, style: Style| {
            let rows = wrap::rows(why, usize::from(columns)).into_iter();
            rows.map(|row| (row, style)).collect::<Vec<_>>()
        };
        let understood = match &answer.supposed {
            Err(why) => return wrapped(self.fault.as_ref().unwrap_or(why), theme.warn),
            Ok(supposed) => supposed,
        };
        if let Some(fault) = &self.fault {
            let mut says = wrapped(fault, theme.bad);
            says.push((understood.words(cx.today()), theme.dim));
            return says;
        }
        let style = match answer.outcome.gained().partial_cmp(&0.0) {
            Some(Ordering::Greater) => theme.good,
            Some(Ordering::Less) => theme.bad,
            _ => theme.text,
        };
        let sentence = sentence(&answer.outcome, understood, cx.today());
        vec![(understood.words(cx.today()), theme.dim), (sentence, style)]
    }

    fn draw_chart(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        person: &Person,
        answer: &Answer,
        cx: &Cx<'_>,
    ) {
        let (theme, today) = (cx.theme, cx.day());
        let (solid, dots) = if self.plain {
            ("--", "..")
        } else {
            ("━━", "┈┈")
        };
        let title = row::row(area, 0);
        row::pieces(frame.buffer_mut(), title, &[("Strength", theme.dim)]);
        let legend = format!("{solid} if so  {dots} as it is");
        row::right(frame.buffer_mut(), title, &legend, theme.dim);
        let plot = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        let span = span(&answer.outcome, today);
        let columns = Chart::columns(plot.width);
        let nothing = Supposed::nothing(today);
        let supposed = answer.supposed.as_ref().unwrap_or(&nothing);
        let drawn = curves(
            cx.params,
            &person.trail,
            person.summary.cadence,
            today,
            supposed,
            span,
            usize::from(columns) * 2,
        );
        let lines = lines(&drawn, answer.supposed.is_ok(), cx);
        Chart {
            span: (f64::from(span.0), f64::from(span.1)),
            top: 100.0,
            lines: &lines,
            level: Some(cx.params.cold_line),
            marks: &marks(person, supposed, cx),
            ticks: &axis::ticks(span.0, span.1, columns, theme),
            labels: &self.labels(answer, cx),
            now: Some((f64::from(today), "today")),
            shades: &[],
            shade: theme.dim,
            cursor: None,
            dim: theme.dim,
            accent: theme.accent,
            selected: theme.selected,
            plain: self.plain,
        }
        .draw(plot, frame.buffer_mut());
    }

    /// The strength on the day looked at, and where each side goes cold.
    fn labels(&self, answer: &Answer, cx: &Cx<'_>) -> Vec<Label> {
        let (theme, outcome) = (cx.theme, &answer.outcome);
        let sign = |state: State| plain::sign(state.sign(), self.plain);
        let cold = |side: &Side, worded: bool, style: Style| {
            let day = side.cold(outcome.on).filter(|day| *day > cx.day())?;
            let text = if worded {
                format!("cold {}", short(date(day), cx.today()))
            } else {
                String::new()
            };
            Some(Label {
                x: f64::from(day),
                y: cx.params.cold_line,
                sign: sign(State::Dormant),
                text,
                style,
            })
        };
        let differs = outcome.present.reading.cold != outcome.supposed.reading.cold;
        let mut labels: Vec<Label> = Vec::new();
        if differs {
            labels.extend(cold(&outcome.present, false, theme.dim));
        }
        labels.extend(cold(&outcome.supposed, true, theme.bad));
        if answer.supposed.is_ok() {
            let strength = outcome.supposed.reading.strength;
            labels.push(Label {
                x: f64::from(outcome.on),
                y: strength,
                sign: sign(State::OnRhythm),
                text: points(strength),
                style: theme.good,
            });
        }
        labels
    }

    /// Right of the table: what else can be asked.
    fn draw_examples(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        used: u16,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let left = used.saturating_add(GAP);
        if area.width < left.saturating_add(EXAMPLE) {
            return;
        }
        let area = Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        };
        let rows = usize::from(area.height);
        let first = memory.scroll("what if", self.at.unwrap_or(0), EXAMPLES.len(), rows);
        memory.note(area, Spot::Choices(first));
        let sign = if self.plain { "> " } else { "▸ " };
        let shown = EXAMPLES.iter().enumerate().skip(first).take(rows);
        for (at, example) in shown {
            let chosen = self.at == Some(at);
            let (sign, style) = if chosen {
                (sign, cx.theme.accent)
            } else {
                ("  ", cx.theme.dim)
            };
            let line = row::row(area, at - first);
            row::pieces(frame.buffer_mut(), line, &[(sign, style), (example, style)]);
        }
    }

    /// What Enter would do.
    fn draw_plan(&self, frame: &mut Frame<'_>, area: Rect, person: &Person, cx: &Cx<'_>) {
        let (does, before) = match self.entered(cx) {
            Ok(Command::PlanTouch(plan)) => {
                let at = plan.at.map(|at| at.format(" %H:%M").to_string());
                let day = say(plan.on, cx.today());
                let before = person.plan.as_ref();
                (
                    format!("plans it: {day}{}, {}", at.unwrap_or_default(), plan.why),
                    before.map(|before| say(before.plan.on, cx.today())),
                )
            }
            Ok(Command::SetCadence {
                days: Some(days), ..
            }) => (
                format!("sets it: a cadence of {days} days"),
                person.summary.cadence.map(|before| before.to_string()),
            ),
            _ => return,
        };
        let mut text = format!("Enter {does}");
        if let Some(before) = before {
            text = format!("{text}; it takes the place of {before}");
        }
        row::pieces(frame.buffer_mut(), area, &[(&text, cx.theme.accent)]);
    }
}

/// As it is dotted, if so solid, going on from the past.
fn lines<'a>(drawn: &'a Curves, understood: bool, cx: &Cx<'_>) -> Vec<Line<'a>> {
    let theme = cx.theme;
    let line = |points, stroke, style, low| Line {
        points,
        stroke,
        style,
        low,
    };
    let mut lines = vec![line(&drawn.present, Stroke::Dotted, theme.dim, theme.dim)];
    if understood {
        lines.push(line(&drawn.supposed, Stroke::Solid, theme.good, theme.bad));
    }
    lines.push(line(&drawn.past, Stroke::Solid, theme.accent, theme.bad));
    lines
}

/// What happened, and standing out what is supposed.
fn marks(person: &Person, supposed: &Supposed, cx: &Cx<'_>) -> Vec<Mark> {
    let mark = |day: DayNumber, letter: char, rank: u16, style: Style| Mark {
        x: f64::from(day),
        letter,
        rank,
        second: false,
        style,
    };
    let weight = |kind| (cx.params.weights.of(kind) * 100.0).clamp(0.0, 60_000.0) as u16;
    let lived = person.trail.traces.iter().map(|trace| {
        let (letter, rank) = (trace.kind.letter(), weight(trace.kind));
        mark(trace.day, letter, rank, cx.theme.dim)
    });
    let thought = supposed.events.iter().map(|event| match event.what {
        What::Touch(kind, _) => mark(event.day, kind.letter(), u16::MAX, cx.theme.accent),
        What::Promise(true) => mark(event.day, '+', u16::MAX, cx.theme.good),
        What::Promise(false) => mark(event.day, '!', u16::MAX, cx.theme.bad),
    });
    lived.chain(thought).collect()
}

/// The table; gives back the columns it took.
fn draw_table(frame: &mut Frame<'_>, area: Rect, answer: &Answer, cx: &Cx<'_>) -> u16 {
    let theme = cx.theme;
    let mut rows = vec![Row {
        label: String::new(),
        present: "as it is".to_owned(),
        supposed: "if so".to_owned(),
        change: "difference".to_owned(),
        better: Ordering::Equal,
    }];
    rows.extend(table(&answer.outcome, cx.today()));
    if answer.supposed.is_err() {
        for row in rows.iter_mut().skip(1) {
            row.supposed.clear();
        }
    }
    let widest =
        |text: fn(&Row) -> &str| rows.iter().map(|row| width(text(row))).max().unwrap_or(0);
    let widths = [
        widest(|row| &row.label).max(16),
        widest(|row| &row.present).max(10),
        widest(|row| &row.supposed).max(10),
        widest(|row| &row.change),
    ];
    let right = |text: &str, columns: usize| {
        format!(
            "{}{text}",
            " ".repeat((columns + 2).saturating_sub(width(text)))
        )
    };
    for (at, line) in rows.iter().enumerate() {
        let (label, text) = if at == 0 {
            (theme.dim, theme.dim)
        } else {
            (theme.dim, theme.text)
        };
        let change = match line.better {
            Ordering::Greater => theme.good,
            Ordering::Less => theme.bad,
            Ordering::Equal => theme.dim,
        };
        let name = crate::domain::text::pad(&line.label, widths[0]);
        let (is, so) = (
            right(&line.present, widths[1]),
            right(&line.supposed, widths[2]),
        );
        let by = right(&plainly(line.change.clone(), cx.plain), widths[3]);
        let pieces = [
            (name.as_str(), label),
            (&is, text),
            (&so, text),
            (&by, change),
        ];
        row::pieces(frame.buffer_mut(), row::row(area, at), &pieces);
    }
    (widths.iter().sum::<usize>() + 6) as u16
}
