//! SIGTERM as a wish that a command ends in order: of `timeout`, of a job that is cancelled, of a machine that shuts down.
//!
//! Only what holds a lock listens to it, and only while it does: elsewhere SIGTERM ends the process at once, as a prompt
//! could not hear it.

use tokio::sync::watch;

/// SIGTERM is taken for the first Ctrl-C until this is dropped.
#[must_use = "SIGTERM ends the process again once this is dropped"]
pub struct Termination {
    #[cfg(unix)]
    _listener: Option<unix::Listener>,
}

/// Begins to listen: SIGTERM then asks for the end as Ctrl-C does, and a second one ends the process. Where it can't be
/// caught, it ends the process; Windows has none.
pub(super) fn listen(requested: &watch::Sender<bool>) -> Termination {
    #[cfg(not(unix))]
    let _ = requested;
    Termination {
        #[cfg(unix)]
        _listener: unix::Listener::new(requested.clone()),
    }
}

#[cfg(unix)]
mod unix {
    use std::sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    };

    use signal_hook::consts::SIGTERM;
    use tokio::{
        signal::unix::{SignalKind, signal},
        sync::watch,
        task::JoinHandle,
    };

    /// Whether SIGTERM ends the process. A handler once installed stays, so that the default action is put back under a
    /// condition.
    static DEFAULT: LazyLock<Option<Arc<AtomicBool>>> = LazyLock::new(|| {
        let default = Arc::new(AtomicBool::new(true));
        let registered = signal_hook::flag::register_conditional_default(SIGTERM, default.clone());
        registered.is_ok().then_some(default)
    });

    /// How many listen: a rolling has a lock of its own beside that of a node.
    static LISTENERS: AtomicUsize = AtomicUsize::new(0);

    pub(super) struct Listener {
        default: Arc<AtomicBool>,
        task: JoinHandle<()>,
    }

    impl Listener {
        pub(super) fn new(requested: watch::Sender<bool>) -> Option<Self> {
            let default = DEFAULT.clone()?;
            let mut signals = signal(SignalKind::terminate()).ok()?;
            LISTENERS.fetch_add(1, Ordering::SeqCst);
            default.store(false, Ordering::SeqCst);
            let again = default.clone();
            let task = tokio::spawn(async move {
                if signals.recv().await.is_some() {
                    requested.send_replace(true);
                    again.store(true, Ordering::SeqCst);
                }
            });
            Some(Self { default, task })
        }
    }

    impl Drop for Listener {
        fn drop(&mut self) {
            if LISTENERS.fetch_sub(1, Ordering::SeqCst) == 1 {
                self.default.store(true, Ordering::SeqCst);
            }
            self.task.abort();
        }
    }
}
