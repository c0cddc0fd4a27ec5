//! The form of a person's card, and that of their tags.

use super::Cx;
use super::field::{Field, Kind, Saved};
use super::filing::{Fault, required};
use super::form::Form;
use crate::domain::command::Command;
use crate::domain::contact::{Card, Email, KeyDate, PartialDate, Phone, Web};
use crate::domain::id::Id;
use crate::domain::when::{self, Look};
use chrono::Datelike;

/// The fields that may be there several times.
const REPEATED: [&str; 3] = ["phone", "email", "web"];
/// Days between touches a rep can want.
const CADENCE: std::ops::RangeInclusive<u16> = 1..=3650;

fn labelled(label: &str, value: &str) -> String {
    if label.is_empty() {
        value.to_owned()
    } else {
        format!("{label}: {value}")
    }
}

/// A label before a value: "work: +1 415 …". A colon that belongs to an address is not one.
fn label_and_value(text: &str) -> (String, String) {
    match text.split_once(": ") {
        Some((label, value)) => (label.trim().to_owned(), value.trim().to_owned()),
        None => (String::new(), text.trim().to_owned()),
    }
}

fn repeated(name: &'static str, text: &str, first: bool) -> Field {
    let (label, hint) = match name {
        "phone" => ("phone", "+1 415 555 0100, or work: +1 415 555 0100"),
        "email" => ("e-mail", "barney@slate.com, or work: barney@slate.com"),
        _ => ("web", "slate.com, or linkedin: linkedin.com/in/…"),
    };
    let hint = if first { hint } else { "one more" };
    Field::new(name, if first { label } else { "" }, Kind::Line, text).hint(hint)
}

fn birthday(card: &Card) -> Option<&KeyDate> {
    card.dates.iter().find(|date| date.label == "birthday")
}

/// The fields, filled from the card that is edited.
pub fn fields(card: Option<&Card>) -> Vec<Field> {
    let blank = Card::default();
    let card = card.unwrap_or(&blank);
    let line = |name, label, text: &str| Field::new(name, label, Kind::Line, text);
    let mut fields = vec![
        line("name", "name", &card.name),
        Field::new("account", "account", Kind::Account, &card.account).hint("company or household"),
        line("title", "title", &card.title),
    ];
    let phones = card
        .phones
        .iter()
        .map(|phone| labelled(&phone.label, &phone.number));
    fields.extend(phones.map(|text| repeated("phone", &text, false)));
    let emails = card
        .emails
        .iter()
        .map(|email| labelled(&email.label, &email.address));
    fields.extend(emails.map(|text| repeated("email", &text, false)));
    let mut tags = Field::new("tags", "tags", Kind::Tags, &card.tags.join(" "));
    tags.hint = "golf coach".into();
    fields.push(tags);
    let cadence = card.cadence.map_or(String::new(), |days| days.to_string());
    fields.push(line("cadence", "every … days", &cadence).hint("the learned rhythm"));
    let born = birthday(card).map_or(String::new(), |date| date.on.to_string());
    fields.push(line("birthday", "birthday", &born).hint("20 nov, or 1984-11-20"));
    fields.push(line("nick", "called", &card.nick).hint("what friends say"));
    let webs = card.webs.iter().map(|web| labelled(&web.label, &web.url));
    fields.extend(webs.map(|text| repeated("web", &text, false)));
    fields.push(
        Field::new("note", "note", Kind::Note, &card.note).hint("what to remember about them"),
    );
    regrow(&mut fields);
    fields
}

/// What a repeated field comes after, when none of it is there yet.
fn comes_after(name: &str) -> &'static str {
    match name {
        "phone" => "title",
        "email" => "phone",
        _ => "nick",
    }
}

/// One empty row at the end of every repeated field; the first of each has the label.
pub fn regrow(fields: &mut Vec<Field>) {
    for name in REPEATED {
        let last = fields.iter().rposition(|field| field.name == name);
        let full = last.is_none_or(|at| !fields[at].editor.is_blank());
        if full {
            let after = fields
                .iter()
                .rposition(|field| field.name == comes_after(name));
            let at = last.or(after).map_or(fields.len(), |at| at + 1);
            fields.insert(at, repeated(name, "", false));
        }
        let first = fields.iter().position(|field| field.name == name);
        if let Some(first) = first {
            let like = repeated(name, "", true);
            (fields[first].label, fields[first].hint) = (like.label, like.hint);
        }
    }
}

/// As many rows of every repeated field as a draft has.
pub fn grow_to(fields: &mut Vec<Field>, saved: &[Saved]) {
    for name in REPEATED {
        let wanted = saved.iter().filter(|field| field.name() == name).count();
        while fields.iter().filter(|field| field.name == name).count() < wanted {
            let at = fields.iter().rposition(|field| field.name == name);
            fields.insert(at.map_or(0, |at| at + 1), repeated(name, "", false));
        }
    }
}

fn rows<'f>(form: &'f Form, name: &'static str) -> impl Iterator<Item = String> + 'f {
    let fields = form.fields.iter().filter(move |field| field.name == name);
    fields.map(Field::text).filter(|text| !text.is_empty())
}

fn tags(form: &Form) -> Vec<String> {
    let text = form.text("tags");
    let words = text
        .split([' ', ','])
        .map(|word| word.trim_start_matches('#'));
    let mut tags: Vec<String> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !tags.iter().any(|tag| tag == word) {
            tags.push(word.to_owned());
        }
    }
    tags
}

