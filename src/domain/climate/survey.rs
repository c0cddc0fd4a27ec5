//! The survey: one life after the other becomes counts and a few short lists, and nothing else of it is kept.

use super::super::moment::DayNumber;
use super::super::people::{Life, Trail};
use super::super::strength::{Fold, Params, Standing, State};
use super::super::text::fold;
use super::super::touch::TouchKind;
use super::{BANDS, Census, Climate, Cooling, Mover, NAMED, PAST, Sample, WEEKS, Week};

/// A difference of strength under this is shown as none.
const LEAST: f64 = 0.5;

/// Counts lives as they stood on a day, and on the days before it.
#[derive(Debug)]
pub struct Survey<'a> {
    params: &'a Params,
    day: DayNumber,
    period: u16,
    /// Where the period begins: what happened on that day happened before it.
    start: DayNumber,
    /// The days looked at, rising; the survey's own is the last.
    samples: Vec<Sample>,
    ahead: [Top<Cooling>; WEEKS],
    counts: [u32; WEEKS],
    warmed: Top<Mover>,
    cooled: Top<Mover>,
}

impl<'a> Survey<'a> {
    /// A survey of `day`, with those who moved in the `period` days up to and with it.
    pub fn new(params: &'a Params, day: DayNumber, period: u16) -> Self {
        let start = day.saturating_sub(DayNumber::from(period));
        let weeks = (0..PAST).map(|week| day.saturating_sub(7 * week as DayNumber));
        let mut days: Vec<DayNumber> = weeks.chain([start]).collect();
        days.sort_unstable();
        days.dedup();
        Survey {
            params,
            day,
            period,
            start,
            samples: days.into_iter().map(Sample::empty).collect(),
            ahead: std::array::from_fn(|_| Top::new(|row: &Cooling| &row.name)),
            counts: [0; WEEKS],
            warmed: Top::new(|row: &Mover| &row.name),
            cooled: Top::new(|row: &Mover| &row.name),
        }
    }

    /// One life more. What happened after the day is not looked at.
    pub fn add(&mut self, life: &Life) {
        let mut fold = Fold::new(self.params, &life.trail);
        // What happened may be older than the entry in the book: somebody brought in with their history was there all along.
        let since = fold.next_day().unwrap_or(life.added).min(life.added);
        let mut before = 0.0;
        for sample in &mut self.samples {
            if sample.day < since {
                continue;
            }
            if !life.listed_on(sample.day) {
                return;
            }
            fold.advance(sample.day);
            let standing = fold.standing();
            let strength = standing.strength(self.params, life.cadence, sample.day);
            sample.count(
                standing.state(self.params, life.cadence, sample.day),
                strength,
            );
            if sample.day == self.start {
                before = strength;
            }
        }
        if since <= self.day {
            let standing = *fold.standing();
            let now = standing.strength(self.params, life.cadence, self.day);
            self.look_ahead(life, &standing, now);
            self.compare(life, &standing, before, now);
        }
    }

    /// Whether they go stale in one of the weeks to come.
    fn look_ahead(&mut self, life: &Life, standing: &Standing, strength: f64) {
        let Some(on) = standing.stale(self.params, life.cadence) else {
            return;
        };
        let Ok(days) = usize::try_from(on.saturating_sub(self.day).saturating_sub(1)) else {
            return;
        };
        let week = days / 7;
        if let (Some(top), Some(count)) = (self.ahead.get_mut(week), self.counts.get_mut(week)) {
            *count += 1;
            top.offer(strength, &life.name, || Cooling {
                id: life.id,
                name: life.name.clone(),
                on,
                strength,
            });
        }
    }

    /// Whether they moved in the period.
    fn compare(&mut self, life: &Life, standing: &Standing, before: f64, now: f64) {
        let moved = now - before;
        if moved.abs() < LEAST {
            return;
        }
        let (span, params) = ((self.start, self.day), self.params);
        let top = if moved > 0.0 {
            &mut self.warmed
        } else {
            &mut self.cooled
        };
        top.offer(moved.abs(), &life.name, || {
            let (kept, broken, corrected) = judged(&life.trail, span);
            Mover {
                id: life.id,
                name: life.name.clone(),
                before,
                now,
                touches: touches(params, &life.trail, span),
                kept,
                broken,
                corrected,
                silence: standing.last.map(|last| span.1.saturating_sub(last)),
                rhythm: standing.rhythm(life.cadence),
            }
        });
    }

