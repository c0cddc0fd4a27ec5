//! The brief in sections, the one that matters most in the next minute first.

use super::ask::{empty_seats, phrases};
use super::{Brief, Line, Section, Tone, kept, punctuality, tries};
use crate::domain::chit::{ChitRow, Halves};
use crate::domain::id::Id;
use crate::domain::moment::day_number;
use crate::domain::people::{Entry, Person};
use crate::domain::promise::PromiseRow;
use crate::domain::record::{Fact, Record, RecordRow, Stance};
use crate::domain::strength::{Params, State};
use crate::domain::touch::TouchKind;
use crate::domain::when;
use chrono::NaiveDate;

/// Conversations told.
const CONVERSATIONS: usize = 3;
/// Days ahead in which a key date is told.
const AHEAD: i64 = 30;
/// Days for which a moment that came is told.
const AFTER: i64 = 60;
/// Facts told at once, newest first.
const FACTS: usize = 4;

/// Everything to know for a call with somebody, today; what to ask is told apart ([`suggested`](super::suggested)).
pub fn sections(person: &Person, brief: &Brief, params: &Params, today: NaiveDate) -> Vec<Section> {
    let all = [
        ("", standing(person, brief, params, today)),
        ("Promised", promised(person, today)),
        ("Last time", last_time(person, today)),
        ("Favours", favours(person, today)),
        ("Worth asking about", moments(brief, today)),
        ("Days ahead", days_ahead(brief, today)),
        ("Needs", needs(brief, today)),
        ("Committee", committee(person, brief, params, today)),
        ("How you met", origin(person, brief, today)),
        ("Good to know", facts(brief, today)),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| Section {
            title: title.to_owned(),
            lines,
        })
        .collect()
}

fn line(lead: impl Into<String>, text: impl Into<String>, tone: Tone) -> Line {
    Line {
        lead: lead.into(),
        text: text.into(),
        tone,
    }
}

fn ago(on: NaiveDate, today: NaiveDate) -> String {
    when::ago((today - on).num_days() as i32)
}

