//! Pure work on many Services, spread over the processors.

use std::{num::NonZero, thread};

/// So many items are worth a thread.
const WORTH_A_THREAD: usize = 200;

/// Returns what comes of each item, in order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(items.len().div_ceil(WORTH_A_THREAD));
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let (work, size) = (&work, items.len().div_ceil(threads));
    thread::scope(|scope| {
        let parts = items.chunks(size);
        let running: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>())).collect();
        running
            .into_iter()
            .flat_map(|thread| match thread.join() {
                Ok(done) => done,
                // What a thread panics with goes on here.
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 199, 200, 201, 1000, 1001] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(map(&items, |item| item + 1), (1..=count).collect::<Vec<_>>());
        }
    }
}
