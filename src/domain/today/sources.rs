//! Where Today's lines come from: each source makes a line of what the book holds, or none where it is not pressing.

use super::{AGEING, AHEAD, Line, Points, SOON, WORTH};
use crate::domain::ask::{AskLine, Freshness};
use crate::domain::chit::Halves;
use crate::domain::contact::KeyDate;
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::matter::MatterKind;
use crate::domain::moment::DayNumber;
use crate::domain::referral::{ReferralRow, Stage, Told};
use crate::domain::strength::{Params, Standing, State};
use crate::domain::when;
use chrono::{NaiveDate, NaiveTime};

/// An open promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The promise.
    pub id: Id,
    /// Between me and whom.
    pub contact: Id,
    /// Their name.
    pub who: String,
    /// Made by me.
    pub mine: bool,
    /// What was promised.
    pub what: String,
    /// When it falls due.
    pub due: NaiveDate,
}

impl Open {
    /// "you promised: the quote".
    pub fn words(&self) -> String {
        let said = if self.mine {
            "you promised"
        } else {
            "they promised"
        };
        format!("{said}: {}", self.what)
    }
}

/// An open plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The plan.
    pub id: Id,
    /// With whom.
    pub contact: Id,
    /// Their name.
    pub who: String,
    /// On which day.
    pub on: NaiveDate,
    /// At what time.
    pub at: Option<NaiveTime>,
    /// Why.
    pub why: String,
}

impl Planned {
    /// Whether it was planned for the sake of this promise.
    pub fn is_for(&self, open: &Open) -> bool {
        self.contact == open.contact && self.why == open.words()
    }
}

/// Somebody in today's order of the people list.
#[derive(Clone, Debug, PartialEq)]
pub struct Cooling {
    /// Who.
    pub id: Id,
    /// Their name.
    pub who: String,
    /// The state of the strength model.
    pub standing: Standing,
    /// The cadence that holds for them.
    pub cadence: Option<u16>,
}

/// A chit of which I owe something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The record.
    pub id: Id,
    /// Whom I owe.
    pub giver: Id,
    /// Their name.
    pub who: String,
    /// What they did.
    pub what: String,
    /// When.
    pub on: NaiveDate,
    /// What is still open of it.
    pub open: Halves,
}

/// A day to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The record.
    pub id: Id,
    /// Whose.
    pub contact: Id,
    /// Their name.
    pub who: String,
    /// The day.
    pub date: KeyDate,
}

/// So many days with their word.
fn days(count: i64) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} day{s}")
}

fn points(base: f64, more: f64, count: f64, because: &'static str) -> Points {
    Points {
        base,
        more,
        because: if count == 0.0 { "" } else { because },
        count,
    }
}

/// Points that rise by so much a day, up to a most.
fn rising(base: f64, each: f64, most: f64, late: i64, because: &'static str) -> Points {
    let late = late.max(0) as f64;
    points(base, (each * late).min(most), late, because)
}

/// Words that were typed and not filed.
pub fn draft(draft: &Draft) -> Option<Line> {
    Some(Line {
        kind: MatterKind::Draft,
        id: draft.id?,
        contact: draft.contact,
        who: draft.title.clone(),
        why: "typed and not filed".to_owned(),
        due: None,
        points: points(100.0, 0.0, 0.0, ""),
        more: Vec::new(),
    })
}

/// A promise: mine from three days before its day, theirs from their day.
pub fn promise(open: &Open, today: NaiveDate) -> Option<Line> {
    let late = (today - open.due).num_days();
    if late < if open.mine { -SOON } else { 0 } {
        return None;
    }
    let when = match late {
        0 => "due today".to_owned(),
        late if late > 0 => format!("{} overdue", days(late)),
        _ => format!("due {}", when::say(open.due, today)),
    };
    let (kind, points) = match (open.mine, late < 0) {
        (true, true) => {
            let ahead = -late as f64;
            let points = points(70.0, -10.0 * ahead, ahead, "days to go");
            (MatterKind::Promise, points)
        }
        (true, false) => {
            let points = rising(80.0, 3.0, 45.0, late, "days overdue");
            (MatterKind::Promise, points)
        }
        (false, _) => {
            let points = rising(45.0, 2.0, 20.0, late, "days overdue");
            (MatterKind::TheirPromise, points)
        }
    };
    Some(Line {
        kind,
        id: open.id,
        contact: Some(open.contact),
        who: open.who.clone(),
        why: format!("{}, {when}", open.words()),
        due: Some(open.due),
        points,
        more: Vec::new(),
    })
}

/// A plan whose day has come.
pub fn plan(plan: &Planned, today: NaiveDate) -> Option<Line> {
    let late = (today - plan.on).num_days();
    if late < 0 {
        return None;
    }
    let at = plan.at.map(|at| at.format(" at %H:%M").to_string());
    let when = match late {
        0 => format!("planned for today{}", at.unwrap_or_default()),
        late => format!("planned {} ago", days(late)),
    };
    let why = if plan.why.is_empty() {
        when
    } else {
        format!("{when}: {}", plan.why)
    };
    Some(Line {
        kind: MatterKind::Plan,
        id: plan.id,
        contact: Some(plan.contact),
        who: plan.who.clone(),
        why,
        due: Some(plan.on),
        points: rising(90.0, 2.0, 20.0, late, "days past its day"),
        more: Vec::new(),
    })
}

