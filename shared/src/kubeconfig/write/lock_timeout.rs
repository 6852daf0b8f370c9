//! How long to wait for other programs that write the same file.

use std::time::{Duration, Instant};

use super::Snapshot;

/// However much others get done, nobody waits for more than so many times what one of them is given.
const LONGEST: u32 = 12;

/// How long to wait: for each of the others, and for all of them.
#[derive(Debug)]
pub(in crate::kubeconfig) struct LockTimeout {
    each: Duration,
    end: Instant,
    deadline: Instant,
    seen: Option<Snapshot>,
}

impl LockTimeout {
    /// From now on.
    pub fn of(each: Duration) -> Self {
        let now = Instant::now();
        Self { each, end: now + each * LONGEST, deadline: now + each, seen: None }
    }

    /// What is waited for, as it looks now. Where it looks otherwise than before, somebody has got on: the wait for the
    /// next one begins.
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

    /// Whether nothing has moved for too long.
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
        let mut patience = LockTimeout::of(Duration::from_secs(3600));
        patience.see(look("one"));
        let past = Instant::now();
        patience.deadline = past;
        patience.see(look("one"));
        patience.see(look("nobody"));
        patience.see(look("one"));
        assert_eq!(patience.deadline, past, "it stays");
        patience.see(look("two"));
        assert!(patience.deadline > past && !patience.is_over(), "it moves");
        patience.end = past;
        patience.see(look("one"));
        assert_eq!(patience.deadline, past, "it moves for ever");
    }
}
