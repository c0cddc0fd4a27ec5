//! The search for the best paths: from those who are wanted backwards, always where the warmest way can still come from.
//!
//! Warmth is a product, so its logarithm is a sum: every link has a length, and so has the way from me to the first person. Lengths are
//! whole numbers, so that equal is equal whichever way it is added up. First it is worked out how near the nearest person I know is
//! to everybody, over so many links at most; that never says too much, so a search that always goes on with the shortest possible
//! whole finds the shortest path first, then the next, and looks at little else.

use super::{Hop, How, KNOWN, Known, MOST_LINKS, Network, Path, too_near};
use crate::domain::id::Id;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// No way at all.
const NEVER: u32 = u32::MAX;

/// The length of a factor.
fn length(factor: f64) -> u32 {
    (-1000.0 * factor.ln()).round().max(0.0) as u32
}

/// The best paths to one of `wanted` (a person, or the people of an account): up to `most` whose first person may be asked today, then
/// up to `most` burnt ones, each lot warmest first. Of two equally warm ones the one with fewer links comes first, then the one whose
/// people were longer in the book, counted from the end.
pub fn find(network: &Network, wanted: &[Id], today: NaiveDate, most: usize) -> Vec<Path> {
    let graph = Graph::of(network);
    let mut targets: Vec<u32> = wanted
        .iter()
        .filter_map(|id| graph.places.get(id).copied())
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let mut found = Vec::new();
    for burnt in [false, true] {
        let places = 0..graph.people.len() as u32;
        let from_me: Vec<u32> = places
            .map(|place| {
                let known = graph.known(network, place);
                let fits = too_near(known.asked, today).is_some() == burnt;
                if fits && known.strength >= KNOWN {
                    length(known.strength / 100.0)
                } else {
                    NEVER
                }
            })
            .collect();
        let search = Search {
            graph: &graph,
            near: graph.near(&from_me),
            from_me,
            targets: &targets,
        };
        for (whole, places) in search.best(most) {
            found.push(path(network, &graph, &places, whole, today));
        }
    }
    found
}

/// One end of a tie as its other end sees it.
#[derive(Clone, Copy)]
struct Edge {
    to: u32,
    length: u32,
    how: How,
    forward: bool,
    suggested: bool,
}

/// The network by places: the people in the order of their ids, so that places compare as ids do.
struct Graph {
    places: HashMap<Id, u32>,
    /// Who stands at each place, as the network has them.
    people: Vec<u32>,
    /// Everybody's ties, one after the other, each person's by where they lead; and where each person's begin.
    edges: Vec<Edge>,
    begin: Vec<u32>,
    /// The account of each place, and the places of each account.
    account: Vec<Option<u32>>,
    members: Vec<Vec<u32>>,
}

impl Graph {
    fn of(network: &Network) -> Self {
        let mut people: Vec<u32> = (0..network.people.len() as u32).collect();
        people.sort_unstable_by_key(|at| network.people[*at as usize].id);
        let ids = people.iter().map(|at| network.people[*at as usize].id);
        let places: HashMap<Id, u32> = ids.zip(0..).collect();
        let (edges, begin) = edges(network, &places);
        let mut graph = Graph {
            account: vec![None; people.len()],
            members: Vec::new(),
            places,
            people,
            edges,
            begin,
        };
        let mut accounts: HashMap<Id, u32> = HashMap::new();
        for place in 0..graph.people.len() as u32 {
            let known = graph.known(network, place);
            if let Some((account, _)) = &known.account {
                let next = accounts.len() as u32;
                let account = *accounts.entry(*account).or_insert(next);
                graph.join(place, account);
            }
        }
        graph
    }

