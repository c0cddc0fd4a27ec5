//! The demo's files as they are written: one struct a table, unknown fields refused so that a slip of the pen is found.
//!
//! Plain day fields count days back from today; see the head of each file for the rest.

use serde::Deserialize;

/// accounts.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountsFile {
    pub(super) account: Vec<Account>,
}

/// An account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) key: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) standing: String,
    #[serde(default)]
    pub(super) wanted: String,
    #[serde(default)]
    pub(super) note: String,
}

/// people.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleFile {
    pub(super) tag: Vec<Tag>,
    pub(super) person: Vec<Person>,
}

/// A tag, with the rhythm wanted with everybody who has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) cadence: Option<u32>,
}

/// A person; the key `me` is the rep.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Person {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) family: String,
    pub(super) given: String,
    pub(super) additional: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) nick: String,
    pub(super) account: Option<String>,
    pub(super) department: String,
    pub(super) title: String,
    pub(super) note: String,
    pub(super) phones: Vec<String>,
    pub(super) emails: Vec<String>,
    pub(super) webs: Vec<String>,
    pub(super) addresses: Vec<crate::domain::contact::Address>,
    pub(super) tags: Vec<String>,
    pub(super) cadence: Option<u32>,
    pub(super) ghost: bool,
    pub(super) mentor: bool,
    pub(super) origin: String,
    pub(super) met: Option<u32>,
    pub(super) archived: Option<u32>,
    pub(super) archived_why: String,
    pub(super) dates: Vec<KeyDate>,
    pub(super) extra: Vec<crate::domain::contact::Extra>,
}

/// A day of the year to remember.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyDate {
    pub(super) label: String,
    pub(super) r#in: Option<u32>,
    pub(super) ago: Option<u32>,
    pub(super) years: Option<i32>,
}

/// A line of touches.csv.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Touch {
    pub(super) days_ago: u32,
    pub(super) time: String,
    pub(super) kind: String,
    pub(super) direction: String,
    pub(super) minutes: Option<u32>,
    pub(super) who: String,
    pub(super) text: String,
}

/// stories.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoriesFile {
    pub(super) promise: Vec<Promise>,
    pub(super) chit: Vec<Chit>,
    pub(super) ask: Vec<Ask>,
    pub(super) sale: Vec<Sale>,
    pub(super) need: Vec<Need>,
    pub(super) rival: Vec<Rival>,
    pub(super) mention: Vec<Mention>,
    pub(super) coaching: Vec<Coaching>,
    pub(super) plan: Vec<Plan>,
    pub(super) fact: Vec<Fact>,
    pub(super) correction: Vec<Correction>,
    pub(super) snooze: Vec<Snooze>,
    pub(super) referral: Vec<Referral>,
    pub(super) seats: Vec<Seats>,
    pub(super) links: Vec<Links>,
}

/// A promise, with its end where it has one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promise {
    pub(super) who: String,
    pub(super) mine: bool,
    pub(super) what: String,
    pub(super) made: u32,
    pub(super) due_in: Option<u32>,
    pub(super) due_ago: Option<u32>,
    pub(super) state: Option<String>,
    pub(super) closed: Option<u32>,
    pub(super) snoozed_in: Option<u32>,
}

/// A chit and what came back of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chit {
    pub(super) giver: String,
    pub(super) receiver: String,
    pub(super) what: String,
    pub(super) on: u32,
    pub(super) worth: String,
    #[serde(default)]
    pub(super) pending: bool,
    pub(super) referral: Option<String>,
    #[serde(default)]
    pub(super) parts: Vec<ChitPart>,
    #[serde(default)]
    pub(super) calls: Vec<ChitCall>,
    /// So many days ago it was known to be certain.
    pub(super) cleared: Option<u32>,
}

/// A chit was called in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChitCall {
    pub(super) on: u32,
    #[serde(default)]
    pub(super) outcome: String,
    pub(super) worth: Option<String>,
    pub(super) answered: Option<u32>,
    #[serde(default)]
    pub(super) note: String,
}

/// A part of a chit that was returned or let go.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChitPart {
    pub(super) on: u32,
    pub(super) worth: String,
    pub(super) how: String,
    pub(super) by: String,
}

