//! What `what-if` can be told.

use clap::Args as Group;

/// `what-if`
#[derive(Debug, Group)]
pub struct WhatIf {
    /// With whom
    pub who: String,
    /// What you suppose, its parts joined by commas, `and`, `then`: call tue, lunch 14 dec; a call every 2 weeks for 3 months;
    /// two calls next week; they call fri; email sent fri; nothing until 3 jan; keep a promise fri; set cadence 14
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}
