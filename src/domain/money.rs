//! Money: whole minor units of a currency, read as people write amounts and said with thousands apart.

use serde::{Deserialize, Serialize};

/// An amount of money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Cents, or whatever the currency's smallest unit is; whole units where it has none (JPY).
    pub minor: i64,
    /// The currency, three capital letters.
    pub currency: String,
}
