//! Workloads that have fewer Ready pods than are waited for, in one sentence.

use super::{
    PodCount,
    refusals::{FailedCreations, refusal, refusing_quota},
};
use crate::facts::Workload;

/// How many workloads are named after the first.
const NAMED: usize = 4;

/// A workload that has fewer Ready pods than are waited for.
#[derive(Clone, Copy, Debug)]
pub struct MissingPods<'a> {
    /// The workload.
    pub workload: &'a Workload,
    /// How many pods it has.
    pub there: PodCount,
    /// How many Ready ones are waited for.
    pub wanted: usize,
    /// What controllers of its namespace failed to create, where it is told.
    pub failed: Option<&'a FailedCreations>,
}

impl MissingPods<'_> {
    /// Says what some workloads lack, and why: everything of one, of the others who they are and which quota refuses their
    /// pods. One whose pods are refused comes first, since time alone does not help there.
    pub fn sentence(missing: &[Self]) -> Option<String> {
        let is_refused = |one: &&Self| one.refused().is_some();
        let first = missing.iter().find(is_refused).or_else(|| missing.first())?;
        let others: Vec<_> = missing.iter().filter(|one| one.workload != first.workload).collect();
        let named: Vec<_> = others.iter().take(NAMED).map(|one| one.short()).collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        let others = match named.as_slice() {
            [] => String::new(),
            named => format!("; others wait, too: {}{more}", named.join(", ")),
        };
        Some(format!("{}{others}", first.whole()))
    }

    /// What controllers say of pods that they can't create; it matters only where pods are missing.
    fn refused(&self) -> Option<&FailedCreations> {
        let failed = self.failed.filter(|_| self.there.there < self.wanted)?;
        refusal(self.workload, failed).map(|_| failed)
    }

    fn whole(&self) -> String {
        let why = self.refused().and_then(|failed| refusal(self.workload, failed));
        let why = why.map_or_else(String::new, |why| format!("; {why}"));
        format!("{} of {} pods of {} are Ready{why}", self.there.ready, self.wanted, self.workload)
    }

    fn short(&self) -> String {
        let why = match self.refused().map(|failed| refusing_quota(self.workload, failed)) {
            Some(Some(quota)) => format!("ResourceQuota {quota} refuses the rest"),
            Some(None) => "the rest can't be created".to_owned(),
            None => return format!("{} ({} of {})", self.workload, self.there.ready, self.wanted),
        };
        format!("{} ({} of {}: {why})", self.workload, self.there.ready, self.wanted)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::workload::retry::Failures;

    use super::*;

    fn workload(name: &str) -> Workload {
        Workload { namespace: "shop".to_owned(), kind: "ReplicaSet".to_owned(), name: name.to_owned() }
    }

    /// Says what two of three pods that are there leave to be said of workloads.
    fn said(names: &[&str], failed: &FailedCreations) -> Option<String> {
        let workloads: Vec<_> = names.iter().map(|name| workload(name)).collect();
        let missing = workloads.iter().map(|workload| MissingPods {
            workload,
            there: PodCount { there: 2, ready: 2 },
            wanted: 3,
            failed: Some(failed),
        });
        MissingPods::sentence(&missing.collect::<Vec<_>>())
    }

    #[test]
    fn all_are_named_and_one_that_is_refused_is_explained() {
        let message = |quota: &str| {
            format!("Error creating: pods \"x\" is forbidden: exceeded quota: {quota}, requested: pods=1")
        };
        let failures = |message: String| Failures { message, first: 0, last: 0, count: 1 };
        let of =
            |name: &str, message: String| (("ReplicaSet".to_owned(), name.to_owned()), failures(message));
        let failed = BTreeMap::from([
            of("b", message("small")),
            of("c", message("other")),
            of("d", "Error creating: no".to_owned()),
        ]);
        assert_eq!(said(&[], &failed), None);
        assert_eq!(said(&["a"], &failed).unwrap(), "2 of 3 pods of ReplicaSet shop/a are Ready");
        assert_eq!(
            said(&["a", "b", "c", "d"], &failed).unwrap(),
            "2 of 3 pods of ReplicaSet shop/b are Ready; ResourceQuota small refuses the others: pods \"x\" is forbidden: exceeded quota: small, requested: pods=1; ReplicaSet b tries again by 00:00:01 UTC; others wait, too: ReplicaSet shop/a (2 of 3), ReplicaSet shop/c (2 of 3: ResourceQuota other refuses the rest), ReplicaSet shop/d (2 of 3: the rest can't be created)"
        );
        let many: Vec<_> = ["e", "f", "g", "h", "i", "j", "k"].to_vec();
        assert_eq!(
            said(&many, &failed).unwrap(),
            "2 of 3 pods of ReplicaSet shop/e are Ready; others wait, too: ReplicaSet shop/f (2 of 3), ReplicaSet shop/g (2 of 3), ReplicaSet shop/h (2 of 3), ReplicaSet shop/i (2 of 3) and 2 more"
        );
    }
}
