//! Chitbook: the terminal relationship dashboard.

pub mod cli;
pub mod domain;
pub mod exchange;
pub mod places;
pub mod settings;
pub mod store;
pub mod tui;
