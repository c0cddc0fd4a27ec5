//! The board as it looks: stages side by side with a card for each referral, or one below the other where there is less room.

use super::columns::STAGES as COUNT;
use super::draw::next_step;
use super::{ROWS, Referrals, STAGES};
use crate::domain::referral::{ReferralRow, Stage};
use crate::domain::strength::words::sentence;
use crate::domain::text::pad;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::widget::row;
use crate::tui::widget::table::{self, Cells, Column, Line, Table};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns from which on the stages stand side by side.
const WIDE: u16 = 98;
/// Rows of a card: the prospect, the referrer, what there is to do; with a blank below where there is room.
const HIGH: u16 = 3;
const ROOM: u16 = 20;
/// Columns of a stage that is folded, or has nobody.
const NARROW: u16 = 13;

/// The names under which it is remembered how far each stage was scrolled.
const NAMES: [&str; COUNT] = [
    "referrals asked",
    "referrals promised",
    "referrals introduced",
    "referrals met",
    "referrals won",
    "referrals lost",
];

const LISTED: [Column; 4] = [
    Column::new("prospect", 0, 0),
    Column::new("by", 0, 0),
    Column::new("since", 7, 2),
    Column::new("told, or what it is about", 28, 1),
];

impl Referrals {
    pub(super) fn draw_board(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let wide = area.width >= WIDE && self.columns.count() > 0;
        self.columns.wide.set(wide);
        let high = if area.height >= ROOM { HIGH + 1 } else { HIGH };
        self.columns.high.set(high);
        if wide {
            self.draw_stages(frame, area, cx, memory);
        } else {
            self.draw_listed(frame, area, cx, memory);
        }
    }

    fn heading(&self, stage: usize) -> String {
        let fold = if self.columns.folded[stage] {
            " …"
        } else {
            ""
        };
        let word = sentence(Stage::ALL[stage].word());
        format!("{word} {}{fold}", self.columns.places[stage].len())
    }

    fn draw_listed(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let empty = match self.columns.read {
            None => "",
            Some(_) => {
                "No referrals yet. + adds one; a line of a call's note that begins with > makes one too."
            }
        };
        let table = Table {
            name: "referrals",
            number: ROWS,
            columns: &LISTED,
            count: self.columns.rows(),
            at: self.columns.cursor_row(),
            focused: true,
            empty,
        };
        table::draw(
            frame,
            area,
            &table,
            cx,
            memory,
            &|at| match self.columns.at_row(at) {
                Some((stage, None)) => Line::Heading(self.heading(stage)),
                Some((stage, Some(card))) => match self.columns.card(stage, card) {
                    Some(row) => Line::Cells(listed(row, cx)),
                    None => Line::Cells(Cells::new()),
                },
                None => Line::Cells(Cells::new()),
            },
        );
    }

    /// How many columns each stage has: those that are folded or empty few, the others what is left.
    fn shares(&self, room: u16) -> [u16; COUNT] {
        let small =
            |stage: usize| self.columns.folded[stage] || self.columns.places[stage].is_empty();
        let few = (0..COUNT).filter(|stage| small(*stage)).count() as u16;
        let many = COUNT as u16 - few;
        let narrow = if many == 0 {
            room / COUNT as u16
        } else {
            NARROW
        };
        let left = room.saturating_sub(few * narrow);
        let (each, mut more) = match many {
            0 => (0, 0),
            many => (left / many, left % many),
        };
        std::array::from_fn(|stage| {
            if small(stage) {
                return narrow;
            }
            let extra = u16::from(more > 0);
            more -= extra;
            each + extra
        })
    }

