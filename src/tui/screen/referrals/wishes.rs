//! What the keys of the views ask for: a stage on or back, the referrer told, forms, texts.

use super::{Referrals, View};
use crate::domain::ask::AskLine;
use crate::domain::command::Command;
use crate::domain::id::Id;
use crate::domain::referral::{ReferralRow, Stage, Step, Who, proposes};
use crate::tui::inquiry::Letter as Wanted;
use crate::tui::keymap::Action;
use crate::tui::modal::filing::Subject;
use crate::tui::modal::form::Form;
use crate::tui::modal::lead::{Move, waiting};
use crate::tui::modal::letter::Letter;
use crate::tui::modal::{Cx, Flow, Modal};
use std::fmt::Write as _;

impl Referrals {
    /// The referral under the cursor.
    pub(super) fn here(&self) -> Option<&ReferralRow> {
        self.columns.row().filter(|_| self.view == View::Board)
    }

    /// The row of the ask queue under the cursor.
    pub(super) fn asks_here(&self) -> Option<&AskLine> {
        self.queue.as_ref()?.get(self.asked_at)
    }

    /// Whom the keys for a person act on, and the other side.
    pub(super) fn sides(&self) -> Option<(Who, Who)> {
        let one = &self.here()?.referral;
        Some(if self.turned {
            (one.referrer, one.prospect)
        } else {
            (one.prospect, one.referrer)
        })
    }

    /// Whether a key does anything now.
    pub(super) fn would(&self, action: Action) -> bool {
        use Action as A;
        let row = self.here();
        match action {
            A::StageOn => row.is_some_and(|row| row.stands_at() < Stage::Won),
            A::StageBack => row.is_some_and(|row| row.stages.len() > 1),
            A::Lose => row.is_some_and(|row| row.stands_at() < Stage::Lost),
            A::Tell => row.is_some_and(|row| !row.untold(chrono::NaiveDate::MAX).is_empty()),
            A::EditReferral | A::SplitCredit | A::DeleteReferral | A::OtherSide => row.is_some(),
            A::Ask | A::AskCard => self.asks_here().is_some(),
            A::FoldIt if self.view == View::Board => self.columns.count() > 0,
            A::FoldIt => {
                self.view == View::Tree && self.tree.here().is_some_and(|line| line.below > 0)
            }
            A::Open if self.view == View::Paths => {
                self.reach.here().is_some_and(|path| path.links() > 0)
            }
            A::Open => self.points_at().is_some_and(|id| id != Id::ME),
            _ => true,
        }
    }

