//! Dates as people say them. (Contract; being filled in.)