    /// What was found. The history begins with the first week in which somebody had been touched.
    pub fn finish(self) -> Climate {
        let (day, start) = (self.day, self.start);
        let on = |wanted: DayNumber| {
            let found = self.samples.iter().find(|sample| sample.day == wanted);
            found.copied().unwrap_or(Sample::empty(wanted))
        };
        let oldest = day.saturating_sub(7 * (PAST as DayNumber - 1));
        let weekly = self.samples.iter().copied().filter(|sample| {
            sample.day >= oldest && day.saturating_sub(sample.day).rem_euclid(7) == 0
        });
        let nothing = |sample: &Sample| {
            sample.day < day && sample.census.total() == sample.census.of(State::New)
        };
        let mut counts = self.counts.iter();
        let mut from = day.saturating_add(1);
        let ahead = self.ahead.map(|top| {
            let week = Week {
                from,
                count: counts.next().copied().unwrap_or(0),
                people: top.all(),
            };
            from = from.saturating_add(7);
            week
        });
        Climate {
            day,
            period: self.period,
            now: on(day),
            before: on(start),
            history: weekly.skip_while(nothing).collect(),
            ahead,
            warmed: self.warmed.all(),
            cooled: self.cooled.all(),
        }
    }
}

impl Sample {
    /// A day with nobody.
    fn empty(day: DayNumber) -> Self {
        Sample {
            day,
            census: Census::default(),
            bands: [0; BANDS],
        }
    }

    /// One more person.
    fn count(&mut self, state: State, strength: f64) {
        self.census.count(state);
        if state != State::New {
            let band = (strength / 100.0 * BANDS as f64) as usize;
            if let Some(count) = self.bands.get_mut(band.min(BANDS - 1)) {
                *count += 1;
            }
        }
    }
}

/// The touches in a span (its first day not among it) that count, by kind, the most frequent first.
fn touches(params: &Params, trail: &Trail, span: (DayNumber, DayNumber)) -> Vec<(TouchKind, u32)> {
    let traces = &trail.traces;
    let after = traces.partition_point(|trace| trace.day <= span.0);
    let until = traces.partition_point(|trace| trace.day <= span.1);
    let mut counts: Vec<(TouchKind, u32)> = Vec::new();
    for trace in traces.get(after..until).unwrap_or_default() {
        if params.weights.of(trace.kind) <= 0.0 {
            continue;
        }
        match counts.iter_mut().find(|(kind, _)| *kind == trace.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((trace.kind, 1)),
        }
    }
    counts.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    counts
}

/// Promises kept, promises broken and corrections in a span.
fn judged(trail: &Trail, span: (DayNumber, DayNumber)) -> (u32, u32, u32) {
    let inside = |day: DayNumber| span.0 < day && day <= span.1;
    let verdicts = trail.verdicts.iter().filter(|v| inside(v.day));
    let (mut kept, mut broken) = (0, 0);
    for verdict in verdicts {
        *(if verdict.kept { &mut kept } else { &mut broken }) += 1;
    }
    let corrected = trail.corrections.iter().filter(|c| inside(c.day)).count();
    (kept, broken, corrected as u32)
}

/// The heaviest few of however many are offered; those of one weight stand as lists have those who tie, given that lives come by
/// rising id.
#[derive(Debug)]
struct Top<T> {
    name: fn(&T) -> &str,
    rows: Vec<(f64, T)>,
}

impl<T> Top<T> {
    fn new(name: fn(&T) -> &str) -> Self {
        Top {
            name,
            rows: Vec::new(),
        }
    }

    /// Takes one in, made only if it is among the heaviest so far.
    fn offer(&mut self, weight: f64, name: &str, make: impl FnOnce() -> T) {
        let at = self.rows.partition_point(|(other, row)| {
            let order = weight
                .total_cmp(other)
                .then_with(|| fold((self.name)(row)).cmp(&fold(name)));
            order.is_le()
        });
        if at < NAMED {
            self.rows.truncate(NAMED - 1);
            self.rows.insert(at, (weight, make()));
        }
    }

    fn all(self) -> Vec<T> {
        self.rows.into_iter().map(|(_, row)| row).collect()
    }
}
