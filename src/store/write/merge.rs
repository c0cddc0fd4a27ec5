//! Two people become one: whatever is known of the one who goes is carried over to the one who stays.
//!
//! What a card shows in lists (telephones, e-mails, tags …) comes from the card that was chosen; everything else moves as it stands.
//! Which columns those are is asked of the schema, so that a table that comes later is not forgotten.

use super::super::journal::tables;
use super::super::read::card::card_of;
use super::super::{Error, Result, draft};
use super::{Writer, name_of};
use crate::domain::duplicate::Merge;
use crate::domain::id::Id;
use rusqlite::params;

/// Tables whose rows are the card's own lists.
const LISTS: [&str; 6] = ["phone", "email", "web", "address", "extra", "tagging"];

/// What would be twice once two people are one, and goes first: `?1` is who goes, `?2` who stays.
const TWICE: [&str; 10] = [
    "delete from party where contact_id = ?1 and touch_id in (select touch_id from party where contact_id = ?2)",
    "delete from mention where contact_id = ?1 and touch_id in (select touch_id from mention where contact_id = ?2 union select touch_id from party where contact_id = ?2)",
    "delete from mention where contact_id = ?2 and touch_id in (select touch_id from party where contact_id = ?1)",
    "delete from link where from_id = ?1 and to_id = ?2 or from_id = ?2 and to_id = ?1",
    "delete from link where from_id = ?1 and to_id is not null and exists (select 1 from link k where k.from_id = ?2 and k.to_id = link.to_id and k.kind = link.kind)",
    "delete from link where to_id = ?1 and exists (select 1 from link k where k.to_id = ?2 and k.from_id = link.from_id and k.kind = link.kind)",
    "update suggested set plan_id = (select o.plan_id from suggested o where o.contact_id = ?1 and o.suggestion_id = suggested.suggestion_id)
     where contact_id = ?2 and plan_id is null and suggestion_id in (select suggestion_id from suggested where contact_id = ?1 and plan_id is not null)",
    "delete from suggested where contact_id = ?1 and suggestion_id in (select suggestion_id from suggested where contact_id = ?2)",
    "delete from apart where contact_id in (?1, ?2) and other_id in (?1, ?2)",
    "delete from snooze where target_id = ?1 and exists (select 1 from snooze s where s.target_id = ?2 and s.kind = snooze.kind)",
];

