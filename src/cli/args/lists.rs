//! The lists of the book: every table a person has something in, by the word it is exported under.

/// A list.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its word, and the name of its file.
    pub word: &'static str,
    /// The table that is listed.
    pub table: &'static str,
    /// What is in it.
    pub says: &'static str,
}

const fn list(word: &'static str, table: &'static str, says: &'static str) -> Listed {
    Listed { word, table, says }
}

/// Every list, in the order in which one reads of them.
pub const LISTS: [Listed; 42] = [
    list(
        "people",
        "contact",
        "Everybody, ghosts and archived people too",
    ),
    list("phones", "phone", "Telephone numbers"),
    list("emails", "email", "E-mail addresses"),
    list("webs", "web", "Web addresses"),
    list("addresses", "address", "Postal addresses"),
    list(
        "extras",
        "extra",
        "What came in with people and has no place of its own",
    ),
    list("tags", "tag", "Tags"),
    list("taggings", "tagging", "Who has which tag"),
    list("links", "link", "How people know each other"),
    list("dates", "key_date", "Birthdays and other days to remember"),
    list("facts", "fact", "What is known about people"),
    list("touches", "touch", "Touches"),
    list("parties", "party", "Who took part in which touch"),
    list(
        "mentions",
        "mention",
        "Who is named in the note of which touch",
    ),
    list("promises", "promise", "Promises"),
    list("plans", "plan", "What is planned"),
    list("chits", "chit", "Favours"),
    list("settlements", "chit_part", "How favours were settled"),
    list("calls-in", "chit_call", "When favours were called in"),
    list("referrals", "referral", "Referrals"),
    list("stages", "referral_event", "The stages of referrals"),
    list("credits", "referral_credit", "Who shares in a referral"),
    list(
        "asks",
        "ask",
        "When people were asked for referrals, and their answers",
    ),
    list("accounts", "account", "Companies and households"),
    list("seats", "seat", "Who decides what at an account"),
    list("needs", "need", "Needs, and the results delivered"),
    list("sales", "sale", "Sales"),
    list("rivals", "rival", "Rivals seen at accounts and with people"),
    list(
        "coaching",
        "coaching",
        "What coaches said, and what was done",
    ),
    list("stories", "story", "Stories that people let you tell"),
    list(
        "story-asks",
        "story_ask",
        "For whom somebody was asked for their story",
    ),
    list("corrections", "correction", "Corrections of strengths"),
    list("tiers", "tier", "Tiers and their days"),
    list("snoozes", "snooze", "What is set aside until a day"),
    list("apart", "apart", "People who are alike and not the same"),
    list("reviews", "review", "Weekly reviews"),
    list("review-cards", "review_card", "What reviews decided"),
    list("meetings", "suggestion", "Meetings that calendars tell of"),
    list(
        "meeting-people",
        "suggested",
        "Who is expected at which meeting",
    ),
    list(
        "mails",
        "mail",
        "Messages that were read, so that none counts twice",
    ),
    list(
        "identities",
        "account_identity",
        "What other programs call accounts by",
    ),
    list(
        "cards",
        "vdir_card",
        "Cards of folders that are kept in step",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn every_table_of_the_book_is_one_list() {
        let mut listed: Vec<&str> = LISTS.iter().map(|list| list.table).collect();
        let mut tables: Vec<&str> = Store::tables().collect();
        listed.sort_unstable();
        tables.sort_unstable();
        assert_eq!(listed, tables);
        let mut words: Vec<&str> = LISTS.iter().map(|list| list.word).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), LISTS.len());
    }
}
