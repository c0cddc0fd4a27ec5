//! The list of people: a sign for how each relationship stands, the name, the account, the strength.

use crate::domain::id::Id;
use crate::domain::people::Summary;
use crate::domain::strength::{Reading, State};
use crate::domain::text::{grouped, pad, width};
use crate::tui::key::{Code, Key};
use crate::tui::keymap::{Action, Keys, bind};
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::screen::people::Pane;
use crate::tui::sparks::Sparks;
use crate::tui::widget::{editor::Editor, meter, row, spark};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The keys while the list has the focus.
pub const KEYS: Keys = Keys {
    place: "The list of people",
    typed: false,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Open,
            "Read their history",
            "read",
            0,
        ),
        bind(
            &[Key::char('s')],
            Action::Sort,
            "Sort by coldest, strongest, name, last touch, most overdue",
            "sort",
            40,
        ),
        bind(
            &[Key::char('S')],
            Action::Reverse,
            "Turn the order round",
            "turn",
            0,
        ),
        bind(
            &[Key::char('.')],
            Action::Ghosts,
            "Show or hide people known only from an import",
            "ghosts",
            0,
        ),
        bind(
            &[Key::char('A')],
            Action::Archived,
            "Show or hide archived people",
            "archived",
            0,
        ),
    ],
};

/// The keys while the list is being narrowed.
pub const FILTER_KEYS: Keys = Keys {
    place: "Filtering the list",
    typed: true,
    rows: &[
        bind(
            &[Key::plain(Code::Enter)],
            Action::Choose,
            "Keep the filter",
            "keep",
            1,
        ),
        bind(
            &[Key::plain(Code::Esc)],
            Action::Close,
            "Clear the filter",
            "clear",
            2,
        ),
        bind(&[Key::plain(Code::Down)], Action::Down, "Down", "down", 3),
        bind(&[Key::plain(Code::Up)], Action::Up, "Up", "up", 4),
    ],
};

/// Columns from which on the strength is drawn as a bar too.
const WIDE: usize = 46;
/// Columns of that bar.
const BAR: usize = 5;
/// Columns that stay for everything else where the last year is drawn instead of the bar: a name of twenty letters, an account.
const BESIDE: usize = 44;
/// The least and the most columns of the last year, a blank beside it not counted.
const SPARK: std::ops::RangeInclusive<usize> = 12..=26;

/// What the list's place is remembered by.
pub const NAME: &str = "people";
/// The sign of somebody archived, in the place of a state's.
pub const ARCHIVED: &str = "▪";

/// Columns of the sparkline of the last year in a list that is so wide inside of its frame; none where there is no room.
pub fn spark_columns(columns: usize) -> usize {
    let spare = columns.saturating_sub(BESIDE);
    if spare < *SPARK.start() {
        0
    } else {
        spare.min(*SPARK.end())
    }
}

/// What the list shows besides the people.
#[derive(Debug)]
pub struct List<'a> {
    /// Who is selected.
    pub selected: Option<Id>,
    /// Whether the keys go to the list.
    pub focused: bool,
    /// The filter while it is being typed.
    pub filtering: Option<&'a Editor>,
    /// How many people the book has, while not everybody is here yet.
    pub count: Option<usize>,
    /// The last year of those for whom it is known.
    pub sparks: &'a Sparks,
    /// Only characters that every terminal has are used for charts.
    pub plain: bool,
}

/// What stands in the frame: `People ─ 214 ─ coldest first`, without the first word where there is no room.
pub fn title(list: &List<'_>, columns: u16, cx: &Cx<'_>) -> String {
    let long = title_of(list, false, cx);
    if width(&long) + 6 <= usize::from(columns) {
        long
    } else {
        title_of(list, true, cx)
    }
}

fn title_of(list: &List<'_>, short: bool, cx: &Cx<'_>) -> String {
    let view = cx.roster.view();
    let shown = cx.roster.len();
    let count = match list.count {
        Some(count) if !cx.roster.complete() => grouped(count),
        _ if view.filter.is_empty() => grouped(shown),
        _ => format!("{} of {}", grouped(shown), grouped(cx.roster.listed())),
    };
    let people = if short { "" } else { "People ─ " };
    let mut title = format!("{people}{count} ─ {}", view.sort.words());
    if view.reverse {
        title.push_str(", turned");
    }
    for (on, word) in [
        (view.ghosts, " ─ with ghosts"),
        (view.archived, " ─ with archived"),
    ] {
        if on {
            title.push_str(word);
        }
    }
    title
}

/// Names the column of the last year on the line over the list, right of the title, where both have room.
pub fn draw_heading(frame: &mut Frame<'_>, area: Rect, title: &str, cx: &Cx<'_>) {
    let columns = usize::from(area.width.saturating_sub(2));
    let spark = spark_columns(columns);
    let left = columns.saturating_sub(spark + 4);
    if spark > 0 && left >= width(title) + 4 {
        let line = row::row(area, 0);
        let over = Rect {
            x: line.x + left as u16,
            width: line.width - left as u16,
            ..line
        };
        row::pieces(frame.buffer_mut(), over, &[(" last year ", cx.theme.dim)]);
    }
}

