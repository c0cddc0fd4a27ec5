//! `settings`, `completions` and `man`: what the program can say about itself.

use super::args::Args;
use super::desk::{Desk, Failure};
use super::output::{Output, Table};
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use serde_json::json;
use std::io;

/// Every setting, its value, where it comes from and what it does.
pub fn settings(desk: &mut Desk<'_>, json: bool) -> Result<(), Failure> {
    let config = desk.config.display().to_string();
    let source = |from_file: bool| {
        if from_file {
            config.as_str()
        } else {
            "default"
        }
    };
    if json {
        let rows: Vec<_> = desk
            .rows
            .iter()
            .map(|row| {
                let value = serde_json::from_str(&row.value).unwrap_or(json!(row.value));
                json!({"name": row.name, "value": value, "source": source(row.from_file), "about": row.about})
            })
            .collect();
        return Ok(desk.out.json(&json!(rows))?);
    }
    let mut table = Table::new(&["setting", "~value", "from", "~what it does"]);
    for row in &desk.rows {
        let from = if row.from_file {
            "config.toml"
        } else {
            "default"
        };
        table.row([
            row.name.clone(),
            row.value.clone(),
            from.to_owned(),
            row.about.to_owned(),
        ]);
    }
    desk.out.table(&table)?;
    Ok(desk
        .out
        .text(&format!("\nSettings are read from {config}"))?)
}

/// Completions for a shell.
pub fn completions(shell: Shell, out: &mut Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "chitbook", &mut text);
    Ok(out.text(&String::from_utf8_lossy(&text))?)
}

/// The manual: one page with every command.
pub fn man(out: &mut Output) -> Result<(), Failure> {
    let text = page().map_err(Failure::from)?;
    Ok(out.text(&text)?)
}

fn page() -> io::Result<String> {
    let command = Args::command();
    let main = Man::new(command.clone())
        .title("CHITBOOK")
        .manual("Chitbook");
    let mut page = Vec::new();
    main.render_title(&mut page)?;
    main.render_name_section(&mut page)?;
    main.render_synopsis_section(&mut page)?;
    main.render_description_section(&mut page)?;
    main.render_options_section(&mut page)?;
    let mut page = text_of(page);
    page.push_str(".SH COMMANDS\n");
    for verb in command.get_subcommands().filter(|v| v.get_name() != "help") {
        // What holds for every command is said once, above.
        let name = format!("chitbook {}", verb.get_name());
        let entry = Man::new(verb.clone().bin_name(name).disable_help_flag(true));
        let mut part = Vec::new();
        entry.render_synopsis_section(&mut part)?;
        entry.render_description_section(&mut part)?;
        entry.render_options_section(&mut part)?;
        page.push_str(".SS ");
        page.push_str(verb.get_name());
        page.push('\n');
        for line in text_of(part).lines() {
            match line {
                ".SH SYNOPSIS" | ".SH DESCRIPTION" => page.push_str(".PP\n"),
                ".SH OPTIONS" => page.push_str(".PP\nOptions:\n"),
                // The definition of the apostrophe, which the page begins with.
                other if other.starts_with(".ie \\n(.g .ds") || other.starts_with(".el .ds") => {}
                other => {
                    page.push_str(other);
                    page.push('\n');
                }
            }
        }
    }
    let mut end = Vec::new();
    main.render_extra_section(&mut end)?;
    main.render_version_section(&mut end)?;
    page.push_str(&text_of(end));
    Ok(page)
}

fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}
