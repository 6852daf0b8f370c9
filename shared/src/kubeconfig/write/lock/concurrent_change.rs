//! Changes by other programs between two system calls: in tests, on purpose.

/// The moments at which somebody else may come in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(unix, test)), expect(dead_code, reason = "files are swapped on Unix only"))]
pub(in crate::kubeconfig::write) enum Moment {
    /// No lock is there, and the targets are what was read.
    Looked,
    /// The new files are in their places.
    Renamed,
}

#[cfg(all(unix, not(test)))]
pub(super) fn others(_moment: Moment) {}

#[cfg(test)]
pub(super) use staged::{act, others};

#[cfg(test)]
mod staged {
    use std::cell::RefCell;

    use super::Moment;

    type Act = Box<dyn FnOnce()>;

    thread_local! {
        static NEXT: RefCell<Option<(Moment, Act)>> = const { RefCell::new(None) };
    }

    /// Schedules what another program does at the next such moment of this thread.
    pub(in super::super) fn act(moment: Moment, act: impl FnOnce() + 'static) {
        NEXT.with(|next| *next.borrow_mut() = Some((moment, Box::new(act))));
    }

    pub(in super::super) fn others(moment: Moment) {
        let due = NEXT.with(|next| next.borrow_mut().take_if(|(when, _)| *when == moment));
        if let Some((_, act)) = due {
            act();
        }
    }
}
