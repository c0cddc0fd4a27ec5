//! The dashboard: keys in, a picture out, effects as values. Only `run` touches the book, files and the clock it is handed.

pub mod effect;
pub mod input;
pub mod key;
pub mod pane;
pub mod picture;
pub mod run;
pub mod signals;
pub mod terminal;
pub mod theme;
pub mod wake;
pub mod widget;
