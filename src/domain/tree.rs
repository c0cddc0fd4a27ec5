//! Who led to whom: the tree of the customer base, with what was sold under each root.
//!
//! Every person or account has one place in the tree, under whoever led to them first. What else is known of how they came is a note
//! beside them ([`Also`]), a circle among it: where Barney led to Fred and Fred, years later, back to Barney, the tree stays a tree.
//!
//! [`yields`] counts the new customers that each customer sent, [`origin`] compares the ways in which people came into the book.

pub mod origin;
pub mod yields;

pub use origin::{Origin, OriginRow, Spoken, Start, origins, starts};
pub use yields::{Goal, Grid, YieldRow, grid};

use super::id::Id;
use super::money::Money;
use super::referral::{ReferralRow, Stage, Who};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Amounts of money, one a currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, i64>);

impl Sums {
    /// Adds an amount.
    pub fn add(&mut self, money: &Money) {
        let sum = self.0.entry(money.currency.clone()).or_default();
        *sum = sum.saturating_add(money.minor);
    }

    /// Adds other sums.
    pub fn join(&mut self, other: &Sums) {
        for money in other.all() {
            self.add(&money);
        }
    }

    /// The amounts, by currency.
    pub fn all(&self) -> impl Iterator<Item = Money> {
        self.0.iter().map(|(currency, minor)| Money {
            minor: *minor,
            currency: currency.clone(),
        })
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.all().map(|money| money.to_string()).collect();
        f.write_str(&all.join(" + "))
    }
}

/// Money that came in, as the tree needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sold {
    /// From whom.
    pub contact: Option<Id>,
    /// From which account.
    pub account: Option<Id>,
    /// The day.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Somebody led to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who made it, each with their share in hundredths, the first referrer first.
    pub by: Vec<(Who, u32)>,
    /// To whom.
    pub to: Who,
    /// The account they buy for.
    pub account: Option<Id>,
    /// On which day.
    pub on: Option<NaiveDate>,
    /// How far it came; none where only an introduction is known.
    pub stage: Option<Stage>,
    /// The day it became business.
    pub won_on: Option<NaiveDate>,
}

impl Lead {
    /// What a referral led to; none while it has led to nobody, and for one that I gave.
    pub fn of(row: &ReferralRow) -> Option<Self> {
        let led = |stage| matches!(stage, Stage::Introduced | Stage::Met | Stage::Won);
        let first = row.stages.iter().find(|row| led(row.stage))?;
        (!row.referral.given).then(|| Lead {
            by: row.shares(),
            to: row.referral.prospect,
            account: row.referral.account,
            on: Some(first.on),
            stage: row.stage().map(|row| row.stage),
            won_on: row.won_on(),
        })
    }
}

/// Everything the tree and the grid are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Who led to whom.
    pub leads: Vec<Lead>,
    /// What was sold.
    pub sales: Vec<Sold>,
    /// The names of everybody in the above.
    pub names: HashMap<Who, String>,
    /// The account each person in the above belongs to.
    pub account_of: HashMap<Id, Id>,
}

impl Lineage {
    /// A name; empty where it is not known.
    pub fn name(&self, who: Who) -> &str {
        self.names.get(&who).map_or("", String::as_str)
    }
}

/// Another way in which somebody came, besides the one the tree shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// Through whom.
    pub by: String,
    /// On which day.
    pub on: Option<NaiveDate>,
    /// They stand below this one themselves: the way leads back.
    pub circle: bool,
}

/// One line of the tree, drawn from the top down: what stands deeper below it follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Who.
    pub who: Who,
    /// The name.
    pub name: String,
    /// How many handshakes below the root; the root itself has none.
    pub depth: usize,
    /// The day they were led to.
    pub on: Option<NaiveDate>,
    /// How far that came.
    pub stage: Option<Stage>,
    /// What they bought themselves.
    pub own: Sums,
    /// What was sold here and below.
    pub sales: Sums,
    /// Customers here and below.
    pub customers: usize,
    /// Everybody below.
    pub below: usize,
    /// How many handshakes deep it goes below.
    pub deepest: usize,
    /// Other ways in which they came.
    pub also: Vec<Also>,
}

/// The tree, each root followed by all that stands below it. Roots with the most customers come first, children by their day.
pub fn tree(lineage: &Lineage) -> Vec<Branch> {
    let forest = Forest::plant(lineage);
    let own = forest.own_sales(lineage);
    let mut lines: Vec<(Option<usize>, Branch)> = Vec::new();
    let mut open: Vec<(Who, Option<usize>)> = Vec::new();
    open.extend(
        forest
            .roots(lineage)
            .into_iter()
            .rev()
            .map(|root| (root, None)),
    );
    while let Some((who, above)) = open.pop() {
        let at = lines.len();
        let branch = forest.branch(lineage, who, above.map(|at| lines[at].1.depth + 1), &own);
        lines.push((above, branch));
        let children = forest.children.get(&who).into_iter().flatten().rev();
        open.extend(children.map(|child| (*child, Some(at))));
    }
    // Whatever stands below a line comes after it, so going backwards everything is complete when it is added to the line above.
    for at in (0..lines.len()).rev() {
        let Some(above) = lines[at].0 else { continue };
        let (before, rest) = lines.split_at_mut(at);
        let (above, below) = (&mut before[above].1, &rest[0].1);
        above.sales.join(&below.sales);
        above.customers += below.customers;
        above.below += below.below + 1;
        above.deepest = above.deepest.max(below.deepest + 1);
    }
    in_order(lines.into_iter().map(|(_, branch)| branch).collect())
}

