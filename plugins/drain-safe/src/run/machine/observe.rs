//! What each event changes.

use std::time::Duration;

use super::{
    Answer, BudgetKey, Disposition, End, Event, Held, Machine, Moment, Phase, PodRun, SeenPod, Stage, Stop,
    TRY_AGAIN,
};

/// The first pause after a refusal of a webhook or a policy.
const REFUSED_PAUSE: Duration = Duration::from_secs(1);
/// The first pause after a failure of the server.
const FAILED_PAUSE: Duration = Duration::from_millis(250);
/// The first pause after an answer that never came: what was asked for may be under way still, and the watch shows it.
const LOST_PAUSE: Duration = Duration::from_secs(1);
/// How long after a refusal for a budget it is asked again, where no watch says that the budget has changed.
const BUDGET_PAUSE: Duration = Duration::from_secs(5);

impl Machine {
    /// Takes over what happened.
    pub fn observe(&mut self, event: Event, now: Moment) {
        match event {
            Event::Cordoned { node } => self.cordoned(node, now),
            Event::NotCordoned { node, end } => self.end(node, end, now),
            Event::NodeSeen { node, uid, is_cordoned, run_is_ours, is_ready } => {
                self.node_seen(node, &uid, (is_cordoned, run_is_ours), is_ready, now);
            }
            Event::NodeGone { node } => self.end(node, End::Gone, now),
            Event::PodsRestarted { node, pods } => {
                self.nodes[node].is_watched = true;
                self.all_seen(node, pods, now);
            }
            Event::PodSeen { node, pod } => self.pod_seen(node, pod, now),
            Event::PodGone { uid } => self.pod_gone(&uid, now),
            Event::PodsWatched { node, is_connected } => self.nodes[node].is_watched = is_connected,
            Event::BudgetsRestarted(budgets) => {
                self.are_budgets_watched = true;
                let known: Vec<_> = self.budgets.keys().cloned().collect();
                for key in known.iter().filter(|key| !budgets.iter().any(|(there, _)| there == *key)) {
                    self.budget_gone(key);
                }
                budgets.into_iter().for_each(|(key, seen)| self.budget_seen(key, seen, now));
            }
            Event::BudgetSeen(key, seen) => self.budget_seen(key, seen, now),
            Event::BudgetGone(key) => self.budget_gone(&key),
            Event::BudgetsWatched(is_connected) => self.are_budgets_watched = is_connected,
            Event::ReadyElsewhere { controller, is_ready: true } => {
                self.ready_elsewhere.insert(controller);
            }
            Event::ReadyElsewhere { controller, is_ready: false } => {
                self.ready_elsewhere.remove(&controller);
            }
            Event::Answered { uid, answer } => self.answered(&uid, answer, now),
            Event::Listed { node, pods } => self.listed(node, pods, now),
            Event::NotListed { node } => {
                self.nodes[node].is_listing = false;
                self.nodes[node].list_not_before = now + TRY_AGAIN;
            }
            Event::Replanned(nodes) => {
                self.is_replanning = false;
                self.replanned(&nodes, now);
            }
            Event::NotReplanned => {
                self.is_replanning = false;
                self.replan_at = Some(now + TRY_AGAIN);
            }
            Event::LockHeld { node, until } => self.nodes[node].locked_until = Some(until),
            Event::LockLost { node, holder } => self.end(node, End::LockLost { holder }, now),
            Event::ReadyPods { namespace, counted } => drop(self.after.counted.insert(namespace, counted)),
            Event::FailedCreations { namespace, failed } => drop(self.after.failed.insert(namespace, failed)),
            Event::AttachmentsRestarted(attachments) => {
                self.after.attachments = Some(attachments.into_iter().collect());
            }
            Event::AttachmentSeen(name, seen) => {
                self.after.attachments.get_or_insert_default().insert(name, seen);
            }
            Event::AttachmentGone(name) => {
                self.after.attachments.get_or_insert_default().remove(&name);
            }
            Event::DeploymentSeen(deployment, seen) => drop(self.deployments.insert(deployment, seen)),
            Event::MoveBegun { uid, answer } => self.move_begun(&uid, answer, now),
            Event::MoveEnded { uid, answer } => self.move_ended(&uid, answer, now),
            Event::Recreated { uid, answer } => self.recreated(&uid, answer, now),
            Event::Contact => self.last_contact = now,
            Event::Stopped(stop) => drop(self.stop.get_or_insert(stop)),
        }
    }

    /// Ends a node, for good.
    pub(super) fn end(&mut self, node: usize, end: End, now: Moment) {
        if !self.nodes[node].is_over() {
            self.nodes[node].stage = Stage::Over { end, at: now };
        }
    }

    fn cordoned(&mut self, node: usize, now: Moment) {
        if matches!(self.nodes[node].stage, Stage::Queued | Stage::Cordoning) {
            self.nodes[node].stage = match self.nodes[node].stage {
                Stage::Cordoning => Stage::Draining { cordoned: now, since: now },
                _ => Stage::Cordoned { at: now },
            };
        }
    }