    fn draw_stages(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let mut x = area.x;
        for (stage, share) in self.shares(area.width).into_iter().enumerate() {
            let part = Rect {
                x,
                width: share.min(area.right().saturating_sub(x)),
                ..area
            };
            x += part.width;
            let here = stage == self.columns.stage;
            let title = format!(" {}", self.heading(stage));
            let style = match (here, self.columns.folded[stage]) {
                (true, true) => cx.theme.selected,
                (true, false) => cx.theme.title,
                _ => cx.theme.dim,
            };
            row::pieces(frame.buffer_mut(), row::row(part, 0), &[(&title, style)]);
            let cards = Rect {
                y: part.y + part.height.min(1),
                height: part.height.saturating_sub(1),
                ..part
            };
            if self.columns.folded[stage] {
                memory.note(cards, Spot::List(STAGES + stage, 0));
            } else {
                self.draw_cards(frame, cards, stage, cx, memory);
            }
        }
    }

    fn draw_cards(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        stage: usize,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let count = self.columns.places[stage].len();
        let high = self.columns.high.get();
        let fit = usize::from(area.height / high);
        let at = self.columns.at[stage];
        let first = memory.scroll(NAMES[stage], at, count, fit);
        memory.note(area, Spot::List(STAGES + stage, first));
        for card in first..count.min(first + fit) {
            let Some(referral) = self.columns.card(stage, card) else {
                continue;
            };
            let y = area.y + (card - first) as u16 * high;
            let place = Rect {
                y,
                height: HIGH,
                ..area
            };
            let here = card == at && stage == self.columns.stage;
            draw_card(frame, place, referral, here, cx);
        }
        let below = count.saturating_sub(first + fit);
        if below > 0 && !area.height.is_multiple_of(high) {
            let last = row::row(area, usize::from(area.height) - 1);
            let text = format!(" {below} more");
            row::pieces(frame.buffer_mut(), last, &[(&text, cx.theme.dim)]);
        }
    }
}

fn draw_card(frame: &mut Frame<'_>, area: Rect, referral: &ReferralRow, here: bool, cx: &Cx<'_>) {
    let room = usize::from(area.width.saturating_sub(1));
    let over = |style: Style| if here { cx.theme.selected } else { style };
    let by = if referral.referral.given {
        format!("with {}", referral.referrer_name)
    } else {
        let more = if referral.credits.is_empty() {
            ""
        } else {
            " +"
        };
        format!("by {}{more}", referral.referrer_name)
    };
    let (last, style) = last_line(referral, cx);
    let lines = [
        (referral.prospect_name.as_str(), cx.theme.text),
        (by.as_str(), cx.theme.dim),
        (last.as_str(), style),
    ];
    for (at, (text, style)) in lines.into_iter().enumerate() {
        let text = pad(&format!(" {text}"), room);
        row::pieces(
            frame.buffer_mut(),
            row::row(area, at),
            &[(&text, over(style))],
        );
    }
}

/// What the last line of a card says: what is to be done, else since when it stands there.
fn last_line(referral: &ReferralRow, cx: &Cx<'_>) -> (String, Style) {
    let waits = referral.waiting(cx.today());
    match (next_step(referral, cx), waits) {
        (Some((_, style)), Some(waits)) => (format!("waits {} days", waits.days), style),
        (Some(said), None) => said,
        (None, _) => {
            let since = referral.stage().map(|last| short(last.on, cx.today()));
            let since = since.map_or(String::new(), |on| format!("since {on}"));
            (since, cx.theme.dim)
        }
    }
}

fn listed(referral: &ReferralRow, cx: &Cx<'_>) -> Cells {
    let by = if referral.referral.given {
        format!("with {}", referral.referrer_name)
    } else {
        let more = if referral.credits.is_empty() {
            ""
        } else {
            " +"
        };
        format!("{}{more}", referral.referrer_name)
    };
    let since = referral.stage().map(|last| short(last.on, cx.today()));
    let (told, style) =
        next_step(referral, cx).unwrap_or_else(|| (referral.referral.what.clone(), cx.theme.dim));
    let name = if referral.stands_at() == Stage::Lost {
        cx.theme.dim
    } else {
        cx.theme.text
    };
    vec![
        (referral.prospect_name.clone(), name),
        (by, cx.theme.dim),
        (since.unwrap_or_default(), cx.theme.dim),
        (told, style),
    ]
}
