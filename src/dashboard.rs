//! The dashboard on a book: performs what the screens ask for, and tells them what came of it.
//!
//! Reading for the next picture is done here, at once: it takes a fraction of a millisecond. Everything that may take longer has a
//! thread of its own: writing (`clerk`), and reading everybody and turning the book to a new day (`Dashboard::read_everybody`).

mod clerk;
pub mod mapping;
mod scout;
mod still;
mod watch;

pub use scout::Weekly;
pub use still::still;

use crate::domain::draft::Draft;
use crate::domain::id::Minter;
use crate::domain::moment::{Moment, day_number};
use crate::domain::people::Sort;
use crate::store::{News, Store};
use crate::tui::app::{App, Setup};
use crate::tui::effect::{Effect, Msg, Reply};
use crate::tui::memory::Memory;
use crate::tui::run::{self, Exit, Frame, Host, Start};
use crate::tui::terminal::Report;
use crate::tui::wake::{Inbox, Post};
use chrono::{NaiveDate, TimeDelta};
use clerk::{Clerk, Work};
use scout::Scout;
use std::io;
use std::ops::ControlFlow;
use std::time::Duration;
use watch::Watch;

/// People read for the first picture: as many as a tall window shows. Each of them lies in another place of the file.
const OPENING: usize = 80;
/// The file system tells of a write a moment before the change can be read (after the disk has confirmed it): the book is looked at
/// again so many milliseconds later.
const LOOKS_AGAIN: [i64; 2] = [150, 700];
/// Meetings of calendars that are answered in one go.
const DECK: usize = 500;
/// Steps shown of the journal.
const STEPS: usize = 200;

/// What the dashboard needs besides the book.
pub struct Window {
    /// How it looks and reads.
    pub setup: Setup,
    /// Reads the wall clock.
    pub clock: fn() -> Moment,
    /// Writes the report of a panic and says where.
    pub report: Report,
    /// Writes the weekly report for reading.
    pub weekly: Weekly,
    /// Whether a backup is made once a day; not for a book that is thrown away.
    pub backups: bool,
    /// Whether the settings say how chances are calibrated: then what the book's own past says changes none.
    pub pinned: bool,
}

/// Shows the book until the rep leaves, a signal comes or the terminal goes.
///
/// An error is one of the terminal at the start.
pub fn open(book: Store, desk: Window) -> io::Result<Exit> {
    let inbox = Inbox::new();
    let clock = desk.clock;
    let (mut dashboard, effects, report) = start(book, desk, &inbox);
    let start = Start {
        inbox,
        clock,
        report,
        effects,
    };
    run::run(&mut dashboard, start)
}

/// The dashboard before its first picture, what it wants to know first, and where a panic is reported.
fn start(book: Store, desk: Window, inbox: &Inbox) -> (Dashboard, Vec<Effect>, Report) {
    let post = inbox.post();
    let app = App::new(desk.setup);
    let effects = app.start();
    let (params, country) = (book.params.clone(), book.country.clone());
    let prepare = move |store: &mut Store| (store.params, store.country) = (params, country);
    let (path, same) = (book.path().to_owned(), prepare.clone());
    let dashboard = Dashboard {
        scout: Scout::new(
            path,
            move |store| same.clone()(store),
            desk.weekly,
            post.clone(),
        ),
        app,
        memory: Memory::default(),
        clerk: Clerk::start(book.path().to_owned(), prepare, post.clone()),
        watch: None,
        minter: Minter::default(),
        backups: desk.backups,
        pinned: desk.pinned,
        backed_up: None,
        looks: Vec::new(),
        post,
        book,
    };
    (dashboard, effects, desk.report)
}

struct Dashboard {
    app: App,
    memory: Memory,
    /// For reading only.
    book: Store,
    clerk: Clerk,
    scout: Scout,
    /// Begun once the first picture is there.
    watch: Option<Watch>,
    minter: Minter,
    backups: bool,
    /// Chances stay calibrated as they were at the start.
    pinned: bool,
    /// The day the last backup was made or tried.
    backed_up: Option<NaiveDate>,
    /// When the book is looked at again, soonest first; nothing unless somebody wrote.
    looks: Vec<Moment>,
    post: Post,
}

