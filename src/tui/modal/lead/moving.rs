//! A referral comes to a stage that asks for more than its day: won with its result and amount, lost with why, the chits of its story
//! each noted or struck out.

use super::{KEEP, owes, step};
use crate::domain::chit::Chit;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::domain::record::{Record, Sale};
use crate::domain::referral::{Proposed, ReferralRow, Stage, Win, chits_of, proposes};
use crate::domain::strength::words::sentence;
use crate::domain::text::clean_line;
use crate::domain::when::Look;
use crate::tui::modal::Cx;
use crate::tui::modal::field::{Field, Kind};
use crate::tui::modal::filing::{Fault, past_day};
use crate::tui::modal::form::Form;
use chrono::NaiveDate;

const THANKS: &[&str] = &["not known yet", "thanked"];
/// The fields of proposed chits.
const CHITS: [&str; 8] = [
    "chit 1", "chit 2", "chit 3", "chit 4", "chit 5", "chit 6", "chit 7", "chit 8",
];

/// A referral on its way to a stage that asks for more than its day.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Move {
    /// The referral.
    pub row: ReferralRow,
    /// The stage.
    pub to: Stage,
    /// The chits of its story that are in the book.
    pub known: Vec<Chit>,
    /// The prospect's last result since it began.
    pub delivered: String,
}

impl Move {
    /// What the form is called.
    pub fn title(&self) -> String {
        let (from, to) = (&self.row.referrer_name, &self.row.prospect_name);
        let between = if self.row.referral.given {
            " and"
        } else {
            ", by"
        };
        format!("{}: {to}{between} {from}", sentence(self.to.word()))
    }

    /// The field typing begins in.
    pub fn first(&self) -> &'static str {
        match self.to {
            Stage::Won if !self.row.referral.given => "result",
            Stage::Lost => "note",
            _ => "on",
        }
    }

    /// The fields of the step.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        if self.to == Stage::Won && !self.row.referral.given {
            fields.push(
                Field::new("result", "result", Kind::Line, &self.delivered)
                    .hint("what came of it, in their words"),
            );
            if self.row.referral.prospect.person().is_some() {
                fields.push(
                    Field::new("amount", "amount", Kind::Line, "").hint("24000, 24k: notes a sale"),
                );
            }
        }
        let proposed = self.proposed("…", false, NaiveDate::MIN);
        if proposed.iter().any(|chit| chit.chit.receiver != Id::ME) {
            fields.push(Field::choice("thanks", "their thanks", THANKS, 0));
        }
        let hint = if self.to == Stage::Lost {
            "why; the referrer is told too"
        } else {
            "what else there is to say"
        };
        fields.extend([
            Field::new("on", "when", Kind::Day(Look::Back), "today").hint("today"),
            Field::new("note", "note", Kind::Line, "").hint(hint),
        ]);
        let names = CHITS.iter().take(proposed.len());
        fields.extend(names.map(|name| Field::choice(name, "chit", KEEP, 0)));
        fields
    }

    /// The chits of the story, were there a result.
    fn proposed(&self, result: &str, thanked: bool, on: NaiveDate) -> Vec<Proposed> {
        if !proposes(self.row.referral.given, self.to) {
            return Vec::new();
        }
        let win = Win {
            on,
            result: Some(result.to_owned()),
            thanked,
            evidence: None,
        };
        chits_of(&self.row, &win, &self.known)
    }

    /// The chits as the form has them, each with whether it is noted.
    fn chits(&self, form: &Form, on: NaiveDate) -> Vec<(Chit, bool)> {
        let result = clean_line(&form.text("result"));
        let thanked = form.choice("thanks") == 1;
        let given = self.row.referral.given;
        let proposed = self.proposed(&result, thanked, on).into_iter();
        let chits = proposed.zip(CHITS).map(|(proposed, name)| {
            // Without a result nobody but me has anything to be thankful for.
            let fits = given || !result.is_empty() || proposed.chit.receiver == Id::ME;
            let kept = fits && form.choice(name) == 0;
            (proposed.chit, kept)
        });
        chits.collect()
    }

    /// What the field of a chit says back.
    fn echo(&self, form: &Form, name: &str, cx: &Cx<'_>) -> String {
        let at = CHITS.iter().position(|chit| *chit == name);
        let chits = self.chits(form, cx.today());
        let Some((chit, kept)) = at.and_then(|at| chits.get(at)) else {
            return String::new();
        };
        let words = format!("{}: {}", owes(chit, cx), chit.what);
        match (kept, form.choice(name)) {
            (true, _) if chit.pending => format!("! {words}"),
            (true, _) => words,
            (false, 0) => format!("only with a result: {}", owes(chit, cx)),
            (false, _) => owes(chit, cx),
        }
    }

    /// The change they make.
    pub fn command(&self, form: &Form, cx: &Cx<'_>) -> Result<Command, Fault> {
        let on = past_day(form, "on", cx)?;
        let chits = self.chits(form, on).into_iter();
        let chits = chits.filter(|(_, kept)| *kept).map(|(chit, _)| chit);
        let mut note = form.text("note");
        let result = clean_line(&form.text("result"));
        if note.is_empty() {
            note.clone_from(&result);
        }
        let moved = Command::MoveReferral {
            id: self.row.id,
            step: Box::new(step(self.to, on, &note, chits.collect())),
        };
        let typed = form.text("amount");
        let Some(contact) = self
            .row
            .referral
            .prospect
            .person()
            .filter(|_| !typed.is_empty())
        else {
            return Ok(moved);
        };
        let Some(amount) = Money::parse(&typed, cx.currency) else {
            let why = "An amount is written 24000, 24k or 24,000.50 EUR";
            return Err(("amount", why.to_owned()));
        };
        let sale = Sale {
            contact,
            amount,
            what: if result.is_empty() {
                self.row.referral.what.clone()
            } else {
                result
            },
            on,
        };
        let (from, to) = (&self.row.referrer_name, &self.row.prospect_name);
        Ok(Command::All {
            label: format!("Referral from {from} to {to}: {}", self.to.word()),
            commands: vec![moved, Command::AddRecord(Box::new(Record::Sale(sale)))],
        })
    }
}

/// What a field says back, where it is one of these forms' own.
pub fn echo_move(about: &Move, form: &Form, name: &str, cx: &Cx<'_>) -> Option<String> {
    name.starts_with("chit").then(|| about.echo(form, name, cx))
}
