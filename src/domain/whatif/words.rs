//! The words a supposition is made of, as tables; and a text cut into them.

use crate::domain::text::fit;
use crate::domain::touch::{Direction, TouchKind};

/// One word of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In lower case, without marks at its ends.
    pub text: String,
    /// As it was typed.
    pub raw: String,
}

impl Word {
    /// Whether it is one of these.
    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }
}

/// What stands before a part of a supposition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joint {
    /// Only a comma: the part may belong to a date that was begun before it.
    pub comma: bool,
    /// `then`: its days are counted from what came before it.
    pub then: bool,
}

/// One part of a supposition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What stands before it.
    pub joint: Joint,
    /// Its words.
    pub words: Vec<Word>,
}

impl Part {
    /// This part with another one that goes on with it.
    pub fn joined(mut self, more: &Part) -> Self {
        if !more.joint.comma {
            self.words.push(Word {
                text: "and".to_owned(),
                raw: "and".to_owned(),
            });
        }
        self.words.extend(more.words.iter().cloned());
        self
    }
}

/// What can be said, for sentences that refuse.
pub const TRY: &str = "try “a call next tuesday”, “lunch fri”, “nothing for a month”";

const JOINTS: [&str; 4] = ["and", "then", "plus", "&"];

/// Words that say nothing of their own, at the front of a part and right after what happens.
const NOISE: [&str; 47] = [
    "what",
    "if",
    "suppose",
    "supposing",
    "i",
    "we",
    "i'll",
    "we'll",
    "do",
    "make",
    "have",
    "had",
    "has",
    "would",
    "could",
    "maybe",
    "also",
    "just",
    "there",
    "is",
    "was",
    "be",
    "a",
    "an",
    "the",
    "my",
    "our",
    "another",
    "one",
    "him",
    "her",
    "them",
    "us",
    "me",
    "again",
    "to",
    "up",
    "back",
    "quick",
    "short",
    "long",
    "new",
    "good",
    "nice",
    "little",
    "more",
    "some",
];

const INWARD: [&str; 11] = [
    "they", "he", "she", "their", "his", "incoming", "inbound", "received", "receive", "get",
    "gets",
];
const OUTWARD: [&str; 8] = [
    "sent",
    "send",
    "sends",
    "outgoing",
    "outbound",
    "out",
    "unanswered",
    "without",
];
const MUTUAL: [&str; 6] = [
    "answered",
    "exchange",
    "exchanged",
    "both",
    "returned",
    "mutual",
];
/// What may follow a direction without changing it.
const TAIL: [&str; 6] = ["answer", "reply", "ways", "way", "an", "any"];

/// What a silence is said with.
const SILENCE: [&str; 23] = [
    "nothing", "silence", "nobody", "no", "not", "don't", "dont", "won't", "contact", "touch",
    "touches", "news", "happens", "happen", "at", "all", "else", "never", "ever", "wait",
    "waiting", "stop", "without",
];

/// More words for kinds of touch than those a touch is logged by.
const KINDS: [(&str, TouchKind); 20] = [
    ("phones", TouchKind::Call),
    ("ring", TouchKind::Call),
    ("rings", TouchKind::Call),
    ("talk", TouchKind::Call),
    ("talks", TouchKind::Call),
    ("speak", TouchKind::Call),
    ("conversation", TouchKind::Call),
    ("meet", TouchKind::Meeting),
    ("meets", TouchKind::Meeting),
    ("see", TouchKind::Meeting),
    ("sees", TouchKind::Meeting),
    ("lunches", TouchKind::Meeting),
    ("breakfast", TouchKind::Meeting),
    ("drink", TouchKind::Meeting),
    ("drinks", TouchKind::Meeting),
    ("tea", TouchKind::Meeting),
    ("write", TouchKind::Email),
    ("writes", TouchKind::Email),
    ("introduce", TouchKind::Intro),
    ("refer", TouchKind::Referral),
];

/// The text cut into parts; words keep their marks inside (`14:30`, `3/14`, `e-mail`).
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![Part::default()];
    let mut joint = Joint::default();
    let mut begins = false;
    let spaced = text.replace([',', ';'], " , ");
    for raw in spaced.split_whitespace() {
        let lower = raw.to_lowercase();
        if raw == "," || JOINTS.contains(&lower.as_str()) {
            let first = !begins;
            joint.comma = raw == "," && (first || joint.comma);
            joint.then |= lower == "then";
            begins = true;
            continue;
        }
        if begins && parts.last().is_some_and(|part| !part.words.is_empty()) {
            parts.push(Part {
                joint,
                words: Vec::new(),
            });
        }
        (joint, begins) = (Joint::default(), false);
        if let Some(part) = parts.last_mut() {
            part.words.extend(word(raw, &lower));
        }
    }
    parts.retain(|part| !part.words.is_empty());
    parts
}

