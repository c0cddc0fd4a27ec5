//! The floor: the least dashboard over one book in this stack, to measure the product against. And two smaller floors beside it:
//! reading a file line by line, and one commit of one row.
//!
//! It opens the book read-only, asks one indexed query for the first rows, draws them, and sleeps in `read`. `j` and `k` ask one
//! query for the latest touches of the person chosen. Nothing else: everything the product does beyond this is its own doing.

use super::dice::Dice;
use super::figures::Times;
use anyhow::Result;
use crossterm::event::{Event, KeyCode, KeyEventKind, read};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Borders, List, ListItem, ListState, Paragraph};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, params};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The first page of the list, in the order that stands in the book.
pub const PAGE: &str = "select c.id, c.name, coalesce(a.name, ''), r.lost from rank r cross join contact c on c.id = r.contact_id
    left join account a on a.id = c.account_id order by r.lost desc, r.contact_id limit 200";
/// A person's latest touches.
pub const LATEST: &str =
    "select t.at, t.kind, t.body from party p join touch t on t.id = p.touch_id
    where p.contact_id = ?1 order by p.wall desc, p.touch_id desc limit 30";

/// A connection as the floor has it.
pub fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    // As the product has it: otherwise each use prepares a statement anew.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(db)
}

/// One row of the list.
type Row = (i64, String, String, f64);

/// The rows of the first page.
pub fn page(db: &Connection) -> Result<Vec<Row>> {
    let mut statement = db.prepare_cached(PAGE)?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The lines about one person.
pub fn latest(db: &Connection, id: i64) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached(LATEST)?;
    let lines = statement.query_map(params![id], |row| {
        Ok(format!(
            "{} {:8} {}",
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?
        ))
    })?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}

/// The floor program.
pub fn run(path: &Path) -> Result<()> {
    let db = connect(path)?;
    let rows = page(&db)?;
    let (mut chosen, mut top) = (0usize, 0usize);
    let mut terminal = ratatui::try_init()?;
    loop {
        let lines = latest(&db, rows.get(chosen).map_or(0, |row| row.0))?;
        terminal.draw(|frame| draw(frame, &rows, chosen, &mut top, &lines))?;
        let Event::Key(key) = read()? else { continue };
        match key.code {
            _ if key.kind != KeyEventKind::Press => {}
            KeyCode::Char('q') => break,
            KeyCode::Char('j') => chosen = (chosen + 1).min(rows.len().saturating_sub(1)),
            KeyCode::Char('k') => chosen = chosen.saturating_sub(1),
            _ => {}
        }
    }
    ratatui::try_restore()?;
    Ok(())
}

fn draw(frame: &mut Frame<'_>, rows: &[Row], chosen: usize, top: &mut usize, lines: &[String]) {
    let [left, right] =
        Layout::horizontal([Constraint::Percentage(40), Constraint::Percentage(60)])
            .areas(frame.area());
    let high = usize::from(left.height).saturating_sub(2).max(1);
    *top = (*top).clamp((chosen + 1).saturating_sub(high), chosen);
    let seen = rows.iter().skip(*top).take(high);
    let items = seen.map(|(_, name, account, lost)| {
        ListItem::new(format!("{name:<24} {account:<14} {lost:>3.0}"))
    });
    let list = List::new(items)
        .block(Block::default().borders(Borders::ALL).title("people"))
        .highlight_style(Style::default().add_modifier(Modifier::REVERSED));
    let mut state = ListState::default().with_selected(Some(chosen - *top));
    frame.render_stateful_widget(list, left, &mut state);
    let history = Paragraph::new(lines.join("\n"))
        .block(Block::default().borders(Borders::ALL).title("touches"));
    frame.render_widget(history, right);
}

/// Counts the lines of a mailbox that begin as a message does: the least that reading it takes.
pub fn mails(path: &Path) -> Result<usize> {
    let mut file = BufReader::with_capacity(256 << 10, File::open(path)?);
    let (mut line, mut count) = (Vec::new(), 0);
    while file.read_until(b'\n', &mut line)? > 0 {
        count += usize::from(line.starts_with(b"From "));
        line.clear();
    }
    Ok(count)
}

/// The least an import can do: every line of the file in memory once.
pub fn lines(path: &Path) -> Result<usize> {
    let mut reader = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    let mut count = 0;
    while reader.read_until(b'\n', &mut line)? > 0 {
        count += 1;
        line.clear();
    }
    Ok(count)
}

/// A file in which one commit of one row is measured: write-ahead logging, everything flushed to the disk.
pub struct Disk(Connection);

impl Disk {
    pub fn open(path: &Path) -> Result<Self> {
        let db = Connection::open(path)?;
        db.execute_batch("pragma journal_mode = wal; pragma synchronous = full; create table if not exists line (id integer primary key, body text);")?;
        Ok(Disk(db))
    }

    /// One commit, after a pause.
    pub fn commit(&self) -> Result<Duration> {
        pause();
        let begun = Instant::now();
        self.0
            .prepare_cached("insert into line (body) values (?1)")?
            .execute(["a line of the usual length, with a few words"])?;
        Ok(begun.elapsed())
    }

    /// Several commits.
    pub fn commits(&self, count: usize) -> Result<Times> {
        (0..count).map(|_| self.commit()).collect()
    }
}

/// Waits for up to 10 ms, no two times alike: some disks answer in beats of a few milliseconds, and what always comes at the same
/// place of the beat is always as lucky or unlucky.
pub fn pause() {
    let micros = BEATS.with_borrow_mut(|dice| dice.below(10_000));
    sleep(Duration::from_micros(micros as u64));
}

thread_local! {
    static BEATS: RefCell<Dice> = RefCell::new(Dice::new(10));
}
