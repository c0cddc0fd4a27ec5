//! The search for the best paths: from those who are wanted backwards, always where the warmest way can still come from.
//!
//! Warmth is a product, so its logarithm is a sum: every link has a length, and so has the way from me to the first person. Lengths are
//! whole numbers, so that equal is equal whichever way it is added up. First it is worked out how near the nearest person I know is
//! to everybody, over so many links at most; that never says too much, so a search that always goes on with the shortest possible
//! whole finds the shortest path first, then the next, and looks at little else.

use super::{Hop, How, KNOWN, Known, MOST_LINKS, Network, Path, Tie, too_near};
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
        let from_me: Vec<u32> = network
            .people
            .iter()
            .map(|known| {
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

/// The network by places.
struct Graph {
    places: HashMap<Id, u32>,
    ids: Vec<Id>,
    edges: Vec<Vec<Edge>>,
    /// The account of each place, and the places of each account.
    account: Vec<Option<u32>>,
    members: Vec<Vec<u32>>,
}

impl Graph {
    fn of(network: &Network) -> Self {
        let ids: Vec<Id> = network.people.iter().map(|known| known.id).collect();
        let places: HashMap<Id, u32> = ids.iter().copied().zip(0..).collect();
        let mut graph = Graph {
            edges: vec![Vec::new(); ids.len()],
            account: vec![None; ids.len()],
            members: Vec::new(),
            places,
            ids,
        };
        for tie in &network.ties {
            graph.tie(tie);
        }
        for edges in &mut graph.edges {
            // Of several links between the same two the closest one counts.
            edges.sort_by_key(|edge| (edge.to, edge.length, edge.how, !edge.forward));
            edges.dedup_by_key(|edge| edge.to);
        }
        let mut accounts: HashMap<Id, u32> = HashMap::new();
        for (place, known) in (0..).zip(&network.people) {
            graph.join(place, known, &mut accounts);
        }
        graph
    }

    fn tie(&mut self, tie: &Tie) {
        let (Some(from), Some(to)) = (self.places.get(&tie.from), self.places.get(&tie.to)) else {
            return;
        };
        let (from, to) = (*from, *to);
        if from == to {
            return;
        }
        for (one, other, forward) in [(from, to, true), (to, from, false)] {
            self.edges[one as usize].push(Edge {
                to: other,
                length: length(tie.factor()),
                how: tie.how,
                forward,
                suggested: tie.suggested,
            });
        }
    }

    fn join(&mut self, place: u32, known: &Known, accounts: &mut HashMap<Id, u32>) {
        let Some((account, _)) = &known.account else {
            return;
        };
        let next = accounts.len() as u32;
        let account = *accounts.entry(*account).or_insert(next);
        if account == next {
            self.members.push(Vec::new());
        }
        self.members[account as usize].push(place);
        self.account[place as usize] = Some(account);
    }

    /// How `one` knows `other`: by a tie, or as a colleague where that is closer.
    fn between(&self, one: u32, other: u32) -> Option<Edge> {
        let edges = &self.edges[one as usize];
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
        let same = How::SameAccount.factor();
        let same = length(same);
        for edge in &self.edges[place as usize] {
            let colleague = here.is_some() && self.account[edge.to as usize] == here;
            visit(
                edge.to,
                if colleague {
                    edge.length.min(same)
                } else {
                    edge.length
                },
            );
        }
        let edges = &self.edges[place as usize];
        let members = here.map_or(&[][..], |account| &self.members[account as usize]);
        for member in members {
            let tied = edges.binary_search_by_key(member, |edge| edge.to).is_ok();
            if *member != place && !tied {
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
            for (place, edges) in self.edges.iter().enumerate() {
                let tied = edges.iter().map(|edge| {
                    let so_far = before[edge.to as usize];
                    so_far.saturating_add(edge.length)
                });
                let colleagues = self.account[place].into_iter().flat_map(|account| {
                    let both = nearest[account as usize].into_iter();
                    both.filter(move |(_, who)| *who as usize != place)
                        .map(|(so_far, _)| so_far.saturating_add(same))
                });
                let best = tied.chain(colleagues).min().unwrap_or(NEVER);
                now[place] = now[place].min(best);
            }
            near.push(now);
        }
        near
    }
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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    whole: u32,
    ended: bool,
    links: usize,
    ids: Vec<Id>,
    places: Vec<u32>,
    so_far: u32,
}

struct Search<'a> {
    graph: &'a Graph,
    near: Vec<Vec<u32>>,
    from_me: Vec<u32>,
    targets: &'a [u32],
}

impl Search<'_> {
    /// The best paths with their lengths, each from the one who is wanted backwards.
    fn best(&self, most: usize) -> Vec<(u32, Vec<u32>)> {
        let mut heap = BinaryHeap::new();
        for target in self.targets {
            self.push(&mut heap, &[], *target, 0);
        }
        let mut found = Vec::new();
        while let Some(Reverse(open)) = heap.pop() {
            if found.len() == most {
                break;
            }
            if open.ended {
                found.push((open.whole, open.places));
                continue;
            }
            let Some(last) = open.places.last().copied() else {
                continue;
            };
            let from_me = self.from_me[last as usize];
            if from_me != NEVER {
                heap.push(Reverse(Open {
                    whole: open.so_far + from_me,
                    ended: true,
                    ..open.clone()
                }));
            }
            if open.links < MOST_LINKS {
                self.graph.around(last, |next, length| {
                    let passed = open.places.contains(&next) || self.targets.contains(&next);
                    if !passed {
                        self.push(&mut heap, &open.places, next, open.so_far + length);
                    }
                });
            }
        }
        found
    }

    /// Puts a path on the heap, where anybody I know is near enough to its end.
    fn push(&self, heap: &mut BinaryHeap<Reverse<Open>>, before: &[u32], next: u32, so_far: u32) {
        let near = self.near[MOST_LINKS - before.len()][next as usize];
        if near == NEVER {
            return;
        }
        let places: Vec<u32> = before.iter().copied().chain([next]).collect();
        heap.push(Reverse(Open {
            whole: so_far + near,
            ended: false,
            links: before.len(),
            ids: places
                .iter()
                .map(|place| self.graph.ids[*place as usize])
                .collect(),
            places,
            so_far,
        }));
    }
}

/// The path over these places, which run from the one who is wanted backwards.
fn path(network: &Network, graph: &Graph, places: &[u32], whole: u32, today: NaiveDate) -> Path {
    let mut before: Option<u32> = None;
    let mut hops = Vec::new();
    for place in places.iter().rev() {
        let known = &network.people[*place as usize];
        let asker = before.map_or(Id::ME, |before| graph.ids[before as usize]);
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
    let first = places.last().map(|place| &network.people[*place as usize]);
    Path {
        hops,
        warmth: 100.0 * (-f64::from(whole) / 1000.0).exp(),
        burnt: first.and_then(|first| too_near(first.asked, today)),
    }
}
