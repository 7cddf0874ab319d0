//! Work for several threads: each takes the next item; results come back to the caller's thread.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::channel;
use std::thread;

/// Runs `work` on every item, on `threads` threads; `done` hears of each result as it comes, with
/// the item's index.
pub fn run_parallel<T: Send, R: Send>(
    items: Vec<T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut done: impl FnMut(usize, R),
) {
    let threads = threads.clamp(1, items.len().max(1));
    let queue = Mutex::new(items.into_iter().enumerate());
    let (sender, results) = channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (queue, work) = (&queue, &work);
            scope.spawn(move || {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, item)) = next else { return };
                    // The receiver outlives the threads.
                    let _ = sender.send((index, work(item)));
                }
            });
        }
        drop(sender);
        for (index, result) in results {
            done(index, result);
        }
    });
}

/// Puts results that come in any order into the order of their indices.
pub struct Sequence<T> {
    next: usize,
    early: std::collections::BTreeMap<usize, T>,
}

impl<T> Default for Sequence<T> {
    fn default() -> Self {
        Self { next: 0, early: std::collections::BTreeMap::new() }
    }
}

impl<T> Sequence<T> {
    /// Takes a result; gives those whose turn it now is.
    pub fn add(&mut self, index: usize, value: T) -> Vec<T> {
        self.early.insert(index, value);
        let mut ready = Vec::new();
        while let Some(value) = self.early.remove(&self.next) {
            ready.push(value);
            self.next += 1;
        }
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_off_once() {
        let mut seen = vec![0; 100];
        run_parallel(
            (0..100).collect(),
            7,
            |item| item * 2,
            |index, result| {
                assert_eq!(result, index * 2);
                seen[index] += 1;
            },
        );
        assert!(seen.iter().all(|&count| count == 1));
        run_parallel(Vec::<u8>::new(), 4, |item| item, |_, _| panic!("there is nothing"));
    }

    #[test]
    fn results_come_out_in_order() {
        let mut sequence = Sequence::default();
        assert!(sequence.add(1, 'b').is_empty());
        assert_eq!(sequence.add(0, 'a'), ['a', 'b']);
        assert!(sequence.add(3, 'd').is_empty());
        assert_eq!(sequence.add(2, 'c'), ['c', 'd']);
    }
}
