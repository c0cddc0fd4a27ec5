//! Everything a timeline's picture is made of, worked out once a frame: each trail is folded once.

use super::calm::calmed;
use super::legend::Part;
use super::sight::Sight;
use super::stops::{self, Stop, Tone};
use super::{Over, Show, axis, named_day};
use crate::domain::moment::{DayNumber, day_number};
use crate::domain::people::Person;
use crate::domain::strength::curve::{Curve, Point, forecast, with_standing};
use crate::domain::strength::{Reading, Standing, State};
use crate::domain::text::grouped;
use crate::tui::widget::chart::{Chart, Label, Line, Mark, shaded};
use crate::tui::widget::plain;
use crate::tui::widget::raster::Stroke;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The curve, what is laid over it, and what the model says today.
pub struct Drawn {
    sight: Sight,
    to: DayNumber,
    columns: u16,
    reading: Reading,
    first: Curve,
    second: Curve,
    labels: Vec<Named>,
}

/// A day the forecast passes, or the past passed, and what it is called.
struct Named {
    day: DayNumber,
    strength: f64,
    state: State,
    word: &'static str,
    style: Style,
}

impl Drawn {
    /// For a chart with so many columns.
    pub fn new(show: &Show<'_>, sight: Sight, columns: u16) -> Self {
        let points = usize::from(columns) * 2;
        let (past, standing) = walked(show.person, show, sight, points);
        let reading = show.person.read(show.params, show.today);
        let to = sight.until(show.today, &reading);
        let span = (f64::from(sight.from), f64::from(to));
        let labels = named(show, &standing, &reading, &past);
        let ahead = |person: &Person, standing: &Standing| {
            let cadence = person.summary.cadence;
            // Of somebody archived nothing is expected.
            let expected = person.archived_on.is_none() && standing.last.is_some();
            if sight.present && expected {
                forecast(show.params, standing, cadence, show.today, to, points)
            } else {
                Vec::new()
            }
        };
        let second = match show.over {
            Over::Nothing => Curve::default(),
            Over::Median { points, .. } => Curve {
                past: points.to_vec(),
                forecast: Vec::new(),
            },
            Over::Person(other) => {
                let (past, standing) = walked(other, show, sight, points);
                Curve {
                    past,
                    forecast: ahead(other, &standing),
                }
            }
        };
        let first = Curve {
            past: calmed(past, span, columns),
            forecast: ahead(show.person, &standing),
        };
        Drawn {
            sight,
            to,
            columns,
            reading,
            first,
            second,
            labels,
        }
    }

    /// Draws it; says of each named day whether its date is in the picture.
    pub fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        show: &Show<'_>,
        cursor: Option<DayNumber>,
    ) -> Vec<bool> {
        let theme = show.theme;
        let line = |points, stroke, style, low| Line {
            points,
            stroke,
            style,
            low,
        };
        let (first, second) = (&self.first, &self.second);
        let lines = [
            line(&first.forecast, Stroke::Dotted, theme.accent, theme.bad),
            line(&first.past, Stroke::Solid, theme.accent, theme.bad),
            line(&second.forecast, Stroke::Beads, theme.dim, theme.dim),
            line(&second.past, Stroke::Beads, theme.text, theme.text),
        ];
        let span = (self.sight.from, self.to);
        let stops = stops::of(show.person, show.params, span);
        let marks: Vec<Mark> = stops.iter().map(|stop| mark(stop, show)).collect();
        let ticks = axis::ticks(span.0, span.1, Chart::columns(area.width), theme);
        let labels: Vec<Label> = self.labels.iter().map(|one| one.label(show)).collect();
        Chart {
            span: (f64::from(span.0), f64::from(span.1)),
            top: 100.0,
            lines: &lines,
            level: Some(show.params.cold_line),
            shades: &self.shades(show),
            marks: &marks,
            ticks: &ticks,
            labels: &labels,
            now: Some((f64::from(show.today), "today")),
            cursor: cursor.map(f64::from),
            dim: theme.dim,
            shade: theme.shade,
            accent: theme.accent,
            selected: theme.selected,
            plain: show.plain,
        }
        .draw(area, buf)
    }

    /// The quiet weeks in sight, those that follow each other as one.
    fn shades(&self, show: &Show<'_>) -> Vec<(f64, f64)> {
        let first = show
            .quiet
            .partition_point(|week| week + 7 <= self.sight.from);
        let mut shades: Vec<(f64, f64)> = Vec::new();
        for week in show.quiet.get(first..).unwrap_or(&[]) {
            let (from, to) = (f64::from(*week) - 0.5, f64::from(*week) + 6.5);
            if *week > self.sight.past {
                break;
            }
            match shades.last_mut() {
                Some(last) if last.1 >= from => last.1 = to,
                _ => shades.push((from, to)),
            }
        }
        shades
    }

    /// What belongs beside the title, given which of the named days are in the picture.
    pub fn legend(&self, show: &Show<'_>, told: &[bool]) -> Vec<Part> {
        let theme = show.theme;
        let part = |words, style, rank| Part { words, style, rank };
        let mut parts = Vec::new();
        let beads = if show.plain { "oo" } else { "∘∘" };
        let over = match show.over {
            Over::Nothing => None,
            Over::Person(other) => Some(other.summary.name.clone()),
            // The answer is still to come, or nobody has the tag any more.
            Over::Median { tag, people: 0, .. } => Some(format!("#{tag}")),
            Over::Median { tag, people, .. } => {
                Some(format!("#{tag}, median of {}", grouped(people)))
            }
        };
        if let Some(over) = over {
            let solid = if show.plain { "--" } else { "━━" };
            let name = &show.person.summary.name;
            parts.push(part(vec![format!("{solid} {name}")], theme.accent, 1));
            parts.push(part(vec![format!("{beads} {over}")], theme.text, 0));
        }
        if let Some(day) = show.person.archived_on {
            let day = named_day(day_number(day), show.today);
            parts.push(part(vec![format!("archived since {day}")], theme.dim, 2));
        } else if self.reading.state == State::New {
            parts.push(part(vec!["never spoken yet".to_owned()], theme.dim, 2));
        } else if self.sight.present {
            parts.push(part(self.outlook(show, told), theme.dim, 2));
        }
        let span = (f64::from(self.sight.from), f64::from(self.to));
        if shaded(&self.shades(show), span, self.columns).contains(&true) {
            let shade = Chart::shading(show.plain);
            let ways = ["little was logged", "little logged", "quiet"];
            let ways = ways.map(|words| format!("{shade} {words}"));
            parts.push(part(ways.to_vec(), theme.dim, 3));
        }
        parts
    }

    /// What the dashes mean, and the days that are not in the picture: the longest way to say it first.
    fn outlook(&self, show: &Show<'_>, told: &[bool]) -> Vec<String> {
        let dashes = if show.plain { ". ." } else { "╌╌" };
        let unsaid = self.labels.iter().zip(told).filter(|(_, told)| !**told);
        let dates: Vec<String> = unsaid
            .map(|(label, _)| {
                let since = if label.day <= show.today {
                    " since"
                } else {
                    ""
                };
                let day = named_day(label.day, show.today);
                format!("{}{since} {day}", label.word)
            })
            .collect();
        if dates.is_empty() {
            return vec![format!("{dashes} if nobody calls")];
        }
        let all = dates.join(", ");
        let mut ways = vec![
            format!("{dashes} if nobody calls: {all}"),
            format!("{dashes} {all}"),
        ];
        ways.extend(dates.last().map(|last| format!("{dashes} {last}")));
        ways.dedup();
        ways
    }
}