impl Host for Dashboard {
    fn update(&mut self, now: Moment, msg: Msg) -> Vec<Effect> {
        let msg = match msg {
            Msg::Written => {
                self.looks = LOOKS_AGAIN
                    .map(|after| now + TimeDelta::milliseconds(after))
                    .to_vec();
                match self.news() {
                    Some(news) => news,
                    None => return Vec::new(),
                }
            }
            Msg::Tick if self.looks.first().is_some_and(|at| *at <= now) => {
                self.looks.retain(|at| *at > now);
                self.news().unwrap_or(Msg::Tick)
            }
            other => other,
        };
        if let Msg::Reply(Reply::Calibrated(number)) = msg {
            if self.pinned {
                return Vec::new();
            }
            // The clerk need not know: it tells no chances.
            self.book.params.calibration = number;
            self.scout.calibrate(number);
        }
        if matches!(msg, Msg::Reply(Reply::Roster(_))) {
            // Everything that the screen waits for is there.
            self.clerk.hand(now, Work::Ready);
        }
        self.app.update(now, msg, &self.memory)
    }

    fn perform(&mut self, now: Moment, effect: Effect) -> Vec<Msg> {
        let read = match effect {
            Effect::Apply { ticket, command } => {
                self.clerk.hand(
                    now,
                    Work::Apply {
                        ticket,
                        command: Box::new(command),
                    },
                );
                return Vec::new();
            }
            Effect::Undo => {
                self.clerk.hand(now, Work::Undo);
                return Vec::new();
            }
            Effect::TakeBack(card) => {
                self.clerk.hand(now, Work::TakeBack(card));
                return Vec::new();
            }
            Effect::Redo => {
                self.clerk.hand(now, Work::Redo);
                return Vec::new();
            }
            Effect::SaveDraft(revision, draft) => return vec![self.keep(now, revision, *draft)],
            Effect::DropDraft(id) => {
                self.clerk.hand(now, Work::DropDraft(id));
                return Vec::new();
            }
            Effect::Ask(question) => {
                self.scout.ask(question, now);
                return Vec::new();
            }
            Effect::LoadRoster => {
                self.read_everybody(now);
                return Vec::new();
            }
            other => self.read(now, &other),
        };
        match read {
            Ok(replies) => replies.into_iter().map(Msg::Reply).collect(),
            Err(error) => vec![Msg::Reply(Reply::Refused {
                ticket: None,
                why: error.to_string(),
            })],
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        self.app.draw(frame, &mut self.memory);
    }

    fn next_tick(&self, now: Moment) -> Option<Duration> {
        let looks = self.looks.first().map(|at| *at - now);
        let looks = looks.map(|wait| wait.to_std().unwrap_or_default());
        self.app.next_tick(now).into_iter().chain(looks).min()
    }

    fn draft_revision(&self) -> Option<u64> {
        self.app.draft_revision()
    }

    fn save_draft(&mut self, now: Moment) -> Vec<Msg> {
        let Some((revision, draft)) = self.app.draft() else {
            return Vec::new();
        };
        vec![self.keep(now, revision, draft)]
    }

    fn settle(&mut self, now: Moment) {
        self.clerk.settle(now);
    }
}

impl Dashboard {
    /// Reads what can be read within one picture.
    fn read(&mut self, now: Moment, effect: &Effect) -> crate::store::Result<Vec<Reply>> {
        Ok(match effect {
            Effect::LoadPerson(id) => {
                vec![Reply::Person(*id, self.book.person(*id)?.map(Box::new))]
            }
            Effect::LoadBrief(id) => {
                let told = match (self.book.person(*id)?, self.book.brief(*id, &now)?) {
                    (Some(person), Some(brief)) => Some(Box::new((person, brief))),
                    _ => None,
                };
                vec![Reply::Brief(*id, told)]
            }
            Effect::LoadCaught(touch) => {
                vec![Reply::Caught(*touch, self.book.caught(*touch)?)]
            }
            Effect::LoadHistory(id, entries) => {
                vec![Reply::History(*id, self.book.history(*id, *entries)?)]
            }
            Effect::LoadRows(ids) => {
                let rows: crate::store::Result<Vec<_>> = ids
                    .iter()
                    .map(|id| Ok((*id, self.book.summary(*id)?)))
                    .collect();
                vec![Reply::Rows(rows?)]
            }
            Effect::LoadOpening(Sort::Coldest, _) => {
                vec![Reply::Opening(self.book.opening(OPENING)?)]
            }
            Effect::LoadDrafts => vec![Reply::Drafts(self.book.drafts()?)],
            Effect::LoadMeetings => {
                vec![Reply::Meetings(self.book.suggestions(&now, DECK)?)]
            }
            Effect::LoadSteps => {
                let steps = self.book.steps(STEPS)?;
                let today = now.date_naive();
                let told = steps.into_iter().map(|step| {
                    let zone = now.timezone();
                    let at = chrono::DateTime::from_timestamp_millis(step.at)
                        .unwrap_or_default()
                        .with_timezone(&zone);
                    let day = crate::domain::when::say(at.date_naive(), today);
                    (
                        step.label,
                        format!("{day} {}", at.format("%H:%M")),
                        step.undone,
                    )
                });
                vec![Reply::Steps(told.collect())]
            }
            _ => Vec::new(),
        })
    }

