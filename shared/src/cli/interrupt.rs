//! Who answers Ctrl-C: whoever holds it, else the operating system, which ends the process.
//!
//! A handler once installed stays: after tokio's or a prompt's first use, Ctrl-C would do nothing at all in the
//! parts of a command that don't listen. So the default action is put back under a condition.

use std::sync::{Arc, LazyLock, Mutex, PoisonError, atomic::AtomicBool, atomic::Ordering};

/// Whether Ctrl-C ends the process.
static DEFAULT: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
    let default = Arc::new(AtomicBool::new(true));
    #[cfg(unix)]
    // Without it, Ctrl-C would end the process also while it is held: rough, and right.
    drop(signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, default.clone()));
    default
});

/// How many hold Ctrl-C: a prompt inside asynchronous work makes two.
static HOLDERS: Mutex<usize> = Mutex::new(0);

/// Ctrl-C is this one's to answer until dropped.
pub(crate) struct Hold(());

/// Keeps Ctrl-C from ending the process: the caller notices it another way, as an interrupted read or through
/// tokio.
pub(crate) fn hold() -> Hold {
    let mut holders = HOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
    *holders += 1;
    DEFAULT.store(false, Ordering::SeqCst);
    Hold(())
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut holders = HOLDERS.lock().unwrap_or_else(PoisonError::into_inner);
        *holders -= 1;
        DEFAULT.store(*holders == 0, Ordering::SeqCst);
    }
}
