//! Marks in a note: what each marked line becomes, and whom it names.
//!
//! A line that begins with a mark and a blank is caught when the note is filed: `! send revised quote fri` is a promise. Everything
//! stays in the note as typed. Reading needs the book for one thing only, to know who an `@name` is, and asks for it through a
//! function; it is cheap enough to be done for the line under the cursor at every key.
//!
//! # Where is what?
//!
//! `mark` finds the mark, `name` and `unspaced` (for scripts without blanks) the people from the words that `word` cuts, `date` the day, `unread` the days that are none; `item`, `favour`, `fact` and
//! `seat` read one kind of line each; `say` puts in words what a line becomes, `complete` helps to type a name.

mod complete;
mod date;
mod fact;
mod favour;
mod item;
mod mark;
mod name;
mod say;
mod seat;
mod unread;
mod unspaced;
mod word;

use super::chit::Halves;
use super::contact::KeyDate;
use super::id::Id;
use super::money::Money;
use super::record::{ResultKind, Role, Stance};
use super::when::DateOrder;
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// A longer line than this, in bytes, is no line somebody marked.
const LONGEST_LINE: usize = 10_000;

pub use complete::{Partial, at_caret, complete};
pub use mark::Mark;
pub use name::newcomer;
pub use say::say;

/// Somebody a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody is named: the person the note is about.
    Caller,
    /// The rep.
    Me,
    /// Somebody in the book.
    Known(Id),
    /// It cannot be told who: several fit, or one does by the first name and another name follows that is not theirs. Then it may be
    /// somebody new as well.
    Several {
        /// The name as typed.
        typed: String,
        /// Whoever fits, at least one.
        fitting: Vec<Id>,
    },
    /// Nobody in the book: the name as typed. [`newcomer`] is what they are called on their card.
    New(String),
}

/// What a marked line becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Something promised.
    Promise {
        /// By me; otherwise by them.
        mine: bool,
        /// Between me and whom.
        with: Who,
        /// What was promised.
        what: String,
        /// When it falls due.
        due: NaiveDate,
        /// A day was said; otherwise it is the usual time from today.
        said: bool,
        /// Why the day that was tried to be said is none: `February has no day 31`. The words are all in `what`.
        unread: Option<String>,
    },
    /// A favour.
    Favour {
        /// Who did it.
        giver: Who,
        /// Who had it done, and owes one.
        receiver: Who,
        /// The favour.
        what: String,
        /// What it is worth.
        worth: Halves,
    },
    /// The caller leads me to somebody.
    Referral {
        /// To whom.
        prospect: Who,
        /// What was said about them; may be empty.
        what: String,
    },
    /// A problem heard.
    Need {
        /// From whom.
        with: Who,
        /// The problem.
        what: String,
    },
    /// Something delivered.
    Result {
        /// For whom.
        with: Who,
        /// What it did for them.
        what: String,
        /// Of which kind that is.
        kind: ResultKind,
        /// How much, where an amount was said.
        amount: Option<Money>,
        /// The day, today where none was said.
        on: NaiveDate,
    },
    /// Money that came in.
    Sale {
        /// From whom.
        with: Who,
        /// How much.
        amount: Money,
        /// For what; may be empty.
        what: String,
        /// The day, today where none was said.
        on: NaiveDate,
    },
    /// A detail worth remembering.
    Fact {
        /// About whom.
        with: Who,
        /// The detail.
        what: String,
    },
    /// A day to remember.
    Date {
        /// Whose.
        with: Who,
        /// The day and what it is called.
        date: KeyDate,
    },
    /// A competitor seen.
    Rival {
        /// Who told of it.
        with: Who,
        /// The competitor.
        name: String,
        /// What was said about it; may be empty.
        what: String,
    },
    /// Seats on the account's committee.
    Seat {
        /// Who sits there.
        who: Who,
        /// The seats, at least one, each once.
        roles: Vec<Role>,
        /// What they think of us.
        stance: Stance,
    },
}

impl Found {
    /// Everybody it is about; the caller where nobody is named.
    pub fn people(&self) -> Vec<&Who> {
        match self {
            Found::Favour {
                giver, receiver, ..
            } => vec![giver, receiver],
            Found::Referral { prospect, .. } => vec![prospect],
            Found::Seat { who, .. } => vec![who],
            Found::Promise { with, .. }
            | Found::Need { with, .. }
            | Found::Result { with, .. }
            | Found::Sale { with, .. }
            | Found::Fact { with, .. }
            | Found::Date { with, .. }
            | Found::Rival { with, .. } => vec![with],
        }
    }
}

/// A marked line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its mark.
    pub mark: Mark,
    /// Where it stands in the note, in bytes, without the blanks at either end.
    pub span: Range<usize>,
    /// The line as typed, without the blanks at either end.
    pub words: String,
    /// What it becomes, or why it stays text, in one short sentence.
    pub found: Result<Found, String>,
}

impl Line {
    /// What about it is not as it was meant, though it becomes something: a day that is none.
    pub fn doubt(&self) -> Option<&str> {
        match &self.found {
            Ok(Found::Promise { unread, .. }) => unread.as_deref(),
            _ => None,
        }
    }
}

/// An `@name` in a note, in a marked line or any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Whom it names; never [`Who::Caller`].
    pub who: Who,
    /// Where it stands in the note, in bytes, with the `@`.
    pub span: Range<usize>,
    /// The whole line it stands in, without the blanks at either end.
    pub line: String,
}

