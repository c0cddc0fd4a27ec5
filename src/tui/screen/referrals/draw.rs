//! How the views of referrals look: the frame, the line of views, the list, and what there is to know of the row under the cursor.

use super::wishes::credit;
use super::{Referrals, VIEWS, View};
use crate::domain::ask::{AskLine, Held};
use crate::domain::paths::{Hop, Path};
use crate::domain::referral::{ReferralRow, Told};
use crate::domain::text::fit;
use crate::domain::tree::yields::customers;
use crate::domain::tree::{Branch, YieldRow};
use crate::tui::memory::Memory;
use crate::tui::modal::Cx;
use crate::tui::pane::header::short;
use crate::tui::screen::board::{self, Views};
use crate::tui::screen::people::divider;
use crate::tui::widget::{plain, row, wrap};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From this many rows inside the frame on, more is told of the row under the cursor below the list.
const TOLD: u16 = 14;
/// Rows of what is told.
const STORY: u16 = 4;

/// A line of what is told.
type Said = (String, Style);

impl Referrals {
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let inner = board::framed(frame, area, &self.title(), cx);
        let head = row::row(inner, 0);
        match self
            .reach
            .typed
            .as_ref()
            .filter(|_| self.view == View::Paths)
        {
            Some(editor) => board::typing(frame, head, "whom: ", editor, None, cx),
            None => self.draw_views(frame, head, cx, memory),
        }
        let more = self.more(cx, usize::from(inner.width.saturating_sub(2)));
        let told = if inner.height >= TOLD {
            more.filter(|(_, said)| !said.is_empty())
        } else {
            None
        };
        let foot = if told.is_some() { STORY + 1 } else { 0 };
        let list = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1 + foot),
            ..inner
        };
        self.draw_list(frame, list, cx, memory);
        if let Some((title, said)) = told {
            let below = Rect {
                y: list.bottom() + 1,
                height: STORY,
                ..inner
            };
            let title = fit(&title, usize::from(area.width.saturating_sub(6)));
            let line = (cx.theme.accent, cx.theme.dim);
            divider(frame.buffer_mut(), area, below, &title, line.0, line.1);
            for (at, (text, style)) in said.iter().enumerate() {
                let pieces = [(" ", *style), (text.as_str(), *style)];
                row::pieces(frame.buffer_mut(), row::row(below, at), &pieces);
            }
        }
    }

    fn draw_views(&self, frame: &mut Frame<'_>, head: Rect, cx: &Cx<'_>, memory: &mut Memory) {
        let wanted = self.reach.wanted.as_ref();
        let wanted = wanted.filter(|_| self.view == View::Paths);
        let right = wanted.map_or(String::new(), |wanted| format!("to {}", wanted.name));
        let words = View::ALL.map(View::word);
        let views = Views {
            words: &words,
            at: self.view as usize,
            number: VIEWS,
            right: &right,
        };
        board::views(frame, head, &views, cx, memory);
    }

    fn title(&self) -> String {
        let count = |count: usize, what: &str| format!("{count} {what}");
        let told = match self.view {
            View::Board => self.columns.read.as_ref().map(|_| {
                let [.., won, lost] = &self.columns.places;
                let over = won.len() + lost.len();
                let open = self.columns.count() - over;
                format!("{open} under way · {over} over")
            }),
            View::Ask => self.queue.as_ref().map(|queue| {
                let ready = self.held_from().unwrap_or(queue.len());
                format!("{ready} to ask · {} held back", queue.len() - ready)
            }),
            View::Tree => self.tree.read.then(|| {
                let led = self.tree.lines.len() - self.tree.roots;
                format!("{} led to {}", self.tree.roots, count(led, "others"))
            }),
            View::Yield => self.tree.read.then(|| {
                let customers = count(self.grid.rows.len(), "customers");
                format!("{customers} · {} send one a year or more", self.senders)
            }),
            View::Origins => self
                .origins
                .as_ref()
                .map(|_| "how far people came, by how they came".to_owned()),
            View::Paths => match (&self.reach.wanted, &self.reach.paths) {
                (Some(_), Some(paths)) => Some(count(paths.len(), "ways")),
                (None, _) => Some("who could lead you to whom you want".to_owned()),
                _ => None,
            },
        };
        format!(
            "Referrals ─ {}",
            told.unwrap_or_else(|| "reading …".to_owned())
        )
    }

    /// What is told below the list of the row under the cursor.
    fn more(&self, cx: &Cx<'_>, columns: usize) -> Option<(String, Vec<Said>)> {
        let (title, said) = match self.view {
            View::Board => self.story(self.here()?, cx),
            View::Ask => reason(self.asks_here()?, cx),
            View::Tree => placed(self.tree.here()?, cx),
            View::Yield => sends(self.grid.rows.get(self.grid_at)?, cx),
            View::Paths if self.reach.typed.is_none() => way(self.reach.here()?, cx),
            _ => return None,
        };
        let broken = said.into_iter().flat_map(|(text, style)| {
            let rows = wrap::rows(&text, columns);
            rows.into_iter().map(move |row| (row, style))
        });
        Some((title, broken.collect()))
    }

    /// The story of a referral: whom the keys act on, the stages, and what is to be done.
    fn story(&self, row: &ReferralRow, cx: &Cx<'_>) -> (String, Vec<Said>) {
        let (first, second, other) = if self.turned {
            (&row.referrer_name, &row.prospect_name, "prospect")
        } else {
            (&row.prospect_name, &row.referrer_name, "referrer")
        };
        let people = self
            .sides()
            .map(|(one, other)| (one.person(), other.person()));
        let title = match people {
            Some((Some(_), _)) => format!("keys act on {first} ─ r: the {other}, {second}"),
            Some((None, Some(_))) => format!("keys act on {second}: {first} is an account"),
            _ => format!("{first} and {second} are accounts"),
        };
        let mut said = Vec::new();
        let (from, to) = (&row.referrer_name, &row.prospect_name);
        let at = match row.account_name.as_str() {
            "" => String::new(),
            account => format!(" ({account})"),
        };
        let pair = if row.referral.given {
            format!("you put {from} and {to}{at} in touch")
        } else if row.credits.is_empty() {
            format!("{from} leads you to {to}{at}")
        } else {
            format!("{} lead you to {to}{at}", credit(row))
        };
        let what = match row.referral.what.as_str() {
            "" => String::new(),
            what => format!(": {what}"),
        };
        said.push((format!("{pair}{what}"), cx.theme.text));
        let stages: Vec<String> = row
            .stages
            .iter()
            .map(|stage| {
                let note = match stage.note.as_str() {
                    "" => String::new(),
                    note => format!(" ({note})"),
                };
                let on = short(stage.on, cx.today());
                format!("{on} {}{note}", stage.stage.word())
            })
            .collect();
        said.push((stages.join(" · "), cx.theme.dim));
        if let Some((words, style)) = next_step(row, cx) {
            said.push((words, style));
        }
        (title, said)
    }
}

