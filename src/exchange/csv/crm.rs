//! Tables of `HubSpot`, Salesforce, Pipedrive and Atomic CRM: people, accounts and deals, told apart by their columns.

mod tables;

use super::columns::{Field, Meaning, identity};
use super::take::{Cell, Take};
use crate::domain::money::{Certainty, Money, best, minor_digits};
use crate::domain::text::clean_line;
use crate::exchange::draft::{Deal, Firm, Outcome};
use chrono::NaiveDate;
use std::fmt::Write as _;
use tables::{ATOMIC, HUBSPOT, SALESFORCE};

/// Whose table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// `HubSpot`.
    HubSpot,
    /// Salesforce: a report, or the Data Loader.
    Salesforce,
    /// Pipedrive.
    Pipedrive,
    /// Atomic CRM.
    Atomic,
}

/// What its rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// People.
    People,
    /// Accounts.
    Firms,
    /// Deals.
    Deals,
}

impl Maker {
    /// What everything of it is marked with.
    pub fn source(self) -> &'static str {
        match self {
            Maker::HubSpot => "hubspot",
            Maker::Salesforce => "salesforce",
            Maker::Pipedrive => "pipedrive",
            Maker::Atomic => "atomic",
        }
    }

    /// Its name in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Maker::HubSpot => "HubSpot",
            Maker::Salesforce => "Salesforce",
            Maker::Pipedrive => "Pipedrive",
            Maker::Atomic => "Atomic CRM",
        }
    }
}

/// Whose table has these columns, in lower case, and what is in it.
pub(super) fn knows(columns: &[String]) -> Option<(Maker, Rows)> {
    let has = |name: &str| columns.iter().any(|column| column == name);
    let any = |names: &[&str]| names.iter().any(|name| has(name));
    let person = any(&["first name", "last name", "email", "lastname"]);
    if has("deal name") && any(&["deal stage", "amount", "close date"]) {
        return Some((Maker::HubSpot, Rows::Deals));
    }
    if has("record id") && person {
        return Some((Maker::HubSpot, Rows::People));
    }
    if has("record id") && has("company name") {
        return Some((Maker::HubSpot, Rows::Firms));
    }
    if has("opportunity name") && any(&["stage", "close date"])
        || has("stagename") && has("closedate")
    {
        return Some((Maker::Salesforce, Rows::Deals));
    }
    if has("lastname")
        && any(&[
            "accountid",
            "isdeleted",
            "ownerid",
            "reportstoid",
            "leadsource",
        ])
    {
        return Some((Maker::Salesforce, Rows::People));
    }
    if has("last name")
        && any(&[
            "account name",
            "account owner",
            "mailing street",
            "contact record type",
            "mailing city",
        ])
    {
        return Some((Maker::Salesforce, Rows::People));
    }
    let loader =
        has("id") && has("name") && any(&["billingcity", "billingcountry", "isdeleted", "ownerid"]);
    if loader
        || has("account name") && any(&["billing city", "billing state/province", "account owner"])
    {
        return Some((Maker::Salesforce, Rows::Firms));
    }
    if has("person - name") {
        return Some((Maker::Pipedrive, Rows::People));
    }
    if has("deal - title") {
        return Some((Maker::Pipedrive, Rows::Deals));
    }
    if has("organization - name") {
        return Some((Maker::Pipedrive, Rows::Firms));
    }
    let atomic =
        has("first_name") && has("last_name") && any(&["email_work", "phone_work", "email_home"]);
    atomic.then_some((Maker::Atomic, Rows::People))
}

/// What a column of people is.
pub(super) fn meaning(maker: Maker, key: &str) -> Option<Meaning> {
    let table: &[(&str, Field, &str)] = match maker {
        Maker::HubSpot => &HUBSPOT,
        Maker::Salesforce => &SALESFORCE,
        Maker::Pipedrive => return pipedrive(key),
        Maker::Atomic => &ATOMIC,
    };
    let (_, field, label) = table.iter().find(|(column, _, _)| *column == key)?;
    Some((*field, (*label).to_owned()))
}

