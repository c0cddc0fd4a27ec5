//! Every size, every key, every kind of text.
