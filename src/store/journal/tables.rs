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

/// Tables whose rows go with the row they belong to, that one's table, and the column that names it. Each names one person, in
/// `contact_id`.
pub(in crate::store) const GOES_WITH: [(&str, &str, &str); 9] = [
    ("phone", "contact", "contact_id"),
    ("email", "contact", "contact_id"),
    ("web", "contact", "contact_id"),
    ("address", "contact", "contact_id"),
    ("extra", "contact", "contact_id"),
    ("tagging", "contact", "contact_id"),
    ("key_date", "contact", "contact_id"),
    ("party", "touch", "touch_id"),
    ("suggested", "suggestion", "suggestion_id"),
];

/// Every journalled table.
pub(in crate::store) fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn what_goes_with_a_row_is_deleted_with_it_and_names_one_person() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book.chitbook")).unwrap();
        for (table, parent, key) in GOES_WITH {
            let place = |name: &str| tables().position(|table| table == name).unwrap();
            assert!(place(parent) < place(table), "{table}");
            let sql = "select on_delete from pragma_foreign_key_list(?1) where \"table\" = ?2 and \"from\" = ?3";
            let then: String = book
                .db
                .query_row(sql, [table, parent, key], |row| row.get(0))
                .unwrap();
            assert_eq!(then, "CASCADE", "{table}");
            let sql = "select group_concat(\"from\") from pragma_foreign_key_list(?1) where \"table\" = 'contact'";
            let people: String = book.db.query_row(sql, [table], |row| row.get(0)).unwrap();
            assert_eq!(people, "contact_id", "{table}");
        }
    }
}