/// Draws the list into the inside of its frame.
pub fn draw(frame: &mut Frame<'_>, area: Rect, list: &List<'_>, cx: &Cx<'_>, memory: &mut Memory) {
    let mut rows = area;
    let filter = &cx.roster.view().filter;
    if list.filtering.is_some() || !filter.is_empty() {
        let line = row::row(area, 0);
        let used = row::pieces(frame.buffer_mut(), line, &[(" / ", cx.theme.accent)]);
        let rest = Rect {
            x: line.x + used,
            width: line.width - used,
            ..line
        };
        match list.filtering {
            Some(editor) => {
                editor.draw(frame, rest, true);
            }
            None => {
                row::pieces(frame.buffer_mut(), rest, &[(filter, cx.theme.accent)]);
            }
        }
        rows.y += area.height.min(1);
        rows.height = area.height.saturating_sub(1);
    }
    let at = list.selected.and_then(|id| cx.roster.position(id));
    let height = usize::from(rows.height);
    let first = memory.scroll(NAME, at.unwrap_or(0), cx.roster.len(), height);
    memory.note(rows, Spot::Pane(Pane::List, first));
    if list.focused {
        memory.page = height;
    }
    for place in 0..height {
        let Some(person) = cx.roster.row(first + place) else {
            break;
        };
        let area = row::row(rows, place);
        let selected = at == Some(first + place);
        draw_row(frame, area, person, selected, list, cx);
    }
    if cx.roster.is_empty() {
        draw_nobody(frame, rows, cx);
    }
}

fn draw_row(
    frame: &mut Frame<'_>,
    area: Rect,
    person: &Summary,
    selected: bool,
    list: &List<'_>,
    cx: &Cx<'_>,
) {
    let focused = list.focused;
    let reading = person.read(cx.params, cx.day());
    let columns = usize::from(area.width);
    // How strong somebody archived stood then is said on their page.
    let strength = match reading.state {
        State::New => "  – ".to_owned(),
        _ if person.archived => "    ".to_owned(),
        _ => format!("{:3.0} ", reading.strength),
    };
    let (name, account) = texts(columns.saturating_sub(4 + 5 + graph_columns(columns)));
    let line = match (selected, focused) {
        (true, true) => cx.theme.selected,
        (true, false) => cx.theme.marked,
        _ if person.ghost || person.archived => cx.theme.dim,
        _ => cx.theme.text,
    };
    let (sign, own) = if person.archived {
        (ARCHIVED, cx.theme.dim)
    } else {
        (reading.state.sign(), cx.theme.state(reading.state))
    };
    let (mark, mark_style, state, beside) = match (selected, focused) {
        (true, true) => ("▌", line, line, line),
        (true, false) => ("▌", cx.theme.accent, own, line),
        _ => (" ", line, own, cx.theme.dim),
    };
    let name = pad(&person.name, name);
    let account = pad(&person.account, account);
    let gap = if account.is_empty() { "" } else { " " };
    let mut pieces = vec![
        (mark, mark_style),
        (sign, state),
        (" ", line),
        (&name, line),
        (gap, line),
        (&account, beside),
        (" ", line),
    ];
    let hand = (selected && focused).then_some(line);
    let graph = graph(person, &reading, columns, list, cx);
    let graph = graph.iter();
    pieces.extend(graph.map(|(text, style)| (text.as_str(), hand.unwrap_or(*style))));
    pieces.push((&strength, state));
    row::pieces(frame.buffer_mut(), area, &pieces);
    if selected && focused {
        row::right(frame.buffer_mut(), area, " ", line);
    }
}

/// Columns of the bar or of the last year.
fn graph_columns(columns: usize) -> usize {
    match spark_columns(columns) {
        0 if columns < WIDE => 0,
        0 => BAR,
        spark => spark,
    }
}

/// The last year where there is room for it, else the strength as a bar.
fn graph(
    person: &Summary,
    reading: &Reading,
    columns: usize,
    list: &List<'_>,
    cx: &Cx<'_>,
) -> Vec<(String, Style)> {
    let room = graph_columns(columns);
    if spark_columns(columns) > 0 {
        let known = list.sparks.of(person.id).unwrap_or_default();
        let warm = if person.ghost || person.archived {
            cx.theme.dim
        } else {
            cx.theme.accent
        };
        let year = spark::stretches(known, room, cx.params.cold_line, list.plain).into_iter();
        return year
            .map(|(text, cold)| (text, if cold { cx.theme.bad } else { warm }))
            .collect();
    }
    let bar = match reading.state {
        _ if person.archived => " ".repeat(room),
        State::New => " ".repeat(room),
        _ => meter::bar(reading.strength, room, list.plain),
    };
    vec![(bar, cx.theme.state(reading.state))]
}

/// Columns for the name and for the account, which is left out where there is little room.
fn texts(columns: usize) -> (usize, usize) {
    if columns < 22 {
        return (columns, 0);
    }
    let account = columns * 2 / 5;
    (columns - account - 1, account)
}

fn draw_nobody(frame: &mut Frame<'_>, area: Rect, cx: &Cx<'_>) {
    let lines: &[&str] = if !cx.roster.complete() {
        &["Reading the book …"]
    } else if cx.roster.known() > 0 && cx.roster.view().filter.is_empty() {
        &[
            "Nobody is left here.",
            ". shows ghosts,",
            "A shows archived people.",
        ]
    } else if cx.roster.known() > 0 {
        &[
            "Nobody here fits.",
            "Esc clears the filter,",
            ". shows ghosts,",
            "A shows archived people.",
        ]
    } else {
        &[]
    };
    for (at, text) in lines.iter().enumerate() {
        row::pieces(
            frame.buffer_mut(),
            row::row(area, at + 1),
            &[("  ", cx.theme.dim), (text, cx.theme.dim)],
        );
    }
}
