//! A person's chits: who owes whom for what, and since when.

use super::header::short;
use crate::domain::chit::{ChitRow, ChitState, Halves};
use crate::domain::id::Id;
use crate::domain::people::Person;
use crate::domain::text::{first_line, pad, width};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::screen::people::Pane;
use crate::tui::widget::{plain, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys while the chits have the focus.
pub const KEYS: Keys = Keys {
    place: "A person's chits",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter), Key::char('r')],
            Action::Redeem,
            "Redeem a chit, or part of it",
            "redeem",
            1,
        ),
        bind(
            &[Key::char('F')],
            Action::Forgive,
            "Forgive a chit, or part of it",
            "forgive",
            2,
        ),
        bind(
            &[Key::char('e')],
            Action::EditChit,
            "Edit the chit",
            "edit",
            3,
        ),
        bind(
            &[Key::char('!')],
            Action::ClearChit,
            "Mark a chit pending (!) or certain (*)",
            "pending",
            4,
        ),
        bind(
            &[Key::char('d')],
            Action::DeleteChit,
            "Delete the chit",
            "delete",
            5,
        ),
    ],
};

/// What stands in the frame.
pub fn title(person: &Person) -> String {
    let open = person.chits.iter().filter(|row| row.open().0 > 0).count();
    match (open, person.chits.len()) {
        (0, 0) => "Chits".to_owned(),
        (open, all) if open == all => format!("Chits ─ {open}"),
        (open, _) => format!("Chits ─ {open} open"),
    }
}

/// Who owes whom, from the one person's side.
fn standing(row: &ChitRow, person: Id, cx: &Cx<'_>) -> (String, Style) {
    let (giver, receiver) = (row.chit.giver, row.chit.receiver);
    let open = row.open().0 > 0;
    let (text, style) = match (giver, receiver) {
        (Id::ME, _) => ("← owes you".to_owned(), cx.theme.good),
        (_, Id::ME) => ("→ you owe".to_owned(), cx.theme.warn),
        (giver, _) if giver == person => (format!("← {} owes", row.receiver_name), cx.theme.text),
        _ => (format!("→ owes {}", row.giver_name), cx.theme.text),
    };
    if open {
        return (text, style);
    }
    let how = if row.state() == ChitState::Forgiven {
        "forgiven"
    } else {
        "redeemed"
    };
    let arrow = if text.starts_with('←') {
        "←"
    } else {
        "→"
    };
    (format!("{arrow} {how}"), cx.theme.dim)
}

/// Draws the chits into their part of the frame.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    person: &Person,
    selected: Option<Id>,
    focused: bool,
    cx: &Cx<'_>,
    memory: &mut Memory,
) {
    let at = person
        .chits
        .iter()
        .position(|row| Some(row.id) == selected)
        .unwrap_or(0);
    let height = usize::from(area.height);
    let first = memory.scroll("chits", at, person.chits.len(), height);
    memory.note(area, Spot::Pane(Pane::Chits, first));
    if focused {
        memory.page = height;
    }
    for (place, chit) in person.chits.iter().enumerate().skip(first).take(height) {
        let marked = focused && place == at;
        draw_row(
            frame,
            row::row(area, place - first),
            chit,
            person.summary.id,
            marked,
            cx,
        );
    }
    if person.chits.is_empty() {
        let says = "No favours yet; f notes one.";
        row::pieces(
            frame.buffer_mut(),
            row::row(area, 0),
            &[(" ", cx.theme.dim), (says, cx.theme.dim)],
        );
    }
}

fn draw_row(
    frame: &mut Frame<'_>,
    area: Rect,
    chit: &ChitRow,
    person: Id,
    marked: bool,
    cx: &Cx<'_>,
) {
    let (who, style) = standing(chit, person, cx);
    let open = chit.open();
    let day = short(chit.chit.on, cx.today());
    let part = if chit.state() == ChitState::Part {
        format!("{open} of {}", chit.chit.worth)
    } else {
        chit.chit.worth.to_string()
    };
    let part = plain::halves(part, cx.plain);
    let sign = if chit.chit.pending { "!" } else { " " };
    let narrow = area.width < 40;
    let plain_one = chit.chit.worth == Halves::PLAIN && chit.state() != ChitState::Part;
    let part = if narrow && plain_one {
        String::new()
    } else {
        format!(" {part:>3}")
    };
    let end = format!("{part} {sign}{day:>6} ");
    let columns = usize::from(area.width).saturating_sub(1 + width(&end));
    let who_columns = (columns / 3).clamp(11.min(columns), 20);
    let who = pad(&who, who_columns);
    let what = pad(
        &format!(" {}", first_line(&chit.chit.what)),
        columns.saturating_sub(who_columns),
    );
    let tone = if open.0 > 0 {
        cx.theme.text
    } else {
        cx.theme.dim
    };
    let over = |style: Style| if marked { cx.theme.selected } else { style };
    row::pieces(
        frame.buffer_mut(),
        area,
        &[
            (if marked { "▌" } else { " " }, over(tone)),
            (&who, over(style)),
            (&what, over(tone)),
            (&end, over(cx.theme.dim)),
        ],
    );
}
