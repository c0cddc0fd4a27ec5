//! The command line: the dashboard's twin, for scripts, cron and quick capture.
//!
//! Arguments are in [`args`]; one file a family of verbs carries them out on a [`desk::Desk`] (the settings, the book, the
//! moment); [`output`] is the only place that prints. A verb gives back what it did or one sentence that says what to do.
//!
//! Exit codes: 0 done, 1 could not, 2 wrong usage. A reader that goes away (`chitbook list | head`) is no error.

mod account;
pub mod args;
mod ask;
mod book;
mod cadence;
mod correct;
mod dashboard;
pub mod desk;
mod drafts;
mod export;
mod import;
mod join;
mod journal;
mod keep;
mod ledger;
mod log;
mod manual;
mod merge;
pub mod output;
mod paths;
mod people;
mod promise;
mod referral;
mod review;
mod score;
mod show;
mod suggestions;
mod sync;
mod tier;
mod today;
mod tree;
mod whatif;
mod who;

use crate::domain::moment::Moment;
use args::{Args, Verb};
use clap::Parser;
use clap::error::ErrorKind;
use desk::{Desk, Failure};
use output::Output;
use std::ffi::OsString;
use std::process::ExitCode;

/// Carries out what `args` say. `clock` tells the moment; nothing else here knows it.
pub fn run(args: impl IntoIterator<Item = OsString>, clock: fn() -> Moment) -> ExitCode {
    let mut out = Output::new();
    let outcome = match Args::try_parse_from(log::marked(args)) {
        Ok(args) => begin(args, clock, &mut out),
        Err(error) => usage(&error, &mut out),
    };
    let outcome = outcome.and_then(|()| out.flush().map_err(Failure::from));
    match outcome {
        Ok(()) | Err(Failure::NobodyReads) => ExitCode::SUCCESS,
        Err(Failure::Could(sentence)) => {
            out.complain(&sentence);
            ExitCode::from(1)
        }
        Err(Failure::Usage(sentence)) => {
            out.complain(&sentence);
            ExitCode::from(2)
        }
        Err(Failure::Exit(code)) => ExitCode::from(code),
    }
}

/// What clap says: help and version are answers, the rest is wrong usage.
fn usage(error: &clap::Error, out: &mut Output) -> Result<(), Failure> {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(out.text(&text)?),
        _ => Err(Failure::Usage(text)),
    }
}

fn begin(args: Args, clock: fn() -> Moment, out: &mut Output) -> Result<(), Failure> {
    match args.verb {
        // These need neither settings nor book.
        Some(Verb::Completions { shell }) => manual::completions(shell, out),
        Some(Verb::Man) => manual::man(out),
        // This one needs no book and, where there is no home, no settings.
        Some(Verb::Score(log)) => score::score(&log, out),
        verb => {
            let now = args.now.unwrap_or_else(clock);
            let mut desk = Desk::new(args.book, now, clock, out)?;
            perform(verb, &mut desk)
        }
    }
}

fn perform(verb: Option<Verb>, desk: &mut Desk<'_>) -> Result<(), Failure> {
    let Some(verb) = verb else {
        return dashboard::open(desk);
    };
    match verb {
        Verb::Demo => dashboard::demo(desk),
        Verb::Import(args) => import::import(desk, &args),
        Verb::Suggestions(args) => suggestions::suggestions(desk, &args),
        Verb::Export(args) => export::export(desk, &args),
        Verb::Sync(args) => sync::sync(desk, &args),
        Verb::MergeBook(args) => join::merge_book(desk, &args),
        Verb::List(args) => people::list(desk, &args),
        Verb::Show { who, json } => show::show(desk, &who, json),
        Verb::Add(args) => people::add(desk, args),
        Verb::Log(args) => log::log(desk, &args),
        Verb::Drafts { verb, json } => drafts::drafts(desk, verb.as_ref(), json),
        Verb::Chit(args) => ledger::chit(desk, &args),
        Verb::Settle(args) => ledger::settle(desk, &args),
        Verb::Clear { chit, pending } => ledger::clear(desk, &chit, pending),
        Verb::CallIn(args) => ledger::call_in(desk, &args),
        Verb::Chits(args) => ledger::chits(desk, &args),
        Verb::Refer(args) => referral::refer(desk, &args),
        Verb::Referrals(args) => referral::referrals(desk, &args),
        Verb::Told(args) => referral::told(desk, &args),
        Verb::Ask(args) => ask::ask(desk, &args),
        Verb::Asks(args) => ask::asks(desk, &args),
        Verb::Paths(args) => paths::paths(desk, &args),
        Verb::Link(args) => paths::link(desk, &args),
        Verb::Tree(args) => tree::tree(desk, &args),
        Verb::Yield(args) => tree::yields(desk, &args),
        Verb::Tag { who, tags, off } => people::tag(desk, &who, tags, off),
        Verb::Archive { who, back } => people::archive(desk, &who, back),
        Verb::Plan { who, date, why } => promise::plan(desk, &who, &date, &why),
        Verb::Accounts(args) => account::accounts(desk, &args),
        Verb::Today(args) => today::today(desk, &args),
        Verb::Review(args) => review::review(desk, &args),
        Verb::Climate(args) => book::climate(desk, &args),
        Verb::Backtest(args) => book::backtest(desk, &args),
        Verb::Cadence { who, days, json } => cadence::cadence(desk, who.zip(days), json),
        Verb::Tier(args) => tier::tier(desk, &args),
        Verb::Merge(args) => merge::merge(desk, &args),
        Verb::Correct(args) => correct::correct(desk, &args),
        Verb::WhatIf(args) => whatif::what_if(desk, &args),
        Verb::Promise(args) => promise::promise(desk, &args),
        Verb::Done(args) => promise::done(desk, &args),
        Verb::Undo => journal::undo(desk),
        Verb::Redo => journal::redo(desk),
        Verb::History { limit, json } => journal::history(desk, limit, json),
        Verb::Backup { file } => keep::backup(desk, file.as_deref()),
        Verb::Restore { file } => keep::restore(desk, &file),
        Verb::Check => keep::check(desk),
        Verb::Score(args) => score::score(&args, desk.out),
        Verb::Settings { json } => manual::settings(desk, json),
        Verb::Completions { shell } => manual::completions(shell, desk.out),
        Verb::Man => manual::man(desk.out),
    }
}

/// The commands as a Markdown table, for README.
pub fn markdown() -> String {
    use clap::CommandFactory;
    let mut lines = vec!["| command | does |".to_owned(), "| --- | --- |".to_owned()];
    let command = Args::command();
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        let usage = verb.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        // A usage line of our own says it already.
        let usage = usage.trim_start_matches("chitbook ").replace('|', "\\|");
        let usage: Vec<&str> = usage.split_whitespace().collect();
        let about = verb
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        lines.push(format!("| `chitbook {}` | {about} |", usage.join(" ")));
    }
    lines.join("\n")
}
