//! The program from outside.

mod terminal;
mod world;
