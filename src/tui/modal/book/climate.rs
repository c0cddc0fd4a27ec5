//! How everybody stands on the day, and how strength was spread over the weeks before.

use super::super::Cx;
use super::parts::{Focus, bar, below, beside, day, heading, over};
use crate::domain::climate::{BANDS, Census, Climate};
use crate::domain::strength::{State, words};
use crate::domain::text::{grouped, width};
use crate::tui::pane::timeline::axis;
use crate::tui::widget::bands::{Bands, Layer};
use crate::tui::widget::{plainly, row};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Columns of a state's sign, its word and the change.
const WORD: usize = 12;
const CHANGE: usize = 7;
/// Columns of the census where the bands stand beside it.
const SIDE: u16 = 28;
/// The widest bar that still reads at a glance.
const WIDEST: usize = 40;

/// Draws the census, and beneath it the bands where there is room.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    climate: &Climate,
    focus: Focus,
    cx: &Cx<'_>,
) {
    let roomy = area.height >= 14;
    let rest = heading(frame, area, &title(climate, cx), focus, cx);
    let (census, bands) = if !roomy && rest.width >= SIDE + 26 {
        beside(rest, SIDE)
    } else {
        let (census, bands) = over(rest, 5);
        (census, below(bands, u16::from(roomy)))
    };
    for (at, state) in Census::STATES.into_iter().enumerate() {
        draw_state(frame, row::row(census, at), climate, state, cx);
    }
    if bands.height >= 4 {
        draw_bands(frame, bands, climate, roomy, cx);
    }
}

fn title(climate: &Climate, cx: &Cx<'_>) -> String {
    let (now, before) = (climate.now.census.total(), climate.before.census.total());
    let people = if now == 1 { "person" } else { "people" };
    let since = day(climate.before.day, cx);
    let change = match i64::from(now) - i64::from(before) {
        0 => format!("as many as {since}"),
        more if more > 0 => format!("{} more than {since}", grouped(more as usize)),
        fewer => format!(
            "{} fewer than {since}",
            grouped(fewer.unsigned_abs() as usize)
        ),
    };
    format!("Climate ─ {} {people}, {change}", grouped(now as usize))
}

fn draw_state(frame: &mut Frame<'_>, line: Rect, climate: &Climate, state: State, cx: &Cx<'_>) {
    let census = &climate.now.census;
    let (count, before) = (census.of(state), climate.before.census.of(state));
    let most = census.counts.iter().copied().max().unwrap_or(0).max(1);
    let digits = grouped(most as usize).len();
    let columns = usize::from(line.width);
    let room = columns.saturating_sub(WORD + digits + 2 + CHANGE);
    let bar = bar(f64::from(count) / f64::from(most), room.min(WIDEST), cx);
    let style = cx.theme.state(state);
    let word = format!("{} {:<10}", state.sign(), state.word());
    let number = format!("{:>digits$} ", grouped(count as usize));
    let change = match i64::from(count) - i64::from(before) {
        0 => "=".to_owned(),
        change => {
            let much = grouped(change.unsigned_abs() as usize);
            plainly(format!("{}{much}", words::sign(change)), cx.plain)
        }
    };
    let change = format!(" {change:>6}");
    row::pieces(
        frame.buffer_mut(),
        line,
        &[
            (&word, style),
            (&number, cx.theme.text),
            (&bar, style),
            (&change, cx.theme.dim),
        ],
    );
}

/// The characters of the bands, the strongest first, and what they look like.
pub(super) fn layers(cx: &Cx<'_>) -> [Layer; BANDS] {
    let signs = if cx.plain {
        ['#', '%', '+', '-', '.']
    } else {
        ['█', '▓', '▒', '░', '·']
    };
    let theme = cx.theme;
    let styles: [Style; BANDS] = [theme.good, theme.good, theme.accent, theme.warn, theme.dim];
    let mut layers = [Layer {
        sign: ' ',
        style: theme.text,
    }; BANDS];
    for ((layer, sign), style) in layers.iter_mut().zip(signs).zip(styles) {
        *layer = Layer { sign, style };
    }
    layers
}