/// Pipedrive names columns by what they are of: `Person - Email - Work`.
fn pipedrive(key: &str) -> Option<Meaning> {
    let column = match key.strip_prefix("person - ") {
        Some(column) => column,
        None if key == "organization - name" => "organization",
        None if key == "organization - id" => return Some((Field::AccountUid, String::new())),
        None => return None,
    };
    let (column, label) = column.split_once(" - ").unwrap_or((column, ""));
    let field = match column {
        "id" => Field::Uid,
        "name" => Field::Name,
        "first name" => Field::Given,
        "last name" => Field::Family,
        "email" => Field::Email,
        "phone" => Field::Phone,
        "organization" => Field::Account,
        "job title" => Field::Title,
        "birthday" => Field::Birthday,
        "notes" => Field::Note,
        "label" | "labels" => Field::Tags,
        "last activity date"
        | "next activity date"
        | "update time"
        | "last email received"
        | "last email sent"
        | "done activities"
        | "total activities"
        | "activities to do"
        | "email messages count"
        | "open deals"
        | "closed deals"
        | "won deals"
        | "lost deals" => Field::Skip,
        _ => return None,
    };
    Some((field, label.to_owned()))
}

/// Whether a row is a line of a report's footer: it is `short` of all columns but the first, or has words there and no person.
pub(super) fn is_footer(maker: Maker, short: bool, cells: &[Cell<'_>], to: &Take) -> bool {
    let nobody = to.card.parts.family.is_empty()
        && to.card.parts.given.is_empty()
        && to.card.emails.is_empty();
    maker == Maker::Salesforce && (short || nobody && cells.len() == 1)
}

/// The first filled column of these.
fn first<'a>(cells: &'a [Cell<'_>], names: &[&str]) -> &'a str {
    let found = names
        .iter()
        .find_map(|name| cells.iter().find(|cell| cell.key == *name));
    found.map_or("", |cell| cell.value)
}

/// Reads a row of accounts.
pub(super) fn firm(maker: Maker, line: u64, cells: &[Cell<'_>]) -> Firm {
    let names = [
        "company name",
        "account name",
        "organization - name",
        "name",
    ];
    let ids = ["record id", "account id", "id", "organization - id"];
    let volatile = [
        "last activity",
        "last modified",
        "lastactivity",
        "lastmodified",
        "systemmodstamp",
        "lastviewed",
        "lastreferenced",
        "number of",
        "update time",
        "next activity",
    ];
    let mut firm = Firm {
        line,
        name: clean_line(first(cells, &names)),
        uid: identity(
            maker.source(),
            "account",
            clean_line(first(cells, &ids)).trim(),
        ),
        note: String::new(),
        left_out: Vec::new(),
    };
    for cell in cells {
        if names.contains(&cell.key) || ids.contains(&cell.key) {
            continue;
        }
        if volatile.iter().any(|part| cell.key.contains(part)) {
            firm.left_out
                .push(format!("a \"{}\"", clean_line(cell.name)));
            continue;
        }
        if !firm.note.is_empty() {
            firm.note.push('\n');
        }
        let (name, value) = (clean_line(cell.name), clean_line(cell.value));
        let _ = write!(firm.note, "{name}: {value}");
    }
    firm
}

/// How a deal ended, by its stage and by a column that says so.
fn outcome(stage: &str, won: &str) -> Outcome {
    let folded: String = stage
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let won = ["true", "1", "yes"].contains(&won.to_lowercase().as_str());
    if won || folded.contains("closedwon") || folded == "won" {
        Outcome::Won
    } else if folded.contains("lost") || folded.contains("closed") {
        Outcome::Lost
    } else {
        Outcome::Open
    }
}

/// The texts of the first filled column of these, told apart by semicolons.
fn texts<'a>(cells: &'a [Cell<'_>], names: &[&str]) -> impl Iterator<Item = String> + use<'a> {
    let given = first(cells, names).split(';').map(clean_line);
    given.filter(|text| !text.is_empty())
}

/// Reads a row of deals; amounts that name no currency are in `home`.
pub(super) fn deal(maker: Maker, line: u64, cells: &[Cell<'_>], home: &str, to: &mut Take) -> Deal {
    let stage = first(cells, &tables::STAGE);
    let on = to.local_date("Close date", first(cells, &tables::CLOSED_ON));
    let on = on.and_then(|day| NaiveDate::from_ymd_opt(day.year?, day.month, day.day));
    let source = maker.source();
    Deal {
        line,
        what: clean_line(first(cells, &tables::DEAL)),
        amount: amount(
            first(cells, &tables::AMOUNT),
            first(cells, &tables::CURRENCY),
            home,
        ),
        on,
        outcome: outcome(stage, first(cells, &tables::WON)),
        people: texts(cells, &tables::CONTACT_IDS)
            .map(|id| identity(source, "contact", &id))
            .collect(),
        names: texts(cells, &tables::CONTACTS).collect(),
        firms: texts(cells, &tables::ACCOUNT_IDS)
            .map(|id| identity(source, "account", &id))
            .collect(),
        firm_names: texts(cells, &tables::ACCOUNTS).collect(),
        doubts: std::mem::take(&mut to.doubts),
    }
}

/// An amount as tables write it: `1,234.50`, `$1 234`, `1.234,50 €`, `USD 1,200`, `(0.50)`. A column that names the currency outranks
/// a sign; `home` is meant where nothing names one.
pub(super) fn amount(text: &str, currency: &str, home: &str) -> Option<Money> {
    let named = currency.trim().to_uppercase();
    let named =
        Some(named).filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    let (minus, bare) = unsigned(text.trim());
    let home = named.as_deref().unwrap_or(home);
    let mut money = best(&bare, home, Certainty::Bare)?.money;
    if minus {
        money.minor = -money.minor;
    }
    match named {
        Some(named) if named != money.currency => {
            let (from, to) = (minor_digits(&money.currency), minor_digits(&named));
            let minor = i128::from(money.minor) * 10_i128.pow(to) / 10_i128.pow(from);
            Some(Money {
                minor: i64::try_from(minor).ok()?,
                currency: named,
            })
        }
        _ => Some(money),
    }
}

/// Whether an amount is below nought, and the amount without what says so: a minus before it or right behind it, or brackets around it.
fn unsigned(text: &str) -> (bool, String) {
    let minus = ['-', '−', '–'];
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return (true, inner.to_owned());
    }
    // Behind a mark the dash stands for no cents.
    if let Some(inner) = text
        .strip_suffix(minus)
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    {
        return (true, inner.to_owned());
    }
    let digit = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let (ahead, number) = text.split_at_checked(digit).unwrap_or((text, ""));
    let point = ahead.ends_with(['.', ','])
        && !ahead
            .trim_end_matches(['.', ','])
            .ends_with(char::is_alphabetic);
    // A dash within a currency's mark is a part of it: `US-$ 5`.
    let told = ahead.trim();
    let below = told.starts_with(minus) || told.trim_end_matches(['.', ',']).ends_with(minus);
    let mut bare = ahead.replace(minus, "");
    if point {
        // `.50` is the half of one.
        bare.pop();
        bare.push_str("0.");
    }
    bare.push_str(number);
    (below, bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_tables_write_them() {
        let cases = [
            ("1200", "", Some((120_000, "SEK"))),
            ("$1,234.50", "", Some((123_450, "USD"))),
            ("1.234,5 €", "", Some((123_450, "EUR"))),
            ("EUR 1 234", "", Some((123_400, "EUR"))),
            ("1,234,567", "gbp", Some((123_456_700, "GBP"))),
            ("1234.567", "EUR", Some((123_457, "EUR"))),
            ("$ 99.90", "CAD", Some((9_990, "CAD"))),
            ("12000", "JPY", Some((12_000, "JPY"))),
            ("¥12,000", "", Some((12_000, "JPY"))),
            ("$12,000", "JPY", Some((12_000, "JPY"))),
            ("500000", "KRW", Some((500_000, "KRW"))),
            ("12.5", "KWD", Some((12_500, "KWD"))),
            ("12.345", "BHD", Some((12_345, "BHD"))),
            ("-0.50", "USD", Some((-50, "USD"))),
            ("−€0.50", "", Some((-50, "EUR"))),
            ("$ -1,234.50", "", Some((-123_450, "USD"))),
            ("US-$ 1,234.50", "", Some((123_450, "USD"))),
            ("(1,234.50)", "USD", Some((-123_450, "USD"))),
            ("1.234,50-", "EUR", Some((-123_450, "EUR"))),
            ("24.000,-", "EUR", Some((2_400_000, "EUR"))),
            (".50", "", Some((50, "SEK"))),
            ("$.50", "", Some((50, "USD"))),
            ("24k", "EUR", Some((2_400_000, "EUR"))),
            ("99999999999999999999", "USD", None),
            ("", "USD", None),
            ("-", "USD", None),
            ("soon", "", None),
        ];
        for (text, currency, expected) in cases {
            let found = amount(text, currency, "SEK");
            let told = found
                .as_ref()
                .map(|money| (money.minor, money.currency.as_str()));
            assert_eq!(told, expected, "{text}");
        }
    }
}
