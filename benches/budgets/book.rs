//! Made-up books of a given size, kept under the build's own temporary folder and made once.
//!
//! The product makes the empty book and derives what is derived; the rows in between are written by hand, because two million
//! touches through the front door would take longer than all the measuring.

use super::clock;
use super::dice::{Dice, FIRMS, TAGS, TITLES};
use anyhow::{Context, Result, bail};
use chitbook::domain::moment::{date, shift};
use chitbook::store::Store;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, params};
use std::fs;
use std::path::{Path, PathBuf};

/// Raise this when books have to be made anew.
const GENERATION: u32 = 2;
const DAY: i64 = 86_400_000;
/// Years of history.
const YEARS: i64 = 6;
/// Touches written in one transaction.
const BATCH: usize = 100_000;
/// Everybody but the rep has an id from here on; one millisecond apart, as if minted.
const FIRST_PERSON: i64 = 1_400_000_000_000 << 22;
/// The person whom a large part of all touches is with.
const BUSIEST: usize = 7;

/// How large a book is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub people: usize,
    pub touches: usize,
}

impl Size {
    pub const SMALL: Size = Size {
        people: 200,
        touches: 5_000,
    };
    pub const MIDDLE: Size = Size {
        people: 10_000,
        touches: 200_000,
    };
    pub const LARGE: Size = Size {
        people: 100_000,
        touches: 2_000_000,
    };

    /// Touches of the busiest person.
    pub fn busiest(self) -> usize {
        (self.touches / 4).min(4_000)
    }
}