    /// Hands a draft to the clerk under an id that it keeps.
    fn keep(&mut self, now: Moment, revision: u64, mut draft: Draft) -> Msg {
        let id = draft
            .id
            .unwrap_or_else(|| self.minter.mint(now.timestamp_millis()));
        draft.id = Some(id);
        self.clerk.hand(now, Work::SaveDraft(draft));
        Msg::Reply(Reply::Drafted(revision, id))
    }

    /// What another program changed; none when it was ourselves.
    fn news(&mut self) -> Option<Msg> {
        if let Some(watch) = &self.watch {
            watch.looked();
        }
        match self.book.news() {
            Ok(News::Nothing) => None,
            Ok(News::People(people)) if people.is_empty() => {
                // Nobody's rows: the model may have been judged.
                let kept = self.book.calibration().ok().flatten();
                let used = self.book.params.calibration;
                let other = kept.filter(|kept| kept.to_bits() != used.to_bits());
                other.map(|number| Msg::Reply(Reply::Calibrated(number)))
            }
            Ok(News::People(people)) => Some(Msg::Elsewhere(Some(people))),
            Ok(News::Everything) => Some(Msg::Elsewhere(None)),
            Err(error) => Some(Msg::Reply(Reply::Refused {
                ticket: None,
                why: error.to_string(),
            })),
        }
    }

