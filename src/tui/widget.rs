//! Values in, cells out: the parts that panes are drawn with. None of them knows what it shows.

pub mod bands;
pub mod chart;
pub mod editor;
pub mod key_line;
pub mod meter;
pub mod plain;
pub mod raster;
pub mod row;
pub mod spark;
pub mod table;
pub mod wrap;

/// A text for a terminal that has only plain characters: a minus is a hyphen there.
pub fn plainly(text: String, plain: bool) -> String {
    if plain {
        text.replace('−', "-")
    } else {
        text
    }
}