    fn node_seen(&mut self, node: usize, uid: &str, cordon: (bool, bool), is_ready: bool, now: Moment) {
        let run = &mut self.nodes[node];
        run.is_ready = is_ready;
        if run.uid != uid {
            // Deleted, and another one has its name.
            return self.end(node, End::Gone, now);
        }
        let is_ours_to_keep = matches!(run.stage, Stage::Cordoned { .. } | Stage::Draining { .. });
        match cordon {
            _ if !is_ours_to_keep => {}
            (true, true) => {}
            // Cordoned still, but for another run: its lock is, too, and says so only when it is renewed.
            (true, false) => self.end(node, End::LockLost { holder: String::new() }, now),
            (false, _) => self.end(node, End::Reopened, now),
        }
    }

    fn all_seen(&mut self, node: usize, pods: Vec<SeenPod>, now: Moment) {
        let there: std::collections::BTreeSet<_> = pods.iter().map(|pod| pod.uid.clone()).collect();
        self.nodes[node].unplanned.retain(|uid, _| there.contains(uid));
        let is_missing = |(uid, pod): &(&String, &PodRun)| pod.node == node && !there.contains(*uid);
        let missing: Vec<String> = self.pods.iter().filter(is_missing).map(|(uid, _)| uid.clone()).collect();
        missing.iter().for_each(|uid| self.pod_gone(uid, now));
        pods.into_iter().for_each(|pod| self.pod_seen(node, pod, now));
    }

    fn pod_seen(&mut self, node: usize, seen: SeenPod, now: Moment) {
        let Some(pod) = self.pods.get_mut(&seen.uid) else {
            self.nodes[node].unplanned.insert(seen.uid.clone(), seen);
            return;
        };
        pod.is_seen = true;
        pod.resource_version.clone_from(&seen.resource_version);
        pod.is_ready = seen.is_ready;
        pod.is_running = !matches!(seen.phase.as_str(), "Pending" | "Succeeded" | "Failed");
        let has_finished = matches!(seen.phase.as_str(), "Succeeded" | "Failed");
        if has_finished
            && pod.disposition(&self.settings) == Disposition::Leaves
            && seen.terminating.is_none()
        {
            // It has completed, which was waited for: now it is to be evicted, as another plan will say.
            self.replan_at = Some(self.replan_at.map_or(now, |at| at.min(now)));
        }
        let Some(grace) = seen.terminating else { return };
        let pod =
            self.pods.get_mut(&seen.uid).filter(|pod| matches!(pod.phase, Phase::Present | Phase::InFlight));
        if let Some(pod) = pod {
            if pod.phase == Phase::Present && pod.asked_at.is_some() {
                // The answer was lost, the eviction was not.
                pod.is_evicted = true;
            }
            if pod.phase == Phase::Present {
                pod.phase = Phase::Leaving { since: now, grace: Duration::from_secs(grace.unsigned_abs()) };
            }
        }
        let limit = self.settings.skip_deleted_after.map(|limit| limit.as_secs());
        let overdue = seen.overdue.and_then(|seconds| u64::try_from(seconds).ok());
        if let (Some(limit), Some(overdue), Some(pod)) = (limit, overdue, self.pods.get_mut(&seen.uid))
            && overdue > limit
        {
            pod.phase = Phase::Unconfirmed;
        }
    }

    fn pod_gone(&mut self, uid: &str, now: Moment) {
        for node in &mut self.nodes {
            node.unplanned.remove(uid);
        }
        if let Some(pod) = self.pods.get_mut(uid)
            && pod.phase != Phase::InFlight
        {
            if pod.phase == Phase::Present && pod.asked_at.is_some() {
                pod.is_evicted = true;
            }
            pod.is_gone(now);
        } else if let Some(pod) = self.pods.get_mut(uid) {
            // The answer is still to come; what it says decides whether it was us.
            pod.gone_at.get_or_insert(now);
        }
    }

    fn budget_seen(&mut self, key: BudgetKey, seen: super::BudgetSeen, now: Moment) {
        let has_changed =
            self.budgets.get(&key).is_some_and(|known| known.seen.generation != seen.generation);
        self.budgets.entry(key.clone()).or_default().see(seen);
        self.wake_pods_of(&key);
        if has_changed {
            // What the budget lets happen at all may be another thing now.
            self.replan_at.get_or_insert(now + super::REPLAN_AFTER);
        }
    }

    fn budget_gone(&mut self, key: &BudgetKey) {
        self.budgets.remove(key);
        self.wake_pods_of(key);
    }

    /// Lets pods be asked for again that were refused for a budget of this namespace which their plan does not know.
    fn wake_pods_of(&mut self, (namespace, _): &BudgetKey) {
        for pod in self.pods.values_mut().filter(|pod| pod.plan.namespace == *namespace) {
            if pod.held.as_ref().is_some_and(|held| held.code == "BudgetHeld" || held.code == "BudgetStale") {
                pod.not_before = Moment::ZERO;
            }
        }
    }