    /// Reads everybody behind the first picture, turns the book to today, makes the day's backup, and once a week judges the model
    /// anew.
    fn read_everybody(&mut self, now: Moment) {
        let path = self.book.path().to_owned();
        if self.watch.is_none() {
            self.watch = Some(Watch::start(&path, self.post.clone()));
        }
        let (params, post) = (self.book.params.clone(), self.post.clone());
        // Once a day is enough, also when many changes elsewhere have everybody read again.
        let today = Some(now.date_naive());
        let backups = self.backups && self.backed_up != today;
        self.backed_up = today;
        std::thread::spawn(move || {
            let outcome = (|| {
                let mut book = Store::open(&path)?;
                book.params = params;
                book.turn_to(day_number(now.date_naive()))?;
                post.msg(Msg::Reply(Reply::Count(book.count()?)));
                post.msg(Msg::Reply(Reply::Roster(book.roster()?)));
                if backups
                    && book.writable()
                    && let Err(error) = book.daily_backup(&now)
                {
                    let said = format!("Today's backup was not made: {error}");
                    post.msg(Msg::Reply(Reply::Said(said)));
                }
                match judge(&mut book, now) {
                    Ok(Some(number)) => post.msg(Msg::Reply(Reply::Calibrated(number))),
                    Ok(None) => {}
                    Err(error) => {
                        let said = format!("The model was not judged: {error}");
                        post.msg(Msg::Reply(Reply::Said(said)));
                    }
                }
                Ok::<(), crate::store::Error>(())
            })();
            if let Err(error) = outcome {
                post.msg(Msg::Reply(Reply::Refused {
                    ticket: None,
                    why: error.to_string(),
                }));
            }
        });
    }
}

/// Fits the book's calibration where the kept one is old, and says which number is kept now. Nobody waits for this.
fn judge(book: &mut Store, now: Moment) -> crate::store::Result<Option<f64>> {
    let today = day_number(now.date_naive());
    if book.writable() && book.calibration_is_old(today)? {
        book.judgement(today, &mut |_, _| ControlFlow::Continue(()))?;
    }
    book.calibration()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::contact::Card;
    use crate::domain::touch::{Direction, Touch, TouchKind};
    use crate::tui::inquiry::Question;
    use crate::tui::key::Key;
    use crate::tui::picture::Sheet;
    use crate::tui::wake::Wake;
    use std::path::Path;

    /// A book with thirty people in it who were met three times, long ago, and never since; and the kept number it leads to.
    fn silent(path: &Path, now: Moment) -> f64 {
        let mut book = Store::open(path).unwrap();
        for n in 0..30 {
            let card = Card::named(&format!("Wilma {n}"));
            let added = book.apply(&Command::AddContact(Box::new(card)), &now);
            let people: Vec<_> = added.unwrap().created.into_iter().collect();
            for ago in [230, 215, 200] {
                let touch = Touch {
                    at: now - TimeDelta::days(ago),
                    kind: TouchKind::Meeting,
                    direction: Direction::Mutual,
                    minutes: None,
                    body: String::new(),
                    people: people.clone(),
                };
                book.apply(&Command::LogTouch(Box::new(touch)), &now)
                    .unwrap();
            }
        }
        let today = day_number(now.date_naive());
        let within = crate::domain::judgement::WITHIN;
        let onward = &mut |_, _| ControlFlow::Continue(());
        let judged = book.judgement_within(today, within, onward).unwrap();
        judged.unwrap().calibration
    }

    fn noon() -> Moment {
        "2026-11-22T12:00:00+00:00".parse().unwrap()
    }

    fn window(pinned: bool) -> Window {
        let setup = Setup {
            now: noon(),
            zone: crate::domain::moment::Zone::utc(),
            order: crate::domain::when::DateOrder::default(),
            params: crate::domain::strength::Params::default(),
            theme: crate::tui::theme::Theme::plain(),
            plain: false,
            currency: "USD".to_owned(),
            rep: crate::tui::inquiry::Rep::default(),
            mark: "",
        };
        Window {
            setup,
            clock: noon,
            report: Box::new(|_| None),
            weekly: std::sync::Arc::new(|_, _| String::new()),
            backups: false,
            pinned,
        }
    }

    /// Hands over a message and all that it leads to, and whatever comes until `until` is there.
    fn play(dashboard: &mut Dashboard, inbox: &Inbox, msg: Msg, until: fn(&Msg) -> bool) {
        let mut next = Some(msg);
        while let Some(msg) = next.take() {
            let last = until(&msg);
            let mut waiting = vec![msg];
            while let Some(msg) = waiting.pop() {
                for effect in dashboard.update(noon(), msg) {
                    waiting.extend(dashboard.perform(noon(), effect));
                }
            }
            while !last && next.is_none() {
                match inbox.wait(None) {
                    Some(Wake::Posted(msg)) => next = Some(msg),
                    Some(_) => {}
                    None => panic!("nothing came"),
                }
            }
        }
    }

    fn calibrated(msg: &Msg) -> bool {
        matches!(msg, Msg::Reply(Reply::Calibrated(_)))
    }

    /// The chance that the explanation of whoever is selected shows, in percent.
    fn chance(dashboard: &mut Dashboard, inbox: &Inbox) -> String {
        play(dashboard, inbox, Msg::Keys(vec![Key::char('x')]), |_| true);
        let mut sheet = Sheet::new(120, 40);
        sheet.draw(|frame| dashboard.draw(frame));
        play(dashboard, inbox, Msg::Keys(vec![Key::char('x')]), |_| true);
        let screen = sheet.screen();
        let mut text = String::new();
        for cell in &screen.content {
            text.push_str(cell.symbol());
        }
        let (before, _) = text.split_once(" % chance").expect(&text);
        before.rsplit(['│', ' ']).next().unwrap().to_owned()
    }

    /// What `chitbook show` says.
    fn kept_chance(path: &Path, calibration: f64) -> String {
        let mut book = Store::open(path).unwrap();
        book.params.calibration = calibration;
        let rows = book.roster().unwrap();
        let reading = rows[0].read(&book.params, day_number(noon().date_naive()));
        format!("{:.0}", 100.0 * reading.chance(&book.params, 30).unwrap())
    }

    #[test]
    fn a_number_fitted_behind_the_open_dashboard_is_used_at_once_unless_the_settings_pin_it() {
        for pinned in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("book.chitbook");
            let fitted = silent(&path, noon());
            let (before, after) = (kept_chance(&path, 1.0), kept_chance(&path, fitted));
            assert_ne!(before, after, "the number would not be seen");
            let inbox = Inbox::new();
            let book = Store::open(&path).unwrap();
            let (mut dashboard, effects, _) = start(book, window(pinned), &inbox);
            for effect in effects {
                for msg in dashboard.perform(noon(), effect) {
                    play(&mut dashboard, &inbox, msg, |_| true);
                }
            }
            let size = Msg::Resize(120, 40);
            play(&mut dashboard, &inbox, size, calibrated);
            assert_eq!(dashboard.book.calibration().unwrap(), Some(fitted));
            let wanted = if pinned { &before } else { &after };
            assert_eq!(&chance(&mut dashboard, &inbox), wanted, "{pinned}");
            let is = dashboard.book.params.calibration;
            assert_eq!(is.to_bits() == fitted.to_bits(), !pinned);
        }
    }

