//! The filters that come before all others: pods that stay, pods that leave anyway, pods of daemons, pods of nobody.

use std::collections::BTreeSet;

use shared::{model::WidePod, selector::LabelSelector};

use super::{
    Found,
    annotations::DRAIN_LABEL,
    daemon::{Daemon, daemon},
    local_data::claims_of,
};
use crate::{
    facts::{Facts, Owner},
    flags::DecisionFlags,
    verdict::{ReasonCode, Verdict},
};

/// Seconds past its deletionTimestamp from which a pod is stuck.
const STUCK: i64 = 30;

/// Finds what decides about a pod by itself and its controller. `ending` are the namespaces that are being deleted.
pub fn standing(
    pod: &WidePod,
    selector: Option<&LabelSelector>,
    flags: &DecisionFlags,
    facts: &Facts,
    ending: &BTreeSet<&str>,
) -> Vec<Found> {
    let mut found = Vec::new();
    let skip = |code, message: &str| Found::deciding(code, Verdict::Skip, message);
    if pod.metadata.annotation("kubernetes.io/config.mirror").is_some() {
        found.push(skip(ReasonCode::Static, "a mirror of a static pod, which only its kubelet removes"));
    }
    if selector.is_some_and(|selector| !selector.matches(&pod.metadata.labels)) {
        found.push(skip(ReasonCode::NotSelected, "--pod-selector leaves it out"));
    }
    if pod.metadata.labels.get(DRAIN_LABEL).is_some_and(|value| value == "skip") {
        found.push(skip(ReasonCode::SkipLabel, "its label cluster.x-k8s.io/drain says skip"));
    }
    found.extend(leaving(pod, facts, ending));
    if pod.is_terminal() {
        let how = if pod.status.phase == "Succeeded" { "succeeded" } else { "failed" };
        found.push(Found::deciding(ReasonCode::Finished, Verdict::Evict, format!("it has {how}")));
        // A finished pod is deleted whoever owns it.
        return found;
    }
    found.extend(of_daemon(pod, flags, facts));
    if pod.metadata.controller().is_none() && !found.iter().any(|one| one.code == ReasonCode::DaemonSet) {
        found.push(unmanaged(ReasonCode::NoController, "no controller would recreate it".to_owned(), flags));
    }
    found
}

fn leaving(pod: &WidePod, facts: &Facts, ending: &BTreeSet<&str>) -> Vec<Found> {
    let mut found = Vec::new();
    let wait = |code, message: String| Found::deciding(code, Verdict::Wait, message);
    if let Some(deadline) = &pod.metadata.deletion_timestamp {
        found.push(wait(ReasonCode::Terminating, "it is being deleted".to_owned()));
        let late = facts.now - deadline.seconds;
        if late > STUCK {
            let mut causes = Vec::new();
            if !pod.metadata.finalizers.is_empty() {
                causes.push(format!("finalizers {}", pod.metadata.finalizers.join(", ")));
            }
            let volumes: Vec<_> =
                claims_of(pod, facts).map(|(_, volume)| volume.metadata.name.clone()).collect();
            if !volumes.is_empty() {
                causes.push(format!("volumes {}", volumes.join(", ")));
            }
            let causes = if causes.is_empty() { String::new() } else { format!(": {}", causes.join("; ")) };
            found.push(wait(ReasonCode::Stuck, format!("it should have been gone for {late} s{causes}")));
        }
    } else if ending.contains(pod.metadata.namespace.as_str()) {
        let namespace = &pod.metadata.namespace;
        found.push(wait(ReasonCode::Terminating, format!("namespace {namespace} is being deleted")));
    }
    found
}

fn of_daemon(pod: &WidePod, flags: &DecisionFlags, facts: &Facts) -> Option<Found> {
    let message = match daemon(pod)? {
        Daemon::Pinned => "bound to its node by name, and the cordon does not keep it away".to_owned(),
        Daemon::Set(owner) => {
            if facts.owners.get(&pod.metadata.namespace, owner) == Owner::Gone {
                let message = format!("DaemonSet {} does not exist", owner.name);
                return Some(unmanaged(ReasonCode::OwnerGone, message, flags));
            }
            match owner.api_version.split_once('/') {
                Some(("apps", _)) | None => format!("managed by DaemonSet {}", owner.name),
                Some((group, _)) => format!("managed by DaemonSet {} of {group}", owner.name),
            }
        }
    };
    Some(match flags.ignore_daemonsets {
        true => Found::deciding(ReasonCode::DaemonSet, Verdict::Skip, message),
        false => {
            Found::deciding(ReasonCode::DaemonSet, Verdict::Blocked, message).with_fix("--ignore-daemonsets")
        }
    })
}

fn unmanaged(code: ReasonCode, message: String, flags: &DecisionFlags) -> Found {
    if flags.recreate_bare {
        let recreated = format!("{message}, so that it is saved and recreated on another node");
        return Found::deciding(ReasonCode::Recreate, Verdict::Evict, recreated);
    }
    match flags.force {
        true => Found::deciding(code, Verdict::Evict, message),
        false => Found::deciding(code, Verdict::Unmanaged, message).with_fix("--force"),
    }
}
