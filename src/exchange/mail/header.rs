//! The header of a message: its fields, unfolded, and what they tell.

use super::Message;
use super::address::{Address, addresses};
use super::date;
use super::mbox;
use super::words;
use crate::domain::text::{clean_line, fingerprint};
use crate::exchange::decode::single_bytes;

/// Bytes of one field that are read.
const FIELD: usize = 32 << 10;
/// Messages that a message is said to answer: the first one and the last few are enough.
const ANSWERS: usize = 24;

/// A sign of a message that is nothing between two people; the first of them outranks the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    Draft,
    Deleted,
    Junk,
    List,
    Automatic,
}

/// Whether bytes are the name of a field.
pub(super) fn is_name(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes.len() <= 100
        && bytes
            .iter()
            .all(|byte| (b'!'..=b'~').contains(byte) && *byte != b':')
}

/// Where the header at the beginning of these bytes ends: its length, and where the body begins. A header that was cut off ends where
/// the next message begins.
pub(super) fn end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(b"\n") {
            return Some((at, at + 1));
        }
        if rest.starts_with(b"\r\n") {
            return Some((at, at + 2));
        }
        if at > 0 && rest.starts_with(b"From ") && mbox::begins(rest) {
            return Some((at, at));
        }
        at += memchr::memchr(b'\n', rest)? + 1;
    }
}

/// The length a header says the body has.
pub(super) fn length(head: &[u8]) -> Option<u64> {
    let field = fields(head).find(|(name, _)| name.eq_ignore_ascii_case(b"content-length"))?;
    let text = String::from_utf8_lossy(field.1).into_owned();
    text.trim().parse().ok().filter(|length| *length > 0)
}

/// The fields of a header: name, and value with its folds.
fn fields(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = head;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let mut end = 0;
            // A field goes on in the lines that begin with a blank.
            loop {
                let tail = rest.get(end..).unwrap_or_default();
                end += memchr::memchr(b'\n', tail).map_or(tail.len(), |at| at + 1);
                let next = rest.get(end);
                if !matches!(next, Some(b' ' | b'\t')) {
                    break;
                }
            }
            let (field, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            rest = after;
            let Some(colon) = memchr::memchr(b':', field) else {
                continue;
            };
            let (name, value) = field.split_at_checked(colon).unwrap_or((field, &[]));
            let name = name.trim_ascii();
            if is_name(name) {
                return Some((name, value.get(1..).unwrap_or_default()));
            }
        }
    })
}

/// A value as one line of text, encoded words not read yet.
fn unfolded(value: &[u8]) -> String {
    let value = value.get(..value.len().min(FIELD)).unwrap_or_default();
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => single_bytes(value),
    };
    let mut line = String::with_capacity(text.len());
    for part in text.split(['\r', '\n']) {
        line.push_str(part);
    }
    line.trim().to_owned()
}

/// The identities a field names: what stands between angle brackets, else its words.
fn identities(value: &str) -> Vec<u64> {
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, after)) = after.split_once('>') else {
            break;
        };
        if !id.trim().is_empty() {
            ids.push(identity(id));
        }
        rest = after;
    }
    ids
}

fn identity(id: &str) -> u64 {
    fingerprint(&[id.trim()])
}

