//! Dice that fall the same way in every run, and the words the made-up people are made of.

/// A linear congruential generator; the upper half of its state is good enough for made-up people.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    /// A number below `end`, which must not be zero.
    pub fn below(&mut self, end: usize) -> usize {
        ((u64::from(self.roll()) * end as u64) >> 32) as usize
    }

    /// Whether one of `in_how_many` came up.
    pub fn one_in(&mut self, in_how_many: usize) -> bool {
        self.below(in_how_many) == 0
    }

    /// A number below `end`; low ones come up more often, as a few people get most of the calls.
    pub fn skewed(&mut self, end: usize) -> usize {
        let unit = f64::from(self.roll()) / f64::from(u32::MAX);
        ((unit * unit * end as f64) as usize).min(end - 1)
    }

    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// A note of a few words.
    pub fn note(&mut self) -> String {
        let count = 4 + self.below(12);
        let words: Vec<&str> = (0..count).map(|_| self.pick(WORDS)).collect();
        words.join(" ")
    }

    /// So many bytes of words in one line.
    pub fn text(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + 10);
        while text.len() < bytes {
            text.push_str(self.pick(WORDS));
            text.push(' ');
        }
        text.truncate(bytes);
        text
    }

    /// A given and a family name, as they are written.
    pub fn name(&mut self) -> Name {
        if self.one_in(14) {
            let (family, given) = (self.pick(EAST_FAMILY), self.pick(EAST_GIVEN));
            return Name {
                given: given.to_owned(),
                family: family.to_owned(),
                whole: [family, given].concat(),
            };
        }
        let given = self.pick(GIVEN).to_owned();
        let mut family = self.pick(FAMILY).to_owned();
        if self.one_in(5) {
            family = format!("{family}-{}", self.pick(FAMILY));
        }
        let whole = format!("{given} {family}");
        Name {
            given,
            family,
            whole,
        }
    }
}

/// A name in its parts and as it is written.
#[derive(Clone, Debug)]
pub struct Name {
    pub given: String,
    pub family: String,
    pub whole: String,
}

pub const GIVEN: &[&str] = &[
    "Ada", "Aïcha", "Åse", "Beatriz", "Björn", "Carla", "Chloé", "Dmitri", "Dorota", "Edda",
    "Émile", "Farid", "Fiona", "Gideon", "Greta", "Håkon", "Hanna", "Ines", "Ivo", "Jana", "João",
    "Kamal", "Katja", "Lars", "Leïla", "Łucja", "Marta", "Milo", "Nadia", "Noël", "Odile",
    "Øyvind", "Paloma", "Pietro", "Quentin", "Rania", "René", "Salma", "Søren", "Tilda", "Tomáš",
    "Ursula", "Vera", "Víctor", "Wanda", "Xenia", "Yara", "Yusuf", "Zdeněk", "Zoë",
];

pub const FAMILY: &[&str] = &[
    "Abara",
    "Ågren",
    "Bellamy",
    "Brandão",
    "Castellan",
    "Čapek",
    "Dahl",
    "Duarte",
    "Eklund",
    "Esteves",
    "Farrow",
    "Fournier",
    "Gallo",
    "Grünwald",
    "Haddad",
    "Hollis",
    "Ibarra",
    "Ito",
    "Jansen",
    "Jørgensen",
    "Kaplan",
    "Kowalczyk",
    "Lindqvist",
    "López",
    "Marchetti",
    "Müller",
    "Nakamura",
    "Novák",
    "O'Hara",
    "Okafor",
    "Paquet",
    "Petrov",
    "Quist",
    "Rahimi",
    "Rousseau",
    "Şahin",
    "Sandoval",
    "Tanaka",
    "Thorne",
    "Underhill",
    "Urquhart",
    "Vasquez",
    "Vogel",
    "Weiß",
    "Whitlock",
    "Xanthos",
    "Yamada",
    "Ybarra",
    "Zając",
    "Zielinski",
];

const EAST_FAMILY: &[&str] = &["山田", "佐藤", "王", "李", "김", "박", "陈", "高橋"];
const EAST_GIVEN: &[&str] = &["花子", "健太", "伟", "秀英", "민준", "서연", "美咲", "芳"];

pub const FIRMS: &[&str] = &[
    "Aldercroft",
    "Bluestone",
    "Corvid",
    "Dunmore",
    "Eastgate",
    "Fenwick",
    "Granary",
    "Halcyon",
    "Ironwood",
    "Juniper",
    "Kestrel",
    "Lodestar",
    "Millbrook",
    "Norholm",
    "Oakhaven",
    "Pinnacle",
    "Quarry Hill",
    "Ridgeway",
    "Saltmarsh",
    "Tidewater",
    "Umber",
    "Vale & Sons",
    "Wexcombe",
    "Yarrow",
];

pub const TITLES: &[&str] = &[
    "Plant manager",
    "Head of purchasing",
    "Engineer",
    "Finance director",
    "Office manager",
    "Founder",
    "Site lead",
    "Controller",
    "Maintenance planner",
    "",
];

pub const TAGS: &[&str] = &[
    "north",
    "south",
    "key account",
    "golf",
    "newsletter",
    "trade fair",
    "alumni",
    "vip",
];

const WORDS: &[&str] = &[
    "asked",
    "about",
    "the",
    "quote",
    "for",
    "spring",
    "wants",
    "a",
    "second",
    "visit",
    "firmware",
    "delivery",
    "moved",
    "to",
    "next",
    "week",
    "budget",
    "approved",
    "by",
    "board",
    "daughter",
    "started",
    "school",
    "price",
    "too",
    "high",
    "sent",
    "table",
    "will",
    "call",
    "back",
    "met",
    "new",
    "colleague",
    "from",
    "purchasing",
    "problem",
    "with",
    "truck",
    "solved",
    "thanked",
    "us",
    "twice",
    "likes",
    "sailing",
    "and",
    "old",
    "maps",
];
