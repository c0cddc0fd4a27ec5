//! The store alone, without terminal and process, beside the plain queries it stands on.

use super::book::{self, Size};
use super::clock;
use super::figures::{Table, Times};
use super::floor::{self, Disk};
use anyhow::{Context, Result};
use chitbook::domain::command::Command;
use chitbook::domain::id::Id;
use chitbook::domain::touch::{Direction, Touch, TouchKind};
use chitbook::store::Store;
use std::cmp::Ordering;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

/// How often a slow thing is done, and a fast one.
const FEW: usize = 8;
const MANY: usize = 200;

/// Times `work`, once more than asked: the first fills the caches.
fn time<T>(rounds: usize, mut work: impl FnMut(usize) -> Result<T>) -> Result<Times> {
    black_box(work(0)?);
    let mut times = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let begun = Instant::now();
        black_box(work(round)?);
        times.push(begun.elapsed());
    }
    Ok(times.into_iter().collect())
}

/// Times `work` that ends on the disk, after a pause each time.
fn time_saves<T>(rounds: usize, mut work: impl FnMut(usize) -> Result<T>) -> Result<Times> {
    let mut times = Times::default();
    for round in 0..rounds {
        floor::pause();
        let begun = Instant::now();
        black_box(work(round)?);
        times.push(begun.elapsed());
    }
    Ok(times)
}

/// Everything, into the table.
pub fn measure(table: &mut Table, size: Size, path: &Path) -> Result<()> {
    opening(table, path)?;
    persons(table, size, path)?;
    everybody(table, path)?;
    writing(table, path)
}

fn opening(table: &mut Table, path: &Path) -> Result<()> {
    let least = time(MANY, |_| {
        let db = floor::connect(path)?;
        floor::page(&db)
    })?;
    let ours = time(MANY, |_| Ok(Store::open(path)?.opening(100)?))?;
    table.times("open the book, first page", &least, &ours, &[]);
    let db = floor::connect(path)?;
    let store = Store::open(path)?;
    let least = time(MANY, |_| floor::page(&db))?;
    table.times(
        "first page again",
        &least,
        &time(MANY, |_| Ok(store.opening(100)?))?,
        &[],
    );
    let mut news = Store::open(path)?;
    table.times(
        "news: nothing",
        &Times::default(),
        &time(MANY, |_| Ok(news.news()?))?,
        &[],
    );
    Ok(())
}

fn persons(table: &mut Table, size: Size, path: &Path) -> Result<()> {
    let db = floor::connect(path)?;
    let store = Store::open(path)?;
    let ids: Vec<i64> = floor::page(&db)?.into_iter().map(|row| row.0).collect();
    let id = |round: usize| ids[round % ids.len()];
    let least = time(MANY, |round| floor::latest(&db, id(round)))?;
    let ours = time(MANY, |round| Ok(store.person(Id::from_raw(id(round)))?))?;
    table.times("a person of the first page", &least, &ours, &[]);
    let least = time(MANY, |_| floor::latest(&db, book::busiest()))?;
    let ours = time(MANY, |_| Ok(store.person(Id::from_raw(book::busiest()))?))?;
    table.times(
        &format!("the person with {} touches", size.busiest()),
        &least,
        &ours,
        &[],
    );
    Ok(())
}

fn everybody(table: &mut Table, path: &Path) -> Result<()> {
    let db = floor::connect(path)?;
    let store = Store::open(path)?;
    let least = time(FEW, |_| {
        let mut statement = db.prepare_cached("select c.id, c.name, coalesce(a.name, '') from contact c left join account a on a.id = c.account_id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<Vec<(i64, String, String)>>>()?)
    })?;
    table.times(
        "everybody's row",
        &least,
        &time(FEW, |_| Ok(store.roster()?))?,
        &[],
    );
    let least = time(FEW, |_| {
        Ok(db.query_row("select count(*) from rank", [], |row| row.get::<_, i64>(0))?)
    })?;
    table.times("how many", &least, &time(FEW, |_| Ok(store.count()?))?, &[]);
    let roster = store.roster()?;
    let today = clock::today();
    let plain: Vec<f64> = roster.iter().map(|row| row.standing.mass).collect();
    let least = time(FEW, |_| {
        let mut order: Vec<usize> = (0..plain.len()).collect();
        order.sort_unstable_by(|a, b| plain[*b].total_cmp(&plain[*a]));
        Ok(order)
    })?;
    let ours = time(FEW, |_| {
        let lost = |row: &chitbook::domain::people::Summary| {
            row.read(&store.params, today).lost.unwrap_or(-1.0)
        };
        let mut order: Vec<(f64, usize)> = roster.iter().map(lost).zip(0..).collect();
        order.sort_unstable_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
        Ok(order)
    })?;
    table.times("everybody read and sorted", &least, &ours, &[]);
    let who = time(FEW, |_| Ok(store.who(book::BUSIEST_NAME)?))?;
    table.times("who is meant by a name", &Times::default(), &who, &[]);
    let owed = time(FEW, |_| Ok(store.owed()?))?;
    table.times("chits open with everybody", &Times::default(), &owed, &[]);
    Ok(())
}

fn writing(table: &mut Table, path: &Path) -> Result<()> {
    let disk = &Disk::open(&path.with_file_name("disk.sqlite"))?.commits(60)?;
    let mut store = Store::open(path)?;
    let people = store.opening(50)?;
    let log = |store: &mut Store, person: Id| -> Result<()> {
        let touch = Touch {
            at: clock::now(),
            kind: TouchKind::Call,
            direction: Direction::Out,
            minutes: Some(12),
            body: "asked about the quote for spring".to_owned(),
            people: vec![person],
        };
        store.apply(&Command::LogTouch(Box::new(touch)), &clock::now())?;
        Ok(())
    };
    let ours = time_saves(60, |round| log(&mut store, people[round % people.len()].id))?;
    table.times("log a touch", disk, &ours, &[(50, 2.0 * disk.p(50), "2 D")]);
    let ours = time_saves(20, |_| log(&mut store, Id::from_raw(book::busiest())))?;
    table.times(
        "log a touch with the busiest",
        disk,
        &ours,
        &[(50, 2.0 * disk.p(50), "2 D")],
    );
    let ours = time_saves(20, |_| Ok(store.undo(&clock::now())?))?;
    table.times("undo it", disk, &ours, &[(50, 2.0 * disk.p(50), "2 D")]);
    let tomorrow = clock::today() + 1;
    let begun = Instant::now();
    store.turn_to(tomorrow)?;
    let turned: Times = std::iter::once(begun.elapsed()).collect();
    table.times("turn to the next day", &Times::default(), &turned, &[]);
    store.turn_to(clock::today()).context("turning back")
}