/// What a header tells of its message; `separator` is the line before it in an mbox.
pub(super) fn message(head: &[u8], separator: &[u8]) -> Message {
    let mut message = Message::default();
    let mut dates = Dates::default();
    let (mut own, mut replied, mut references) = (None, Vec::new(), Vec::new());
    for (name, value) in fields(head) {
        let text = || unfolded(value);
        let first = |text: String| addresses(&text).into_iter().next();
        match name.to_ascii_lowercase().as_slice() {
            b"from" if message.from.is_none() => message.from = first(text()),
            b"sender" if message.from.is_none() => dates.sender = first(text()),
            b"to" | b"cc" | b"bcc" => message.to.extend(addresses(&text())),
            b"date" if dates.own.is_none() => dates.own = Some(text()),
            b"received" if dates.received.is_none() => dates.received = Some(text()),
            b"subject" if message.subject.is_empty() => {
                message.subject = clean_line(&words::decoded(&text()));
            }
            b"message-id" if own.is_none() => own = identities(&text()).first().copied(),
            b"in-reply-to" => replied = identities(&text()),
            b"references" => references = identities(&text()),
            other => message.mark = message.mark.into_iter().chain(mark(other, text)).min(),
        }
    }
    message.from = message.from.or(dates.sender.take());
    dates.settle(&mut message, separator);
    message.id = own.unwrap_or_else(|| {
        let from = message
            .from
            .as_ref()
            .map(|from| from.email.clone())
            .unwrap_or_default();
        fingerprint(&[
            "no id",
            &from,
            &format!("{:?}", message.at),
            &message.subject,
        ])
    });
    references.extend(replied);
    if references.len() > ANSWERS {
        references.drain(1..=(references.len() - ANSWERS));
    }
    message.answers = references;
    message
}

/// What may say when a message was written.
#[derive(Default)]
struct Dates {
    own: Option<String>,
    received: Option<String>,
    sender: Option<Address>,
}

impl Dates {
    /// The date of its own, else of its last post office, else of the file's separator.
    fn settle(self, message: &mut Message, separator: &[u8]) {
        message.at = self.own.as_deref().and_then(date::read);
        if message.at.is_some() {
            return;
        }
        let stamped = self
            .received
            .as_deref()
            .and_then(|text| text.rsplit_once(';'));
        let stamped = stamped.and_then(|(_, date)| date::read(date));
        let separated = || date::of_separator(&String::from_utf8_lossy(separator));
        message.at = stamped.or_else(separated);
        message.dated_otherwise = message.at.is_some();
    }
}

/// The sign that a field is, where it is one.
fn mark(name: &[u8], value: impl FnOnce() -> String) -> Option<Mark> {
    // Encoded words are read first: small letters make others of them.
    let text = || words::decoded(&value()).to_lowercase();
    let when = |is: bool, mark| is.then_some(mark);
    match name {
        b"list-id" | b"list-unsubscribe" | b"list-post" | b"mailing-list" | b"x-mailing-list"
        | b"x-campaign" | b"x-campaignid" | b"feedback-id" => Some(Mark::List),
        b"precedence" => {
            let text = text();
            let list = ["list", "bulk", "junk"].contains(&text.trim());
            when(list, Mark::List).or_else(|| when(text.contains("auto"), Mark::Automatic))
        }
        b"auto-submitted" => when(!text().trim().starts_with("no"), Mark::Automatic),
        b"x-autoreply" | b"x-autorespond" | b"x-failed-recipients" => Some(Mark::Automatic),
        b"content-type" => when(text().starts_with("multipart/report"), Mark::Automatic),
        b"return-path" => when(text().trim() == "<>", Mark::Automatic),
        b"x-spam-flag" => when(text().trim() == "yes", Mark::Junk),
        b"x-gmail-labels" => {
            let labels = text();
            let has = |label: &str| {
                let mut given = labels.split(',');
                given.any(|given| given.trim().trim_matches('"') == label)
            };
            let known = [
                ("drafts", Mark::Draft),
                ("draft", Mark::Draft),
                ("trash", Mark::Deleted),
                ("spam", Mark::Junk),
            ];
            known
                .into_iter()
                .find(|(label, _)| has(label))
                .map(|(_, mark)| mark)
        }
        // Thunderbird's bits: 8 is a message that is deleted and still in the file.
        b"x-mozilla-status" => {
            let bits = u32::from_str_radix(text().trim(), 16).unwrap_or(0);
            when(bits & 8 != 0, Mark::Deleted)
        }
        b"x-mozilla-draft-info" => Some(Mark::Draft),
        _ => None,
    }
}
