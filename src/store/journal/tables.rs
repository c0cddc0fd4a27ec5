//! The tables that the journal watches.

/// The tables whose rows are a person's own; everything else is derived from them.
const TABLES: [&str; 42] = [
    "tier",
    "account",
    "contact",
    "phone",
    "email",
    "web",
    "address",
    "extra",
    "tag",
    "tagging",
    "link",
    "touch",
    "party",
    "mention",
    "promise",
    "seat",
    "referral",
    "referral_event",
    "referral_credit",
    "chit",
    "chit_part",
    "chit_call",
    "plan",
    "snooze",
    "fact",
    "key_date",
    "correction",
    "ask",
    "need",
    "sale",
    "rival",
    "coaching",
    "story",
    "story_ask",
    "apart",
    "review",
    "review_card",
    "suggestion",
    "suggested",
    "mail",
    "account_identity",
    "vdir_card",
];

/// Every journalled table.
pub(in crate::store) fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter()
}