/// The trees in order: most customers, then most people, then by name.
fn in_order(lines: Vec<Branch>) -> Vec<Branch> {
    let mut trees: Vec<Vec<Branch>> = Vec::new();
    for line in lines {
        match trees.last_mut() {
            Some(tree) if line.depth > 0 => tree.push(line),
            _ => trees.push(vec![line]),
        }
    }
    trees.sort_by(|a, b| {
        let rank = |tree: &[Branch]| {
            tree.first().map(|root| {
                (
                    Reverse(root.customers),
                    Reverse(root.below),
                    root.name.clone(),
                )
            })
        };
        rank(a).cmp(&rank(b))
    });
    trees.into_iter().flatten().collect()
}

/// Everybody's place.
struct Forest<'a> {
    /// The handshake by which somebody came to their place, and from whom.
    parent: HashMap<Who, (Who, &'a Lead)>,
    children: HashMap<Who, Vec<Who>>,
    also: HashMap<Who, Vec<Also>>,
    /// The person who stands for an account in the tree.
    stands_for: HashMap<Id, Who>,
}

impl<'a> Forest<'a> {
    fn plant(lineage: &'a Lineage) -> Self {
        let mut forest = Forest {
            parent: HashMap::new(),
            children: HashMap::new(),
            also: HashMap::new(),
            stands_for: HashMap::new(),
        };
        let mut leads: Vec<&Lead> = lineage.leads.iter().collect();
        leads.sort_by_key(|lead| (lead.on.is_none(), lead.on));
        for lead in &leads {
            if let Some(account) = lead.account {
                forest.stands_for.entry(account).or_insert(lead.to);
            }
        }
        for lead in leads {
            forest.take(lineage, lead);
        }
        forest
    }

    /// A person, or the account where nobody stands for it.
    fn place(&self, who: Who) -> Who {
        let person = who.account().and_then(|id| self.stands_for.get(&id));
        person.copied().unwrap_or(who)
    }

    fn take(&mut self, lineage: &Lineage, lead: &'a Lead) {
        let to = self.place(lead.to);
        for (at, (by, _)) in lead.by.iter().enumerate() {
            let from = self.place(*by);
            let circle = self.leads_up_to(from, to);
            let known = self.parent.get(&to).map(|(parent, _)| *parent);
            if at == 0 && !circle && known.is_none() {
                self.parent.insert(to, (from, lead));
                self.children.entry(from).or_default().push(to);
            } else if known != Some(from) && from != to {
                self.also.entry(to).or_default().push(Also {
                    by: lineage.name(*by).to_owned(),
                    on: lead.on,
                    circle,
                });
            } else if known == Some(from) && self.goes_further(to, lead) {
                self.parent.insert(to, (from, lead));
            }
        }
    }

    /// Whether going up from `who` one comes by `to`.
    fn leads_up_to(&self, who: Who, to: Who) -> bool {
        let up = std::iter::successors(Some(who), |who| self.parent.get(who).map(|(up, _)| *up));
        up.into_iter().any(|up| up == to)
    }

    /// Whether a further referral of the same two came further than the one that is shown.
    fn goes_further(&self, to: Who, lead: &Lead) -> bool {
        let won = |lead: &Lead| lead.won_on.is_some();
        self.parent
            .get(&to)
            .is_some_and(|(_, shown)| won(lead) && !won(shown))
    }

    fn roots(&self, lineage: &Lineage) -> Vec<Who> {
        let tops = self
            .children
            .keys()
            .filter(|who| !self.parent.contains_key(who));
        let mut roots: Vec<Who> = tops.copied().collect();
        roots.sort_by_key(|who| (lineage.name(*who), *who));
        roots
    }

    /// What each place in the tree bought itself.
    fn own_sales(&self, lineage: &Lineage) -> HashMap<Who, Sums> {
        let in_tree = |who: &Who| self.parent.contains_key(who) || self.children.contains_key(who);
        // Of several people of one account, whoever came first stands for what it bought.
        let mut colleague: HashMap<Id, Who> = HashMap::new();
        let mut people: Vec<Who> = self
            .children
            .keys()
            .chain(self.parent.keys())
            .copied()
            .collect();
        people.sort_by_key(|who| {
            let on = self.parent.get(who).and_then(|(_, lead)| lead.on);
            (on, *who)
        });
        for who in people {
            let account = who.person().and_then(|id| lineage.account_of.get(&id));
            if let Some(account) = account {
                colleague.entry(*account).or_insert(who);
            }
        }
        let mut own: HashMap<Who, Sums> = HashMap::new();
        for sale in &lineage.sales {
            let account = sale.account.or_else(|| {
                let contact = sale.contact?;
                lineage.account_of.get(&contact).copied()
            });
            let person = sale.contact.map(Who::Person);
            let house = account.map(|id| self.place(Who::Account(id)));
            let other = account.and_then(|id| colleague.get(&id).copied());
            let place = [person, house, other].into_iter().flatten().find(in_tree);
            if let Some(place) = place {
                own.entry(place).or_default().add(&sale.amount);
            }
        }
        own
    }

    fn branch(
        &self,
        lineage: &Lineage,
        who: Who,
        depth: Option<usize>,
        own: &HashMap<Who, Sums>,
    ) -> Branch {
        let lead = self.parent.get(&who).map(|(_, lead)| *lead);
        let own = own.get(&who).cloned().unwrap_or_default();
        let won = lead.is_some_and(|lead| lead.won_on.is_some());
        Branch {
            who,
            name: lineage.name(who).to_owned(),
            depth: depth.unwrap_or(0),
            on: lead.and_then(|lead| lead.on),
            stage: lead.and_then(|lead| lead.stage),
            customers: usize::from(won || !own.is_empty()),
            sales: own.clone(),
            own,
            below: 0,
            deepest: 0,
            also: self.also.get(&who).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests;
