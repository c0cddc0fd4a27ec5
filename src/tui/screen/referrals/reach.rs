//! Warm paths: somebody is named, and the best ways to them are listed.

use crate::domain::id::Id;
use crate::domain::paths::Path;
use crate::domain::referral::Who;
use crate::domain::text::fold;
use crate::tui::inquiry::House;
use crate::tui::keymap::Action;
use crate::tui::modal::Cx;
use crate::tui::screen::board::moved;
use crate::tui::widget::editor::Editor;

/// People and accounts offered at most.
const OFFERED: usize = 60;

/// Somebody who could be wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub who: Who,
    pub name: String,
    /// What tells them from others of the name.
    pub beside: String,
}

/// The view.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// What is being typed.
    pub typed: Option<Editor>,
    pub offered: Vec<Target>,
    pub pick: usize,
    pub wanted: Option<Target>,
    /// The ways, once found.
    pub paths: Option<Vec<Path>>,
    pub at: usize,
}

impl Reach {
    /// Begins to type.
    pub fn begin(&mut self, houses: &[House], cx: &Cx<'_>) {
        self.typed = Some(Editor::line(""));
        self.search(houses, cx);
    }

    /// Who fits what is typed: people whose name begins so first, then others, then accounts.
    pub fn search(&mut self, houses: &[House], cx: &Cx<'_>) {
        let Some(editor) = &self.typed else { return };
        let typed = fold(&editor.text());
        let words: Vec<&str> = typed.split_whitespace().collect();
        let name = |id: Id| cx.roster.folded(id).split('\n').next().unwrap_or("");
        let fits = |name: &str| words.iter().all(|word| name.contains(word));
        let people = cx.roster.everybody().filter(|row| fits(name(row.id)));
        let (mut first, mut others) = (Vec::new(), Vec::new());
        for row in people {
            if name(row.id).starts_with(typed.trim()) {
                first.push(row);
            } else if others.len() < OFFERED {
                others.push(row);
            }
            if first.len() == OFFERED {
                break;
            }
        }
        let people = first
            .into_iter()
            .chain(others)
            .take(OFFERED)
            .map(|row| Target {
                who: Who::Person(row.id),
                name: row.name.clone(),
                beside: row.account.clone(),
            });
        let houses = houses.iter().filter(|house| fits(&house.folded));
        let houses = houses.take(OFFERED).map(|house| Target {
            who: Who::Account(house.id),
            name: house.name.clone(),
            beside: "account".to_owned(),
        });
        self.offered = people.chain(houses).collect();
        self.pick = 0;
    }

    /// Takes whoever is marked; true where there is somebody.
    pub fn choose(&mut self) -> bool {
        let chosen = self.offered.get(self.pick).cloned();
        self.typed = None;
        let Some(chosen) = chosen else { return false };
        if self.wanted.as_ref() != Some(&chosen) {
            (self.paths, self.at) = (None, 0);
            self.wanted = Some(chosen);
        }
        true
    }

    /// Takes the ways that were found, if they still lead to whoever is wanted.
    pub fn take(&mut self, who: Who, paths: Vec<Path>) {
        if self.wanted.as_ref().is_some_and(|wanted| wanted.who == who) {
            self.at = self.at.min(paths.len().saturating_sub(1));
            self.paths = Some(paths);
        }
    }

    /// The path under the cursor.
    pub fn here(&self) -> Option<&Path> {
        self.paths.as_ref()?.get(self.at)
    }

    /// Up and down whatever is listed.
    pub fn go(&mut self, action: Action, page: usize) {
        if self.typed.is_some() {
            self.pick = moved(self.pick, self.offered.len(), action, page);
        } else {
            let count = self.paths.as_ref().map_or(0, Vec::len);
            self.at = moved(self.at, count, action, page);
        }
    }
}
