//! Small parts that turn values into cells. They know nothing of people, touches or chits.

pub mod editor;
pub mod key_line;
pub mod meter;
pub mod row;
pub mod wrap;
