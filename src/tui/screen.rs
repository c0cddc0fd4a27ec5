//! Screens: which panes there are, where they go at which size, and which of them has the focus.

pub mod people;
