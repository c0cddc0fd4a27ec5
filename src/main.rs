//! The program: reads the clock and the arguments, and leaves the rest to the library.

use chitbook::domain::moment::Moment;
use std::process::ExitCode;

fn main() -> ExitCode {
    chitbook::cli::run(std::env::args_os(), now)
}

/// The one reader of the clock.
#[expect(
    clippy::disallowed_methods,
    reason = "everybody else is told the moment"
)]
fn now() -> Moment {
    chrono::Local::now().fixed_offset()
}