/// Who it is and how it stands: the plan this call may be, the strength, the habits.
fn standing(person: &Person, brief: &Brief, params: &Params, today: NaiveDate) -> Vec<Line> {
    let mut lines = Vec::new();
    let card = &person.card;
    let who: Vec<&str> = [card.title.as_str(), card.account.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    if !who.is_empty() {
        lines.push(line("", who.join(", "), Tone::Plain));
    }
    let reading = person.read(params, day_number(today));
    let strength = match reading.silence {
        Some(days) if reading.state != State::New => format!(
            "{} strength {:.0}, {}; last spoke {}",
            reading.state.sign(),
            reading.strength,
            reading.state.word(),
            when::ago(days)
        ),
        _ => "you never spoke yet".to_owned(),
    };
    lines.push(line("", strength, Tone::Plain));
    if let Some(row) = &person.plan {
        let at = row
            .plan
            .at
            .map_or(String::new(), |at| format!(" {}", at.format("%H:%M")));
        let why = if row.plan.why.is_empty() {
            String::new()
        } else {
            format!(": {}", row.plan.why)
        };
        let text = format!("planned for {}{at}{why}", when::say(row.plan.on, today));
        lines.push(line(
            "",
            text,
            if row.plan.on < today {
                Tone::Bad
            } else {
                Tone::Good
            },
        ));
    }
    let habits = [
        kept(person.kept),
        punctuality(&brief.agreed).map(|found| found.to_string()),
        tries(&person.trail.traces).said(),
    ];
    let habits: Vec<String> = habits.into_iter().flatten().collect();
    if !habits.is_empty() {
        lines.push(line("", habits.join(" · "), Tone::Dim));
    }
    lines
}

/// Promises both ways: mine that are overdue, theirs that are, then the others as they fall due. What was set aside waits below.
fn promised(person: &Person, today: NaiveDate) -> Vec<Line> {
    let aside = |row: &PromiseRow| row.snoozed.is_some_and(|until| until > today);
    let mut rows: Vec<&PromiseRow> = person.promises.iter().collect();
    rows.sort_by_key(|row| {
        let late = row.promise.due < today;
        (
            aside(row),
            !(late && row.promise.mine),
            !late,
            row.promise.due,
            !row.promise.mine,
        )
    });
    let told = rows.into_iter().map(|row| {
        let late = row.promise.due < today;
        let who = if row.promise.mine { "you: " } else { "they: " };
        let due = when::say(row.promise.due, today);
        let due = match row.snoozed.filter(|_| aside(row)) {
            Some(until) => format!("set aside until {}", when::say(until, today)),
            None if late => format!("was due {due}"),
            None => format!("due {due}"),
        };
        let tone = match (late, row.promise.mine) {
            _ if aside(row) => Tone::Dim,
            (true, true) => Tone::Bad,
            (true, false) => Tone::Warn,
            _ => Tone::Plain,
        };
        let sign = if row.promise.mine { "!" } else { "?" };
        line(sign, format!("{who}{}, {due}", row.promise.what), tone)
    });
    told.collect()
}

/// The last conversations, to be read.
fn last_time(person: &Person, today: NaiveDate) -> Vec<Line> {
    let spoke = |entry: &&Entry| !matches!(entry.kind, TouchKind::Attempt | TouchKind::Note);
    // The very last one, whatever is written of it; before it those there is something to read of.
    let readable = |(at, entry): &(usize, &Entry)| *at == 0 || !entry.body.trim().is_empty();
    let told = person.history.iter().filter(spoke).enumerate();
    let told = told
        .filter(readable)
        .map(|(_, entry)| entry)
        .take(CONVERSATIONS);
    let told = told.map(|entry| {
        let minutes = entry
            .minutes
            .map_or(String::new(), |min| format!(" {min} min"));
        let on = entry.at.date_naive();
        let body = entry.body.trim();
        let with = if entry.others.is_empty() {
            String::new()
        } else {
            format!(" with {}", entry.others.join(", "))
        };
        let head = format!("{}{minutes}{with}, {}", entry.kind.noun(), ago(on, today));
        let text = if body.is_empty() {
            head
        } else {
            format!("{head}\n{body}")
        };
        line(when::bare(on, today), text, Tone::Plain)
    });
    told.collect()
}

fn favours(person: &Person, today: NaiveDate) -> Vec<Line> {
    let open = person.chits.iter().filter(|row| row.open() > Halves(0));
    let mut open: Vec<&ChitRow> = open.collect();
    // What was called in is what the call is about.
    open.sort_by_key(|row| row.called().is_none());
    let told = open.into_iter();
    told.map(|row| favour(row, person.summary.id, today))
        .collect()
}

fn favour(row: &ChitRow, with: Id, today: NaiveDate) -> Line {
    let (giver, receiver) = (row.chit.giver, row.chit.receiver);
    let worth = if row.open() == Halves::PLAIN {
        String::new()
    } else {
        format!(" ({})", row.open())
    };
    let pending = if row.chit.pending {
        " (not certain yet)"
    } else {
        ""
    };
    let called = row.called().map_or(String::new(), |call| {
        format!("; called in {}", ago(call.on, today))
    });
    let told = format!(
        "{}{worth}{pending}, {}{called}",
        row.chit.what,
        ago(row.chit.on, today)
    );
    match (giver, receiver) {
        (_, Id::ME) => line("→", format!("you owe: {told}"), Tone::Warn),
        (Id::ME, _) => line("←", format!("owes you: {told}"), Tone::Good),
        (giver, _) if giver == with => line(
            "·",
            format!("{} owes them: {told}", row.receiver_name),
            Tone::Dim,
        ),
        _ => line("·", format!("owes {}: {told}", row.giver_name), Tone::Dim),
    }
}

/// Facts whose moment came, or comes within days; and those never followed up.
fn moments(brief: &Brief, today: NaiveDate) -> Vec<Line> {
    let mut due: Vec<(NaiveDate, &str)> = Vec::new();
    for row in &brief.records {
        if let Record::Fact(fact) = &row.record
            && let Some(on) = fact.due.filter(|_| fact.asked.is_none())
            && (on - today).num_days() <= AHEAD
        {
            due.push((on, &fact.what));
        }
        if let Some((on, label)) = once(row)
            && (0..=AFTER).contains(&(today - on).num_days())
        {
            due.push((on, label));
        }
    }
    due.sort_by_key(|(on, _)| ((*on - today).num_days().abs(), *on));
    let told = due.into_iter().map(|(on, what)| {
        let tone = if on <= today { Tone::Warn } else { Tone::Plain };
        line(when::bare(on, today), what, tone)
    });
    let open = brief
        .records
        .iter()
        .filter_map(never_asked)
        .filter(|fact| fact.learned < today);
    let open = open.take(FACTS).map(|fact| {
        let text = format!(
            "{} ({}, never asked since)",
            fact.what,
            ago(fact.learned, today)
        );
        line("*", text, Tone::Plain)
    });
    told.chain(open).collect()
}

/// A fact without a moment of its own that nobody followed up.
fn never_asked(row: &RecordRow) -> Option<&Fact> {
    match &row.record {
        Record::Fact(fact) if fact.due.is_none() && fact.asked.is_none() => Some(fact),
        _ => None,
    }
}

/// The day and the label of a key date that comes only once.
fn once(row: &RecordRow) -> Option<(NaiveDate, &str)> {
    match &row.record {
        Record::Date(day) if !day.date.yearly => {
            let on = day.date.on;
            Some((
                NaiveDate::from_ymd_opt(on.year?, on.month, on.day)?,
                &day.date.label,
            ))
        }
        _ => None,
    }
}

fn days_ahead(brief: &Brief, today: NaiveDate) -> Vec<Line> {
    let mut days: Vec<(NaiveDate, String)> = brief
        .records
        .iter()
        .filter_map(|row| match &row.record {
            Record::Date(day) if day.date.yearly => {
                let next = day.date.on.next_from(today);
                let years = day
                    .date
                    .on
                    .year
                    .map(|year| chrono::Datelike::year(&next) - year);
                let years = years.filter(|years| *years > 0);
                let years = years.map_or(String::new(), |years| format!(" ({years} years)"));
                Some((next, format!("{}{years}", day.date.label)))
            }
            _ => once(row)
                .filter(|(on, _)| *on > today)
                .map(|(on, label)| (on, label.to_owned())),
        })
        .filter(|(on, _)| (*on - today).num_days() <= AHEAD)
        .collect();
    days.sort();
    days.into_iter()
        .map(|(on, label)| line(when::bare(on, today), label, Tone::Plain))
        .collect()
}

fn needs(brief: &Brief, today: NaiveDate) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in &brief.records {
        match &row.record {
            Record::Need(need) if need.state.is_open() => {
                let text = format!(
                    "{}, {} {}",
                    need.what,
                    need.state.word(),
                    ago(need.heard, today)
                );
                lines.push(line("#", text, Tone::Plain));
            }
            Record::Rival(rival) => {
                let text = if rival.what.is_empty() {
                    &rival.name
                } else {
                    &rival.what
                };
                lines.push(line(
                    "~",
                    format!("{text}, {}", ago(rival.on, today)),
                    Tone::Warn,
                ));
            }
            _ => {}
        }
    }
    lines
}

