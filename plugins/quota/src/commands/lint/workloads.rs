//! The rule about workloads whose pods could not be made again.

use shared::{
    admission::{
        object::Object,
        read_object::template_pod,
        simulator::{Outcome, Simulator},
    },
    manifest::Manifest,
    model::kind::workloads,
    output::Finding,
    workload::template,
};

use crate::lint_rules::{REFUSED_WORKLOAD, Subject};

use super::facts::Facts;

/// Returns the findings about workloads.
pub fn check(facts: &Facts) -> Vec<Finding> {
    facts.workloads.iter().filter_map(|workload| of_workload(workload, &facts.simulator)).collect()
}

fn of_workload(workload: &Manifest, simulator: &Simulator) -> Option<Finding> {
    let Manifest { kind, namespace, name, value, .. } = workload;
    let found = |message: String| {
        let kind = static_kind(&kind.kind)?;
        let subject = Subject { namespace: Some(namespace), kind, name, key: "" };
        let fix = format!("kubectl quota rollout {}/{name} -n {namespace}", kind.to_lowercase());
        Some(REFUSED_WORKLOAD.found(subject, message, fix))
    };
    let pod = match template_pod(kind, template(&kind.kind, value)) {
        Ok(pod) => pod,
        // Only a dump that somebody edited has such amounts.
        Err(error) => return found(error),
    };
    let pod = Object::pod(namespace, &format!("{name}-*"), pod);
    let rules = simulator.namespaces.get(namespace)?.clone();
    let mut simulator = Simulator::for_namespace(namespace, rules, simulator.cluster_facts.clone());
    // The pod that is deleted makes room for the one that replaces it.
    let filled_in = simulator.filled_in(pod.clone());
    simulator.release(&filled_in);
    let refusals = match simulator.create(pod) {
        Outcome::Refused(refusals) => refusals,
        Outcome::Admitted | Outcome::OrderDependent(_) => return None,
    };
    found(refusals.first()?.message.clone())
}

/// Returns the name of a kind of workloads for as long as the program runs.
fn static_kind(kind: &str) -> Option<&'static str> {
    const KINDS: [&str; 7] =
        ["CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"];
    debug_assert!(workloads().all(|one| KINDS.contains(&one.kind.as_str())));
    KINDS.into_iter().find(|one| *one == kind)
}
