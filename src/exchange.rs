//! What comes in and goes out: readers and writers of other people's forms, and the book the demo opens. No SQL, no terminal, no paths.

pub mod demo;
