//! Which messages were written by one person to another, and which by programs or to crowds.

use super::header::Mark;
use super::{Address, Message};
use crate::exchange::ical::Mine;

/// Messages to so many people or more are to nobody in particular.
const CROWD: usize = 5;

/// Beginnings of addresses that nobody reads.
const NOBODY: [&str; 22] = [
    "no-reply",
    "noreply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "bounce",
    "notification",
    "notify",
    "newsletter",
    "news@",
    "alert",
    "automated",
    "auto-confirm",
    "calendar-notification",
    "unsubscribe",
    "mailings",
    "updates@",
];

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The rep wrote it.
    Out,
    /// It was written to the rep.
    In,
}

/// What a message is for the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// The rep and these people wrote.
    Between(Way, Vec<Address>),
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// Sorts a message; `mine` are the rep's own addresses.
pub fn sort(message: &Message, mine: &Mine) -> Sorted {
    let Some(from) = &message.from else {
        return Sorted::Nothing("it does not say who wrote it");
    };
    if let Some(mark) = message.mark {
        return Sorted::Nothing(match mark {
            Mark::Draft => "it is a draft",
            Mark::Deleted => "it was deleted",
            Mark::Junk => "it is spam",
            Mark::List => "it came through a mailing list or a newsletter",
            Mark::Automatic => "a program wrote it",
        });
    }
    if is_nobodys(&from.email) {
        return Sorted::Nothing("it is from an address that nobody reads");
    }
    if message.at.is_none() {
        return Sorted::Nothing("its date cannot be read");
    }
    let mut others: Vec<Address> = Vec::new();
    let mut to_me = false;
    for address in &message.to {
        if mine.has(&address.email) {
            to_me = true;
        } else if !others.iter().any(|other| other.email == address.email) {
            others.push(address.clone());
        }
    }
    if others.len() >= CROWD {
        return Sorted::Nothing("it is to five people or more");
    }
    if mine.has(&from.email) {
        others.retain(|address| !is_nobodys(&address.email));
        if others.is_empty() {
            return Sorted::Nothing("it is to yourself or to nobody who reads");
        }
        return Sorted::Between(Way::Out, others);
    }
    if !to_me {
        return Sorted::Nothing(
            "it is neither from you nor to you (--mine names further addresses of yours)",
        );
    }
    Sorted::Between(Way::In, vec![from.clone()])
}

/// Whether nobody reads what is sent to an address.
fn is_nobodys(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default();
    let matches = |sign: &&str| match sign.strip_suffix('@') {
        Some(whole) => local == whole,
        None => {
            local.starts_with(*sign) || local.ends_with("-noreply") || local.ends_with("+noreply")
        }
    };
    NOBODY.iter().any(matches)
}
