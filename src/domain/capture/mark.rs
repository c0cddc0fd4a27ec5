//! The marks: which there are, and whether a line begins with one.

use crate::domain::money;

/// What the first character of a line makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A promise by me.
    Mine,
    /// A promise by them.
    Theirs,
    /// A favour done to me.
    FavourToMe,
    /// A favour done by me.
    FavourByMe,
    /// They lead me to somebody.
    Referral,
    /// A problem heard.
    Need,
    /// Something delivered.
    Result,
    /// Money.
    Sale,
    /// A detail or a day worth remembering.
    Fact,
    /// A competitor.
    Rival,
    /// A seat on the committee.
    Seat,
}

impl Mark {
    /// Every mark, in the order the footer lists them.
    pub const ALL: [Mark; 11] = [
        Mark::Mine,
        Mark::Theirs,
        Mark::FavourToMe,
        Mark::FavourByMe,
        Mark::Referral,
        Mark::Need,
        Mark::Result,
        Mark::Sale,
        Mark::Fact,
        Mark::Rival,
        Mark::Seat,
    ];

    /// The character it is typed with.
    pub fn sign(self) -> char {
        match self {
            Mark::Mine => '!',
            Mark::Theirs => '?',
            Mark::FavourToMe => '+',
            Mark::FavourByMe => '-',
            Mark::Referral => '>',
            Mark::Need => '#',
            Mark::Result => '=',
            Mark::Sale => '$',
            Mark::Fact => '*',
            Mark::Rival => '~',
            Mark::Seat => '%',
        }
    }

    /// What it is for, in a phrase.
    pub fn help(self) -> &'static str {
        match self {
            Mark::Mine => "you promise",
            Mark::Theirs => "they promise",
            Mark::FavourToMe => "they did you a favour",
            Mark::FavourByMe => "you did them a favour",
            Mark::Referral => "they lead you to @somebody",
            Mark::Need => "they need",
            Mark::Result => "what you did for them, and what it brought",
            Mark::Sale => "a sale",
            Mark::Fact => "worth remembering, or a day",
            Mark::Rival => "a rival",
            Mark::Seat => "their seat on the committee",
        }
    }

    /// What a line with the mark alone will catch, and what to type next.
    pub fn next(self) -> &'static str {
        match self {
            Mark::Mine => "promise by you: what, and by when",
            Mark::Theirs => "promise by them: what, and by when",
            Mark::FavourToMe => "favour to you: what they did; you owe one",
            Mark::FavourByMe => "favour by you: what you did; they owe one",
            Mark::Referral => "they lead you to: @Name, and who that is",
            Mark::Need => "need: what is wrong, or wanted",
            Mark::Result => "result: what it did for them, an amount",
            Mark::Sale => "sale: how much, and for what",
            Mark::Fact => "fact, or a day: anniversary 20 nov",
            Mark::Rival => "rival: the name, and what it does there",
            Mark::Seat => "seat: decision, finance, technical, user …",
        }
    }

    /// The mark that is all a line has.
    pub fn alone(line: &str) -> Option<Self> {
        let mut letters = line.trim().chars();
        Mark::of(letters.next()?).filter(|_| letters.next().is_none())
    }

    /// The mark a character is, on a western or an eastern keyboard.
    pub fn of(sign: char) -> Option<Self> {
        let plain = match sign {
            '！'..='～' => char::from_u32(sign as u32 - 0xFEE0)?,
            '〜' => '~',
            '−' => '-',
            other => other,
        };
        Mark::ALL.into_iter().find(|mark| mark.sign() == plain)
    }

    /// What has to be said for the line to become something.
    pub(super) fn missing(self) -> &'static str {
        match self {
            Mark::Mine => "say what you promised",
            Mark::Theirs => "say what they promised",
            Mark::FavourToMe => "say what they did for you",
            Mark::FavourByMe => "say what you did for them",
            Mark::Referral => "say whom they lead you to: @Name",
            Mark::Need => "say what they need",
            Mark::Result => "say what it did for them",
            Mark::Sale => "say how much: 24000, 24k or 24k EUR",
            Mark::Fact => "say what is worth remembering",
            Mark::Rival => "name the rival",
            Mark::Seat => "say the seat: decision, finance, technical, user, gatekeeper, coach",
        }
    }
}

/// The mark a line begins with, and where what it marks begins. The line begins with no blank, but may end with one.
pub fn of(line: &str) -> Option<(Mark, usize)> {
    let first = line.chars().next()?;
    let mark = Mark::of(first)?;
    let behind = line.get(first.len_utf8()..)?;
    let rest = behind.trim_start();
    if rest.len() == behind.len() && !(mark == Mark::Sale && is_amount(first, behind)) {
        return None;
    }
    let rule = !rest.is_empty()
        && rest
            .chars()
            .all(|c| c.is_whitespace() || Mark::of(c).is_some());
    let bullet = mark == Mark::FavourByMe && rest.is_empty();
    (!rule && !bullet).then_some((mark, line.len() - rest.len()))
}

/// Whether `$24000` or `$€24k` begins here.
fn is_amount(sign: char, behind: &str) -> bool {
    matches!(sign, '$' | '＄') && money::begins(behind) && !behind.starts_with(['$', '＄'])
}

/// Whether a text says anything: it has a letter, a digit or a picture.
pub fn says(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !c.is_control())
}
