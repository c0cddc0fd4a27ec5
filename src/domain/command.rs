//! Every change a person can make to the book, as a value. `store` performs them; screens and command line only build them.

use super::account;
use super::ask::Ask;
use super::chit::{Chit, ChitCall, ChitPart};
use super::contact::Card;
use super::duplicate::Merge;
use super::filing::Filing;
use super::id::Id;
use super::link::Link;
use super::matter::Snooze;
use super::promise::{Plan, Promise, PromiseState};
use super::record::{Record, RecordKind};
use super::referral::{Credit, Referral, Referred, Step};
use super::review;
use super::strength::Wish;
use super::tier::Tier;
use super::touch::Touch;
use chrono::NaiveDate;

/// One change, made in one transaction and undone as one step.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A new person.
    AddContact(Box<Card>),
    /// A person's card was edited. `before` is what the form was opened on: if the book no longer says so, nothing is saved.
    EditContact {
        /// Whom.
        id: Id,
        /// The card as the form was filled.
        before: Box<Card>,
        /// The card as it should be.
        after: Box<Card>,
    },
    /// Take a person out of the lists, or (`on` empty) put them back.
    Archive {
        /// Whom.
        id: Id,
        /// The day; none brings them back.
        on: Option<NaiveDate>,
    },
    /// Remove a person and everything that is theirs alone.
    DeleteContact(Id),
    /// Put tags on people and take tags off them.
    Tag {
        /// Whom.
        people: Vec<Id>,
        /// Tags to put on.
        add: Vec<String>,
        /// Tags to take off.
        remove: Vec<String>,
    },
    /// The days between touches the rep wants; none goes back to the learned rhythm.
    SetCadence {
        /// With whom.
        id: Id,
        /// 1..=3650 days.
        days: Option<u16>,
    },
    /// Where the rhythm of everybody with a tag begins to be learned; none is the house rhythm again.
    SetTagCadence {
        /// The tag's name.
        tag: String,
        /// 1..=3650 days.
        days: Option<u16>,
    },
    /// Something happened.
    LogTouch(Box<Touch>),
    /// A touch was corrected; `before` as in [`Command::EditContact`].
    EditTouch {
        /// Which.
        id: Id,
        /// The touch as the form was filled.
        before: Box<Touch>,
        /// The touch as it should be.
        after: Box<Touch>,
    },
    /// A touch never happened.
    DeleteTouch(Id),
    /// A favour was done.
    GiveChit(Box<Chit>),
    /// A chit was corrected; `before` as in [`Command::EditContact`].
    EditChit {
        /// Which.
        id: Id,
        /// The chit as the form was filled.
        before: Box<Chit>,
        /// The chit as it should be.
        after: Box<Chit>,
    },
    /// A chit, or part of it, was returned or let go. More than is open is refused.
    SettleChit {
        /// Which.
        id: Id,
        /// How much, how, when and by what.
        part: ChitPart,
    },
    /// A chit is certain now (`*`), or no longer (`!`).
    ClearChit {
        /// Which.
        id: Id,
        /// Whether it is pending.
        pending: bool,
    },
    /// A chit was called in by its giver. Without an outcome it waits for one; with one, the call that waits is answered, or, where
    /// none does, it was called in and answered at once. What came back or was let go is settled with it.
    CallChit {
        /// Which.
        id: Id,
        /// The call.
        call: Box<ChitCall>,
    },
    /// A chit was a mistake.
    DeleteChit(Id),
    /// Something was promised.
    AddPromise(Box<Promise>),
    /// A promise was corrected; `before` as in [`Command::EditContact`].
    EditPromise {
        /// Which.
        id: Id,
        /// The promise as the form was filled.
        before: Box<Promise>,
        /// The promise as it should be.
        after: Box<Promise>,
    },
    /// A promise was kept, broken, dropped, or opened again.
    ClosePromise {
        /// Which.
        id: Id,
        /// Its new state.
        state: PromiseState,
        /// On which day.
        on: NaiveDate,
    },
    /// A promise is set aside until a day; none takes it up again.
    SnoozePromise {
        /// Which.
        id: Id,
        /// Until when.
        until: Option<NaiveDate>,
    },
    /// A note was filed: the touch, what was caught in it and the next plan, in one.
    File(Box<Filing>),
    /// A fact, a key date, a need, a sale, a rival or a seat.
    AddRecord(Box<Record>),
    /// A record was corrected, followed up or met; `before` as in [`Command::EditContact`].
    EditRecord {
        /// Which.
        id: Id,
        /// The record as it was shown. The same kind as `after`.
        before: Box<Record>,
        /// The record as it should be.
        after: Box<Record>,
    },
    /// A record was a mistake.
    DeleteRecord {
        /// In which table.
        kind: RecordKind,
        /// Which.
        id: Id,
    },
    /// A referral came to a stage.
    Refer(Box<Referred>),
    /// A referral was recorded, also beside others of the same two.
    AddReferral {
        /// What it says.
        referral: Box<Referral>,
        /// The stage it begins with.
        step: Box<Step>,
    },
    /// A referral was corrected; `before` as in [`Command::EditContact`].
    EditReferral {
        /// Which.
        id: Id,
        /// The referral as the form was filled.
        before: Box<Referral>,
        /// The referral as it should be.
        after: Box<Referral>,
    },
    /// A referral came to a stage, with the chits of its story where it is won.
    MoveReferral {
        /// Which.
        id: Id,
        /// What happened.
        step: Box<Step>,
    },
    /// A stage of a referral was a mistake.
    DropStage(Id),
    /// The referrer was told how a referral goes.
    TellReferrer {
        /// Which.
        id: Id,
        /// On which day.
        on: NaiveDate,
    },
    /// A further referrer has so much of the credit; with nothing, none of it any more.
    SplitCredit {
        /// Of which referral.
        id: Id,
        /// Who, and how much.
        credit: Credit,
    },
    /// A referral was a mistake. The chits of its story stay.
    DeleteReferral(Id),
    /// Somebody was asked for a referral.
    AddAsk(Box<Ask>),
    /// An ask was corrected, or answered; `before` as in [`Command::EditContact`].
    EditAsk {
        /// Which.
        id: Id,
        /// The ask as the form was filled.
        before: Box<Ask>,
        /// The ask as it should be.
        after: Box<Ask>,
    },
    /// An ask was a mistake.
    DeleteAsk(Id),
    /// The next touch was decided on; it replaces an open plan with the same person.
    PlanTouch(Box<Plan>),
    /// The open plan with a person was dropped.
    DropPlan(Id),
    /// The strength of a relationship was corrected by hand.
    CorrectStrength(Box<Amend>),
    /// A hand correction was taken back.
    DropCorrection(Id),
    /// How two people know each other, by the rep's own knowledge; a suggestion of the same is confirmed by it.
    AddLink(Box<Link>),
    /// Two people do not know each other so.
    DeleteLink(Id),
    /// How two people know each other was confirmed, or turned down.
    ConfirmLink {
        /// Which link.
        id: Id,
        /// Whether it is true.
        yes: bool,
    },
    /// The rep says of suggestions that they happened, or that they are nothing for the book.
    AnswerSuggestions {
        /// Which.
        ids: Vec<Id>,
        /// Whether they happened.
        yes: bool,
    },
    /// Somebody is let go: out of the lists, with the reason kept.
    LetGo {
        /// Whom.
        id: Id,
        /// The day.
        on: NaiveDate,
        /// Why.
        why: String,
    },
    /// A matter is set aside until a day, with the reason; or taken up again.
    Snooze(Box<Snooze>),
    /// Two people are one: everything of the one who goes is carried over to the one who stays.
    MergeContacts(Box<Merge>),
    /// Two people who look like one are two.
    KeepApart {
        /// The one.
        one: Id,
        /// The other.
        other: Id,
    },
    /// People are put into a tier, or taken out of theirs.
    SetTier {
        /// Whom.
        people: Vec<Id>,
        /// Which; none: out of theirs.
        tier: Option<Tier>,
    },
    /// How often a tier is to hear from me.
    SetTierCadence {
        /// Which.
        tier: Tier,
        /// 1..=3650 days.
        days: u16,
    },
    /// A fact was followed up: asked about, or told back.
    FollowUp {
        /// Which.
        fact: Id,
        /// On which day.
        on: NaiveDate,
    },
    /// A review begins, goes on or ends.
    Review(Box<review::Change>),
    /// An account was changed, or what is kept with it: who listens to whom, what a coach warned of, who speaks for us.
    Account(Box<account::Change>),
    /// Several changes that belong together, made or refused as one.
    All {
        /// What the step is called.
        label: String,
        /// The changes, in order.
        commands: Vec<Command>,
    },
}

