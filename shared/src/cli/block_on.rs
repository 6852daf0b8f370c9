//! Asynchronous work inside a command.

use tokio::{
    runtime::{Builder, Runtime},
    sync::watch,
};

use super::{
    ExitStatus, interrupt,
    termination::{self, Termination},
};
use crate::{Error, Result};

/// Runs a command's asynchronous part to its end, or until Ctrl-C: then the future is dropped where it waits and
/// the result is an error with [`ExitStatus::Cancelled`].
///
/// The runtime is built here, on the calling thread, so that `--help` and commands without I/O never pay for it.
/// Requests still under way at the end are abandoned: they never delay the exit. A client belongs to the runtime
/// it was used in: call this once per command.
///
/// # Errors
/// The future's, cancellation, or that no runtime could be built.
pub fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let _held = interrupt::hold();
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        tokio::select! {
            // Polled first, so that an interrupt during a prompt, which blocks the thread, is seen.
            biased;
            Ok(()) = tokio::signal::ctrl_c() => Err(interrupted()),
            result = future => result,
        }
    });
    runtime.shutdown_background();
    result
}

/// Runs as [`block_on()`] does a command that has something to put in order when it is interrupted, such as a lock to
/// release: the first Ctrl-C is handed to the work, and only the second drops it where it waits.
///
/// # Errors
/// As [`block_on()`].
pub fn block_on_interruptible<T, F>(work: impl FnOnce(Interrupt) -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let _held = interrupt::hold();
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        let (sender, receiver) = watch::channel(false);
        let interrupt = Interrupt { receiver, sender: sender.clone() };
        // Listens before the work begins: what comes from now on counts.
        let mut signals = std::pin::pin!(async {
            // Where no signal can be caught, none is answered, and nothing else is lost.
            if tokio::signal::ctrl_c().await.is_ok() {
                sender.send_replace(true);
                if tokio::signal::ctrl_c().await.is_ok() {
                    return;
                }
            }
            std::future::pending().await
        });
        let mut future = std::pin::pin!(work(interrupt));
        tokio::select! {
            biased;
            () = &mut signals => Err(interrupted()),
            result = &mut future => result,
        }
    });
    runtime.shutdown_background();
    result
}

/// The user's wish that a command ends: the first Ctrl-C. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Interrupt {
    receiver: watch::Receiver<bool>,
    sender: watch::Sender<bool>,
}

impl Interrupt {
    /// Waits for the interrupt; for ever where none comes. Returns at once after there was one.
    pub async fn requested(&self) {
        let mut receiver = self.receiver.clone();
        if receiver.wait_for(|requested| *requested).await.is_err() {
            std::future::pending().await
        }
    }

    /// Returns whether there was one.
    pub fn is_requested(&self) -> bool {
        *self.receiver.borrow()
    }

    /// Takes SIGTERM for Ctrl-C, until what is returned is dropped.
    pub fn on_termination(&self) -> Termination {
        termination::listen(&self.sender)
    }

    /// Runs work that nothing has to be put in order after, until the interrupt.
    ///
    /// # Errors
    /// The future's, or cancellation.
    pub async fn or<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.requested() => Err(interrupted()),
            result = future => result,
        }
    }
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(format!("can't start asynchronous I/O: {error}")))
}

fn interrupted() -> Error {
    Error::new("interrupted").with_status(ExitStatus::Cancelled)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn returns_what_the_future_returns() {
        assert_eq!(block_on(async { Ok(42) }).unwrap(), 42);
        let error = block_on(async { Err::<(), _>(Error::usage("no")) }).unwrap_err();
        assert_eq!(error.status(), ExitStatus::Usage);
        assert_eq!(
            block_on_interruptible(|interrupt| async move { Ok(interrupt.is_requested()) }).ok(),
            Some(false)
        );
    }

    #[test]
    fn work_left_behind_does_not_delay_the_end() {
        let started = std::time::Instant::now();
        block_on(async {
            tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_secs(20)));
            tokio::task::yield_now().await;
            Ok(())
        })
        .unwrap();
        assert!(started.elapsed() < Duration::from_secs(10), "waited for the blocking task");
    }
}
