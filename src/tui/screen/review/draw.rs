//! How the review looks: its beginning, a card, its end, and the minutes of the ones before.

use super::{Stage, Walk};
use crate::domain::matter::MatterKind;
use crate::domain::people::Person;
use crate::domain::review::{Came, CardRow, Decision, Deck, Minutes, Outcome};
use crate::domain::text::{first_line, fit, pad};
use crate::domain::when;
use crate::tui::memory::{Memory, Spot};
use crate::tui::modal::Cx;
use crate::tui::pane::header::{self, short};
use crate::tui::screen::board;
use crate::tui::screen::people::divider;
use crate::tui::widget::{meter, row, wrap};
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A line of a page, in its style.
type Told = (String, Style);

impl Walk {
    pub(super) fn picture(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        cx: &Cx<'_>,
        memory: &mut Memory,
    ) {
        let inner = board::framed(frame, area, &self.title(cx), cx);
        memory.page = usize::from(inner.height);
        memory.note(inner, Spot::List(0, 0));
        match self.stage() {
            Stage::Reading => {}
            Stage::Start(deck) => self.draw_lines(frame, inner, &self.start(deck, cx)),
            Stage::End(deck) => self.draw_lines(frame, inner, &self.end(deck, cx)),
            Stage::Card(deck, at) => {
                draw_progress(frame, row::row(inner, 0), deck, cx);
                let below = Rect {
                    y: inner.y + 1.min(inner.height),
                    height: inner.height.saturating_sub(1),
                    ..inner
                };
                if let Some(card) = deck.cards.get(at) {
                    let told = (self.usual_day(cx.today()), self.swapped.as_deref());
                    draw_card(frame, area, below, card, told, cx);
                }
            }
        }
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        match self.stage() {
            Stage::Reading => "Review ─ reading …".to_owned(),
            Stage::Start(_) => "Review".to_owned(),
            Stage::Card(deck, at) => format!(
                "Review ─ begun {} ─ card {} of {}",
                when::bare(deck.started, cx.today()),
                at + 1,
                deck.cards.len()
            ),
            Stage::End(deck) => format!("Review ─ all {} cards are decided", deck.cards.len()),
        }
    }

    fn draw_lines(&self, frame: &mut Frame<'_>, area: Rect, lines: &[Told]) {
        let columns = usize::from(area.width.saturating_sub(2));
        let mut told: Vec<Told> = Vec::new();
        for (text, style) in lines {
            told.extend(
                wrap::rows(text, columns)
                    .into_iter()
                    .map(|text| (text, *style)),
            );
        }
        let most = told.len().saturating_sub(usize::from(area.height));
        self.most.set(most);
        let first = self.first.min(most);
        for (at, (text, style)) in told
            .iter()
            .skip(first)
            .take(usize::from(area.height))
            .enumerate()
        {
            let pieces = [(" ", *style), (text.as_str(), *style)];
            row::pieces(frame.buffer_mut(), row::row(area, at), &pieces);
        }
    }

    /// Before a review: how large it would be, what came of the last one, and its minutes.
    fn start(&self, deck: &Deck, cx: &Cx<'_>) -> Vec<Told> {
        let theme = cx.theme;
        let mut lines = Vec::new();
        if deck.cards.is_empty() {
            lines.push((
                "Nothing is loose. There is nothing to review.".to_owned(),
                theme.good,
            ));
        } else {
            let says = format!(
                "{}. Enter begins; it can be left and taken up at any card.",
                cards(deck.cards.len())
            );
            lines.push((says, theme.title));
        }
        lines.extend(deck.quiet.iter().map(|says| (says.clone(), theme.warn)));
        lines.push((String::new(), theme.text));
        let most = MatterKind::ALL
            .into_iter()
            .map(|kind| count(deck, kind))
            .max();
        for kind in MatterKind::ALL {
            let number = count(deck, kind);
            if number > 0 {
                let share = number as f64 / most.unwrap_or(1).max(1) as f64 * 100.0;
                let bar = meter::bar(share, 20, cx.plain);
                lines.push((
                    format!("{} {bar} {number}", pad(kind.words(), 18)),
                    theme.text,
                ));
            }
        }
        lines.extend(came_of(&deck.came, cx));
        if let Some(minutes) = self.before.get(self.page) {
            lines.push((String::new(), theme.text));
            let older = self.before.len() - self.page - 1;
            let head = format!(
                "Minutes of {} (Left: {older} older)",
                when::bare(minutes.finished, cx.today())
            );
            lines.push((head, theme.title));
            lines.extend(told_minutes(minutes, cx));
        }
        lines
    }

