//! Today, the accounts, the review and the report of a book with everything that a selling life leaves in one.

use super::clock;
use super::figures::{Table, Times};
use super::floor;
use anyhow::{Context, Result};
use chitbook::domain::moment::date;
use chitbook::store::Store;
use rusqlite::Connection;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

/// Times a question is asked.
const ROUNDS: usize = 30;

/// What the made-up books lack: key dates, sales, needs, seats, plans and referrals, by chance but in fixed parts.
const MATTERS: &str = "
    insert into key_date (contact_id, label, on_day, yearly, changed_at)
        select id, 'birthday', '1970-' || printf('%02d-%02d', 1 + abs(random()) % 12, 1 + abs(random()) % 28), 1, 1 from contact where id <> 1 and abs(random()) % 5 < 2;
    insert into sale (contact_id, account_id, on_day, amount, currency, changed_at)
        select id, account_id, date('now', '-' || (abs(random()) % 1500) || ' days'), 100000, 'USD', 1 from contact where id <> 1 and abs(random()) % 20 < 3;
    insert into need (contact_id, account_id, what, state, heard_on, delivered_on, result, result_kind, changed_at)
        select id, account_id, 'truck rolls', 'delivered', '2024-01-01', date('now', '-' || (abs(random()) % 900) || ' days'), 'half', 'cost_cut', 1 from contact where id <> 1 and abs(random()) % 10 < 1;
    insert into seat (account_id, contact_id, role, changed_at)
        select account_id, id, case abs(random()) % 4 when 0 then 'decision' when 1 then 'coach' when 2 then 'user' else 'finance' end, 1 from contact where account_id is not null and abs(random()) % 10 < 2;
    insert into plan (contact_id, on_day, changed_at) select id, date('now', (abs(random()) % 60 - 5) || ' days'), 1 from contact where id <> 1 and abs(random()) % 50 < 1;
    insert into referral (referrer_id, prospect_id, changed_at)
        select c.id, (select o.id from contact o where o.id > c.id order by o.id limit 1), 1 from contact c where c.id <> 1 and c.id < (select max(id) from contact) and abs(random()) % 20 < 1;
    insert into referral_event (referral_id, stage, on_day, told_on, changed_at)
        select id, case abs(random()) % 5 when 0 then 'asked' when 1 then 'introduced' when 2 then 'met' when 3 then 'won' else 'lost' end, date('now', '-' || (abs(random()) % 900) || ' days'),
        case abs(random()) % 10 when 0 then null else date('now') end, 1 from referral;";

fn time<T>(mut work: impl FnMut() -> Result<T>) -> Result<Times> {
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        black_box(work()?);
        times.push(begun.elapsed());
    }
    Ok(times)
}

/// Everything, into the table. The floor is the first page of the people list.
pub fn measure(table: &mut Table, path: &Path) -> Result<()> {
    Connection::open(path)?.execute_batch(MATTERS)?;
    let mut store = Store::open(path)?;
    store.derive_anew(clock::today())?;
    let (now, today) = (clock::now(), date(clock::today()));
    let db = floor::connect(path)?;
    let least = time(|| floor::page(&db))?;
    let ours = time(|| Ok(store.today(&now)?))?;
    table.times("today", &least, &ours, &[(95, 30.0, "30 ms")]);
    let accounts = store.accounts(today)?;
    let ours = time(|| Ok(store.accounts(today)?))?;
    table.times("the list of accounts", &least, &ours, &[]);
    let largest = accounts.iter().max_by_key(|row| row.people);
    let largest = largest.context("the book has accounts")?.id;
    let ours = time(|| Ok(store.account(largest, today)?))?;
    table.times("the largest account", &least, &ours, &[(95, 10.0, "10 ms")]);
    let ours = time(|| Ok(store.review_deck(&now)?))?;
    table.times("what is loose, for a review", &least, &ours, &[]);
    let begun = Instant::now();
    black_box(store.report(today, "", &now, &mut |_, _| ControlFlow::Continue(()))?);
    let mut ours = Times::default();
    ours.push(begun.elapsed());
    table.times("the weekly report", &least, &ours, &[]);
    Ok(())
}