impl Writer<'_> {
    /// Makes one person of two.
    pub fn merge_contacts(&mut self, merge: &Merge) -> Result<Option<Id>> {
        let (from, into) = (merge.from, merge.into);
        self.can_merge(merge)?;
        let ids = [from.raw(), into.raw()];
        self.join_links(from, into)?;
        for sql in TWICE {
            self.db.prepare_cached(sql)?.execute(ids)?;
        }
        self.join_seats(from, into)?;
        self.join_credits(from, into)?;
        self.move_apart(from, into)?;
        self.let_cards_go(from, into)?;
        for table in tables().filter(|table| !LISTS.contains(table)) {
            for column in self.columns_of_people(table)? {
                let sql = format!("update {table} set {column} = ?2 where {column} = ?1");
                self.db.prepare_cached(&sql)?.execute(ids)?;
            }
        }
        let people = "kind in ('stale', 'ask', 'ghost', 'duplicate', 'mentor')";
        for table in ["snooze", "review_card"] {
            let sql =
                format!("update {table} set target_id = ?2 where target_id = ?1 and {people}");
            self.db.prepare_cached(&sql)?.execute(ids)?;
        }
        draft::lead(self.db, from, into)?;
        self.one_plan(into)?;
        self.carry_flags(from, into)?;
        self.delete("contact", from, "that person")?;
        // The days and relations that moved are on the card already.
        let present = card_of(self.db, into)?.ok_or_else(|| Error::Gone {
            what: merge.before.1.name.clone(),
        })?;
        self.rewrite(into, &present, &merge.after.clone().cleaned())?;
        Ok(Some(into))
    }

    fn can_merge(&self, merge: &Merge) -> Result<()> {
        let (from, into) = (merge.from, merge.into);
        if from == into {
            return Err(Error::refused(
                "this is one person already; name two different people",
            ));
        }
        if from == Id::ME || into == Id::ME {
            return Err(Error::refused("this is you: you cannot be merged"));
        }
        let cards = [(from, &merge.before.0), (into, &merge.before.1)];
        for (id, before) in cards {
            let present = card_of(self.db, id)?.ok_or_else(|| Error::Gone {
                what: before.name.clone(),
            })?;
            if present != *before {
                return Err(Error::Outdated { what: present.name });
            }
        }
        let between = [
            (
                "chit",
                "giver_id",
                "receiver_id",
                "one did the other a favour",
            ),
            (
                "referral",
                "referrer_id",
                "prospect_id",
                "one led you to the other",
            ),
        ];
        for (table, one, other, why) in between {
            let sql = format!(
                "select exists (select 1 from {table} where {one} = ?1 and {other} = ?2 or {one} = ?2 and {other} = ?1)"
            );
            let found: bool = self
                .db
                .prepare_cached(&sql)?
                .query_row([from.raw(), into.raw()], |row| row.get(0))?;
            if found {
                return Err(Error::refused(format!(
                    "{} and {} cannot be one person: {why}; correct that {table} first",
                    name_of(self.db, from)?,
                    name_of(self.db, into)?
                )));
            }
        }
        self.shares_no_lead(from, into)
    }

    /// Refuses to make one person of somebody who was led to and somebody who has a share of the credit for it: nobody leads me to
    /// themselves.
    fn shares_no_lead(&self, from: Id, into: Id) -> Result<()> {
        let sql = "select exists (select 1 from referral_credit k join referral r on r.id = k.referral_id
                   where k.contact_id = ?1 and r.prospect_id = ?2 or k.contact_id = ?2 and r.prospect_id = ?1)";
        let found: bool = self
            .db
            .prepare_cached(sql)?
            .query_row([from.raw(), into.raw()], |row| row.get(0))?;
        if found {
            return Err(Error::refused(format!(
                "{} and {} cannot be one person: one shares the credit for leading you to the other; take that share back first",
                name_of(self.db, from)?,
                name_of(self.db, into)?
            )));
        }
        Ok(())
    }

    /// Columns of a table that name a person.
    fn columns_of_people(&self, table: &str) -> Result<Vec<String>> {
        let sql = "select \"from\" from pragma_foreign_key_list(?1) where \"table\" = 'contact' order by 1";
        super::super::read::rows(self.db, sql, [table], |row| row.get(0))
    }

    /// A link both have is had once: confirmed where either is, with the note and the day of either.
    fn join_links(&self, from: Id, into: Id) -> Result<()> {
        for (end, other) in [("from_id", "to_id"), ("to_id", "from_id")] {
            let twin = format!(
                "from link k where k.{end} = ?1 and k.{other} = link.{other} and k.kind = link.kind"
            );
            let first = |column: &str, worth: &str| {
                format!("(select k.{column} {twin} and {worth} order by k.id limit 1)")
            };
            let sql = format!(
                "update link set state = case when exists (select 1 {twin} and k.state = 'confirmed') then 'confirmed' else state end,
                 note = case note when '' then coalesce({}, '') else note end, on_day = coalesce(on_day, {}), changed_at = ?3
                 where {end} = ?2 and exists (select 1 {twin})",
                first("note", "k.note <> ''"),
                first("on_day", "k.on_day is not null"),
            );
            self.db
                .prepare_cached(&sql)?
                .execute(params![from.raw(), into.raw(), self.stamp()])?;
        }
        Ok(())
    }

    /// In a folder of cards where both have one, the card of the one who goes is nobody's: the folder lets it go.
    fn let_cards_go(&self, from: Id, into: Id) -> Result<()> {
        let sql = "update vdir_card set contact_id = null where contact_id = ?1 and folder in (select folder from vdir_card where contact_id = ?2)";
        self.db
            .prepare_cached(sql)?
            .execute([from.raw(), into.raw()])?;
        Ok(())
    }

    /// A seat both hold is held once, with the stance that is known; nobody listens to themselves.
    fn join_seats(&self, from: Id, into: Id) -> Result<()> {
        let ids = [from.raw(), into.raw()];
        let same = "(select 1 from seat o where o.contact_id = ?1 and o.account_id = seat.account_id and o.role = seat.role";
        let stance = format!(
            "update seat set stance = (select o.stance from seat o where o.contact_id = ?1 and o.account_id = seat.account_id and o.role = seat.role order by o.id limit 1)
             where contact_id = ?2 and stance = 'unknown' and exists {same} and o.stance <> 'unknown')"
        );
        let twice = "delete from seat where contact_id = ?1 and exists
             (select 1 from seat o where o.contact_id = ?2 and o.account_id = seat.account_id and o.role = seat.role)";
        let themselves = "update seat set listens_to = null where contact_id in (?1, ?2) and listens_to in (?1, ?2)";
        for sql in [stance.as_str(), twice, themselves] {
            self.db.prepare_cached(sql)?.execute(ids)?;
        }
        Ok(())
    }

    /// Credit both have for one referral is added up; whoever made it has what is left anyway.
    fn join_credits(&self, from: Id, into: Id) -> Result<()> {
        let ids = [from.raw(), into.raw()];
        let statements = [
            "update referral_credit set percent = min(99, percent + (select o.percent from referral_credit o where o.contact_id = ?1 and o.referral_id = referral_credit.referral_id order by o.id limit 1))
             where contact_id = ?2 and exists (select 1 from referral_credit o where o.contact_id = ?1 and o.referral_id = referral_credit.referral_id)",
            "delete from referral_credit where contact_id = ?1 and exists (select 1 from referral_credit o where o.contact_id = ?2 and o.referral_id = referral_credit.referral_id)",
            "delete from referral_credit where contact_id in (?1, ?2) and referral_id in (select id from referral where referrer_id in (?1, ?2))",
        ];
        for sql in statements {
            self.db.prepare_cached(sql)?.execute(ids)?;
        }
        Ok(())
    }

    /// Whoever was told apart from the one who goes is told apart from the one who stays.
    fn move_apart(&mut self, from: Id, into: Id) -> Result<()> {
        let sql = "select id, case contact_id when ?1 then other_id else contact_id end from apart where contact_id = ?1 or other_id = ?1";
        let pairs: Vec<(i64, i64)> = super::super::read::rows(self.db, sql, [from.raw()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        for (id, other) in pairs {
            self.db
                .prepare_cached("delete from apart where id = ?1")?
                .execute([id])?;
            self.keep_apart(into, Id::from_raw(other))?;
        }
        Ok(())
    }

    /// Two people who look like one are not.
    pub fn keep_apart(&mut self, one: Id, other: Id) -> Result<Option<Id>> {
        if one == other {
            return Err(Error::refused("name two different people"));
        }
        self.known(one)?;
        self.known(other)?;
        let id = self.mint();
        let (low, high) = (one.min(other), one.max(other));
        let sql = "insert into apart (id, contact_id, other_id, changed_at) values (?1, ?2, ?3, ?4) on conflict (contact_id, other_id) do nothing";
        self.db.prepare_cached(sql)?.execute(params![
            id.raw(),
            low.raw(),
            high.raw(),
            self.stamp()
        ])?;
        Ok(None)
    }

    /// Of several open plans the next one stays open.
    fn one_plan(&self, into: Id) -> Result<()> {
        let sql = "update plan set state = 'dropped', changed_at = ?2 where contact_id = ?1 and state = 'open'
                   and id <> (select id from plan where contact_id = ?1 and state = 'open' order by on_day, id limit 1)";
        self.db
            .prepare_cached(sql)?
            .execute(params![into.raw(), self.stamp()])?;
        Ok(())
    }

    /// What no card shows: a mentor stays one, a tier is kept, and whoever is in the lists stays in them.
    fn carry_flags(&self, from: Id, into: Id) -> Result<()> {
        let sql = "update contact set mentor = max(mentor, (select mentor from contact where id = ?1)),
                   tier = case tier when '' then (select tier from contact where id = ?1) else tier end,
                   archived_why = case (select archived_on from contact where id = ?1) is null when 1 then '' else archived_why end,
                   archived_on = case (select archived_on from contact where id = ?1) is null when 1 then null else archived_on end,
                   changed_at = ?3 where id = ?2";
        self.db
            .prepare_cached(sql)?
            .execute(params![from.raw(), into.raw(), self.stamp()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Store;
    use super::*;

    #[test]
    fn nothing_that_the_schema_has_once_a_person_can_stand_in_the_way_of_a_merge() {
        let folder = tempfile::tempdir().unwrap();
        let book = Store::open(&folder.path().join("book")).unwrap();
        let sql = "select i.name from pragma_index_list(?1) i join pragma_index_info(i.name) c on c.name in
                   (select \"from\" from pragma_foreign_key_list(?1) where \"table\" = 'contact') where i.\"unique\" = 1";
        let mut seen = 0;
        for table in tables().filter(|table| !LISTS.contains(table)) {
            let mut statement = book.db.prepare(sql).unwrap();
            let found = statement
                .query_map([table], |row| row.get(0))
                .unwrap()
                .collect::<rusqlite::Result<Vec<String>>>()
                .unwrap();
            for index in found {
                seen += 1;
                let goes = format!("delete from {table} where ");
                let dealt = TWICE.iter().any(|sql| sql.starts_with(&goes));
                assert!(dealt, "{index} of {table}: a double would stop the merge");
            }
        }
        assert!(seen > 3, "{seen} unique indexes with somebody in them");
    }
}
