//! Chitbook: the terminal relationship dashboard.

pub mod domain;
pub mod store;
pub mod tui;