/// Who sits with them on the committee, and the seat nobody is known for.
fn committee(person: &Person, brief: &Brief, params: &Params, today: NaiveDate) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for member in &brief.committee {
        let Some(holder) = &member.holder else {
            continue;
        };
        let stance = if member.stance == Stance::Unknown {
            String::new()
        } else {
            format!(", {}", member.stance.word())
        };
        if holder.id == person.summary.id {
            lines.push(line(
                "●",
                format!("{}: they themselves{stance}", member.role.phrase()),
                Tone::Plain,
            ));
            continue;
        }
        let reading = holder.read(params, day_number(today));
        let text = format!(
            "{}: {}{stance}, {}",
            member.role.phrase(),
            holder.name,
            reading.state.word()
        );
        let tone = if member.stance == Stance::Against {
            Tone::Warn
        } else {
            Tone::Plain
        };
        lines.push(line(reading.state.sign().to_string(), text, tone));
    }
    let empty = empty_seats(brief);
    if !lines.is_empty() && !empty.is_empty() {
        lines.push(line(
            "?",
            format!("nobody known: {}", phrases(&empty)),
            Tone::Warn,
        ));
    }
    lines
}

/// Who led here, and who spoke of them since.
fn origin(person: &Person, brief: &Brief, today: NaiveDate) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(led) = &brief.led {
        let what = if led.what.is_empty() {
            String::new()
        } else {
            format!(": {}", led.what)
        };
        lines.push(line(
            ">",
            format!("{} led you here, {}{what}", led.by, ago(led.on, today)),
            Tone::Plain,
        ));
    } else if !person.card.origin.is_empty() {
        lines.push(line("", person.card.origin.clone(), Tone::Dim));
    }
    let spoken = brief.mentions.iter().map(|mention| {
        let text = format!("{} spoke of them: {}", mention.by, mention.words);
        line(when::bare(mention.on, today), text, Tone::Dim)
    });
    lines.extend(spoken);
    lines
}

/// The other facts, newest first.
fn facts(brief: &Brief, today: NaiveDate) -> Vec<Line> {
    let asked_about = brief
        .records
        .iter()
        .filter(|row| never_asked(row).is_some_and(|fact| fact.learned < today));
    let told: Vec<Id> = asked_about.take(FACTS).map(|row| row.id).collect();
    let others = brief.records.iter().filter_map(|row| match &row.record {
        Record::Fact(fact)
            if (fact.due.is_none() || fact.asked.is_some()) && !told.contains(&row.id) =>
        {
            Some(&fact.what)
        }
        _ => None,
    });
    others
        .take(FACTS)
        .map(|what| line("*", what.as_str(), Tone::Dim))
        .collect()
}
