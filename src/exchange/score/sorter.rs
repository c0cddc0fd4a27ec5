//! Numbers sorted, more of them than memory is meant to hold: a chunk at a time is sorted and put on a scratch file, and in the end
//! the chunks are merged. Fewer than a chunk never leave memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Numbers sorted in memory at a time: four megabytes of them. As many are held while chunks are merged.
pub(super) const CHUNK: usize = 1 << 19;
/// The least that is read of a chunk at a time.
const LEAST: usize = 512;
const WIDTH: usize = size_of::<u64>();

/// Takes numbers in any order.
pub(super) struct Sorter<S, F> {
    chunk: Vec<u64>,
    limit: usize,
    make: Option<F>,
    scratch: Option<S>,
    /// How many numbers each chunk on the scratch file has; they lie one after the other.
    runs: Vec<usize>,
    bytes: Vec<u8>,
}

impl<S: Read + Write + Seek, F: FnOnce() -> io::Result<S>> Sorter<S, F> {
    /// Sorts `limit` numbers at a time; `make` gives the scratch file when there are more.
    pub fn new(limit: usize, make: F) -> Self {
        Sorter {
            chunk: Vec::new(),
            limit: limit.max(1),
            make: Some(make),
            scratch: None,
            runs: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// One number more.
    pub fn push(&mut self, number: u64) -> io::Result<()> {
        if self.chunk.len() >= self.limit {
            self.spill()?;
        }
        self.chunk.push(number);
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        if let Some(make) = self.make.take() {
            self.scratch = Some(make()?);
        }
        let Some(scratch) = &mut self.scratch else {
            return Ok(());
        };
        self.chunk.sort_unstable();
        for part in self.chunk.chunks(8 * LEAST) {
            self.bytes.clear();
            self.bytes
                .extend(part.iter().flat_map(|number| number.to_le_bytes()));
            scratch.write_all(&self.bytes)?;
        }
        self.runs.push(self.chunk.len());
        self.chunk.clear();
        Ok(())
    }

    /// All numbers, in order.
    pub fn finish(mut self) -> io::Result<Sorted<S>> {
        self.chunk.sort_unstable();
        if let Some(scratch) = &mut self.scratch {
            scratch.flush()?;
        }
        let each = (CHUNK / (self.runs.len() + 1)).max(LEAST);
        let mut begins = 0;
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len() + 1);
        for count in self.runs {
            runs.push(Run {
                ready: Vec::new(),
                at: 0,
                next: begins,
                left: count,
            });
            begins += (count * WIDTH) as u64;
        }
        runs.push(Run {
            ready: self.chunk,
            at: 0,
            next: begins,
            left: 0,
        });
        let mut sorted = Sorted {
            scratch: self.scratch,
            runs,
            first: BinaryHeap::new(),
            each,
            bytes: self.bytes,
        };
        for run in 0..sorted.runs.len() {
            sorted.offer(run)?;
        }
        Ok(sorted)
    }
}

/// One sorted chunk.
struct Run {
    /// What of it is in memory, and how much of that was given out.
    ready: Vec<u64>,
    at: usize,
    /// Where the rest of it begins on the scratch file, and how many numbers that are.
    next: u64,
    left: usize,
}

/// The numbers in order.
pub(super) struct Sorted<S> {
    scratch: Option<S>,
    runs: Vec<Run>,
    first: BinaryHeap<Reverse<(u64, usize)>>,
    each: usize,
    bytes: Vec<u8>,
}

impl<S: Read + Seek> Sorted<S> {
    /// Puts the next number of a run among the first ones.
    fn offer(&mut self, run: usize) -> io::Result<()> {
        let Some(of) = self.runs.get_mut(run) else {
            return Ok(());
        };
        if of.at == of.ready.len() && of.left > 0 {
            let Some(scratch) = &mut self.scratch else {
                return Ok(());
            };
            let count = of.left.min(self.each);
            self.bytes.resize(count * WIDTH, 0);
            scratch.seek(SeekFrom::Start(of.next))?;
            scratch.read_exact(&mut self.bytes)?;
            of.ready.clear();
            let (numbers, _) = self.bytes.as_chunks::<WIDTH>();
            of.ready
                .extend(numbers.iter().map(|bytes| u64::from_le_bytes(*bytes)));
            of.at = 0;
            of.next += self.bytes.len() as u64;
            of.left -= count;
        }
        if let Some(number) = of.ready.get(of.at) {
            self.first.push(Reverse((*number, run)));
            of.at += 1;
        }
        Ok(())
    }
}

impl<S: Read + Seek> Iterator for Sorted<S> {
    type Item = io::Result<u64>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((number, run)) = self.first.pop()?;
        Some(self.offer(run).map(|()| number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    proptest! {
        #[test]
        fn numbers_come_out_sorted_however_few_fit_into_memory(
            numbers in prop::collection::vec(any::<u64>(), 0..300), limit in 1..400_usize,
        ) {
            let mut asked = false;
            let mut sorter = Sorter::new(limit, || {
                asked = true;
                Ok(Cursor::new(Vec::new()))
            });
            for number in &numbers {
                sorter.push(*number).unwrap();
            }
            let mut sorted = sorter.finish().unwrap();
            sorted.each = 3;
            let out: Vec<u64> = sorted.map(Result::unwrap).collect();
            let mut wanted = numbers.clone();
            wanted.sort_unstable();
            prop_assert_eq!(out, wanted);
            prop_assert_eq!(asked, numbers.len() > limit, "a scratch file is made only for what does not fit");
        }
    }

    #[test]
    fn a_scratch_file_that_cannot_be_made_or_read_is_an_error() {
        let mut sorter = Sorter::new(1, || Err::<Cursor<Vec<u8>>, _>(io::Error::other("no room")));
        sorter.push(1).unwrap();
        assert_eq!(sorter.push(2).unwrap_err().to_string(), "no room");
        let mut sorter = Sorter::new(1, || Ok(Cursor::new(Vec::new())));
        sorter.push(1).unwrap();
        sorter.push(2).unwrap();
        sorter.scratch = Some(Cursor::new(Vec::new()));
        assert!(sorter.finish().is_err());
    }
}
