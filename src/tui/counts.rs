//! What the tab line counts beside the names of the screens: what waits on each.

use super::screen::Screen;

/// A number for each screen; nothing is shown for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Chits that I owe and that are open.
    pub chits: usize,
}

impl Counts {
    /// The number beside a screen's name.
    pub fn of(self, screen: Screen) -> usize {
        match screen {
            Screen::People => 0,
            Screen::Chits => self.chits,
        }
    }
}
