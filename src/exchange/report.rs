//! The weekly report written out: as Markdown for a mail or a wiki, and as one HTML page for a browser or a printer.

pub mod charts;
pub mod html;
pub mod markdown;

use crate::domain::money::Money;

/// Amounts, one a currency, or a dash.
fn amounts(all: &[Money]) -> String {
    if all.is_empty() {
        return "–".to_owned();
    }
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(" + ")
}

/// The names of the stages, in the order of a report's counts.
const STAGES: [&str; 6] = ["asked", "promised", "introduced", "met", "won", "lost"];

#[cfg(test)]
mod tests;
