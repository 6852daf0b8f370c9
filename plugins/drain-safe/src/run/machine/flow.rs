//! How many evictions are asked for at once.

use std::time::Duration;

use super::Moment;

/// How long nothing is asked for after a server said that it is busy, where it did not say for how long.
const PAUSE: Duration = Duration::from_secs(1);

/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The requests under way, and their bound: halved whenever the server is busy, and back by one with each success.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    under_way: usize,
    bound: usize,
    most: usize,
    paused_until: Option<Moment>,
}

impl Flow {
    pub fn new(most: usize) -> Self {
        let most = most.max(1);
        Self { under_way: 0, bound: most, most, paused_until: None }
    }

    pub fn is_idle(&self) -> bool {
        self.under_way == 0
    }

    pub fn paused_until(&self) -> Option<Moment> {
        self.paused_until
    }

    /// Returns how many more requests may be sent now.
    pub fn room(&self, now: Moment) -> usize {
        match self.paused_until {
            Some(until) if until > now => 0,
            _ => self.bound.saturating_sub(self.under_way),
        }
    }

    pub fn sent(&mut self) {
        self.under_way += 1;
    }

    pub fn answered(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    pub fn succeeded(&mut self) {
        self.bound = (self.bound + 1).min(self.most);
    }

    pub fn busy(&mut self, now: Moment, retry_after: Option<Duration>) {
        self.bound = (self.bound / 2).max(1);
        let until = now + retry_after.unwrap_or(PAUSE).min(LONGEST_PAUSE);
        self.paused_until = Some(self.paused_until.map_or(until, |known| known.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_is_asked_less_and_later() {
        let second = Duration::from_secs;
        let mut flow = Flow::new(8);
        assert_eq!(flow.room(second(0)), 8);
        flow.busy(second(0), None);
        assert_eq!((flow.room(second(0)), flow.room(second(1))), (0, 4));
        flow.busy(second(1), Some(second(7)));
        flow.busy(second(1), Some(second(2)));
        assert_eq!((flow.room(second(7)), flow.room(second(8))), (0, 1));
        flow.succeeded();
        flow.sent();
        assert_eq!(flow.room(second(8)), 1);
        flow.answered();
        assert!(flow.is_idle());
        (0..20).for_each(|_| flow.succeeded());
        assert_eq!(flow.room(second(8)), 8);
    }
}
