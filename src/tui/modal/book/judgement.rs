//! The model judged by what came after: check-point by check-point, by rank, by chance, and the one number that corrects it.

use super::super::Cx;
use super::parts::{Focus, bar, beside, heading};
use crate::domain::judgement::{BANDS, Check, Judgement, Ranking};
use crate::domain::moment::date;
use crate::domain::text::grouped;
use crate::domain::when::bare;
use crate::tui::widget::{row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::cmp::Ordering;

/// From this width on the check-points and everything else stand beside each other.
const WIDE: u16 = 100;

/// One row: pieces of text, each with its looks. A heading is drawn with a rule.
enum Line {
    Heading(&'static str),
    Text(Vec<(String, Style)>),
}

/// Draws the page from row `first` on; gives back the first row of its last screenful.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    judgement: &Judgement,
    first: usize,
    cx: &Cx<'_>,
) -> usize {
    let sentence = said(&judgement.sentence(cx.day()), area.width, cx.theme.title);
    if judgement.checks.is_empty() {
        return scroll(frame, area, &sentence, first, cx);
    }
    if area.width < WIDE {
        let mut lines = sentence;
        lines.push(blank());
        lines.extend(ranking(judgement, area.width, cx));
        lines.extend(calibration(judgement, area.width, cx));
        lines.push(blank());
        lines.extend(checks(judgement, area.width, cx));
        lines.push(blank());
        lines.extend(chances(judgement, area.width, cx));
        return scroll(frame, area, &lines, first, cx);
    }
    let (left, right) = beside(area, area.width / 2 - 1);
    let mut lines = sentence;
    lines.push(blank());
    lines.extend(checks(judgement, left.width, cx));
    let mut other = ranking(judgement, right.width, cx);
    other.push(blank());
    other.extend(chances(judgement, right.width, cx));
    other.push(blank());
    other.extend(calibration(judgement, right.width, cx));
    // The sentence goes over both.
    let over = lines.len() - checks(judgement, left.width, cx).len();
    let (head, table) = lines.split_at(over);
    let rows = head.len() as u16;
    scroll(frame, area, head, 0, cx);
    let under = |side: Rect| super::parts::below(side, rows);
    let most = scroll(frame, under(left), table, first, cx);
    most.max(scroll(frame, under(right), &other, first, cx))
}

fn blank() -> Line {
    Line::Text(Vec::new())
}

fn scroll(frame: &mut Frame<'_>, area: Rect, lines: &[Line], first: usize, cx: &Cx<'_>) -> usize {
    let rows = usize::from(area.height);
    let most = lines.len().saturating_sub(rows);
    for (at, line) in lines.iter().skip(first.min(most)).take(rows).enumerate() {
        let place = row::row(area, at);
        match line {
            Line::Heading(title) => {
                heading(frame, place, title, Focus::Away, cx);
            }
            Line::Text(pieces) => {
                let pieces: Vec<(&str, Style)> = pieces
                    .iter()
                    .map(|(text, style)| (text.as_str(), *style))
                    .collect();
                row::pieces(frame.buffer_mut(), place, &pieces);
            }
        }
    }
    most
}

/// A sentence over as many rows as it takes.
fn said(text: &str, columns: u16, style: Style) -> Vec<Line> {
    let rows = wrap::rows(text, usize::from(columns));
    let rows = rows.into_iter().map(|row| Line::Text(vec![(row, style)]));
    rows.collect()
}

/// Expected and observed at each check-point, as two bars of one scale.
fn checks(judgement: &Judgement, columns: u16, cx: &Cx<'_>) -> Vec<Line> {
    let most = judgement
        .checks
        .iter()
        .map(|check| check.expected.max(f64::from(check.observed)))
        .fold(1.0, f64::max);
    let digits = grouped(most.round() as usize).len();
    let label = 12;
    let room = usize::from(columns).saturating_sub(label + 2 * digits + 22);
    let head = "Expected in the 30 days after, and who was in touch";
    let mut lines = vec![Line::Heading(head)];
    lines.extend(judgement.checks.iter().map(|check| {
        let label = crate::domain::text::pad(&short_day(check, cx), label);
        pair(
            &label,
            (check.expected, f64::from(check.observed)),
            most,
            (digits, room / 2),
            cx,
        )
    }));
    lines
}

fn short_day(check: &Check, cx: &Cx<'_>) -> String {
    bare(date(check.day), cx.today())
}

/// A row of two bars: what was expected and what was.
fn pair(
    label: &str,
    (expected, observed): (f64, f64),
    most: f64,
    (digits, columns): (usize, usize),
    cx: &Cx<'_>,
) -> Line {
    let theme = cx.theme;
    let number = |n: f64| format!("{:>digits$} ", grouped(n.round() as usize));
    Line::Text(vec![
        (label.to_owned(), theme.text),
        ("expected ".to_owned(), theme.dim),
        (number(expected), theme.text),
        (bar(expected / most, columns, cx), theme.dim),
        ("  were ".to_owned(), theme.dim),
        (number(observed), theme.text),
        (bar(observed / most, columns, cx), theme.accent),
    ])
}

/// How well strength tells who will be in touch, beside simpler ways.
fn ranking(judgement: &Judgement, columns: u16, cx: &Cx<'_>) -> Vec<Line> {
    let rankings: Vec<Ranking> = judgement
        .checks
        .iter()
        .filter_map(|check| check.ranking)
        .collect();
    let mut lines = vec![Line::Heading("Who is in touch next")];
    if rankings.is_empty() {
        let says = "Everybody was in touch, or nobody: there is nothing to rank.";
        lines.extend(said(says, columns, cx.theme.text));
        return lines;
    }
    let count = rankings.len() as f64;
    let mean = |of: fn(&Ranking) -> f64| rankings.iter().map(of).sum::<f64>() / count;
    let (strength, recency, frequency) = (
        mean(|ranking| ranking.strength),
        mean(|ranking| ranking.recency),
        mean(|ranking| ranking.frequency),
    );
    lines.extend(said(
        &verdict(strength, recency, frequency),
        columns,
        cx.theme.text,
    ));
    let ways = [
        ("by strength", strength),
        ("by last contact", recency),
        ("by how often", frequency),
    ];
    let room = usize::from(columns).saturating_sub(32).min(30);
    for (way, rate) in ways {
        lines.push(Line::Text(vec![
            (format!("  {way:<16}"), cx.theme.text),
            (format!("{:>3.0} of 100 ", rate * 100.0), cx.theme.text),
            // A coin is right half the time: that is where the bar begins.
            (bar((rate - 0.5) * 2.0, room, cx), cx.theme.accent),
        ]));
    }
    lines
}

/// The ranking in a sentence.
fn verdict(strength: f64, recency: f64, frequency: f64) -> String {
    // What reads the same in the figures beside it is no better and no worse.
    let shown = |rate: f64| (rate * 100.0).round() as i32;
    let against = |other: f64| match shown(strength).cmp(&shown(other)) {
        Ordering::Greater => "better than",
        Ordering::Less => "worse than",
        Ordering::Equal => "as well as",
    };
    let (recent, often) = (against(recency), against(frequency));
    let compared = if recent == often {
        format!("{recent} by last contact and by how often")
    } else {
        format!("{recent} by last contact, {often} by how often")
    };
    format!(
        "Of two people, one who was in touch next and one who was not, strength names the right one {:.0} times in 100: it ranks {compared} (a coin: 50).",
        strength * 100.0
    )
}

/// Expected and observed by chance, over all check-points: the model is right where the bars are as long.
fn chances(judgement: &Judgement, columns: u16, cx: &Cx<'_>) -> Vec<Line> {
    let dash = if cx.plain { "-" } else { "–" };
    let mut lines = vec![Line::Heading("Of those given a chance of …")];
    let room = usize::from(columns).saturating_sub(45) / 2;
    for at in 0..BANDS {
        let (mut people, mut expected, mut observed) = (0_u32, 0.0, 0_u32);
        for band in judgement
            .checks
            .iter()
            .filter_map(|check| check.bands.get(at))
        {
            people = people.saturating_add(band.people);
            expected += band.expected;
            observed = observed.saturating_add(band.observed);
        }
        let label = format!("{:>2}{dash}{:<5}", at * 20, format!("{}%", (at + 1) * 20));
        if people == 0 {
            lines.push(Line::Text(vec![
                (label, cx.theme.text),
                ("nobody".to_owned(), cx.theme.dim),
            ]));
            continue;
        }
        let percent = |n: f64| n / f64::from(people);
        let number = |n: f64| format!("{:>3.0}% ", percent(n) * 100.0);
        let observed = f64::from(observed);
        lines.push(Line::Text(vec![
            (label, cx.theme.text),
            ("expected ".to_owned(), cx.theme.dim),
            (number(expected), cx.theme.text),
            (bar(percent(expected), room, cx), cx.theme.dim),
            ("  were ".to_owned(), cx.theme.dim),
            (number(observed), cx.theme.text),
            (bar(percent(observed), room, cx), cx.theme.accent),
            (format!(" of {}", grouped(people as usize)), cx.theme.dim),
        ]));
    }
    lines
}

/// The one number that corrects the chances, and what it means.
fn calibration(judgement: &Judgement, columns: u16, cx: &Cx<'_>) -> Vec<Line> {
    let number = judgement.calibration;
    let meaning = if number > 1.05 {
        "people here are in touch more than expected, so chances are raised"
    } else if number < 0.95 {
        "people here are in touch less than expected, so chances are lowered"
    } else {
        "chances are right as they are"
    };
    let says = format!("Calibration {number:.2}: {meaning}. It never changes the order of a list.");
    said(&says, columns, cx.theme.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_that_show_the_same_figure_are_as_good_as_each_other() {
        let table = [
            (
                "above both",
                0.9,
                0.8,
                0.7,
                "better than by last contact and by how often",
            ),
            (
                "the same figure",
                0.806,
                0.78,
                0.814,
                "better than by last contact, as well as by how often",
            ),
            (
                "below one",
                0.8,
                0.7,
                0.82,
                "better than by last contact, worse than by how often",
            ),
        ];
        for (label, strength, recency, frequency, says) in table {
            let verdict = verdict(strength, recency, frequency);
            assert!(verdict.contains(says), "{label}: {verdict}");
        }
    }
}
