//! What programs that keep customers know besides people: accounts, deals, and who is whose manager.

use super::super::desk::Failure;
use super::Run;
use super::tally::{Detail, Ended};
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use crate::exchange::draft::{Deal, Firm, Outcome};
use crate::store::{Became, Error, Found, Sold};

/// Links that are remembered until both people are in the book.
const REMEMBERED: usize = 200_000;

/// How two people know each other, by the identities they have in another program: `to` is the `kind` of `from`.
pub(super) struct Link {
    from: String,
    to: String,
    kind: LinkKind,
    label: String,
    /// Where it stands, if it is a record by itself and no part of a person's.
    record: Option<u64>,
}

impl Run<'_> {
    /// An account.
    pub(super) fn firm(&mut self, firm: &Firm) -> Result<(), Failure> {
        if let Some(file) = self.files.last_mut() {
            file.leave_out(&firm.left_out);
        }
        let became = self.bulk.firm(&firm.name, &firm.uid, &firm.note);
        self.ended_unless_refused(became, firm.line)
    }

    /// Counts a record by what became of it; one that the book refuses costs only itself.
    pub(super) fn ended_unless_refused(
        &mut self,
        became: Result<Became, Error>,
        line: u64,
    ) -> Result<(), Failure> {
        match became {
            Ok(became) => self.ended(became),
            Err(Error::Refused(reason)) => self.skip(line, &reason),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Counts a record by what became of it.
    pub(super) fn ended(&mut self, became: Became) {
        let ended = Ended::from(became);
        if ended == Ended::Merged {
            self.updated();
        }
        self.note(ended, Vec::new());
    }

    /// A deal: what was sold is kept as a sale.
    pub(super) fn deal(&mut self, deal: &Deal) -> Result<(), Failure> {
        if let Some(file) = self.files.last_mut() {
            for doubt in &deal.doubts {
                file.doubt(deal.line, &deal.what, doubt);
            }
        }
        let reason = match (deal.outcome, &deal.amount, deal.on) {
            (Outcome::Open, _, _) => "the deal is not closed; only what was sold is kept",
            (Outcome::Lost, _, _) => "the deal was lost; only what was sold is kept",
            (Outcome::Won, None, _) => "the deal has no amount",
            (Outcome::Won, _, None) => "the deal does not say when it was closed",
            (Outcome::Won, Some(amount), Some(on)) => {
                let contact = self.buyer(deal)?;
                let account = self.bought_by(deal, contact)?;
                if contact.is_none() && account.is_none() {
                    self.skip(
                        deal.line,
                        "neither the deal's people nor its account are in the book",
                    );
                    return Ok(());
                }
                if on > self.told.now.date_naive() {
                    self.skip(deal.line, "the deal is closed on a day to come");
                    return Ok(());
                }
                let sold = Sold {
                    contact,
                    account,
                    on,
                    amount: amount.clone(),
                    what: deal.what.clone(),
                };
                let became = self.bulk.sold(&sold);
                return self.ended_unless_refused(became, deal.line);
            }
        };
        self.skip(deal.line, reason);
        Ok(())
    }

    /// The first of a deal's people who is in the book.
    fn buyer(&mut self, deal: &Deal) -> Result<Option<Id>, Failure> {
        for uid in &deal.people {
            if let Some(id) = self.bulk.by_uid(uid)? {
                return Ok(Some(id));
            }
        }
        for name in &deal.names {
            // Some write the address behind the name.
            let (name, email) = match name.split_once(" (") {
                Some((name, email)) => (name, email.trim_end_matches(')')),
                None => (name.as_str(), ""),
            };
            for who in [email, name] {
                if let Found::One(id, _) = self.bulk.somebody(who)? {
                    return Ok(Some(id));
                }
            }
        }
        Ok(None)
    }

    /// A deal's account: as the file says it, else the one its person belongs to.
    fn bought_by(&self, deal: &Deal, contact: Option<Id>) -> Result<Option<i64>, Failure> {
        for uid in &deal.firms {
            if let Some((id, _)) = self.bulk.account_by_uid(uid)? {
                return Ok(Some(id));
            }
        }
        for name in &deal.firm_names {
            if let Some(id) = self.bulk.account_by_name(name)? {
                return Ok(Some(id));
            }
        }
        match contact {
            Some(person) => Ok(self.bulk.account_of(person)?),
            None => Ok(None),
        }
    }

    /// Two people are told by identities of which the book may know neither yet.
    pub(super) fn remember_link(
        &mut self,
        from: String,
        to: String,
        kind: LinkKind,
        label: String,
        record: Option<u64>,
    ) {
        if self.links.len() < REMEMBERED {
            self.links.push(Link {
                from,
                to,
                kind,
                label,
                record,
            });
        } else if let Some(line) = record {
            self.skip(line, "there are too many relationships in one file");
        }
    }

    /// Suggests the links whose two people are in the book by now.
    pub(super) fn suggest_links(&mut self) -> Result<(), Failure> {
        let (mut made, mut unknown) = (0, 0);
        for link in std::mem::take(&mut self.links) {
            let people = (self.bulk.by_uid(&link.from)?, self.bulk.by_uid(&link.to)?);
            let (Some(from), Some(to)) = people else {
                match link.record {
                    Some(line) => self.skip(line, "one of the two people is not in the book"),
                    None => unknown += 1,
                }
                continue;
            };
            let new = self.bulk.suggest_link(from, to, link.kind, &link.label)?;
            match (new, link.record.is_some()) {
                (true, true) => self.note(Ended::New, Vec::new()),
                (false, true) => self.note(Ended::Same, Vec::new()),
                (new, false) => made += u64::from(new),
            }
        }
        if let Some(file) = self.files.last_mut() {
            file.come("links between people suggested", made);
            file.come("links to people who are not in the book left out", unknown);
            file.updated += made;
        }
        Ok(())
    }

    /// A record that fits several people.
    pub(super) fn fits_several(&mut self, line: u64, name: &str, who: &str, count: usize) {
        let text = format!("\"{who}\" fits {count} people in the book; nothing was changed");
        self.note(Ended::Conflicting, vec![Detail::new(line, name, &text)]);
    }
}
