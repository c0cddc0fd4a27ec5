//! The report as Markdown.

use super::{STAGES, amounts};
use crate::domain::ledger::AGES;
use crate::domain::report::{Ages, Bands, Difference, Moved, Report, number};
use crate::domain::text::one_line;
use std::fmt::Write as _;

/// The report, compared with an earlier one where there is one.
pub fn write(report: &Report, against: Option<(&Report, &[Difference])>) -> String {
    let mut page = Page(String::new());
    let by = if report.name.is_empty() {
        String::new()
    } else {
        format!(" · {}", safe(&report.name))
    };
    page.line(&format!(
        "# Week to {}{by}",
        report.on.format("%A %-d %B %Y")
    ));
    page.line(&format!("\n{}", report.headline()));
    if let Some(quiet) = &report.quiet {
        page.line(&format!("\n> {quiet}"));
    }
    page.figures(report);
    if let Some((earlier, differences)) = against {
        page.against(earlier, differences);
    }
    page.base(report);
    page.movers("Warmed most this week", &report.warmed);
    page.movers("Cooled most this week", &report.cooled);
    page.promises(report);
    page.chits(report);
    page.referrals(report);
    page.accounts(report);
    page.money(report);
    page.plan(report);
    page.0
}

/// Text that Markdown leaves as it is.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        if "\\`*_{}[]<>#|~!".contains(letter) {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn head(&mut self, title: &str) {
        self.line(&format!("\n## {title}\n"));
    }

    /// A table; the first column stands at the left, numbers at the right.
    fn table(&mut self, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.line(&format!("| {} |", heads.join(" | ")));
        let rule: Vec<&str> = heads.iter().map(|_| "---").collect();
        self.line(&format!("| {} |", rule.join(" | ")));
        for row in rows {
            self.line(&format!("| {} |", row.join(" | ")));
        }
    }

    fn figures(&mut self, report: &Report) {
        self.head("Figures");
        let rows = report
            .figures()
            .into_iter()
            .map(|figure| vec![figure.name, number(figure.value)]);
        self.table(&["figure", "now"], rows);
    }

    fn against(&mut self, earlier: &Report, differences: &[Difference]) {
        self.head(&format!("Against {}", earlier.on.format("%-d %B %Y")));
        let rows = differences.iter().map(|one| {
            let verdict = match one.better {
                Some(true) => "better",
                Some(false) => "worse",
                None => "",
            };
            vec![
                one.name.clone(),
                number(one.before),
                number(one.now),
                verdict.to_owned(),
            ]
        });
        self.table(&["figure", "then", "now", ""], rows);
    }

    fn base(&mut self, report: &Report) {
        self.head("The base by strength");
        let days = [
            Some(("now", report.now)),
            report.month_ago.map(|bands| ("a month ago", bands)),
            report.year_ago.map(|bands| ("a year ago", bands)),
        ];
        let mut heads = vec!["when"];
        heads.extend(Bands::NAMES);
        let rows = days.into_iter().flatten().map(|(name, bands)| {
            let counts = bands.counts.iter().map(ToString::to_string);
            std::iter::once(name.to_owned()).chain(counts).collect()
        });
        self.table(&heads, rows);
        if !report.going_cold.is_empty() {
            let counts: Vec<String> = report
                .going_cold
                .iter()
                .map(|week| week.count.to_string())
                .collect();
            self.line(&format!(
                "\nGoing cold in the coming weeks if nobody calls: {}.",
                counts.join(", ")
            ));
        }
    }

    fn movers(&mut self, title: &str, movers: &[Moved]) {
        if movers.is_empty() {
            return;
        }
        self.head(title);
        let rows = movers.iter().map(|one| {
            let points = format!("{} → {}", number(one.before), number(one.now));
            vec![safe(&one.who), points, safe(&one.why)]
        });
        self.table(&["who", "strength", "why"], rows);
    }

    fn promises(&mut self, report: &Report) {
        let counts = &report.promises;
        self.head("Promises");
        let rows = [
            [
                "mine".to_owned(),
                counts.kept.to_string(),
                counts.broken.to_string(),
                counts.overdue.to_string(),
            ],
            [
                "theirs".to_owned(),
                counts.their_kept.to_string(),
                counts.their_broken.to_string(),
                counts.their_overdue.to_string(),
            ],
        ];
        let heads = ["whose", "kept this week", "broken this week", "overdue"];
        self.table(&heads, rows.map(Vec::from));
        let (kept, all) = counts.ever;
        if all > 0 {
            self.line(&format!(
                "\nKept of all of mine that came to an end: {kept} of {all}."
            ));
        }
    }

    fn chits(&mut self, report: &Report) {
        self.head("Chits by age in days");
        let mut heads = vec!["side"];
        heads.extend(AGES);
        heads.push("all");
        let row = |name: &str, ages: &Ages| {
            let counts = ages.ages.iter().chain([&ages.total]);
            let counts = counts.map(|chits| number(*chits));
            std::iter::once(name.to_owned()).chain(counts).collect()
        };
        let rows = [
            row("I owe", &report.payable),
            row("owed to me", &report.receivable),
        ];
        self.table(&heads, rows);
    }

    fn referrals(&mut self, report: &Report) {
        self.head("Referrals");
        let counts = report.referrals.counts.map(|count| count.to_string());
        self.table(&STAGES, [Vec::from(counts)]);
        self.line(&format!(
            "\n{} won in a year, {} a customer. Referrers: {} told, {} to be told, {} late.",
            report.referrals.won_in_a_year,
            report.referrals.yield_per_customer,
            report.loops.told,
            report.loops.due,
            report.loops.late
        ));
    }

    fn accounts(&mut self, report: &Report) {
        if report.accounts.is_empty() {
            return;
        }
        self.head("Accounts with alarms");
        for account in &report.accounts {
            self.line(&format!(
                "- **{}** (strength {}, {} of {} seats warm)",
                safe(&account.account),
                number(account.strength),
                account.coverage.0,
                account.coverage.1
            ));
            for (kind, why, what) in &account.alarms {
                self.line(&format!("  - {kind}: {}. {}.", safe(why), safe(what)));
            }
        }
    }

    fn money(&mut self, report: &Report) {
        self.head("Sales");
        let sales = &report.sales;
        let rows = [
            vec!["this week".to_owned(), amounts(&sales.week)],
            vec!["in a year".to_owned(), amounts(&sales.year)],
            vec!["in the year before".to_owned(), amounts(&sales.year_before)],
        ];
        self.table(&["when", "amount"], rows);
    }

    fn plan(&mut self, report: &Report) {
        if !report.came.is_empty() {
            self.head("What came of the last review");
            let rows = report.came.iter().map(|one| {
                vec![
                    safe(&one.who),
                    one.decision.phrase().to_owned(),
                    one.outcome.word().to_owned(),
                ]
            });
            self.table(&["who", "decided", "came"], rows);
        }
        if report.plan.is_empty() {
            return;
        }
        self.head("The plan");
        for one in &report.plan {
            let day = one.on.format("%a %-d %b");
            let mut line = format!("- {day}: {}", safe(&one.who));
            if !one.what.is_empty() {
                let _ = write!(line, ", {}", safe(&one.what));
            }
            self.line(&line);
        }
    }
}