    #[test]
    fn a_judgement_asked_for_here_or_elsewhere_calibrates_the_open_dashboard() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.chitbook");
        let fitted = silent(&path, noon());
        let today = day_number(noon().date_naive());
        let inbox = Inbox::new();
        let book = Store::open(&path).unwrap();
        let (mut dashboard, _, _) = start(book, window(false), &inbox);
        let ask = Effect::Ask(Question::Judgement { day: today });
        assert!(dashboard.perform(noon(), ask).is_empty());
        play(&mut dashboard, &inbox, Msg::Tick, calibrated);
        let is = |dashboard: &Dashboard| dashboard.book.params.calibration.to_bits();
        assert_eq!(is(&dashboard), fitted.to_bits());
        // Another program judges as of a later day.
        let mut other = Store::open(&path).unwrap();
        let onward = &mut |_, _| ControlFlow::Continue(());
        let judged = other.judgement(today + 90, onward).unwrap().unwrap();
        assert_ne!(judged.calibration.to_bits(), fitted.to_bits());
        dashboard.update(noon(), Msg::Written);
        assert_eq!(is(&dashboard), judged.calibration.to_bits());
    }

    #[test]
    fn the_book_is_judged_unasked_when_the_kept_number_is_a_week_old() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        let on = |day: u32| -> Moment {
            let text = format!("2026-11-{day:02}T14:07:00+01:00");
            text.parse().unwrap()
        };
        let old = |book: &Store, day: u32| {
            let day = day_number(on(day).date_naive());
            book.calibration_is_old(day).unwrap()
        };
        assert!(old(&book, 1));
        judge(&mut book, on(1)).unwrap();
        assert!(!old(&book, 7) && old(&book, 8));
        judge(&mut book, on(7)).unwrap();
        assert!(old(&book, 8), "the number of the first day is still kept");
        judge(&mut book, on(8)).unwrap();
        assert!(!old(&book, 14));
    }
}
