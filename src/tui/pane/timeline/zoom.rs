//! How far back the timeline looks.

/// How much of the past is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// The last 90 days.
    Quarter,
    /// The last year.
    #[default]
    Year,
    /// The last three years.
    ThreeYears,
    /// Since the first event.
    All,
}

impl Zoom {
    /// Every one, in the order of the keys.
    pub const ALL: [Zoom; 4] = [Zoom::Quarter, Zoom::Year, Zoom::ThreeYears, Zoom::All];

    /// In words, for the title.
    pub fn words(self) -> &'static str {
        match self {
            Zoom::Quarter => "90 days",
            Zoom::Year => "1 year",
            Zoom::ThreeYears => "3 years",
            Zoom::All => "all",
        }
    }

    /// The next one that shows more (`by` 1) or less (−1); the last stays.
    pub(super) fn step(self, by: isize) -> Self {
        let here = Zoom::ALL.iter().position(|zoom| *zoom == self);
        let there = here.and_then(|at| at.checked_add_signed(by));
        let found = there.and_then(|at| Zoom::ALL.get(at));
        found.copied().unwrap_or(self)
    }
}
