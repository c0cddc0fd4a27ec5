//! Who appears in a log: every name once, every pair by a number in the order of appearance.

use std::collections::HashMap;
use std::rc::Rc;

/// Names and pairs.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    numbers: HashMap<Rc<str>, u32>,
    names: Vec<Rc<str>>,
    known: HashMap<(u32, u32), u32>,
    by_number: Vec<(u32, u32)>,
}

impl Pairs {
    /// The number of a pair; none where numbers have run out.
    pub fn number(&mut self, ego: &str, alter: &str) -> Option<u32> {
        let pair = (self.name(ego)?, self.name(alter)?);
        if let Some(number) = self.known.get(&pair) {
            return Some(*number);
        }
        let number = u32::try_from(self.by_number.len()).ok()?;
        self.known.insert(pair, number);
        self.by_number.push(pair);
        Some(number)
    }

    fn name(&mut self, name: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = u32::try_from(self.names.len()).ok()?;
        let name: Rc<str> = Rc::from(name);
        self.names.push(Rc::clone(&name));
        self.numbers.insert(name, number);
        Some(number)
    }

    /// How many pairs there are.
    pub fn count(&self) -> usize {
        self.by_number.len()
    }

    /// The names of each pair, by rising number.
    pub fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        let name = |number: u32| self.names.get(number as usize).map_or("", |name| &**name);
        self.by_number
            .iter()
            .map(move |(ego, alter)| (name(*ego), name(*alter)))
    }
}
