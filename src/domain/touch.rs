//! A touch: one interaction at a moment with one or more people.

use super::id::Id;
use super::moment::Moment;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TouchKind {
    /// A telephone call that was answered.
    #[default]
    Call,
    /// In person.
    Meeting,
    /// A video call.
    Video,
    /// An e-mail.
    Email,
    /// A text or chat message.
    Message,
    /// A letter or card by post.
    Letter,
    /// A gift.
    Gift,
    /// An introduction made.
    Intro,
    /// A favour done: entered by a chit.
    Favour,
    /// A referral made: entered by a referral.
    Referral,
    /// A note to oneself; counts nothing.
    Note,
    /// A call or knock that nobody answered; kept, counts nothing.
    Attempt,
}

impl TouchKind {
    /// Every kind, in the order forms offer them.
    pub const ALL: [TouchKind; 12] = [
        TouchKind::Call,
        TouchKind::Meeting,
        TouchKind::Video,
        TouchKind::Email,
        TouchKind::Message,
        TouchKind::Letter,
        TouchKind::Gift,
        TouchKind::Intro,
        TouchKind::Favour,
        TouchKind::Referral,
        TouchKind::Note,
        TouchKind::Attempt,
    ];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            TouchKind::Call => "call",
            TouchKind::Meeting => "meeting",
            TouchKind::Video => "video",
            TouchKind::Email => "email",
            TouchKind::Message => "message",
            TouchKind::Letter => "letter",
            TouchKind::Gift => "gift",
            TouchKind::Intro => "intro",
            TouchKind::Favour => "favour",
            TouchKind::Referral => "referral",
            TouchKind::Note => "note",
            TouchKind::Attempt => "attempt",
        }
    }

    /// What it is called in a sentence: `call`, `e-mail`, `video call`.
    pub fn noun(self) -> &'static str {
        match self {
            TouchKind::Email => "e-mail",
            TouchKind::Video => "video call",
            TouchKind::Intro => "introduction",
            other => other.word(),
        }
    }

    /// So many of a kind in a sentence.
    ///
    /// ```
    /// use chitbook::domain::touch::TouchKind;
    /// assert_eq!(TouchKind::Email.counted(1), "an e-mail");
    /// assert_eq!(TouchKind::Video.counted(3), "3 video calls");
    /// ```
    pub fn counted(self, count: u32) -> String {
        let noun = self.noun();
        match count {
            1 if noun.starts_with(['a', 'e', 'i']) => format!("an {noun}"),
            1 => format!("a {noun}"),
            _ => format!("{count} {noun}s"),
        }
    }

    /// The kind a word names; a few everyday words are understood besides the kinds' own.
    ///
    /// ```
    /// use chitbook::domain::touch::TouchKind;
    /// assert_eq!(TouchKind::parse("lunch"), Some(TouchKind::Meeting));
    /// assert_eq!(TouchKind::parse("telegram to the queen"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        // The book's own words, a few thousand at a time, need nothing made of them first.
        if let Some(kind) = TouchKind::ALL.into_iter().find(|kind| kind.word() == word) {
            return Some(kind);
        }
        let word = word.trim().to_lowercase();
        let by_word = TouchKind::ALL.into_iter().find(|kind| kind.word() == word);
        by_word.or(match word.as_str() {
            "phone" | "phonecall" | "phone call" | "rang" => Some(TouchKind::Call),
            "in_person" | "in person" | "visit" | "lunch" | "dinner" | "coffee" | "met" => {
                Some(TouchKind::Meeting)
            }
            "video call" | "zoom" | "teams" => Some(TouchKind::Video),
            "e-mail" | "mail" => Some(TouchKind::Email),
            "text" | "sms" | "chat" | "whatsapp" => Some(TouchKind::Message),
            "card" | "post" => Some(TouchKind::Letter),
            "present" => Some(TouchKind::Gift),
            "introduction" => Some(TouchKind::Intro),
            "favor" => Some(TouchKind::Favour),
            "voicemail" | "no answer" | "missed" => Some(TouchKind::Attempt),
            _ => None,
        })
    }

    /// One letter for charts: lower case for what travels by wire, upper case for what is worth more.
    pub fn letter(self) -> char {
        match self {
            TouchKind::Call => 'c',
            TouchKind::Meeting => 'M',
            TouchKind::Video => 'V',
            TouchKind::Email => 'e',
            TouchKind::Message => 'm',
            TouchKind::Letter => 'l',
            TouchKind::Gift => 'G',
            TouchKind::Intro => 'I',
            TouchKind::Favour => 'F',
            TouchKind::Referral => 'R',
            TouchKind::Note => 'n',
            TouchKind::Attempt => 'a',
        }
    }
}

/// Who started it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From me to them.
    Out,
    /// From them to me.
    In,
    /// Both ways, or not known.
    #[default]
    Mutual,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Direction; 3] = [Direction::Out, Direction::In, Direction::Mutual];

    /// The word in the book, on screen and in files.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Out => "out",
            Direction::In => "in",
            Direction::Mutual => "mutual",
        }
    }

    /// The direction a word names.
    pub fn parse(word: &str) -> Option<Self> {
        let exact = Direction::ALL.into_iter().find(|d| d.word() == word);
        exact.or_else(|| {
            let word = word.trim().to_lowercase();
            Direction::ALL.into_iter().find(|d| d.word() == word)
        })
    }
}

/// A touch as it is logged or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub kind: TouchKind,
    /// Who started it.
    pub direction: Direction,
    /// How long it took, where it matters.
    pub minutes: Option<u32>,
    /// The note.
    pub body: String,
    /// Everybody who took part.
    pub people: Vec<Id>,
}

/// A touch as the book holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its identity.
    pub id: Id,
    /// What it says.
    pub touch: Touch,
}
