//! Which evictions are asked for now.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, BudgetKey, Held, Machine, Moment, Phase, PodRun};

/// The pods of one wave of one node, which leave in the order of their priorities.
type Group = (usize, Option<usize>);

impl Machine {
    /// Asks for the evictions that nothing stands against.
    pub(super) fn evict(&mut self, now: Moment, actions: &mut Vec<Action>) {
        let room = self.flow.room(now);
        if room == 0 {
            return;
        }
        let mut candidates = Vec::new();
        let mut holds = Vec::new();
        for (uid, pod) in &self.pods {
            let is_ready = pod.is_ready_to_go(&self.settings, now) && !self.moves.contains_key(uid);
            if !is_ready || !self.nodes[pod.node].is_open(now) {
                continue;
            }
            match self.hindrance(pod, now) {
                None => candidates.push(uid.clone()),
                Some(held) => holds.push((uid.clone(), held)),
            }
        }
        for (uid, held) in holds {
            if let Some(pod) = self.pods.get_mut(&uid) {
                pod.held = Some(held);
            }
        }
        // Without a wave: pods that wait for a budget to open. They come last.
        candidates.sort_by_key(|uid| {
            let pod = &self.pods[uid];
            (pod.wave.unwrap_or(usize::MAX), pod.plan.details.priority, pod.node, pod.plan.name.clone())
        });
        let lowest = self.lowest_priorities(&candidates);
        let mut busy = BTreeSet::new();
        let mut chosen = 0;
        for uid in candidates {
            let pod = &self.pods[&uid];
            let budgets = self.budgets_of(pod);
            let is_next = lowest.get(&group(pod)).is_none_or(|lowest| pod.plan.details.priority <= *lowest);
            let is_busy = budgets.iter().any(|budget| busy.contains(budget));
            // Those chosen before it may have made it the last one of its owner.
            let is_busy = is_busy || self.is_move_busy(pod).is_some();
            if chosen == room || !is_next || is_busy || self.keep_one(pod).is_some() {
                continue;
            }
            busy.extend(budgets);
            chosen += 1;
            match pod.way() {
                Some(way) => self.begin_move(&uid, way, now, actions),
                None => {
                    self.ask(&uid, now);
                    actions.push(Action::Evict { uid });
                }
            }
        }
    }

    fn ask(&mut self, uid: &str, now: Moment) {
        let Some(pod) = self.pods.get_mut(uid) else { return };
        pod.phase = Phase::InFlight;
        pod.asked_at.get_or_insert(now);
        let budgets = self.budgets_of(&self.pods[uid]);
        for key in budgets {
            if let Some(budget) = self.budgets.get_mut(&key) {
                budget.in_flight = Some(uid.to_owned());
            }
        }
        self.flow.sent();
    }

    /// Returns the lowest priority among those of each wave of a node whose requests are under way or may be sent: until
    /// these are answered, no other is sent.
    fn lowest_priorities(&self, candidates: &[String]) -> BTreeMap<Group, i32> {
        let under_way = self.pods.values().filter(|pod| pod.phase == Phase::InFlight);
        let mut lowest = BTreeMap::new();
        for pod in under_way.chain(candidates.iter().map(|uid| &self.pods[uid])) {
            let priority = pod.plan.details.priority;
            lowest
                .entry(group(pod))
                .and_modify(|known: &mut i32| *known = priority.min(*known))
                .or_insert(priority);
        }
        lowest
    }

    /// Returns the budgets that are asked about a pod's eviction, and that the watch shows.
    pub(super) fn budgets_of(&self, pod: &PodRun) -> Vec<BudgetKey> {
        if !pod.is_under_budgets(&self.settings) {
            return Vec::new();
        }
        let keys = pod.plan.budgets.iter().map(|budget| (pod.plan.namespace.clone(), budget.name.clone()));
        keys.filter(|key| self.budgets.contains_key(key)).collect()
    }

    /// Returns what keeps a pod from going now.
    fn hindrance(&self, pod: &PodRun, now: Moment) -> Option<Held> {
        self.critical(pod)
            .or_else(|| self.keep_one(pod))
            .or_else(|| self.is_move_busy(pod))
            .or_else(|| self.shut_budget(pod, now))
    }

    /// A pod of system priority goes after the others of its node.
    fn critical(&self, pod: &PodRun) -> Option<Held> {
        if !pod.plan.details.critical {
            return None;
        }
        let others = self.pods_of(pod.node).filter(|other| {
            let has_a_wave = other.wave.is_some() && !other.plan.details.critical;
            has_a_wave && !other.is_resolved(&self.settings)
        });
        match others.count() {
            0 => None,
            count => {
                let message = format!("of system priority: goes after the other {count} pods of its node");
                Some(Held { code: "Critical", message })
            }
        }
    }

    /// The last Ready pod of an owner goes when those before it are replaced. Where some of them are on nodes whose turn
    /// comes later, it goes before them, and one of those is the last.
    fn keep_one(&self, pod: &PodRun) -> Option<Held> {
        let details = &pod.plan.details;
        let is_replaced =
            || details.controller.as_ref().is_none_or(|controller| self.ready_elsewhere.contains(controller));
        let is_free = if details.goes_after.is_empty() {
            match self.pods.values().find(|last| last.plan.details.goes_after.contains(&pod.plan.uid)) {
                Some(last) if last.was_asked() => {
                    let others = last.plan.details.goes_after.iter().filter(|uid| **uid != pod.plan.uid);
                    others.filter_map(|uid| self.pods.get(uid)).any(is_kept) || is_replaced()
                }
                _ => true,
            }
        } else {
            let others = || details.goes_after.iter().filter_map(|uid| self.pods.get(uid));
            let waits_for_its_turn = |other: &PodRun| {
                let node = &self.nodes[other.node];
                is_kept(other) && !node.is_active() && !node.is_over()
            };
            let are_gone = others().all(|other| matches!(other.phase, Phase::Gone));
            others().any(waits_for_its_turn) || (are_gone && is_replaced())
        };
        if is_free {
            return None;
        }
        let message =
            "the last Ready pod of its owner: goes when a replacement is Ready elsewhere".to_owned();
        Some(Held { code: "KeepOne", message })
    }

    fn shut_budget(&self, pod: &PodRun, now: Moment) -> Option<Held> {
        if !pod.is_under_budgets(&self.settings) {
            return None;
        }
        if !self.are_budgets_watched {
            let message = "the budgets are being read again".to_owned();
            return Some(Held { code: "BudgetStale", message });
        }
        // A budget that the watch does not show was deleted.
        let shut = self.budgets_of(pod).into_iter().find(|key| !self.budgets[key].allows(now))?;
        let budget = &self.budgets[&shut];
        if budget.in_flight.is_some() {
            return Some(Held {
                code: "BudgetHeld",
                message: format!("another eviction of budget {} is under way", shut.1),
            });
        }
        let code = if budget.seen.is_stale { "BudgetStale" } else { "BudgetHeld" };
        Some(Held { code, message: budget.sentence(&shut.1) })
    }
}

/// Returns whether a pod is there, Ready, and not on its way out.
fn is_kept(pod: &PodRun) -> bool {
    pod.phase == Phase::Present && pod.is_ready
}

fn group(pod: &PodRun) -> Group {
    (pod.node, pod.wave)
}