    fn answered(&mut self, uid: &str, answer: Answer, now: Moment) {
        self.flow.answered();
        for budget in self.budgets.values_mut().filter(|budget| budget.in_flight.as_deref() == Some(uid)) {
            budget.in_flight = None;
        }
        let Some(pod) = self.pods.get(uid) else { return };
        let budgets = self.budgets_of(pod);
        let Some(pod) = self.pods.get_mut(uid) else { return };
        let grace = pod.grace(&self.settings);
        if matches!(answer, Answer::Accepted) {
            pod.is_evicted = true;
            pod.held = None;
            pod.failures = 0;
            self.flow.succeeded();
            for key in &budgets {
                if let Some(budget) = self.budgets.get_mut(key) {
                    budget.charge(&pod.plan.name);
                }
            }
        }
        if pod.gone_at.is_some() {
            pod.phase = Phase::Gone;
            return;
        }
        pod.phase = Phase::Present;
        pod.is_in_doubt |= matches!(answer, Answer::Failed(_) | Answer::Lost(_));
        match answer {
            Answer::Accepted => pod.phase = Phase::Leaving { since: now, grace },
            // Its uid never comes back: whatever the watch shows later is another pod.
            Answer::Missing | Answer::OtherUid => pod.is_gone(now),
            Answer::NamespaceTerminating(message) => {
                pod.phase = Phase::Leaving { since: now, grace };
                pod.held = Some(Held { code: "Terminating", message });
            }
            Answer::BudgetHeld(message) => {
                self.refused_for_budgets(uid, &budgets, "BudgetHeld", message, now)
            }
            Answer::BudgetStale(message) => {
                self.refused_for_budgets(uid, &budgets, "BudgetStale", message, now)
            }
            Answer::SeveralBudgets(message) => {
                pod.blocked_since.get_or_insert(now);
                pod.held = Some(Held { code: "SeveralBudgets", message });
                self.replan_at.get_or_insert(now + super::REPLAN_AFTER);
            }
            Answer::Busy { retry_after, message } => {
                pod.held = Some(Held { code: "ServerBusy", message });
                self.flow.busy(now, retry_after);
            }
            Answer::Refused(message) => pod.pause(REFUSED_PAUSE, "Refused", message, now),
            Answer::Lost(message) => pod.pause(LOST_PAUSE, "ServerError", message, now),
            Answer::Failed(message) => pod.pause(FAILED_PAUSE, "ServerError", message, now),
            Answer::NotPermitted(message) => {
                pod.held = Some(Held { code: "Forbidden", message: message.clone() });
                self.stop.get_or_insert(Stop::NotPermitted(message));
            }
        }
    }

    fn refused_for_budgets(
        &mut self,
        uid: &str,
        budgets: &[BudgetKey],
        code: &'static str,
        message: String,
        now: Moment,
    ) {
        for key in budgets {
            if let Some(budget) = self.budgets.get_mut(key) {
                budget.held_until = Some(now + BUDGET_PAUSE);
            }
        }
        if let Some(pod) = self.pods.get_mut(uid) {
            pod.held = Some(Held { code, message });
            if budgets.is_empty() {
                pod.not_before = now + BUDGET_PAUSE;
                // A budget that the plan does not know: it came since.
                self.replan_at.get_or_insert(now + super::REPLAN_AFTER);
            }
        }
    }

    fn listed(&mut self, node: usize, pods: Vec<SeenPod>, now: Moment) {
        self.nodes[node].is_listing = false;
        self.nodes[node].list_not_before = now + TRY_AGAIN;
        for pod in &pods {
            let is_known = self.pods.get(&pod.uid).is_some_and(|known| known.node == node);
            if !is_known {
                self.nodes[node].unplanned.insert(pod.uid.clone(), pod.clone());
            }
            // A list shows what is there: a watch that was read before the pod's plan had missed it.
            if let Some(known) = self.pods.get_mut(&pod.uid).filter(|known| known.phase == Phase::Gone) {
                known.phase = Phase::Present;
                known.gone_at = None;
                self.pod_seen(node, pod.clone(), now);
            }
        }
        let is_there = |uid: &String| pods.iter().any(|pod| pod.uid == *uid);
        let unresolved = self.pods.iter().any(|(uid, pod)| {
            let settled = pod.is_resolved(&self.settings) && pod.phase != Phase::Gone;
            pod.node == node && is_there(uid) && !settled
        });
        if unresolved
            || self.is_recreating(node)
            || !self.nodes[node].unplanned.is_empty()
            || !matches!(self.nodes[node].stage, Stage::Draining { .. })
        {
            return;
        }
        let is_waiting = self.waits_after(node, now).is_some();
        if is_waiting && !self.is_through(node, now) {
            return;
        }
        let remains = self.pods.iter().any(|(uid, pod)| {
            let counts = match (&pod.phase, pod.disposition(&self.settings)) {
                (_, Disposition::Stays) => false,
                (Phase::Unconfirmed, _) => self.settings.skip_deleted_after.is_none(),
                (_, Disposition::Returns) => !self.settings.ignore_returns,
                _ => true,
            };
            pod.node == node && is_there(uid) && counts
        });
        let is_partial = remains || is_waiting || self.has_lost(node);
        self.end(node, if is_partial { End::Partial } else { End::Drained }, now);
    }
}
