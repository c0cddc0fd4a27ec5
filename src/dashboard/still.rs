//! The dashboard without a terminal: keys played on a book, and the one picture they lead to.

use super::{Dashboard, Window, start};
use crate::domain::moment::Moment;
use crate::store::Store;
use crate::tui::effect::{Effect, Msg, Reply};
use crate::tui::key::Key;
use crate::tui::picture::{Buffer, Sheet};
use crate::tui::run::Host;
use crate::tui::wake::{Inbox, Wake};
use std::collections::VecDeque;

/// What a window of so many columns and rows shows after these keys. Changes the keys ask for are handed over, not waited for.
pub fn still(book: Store, desk: Window, size: (u16, u16), keys: &[Key]) -> Buffer {
    let inbox = Inbox::new();
    let now = (desk.clock)();
    let (mut dashboard, effects, _) = start(book, desk, &inbox);
    tell(&mut dashboard, now, Msg::Resize(size.0, size.1));
    perform(&mut dashboard, now, effects);
    let mut sheet = Sheet::new(size.0, size.1);
    sheet.draw(|frame| dashboard.draw(frame));
    while let Some(wake) = inbox.wait(None) {
        let Wake::Posted(msg) = wake else { continue };
        let everybody = matches!(msg, Msg::Reply(Reply::Roster(_) | Reply::Refused { .. }));
        tell(&mut dashboard, now, msg);
        if everybody {
            break;
        }
    }
    for key in keys {
        sheet.draw(|frame| dashboard.draw(frame));
        tell(&mut dashboard, now, Msg::Key(*key));
    }
    sheet.draw(|frame| dashboard.draw(frame));
    sheet.screen()
}

fn tell(dashboard: &mut Dashboard, now: Moment, msg: Msg) {
    let effects = dashboard.update(now, msg);
    perform(dashboard, now, effects);
}

fn perform(dashboard: &mut Dashboard, now: Moment, effects: Vec<Effect>) {
    let mut waiting: VecDeque<Effect> = effects.into();
    while let Some(effect) = waiting.pop_front() {
        for msg in dashboard.perform(now, effect) {
            waiting.extend(dashboard.update(now, msg));
        }
    }
}