/// A hand correction: what the strength of a relationship should have been on a day, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Amend {
    /// With whom.
    pub contact: Id,
    /// The day, today or before.
    pub on: NaiveDate,
    /// What the strength should be once everything else of that day has counted.
    pub wish: Wish,
    /// Why; it is shown wherever the strength is explained.
    pub reason: String,
}

/// How the label of a step begins that an undone step became once another change followed: undoing it brings back what was undone.
pub const TAKEN_BACK: &str = "Took back: ";

impl Changed {
    /// What an undo did, in words: what a step took back is there again.
    ///
    /// ```
    /// use chitbook::domain::command::Changed;
    /// let undone = |label: &str| Changed { label: label.to_owned(), ..Changed::default() }.undone();
    /// assert_eq!(undone("Added Ann Lee"), ("Undone", "Added Ann Lee".to_owned()));
    /// assert_eq!(undone("Took back: Added Ann Lee"), ("Back again", "Added Ann Lee".to_owned()));
    /// ```
    pub fn undone(&self) -> (&'static str, String) {
        match self.label.strip_prefix(TAKEN_BACK) {
            Some(label) => ("Back again", label.to_owned()),
            None => ("Undone", self.label.clone()),
        }
    }
}

/// What a change did, for whoever shows the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The step's label, as undo names it: "Logged a call with Barney Rubble".
    pub label: String,
    /// Whose row, history or standing is different now; none: many people, read everything again.
    pub contacts: Option<Vec<Id>>,
    /// The record that was made, where one was.
    pub created: Option<Id>,
    /// The person a filed note is about, where they came into the book with it.
    pub newcomer: Option<Id>,
    /// It takes back, or makes again, what another program did since this one opened the book.
    pub elsewhere: bool,
}
