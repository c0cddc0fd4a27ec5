//! The dashboard: keys in, a picture out, effects as values. Only `run` touches the book, files and the clock it is handed.

pub mod app;
pub mod effect;
pub mod key;
pub mod keymap;
pub mod memory;
pub mod modal;
pub mod pane;
pub mod roster;
pub mod screen;
pub mod theme;
pub mod widget;

#[cfg(test)]
mod bench;