/// A word without what only ends a sentence; none where nothing is left.
fn word(raw: &str, lower: &str) -> Option<Word> {
    let marks = ['?', '!', '"', '“', '”', '(', ')', '…'];
    let mut text = lower.trim_matches(marks);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        text = text.trim_end_matches('.');
    }
    let text = text.replace('’', "'");
    (!text.is_empty()).then(|| Word {
        text,
        raw: raw.trim_matches(marks).to_owned(),
    })
}

/// The kind of touch a word names.
fn kind_of(word: &str) -> Option<TouchKind> {
    let found = |word: &str| {
        let more = KINDS.iter().find(|row| row.0 == word);
        more.map(|row| row.1).or_else(|| TouchKind::parse(word))
    };
    // `calls`, `called`, `calling`
    let ends = ["s", "ed", "ing"].into_iter();
    let mut stems = ends.filter_map(|end| word.strip_suffix(end));
    found(word).or_else(|| stems.find_map(found))
}

/// Where in a part the first word for a kind of touch stands, how many words it is, and the kind: `a video call fri`.
pub fn kind(words: &[Word]) -> Option<(usize, usize, TouchKind)> {
    let two = |at: usize| {
        let (one, next) = (words.get(at)?, words.get(at + 1)?);
        let kind = TouchKind::parse(&format!("{} {}", one.text, next.text));
        kind.map(|kind| (at, 2, kind))
    };
    let one = |at: usize| {
        let kind = kind_of(&words.get(at)?.text)?;
        if unanswered(words, at + 1) {
            return Some((at, 3, TouchKind::Attempt));
        }
        let next = words.get(at + 1).and_then(|word| kind_of(&word.text));
        let of_call = matches!(kind, TouchKind::Video | TouchKind::Attempt);
        let more = next.is_some_and(|n| n == kind || of_call && n == TouchKind::Call);
        Some((at, 1 + usize::from(more), kind))
    };
    (0..words.len()).find_map(|at| two(at).or_else(|| one(at)))
}

/// The direction a word says.
pub fn direction(word: &Word) -> Option<Direction> {
    if word.is(&INWARD) {
        Some(Direction::In)
    } else if word.is(&OUTWARD) {
        Some(Direction::Out)
    } else if word.is(&MUTUAL) {
        Some(Direction::Mutual)
    } else {
        None
    }
}

/// Words as one text, in lower case.
pub fn joined(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

/// Words as they were typed.
pub fn typed(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.raw.as_str()).collect();
    words.join(" ")
}

/// What is said of words that mean nothing here.
pub fn stranger(words: &[Word]) -> String {
    format!("“{}” is not understood; {TRY}", shown(&typed(words)))
}

/// Words as they were typed, short enough for a sentence.
pub fn shown(text: &str) -> String {
    fit(text.trim(), 40)
}

/// Whether a part says that nothing happens: `nothing`, `no calls`, `don't call`.
pub fn is_silence(words: &[Word]) -> bool {
    const NONE: [&str; 8] = [
        "nothing", "silence", "never", "wait", "stop", "don't", "dont", "won't",
    ];
    let no = words.windows(2).any(|two| {
        let happens = kind_of(&two[1].text).is_some();
        two[0].is(&["no", "not"]) && happens
            || two[0].text == "no" && two[1].is(&["contact", "touch", "touches", "news"])
    });
    let nobody = words.iter().position(|word| word.text == "nobody");
    let nobody = nobody.is_some_and(|at| !unanswered(words, at));
    let without = words.first().is_some_and(|word| word.text == "without");
    no || nobody || without || words.iter().any(|word| word.is(&NONE))
}

/// Whether `nobody answered` stands here.
fn unanswered(words: &[Word], at: usize) -> bool {
    let answers = ["answer", "answers", "answered"];
    let two = words.get(at).zip(words.get(at + 1));
    two.is_some_and(|(nobody, word)| nobody.text == "nobody" && word.is(&answers))
}

/// Whether a word goes with a silence: `nobody calls at all`.
pub fn of_silence(word: &Word) -> bool {
    let happens = || kind_of(&word.text).is_some() || direction(word).is_some();
    is_noise(word) || word.is(&SILENCE) || happens()
}

/// Whether a word says nothing of its own.
pub fn is_noise(word: &Word) -> bool {
    word.is(&NOISE)
}

/// Whether a word only goes on saying a direction: `without an answer`.
pub fn goes_on(word: &Word) -> bool {
    word.is(&TAIL)
}
