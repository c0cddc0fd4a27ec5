//! A person as a page of Markdown that anybody can read without this program.

use crate::domain::chit::ChitRow;
use crate::domain::contact::Card;
use crate::domain::id::Id;
use crate::domain::people::{Entry, Person};
use crate::domain::promise::PromiseRow;
use crate::domain::text::{clean_line, clean_note};
use crate::exchange::words;
use std::fmt::Write as _;

/// The line by which a page is known to be ours.
pub const MARK: &str = "<!-- written by chitbook: it will be written again -->";

/// The name of a person's page, without its ending: their name as file systems take it.
pub fn file_name(name: &str) -> String {
    let kept: String = clean_line(name)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || " -_.,'()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let kept = kept.trim_matches(['.', ' ']);
    let cut: String = kept.chars().take(80).collect();
    let cut = cut.trim_end_matches(['.', ' ']);
    if cut.is_empty() {
        "nobody".to_owned()
    } else {
        cut.to_owned()
    }
}

/// A text that Markdown takes for nothing but text, on one line.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in clean_line(text).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A note as a quotation: whatever is in it stays within.
fn quoted(text: &str) -> String {
    let note = clean_note(text);
    let lines = note
        .trim_end()
        .lines()
        .map(|line| format!("> {}", line.replace('<', "&lt;")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The page of a person with these touches, newest first.
pub fn page(id: Id, person: &Person, history: &[Entry]) -> String {
    let mut out = format!("{MARK}\n# {}\n\n", inline(&person.card.name));
    card(&person.card, &mut out);
    if let Some(day) = person.archived_on {
        let _ = writeln!(out, "- archived on {day}");
    }
    let open: Vec<&PromiseRow> = person.promises.iter().collect();
    section(
        &mut out,
        "Promises",
        open.iter()
            .chain(&person.closed.iter().collect::<Vec<_>>())
            .map(|row| promise(row)),
    );
    section(
        &mut out,
        "Favours",
        person.chits.iter().map(|row| chit(id, row)),
    );
    section(
        &mut out,
        "Facts",
        person.facts.iter().map(|fact| inline(fact)),
    );
    section(
        &mut out,
        "Needs",
        person.needs.iter().map(|need| inline(need)),
    );
    if !history.is_empty() {
        out.push_str("\n## History\n");
    }
    for entry in history {
        let minutes = entry
            .minutes
            .map_or(String::new(), |minutes| format!(", {minutes} min"));
        let others: Vec<String> = entry.others.iter().map(|name| inline(name)).collect();
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(", with {}", others.join(", "))
        };
        let _ = writeln!(
            out,
            "\n### {} {} ({}{minutes}{others})",
            entry.at.format("%Y-%m-%d %H:%M"),
            entry.kind.noun(),
            entry.direction.word()
        );
        if !entry.body.trim().is_empty() {
            let _ = writeln!(out, "\n{}", quoted(&entry.body));
        }
    }
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(out, "\n## {title}\n");
    }
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
}

fn card(card: &Card, out: &mut String) {
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- {name}: {}", inline(value));
        }
    };
    line("nickname", &card.nick);
    line("account", &card.account);
    line("department", &card.department);
    line("title", &card.title);
    let labelled = |kind: &str, label: &str| {
        if label.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind} ({})", inline(label))
        }
    };
    for phone in &card.phones {
        line(&labelled("phone", &phone.label), &phone.number);
    }
    for email in &card.emails {
        line(&labelled("e-mail", &email.label), &email.address);
    }
    for web in &card.webs {
        line(&labelled("web", &web.label), &web.url);
    }
    for place in &card.addresses {
        line(&labelled("address", &place.label), &place.one_line());
    }
    for date in &card.dates {
        line(
            if date.label.is_empty() {
                "date"
            } else {
                &date.label
            },
            &date.on.to_string(),
        );
    }
    for relation in &card.relations {
        line(&inline(&words::relation_label(relation)), &relation.name);
    }
    line("tags", &card.tags.join(", "));
    line("how it began", &card.origin);
    line(
        "met on",
        &card.met_on.map(|day| day.to_string()).unwrap_or_default(),
    );
    line(
        "days between touches",
        &card
            .cadence
            .map(|days| days.to_string())
            .unwrap_or_default(),
    );
    if !card.note.trim().is_empty() {
        let _ = writeln!(out, "\n{}", quoted(&card.note));
    }
}

fn promise(row: &PromiseRow) -> String {
    let who = if row.promise.mine { "I" } else { "they" };
    let closed = row
        .closed_on
        .map_or(String::new(), |day| format!(" on {day}"));
    format!(
        "{} — {who} promised on {}, due {}, {}{closed}",
        inline(&row.promise.what),
        row.promise.made_on,
        row.promise.due,
        row.state.word()
    )
}

fn chit(id: Id, row: &ChitRow) -> String {
    let name = |who: Id, name: &str| {
        if who == Id::ME {
            "I".to_owned()
        } else if who == id {
            "they".to_owned()
        } else {
            inline(name)
        }
    };
    format!(
        "{} {}: {} did {} a favour, worth {}, {}",
        row.chit.on,
        inline(&row.chit.what),
        name(row.chit.giver, &row.giver_name),
        match name(row.chit.receiver, &row.receiver_name).as_str() {
            "I" => "me".to_owned(),
            "they" => "them".to_owned(),
            other => other.to_owned(),
        },
        row.chit.worth,
        row.state().word()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_names_of_files() {
        let cases = [
            ("Barney Rubble", "Barney Rubble"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("A/B: C?", "A_B_ C_"),
            ("...", "nobody"),
            ("漢字", "漢字"),
        ];
        for (name, file) in cases {
            assert_eq!(file_name(name), file, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_the_folder(name in any::<String>()) {
            let file = file_name(&name);
            prop_assert!(!file.contains(['/', '\\', '\0']) && !file.starts_with('.') && !file.is_empty());
        }

        #[test]
        fn no_text_begins_a_heading_or_a_tag(text in any::<String>()) {
            let line = inline(&text);
            prop_assert!(!line.starts_with('#') && !line.contains('\n'));
            for line in quoted(&text).lines() {
                prop_assert!(line.starts_with("> ") && !line.contains('<'));
            }
        }
    }
}
