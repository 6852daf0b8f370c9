//! What changes by the clock alone.

use shared::{cli::ExitStatus, output::spelled_duration};

use super::{End, Machine, Moment, Phase, Stage, Stop};

impl Machine {
    /// Ends what has taken too long, and everything once the run is stopped and no answer is awaited.
    pub(super) fn expire(&mut self, now: Moment) {
        for pod in self.pods.values_mut() {
            let node = &self.nodes[pod.node];
            if pod.given_up_at().is_some_and(|at| at <= now) {
                pod.is_given_up = true;
            }
            if pod.unconfirmed_at(node).is_some_and(|at| at <= now) {
                pod.phase = Phase::Unconfirmed;
            }
            if let (Phase::Leaving { since, grace }, Some(limit)) =
                (&pod.phase, self.settings.skip_deleted_after)
                && *since + *grace + limit <= now
            {
                pod.phase = Phase::Unconfirmed;
            }
        }
        for index in 0..self.nodes.len() {
            if self.nodes[index].deadline(&self.settings).is_some_and(|at| at <= now) {
                self.end(index, End::TimedOut, now);
            }
        }
        let is_over = self.nodes.iter().all(super::NodeRun::is_over);
        if !is_over && now >= self.last_contact + self.settings.unreachable_after {
            let bound = spelled_duration(self.settings.unreachable_after);
            let sentence = format!("no API server has answered for {bound}");
            self.stop.get_or_insert(Stop::Unreachable(sentence));
        }
        let Some(stop) = self.stop.clone() else { return };
        for index in 0..self.nodes.len() {
            let end = match &stop {
                Stop::Interrupted => End::Interrupted,
                Stop::NotPermitted(message) => {
                    End::Failed { message: message.clone(), status: ExitStatus::NotPermitted }
                }
                Stop::Unreachable(message) => {
                    End::Failed { message: message.clone(), status: ExitStatus::Failure }
                }
            };
            if !matches!(self.nodes[index].stage, Stage::Over { .. }) {
                self.end(index, end, now);
            }
        }
    }
}