fn cadence(form: &Form) -> Result<Option<u16>, Fault> {
    let text = form.text("cadence");
    if text.is_empty() {
        return Ok(None);
    }
    let days = text.parse().ok().filter(|days| CADENCE.contains(days));
    let wrong = || ("cadence", "Days are a number from 1 to 3650".to_owned());
    days.map(Some).ok_or_else(wrong)
}

fn born(form: &Form, cx: &Cx<'_>) -> Result<Option<PartialDate>, Fault> {
    let text = form.text("birthday");
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(date) = PartialDate::parse(&text) {
        return Ok(Some(date));
    }
    let day =
        when::day(&text, cx.today(), Look::Back, cx.order).map_err(|why| ("birthday", why))?;
    let year_said = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4);
    let year = year_said.then_some(day.year());
    Ok(PartialDate::new(year, day.month(), day.day()))
}

/// The card as the fields say; what the form does not show stays as it was.
fn card(form: &Form, before: Option<&Card>, cx: &Cx<'_>) -> Result<Card, Fault> {
    let mut card = before.cloned().unwrap_or_default();
    card.name = required(form, "name", "A person needs a name")?;
    if before.is_some_and(|before| before.name != card.name) {
        card.parts = crate::domain::contact::NameParts::default();
    }
    card.account = form.text("account");
    card.title = form.text("title");
    card.nick = form.text("nick");
    card.phones = rows(form, "phone")
        .map(|text| old_phone(before, &text))
        .collect();
    card.emails = emails(form, before)?;
    card.webs = rows(form, "web")
        .map(|text| old_web(before, &text))
        .collect();
    card.tags = unless_same(before.map(|card| &card.tags), tags(form));
    card.cadence = cadence(form)?;
    card.note = form
        .field("note")
        .map_or(String::new(), |field| field.editor.text());
    let born = born(form, cx)?;
    let was = before.and_then(birthday).map(|date| date.on);
    if born != was {
        card.dates.retain(|date| date.label != "birthday");
        card.dates.extend(born.map(|on| KeyDate {
            label: "birthday".to_owned(),
            on,
            yearly: true,
        }));
    }
    Ok(card.cleaned())
}

/// Tags with blanks in them cannot be typed here: when the words are the same, the tags are.
fn unless_same(before: Option<&Vec<String>>, tags: Vec<String>) -> Vec<String> {
    match before {
        Some(before) if before.join(" ") == tags.join(" ") => before.clone(),
        _ => tags,
    }
}

/// A row that still says what the card said is that entry, whatever its label looks like.
fn old_phone(before: Option<&Card>, text: &str) -> Phone {
    let mut old = before.iter().flat_map(|card| &card.phones);
    let same = old.find(|phone| labelled(&phone.label, &phone.number) == text);
    same.cloned().unwrap_or_else(|| {
        let (label, number) = label_and_value(text);
        Phone { label, number }
    })
}

/// The addresses; what was on the card already stays, whatever it looks like.
fn emails(form: &Form, before: Option<&Card>) -> Result<Vec<Email>, Fault> {
    let emails: Vec<Email> = rows(form, "email")
        .map(|text| old_email(before, &text))
        .collect();
    let old = before.map_or(&[][..], |card| &card.emails);
    let wrong = |email: &&Email| !old.contains(email) && !is_address(&email.address);
    match emails.iter().find(wrong) {
        Some(_) => Err((
            "email",
            "An e-mail address is written barney@slate.com".to_owned(),
        )),
        None => Ok(emails),
    }
}

fn is_address(address: &str) -> bool {
    address.contains('@') && !address.contains(char::is_whitespace)
}

/// Whether a row holds an e-mail address, with or without a label, or nothing.
pub fn is_email(text: &str) -> bool {
    text.is_empty() || is_address(&label_and_value(text).1)
}

fn old_email(before: Option<&Card>, text: &str) -> Email {
    let mut old = before.iter().flat_map(|card| &card.emails);
    let same = old.find(|email| labelled(&email.label, &email.address) == text);
    same.cloned().unwrap_or_else(|| {
        let (label, address) = label_and_value(text);
        Email { label, address }
    })
}

fn old_web(before: Option<&Card>, text: &str) -> Web {
    let mut old = before.iter().flat_map(|card| &card.webs);
    let same = old.find(|web| labelled(&web.label, &web.url) == text);
    same.cloned().unwrap_or_else(|| {
        let (label, url) = label_and_value(text);
        Web { label, url }
    })
}

/// The change a card's fields make.
pub fn command(
    form: &Form,
    editing: Option<&(Id, Box<Card>)>,
    cx: &Cx<'_>,
) -> Result<Command, Fault> {
    let after = Box::new(card(form, editing.map(|(_, card)| card.as_ref()), cx)?);
    Ok(match editing {
        Some((id, before)) => Command::EditContact {
            id: *id,
            before: before.clone(),
            after,
        },
        None => Command::AddContact(after),
    })
}

/// The field of a person's tags.
pub fn tag_fields(before: &[String]) -> Vec<Field> {
    let mut text = before.join(" ");
    if !text.is_empty() {
        text.push(' ');
    }
    let mut field = Field::new("tags", "tags", Kind::Tags, &text).hint("golf coach");
    if !text.is_empty() {
        field.editor.insert(' ');
    }
    vec![field]
}

/// The change the tags make: what is not there any more is taken off.
pub fn tag_command(form: &Form, id: Id, before: &[String]) -> Command {
    let now = unless_same(Some(&before.to_vec()), tags(form));
    let not_in = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter()
            .filter(|tag| !other.contains(tag))
            .cloned()
            .collect()
    };
    Command::Tag {
        people: vec![id],
        add: not_in(&now, before),
        remove: not_in(before, &now),
    }
}
