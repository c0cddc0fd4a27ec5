//! Panes: what a screen is put together from, one file each, with its state, what it answers to, and how it is drawn.

pub mod chits;
pub mod header;
pub mod history;
pub mod list;
pub mod timeline;
