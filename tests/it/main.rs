//! The program from outside.

#[cfg(test)]
mod terminal;
#[cfg(test)]
mod world;