/// The folder for everything the benchmarks make.
pub fn folder() -> PathBuf {
    option_env!("CARGO_TARGET_TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from)
}

/// The row id of a person by number, from 0.
pub fn person(number: usize) -> i64 {
    FIRST_PERSON + ((number as i64) << 22)
}

/// The busiest person's row id.
pub fn busiest() -> i64 {
    person(BUSIEST)
}

/// What the busiest person is called: found by a filter of a few letters.
pub const BUSIEST_NAME: &str = "Quirin Zyx";

/// A number that changes with the schema (FNV-1a of its text), so that no book of an older one is used.
fn schema() -> u32 {
    let text = concat!(
        include_str!("../../assets/schema/001_book.sql"),
        include_str!("../../assets/schema/002_call.sql"),
        include_str!("../../assets/schema/003_ledger.sql"),
        include_str!("../../assets/schema/004_accounts.sql")
    );
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The file a book of this size lies in.
pub fn place(size: Size) -> PathBuf {
    let name = format!(
        "book-{}-{}-{:x}-{GENERATION}",
        size.people,
        size.touches,
        schema()
    );
    folder().join(name).join("book.sqlite")
}

/// Makes the book unless it is there, and turns it to today.
pub fn make(size: Size, path: &Path) -> Result<()> {
    if !path.exists() {
        let folder = path.parent().context("the book has a folder")?;
        fs::create_dir_all(folder)?;
        let part = folder.join("part");
        for leftover in ["part", "part-wal", "part-shm"] {
            let _ = fs::remove_file(folder.join(leftover));
        }
        drop(Store::open(&part)?);
        fill(&part, size)?;
        turn(&part)?;
        if size == Size::SMALL {
            let report = Store::open(&part)?.check(&clock::now())?;
            if !report.is_clean() {
                bail!("the made-up book is not whole: {report:?}");
            }
        }
        fs::rename(&part, path)?;
    }
    turn(path)
}

/// Ranks as of today, everything in the one file.
fn turn(path: &Path) -> Result<()> {
    Store::open(path)?.turn_to(clock::today())?;
    let db = Connection::open(path)?;
    db.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    Ok(())
}

fn fill(path: &Path, size: Size) -> Result<()> {
    let mut db = Connection::open(path)?;
    db.execute_batch(
        "pragma synchronous = off; pragma cache_size = -200000; pragma foreign_keys = on;",
    )?;
    let mut dice = Dice::new(20_061_122);
    let today = date(clock::today());
    let transaction = db.transaction()?;
    accounts_and_tags(&transaction, size)?;
    people(&transaction, &mut dice, size, today)?;
    transaction.commit()?;
    touches(&mut db, &mut dice, size, today)?;
    let transaction = db.transaction()?;
    owed(&transaction, &mut dice, size, today)?;
    transaction.commit()?;
    Ok(())
}

fn account_count(size: Size) -> usize {
    size.people / 8
}

fn accounts_and_tags(db: &Transaction<'_>, size: Size) -> Result<()> {
    let mut insert = db.prepare("insert into account (id, name, changed_at) values (?1, ?2, 1)")?;
    for at in 0..account_count(size) {
        let name = format!("{} {}", FIRMS[at % FIRMS.len()], at / FIRMS.len() + 1);
        insert.execute(params![at as i64 + 1, name])?;
    }
    let mut insert = db.prepare("insert into tag (id, name, changed_at) values (?1, ?2, 1)")?;
    for (at, name) in TAGS.iter().enumerate() {
        insert.execute(params![at as i64 + 1, name])?;
    }
    Ok(())
}

fn people(db: &Transaction<'_>, dice: &mut Dice, size: Size, today: NaiveDate) -> Result<()> {
    let mut contact = db.prepare(
        "insert into contact (id, name, family, given, account_id, title, cadence_days, ghost, archived_on, changed_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
    )?;
    let mut phone = db.prepare("insert into phone (id, contact_id, position, label, number, key) values (?1, ?1, 0, 'work', ?2, ?3)")?;
    let mut email = db.prepare("insert into email (id, contact_id, position, label, address, key) values (?1, ?1, 0, 'work', ?2, ?2)")?;
    let mut tagging = db.prepare("insert into tagging (contact_id, tag_id) values (?1, ?2)")?;
    for number in 0..size.people {
        let id = person(number);
        let mut name = dice.name();
        let busiest = number == BUSIEST;
        if busiest {
            BUSIEST_NAME.clone_into(&mut name.whole);
        }
        let account = dice.one_in(10).then_some(()).map_or_else(
            || Some(dice.below(account_count(size)) as i64 + 1),
            |()| None,
        );
        let ghost = !busiest && dice.one_in(20);
        let archived = (!busiest && dice.one_in(33)).then(|| shift(today, -30).to_string());
        let cadence = dice.one_in(6).then_some(21);
        contact.execute(params![
            id,
            name.whole,
            name.family,
            name.given,
            account,
            dice.pick(TITLES),
            cadence,
            ghost,
            archived
        ])?;
        let figures = format!("{:03} {:04}", number / 10_000 % 1000, number % 10_000);
        phone.execute(params![
            id,
            format!("+1 415 {figures}"),
            format!("+1415{}", figures.replace(' ', ""))
        ])?;
        email.execute(params![id, format!("person.{number}@example.com")])?;
        for tag in 0..dice.below(3) {
            tagging.execute(params![id, (number + tag) as i64 % TAGS.len() as i64 + 1])?;
        }
    }
    Ok(())
}

/// One touch as it goes into the book.
struct Draw {
    at: i64,
    kind: &'static str,
    direction: &'static str,
}

fn draw(dice: &mut Dice, at: i64) -> Draw {
    let kinds = [
        "call", "call", "call", "email", "email", "email", "meeting", "message", "video", "note",
        "attempt", "letter",
    ];
    let kind = kinds[dice.below(kinds.len())];
    let direction = match kind {
        "note" | "meeting" | "video" => "mutual",
        "attempt" => "out",
        _ => ["out", "out", "in"][dice.below(3)],
    };
    Draw {
        at,
        kind,
        direction,
    }
}

/// In the order of time, so that one person's touches lie all over the file, as they do in a book that grew.
fn touches(db: &mut Connection, dice: &mut Dice, size: Size, today: NaiveDate) -> Result<()> {
    let end = i64::from(chitbook::domain::moment::day_number(today)) * DAY;
    let span = YEARS * 365 * DAY;
    let every = size.touches / size.busiest();
    let mut written = 0;
    while written < size.touches {
        let transaction = db.transaction()?;
        let upto = (written + BATCH).min(size.touches);
        let mut touch = transaction.prepare(
            "insert into touch (id, at, offset_minutes, kind, direction, minutes, changed_at, body) values (?1, ?2, 0, ?3, ?4, ?5, ?2, ?6)",
        )?;
        let mut party = transaction.prepare(
            "insert into party (id, contact_id, touch_id, wall, kind, direction) values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for number in written..upto {
            let drawn = draw(
                dice,
                end - span + span / size.touches as i64 * number as i64,
            );
            let id = (drawn.at << 22) + (number as i64 % 1000) * 4;
            let minutes = (drawn.kind == "call").then(|| 1 + dice.below(50) as i64);
            touch.execute(params![
                id,
                drawn.at,
                drawn.kind,
                drawn.direction,
                minutes,
                dice.note()
            ])?;
            let who = if number % every == 0 {
                BUSIEST
            } else {
                dice.skewed(size.people)
            };
            party.execute(params![
                id + 1,
                person(who),
                id,
                drawn.at,
                drawn.kind,
                drawn.direction
            ])?;
            if dice.one_in(25) {
                let other = (who + 1 + dice.below(size.people - 1)) % size.people;
                party.execute(params![
                    id + 2,
                    person(other),
                    id,
                    drawn.at,
                    drawn.kind,
                    drawn.direction
                ])?;
            }
        }
        drop((touch, party));
        transaction.commit()?;
        written = upto;
    }
    Ok(())
}

/// Chits between me and people and among people, some of them returned; promises both ways, most of them kept.
fn owed(db: &Transaction<'_>, dice: &mut Dice, size: Size, today: NaiveDate) -> Result<()> {
    let mut chit = db.prepare("insert into chit (giver_id, receiver_id, what, given_on, halves, pending, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, 1)")?;
    let mut part = db.prepare("insert into chit_part (chit_id, on_day, halves, how, by_what, changed_at) values (?1, ?2, ?3, 'redeemed', 'a favour', 1)")?;
    for number in 0..size.people / 3 {
        let (one, other) = (
            person(dice.below(size.people)),
            person(dice.below(size.people)),
        );
        let (giver, receiver) = match number % 3 {
            0 => (1, one),
            1 => (one, 1),
            _ if one != other => (one, other),
            _ => continue,
        };
        let on = shift(today, -(1 + dice.below(1500) as i64));
        let halves = 1 + dice.below(4) as i64;
        chit.execute(params![
            giver,
            receiver,
            dice.note(),
            on.to_string(),
            halves,
            dice.one_in(10)
        ])?;
        if dice.one_in(2) {
            part.execute(params![db.last_insert_rowid(), today.to_string(), 1])?;
        }
    }
    let mut promise = db.prepare(
        "insert into promise (contact_id, mine, what, made_on, due_on, state, closed_on, changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
    )?;
    for number in 0..size.people / 2 {
        let made = shift(today, -(10 + dice.below(900) as i64));
        let due = shift(made, 7);
        let state = ["kept", "kept", "open", "broken"][dice.below(4)];
        let closed = (state != "open").then(|| due.to_string());
        let who = person(dice.skewed(size.people));
        promise.execute(params![
            who,
            number % 2 == 0,
            dice.note(),
            made.to_string(),
            due.to_string(),
            state,
            closed
        ])?;
    }
    Ok(())
}
