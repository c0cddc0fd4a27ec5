//! Values in, cells out: the parts that panes are drawn with. None of them knows what it shows.

pub mod chart;
pub mod raster;
