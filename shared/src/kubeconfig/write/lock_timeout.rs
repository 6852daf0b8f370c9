//! How long to wait for others who hold a lock, or work on a file.

use std::time::{Duration, Instant};

use super::Snapshot;

/// However much others get done, nobody waits longer than this many times what one of them is given.
const LONGEST: u32 = 12;

/// The limits of a wait: for each of the others, and for all of them.
#[derive(Debug)]
pub(in crate::kubeconfig) struct LockTimeout {
    each: Duration,
    end: Instant,
    deadline: Instant,
    seen: Option<Snapshot>,
}

impl LockTimeout {
    /// Starts the wait now.
    pub fn of(each: Duration) -> Self {
        let now = Instant::now();
        Self { each, end: now + each * LONGEST, deadline: now + each, seen: None }
    }

    /// Takes note of how that looks which is waited for. Where it looks otherwise than before, somebody has finished: the
    /// wait for the next one begins.
    pub fn see(&mut self, now: Option<Snapshot>) {
        let same = match (&self.seen, &now) {
            (Some(seen), Some(now)) => seen.looks_like(now),
            // Gone for a moment: it will come back as another's.
            (_, None) => true,
            (None, Some(_)) => false,
        };
        if !same {
            self.seen = now;
            self.deadline = self.end.min(Instant::now() + self.each);
        }
    }

    /// Tells whether nothing has changed for too long.
    pub fn is_over(&self) -> bool {
        Instant::now() > self.deadline
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn who_gets_on_is_waited_for_and_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["one", "two"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let look = |name: &str| Snapshot::take(&folder.path().join(name)).ok();
        let mut lock_timeout = LockTimeout::of(Duration::from_secs(3600));
        lock_timeout.see(look("one"));
        let past = Instant::now();
        lock_timeout.deadline = past;
        lock_timeout.see(look("one"));
        lock_timeout.see(look("nobody"));
        lock_timeout.see(look("one"));
        assert_eq!(lock_timeout.deadline, past, "it stays");
        lock_timeout.see(look("two"));
        assert!(lock_timeout.deadline > past && !lock_timeout.is_over(), "it moves");
        lock_timeout.end = past;
        lock_timeout.see(look("one"));
        assert_eq!(lock_timeout.deadline, past, "it moves for ever");
    }
}
