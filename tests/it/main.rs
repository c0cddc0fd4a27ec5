//! The tests that look at Chitbook from outside: the store on a real file, the program as a process, the project as a whole.

mod journal;
mod open;
mod world;
