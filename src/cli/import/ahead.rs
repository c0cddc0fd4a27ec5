//! Reading on while the book is written: a large file is read by a thread of its own, which is a few records ahead.

use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, JoinHandle};

/// The weight of records handed on together, one being the usual weight of one, and how many such heaps wait at most: little of a large
/// file is in memory.
const HEAP: usize = 64;
const HEAPS: usize = 2;

/// The records of a file, in their order.
pub struct Ahead<T> {
    reading: Reading<T>,
    /// Records that were read, and those that are done with.
    heap: std::vec::IntoIter<T>,
    done: Vec<T>,
}

/// Who reads.
enum Reading<T> {
    /// Whoever asks for a record.
    Here(Box<dyn Iterator<Item = T>>),
    There {
        heaps: Receiver<Vec<T>>,
        /// Heaps that are done with go back to where they were made: memory is given back there without waiting for each other.
        spent: Sender<Vec<T>>,
        thread: Option<JoinHandle<()>>,
    },
}

/// The records of `read`, which goes on in a thread of its own where there are `many`; `weigh` tells those that are large.
///
/// # Errors
/// Where the system has no thread to give.
pub fn ahead<I>(read: I, many: bool, weigh: fn(&I::Item) -> usize) -> io::Result<Ahead<I::Item>>
where
    I: Iterator + Send + 'static,
    I::Item: Send + 'static,
{
    let reading = if many {
        let (send, heaps) = sync_channel(HEAPS);
        let (spent, back) = channel();
        let thread = Builder::new()
            .name("reader".to_owned())
            .spawn(move || hand_on(read, weigh, &send, &back))?;
        Reading::There {
            heaps,
            spent,
            thread: Some(thread),
        }
    } else {
        Reading::Here(Box::new(read))
    };
    Ok(Ahead {
        reading,
        heap: Vec::new().into_iter(),
        done: Vec::new(),
    })
}

/// The thread's own side. It ends where nobody takes what it reads any more.
fn hand_on<I: Iterator>(
    mut read: I,
    weigh: fn(&I::Item) -> usize,
    send: &SyncSender<Vec<I::Item>>,
    back: &Receiver<Vec<I::Item>>,
) {
    loop {
        let (mut heap, mut weight) = (Vec::new(), 0);
        while weight < HEAP
            && let Some(record) = read.next()
        {
            weight += weigh(&record).max(1);
            heap.push(record);
        }
        if heap.is_empty() || send.send(heap).is_err() {
            return;
        }
        back.try_iter().for_each(drop);
    }
}

impl<T> Ahead<T> {
    /// A record was looked at and is of no more use.
    pub fn done(&mut self, record: T) {
        if matches!(self.reading, Reading::There { .. }) {
            self.done.push(record);
        }
    }
}

impl<T> Iterator for Ahead<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let (heaps, spent, thread) = match &mut self.reading {
            Reading::Here(read) => return read.next(),
            Reading::There {
                heaps,
                spent,
                thread,
            } => (heaps, spent, thread),
        };
        loop {
            if let Some(record) = self.heap.next() {
                return Some(record);
            }
            // Where the reader is at its end, nobody takes it back.
            let _ = spent.send(std::mem::take(&mut self.done));
            let Ok(heap) = heaps.recv() else {
                // A reader that fell over must not look like the end of the file.
                if let Some(Err(panic)) = thread.take().map(JoinHandle::join) {
                    resume_unwind(panic);
                }
                return None;
            };
            self.heap = heap.into_iter();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    /// A file without an end, which tells of its own.
    struct Endless(SyncSender<()>);
    impl Iterator for Endless {
        type Item = u8;
        fn next(&mut self) -> Option<u8> {
            Some(0)
        }
    }
    impl Drop for Endless {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }

    #[test]
    fn every_record_comes_once_and_in_its_order_however_many_there_are() {
        for count in [0, 1, HEAP, HEAP + 1, 10 * HEAP + 7] {
            for many in [false, true] {
                let mut records = ahead(0..count, many, |at| at % 3 * 10).unwrap();
                let mut came = Vec::new();
                while let Some(record) = records.next() {
                    came.push(record);
                    records.done(record);
                }
                assert_eq!(came, (0..count).collect::<Vec<_>>(), "{count} {many}");
            }
        }
    }

    #[test]
    fn a_reader_that_falls_over_is_no_end_of_the_file() {
        let read = (0..1000).map(|at| if at < 500 { at } else { panic!("at {at}") });
        let mut came = 0;
        let fell = catch_unwind(std::panic::AssertUnwindSafe(|| {
            came = ahead(read, true, |_| 1).unwrap().count();
        }));
        assert!(fell.is_err(), "{came} came");
    }

    #[test]
    fn a_reader_nobody_listens_to_any_more_stops() {
        let (told, ended) = sync_channel(0);
        let mut records = ahead(Endless(told), true, |_| 1).unwrap();
        assert_eq!(records.next(), Some(0));
        drop(records);
        ended.recv().unwrap();
    }
}
