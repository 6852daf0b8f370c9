//! Asynchronous work inside a command.

use tokio::runtime::Builder;

use super::{ExitStatus, interrupt};
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
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(format!("can't start asynchronous I/O: {error}")))?;
    let result = runtime.block_on(async {
        tokio::select! {
            // Polled first, so that an interrupt during a prompt, which blocks the thread, is seen.
            biased;
            Ok(()) = tokio::signal::ctrl_c() => Err(Error::new("interrupted").with_status(ExitStatus::Cancelled)),
            result = future => result,
        }
    });
    runtime.shutdown_background();
    result
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