    /// After the last card: what will be kept.
    fn end(&self, deck: &Deck, cx: &Cx<'_>) -> Vec<Told> {
        let theme = cx.theme;
        let says =
            "Enter ends the review and keeps these minutes; Backspace goes back to the last card.";
        let mut lines = vec![(says.to_owned(), theme.title), (String::new(), theme.text)];
        match &self.minutes {
            Some(minutes) => lines.extend(told_minutes(minutes, cx)),
            None => lines.push((cards(deck.cards.len()), theme.text)),
        }
        lines
    }
}

fn cards(count: usize) -> String {
    match count {
        1 => "1 card".to_owned(),
        count => format!("{count} cards"),
    }
}

fn count(deck: &Deck, kind: MatterKind) -> usize {
    let of_kind = deck.cards.iter().filter(|row| row.card.kind == kind);
    of_kind.count()
}

/// What came of the last review's resolves, the missed ones first.
fn came_of(came: &[Came], cx: &Cx<'_>) -> Vec<Told> {
    if came.is_empty() {
        return Vec::new();
    }
    let number = |outcome| came.iter().filter(|came| came.outcome == outcome).count();
    let head = format!(
        "What came of the last one: {} done, {} dropped, {} missed, {} ahead",
        number(Outcome::Done),
        number(Outcome::Dropped),
        number(Outcome::Missed),
        number(Outcome::Ahead)
    );
    let mut lines = vec![(String::new(), cx.theme.text), (head, cx.theme.title)];
    let mut came: Vec<&Came> = came.iter().collect();
    came.sort_by_key(|came| came.outcome != Outcome::Missed);
    lines.extend(came.into_iter().map(|came| {
        let (sign, style) = match came.outcome {
            Outcome::Done => ('✓', cx.theme.good),
            Outcome::Dropped => ('–', cx.theme.dim),
            Outcome::Missed => ('✗', cx.theme.bad),
            Outcome::Ahead => ('·', cx.theme.text),
        };
        let sign = if cx.plain {
            plain_sign(came.outcome)
        } else {
            sign
        };
        let until = came.until.map_or(String::new(), |day| {
            format!(" {}", when::on(day, cx.today()))
        });
        let note = if came.note.is_empty() {
            String::new()
        } else {
            format!(": {}", came.note)
        };
        let text = format!(
            "{sign} {} {}, {}{until}{note}",
            pad(came.outcome.word(), 7),
            came.who,
            came.decision.phrase()
        );
        (text, style)
    }));
    lines
}

fn plain_sign(outcome: Outcome) -> char {
    match outcome {
        Outcome::Done => '+',
        Outcome::Dropped => '-',
        Outcome::Missed => 'x',
        Outcome::Ahead => '.',
    }
}

fn told_minutes(minutes: &Minutes, cx: &Cx<'_>) -> Vec<Told> {
    let mut lines: Vec<Told> = minutes
        .lines()
        .into_iter()
        .map(|line| (line, cx.theme.text))
        .collect();
    if !minutes.plan.is_empty() {
        lines.push(("The week ahead".to_owned(), cx.theme.title));
    }
    lines.extend(minutes.plan.iter().map(|ahead| {
        let day = format!("{:>7}", short(ahead.on, cx.today()));
        (
            format!("{day}  {}: {}", ahead.who, ahead.what),
            cx.theme.text,
        )
    }));
    lines
}