/// A referral was asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    pub(super) who: String,
    pub(super) on: u32,
    pub(super) answer: String,
    pub(super) next_in: Option<u32>,
    #[serde(default)]
    pub(super) note: String,
}

/// Money, in whole units of its currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sale {
    pub(super) who: String,
    pub(super) account: String,
    pub(super) on: u32,
    pub(super) amount: i64,
    pub(super) currency: Option<String>,
    pub(super) what: String,
}

/// A problem heard, and its end where it has one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Need {
    pub(super) who: Option<String>,
    pub(super) account: Option<String>,
    pub(super) what: String,
    pub(super) heard: u32,
    pub(super) proposed: Option<u32>,
    pub(super) delivered: Option<u32>,
    #[serde(default)]
    pub(super) dropped: bool,
    #[serde(default)]
    pub(super) result: String,
    #[serde(default)]
    pub(super) kind: String,
    pub(super) amount: Option<i64>,
    pub(super) currency: Option<String>,
}

/// A competitor seen; `with` is who told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rival {
    pub(super) account: String,
    pub(super) name: String,
    pub(super) on: u32,
    pub(super) with: Option<String>,
    pub(super) words: String,
}

/// Somebody whom a note speaks of: the line that says so, in a touch `with` somebody else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mention {
    pub(super) who: String,
    pub(super) with: String,
    pub(super) on: u32,
    pub(super) says: String,
}

/// A warning, what was done about it, and when the coach was told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coaching {
    pub(super) account: Option<String>,
    pub(super) who: String,
    pub(super) said: String,
    pub(super) on: u32,
    #[serde(default)]
    pub(super) did: String,
    pub(super) did_on: Option<u32>,
    pub(super) told: Option<u32>,
}

/// The next touch decided on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    pub(super) who: String,
    pub(super) r#in: Option<u32>,
    pub(super) on: Option<u32>,
    pub(super) at: Option<String>,
    pub(super) why: String,
    pub(super) state: Option<String>,
}

/// A detail worth remembering.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) who: String,
    pub(super) what: String,
    pub(super) kind: Option<String>,
    pub(super) on: u32,
    pub(super) ask_in: Option<u32>,
    pub(super) asked: Option<u32>,
}

/// A hand correction of the strength.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    pub(super) who: String,
    pub(super) on: u32,
    pub(super) mass: f64,
    pub(super) why: String,
}

/// A person set aside until a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Snooze {
    pub(super) who: String,
    pub(super) r#in: u32,
    pub(super) why: String,
}

/// A referral with its dated stages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Referral {
    pub(super) key: String,
    pub(super) referrer: Option<String>,
    pub(super) referrer_account: Option<String>,
    pub(super) prospect: Option<String>,
    pub(super) prospect_account: Option<String>,
    #[serde(default)]
    pub(super) given: bool,
    pub(super) what: String,
    pub(super) events: Vec<ReferralEvent>,
    #[serde(default)]
    pub(super) credits: Vec<Credit>,
}

/// A stage reached.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferralEvent {
    pub(super) stage: String,
    pub(super) on: u32,
    pub(super) told: Option<u32>,
    #[serde(default)]
    pub(super) note: String,
}

/// A share of a referral for a further person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credit {
    pub(super) who: String,
    pub(super) percent: u32,
}

/// An account's committee.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seats {
    pub(super) account: String,
    pub(super) seat: Vec<Seat>,
}

/// A place on it; nobody named: the seat is known, its holder is not. `with` is who told, where it was not the holder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seat {
    pub(super) who: Option<String>,
    pub(super) with: Option<String>,
    pub(super) role: String,
    pub(super) stance: Option<String>,
    pub(super) listens_to: Option<String>,
    #[serde(default)]
    pub(super) note: String,
    pub(super) on: u32,
}

/// Links of one state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Links {
    pub(super) state: String,
    #[serde(default)]
    pub(super) note: String,
    pub(super) link: Vec<Link>,
}

/// How two people know each other: `to` is the `kind` of `from`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: Option<String>,
    #[serde(default)]
    pub(super) to_name: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) note: String,
    pub(super) on: u32,
}
