//! Money: whole minor units of a currency, read as people write amounts and said with thousands apart.
//!
//! `currency` knows the currencies and how they are written, `read` finds amounts in a text.

mod currency;
mod read;

use super::text::grouped;
use serde::{Deserialize, Serialize};
use std::fmt;

pub use currency::minor_digits;
pub use read::{Amount, Certainty, amounts, begins, best};

/// An amount of money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents, or whatever the currency's smallest unit is; whole units where it has none (JPY).
    pub minor: i64,
    /// The currency, three capital letters.
    pub currency: String,
}

impl Money {
    /// The amount a text is, in `home` where it names no currency. None where it is no amount, more than one, or too much to hold.
    ///
    /// ```
    /// use chitbook::domain::money::Money;
    /// let read = |text| Money::parse(text, "USD").map(|money| money.to_string());
    /// assert_eq!(read("24k"), Some("24,000.00 USD".to_owned()));
    /// assert_eq!(read("€ 3.500,50"), Some("3,500.50 EUR".to_owned()));
    /// assert_eq!(read("¥ 500000"), Some("500,000 JPY".to_owned()));
    /// assert_eq!(read("a lot"), None);
    /// ```
    pub fn parse(text: &str, home: &str) -> Option<Self> {
        let text = text.trim();
        let amount = amounts(text, home).next()?;
        (amount.span == (0..text.len())).then_some(amount.money)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = minor_digits(&self.currency);
        let one = 10_u64.pow(digits);
        let (whole, part) = (
            self.minor.unsigned_abs() / one,
            self.minor.unsigned_abs() % one,
        );
        write!(
            f,
            "{sign}{}",
            grouped(usize::try_from(whole).unwrap_or(usize::MAX))
        )?;
        if digits > 0 {
            write!(f, ".{part:0width$}", width = digits as usize)?;
        }
        if self.currency.is_empty() {
            return Ok(());
        }
        write!(f, " {}", self.currency)
    }
}

#[cfg(test)]
mod tests;