/// A note as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The marked lines, in order.
    pub lines: Vec<Line>,
    /// The names, in order.
    pub named: Vec<Named>,
}

/// Reads notes.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The day the note is of.
    pub today: NaiveDate,
    /// How `3/4` is read.
    pub order: DateOrder,
    /// The currency of an amount that names none: `USD`.
    pub currency: &'a str,
    /// Everybody with a word of their name that begins with this folded word (see [`fold`](super::text::fold)). In scripts without
    /// blanks the word is a name's first letter. The reader narrows it down by itself: it asks once for each name. Where very many
    /// begin so, a few hundred will do: it cannot be told who is meant either way.
    pub people: &'a dyn Fn(&str) -> Vec<(Id, String)>,
}

impl Reader<'_> {
    /// Reads a note: its marked lines, and everybody it names.
    pub fn read(&self, note: &str) -> Reading {
        // A long note names the same people over and over, and looking somebody up may mean looking at everybody.
        let known: RefCell<HashMap<String, Vec<(Id, String)>>> = RefCell::default();
        let people = |word: &str| {
            let mut known = known.borrow_mut();
            if !known.contains_key(word) {
                known.insert(word.to_owned(), (self.people)(word));
            }
            known.get(word).cloned().unwrap_or_default()
        };
        let reader = Reader {
            people: &people,
            ..*self
        };
        let mut reading = Reading::default();
        let mut start = 0;
        for line in note.split('\n') {
            reader.read_line(line, start, &mut reading);
            start += line.len() + 1;
        }
        reading
    }

    /// The marked line a line of a note is, none where it is plain text. Its span is its place in this text.
    ///
    /// ```
    /// use chitbook::domain::capture::{Found, Mark, Reader};
    /// use chitbook::domain::when::DateOrder;
    /// let today = "2026-11-22".parse().unwrap(); // a Sunday
    /// let people = |_: &str| Vec::new();
    /// let reader = Reader { today, order: DateOrder::Mdy, currency: "USD", people: &people };
    /// let line = reader.line("! send revised quote fri").unwrap();
    /// assert_eq!(line.mark, Mark::Mine);
    /// let Ok(Found::Promise { what, due, .. }) = line.found else { panic!() };
    /// assert_eq!((what.as_str(), due.to_string().as_str()), ("send revised quote", "2026-11-27"));
    /// assert!(reader.line("plain text").is_none());
    /// ```
    pub fn line(&self, line: &str) -> Option<Line> {
        let cut = Cut::of(line);
        let mark = cut.mark?;
        let names = self.names(cut.rest);
        Some(self.marked(mark, &cut, &names))
    }

    /// Adds what one line says, which begins at `start` of the note.
    fn read_line(&self, line: &str, start: usize, into: &mut Reading) {
        let cut = Cut::of(line);
        let names = self.names(cut.rest);
        if let Some(mark) = cut.mark {
            let mut line = self.marked(mark, &cut, &names);
            line.span = line.span.start + start..line.span.end + start;
            into.lines.push(line);
        }
        let from = start + cut.rest_at;
        into.named.extend(names.into_iter().map(|name| Named {
            who: name.who,
            span: name.span.start + from..name.span.end + from,
            line: cut.words.to_owned(),
        }));
    }

    fn marked(&self, mark: Mark, cut: &Cut<'_>, names: &[name::Spot]) -> Line {
        Line {
            mark,
            span: cut.words_at..cut.words_at + cut.words.len(),
            words: cut.words.to_owned(),
            found: self.found(mark, cut.rest, names),
        }
    }

    /// What a line with this mark becomes, from what stands behind the mark.
    fn found(&self, mark: Mark, rest: &str, names: &[name::Spot]) -> Result<Found, String> {
        if rest.len() > LONGEST_LINE {
            return Err("too long to be caught: break the line".to_owned());
        }
        let found = match mark {
            Mark::Mine | Mark::Theirs => self.promise(mark, rest, names),
            // In a favour, and there only, the rep is one of the two.
            Mark::FavourToMe | Mark::FavourByMe => return self.favour(mark, rest, names),
            Mark::Referral => self.referral(rest, names),
            Mark::Need => item::need(rest, names),
            Mark::Result => self.result(rest, names),
            Mark::Sale => self.sale(rest, names),
            Mark::Fact => Some(self.fact(rest, names)?),
            Mark::Rival => item::rival(rest, names),
            Mark::Seat => Some(self.seat(rest, names)?),
        };
        let found = found.ok_or_else(|| mark.missing().to_owned())?;
        if found.people().contains(&&Who::Me) {
            return Err("this is about you: name somebody else".to_owned());
        }
        Ok(found)
    }
}

/// A line cut at its mark.
struct Cut<'a> {
    mark: Option<Mark>,
    /// The line without the blanks at either end, and where it begins.
    words: &'a str,
    words_at: usize,
    /// What stands behind the mark, all of it where there is none, and where it begins.
    rest: &'a str,
    rest_at: usize,
}

impl Cut<'_> {
    fn of(line: &str) -> Cut<'_> {
        // A blank behind the mark counts, even where nothing follows it.
        let open = line.trim_start();
        let (words, words_at) = (open.trim_end(), line.len() - open.len());
        let (mark, length) = mark::of(open).unzip();
        let rest = words.get(length.unwrap_or(0)..).unwrap_or_default();
        Cut {
            mark,
            words,
            words_at,
            rest,
            rest_at: words_at + words.len() - rest.len(),
        }
    }
}

#[cfg(test)]
mod tests;