    fn known<'a>(&self, network: &'a Network, place: u32) -> &'a Known {
        &network.people[self.people[place as usize] as usize]
    }

    fn join(&mut self, place: u32, account: u32) {
        if self.members.len() == account as usize {
            self.members.push(Vec::new());
        }
        self.members[account as usize].push(place);
        self.account[place as usize] = Some(account);
    }

    /// The ties of somebody.
    fn ties(&self, place: u32) -> &[Edge] {
        let from = self.begin[place as usize] as usize;
        let to = self.begin[place as usize + 1] as usize;
        &self.edges[from..to]
    }

    /// How `one` knows `other`: by a tie, or as a colleague where that is closer.
    fn between(&self, one: u32, other: u32) -> Option<Edge> {
        let edges = self.ties(one);
        let tie = edges
            .binary_search_by_key(&other, |edge| edge.to)
            .ok()
            .map(|at| edges[at]);
        let account = self.account[one as usize];
        let colleague = (account.is_some() && account == self.account[other as usize])
            .then(|| colleague(other));
        match (tie, colleague) {
            (Some(tie), Some(colleague)) if colleague.length < tie.length => Some(colleague),
            (tie, colleague) => tie.or(colleague),
        }
    }

    /// Hands everybody whom `place` knows to `visit`, each once, with the length of the link.
    fn around(&self, place: u32, mut visit: impl FnMut(u32, u32)) {
        let here = self.account[place as usize];
        let same = length(How::SameAccount.factor());
        let ties = self.ties(place);
        for edge in ties {
            let colleague = here.is_some() && self.account[edge.to as usize] == here;
            let least = if colleague { same } else { NEVER };
            visit(edge.to, edge.length.min(least));
        }
        let members = here.map_or(&[][..], |account| &self.members[account as usize]);
        for member in members {
            let told = ties.binary_search_by_key(member, |edge| edge.to).is_ok();
            if *member != place && !told {
                visit(*member, same);
            }
        }
    }

    /// For each place the length of the shortest way there from me, over at most so many links as the position says. A place may be
    /// passed twice in it, so it may say less than there is, but never more.
    fn near(&self, from_me: &[u32]) -> Vec<Vec<u32>> {
        let mut near = vec![from_me.to_vec()];
        let same = length(How::SameAccount.factor());
        for links in 1..=MOST_LINKS {
            let before = &near[links - 1];
            let mut now = before.clone();
            // The two nearest of each account stand for all of it: nobody is a colleague of their own.
            let nearest: Vec<[(u32, u32); 2]> = self
                .members
                .iter()
                .map(|members| two_nearest(members, before))
                .collect();
            for (place, best) in now.iter_mut().enumerate() {
                let tied = self.ties(place as u32).iter().map(|edge| {
                    let so_far = before[edge.to as usize];
                    so_far.saturating_add(edge.length)
                });
                let colleagues = self.account[place].into_iter().flat_map(|account| {
                    let both = nearest[account as usize].into_iter();
                    both.filter(move |(_, who)| *who as usize != place)
                        .map(|(so_far, _)| so_far.saturating_add(same))
                });
                *best = tied.chain(colleagues).fold(*best, u32::min);
            }
            near.push(now);
        }
        near
    }
}

/// The ties by place, and where each place's begin. Of several between the same two the closest one counts.
fn edges(network: &Network, places: &HashMap<Id, u32>) -> (Vec<Edge>, Vec<u32>) {
    let mut all: Vec<(u32, Edge)> = Vec::with_capacity(network.ties.len() * 2);
    for tie in &network.ties {
        let (Some(from), Some(to)) = (places.get(&tie.from), places.get(&tie.to)) else {
            continue;
        };
        let length = length(tie.factor());
        for (one, other, forward) in [(*from, *to, true), (*to, *from, false)] {
            let edge = Edge {
                to: other,
                length,
                how: tie.how,
                forward,
                suggested: tie.suggested,
            };
            all.push((one, edge));
        }
    }
    all.retain(|(one, edge)| *one != edge.to);
    all.sort_unstable_by_key(|(one, edge)| {
        (
            *one,
            edge.to,
            edge.length,
            edge.how,
            !edge.forward,
            edge.suggested,
        )
    });
    all.dedup_by_key(|(one, edge)| (*one, edge.to));
    let mut begin = vec![0; places.len() + 1];
    for (one, _) in &all {
        begin[*one as usize + 1] += 1;
    }
    for at in 1..begin.len() {
        begin[at] += begin[at - 1];
    }
    (all.into_iter().map(|(_, edge)| edge).collect(), begin)
}

fn colleague(to: u32) -> Edge {
    Edge {
        to,
        length: length(How::SameAccount.factor()),
        how: How::SameAccount,
        forward: true,
        suggested: false,
    }
}

fn two_nearest(members: &[u32], near: &[u32]) -> [(u32, u32); 2] {
    let mut two = [(NEVER, u32::MAX); 2];
    for member in members {
        let this = (near[*member as usize], *member);
        if this < two[0] {
            two = [this, two[0]];
        } else if this < two[1] {
            two[1] = this;
        }
    }
    two
}

