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

/// What a window of so many columns and rows shows after these keys. Changes the keys ask for are handed over, not waited for;
/// short questions about the whole book are answered before the next key.
pub fn still(book: Store, desk: Window, size: (u16, u16), keys: &[Key]) -> Buffer {
    let inbox = Inbox::new();
    let now = (desk.clock)();
    // A number fitted behind the picture might come before it is drawn, or might not.
    let desk = Window {
        pinned: true,
        ..desk
    };
    let (mut dashboard, effects, _) = start(book, desk, &inbox);
    let mut open = tell(&mut dashboard, now, Msg::Resize(size.0, size.1));
    open += perform(&mut dashboard, now, effects);
    let mut sheet = Sheet::new(size.0, size.1);
    sheet.draw(|frame| dashboard.draw(frame));
    let mut everybody = false;
    while !everybody || open > 0 {
        let Some(wake) = inbox.wait(None) else { break };
        let Wake::Posted(msg) = wake else { continue };
        everybody |= matches!(msg, Msg::Reply(Reply::Roster(_) | Reply::Refused { .. }));
        open = open.saturating_sub(usize::from(answers(&msg)));
        open += tell(&mut dashboard, now, msg);
    }
    for key in keys {
        sheet.draw(|frame| dashboard.draw(frame));
        open += tell(&mut dashboard, now, Msg::Keys(vec![*key]));
        while open > 0 {
            let Some(wake) = inbox.wait(None) else { break };
            let Wake::Posted(msg) = wake else { continue };
            open = open.saturating_sub(usize::from(answers(&msg)));
            open += tell(&mut dashboard, now, msg);
        }
    }
    sheet.draw(|frame| dashboard.draw(frame));
    sheet.screen()
}

/// Whether a message answers a short question, or says that it has no answer.
fn answers(msg: &Msg) -> bool {
    match msg {
        Msg::Reply(Reply::Answer(answer)) => answer.is_short(),
        Msg::Reply(Reply::Refused { .. }) => true,
        _ => false,
    }
}

/// Hands over a message; gives back how many short questions it led to.
fn tell(dashboard: &mut Dashboard, now: Moment, msg: Msg) -> usize {
    let effects = dashboard.update(now, msg);
    perform(dashboard, now, effects)
}

fn perform(dashboard: &mut Dashboard, now: Moment, effects: Vec<Effect>) -> usize {
    let mut waiting: VecDeque<Effect> = effects.into();
    let mut asked = 0;
    while let Some(effect) = waiting.pop_front() {
        let short = matches!(&effect, Effect::Ask(question) if question.is_short());
        asked += usize::from(short);
        for msg in dashboard.perform(now, effect) {
            waiting.extend(dashboard.update(now, msg));
        }
    }
    asked
}
