//! The house rules, read from the source itself: which layer may name what, how long a function may be, how a file begins.

use std::fs;
use std::path::{Path, PathBuf};

/// Longest function, in lines from `fn` to its closing brace.
const LONGEST_FUNCTION: usize = 60;
/// Longest file, its tests not counted.
const LONGEST_FILE: usize = 450;

struct Source {
    /// Path below the project's folder.
    path: String,
    /// The code without its tests.
    code: String,
    whole: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            // The stories of keys and pictures are tests.
            let story = path.starts_with(root.join("src/tui/bench"))
                || path == root.join("src/tui/bench.rs");
            if story {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|x| x == "rs") && !path.ends_with("tests.rs") {
                let whole = fs::read_to_string(&path).unwrap();
                let code = whole
                    .split("\n#[cfg(test)]\nmod tests")
                    .next()
                    .unwrap()
                    .to_owned();
                let path = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                found.push(Source { path, code, whole });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "the source was found");
    found
}

/// Lines that name `what` outside comments.
fn naming(source: &Source, what: &str) -> Vec<String> {
    let lines = source.code.lines().enumerate();
    let named =
        lines.filter(|(_, line)| !line.trim_start().starts_with("//") && line.contains(what));
    named
        .map(|(at, line)| format!("{}:{}: {}", source.path, at + 1, line.trim()))
        .collect()
}

#[test]
fn each_layer_names_only_what_lies_below_it() {
    let tui = ["ratatui", "crossterm", "tui_textarea"];
    let rules: [(&str, &[&str], &[&str]); 8] = [
        (
            "src/domain",
            &[
                "rusqlite",
                "crate::store",
                "crate::exchange",
                "crate::tui",
                "crate::cli",
                "std::fs",
                "std::env",
            ],
            &tui,
        ),
        (
            "src/exchange",
            &[
                "rusqlite",
                "crate::store",
                "crate::tui",
                "crate::cli",
                "std::path",
                "std::fs",
                "std::env",
            ],
            &tui,
        ),
        (
            "src/store",
            &["crate::exchange", "crate::tui", "crate::cli"],
            &tui,
        ),
        (
            "src/tui",
            &[
                "rusqlite",
                "crate::store",
                "crate::exchange",
                "crate::cli",
                "std::fs",
                "std::env",
            ],
            &[],
        ),
        ("src/cli", &["rusqlite"], &tui),
        (
            "src/settings",
            &["rusqlite", "crate::store", "crate::tui", "crate::cli"],
            &tui,
        ),
        (
            "src/places",
            &["rusqlite", "crate::store", "crate::tui", "crate::cli"],
            &tui,
        ),
        (
            "src/dashboard",
            &[
                "rusqlite",
                "crate::exchange",
                "crate::cli",
                "ratatui",
                "crossterm",
            ],
            &[],
        ),
    ];
    let mut broken = Vec::new();
    for source in sources() {
        for (layer, forbidden, more) in &rules {
            let inside = source.path == format!("{layer}.rs")
                || source.path.starts_with(&format!("{layer}/"));
            // The edge of the dashboard: it performs effects, and gives back the terminal and the report of a panic.
            let edge = source.path == "src/tui/run.rs"
                || source.path.starts_with("src/tui/run/")
                || source.path == "src/tui/terminal.rs";
            if inside && !edge {
                broken.extend(
                    forbidden
                        .iter()
                        .chain(*more)
                        .flat_map(|what| naming(&source, what)),
                );
            }
        }
        let clock = ["Utc::now", "Local::now", "SystemTime::now"];
        if source.path != "src/main.rs" {
            broken.extend(clock.iter().flat_map(|what| naming(&source, what)));
        }
        if source.path != "src/cli/output.rs" {
            broken.extend(
                ["println!", "print!(", "stdout()"]
                    .iter()
                    .filter(|_| !source.path.starts_with("src/tui/"))
                    .flat_map(|what| naming(&source, what)),
            );
        }
    }
    assert!(
        broken.is_empty(),
        "layers are broken:\n{}",
        broken.join("\n")
    );
}

#[test]
fn every_file_says_first_what_it_owns_and_stays_small() {
    for source in sources() {
        assert!(
            source.whole.starts_with("//! "),
            "{} does not open with //!",
            source.path
        );
        let lines = source.code.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines before its tests; {LONGEST_FILE} are allowed",
            source.path
        );
        assert!(
            !source.path.ends_with("/mod.rs"),
            "{}: modules are name.rs beside name/",
            source.path
        );
    }
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for source in sources() {
        let mut open: Vec<(usize, usize, String)> = Vec::new();
        for (at, line) in source.code.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let text = line.trim_start();
            let starts = [
                "fn ",
                "pub fn ",
                "pub(super) fn ",
                "pub(crate) fn ",
                "const fn ",
                "pub const fn ",
                "pub(in ",
            ];
            if starts.iter().any(|s| text.starts_with(s))
                && text.contains("fn ")
                && !text.ends_with(';')
            {
                open.push((at, indent, text.to_owned()));
            }
            if text == "}" && open.last().is_some_and(|(_, i, _)| *i == indent) {
                let (began, _, name) = open.pop().unwrap();
                let lines = at - began + 1;
                if lines > LONGEST_FUNCTION {
                    long.push(format!(
                        "{}:{}: {lines} lines: {name}",
                        source.path,
                        began + 1
                    ));
                }
            }
        }
    }
    assert!(
        long.is_empty(),
        "functions over {LONGEST_FUNCTION} lines:\n{}",
        long.join("\n")
    );
}
