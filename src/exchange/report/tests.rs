use super::html::escaped;
use super::{html, markdown};
use crate::domain::report::parts::{
    Ages, Alarmed, Bands, Loops, Moved, Promises, Sales, Stages, Week,
};
use crate::domain::report::{Report, compare, number};
use crate::domain::review::minutes::Ahead;
use chrono::NaiveDate;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A report with these words wherever words can be.
fn report(words: &str, touches: u32) -> Report {
    let words = words.to_owned();
    let on = day("2026-11-22");
    let counts = [5, 4, 3, 2, touches % 7];
    Report {
        on,
        from: day("2026-11-16"),
        name: words.clone(),
        touches,
        quiet: Some(words.clone()),
        now: Bands { on, counts },
        month_ago: Some(Bands {
            on: day("2026-10-23"),
            counts: [7, 0, 0, 0, 0],
        }),
        year_ago: None,
        history: vec![
            (day("2026-11-08"), 3, 9),
            (day("2026-11-15"), 4, 9),
            (on, 9, 14),
        ],
        warmed: vec![Moved {
            who: words.clone(),
            before: 12.0,
            now: 41.5,
            why: words.clone(),
        }],
        cooled: Vec::new(),
        going_cold: vec![Week {
            from: day("2026-11-23"),
            count: 3,
        }],
        promises: Promises {
            kept: 3,
            ever: (7, 8),
            ..Promises::default()
        },
        payable: Ages {
            ages: [1.0, 0.5, 0.0, 0.0],
            total: 1.5,
        },
        receivable: Ages::default(),
        referrals: Stages {
            counts: [1, 2, 0, 1, 4, 1],
            won_in_a_year: 2,
            yield_per_customer: 0.4,
        },
        loops: Loops {
            due: 1,
            late: 1,
            told: 5,
        },
        accounts: vec![Alarmed {
            account: words.clone(),
            strength: 43.2,
            coverage: (1, 3),
            alarms: vec![("no coach".to_owned(), words.clone(), words.clone())],
        }],
        sales: Sales::default(),
        came: Vec::new(),
        plan: vec![Ahead {
            on,
            who: words.clone(),
            what: words,
        }],
    }
}

/// What stands in `<b>…</b>` on the page: its figures.
fn figures_of(page: &str) -> Vec<String> {
    let parts = page.split("<b>").skip(1);
    parts
        .map(|part| part.split(['<', ' ']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_page_has_everything_in_it_and_its_figures_are_the_reports_own() {
    let report = report("Barney Rubble", 14);
    let page = html::write(&report, None);
    for never in [
        "<script", "http://", "https://", " src=", "url(", "@import", "NaN",
    ] {
        assert!(!page.contains(never), "{never}");
    }
    let wanted: Vec<String> = report
        .figures()
        .iter()
        .map(|figure| number(figure.value))
        .collect();
    assert_eq!(figures_of(&page), wanted);
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("size: A4"));
    let text = markdown::write(&report, None);
    for figure in report.figures() {
        let row = format!("| {} | {} |", figure.name, number(figure.value));
        assert!(text.contains(&row), "{row}");
    }
}

#[test]
fn a_comparison_is_told_in_words_and_signs() {
    let (earlier, later) = (report("x", 10), report("x", 17));
    let differences = compare(&earlier, &later);
    let against = Some((&earlier, differences.as_slice()));
    assert!(html::write(&later, against).contains("▲ 7"));
    assert!(
        markdown::write(&later, against).contains("| touches in the week | 10 | 17 | better |")
    );
}

proptest! {
    /// Whatever people are called, a page stays a page: no tag and no quote of theirs is left as it was.
    #[test]
    fn names_never_become_markup(words in any::<String>()) {
        let odd = format!("<script>alert(\"{words}\")</script>|`*_'&");
        let plain = html::write(&report("", 3), None);
        let page = html::write(&report(&odd, 3), None);
        prop_assert!(!page.contains("<script"));
        prop_assert!(page.contains(&escaped(&odd)));
        prop_assert_eq!(page.matches("<td").count(), plain.matches("<td").count());
        let rows = |text: &str| text.lines().filter(|line| line.starts_with('|')).map(|line| line.replace("\\|", "").matches('|').count()).collect::<Vec<_>>();
        prop_assert_eq!(rows(&markdown::write(&report(&odd, 3), None)), rows(&markdown::write(&report("", 3), None)));
    }
}
