//! The dashboard: keys in, a picture out, effects as values. Only `run` touches the book, files and the clock it is handed.

pub mod effect;
pub mod key;
pub mod pane;
pub mod picture;
pub mod theme;
pub mod widget;