/// What a referral wants: that its referrer is told, or that it moves.
pub fn referral(row: &ReferralRow, today: NaiveDate) -> Option<Line> {
    if let Told::Due(open) | Told::Late(open) = row.told(today) {
        let late = open.days_late(today);
        let points = if late < 0 {
            points(50.0, 0.0, 0.0, "")
        } else {
            rising(60.0, 4.0, 30.0, late, "days late")
        };
        return Some(Line {
            kind: MatterKind::Tell,
            id: row.id,
            contact: row.referral.referrer.person(),
            who: row.referrer_name.clone(),
            why: format!(
                "led you to {}: {}",
                row.prospect_name,
                row.told(today).words(today)
            ),
            due: Some(open.due),
            points,
            more: Vec::new(),
        });
    }
    let waiting = row.waiting(today)?;
    // Once the two were introduced it is for me to call the prospect; before, to ask the referrer.
    let (whom, who) = if waiting.stage == Stage::Introduced {
        (row.referral.prospect, &row.prospect_name)
    } else {
        (row.referral.referrer, &row.referrer_name)
    };
    let of = if waiting.stage == Stage::Introduced {
        format!("from {}", row.referrer_name)
    } else {
        format!("to {}", row.prospect_name)
    };
    Some(Line {
        kind: MatterKind::Referral,
        id: row.id,
        contact: whom.person(),
        who: who.clone(),
        why: format!("referral {of}, {}", waiting.words()),
        due: None,
        points: rising(
            40.0,
            1.0,
            20.0,
            waiting.days - 7,
            "days of waiting over a week",
        ),
        more: Vec::new(),
    })
}

/// A chit I owe that grows old.
pub fn chit(owed: &Owed, today: NaiveDate) -> Option<Line> {
    let age = (today - owed.on).num_days();
    (owed.open > Halves(0) && age > AGEING).then(|| {
        let over = (age - AGEING) as f64;
        Line {
            kind: MatterKind::Chit,
            id: owed.id,
            contact: Some(owed.giver),
            who: owed.who.clone(),
            why: format!(
                "you owe {}: {}, {}",
                owed.open,
                owed.what,
                when::ago(i32::try_from(age).unwrap_or(i32::MAX))
            ),
            due: None,
            points: points(20.0, (over / 10.0).min(20.0), over, "days over thirty"),
            more: Vec::new(),
        }
    })
}

/// A relationship past its rhythm that a call would win something back.
pub fn cooling(who: &Cooling, params: &Params, today: DayNumber) -> Option<Line> {
    let reading = who.standing.read(params, who.cadence, today);
    let (lost, silence) = (reading.lost?, reading.silence?);
    let late = !matches!(reading.state, State::New | State::OnRhythm);
    (late && lost >= WORTH).then(|| Line {
        kind: MatterKind::Stale,
        id: who.id,
        contact: Some(who.id),
        who: who.who.clone(),
        why: format!(
            "{}, silent for {}, usual gap {:.0}: a call wins {lost:.0} points back",
            reading.state.word(),
            days(i64::from(silence)),
            reading.rhythm
        ),
        due: reading.due.map(crate::domain::moment::date),
        points: points(0.0, 0.9 * lost, lost, "points a call would win back"),
        more: Vec::new(),
    })
}

/// The day a date to remember comes next, where that is within two weeks.
pub fn date(day: &Day, today: NaiveDate) -> Option<Line> {
    let on = match (day.date.yearly, day.date.on.year) {
        (false, Some(year)) => NaiveDate::from_ymd_opt(year, day.date.on.month, day.date.on.day)?,
        _ => day.date.on.next_from(today),
    };
    let ahead = (on - today).num_days();
    (0..=AHEAD).contains(&ahead).then(|| {
        let years = day
            .date
            .on
            .year
            .map(|year| chrono::Datelike::year(&on) - year);
        let nth = match years.filter(|years| *years > 0 && day.date.yearly) {
            Some(years) => format!(" ({years} years)"),
            None => String::new(),
        };
        Line {
            kind: MatterKind::Date,
            id: day.id,
            contact: Some(day.contact),
            who: day.who.clone(),
            why: format!("{}{nth} {}", day.date.label, when::on(on, today)),
            due: Some(on),
            points: if ahead == 0 {
                points(55.0, 0.0, 0.0, "")
            } else {
                points(45.0, -2.0 * ahead as f64, ahead as f64, "days ahead")
            },
            more: Vec::new(),
        }
    })
}

/// Somebody ready to be asked: not held back, with a result of the last ninety days or a day to ask again that has come.
pub fn ask(line: &AskLine, today: NaiveDate) -> Option<Line> {
    let agreed = line.who.last.as_ref().and_then(|last| last.ask.next);
    let agreed = agreed.is_some_and(|next| next <= today);
    let fresh = line
        .freshness
        .is_some_and(|fresh| fresh <= Freshness::Recent);
    (line.held.is_none() && (fresh || agreed)).then(|| {
        let total = line.points.total();
        Line {
            kind: MatterKind::Ask,
            id: line.who.who,
            contact: Some(line.who.who),
            who: line.who.name.clone(),
            why: format!("ready to be asked: {}", line.why),
            due: None,
            points: points(15.0, total / 5.0, total, "points in the queue"),
            more: Vec::new(),
        }
    })
}
