//! The report as one HTML page: everything is in it, nothing runs in it, nothing is loaded. It follows the reader's light or dark,
//! narrows to a telephone and prints on A4.

use super::charts::{Bar, bands, bars, year};
use super::{STAGES, amounts};
use crate::domain::ledger::AGES;
use crate::domain::report::{Ages, Difference, Moved, Report, number};
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../../assets/report/style.css");

/// Text that HTML leaves as it is, also within quotes.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The report, compared with an earlier one where there is one.
pub fn write(report: &Report, against: Option<(&Report, &[Difference])>) -> String {
    let day = report.on.format("%-d %B %Y");
    let mut page = Page(String::new());
    let _ = write!(
        page.0,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Week to {day}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    );
    page.head(report);
    page.figures(report, against.map(|(_, differences)| differences));
    if let Some((earlier, differences)) = against {
        page.against(earlier, differences);
    }
    page.base(report);
    page.movers(report);
    page.owed(report);
    page.referrals(report);
    page.accounts(report);
    page.money(report);
    page.plan(report);
    let _ = write!(
        page.0,
        "<footer>Week of {} to {}. Strength is 0 to 100; below 20 a relationship is cold.</footer>\n</main>\n</body>\n</html>\n",
        report.from.format("%-d %B"),
        day
    );
    page.0
}

struct Page(String);

impl Page {
    fn add(&mut self, html: &str) {
        self.0.push_str(html);
        self.0.push('\n');
    }

    fn title(&mut self, title: &str) {
        self.add(&format!("<h2>{}</h2>", escaped(title)));
    }

    /// A table whose columns after the first `words` hold numbers.
    fn table(&mut self, heads: &[&str], words: usize, rows: impl IntoIterator<Item = Vec<String>>) {
        let cell = |tag: &str, at: usize, text: &str| {
            let class = if at >= words { " class=\"num\"" } else { "" };
            format!("<{tag}{class}>{}</{tag}>", escaped(text))
        };
        let line = |tag: &str, texts: &mut dyn Iterator<Item = &str>| {
            let cells: String = texts
                .enumerate()
                .map(|(at, text)| cell(tag, at, text))
                .collect();
            format!("<tr>{cells}</tr>")
        };
        let head = line("th", &mut heads.iter().copied());
        self.add(&format!("<table><thead>{head}</thead><tbody>"));
        for row in rows {
            self.add(&line("td", &mut row.iter().map(String::as_str)));
        }
        self.add("</tbody></table>");
    }

    fn figure(&mut self, svg: &str, caption: &str) {
        self.add(&format!(
            "<figure>{svg}<figcaption>{}</figcaption></figure>",
            escaped(caption)
        ));
    }

    fn head(&mut self, report: &Report) {
        let by = if report.name.is_empty() {
            String::new()
        } else {
            format!(" · {}", escaped(&report.name))
        };
        self.add(&format!(
            "<header><h1>Week to {}{by}</h1><p class=\"dim\">{}</p></header>",
            report.on.format("%A %-d %B %Y"),
            escaped(&report.headline())
        ));
        if let Some(quiet) = &report.quiet {
            self.add(&format!("<p class=\"note\">{}</p>", escaped(quiet)));
        }
    }

    fn figures(&mut self, report: &Report, against: Option<&[Difference]>) {
        self.add("<ul class=\"figures\">");
        for figure in report.figures() {
            let moved = against.and_then(|all| all.iter().find(|one| one.name == figure.name));
            let trend = moved.map_or(String::new(), trend);
            self.add(&format!(
                "<li><b>{}{trend}</b><span>{}</span></li>",
                number(figure.value),
                escaped(&figure.name)
            ));
        }
        self.add("</ul>");
    }

    fn against(&mut self, earlier: &Report, differences: &[Difference]) {
        self.title(&format!("Against {}", earlier.on.format("%-d %B %Y")));
        let rows = differences.iter().map(|one| {
            let sign = if one.now > one.before { "+" } else { "" };
            let moved = format!("{sign}{}", number(one.now - one.before));
            vec![one.name.clone(), number(one.before), number(one.now), moved]
        });
        self.table(&["figure", "then", "now", "moved"], 1, rows);
    }

    fn base(&mut self, report: &Report) {
        self.title("The base by strength");
        self.add("<div class=\"two\"><div>");
        let mut days = vec![("now", report.now)];
        days.extend(report.month_ago.map(|bands| ("a month ago", bands)));
        days.extend(report.year_ago.map(|bands| ("a year ago", bands)));
        self.figure(
            &bands("People by strength", &days),
            "People ever touched, by strength.",
        );
        if report.history.len() > 1 {
            self.figure(
                &year("People above the cold line, week by week", &report.history),
                "People above the cold line; dashed: everybody ever touched.",
            );
        }
        self.add("</div><div>");
        if report.going_cold.iter().any(|week| week.count > 0) {
            let weeks = report.going_cold.iter().map(|week| Bar {
                name: format!("from {}", week.from.format("%-d %b")),
                value: week.count as f64,
                shown: week.count.to_string(),
            });
            let weeks: Vec<Bar> = weeks.collect();
            self.figure(
                &bars("Going cold in the coming weeks", &weeks),
                "How many go cold in each of the coming weeks if nobody calls.",
            );
        }
        self.add("</div></div>");
    }

