//! An e-mail as the book takes it in: who wrote to whom and when.

use super::id::Id;
use super::moment::Moment;
use super::touch::Direction;

/// One e-mail between the rep and people of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    /// A fingerprint of the identity its writer's program gave it.
    pub id: u64,
    /// The same of the messages it answers, the first of all first.
    pub answers: Vec<u64>,
    /// When it was written.
    pub at: Moment,
    /// Whether the rep wrote it.
    pub direction: Direction,
    /// What it is about.
    pub subject: String,
    /// The others.
    pub people: Vec<Id>,
}
