//! Accounts, tags and people of the demo book, with everything that stands on a person's card.

use super::files::{AccountsFile, KeyDate, PeopleFile, Person};
use super::{Builder, Known, ME};
use crate::domain::contact::{PartialDate, email_key};
use crate::domain::moment::shift;
use crate::domain::phone;
use chrono::Datelike;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The rep's first day, in days ago: what was there before anything happened dates from then.
const FIRST_DAY: u32 = 2191;

impl Builder {
    /// Adds the accounts.
    pub(super) fn accounts(&mut self, file: &AccountsFile) {
        let changed = self.calendar.noon(self.calendar.working_day(FIRST_DAY));
        for account in &file.account {
            let kind = account.kind.as_deref().unwrap_or("company");
            let id = self.add(
                "account",
                json!({
                    "name": account.name, "kind": kind, "standing": account.standing, "wanted": account.wanted,
                    "note": account.note, "changed_at": changed,
                }),
            );
            self.accounts.insert(account.key.clone(), id);
        }
    }

    /// Adds tags and people.
    pub(super) fn people(&mut self, file: &PeopleFile) -> Result<(), String> {
        let changed = self.calendar.noon(self.calendar.working_day(FIRST_DAY));
        let mut tags = HashMap::new();
        for tag in &file.tag {
            let row =
                json!({ "name": tag.name, "cadence_days": tag.cadence, "changed_at": changed });
            tags.insert(tag.name.as_str(), self.add("tag", row));
        }
        for person in &file.person {
            let contact = self.contact(person)?;
            for name in &person.tags {
                let tag = tags.get(name.as_str());
                let tag =
                    tag.ok_or_else(|| format!("{}: no tag is called \"{name}\"", person.key))?;
                self.add("tagging", json!({ "contact_id": contact, "tag_id": tag }));
            }
        }
        Ok(())
    }

    fn contact(&mut self, person: &Person) -> Result<i64, String> {
        if person.key.is_empty() || person.name.is_empty() {
            return Err(format!(
                "people.toml: {:?} lacks a key or a name",
                person.name
            ));
        }
        let account = self.account_if(person.account.as_deref())?;
        let met = person.met.map(|ago| self.calendar.working_day(ago));
        let archived = person.archived.map(|ago| self.calendar.working_day(ago));
        let first = self.calendar.working_day(FIRST_DAY);
        let changed = self.calendar.noon(archived.or(met).unwrap_or(first));
        let id = if person.key == "me" { ME } else { self.id() };
        self.add(
            "contact",
            json!({
                "id": id, "name": person.name, "family": person.family, "given": person.given,
                "additional": person.additional, "prefix": person.prefix, "suffix": person.suffix, "nick": person.nick,
                "account_id": account, "department": person.department, "title": person.title, "note": person.note,
                "uid": null, "cadence_days": person.cadence, "ghost": u8::from(person.ghost),
                "mentor": u8::from(person.mentor), "origin": person.origin, "met_on": met, "archived_on": archived,
                "archived_why": person.archived_why, "changed_at": changed, "tier": "",
            }),
        );
        let known = Known { id, account };
        if self.people.insert(person.key.clone(), known).is_some() {
            return Err(format!(
                "people.toml: the key \"{}\" is there twice",
                person.key
            ));
        }
        self.ways(person, id)?;
        self.places(person, id);
        for date in &person.dates {
            self.key_date(date, id, changed)?;
        }
        Ok(id)
    }

    fn ways(&mut self, person: &Person, contact: i64) -> Result<(), String> {
        for (position, text) in person.phones.iter().enumerate() {
            let (label, number) = labelled(text)?;
            let key = phone::key(number, None);
            let row = json!({ "contact_id": contact, "position": position, "label": label, "number": number, "key": key });
            self.add("phone", row);
        }
        for (position, text) in person.emails.iter().enumerate() {
            let (label, address) = labelled(text)?;
            let key = email_key(address);
            let row = json!({ "contact_id": contact, "position": position, "label": label, "address": address, "key": key });
            self.add("email", row);
        }
        for (position, text) in person.webs.iter().enumerate() {
            let (label, url) = labelled(text)?;
            self.add(
                "web",
                json!({ "contact_id": contact, "position": position, "label": label, "url": url }),
            );
        }
        Ok(())
    }

    fn places(&mut self, person: &Person, contact: i64) {
        for (position, place) in person.addresses.iter().enumerate() {
            self.add(
                "address",
                json!({
                    "contact_id": contact, "position": position, "label": place.label, "po_box": place.po_box,
                    "extended": place.extended, "street": place.street, "city": place.city, "region": place.region,
                    "postcode": place.postcode, "country": place.country,
                }),
            );
        }
        for (position, extra) in person.extra.iter().enumerate() {
            self.add(
                "extra",
                json!({
                    "contact_id": contact, "position": position, "source": extra.source, "name": extra.name,
                    "value": extra.value,
                }),
            );
        }
    }

    fn key_date(&mut self, date: &KeyDate, contact: i64, changed: i64) -> Result<(), String> {
        let days = match (date.r#in, date.ago) {
            (Some(days), None) => i64::from(days),
            (None, Some(days)) => -i64::from(days),
            _ => {
                return Err(format!(
                    "people.toml: \"{}\" needs either `in` or `ago`",
                    date.label
                ));
            }
        };
        let day = shift(self.calendar.today(), days);
        let year = date.years.map(|years| day.year() - years);
        // 29 February in a year that had none was the 28th.
        let on = PartialDate::new(year, day.month(), day.day()).or(PartialDate::new(
            year,
            day.month(),
            28,
        ));
        let on = on.map_or(Value::Null, |on| json!(on));
        self.add(
            "key_date",
            json!({
                "contact_id": contact, "label": date.label, "on_day": on, "yearly": 1, "touch_id": null, "words": "",
                "changed_at": changed,
            }),
        );
        Ok(())
    }
}

/// `label rest` taken apart.
fn labelled(text: &str) -> Result<(&str, &str), String> {
    text.split_once(' ')
        .ok_or_else(|| format!("people.toml: \"{text}\" should be a label, a space and the rest"))
}
