//! Why somebody moved, in a plain sentence.

use super::super::touch::TouchKind;
use super::Mover;

impl Mover {
    /// What happened in the period: "3 calls, a meeting, a promise kept", or "52 days silent, usual gap 14 days".
    pub fn why(&self) -> String {
        let touches = self
            .touches
            .iter()
            .map(|(kind, count)| touched(*kind, *count));
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
        let silent = format!("{then}{} silent", in_days(f64::from(days)));
        Some(if self.broken == 0 && self.corrected == 0 {
            format!("{silent}, usual gap {}", in_days(self.rhythm))
        } else {
            silent
        })
    }
}

/// "1 day", "14 days".
fn in_days(days: f64) -> String {
    match days.round() as i64 {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// One in words, several with their number.
fn counted(count: u32, one: &str, many: &str) -> String {
    if count == 1 {
        one.to_owned()
    } else {
        format!("{count} {many}")
    }
}

/// So many touches of a kind.
fn touched(kind: TouchKind, count: u32) -> String {
    let (one, many) = match kind {
        TouchKind::Call => ("a call", "calls"),
        TouchKind::Meeting => ("a meeting", "meetings"),
        TouchKind::Video => ("a video call", "video calls"),
        TouchKind::Email => ("an e-mail", "e-mails"),
        TouchKind::Message => ("a message", "messages"),
        TouchKind::Letter => ("a letter", "letters"),
        TouchKind::Gift => ("a gift", "gifts"),
        TouchKind::Intro => ("an introduction", "introductions"),
        TouchKind::Favour => ("a favour", "favours"),
        TouchKind::Referral => ("a referral", "referrals"),
        TouchKind::Note => ("a note", "notes"),
        TouchKind::Attempt => ("an attempt", "attempts"),
    };
    counted(count, one, many)
}
