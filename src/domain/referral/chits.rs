//! The chits of a story: whoever was helped owes who sent them, and I owe them too. Proposed as values; whoever shows them strikes out
//! what is not so.

use super::{ReferralRow, Stage, Who};
use crate::domain::chit::{Chit, Halves};
use crate::domain::id::Id;
use crate::domain::text::{clean_line, fit};
use chrono::NaiveDate;

/// Columns of a result in the words of a chit.
const WORDS: usize = 80;

/// What is known when a referral is won, or one that I gave was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Win {
    /// On which day.
    pub on: NaiveDate,
    /// The result for the prospect, in their words; none: nothing is delivered yet.
    pub result: Option<String>,
    /// Whether the prospect is known to have thanked the referrer. Until then the chit between them is pending.
    pub thanked: bool,
    /// The touch that proves it.
    pub evidence: Option<Id>,
}

/// Whether a referral at a stage proposes chits: when it is won, and one that I gave from the introduction on.
pub fn proposes(given: bool, stage: Stage) -> bool {
    stage == Stage::Won || given && stage == Stage::Introduced
}

/// A chit that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The chit.
    pub chit: Chit,
    /// Not struck out.
    pub keep: bool,
    /// Why it is proposed, in a sentence without its end.
    pub why: String,
}

/// The chits of a referral's story that are not in the book yet; `known` are those that are, of this referral.
///
/// *Barney leads me to Fred, I solve Fred's trouble, Fred thanks Barney.* Then Fred owes Barney one, pending until he is known to have
/// thanked him, and I owe Barney one. Without a result nobody but me has anything to be thankful for. Of a referral I gave, both
/// owe me. Accounts owe nothing: a favour is between people.
pub fn chits_of(row: &ReferralRow, win: &Win, known: &[Chit]) -> Vec<Proposed> {
    let mut all = if row.referral.given {
        given(row, win)
    } else {
        received(row, win)
    };
    all.retain(|proposed| {
        let (giver, receiver) = (proposed.chit.giver, proposed.chit.receiver);
        giver != receiver
            && !known
                .iter()
                .any(|chit| (chit.giver, chit.receiver) == (giver, receiver))
    });
    all
}

fn proposed(win: &Win, giver: Id, receiver: Id, what: &str, why: String) -> Proposed {
    Proposed {
        chit: Chit {
            giver,
            receiver,
            what: clean_line(what),
            on: win.on,
            worth: Halves::PLAIN,
            pending: false,
            evidence: win.evidence,
        },
        keep: true,
        why,
    }
}

/// What a share of a referral is worth: half of it and more a plain chit, less a small one.
fn worth(share: u32) -> Halves {
    if share < 50 {
        Halves::SMALL
    } else {
        Halves::PLAIN
    }
}

fn received(row: &ReferralRow, win: &Win) -> Vec<Proposed> {
    let mut all = Vec::new();
    let prospect = &row.prospect_name;
    let names = row
        .credits
        .iter()
        .map(|credit| (credit.credit.contact, &credit.name));
    for (who, share) in row.shares() {
        let Who::Person(referrer) = who else { continue };
        let found = names.clone().find(|(contact, _)| *contact == referrer);
        let name = found.map_or(&row.referrer_name, |(_, name)| name);
        if let (Some(result), Who::Person(prospect_id)) = (&win.result, row.referral.prospect) {
            let what = format!("put us in touch: {}", fit(&clean_line(result), WORDS));
            let why = format!("{prospect} was helped through {name}");
            let mut thanks = proposed(win, referrer, prospect_id, &what, why);
            thanks.chit.pending = !win.thanked;
            thanks.chit.worth = worth(share);
            all.push(thanks);
        }
        let what = format!("led me to {prospect}");
        let why = format!("{name} led you to {prospect}");
        let mut mine = proposed(win, referrer, Id::ME, &what, why);
        mine.chit.worth = worth(share);
        all.push(mine);
    }
    all
}

fn given(row: &ReferralRow, win: &Win) -> Vec<Proposed> {
    let both = [
        (
            row.referral.referrer,
            &row.referrer_name,
            &row.prospect_name,
        ),
        (
            row.referral.prospect,
            &row.prospect_name,
            &row.referrer_name,
        ),
    ];
    let people = both.into_iter().filter_map(|(who, name, other)| {
        let what = format!("put in touch with {other}");
        let why = format!("you introduced {name} to {other}");
        let mut chit = proposed(win, Id::ME, who.person()?, &what, why);
        chit.chit.pending = !win.thanked;
        Some(chit)
    });
    people.collect()
}