/// What is to be done about a referral, or that the referrer knows; nothing where there is nothing to say.
pub(super) fn next_step(row: &ReferralRow, cx: &Cx<'_>) -> Option<Said> {
    let told = row.told(cx.today());
    let words = told.words(cx.today());
    match told {
        Told::Late(_) => Some((words, cx.theme.bad)),
        Told::Due(_) => Some((words, cx.theme.warn)),
        Told::Told(_) => Some((format!("✓ {words}"), cx.theme.good)),
        Told::Nothing => row
            .waiting(cx.today())
            .map(|waiting| (waiting.words(), cx.theme.accent)),
    }
}

/// Why somebody is to be asked now, or not.
fn reason(line: &AskLine, cx: &Cx<'_>) -> (String, Vec<Said>) {
    let mut said = Vec::new();
    said.push(match &line.held {
        None => (line.why.clone(), cx.theme.good),
        Some(held) => (held.words(), held_style(held, cx)),
    });
    if let Some(result) = &line.who.result {
        let days = (cx.today() - result.on).num_days();
        let fresh = line.freshness.map_or("", |fresh| fresh.word());
        let words = format!(
            "“{}” ─ {}, {fresh}, {days} days ago",
            result.what,
            result.kind.phrase()
        );
        said.push((words, cx.theme.text));
    }
    if let Some(last) = &line.who.last {
        let answer = last
            .ask
            .answer
            .map_or("no answer yet", |answer| answer.phrase());
        let note = match last.ask.note.as_str() {
            "" => String::new(),
            note => format!(": {note}"),
        };
        let on = short(last.ask.on, cx.today());
        said.push((format!("asked {on}, {answer}{note}"), cx.theme.dim));
    }
    said.push((line.points.words(), cx.theme.dim));
    let at = match line.who.account.as_str() {
        "" => String::new(),
        account => format!(" · {account}"),
    };
    (format!("{}{at}", line.who.name), said)
}

