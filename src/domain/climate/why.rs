//! Why somebody moved, in a plain sentence.

use super::super::strength::words;
use super::Mover;

impl Mover {
    /// What happened in the period: "3 calls, a meeting, a promise kept", or "52 days silent, usual gap 14 days".
    pub fn why(&self) -> String {
        let touches = self
            .touches
            .iter()
            .map(|(kind, count)| kind.counted(*count));
        let mut parts: Vec<String> = touches.collect();
        let called = !parts.is_empty();
        let more = [
            (self.kept, "a promise kept", "promises kept"),
            (self.broken, "a promise broken", "promises broken"),
            (
                self.corrected,
                "a correction by hand",
                "corrections by hand",
            ),
        ];
        let more = more.into_iter().filter(|(count, _, _)| *count > 0);
        parts.extend(more.map(|(count, one, many)| counted(count, one, many)));
        if self.now < self.before || parts.is_empty() {
            parts.extend(self.silent(called));
        }
        parts.join(", ")
    }

    /// The silence in words, and the usual gap where nothing else explains the loss.
    fn silent(&self, called: bool) -> Option<String> {
        let days = self.silence.filter(|days| *days > 0)?;
        let then = if called { "then " } else { "" };
        let silent = format!("{then}{} silent", whole(f64::from(days)));
        Some(if self.broken == 0 && self.corrected == 0 {
            format!("{silent}, usual gap {}", whole(self.rhythm))
        } else {
            silent
        })
    }
}

/// "1 day", "14 days": whole ones, there being little room.
fn whole(days: f64) -> String {
    words::days(days.round())
}

/// One in words, several with their number.
fn counted(count: u32, one: &str, many: &str) -> String {
    if count == 1 {
        one.to_owned()
    } else {
        format!("{count} {many}")
    }
}
