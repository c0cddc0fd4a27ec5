//! What `climate` and `backtest` can be told.

use crate::domain::judgement::WITHIN;
use clap::Args as Group;

/// `climate`
#[derive(Debug, Group)]
pub struct Climate {
    /// As it was on this day; without it, today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Compared with so many days before
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub days: u16,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// `backtest`
#[derive(Debug, Group)]
pub struct Backtest {
    /// Within how many days of each day it is judged on people should have been in touch
    #[arg(long, value_name = "DAYS", default_value_t = WITHIN, value_parser = clap::value_parser!(u16).range(1..=365))]
    pub within: u16,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}