    /// What becomes of a key that asks for something.
    pub(super) fn wish(&self, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::AddReferral => self.add(cx),
            Action::Ask => match self.asks_here() {
                Some(line) => self.log(line, cx),
                None => Flow::Stay,
            },
            Action::AskCard => match self.asks_here() {
                Some(line) => card(line, cx),
                None => Flow::Stay,
            },
            _ => match self.here() {
                Some(row) => self.change(row, action, cx),
                None => Flow::Say("Go to a referral on the board first".to_owned()),
            },
        }
    }

    fn add(&self, cx: &Cx<'_>) -> Flow {
        let from = match self.view {
            View::Board => None,
            _ => self.points_at(),
        };
        let subject = Subject::Referral {
            from,
            editing: None,
        };
        self.form(subject, cx)
    }

    fn form(&self, subject: Subject, cx: &Cx<'_>) -> Flow {
        let form = Form::new(subject, cx).with_houses(&self.houses());
        Flow::Push(Box::new(form))
    }

    fn log(&self, line: &AskLine, cx: &Cx<'_>) -> Flow {
        let subject = Subject::Ask {
            with: line.who.who,
            waiting: waiting(line.who.last.as_ref()),
        };
        self.form(subject, cx)
    }

    fn change(&self, row: &ReferralRow, action: Action, cx: &Cx<'_>) -> Flow {
        match action {
            Action::StageOn => self.on(row, cx),
            Action::StageBack => back(row),
            Action::Lose => self.lose(row, cx),
            Action::Tell => tell(row, cx),
            Action::SplitCredit => {
                let subject = Subject::Split {
                    id: row.id,
                    now: credit(row),
                };
                Form::over(subject, cx)
            }
            Action::EditReferral => {
                let names = [row.referrer_name.clone(), row.prospect_name.clone()];
                let subject = Subject::Referral {
                    from: None,
                    editing: Some((row.id, Box::new(row.referral.clone()), names)),
                };
                self.form(subject, cx)
            }
            Action::DeleteReferral => Flow::Apply(Command::DeleteReferral(row.id)),
            _ => Flow::Stay,
        }
    }

    /// To the next stage: at once, or through a form where there is more to say than the day.
    fn on(&self, row: &ReferralRow, cx: &Cx<'_>) -> Flow {
        let to = row
            .stage()
            .map_or(Some(Stage::Asked), |last| last.stage.next());
        let Some(to) = to else {
            return Flow::Say("It is over; < takes the last stage back".to_owned());
        };
        if to == Stage::Won || proposes(row.referral.given, to) {
            return self.ask_more(row, to, cx);
        }
        let step = Step {
            stage: to,
            on: cx.today(),
            note: String::new(),
            evidence: None,
            chits: Vec::new(),
        };
        Flow::Apply(Command::MoveReferral {
            id: row.id,
            step: Box::new(step),
        })
    }

    fn lose(&self, row: &ReferralRow, cx: &Cx<'_>) -> Flow {
        if row.stands_at() == Stage::Lost {
            return Flow::Say("It is lost already".to_owned());
        }
        self.ask_more(row, Stage::Lost, cx)
    }

    fn ask_more(&self, row: &ReferralRow, to: Stage, cx: &Cx<'_>) -> Flow {
        let read = self.columns.read.as_ref();
        let known = read.and_then(|read| read.known.get(&row.id)).cloned();
        let delivered = read.and_then(|read| read.delivered.get(&row.id)).cloned();
        let about = Move {
            row: row.clone(),
            to,
            known: known.unwrap_or_default(),
            delivered: delivered.unwrap_or_default(),
        };
        Form::over(Subject::Stage(Box::new(about)), cx)
    }

    /// The ask for the path under the cursor.
    pub(super) fn write(&self, cx: &Cx<'_>) -> Flow {
        let Some(path) = self.reach.here() else {
            return Flow::Say("/ names whom you want to reach".to_owned());
        };
        let (Some(first), true) = (path.hops.first(), path.links() > 0) else {
            return Flow::Say("You know them yourself: nobody needs to be asked".to_owned());
        };
        let letter = Wanted::Ask {
            path: Box::new(path.clone()),
            day: cx.today(),
            me: cx.rep.name.clone(),
        };
        let title = format!("To {}", first.name);
        Flow::Push(Box::new(Letter::new(title, letter)))
    }
}

fn card(line: &AskLine, cx: &Cx<'_>) -> Flow {
    let letter = Wanted::Card {
        who: line.who.who,
        day: cx.today(),
        template: cx.rep.ask_card.clone(),
    };
    let title = format!("What to say to {}", line.who.name);
    Flow::Push(Box::new(Letter::new(title, letter)))
}

/// The last stage is taken back.
fn back(row: &ReferralRow) -> Flow {
    match row.stage() {
        Some(last) if row.stages.len() > 1 => Flow::Apply(Command::DropStage(last.id)),
        _ => Flow::Say("It began here; d deletes the referral".to_owned()),
    }
}

fn tell(row: &ReferralRow, cx: &Cx<'_>) -> Flow {
    if row.untold(cx.today()).is_empty() {
        let name = &row.referrer_name;
        return Flow::Say(format!("{name} knows all there is to know of it"));
    }
    Flow::Apply(Command::TellReferrer {
        id: row.id,
        on: cx.today(),
    })
}

/// Who has how much of the credit: "Barney 70 %, Betty 30 %".
pub(super) fn credit(row: &ReferralRow) -> String {
    let mut told = String::new();
    for (at, (who, share)) in row.shares().into_iter().enumerate() {
        let further = row.credits.iter();
        let mut further = further.filter(|row| who.person() == Some(row.credit.contact));
        let name = further.next().map_or(&row.referrer_name, |row| &row.name);
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(told, "{comma}{name} {share} %");
    }
    told
}