/// How somebody came, and what came of them.
fn placed(line: &Branch, cx: &Cx<'_>) -> (String, Vec<Said>) {
    let mut said = Vec::new();
    let stage = line.stage.map_or("", |stage| stage.word());
    if let Some(on) = line.on {
        said.push(format!("came {}, {stage}", short(on, cx.today())));
    }
    for also in &line.also {
        let how = if also.circle {
            "in a circle from"
        } else {
            "also by"
        };
        let on = also.on.map(|on| format!(", {}", short(on, cx.today())));
        said.push(format!("{how} {}{}", also.by, on.unwrap_or_default()));
    }
    let mut came = vec![said.join("; ")];
    let own = if line.own.is_empty() {
        "bought nothing yet".to_owned()
    } else {
        format!("bought {}", line.own)
    };
    came.push(if line.below > 0 {
        let people = counted(line.below, "other");
        let deep = counted(line.deepest, "step");
        format!(
            "{own}; led to {people} over {deep}, with all of them {}",
            line.sales
        )
    } else {
        own
    });
    let said = came.into_iter().filter(|text| !text.is_empty());
    let said = said.map(|text| (text, cx.theme.text)).collect();
    (line.name.clone(), said)
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

/// What somebody sends, against the goal.
fn sends(row: &YieldRow, cx: &Cx<'_>) -> (String, Vec<Said>) {
    let since = short(row.since, cx.today());
    let since = if row.customer {
        format!("a customer since {since}")
    } else {
        format!("no customer; sent the first one {since}")
    };
    let sent = customers(row.total);
    let rate = format!("{since}; sent {sent} in all, {:.1} a year", row.per_year);
    let mut said = vec![(rate, cx.theme.text)];
    if row.dry {
        let dry = "dry: two years a customer and longer, and nobody sent in the last two";
        said.push((dry.to_owned(), cx.theme.warn));
    }
    (row.name.clone(), said)
}

/// A promise of mine comes first; being asked lately only passes.
pub(super) fn held_style(held: &Held, cx: &Cx<'_>) -> Style {
    match held {
        Held::Promise { .. } => cx.theme.bad,
        Held::Stranger | Held::Asked { .. } | Held::Agreed { .. } => cx.theme.dim,
    }
}

/// Every hop of a way, one below the other, and what asking costs.
fn way(path: &Path, cx: &Cx<'_>) -> (String, Vec<Said>) {
    let hop = |(at, hop): (usize, &Hop)| {
        let account = match hop.account.as_str() {
            "" => String::new(),
            account => format!(", {account}"),
        };
        let name = format!("{} ({:.0}{account})", hop.name, hop.strength);
        let owes = match hop.owes.0 {
            0 => String::new(),
            _ => format!(", owes them {}", hop.owes),
        };
        let perhaps = if hop.suggested { "perhaps " } else { "" };
        let text = match hop.how {
            None if path.links() > 0 => format!("{name}: {}", path.price()),
            None => name,
            Some(how) => format!(
                "{}└ {perhaps}{how} {name}{owes}",
                "  ".repeat(at.saturating_sub(1))
            ),
        };
        (plain::halves(text, cx.plain), cx.theme.text)
    };
    let title = match path.burnt {
        Some(on) => format!("burnt: asked {} for something else", short(on, cx.today())),
        None if path.links() == 0 => "you know them yourself".to_owned(),
        None => "Enter writes the ask, to be forwarded as it is".to_owned(),
    };
    (title, path.hops.iter().enumerate().map(hop).collect())
}
