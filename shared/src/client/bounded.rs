//! Many requests, a few at a time.

use std::future::Future;

use futures::{FutureExt as _, StreamExt};

use super::Client;

/// How many requests are under way at once. Each is a connection of its own (HTTP/1.1); more of them
/// only fill the API server's queues, where priority and fairness gives a user about this many seats.
pub const IN_FLIGHT: usize = 12;

impl Client {
    /// Does as [`bounded`] does, and counts the inputs that are done in the progress shown.
    pub async fn bounded<I, F, Fut>(&self, inputs: I, mut work: F) -> Vec<Fut::Output>
    where
        I: IntoIterator,
        F: FnMut(I::Item) -> Fut,
        Fut: Future,
    {
        let inputs = inputs.into_iter();
        let progress = self.stderr.progress(format!("waiting for {}", self.facts.reporter.host));
        if let (_, Some(steps)) = inputs.size_hint() {
            progress.expect_steps(steps as u64);
        }
        bounded(inputs, |input| work(input).inspect(|_| progress.step())).await
    }
}

/// Does the work for every input, at most [`IN_FLIGHT`] at a time, and returns the outcomes in the order
/// of the inputs.
pub async fn bounded<I, F, Fut>(inputs: I, work: F) -> Vec<Fut::Output>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future,
{
    futures::stream::iter(inputs.into_iter().map(work)).buffered(IN_FLIGHT).collect().await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::{IN_FLIGHT, bounded};

    #[tokio::test]
    async fn keeps_the_order_and_the_bound() {
        let (running, most) = (Cell::new(0), Cell::new(0));
        let (running, most) = (&running, &most);
        let outcomes = bounded(0..50u64, |number| async move {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            tokio::time::sleep(Duration::from_millis(60 - number)).await;
            running.set(running.get() - 1);
            number * 2
        })
        .await;
        assert_eq!(outcomes, (0..50).map(|number| number * 2).collect::<Vec<_>>());
        assert_eq!(most.get(), IN_FLIGHT);
    }
}