    fn movers(&mut self, report: &Report) {
        self.add("<div class=\"two\">");
        let mut side = |title: &str, movers: &[Moved]| {
            self.add("<section>");
            self.title(title);
            if movers.is_empty() {
                self.add("<p class=\"dim\">Nobody.</p>");
            } else {
                let rows = movers.iter().map(|one| {
                    let points = format!("{} → {}", number(one.before), number(one.now));
                    vec![one.who.clone(), one.why.clone(), points]
                });
                self.table(&["who", "why", "strength"], 2, rows);
            }
            self.add("</section>");
        };
        side("Warmed most", &report.warmed);
        side("Cooled most", &report.cooled);
        self.add("</div>");
    }

    fn owed(&mut self, report: &Report) {
        let counts = &report.promises;
        self.title("Promises");
        let row = |whose: &str, kept: u32, broken: u32, overdue: u32| {
            let counts = [kept, broken, overdue].map(|count| count.to_string());
            std::iter::once(whose.to_owned()).chain(counts).collect()
        };
        let rows: [Vec<String>; 2] = [
            row("mine", counts.kept, counts.broken, counts.overdue),
            row(
                "theirs",
                counts.their_kept,
                counts.their_broken,
                counts.their_overdue,
            ),
        ];
        self.table(&["whose", "kept", "broken", "overdue"], 1, rows);
        let (kept, all) = counts.ever;
        if all > 0 {
            self.add(&format!(
                "<p class=\"dim\">Kept of all of mine that came to an end: {kept} of {all}.</p>"
            ));
        }
        self.title("Chits");
        self.add("<div class=\"two\">");
        for (title, ages) in [
            ("I owe", &report.payable),
            ("Owed to me", &report.receivable),
        ] {
            let caption = format!("{title}, by age in days: {} in all.", number(ages.total));
            self.figure(&bars(title, &aged(ages)), &caption);
        }
        self.add("</div>");
    }

    fn referrals(&mut self, report: &Report) {
        self.title("Referrals");
        let stages = STAGES.iter().zip(report.referrals.counts);
        let stages: Vec<Bar> = stages
            .map(|(name, count)| Bar {
                name: (*name).to_owned(),
                value: f64::from(count),
                shown: count.to_string(),
            })
            .collect();
        let caption = format!(
            "By stage. {} won in a year, {} a customer. Referrers: {} told, {} to be told in time, {} late.",
            report.referrals.won_in_a_year,
            report.referrals.yield_per_customer,
            report.loops.told,
            report.loops.due,
            report.loops.late
        );
        self.figure(&bars("Referrals by stage", &stages), &caption);
    }

    fn accounts(&mut self, report: &Report) {
        if report.accounts.is_empty() {
            return;
        }
        self.title("Accounts with alarms");
        let rows = report.accounts.iter().flat_map(|account| {
            let alarms = account.alarms.iter().enumerate();
            alarms.map(|(nth, (kind, why, what))| {
                let name = if nth == 0 {
                    format!(
                        "{} ({}, {} of {} seats warm)",
                        account.account,
                        number(account.strength),
                        account.coverage.0,
                        account.coverage.1
                    )
                } else {
                    String::new()
                };
                vec![name, kind.clone(), format!("{why}. {what}.")]
            })
        });
        self.table(&["account", "alarm", "why, and what to do"], 3, rows);
    }

    fn money(&mut self, report: &Report) {
        self.title("Sales");
        let sales = &report.sales;
        let rows = [
            vec!["this week".to_owned(), amounts(&sales.week)],
            vec!["in a year".to_owned(), amounts(&sales.year)],
            vec!["in the year before".to_owned(), amounts(&sales.year_before)],
        ];
        // Several currencies in one cell must be free to wrap.
        self.table(&["when", "amount"], 2, rows);
    }

    fn plan(&mut self, report: &Report) {
        if !report.came.is_empty() {
            self.title("What came of the last review");
            let rows = report.came.iter().map(|one| {
                let decided = one.decision.phrase().to_owned();
                vec![one.who.clone(), decided, one.outcome.word().to_owned()]
            });
            self.table(&["who", "decided", "came"], 3, rows);
        }
        if report.plan.is_empty() {
            return;
        }
        self.title("The plan");
        let rows = report.plan.iter().map(|one| {
            let day = one.on.format("%a %-d %b").to_string();
            vec![day, one.who.clone(), one.what.clone()]
        });
        self.table(&["day", "who", "what"], 3, rows);
    }
}

/// How a figure moved, in colour and in a sign: a rise or a fall, good or bad.
fn trend(one: &Difference) -> String {
    let sign = match one.now.total_cmp(&one.before) {
        std::cmp::Ordering::Greater => "▲",
        std::cmp::Ordering::Less => "▼",
        std::cmp::Ordering::Equal => return String::new(),
    };
    let class = match one.better {
        Some(true) => "good",
        Some(false) => "bad",
        None => "dim",
    };
    let moved = number((one.now - one.before).abs());
    format!(" <small class=\"{class}\">{sign} {moved}</small>")
}

fn aged(ages: &Ages) -> Vec<Bar> {
    let each = AGES.iter().zip(ages.ages);
    each.map(|(name, chits)| Bar {
        name: (*name).to_owned(),
        value: chits,
        shown: number(chits),
    })
    .collect()
}
