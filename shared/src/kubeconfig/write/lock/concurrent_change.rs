//! Changes that other programs make between two system calls: in tests, on purpose.

use super::swap::Moment;

#[cfg(not(test))]
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

    /// Lets somebody else do something at the next such moment of this thread.
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
