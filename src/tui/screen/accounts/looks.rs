//! Signs, words and colours of the accounts: each colour has a sign beside it that says the same.

use crate::domain::account::{AccountRow, Profile, Regard};
use crate::domain::money::Money;
use crate::domain::record::Stance;
use crate::domain::text::width;
use crate::domain::when;
use crate::tui::modal::Cx;
use crate::tui::widget::meter;
use ratatui::style::Style;

/// Pieces of one line.
pub(super) type Pieces = Vec<(String, Style)>;

/// From this strength on an account is strong.
const STRONG: f64 = 50.0;

/// The sign of an account's strength, fuller the stronger it is; a point where nobody there was ever spoken to.
pub(super) fn sign(row: &AccountRow, cx: &Cx<'_>) -> (&'static str, Style) {
    if row.last.is_none() {
        ("·", cx.theme.dim)
    } else if row.strength >= STRONG {
        ("●", cx.theme.good)
    } else if row.strength >= cx.params.cold_line {
        ("◐", cx.theme.accent)
    } else {
        ("○", cx.theme.warn)
    }
}

/// A stance as its sign and its word.
pub(super) fn stance(stance: Stance, cx: &Cx<'_>) -> (String, Style) {
    let (sign, style) = match stance {
        Stance::For => ("+", cx.theme.good),
        Stance::Neutral => ("=", cx.theme.text),
        Stance::Against => ("-", cx.theme.bad),
        Stance::Unknown => ("?", cx.theme.dim),
    };
    (format!("{sign} {}", stance.word()), style)
}

/// An amount, without cents where there are none.
pub(super) fn money(money: &Money) -> String {
    money.to_string().replacen(".00 ", " ", 1)
}

/// What they take us for against what they should: `● vendor ▸ ○ preferred · adviser · trusted`.
pub(super) fn gauge(profile: &Profile, cx: &Cx<'_>) -> Pieces {
    let theme = cx.theme;
    if profile.regard.is_none() && profile.wanted.is_none() {
        let says = "What they take you for was not said yet; E says it";
        return vec![(says.to_owned(), theme.dim)];
    }
    let ahead = |regard: Regard| {
        profile.regard.is_none_or(|now| now < regard)
            && profile.wanted.is_some_and(|wanted| regard <= wanted)
    };
    let mut pieces = Vec::new();
    for (at, regard) in Regard::ALL.into_iter().enumerate() {
        let (between, style) = match (at, ahead(regard)) {
            (0, _) => ("", theme.dim),
            (_, true) => (" ▸ ", theme.accent),
            (_, false) => (" · ", theme.dim),
        };
        pieces.push((between.to_owned(), style));
        let (sign, style) = match (profile.regard, profile.wanted) {
            (Some(now), _) if now == regard => ("● ", theme.title),
            (_, Some(wanted)) if wanted == regard => ("○ ", theme.accent),
            _ => ("", theme.dim),
        };
        pieces.push((format!("{sign}{}", regard.word()), style));
    }
    pieces
}

/// What stands over the views: strength, coverage, the last touch; then promises and sales, in as many words as there is room for.
pub(super) fn figures(row: &AccountRow, columns: usize, cx: &Cx<'_>) -> [Pieces; 2] {
    let theme = cx.theme;
    let (mark, style) = sign(row, cx);
    let last = row.last.map_or("never spoken to".to_owned(), |last| {
        let days = (cx.today() - last).num_days() as i32;
        format!("last touch {}", when::ago(days))
    });
    let coverage = row.coverage;
    let seats = match coverage.known {
        0 if row.profile.household => "a household".to_owned(),
        0 => "no seat known".to_owned(),
        known => format!("{} of {known} seats warm", coverage.warm),
    };
    [
        vec![
            (format!("{mark} {:.0} ", row.strength), style),
            (meter::bar(row.strength, 5, cx.plain), style),
            (format!(" · {seats} · {last}"), theme.text),
        ],
        vec![(promises_and_sales(row, columns), theme.dim)],
    ]
}

/// Open promises and what was sold; an amount for which there is no room is left out with its words.
fn promises_and_sales(row: &AccountRow, columns: usize) -> String {
    let (mine, theirs) = row.promises;
    let promises = format!("promises: {mine} yours, {theirs} theirs");
    let (long, short) = if row.sold.is_empty() {
        let nothing = "nothing sold in a year".to_owned();
        (nothing.clone(), nothing)
    } else {
        let sold: Vec<String> = row.sold.all().map(|sum| money(&sum)).collect();
        let sold = sold.join(" + ");
        (
            format!("sold in a year: {sold}"),
            format!("in a year: {sold}"),
        )
    };
    let ways = [
        format!("open {promises} · {long}"),
        format!("{promises} · {long}"),
        format!("{promises} · {short}"),
    ];
    let fits = ways.into_iter().find(|way| width(way) <= columns);
    fits.unwrap_or_else(|| format!("open {promises}"))
}
