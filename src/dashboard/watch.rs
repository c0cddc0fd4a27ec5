//! Watching the book's folder, so that another program's change shows within a second and an unchanged book costs nothing.

use crate::tui::effect::Msg;
use crate::tui::wake::Post;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Events that come within this time are one change.
const TOGETHER: Duration = Duration::from_millis(30);

/// Watches for as long as it lives.
pub(super) struct Watch {
    _watcher: Option<RecommendedWatcher>,
    pending: Arc<AtomicBool>,
}

impl Watch {
    /// Begins to watch; where the system cannot, the book is only looked at when the window gets the focus.
    pub fn start(book: &Path, post: Post) -> Self {
        let pending = Arc::new(AtomicBool::new(false));
        let ours: Vec<OsString> = ["", "-wal", "-journal"]
            .iter()
            .filter_map(|suffix| {
                let mut name = book.file_name()?.to_owned();
                name.push(suffix);
                Some(name)
            })
            .collect();
        let flag = Arc::clone(&pending);
        let mut waited: Option<Instant> = None;
        let told = move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            let written = !matches!(event.kind, EventKind::Access(_));
            let about_us = event.paths.iter().any(|p| {
                p.file_name()
                    .is_some_and(|name| ours.iter().any(|own| own == name))
            });
            if !written || !about_us {
                return;
            }
            // A commit writes dozens of pages, each of them an event. While this thread waits the system folds them into one;
            // otherwise it would take the processor from the clerk at every page.
            if waited.is_none_or(|at| at.elapsed() > TOGETHER) {
                thread::sleep(TOGETHER);
                waited = Some(Instant::now());
            }
            // One message is enough until it was looked at.
            if !flag.swap(true, Ordering::AcqRel) {
                post.msg(Msg::Written);
            }
        };
        let folder = book
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let watcher = notify::recommended_watcher(told)
            .ok()
            .and_then(|mut watcher| {
                watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
                Some(watcher)
            });
        Watch {
            _watcher: watcher,
            pending,
        }
    }

    /// The message is being looked at: what is written from here on is news again.
    pub fn looked(&self) {
        self.pending.store(false, Ordering::Release);
    }
}