/// A path so far, from the one who is wanted backwards. The order is that in which paths are looked at: by the shortest whole it can
/// have, what is not ended yet first, so that nothing equally short is overlooked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    whole: u32,
    ended: bool,
    links: usize,
    places: [u32; MOST_LINKS + 1],
    so_far: u32,
}

impl Open {
    fn places(&self) -> &[u32] {
        self.places.get(..=self.links).unwrap_or_default()
    }

    fn last(&self) -> u32 {
        self.places[self.links]
    }
}

struct Search<'a> {
    graph: &'a Graph,
    near: Vec<Vec<u32>>,
    from_me: Vec<u32>,
    targets: &'a [u32],
}

/// What is still to be looked at, and how long the whole may be at most: no longer than the best so many that are known by now.
struct Agenda {
    open: BinaryHeap<Reverse<Open>>,
    best: BinaryHeap<u32>,
    most: usize,
}

impl Agenda {
    fn push(&mut self, open: Open) {
        let full = self.best.len() == self.most;
        if full && self.best.peek().is_none_or(|longest| *longest < open.whole) {
            return;
        }
        if open.ended {
            if full {
                self.best.pop();
            }
            self.best.push(open.whole);
        }
        self.open.push(Reverse(open));
    }
}

impl Search<'_> {
    /// The best paths with their lengths, each from the one who is wanted backwards.
    fn best(&self, most: usize) -> Vec<(u32, Vec<u32>)> {
        let mut agenda = Agenda {
            open: BinaryHeap::new(),
            best: BinaryHeap::new(),
            most,
        };
        for target in self.targets {
            let mut places = [0; MOST_LINKS + 1];
            places[0] = *target;
            self.push(&mut agenda, places, 0, 0);
        }
        let mut found = Vec::new();
        while let Some(Reverse(open)) = agenda.open.pop() {
            if found.len() == most {
                break;
            }
            if open.ended {
                found.push((open.whole, open.places().to_vec()));
                continue;
            }
            let last = open.last();
            if self.from_me[last as usize] != NEVER {
                agenda.push(Open {
                    whole: open.so_far + self.from_me[last as usize],
                    ended: true,
                    ..open
                });
            }
            if open.links == MOST_LINKS {
                continue;
            }
            self.graph.around(last, |next, length| {
                let passed = open.places().contains(&next) || self.targets.contains(&next);
                if !passed {
                    let (mut places, links) = (open.places, open.links + 1);
                    places[links] = next;
                    self.push(&mut agenda, places, links, open.so_far + length);
                }
            });
        }
        found
    }

    /// Puts a path on the agenda, where anybody I know is near enough to its end.
    fn push(&self, agenda: &mut Agenda, places: [u32; MOST_LINKS + 1], links: usize, so_far: u32) {
        let near = self.near[MOST_LINKS - links][places[links] as usize];
        if near != NEVER {
            agenda.push(Open {
                whole: so_far + near,
                ended: false,
                links,
                places,
                so_far,
            });
        }
    }
}

/// The path over these places, which run from the one who is wanted backwards.
fn path(network: &Network, graph: &Graph, places: &[u32], whole: u32, today: NaiveDate) -> Path {
    let mut before: Option<u32> = None;
    let mut hops = Vec::new();
    for place in places.iter().rev() {
        let known = graph.known(network, *place);
        let asker = before.map_or(Id::ME, |before| graph.known(network, before).id);
        let edge = before.and_then(|before| graph.between(before, *place));
        hops.push(Hop {
            who: known.id,
            name: known.name.clone(),
            account: known
                .account
                .as_ref()
                .map_or(String::new(), |(_, name)| name.clone()),
            strength: known.strength,
            how: edge.map(|edge| edge.how.words(edge.forward)),
            suggested: edge.is_some_and(|edge| edge.suggested),
            owes: network.owed(known.id, asker),
            owed: network.owed(asker, known.id),
        });
        before = Some(*place);
    }
    let first = places.last().map(|place| graph.known(network, *place));
    Path {
        hops,
        warmth: 100.0 * (-f64::from(whole) / 1000.0).exp(),
        burnt: first.and_then(|first| too_near(first.asked, today)),
    }
}
