//! Signs, words and colours of the accounts: each colour has a sign beside it that says the same.

use crate::domain::account::{AccountRow, Profile, Regard};
use crate::domain::money::Money;
use crate::domain::record::Stance;
use crate::tui::modal::Cx;
use ratatui::style::Style;

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
pub(super) fn gauge(profile: &Profile, cx: &Cx<'_>) -> Vec<(String, Style)> {
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
