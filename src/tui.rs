//! The dashboard: keys in, a picture out, effects as values.
//!
//! - [`app`]: the state, what a message changes, what is drawn; [`screen`], [`pane`], [`modal`] and [`widget`] are its parts
//! - [`keymap`]: every key, in one table that dispatches, hints, helps and documents
//! - [`mapping`]: the screen on which an import asks what the columns of a table are
//! - [`effect`]: what goes in and what comes out; [`inquiry`]: questions about the whole book;
//!   [`sparks`]: the list's own; [`counts`]: what the tab line counts
//! - [`run`]: the loop, with [`terminal`], [`input`], [`signals`] and [`wake`] around it

pub mod app;
pub mod counts;
pub mod effect;
pub mod input;
pub mod inquiry;
pub mod key;
pub mod keymap;
pub mod mapping;
pub mod memory;
pub mod modal;
pub mod pane;
pub mod picture;
pub mod roster;
pub mod run;
pub mod screen;
pub mod signals;
pub mod sparks;
pub mod terminal;
pub mod theme;
pub mod wake;
pub mod widget;

#[cfg(test)]
mod bench;
