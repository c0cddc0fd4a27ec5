//! The card of one person, read from its tables.

use super::super::Result;
use super::{maybe_day, rows};
use crate::domain::contact::{
    Address, Card, Email, Extra, KeyDate, NameParts, PartialDate, Phone, Relation, Web,
};
use crate::domain::id::Id;
use crate::domain::link::LinkKind;
use rusqlite::{Connection, OptionalExtension, Row};

/// Everything on a person's card; none when they are not in the book.
pub(in crate::store) fn card_of(db: &Connection, id: Id) -> Result<Option<Card>> {
    let sql = "select c.name, c.family, c.given, c.additional, c.prefix, c.suffix, c.nick, coalesce(a.name, ''), c.department, c.title, c.note, c.uid,
               c.cadence_days, c.ghost, c.origin, c.met_on from contact c left join account a on a.id = c.account_id where c.id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id.raw()], head_from);
    let Some(mut card) = found.optional()? else {
        return Ok(None);
    };
    read_ways_to_reach(db, id, &mut card)?;
    card.tags = tags_of(db, id)?;
    card.dates = dates_of(db, id)?
        .into_iter()
        .map(|(_, date)| date)
        .collect();
    let sql = "select k.kind, coalesce(c.name, k.to_name), k.note from link k left join contact c on c.id = k.to_id where k.from_id = ?1 and k.state <> 'refused' order by k.id";
    card.relations = rows(db, sql, [id.raw()], |r| {
        Ok(Relation {
            kind: kind_of(&r.get::<_, String>(0)?),
            label: r.get(2)?,
            name: r.get(1)?,
        })
    })?;
    let sql = "select source, name, value from extra where contact_id = ?1 order by position";
    card.extra = rows(db, sql, [id.raw()], |r| {
        Ok(Extra {
            source: r.get(0)?,
            name: r.get(1)?,
            value: r.get(2)?,
        })
    })?;
    Ok(Some(card))
}

/// What stands in the contact's own row.
fn head_from(row: &Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        name: row.get(0)?,
        parts: NameParts {
            family: row.get(1)?,
            given: row.get(2)?,
            additional: row.get(3)?,
            prefix: row.get(4)?,
            suffix: row.get(5)?,
        },
        nick: row.get(6)?,
        account: row.get(7)?,
        department: row.get(8)?,
        title: row.get(9)?,
        note: row.get(10)?,
        uid: row.get(11)?,
        cadence: row.get(12)?,
        ghost: row.get(13)?,
        origin: row.get(14)?,
        met_on: maybe_day(row.get::<_, Option<String>>(15)?.as_deref())?,
        ..Card::default()
    })
}

/// Telephones, e-mails, web addresses and postal addresses.
fn read_ways_to_reach(db: &Connection, id: Id, card: &mut Card) -> Result<()> {
    let sql = "select label, number from phone where contact_id = ?1 order by position";
    card.phones = rows(db, sql, [id.raw()], |r| {
        Ok(Phone {
            label: r.get(0)?,
            number: r.get(1)?,
        })
    })?;
    let sql = "select label, address from email where contact_id = ?1 order by position";
    card.emails = rows(db, sql, [id.raw()], |r| {
        Ok(Email {
            label: r.get(0)?,
            address: r.get(1)?,
        })
    })?;
    let sql = "select label, url from web where contact_id = ?1 order by position";
    card.webs = rows(db, sql, [id.raw()], |r| {
        Ok(Web {
            label: r.get(0)?,
            url: r.get(1)?,
        })
    })?;
    let sql = "select label, po_box, extended, street, city, region, postcode, country from address where contact_id = ?1 order by position";
    card.addresses = rows(db, sql, [id.raw()], address_from)?;
    Ok(())
}

pub(super) fn kind_of(word: &str) -> LinkKind {
    LinkKind::parse(word).unwrap_or(LinkKind::Family)
}

fn address_from(row: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        label: row.get(0)?,
        po_box: row.get(1)?,
        extended: row.get(2)?,
        street: row.get(3)?,
        city: row.get(4)?,
        region: row.get(5)?,
        postcode: row.get(6)?,
        country: row.get(7)?,
    })
}

pub(in crate::store) fn tags_of(db: &Connection, id: Id) -> Result<Vec<String>> {
    rows(
        db,
        "select t.name from tagging g join tag t on t.id = g.tag_id where g.contact_id = ?1 order by g.id",
        [id.raw()],
        |r| r.get(0),
    )
}

/// Days to remember about somebody, each with its row's id; a day that no calendar has is passed over.
pub(in crate::store) fn dates_of(db: &Connection, id: Id) -> Result<Vec<(i64, KeyDate)>> {
    let sql = "select id, label, on_day, yearly from key_date where contact_id = ?1 order by id";
    let found = rows(db, sql, [id.raw()], |row| {
        let Some(on) = PartialDate::parse(row.get_ref(2)?.as_str()?) else {
            return Ok(None);
        };
        let (label, yearly) = (row.get(1)?, row.get(3)?);
        Ok(Some((row.get(0)?, KeyDate { label, on, yearly })))
    })?;
    Ok(found.into_iter().flatten().collect())
}