/// How much of the deck is behind.
fn draw_progress(frame: &mut Frame<'_>, line: Rect, deck: &Deck, cx: &Cx<'_>) {
    let share = deck.behind() as f64 / deck.cards.len().max(1) as f64 * 100.0;
    let words = format!(" {share:.0} % ");
    let columns = usize::from(line.width).saturating_sub(words.len() + 1);
    let bar = meter::bar(share, columns, cx.plain);
    let rest = if cx.plain { "." } else { "░" };
    let rest = rest.repeat(columns.saturating_sub(bar.trim_end().chars().count()));
    let pieces = [
        (" ", cx.theme.text),
        (bar.trim_end(), cx.theme.accent),
        (rest.as_str(), cx.theme.dim),
        (words.as_str(), cx.theme.text),
    ];
    row::pieces(frame.buffer_mut(), line, &pieces);
}

/// The card: what it is about, what its keys do (`day` is the one a plan of one key is for), what took its place.
fn draw_card(
    frame: &mut Frame<'_>,
    outer: Rect,
    area: Rect,
    row: &CardRow,
    (day, swapped): (NaiveDate, Option<&str>),
    cx: &Cx<'_>,
) {
    let card = &row.card;
    let theme = cx.theme;
    let late = card.due.is_some_and(|due| due < cx.today());
    let due = card.due.map_or(String::new(), |due| {
        format!(" · {}", when::say(due, cx.today()))
    });
    let mut lines: Vec<Told> = vec![
        (swapped.unwrap_or("").to_owned(), theme.warn),
        (
            format!("{} · {}{due}", card.kind.words(), card.who),
            if late { theme.bad } else { theme.title },
        ),
    ];
    let columns = usize::from(area.width.saturating_sub(2));
    lines.extend(
        wrap::rows(&card.why, columns)
            .into_iter()
            .map(|text| (text, theme.text)),
    );
    if card.allows(Decision::Plan) {
        let week = when::bare(day, cx.today());
        lines.push((
            format!("p plans a touch for {week}, s sets it aside until then"),
            theme.dim,
        ));
    }
    for (at, (text, style)) in lines.iter().enumerate() {
        let pieces = [(" ", *style), (text.as_str(), *style)];
        row::pieces(frame.buffer_mut(), row::row(area, at), &pieces);
    }
    let used = lines.len() as u16 + 1;
    let person = cx
        .person
        .filter(|person| Some(person.summary.id) == card.contact);
    if let (Some(person), true) = (person, area.height > used + 2) {
        let part = Rect {
            y: area.y + used,
            height: area.height - used,
            ..area
        };
        draw_person(frame, outer, part, person, cx);
    }
}

/// Who it is: how the relationship stands, and what was said last.
fn draw_person(frame: &mut Frame<'_>, outer: Rect, area: Rect, person: &Person, cx: &Cx<'_>) {
    let name = fit(
        &person.summary.name,
        usize::from(outer.width.saturating_sub(6)),
    );
    let (line, word) = (cx.theme.accent, cx.theme.title);
    divider(frame.buffer_mut(), outer, area, &name, line, word);
    let head = header::rows(area.height).min(area.height);
    let top = Rect {
        height: head,
        ..area
    };
    header::draw(frame, top, person, cx);
    let rest = Rect {
        y: area.y + head,
        height: area.height - head,
        ..area
    };
    for (at, entry) in person
        .history
        .iter()
        .take(usize::from(rest.height))
        .enumerate()
    {
        let on = entry.at.date_naive();
        let when = format!(
            " {:>7} {} ",
            short(on, cx.today()),
            pad(entry.kind.noun(), 8)
        );
        let pieces = [
            (when.as_str(), cx.theme.dim),
            (first_line(&entry.body), cx.theme.text),
        ];
        row::pieces(frame.buffer_mut(), row::row(rest, at), &pieces);
    }
}
