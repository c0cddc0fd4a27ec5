//! Warm paths: the best chains to somebody in a network of 10,000 people and 30,000 links.

use super::clock;
use super::dice::Dice;
use super::figures::{Table, Times};
use chitbook::domain::id::Id;
use chitbook::domain::link::LinkKind;
use chitbook::domain::moment::date;
use chitbook::domain::paths::{How, Known, Network, Tie, find};
use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

const PEOPLE: usize = 10_000;
const LINKS: usize = 30_000;
/// People of one account, on average; a few accounts are large.
const COLLEAGUES: usize = 12;
/// Searches timed, each for somebody else.
const ROUNDS: usize = 60;
/// Paths shown.
const MOST: usize = 9;

/// The network: a third of the people known, a tenth of them asked lately.
fn network(dice: &mut Dice) -> Network {
    let people = (0..PEOPLE).map(|at| {
        let account = dice.skewed(PEOPLE / COLLEAGUES) as i64;
        Known {
            id: Id::from_raw(at as i64 + 2),
            name: dice.name().whole,
            account: Some((Id::from_raw(account), String::new())),
            strength: if dice.one_in(3) {
                dice.below(100) as f64
            } else {
                0.0
            },
            asked: dice.one_in(10).then(|| date(clock::today() - 30)),
        }
    });
    let people: Vec<Known> = people.collect();
    let ties = (0..LINKS).map(|_| Tie {
        from: Id::from_raw(dice.below(PEOPLE) as i64 + 2),
        to: Id::from_raw(dice.below(PEOPLE) as i64 + 2),
        how: How::Link(LinkKind::ALL[dice.below(7)]),
        suggested: dice.one_in(4),
    });
    Network {
        ties: ties.collect(),
        people,
        owed: HashMap::new(),
    }
}

/// Everything, into the table. The floor is a look at every person and every link.
pub fn measure(table: &mut Table) {
    let mut dice = Dice::new(30_000);
    let network = network(&mut dice);
    let today = date(clock::today());
    let (mut floor, mut ours) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let wanted = [Id::from_raw(dice.below(PEOPLE) as i64 + 2)];
        let begun = Instant::now();
        let strength: f64 = network.people.iter().map(|known| known.strength).sum();
        let factor: f64 = network.ties.iter().map(Tie::factor).sum();
        black_box((strength, factor));
        floor.push(begun.elapsed());
        let begun = Instant::now();
        black_box(find(&network, &wanted, today, MOST));
        ours.push(begun.elapsed());
    }
    let what = "paths among 10,000 people, 30,000 links";
    table.times(what, &floor, &ours, &[(99, 50.0, "50 ms")]);
}
