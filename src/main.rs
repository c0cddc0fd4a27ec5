//! The program: reads the clock and the arguments, and leaves the rest to the library.

fn main() {}
