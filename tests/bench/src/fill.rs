//! Fills a cluster over several connections.

use std::thread;

use cluster::Api;

/// How many connections fill the cluster.
const WRITERS: usize = 8;

/// Makes objects number 0 to `count`, several at a time.
///
/// # Errors
/// The first one of each writer that can't be made.
pub fn in_parallel(
    api: &Api,
    count: usize,
    make: impl Fn(&Api, usize) -> cluster::Result<()> + Sync,
) -> cluster::Result<()> {
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (api, make) = (api.clone(), &make);
                scope
                    .spawn(move || (writer..count).step_by(WRITERS).try_for_each(|number| make(&api, number)))
            })
            .collect();
        writers.into_iter().try_for_each(|writer| match writer.join() {
            Ok(outcome) => outcome,
            Err(_) => Err(cluster::Error::new("a writer of objects panicked")),
        })
    })
}