/// A person's curve over the past in sight, and their standing today; of somebody archived, up to the day they were.
fn walked(person: &Person, show: &Show<'_>, sight: Sight, points: usize) -> (Vec<Point>, Standing) {
    let first = person.trail.traces.first().map(|trace| trace.day);
    let end = person.followed_to(show.today);
    let (mut past, standing) = with_standing(
        show.params,
        &person.trail,
        person.summary.cadence,
        (sight.from, sight.past.min(end)),
        end,
        points,
    );
    if standing.last.is_none() {
        return (Vec::new(), standing);
    }
    // Before the first touch there is nothing to draw: unknown is not cold.
    let known = first.map_or(f64::INFINITY, |first| f64::from(first.saturating_sub(1)));
    let unknown = past.partition_point(|point| point.0 < known);
    past.drain(..unknown);
    (past, standing)
}

/// The days it goes, or went, stale and cold. Somebody who was never above the cold line does not fall under it.
fn named(show: &Show<'_>, standing: &Standing, reading: &Reading, past: &[Point]) -> Vec<Named> {
    let theme = show.theme;
    let begun = standing.last.map(|last| last.max(standing.mass_day));
    let at = |day: Option<DayNumber>, state, word, style| {
        let day = day.filter(|day| begun.is_some_and(|begun| *day > begun))?;
        let then = past.get(past.partition_point(|point| point.0 < f64::from(day)));
        let strength = match then {
            Some(point) if day <= show.today => point.1,
            _ => standing.strength(show.params, show.person.summary.cadence, day),
        };
        Some(Named {
            day,
            strength,
            state,
            word,
            style,
        })
    };
    [
        at(reading.stale, State::Stale, "stale", theme.warn),
        at(reading.cold, State::Dormant, "cold", theme.bad),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Named {
    fn label(&self, show: &Show<'_>) -> Label {
        Label {
            x: f64::from(self.day),
            y: self.strength,
            sign: plain::sign(self.state.sign(), show.plain),
            text: format!("{} {}", self.word, named_day(self.day, show.today)),
            style: self.style,
        }
    }
}

fn mark(stop: &Stop, show: &Show<'_>) -> Mark {
    let theme = show.theme;
    let style = match stop.tone {
        Tone::Bad => theme.bad,
        Tone::Quiet => theme.dim,
        _ if stop.day > show.today => theme.dim,
        Tone::Good => theme.good,
        Tone::Owed => theme.warn,
        Tone::Plain => theme.text,
    };
    Mark {
        x: f64::from(stop.day),
        letter: stop.letter,
        rank: stop.rank,
        second: stop.second,
        style,
    }
}
