//! The book's vocabulary and its rules, as pure values and functions: no SQL, no terminal, no files, no clock.
//!
//! One file a thing. What changes the book is a [`command::Command`]; what the screens show is in [`people`] and [`chit`];
//! how strong a relationship is, is in [`strength`]; how the whole book is, in [`climate`], and how right the model was, in [`judgement`].
//! What the marked lines of a note become is in [`capture`]. What a few more touches would change is in [`whatif`]; in which weeks the rep wrote next to nothing down, in [`quiet`].
//! What is dangerous about an account is in [`account`]; what to do now, in [`today`]; what to decide in a week, in [`review`]; how it went, in [`report`].
//! One thing that wants something is a [`matter`]; who looks like somebody else is in [`duplicate`]; how often a class of people is to be heard of, in [`tier`].

pub mod account;
pub mod ask;
pub mod brief;
pub mod capture;
pub mod chit;
pub mod climate;
pub mod command;
pub mod contact;
pub mod draft;
pub mod duplicate;
pub mod filing;
pub mod id;
pub mod judgement;
pub mod ledger;
pub mod link;
pub mod mail;
pub mod matter;
pub mod moment;
pub mod money;
pub mod paths;
pub mod people;
pub mod phone;
pub mod promise;
pub mod quiet;
pub mod record;
pub mod referral;
pub mod report;
pub mod review;
pub mod strength;
pub mod suggestion;
pub mod text;
pub mod tier;
pub mod today;
pub mod touch;
pub mod tree;
pub mod whatif;
pub mod when;
