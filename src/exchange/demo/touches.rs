//! The touches of the demo book: the lines of `touches.csv` laid onto working days, each with the people who took part.

use super::files::Touch;
use super::{Builder, Placed};
use crate::domain::moment::{offset_minutes, wall_millis};
use crate::domain::touch::{Direction, TouchKind};
use chrono::{Duration, NaiveDate, NaiveTime};
use serde_json::json;
use std::collections::HashMap;

/// A line that was read.
#[derive(Debug)]
pub(super) struct Line {
    ago: u32,
    time: NaiveTime,
    kind: TouchKind,
    direction: Direction,
    minutes: Option<u32>,
    who: Vec<String>,
    text: String,
}

/// The lines of the file.
pub(super) fn read(text: &str) -> Result<Vec<Line>, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for (number, line) in reader.deserialize::<Touch>().enumerate() {
        let line = line.map_err(|error| format!("touches.csv: {error}"))?;
        let wrong = |what: &str, word: &str| {
            format!("touches.csv, record {}: {what} \"{word}\"", number + 1)
        };
        let time = NaiveTime::parse_from_str(&line.time, "%H:%M");
        let kind = TouchKind::ALL.into_iter().find(|k| k.word() == line.kind);
        lines.push(Line {
            ago: line.days_ago,
            time: time.map_err(|_| wrong("no time is", &line.time))?,
            kind: kind.ok_or_else(|| wrong("no kind is", &line.kind))?,
            direction: Direction::parse(&line.direction)
                .ok_or_else(|| wrong("no direction is", &line.direction))?,
            minutes: line.minutes,
            who: line.who.split('+').map(str::to_owned).collect(),
            text: line.text,
        });
    }
    Ok(lines)
}

/// The time of the last thing that happened today.
pub(super) fn last_today(lines: &[Line]) -> Option<NaiveTime> {
    let today = lines.iter().filter(|line| line.ago == 0);
    today.map(|line| line.time).max()
}

/// What is done at any hour and on any day, not in the working week.
fn any_day(kind: TouchKind) -> bool {
    matches!(
        kind,
        TouchKind::Message | TouchKind::Gift | TouchKind::Letter | TouchKind::Note
    )
}

impl Builder {
    /// Adds every touch, oldest first.
    pub(super) fn touches(&mut self, lines: &[Line]) -> Result<(), String> {
        let mut order: Vec<(NaiveDate, &Line)> = lines
            .iter()
            .map(|line| (self.touch_day(line), line))
            .collect();
        order.sort_by_key(|(day, line)| (*day, std::cmp::Reverse(line.ago), line.time));
        // Days that were moved onto another's come after it in the story, whatever their clocks say.
        let mut latest: HashMap<(NaiveDate, &str), NaiveTime> = HashMap::new();
        let mut timed = Vec::with_capacity(order.len());
        for (day, line) in order {
            let before = line
                .who
                .iter()
                .filter_map(|who| latest.get(&(day, who.as_str())));
            let time = match before.max() {
                Some(before) if *before >= line.time => after(*before),
                _ => line.time,
            };
            for who in &line.who {
                latest.insert((day, who), time);
            }
            timed.push((day, time, line));
        }
        timed.sort_by_key(|(day, time, _)| (*day, *time));
        for (day, time, line) in timed {
            self.touch(line, day, time)?;
        }
        Ok(())
    }

    fn touch_day(&self, line: &Line) -> NaiveDate {
        if any_day(line.kind) {
            self.calendar.any_day(line.ago)
        } else {
            self.calendar.working_day(line.ago)
        }
    }

    fn touch(&mut self, line: &Line, day: NaiveDate, time: NaiveTime) -> Result<(), String> {
        let at = self.calendar.moment(day.and_time(time));
        let millis = at.timestamp_millis();
        let id = self.add(
            "touch",
            json!({
                "at": millis, "offset_minutes": offset_minutes(&at), "kind": line.kind.word(), "direction": line.direction.word(),
                "minutes": line.minutes, "agreed_at": null, "source": null, "source_key": null, "changed_at": millis,
                "body": line.text, "caught": "",
            }),
        );
        let placed = Placed {
            id,
            day,
            millis,
            body: line.text.clone(),
        };
        for who in &line.who {
            let contact = self.person(who)?.id;
            self.add(
                "party",
                json!({
                    "contact_id": contact, "touch_id": id, "wall": wall_millis(&at),
                    "kind": line.kind.word(), "direction": line.direction.word(),
                }),
            );
            self.placed
                .entry((who.clone(), line.ago))
                .or_default()
                .push(placed.clone());
        }
        Ok(())
    }
}

/// Ten minutes later, within the day.
fn after(time: NaiveTime) -> NaiveTime {
    let (later, wrapped) = time.overflowing_add_signed(Duration::minutes(10));
    if wrapped == 0 { later } else { time }
}
