//! The dashboard: keys in, a picture out, effects as values. Only `run` touches the book, files and the clock it is handed.

pub mod effect;
pub mod input;
pub mod key;
pub mod run;
pub mod signals;
pub mod terminal;
pub mod wake;
