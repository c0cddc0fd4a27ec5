//! What the tab line counts beside the names of the screens: what waits on each.

use super::screen::Screen;

/// A number for each screen; nothing is shown for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Matters on Today.
    pub today: usize,
    /// Chits that I owe and that are open.
    pub chits: usize,
    /// Referrals whose referrer is still to be told what came of them.
    pub referrals: usize,
}

impl Counts {
    /// The number beside a screen's name.
    pub fn of(self, screen: Screen) -> usize {
        match screen {
            Screen::People | Screen::Review => 0,
            Screen::Today => self.today,
            Screen::Chits => self.chits,
            Screen::Referrals => self.referrals,
        }
    }
}