/// The words for the bands, the strongest first.
const WORDS: [&str; BANDS] = ["80+", "60+", "40+", "20+", "<20"];

fn draw_bands(frame: &mut Frame<'_>, area: Rect, climate: &Climate, roomy: bool, cx: &Cx<'_>) {
    let layers = layers(cx);
    let mut area = area;
    if roomy {
        area = heading(frame, area, "Strength, week by week", Focus::Away, cx);
    }
    draw_legend(frame, row::row(area, 0), climate, &layers, cx);
    area = below(area, 1);
    let (Some(first), Some(last)) = (climate.history.first(), climate.history.last()) else {
        let says = "nothing happened yet";
        row::pieces(
            frame.buffer_mut(),
            row::row(area, 0),
            &[(says, cx.theme.dim)],
        );
        return;
    };
    let samples: Vec<(f64, Vec<u32>)> = climate
        .history
        .iter()
        .map(|sample| {
            let strongest_first = sample.bands.iter().rev().copied();
            (f64::from(sample.day), strongest_first.collect())
        })
        .collect();
    let bands = Bands {
        samples: &samples,
        layers: &layers,
        ticks: &[],
        dim: cx.theme.dim,
        plain: cx.plain,
    };
    let ticks = axis::ticks(first.day, last.day, bands.columns(area.width), cx.theme);
    let bands = Bands {
        ticks: &ticks,
        ..bands
    };
    bands.draw(area, frame.buffer_mut());
}

/// What each character means, with how many are in it where there is room.
fn draw_legend(
    frame: &mut Frame<'_>,
    line: Rect,
    climate: &Climate,
    layers: &[Layer; BANDS],
    cx: &Cx<'_>,
) {
    let counts: Vec<u32> = climate.now.bands.iter().rev().copied().collect();
    let columns = usize::from(line.width);
    let forms = [(true, true), (false, true), (false, false)];
    let forms = forms.map(|(counted, wide)| legend(&counts, layers, counted, wide));
    let fits = forms.iter().find(|words| {
        let columns_of = |[sign, word]: &[String; 2]| width(sign) + width(word);
        words.iter().map(columns_of).sum::<usize>() <= columns
    });
    let Some(words) = fits.or(forms.last()) else {
        return;
    };
    let mut pieces: Vec<(&str, Style)> = Vec::new();
    for ([sign, word], layer) in words.iter().zip(layers) {
        pieces.extend([(sign.as_str(), layer.style), (word, cx.theme.text)]);
    }
    row::pieces(frame.buffer_mut(), line, &pieces);
}

/// The sign and the words of each layer, the strongest first: `██ 80+ 1,234`, or without the numbers, or closer together.
fn legend(counts: &[u32], layers: &[Layer; BANDS], counted: bool, wide: bool) -> Vec<[String; 2]> {
    let last = BANDS - 1;
    let layers = WORDS.iter().zip(layers).zip(counts).enumerate();
    let words = layers.map(|(at, ((word, layer), count))| {
        let gap = match (at == last, wide) {
            (true, _) => "",
            (false, true) => "  ",
            (false, false) => " ",
        };
        let count = if counted {
            format!(" {}", grouped(*count as usize))
        } else {
            String::new()
        };
        if wide {
            [
                format!("{0}{0}", layer.sign),
                format!(" {word}{count}{gap}"),
            ]
        } else {
            [layer.sign.to_string(), format!("{word}{count}{gap}")]
        }
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_ends_with_its_last_word() {
        let style = Style::new();
        let layers = ['#', '%', '+', '-', '.'].map(|sign| Layer { sign, style });
        let said = |counted, wide| {
            let words = legend(&[1, 20, 300, 94_984, 3_462], &layers, counted, wide);
            words.concat().concat()
        };
        assert_eq!(
            said(true, true),
            "## 80+ 1  %% 60+ 20  ++ 40+ 300  -- 20+ 94,984  .. <20 3,462"
        );
        assert_eq!(said(false, true), "## 80+  %% 60+  ++ 40+  -- 20+  .. <20");
        assert_eq!(said(false, false), "#80+ %60+ +40+ -20+ .<20");
    }
}
