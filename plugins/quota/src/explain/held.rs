//! Objects that hold what quotas count, and whose they are.

use std::collections::{BTreeMap, BTreeSet};

use shared::quantity::Quantity;

use super::explanation::{Holder, Owner};
use crate::{admission::matches, evaluator::usage, facts::Object, quota_facts::QuotaFacts};

/// An object that is there.
#[derive(Clone, Debug)]
pub struct Held {
    /// Whose it is: its top controller, or itself.
    pub owner: Owner,
    /// The object.
    pub object: Object,
    /// Whether nothing would miss it: a finished pod or Job, a ReplicaSet without pods.
    pub spare: bool,
}

/// Who controls whom, by kind and name.
pub type Owners = BTreeMap<Owner, Owner>;

/// The one at the top: of a ReplicaSet its Deployment, of a Job its CronJob.
pub fn top(owner: Owner, owners: &Owners) -> Owner {
    let mut top = owner;
    // Two steps lead from a pod to a CronJob; a circle in a dump must not catch us.
    for _ in 0..4 {
        match owners.get(&top) {
            Some(above) => top = above.clone(),
            None => break,
        }
    }
    top
}

/// What a resource of a quota is held by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Pods.
    Pods,
    /// Claims of volumes.
    Claims,
    /// Services.
    Services,
    /// Objects that count as one each, `jobs.batch`.
    Objects(String),
}

/// Who holds this resource.
pub fn source(resource: &str) -> Source {
    let name = resource.strip_prefix("count/");
    match name.unwrap_or(resource) {
        "pods" => Source::Pods,
        "persistentvolumeclaims" => Source::Claims,
        "services" | "services.nodeports" | "services.loadbalancers" => Source::Services,
        "configmaps" | "replicationcontrollers" | "resourcequotas" | "secrets" => {
            Source::Objects(name.unwrap_or(resource).to_owned())
        }
        counted if name.is_some() => Source::Objects(counted.to_owned()),
        "requests.storage" => Source::Claims,
        of_class if of_class.contains(".storageclass.storage.k8s.io/") => Source::Claims,
        devices if devices.ends_with(".deviceclass.resource.k8s.io/devices") => {
            Source::Objects("resourceclaims.resource.k8s.io".to_owned())
        }
        _ => Source::Pods,
    }
}

/// What is held of one resource of a quota, the largest part first.
pub fn holders(quota: &QuotaFacts, resource: &str, held: &[Held]) -> Vec<Holder> {
    let mut parts: BTreeMap<&Owner, (usize, Quantity)> = BTreeMap::new();
    for one in held.iter().filter(|one| matches(quota, &one.object)) {
        let usage = usage(&one.object);
        let Some(amount) = usage.get(resource).filter(|amount| !amount.is_zero()) else { continue };
        let (objects, used) = parts.entry(&one.owner).or_insert((0, Quantity::ZERO));
        *objects += 1;
        *used += amount;
    }
    let total = quota.used.get(resource).cloned().unwrap_or_default();
    let unit = quota.status_hard.get(resource).cloned().unwrap_or_default();
    let mut holders: Vec<_> = parts
        .into_iter()
        .map(|(owner, (objects, used))| Holder {
            quota: quota.name.clone(),
            resource: resource.to_owned(),
            owner: owner.clone(),
            objects,
            share: Holder::share_of(&used, &total),
            used: used.in_format_of(&unit),
        })
        .collect();
    holders.sort_by(|one, other| other.used.cmp(&one.used).then_with(|| one.owner.cmp(&other.owner)));
    holders
}

/// A sentence where the server counts other than what is there.
pub fn difference(quota: &QuotaFacts, resource: &str, holders: &[Holder]) -> Option<String> {
    let counted = quota.used.get(resource)?;
    let found: Quantity = holders.iter().map(|holder| &holder.used).sum();
    let found = found.in_format_of(counted);
    (found != *counted).then(|| {
        format!(
            "quota {}: {resource} is counted as {counted}, and what is there adds up to {found}",
            quota.name
        )
    })
}

/// The sources of these resources, each once.
pub fn sources<'a>(resources: impl Iterator<Item = &'a str>) -> BTreeSet<Source> {
    resources.map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::{Owner, Owners, Source, source, top};

    #[test]
    fn resources_are_held_by_what_their_evaluator_looks_at() {
        for resource in [
            "pods",
            "count/pods",
            "cpu",
            "requests.nvidia.com/gpu",
            "limits.memory",
            "requests.hugepages-2Mi",
        ] {
            assert_eq!(source(resource), Source::Pods, "{resource}");
        }
        for resource in [
            "requests.storage",
            "count/persistentvolumeclaims",
            "gold.storageclass.storage.k8s.io/requests.storage",
        ] {
            assert_eq!(source(resource), Source::Claims, "{resource}");
        }
        assert_eq!(source("services.nodeports"), Source::Services);
        assert_eq!(source("count/replicasets.apps"), Source::Objects("replicasets.apps".to_owned()));
        assert_eq!(source("secrets"), Source::Objects("secrets".to_owned()));
        assert_eq!(
            source("count/services.serving.knative.dev"),
            Source::Objects("services.serving.knative.dev".to_owned())
        );
    }

    #[test]
    fn owners_are_followed_to_the_top_and_never_in_circles() {
        let (job, cron) = (Owner::new("Job", "b-1"), Owner::new("CronJob", "b"));
        let owners = Owners::from([(job.clone(), cron.clone())]);
        assert_eq!(top(job.clone(), &owners), cron);
        let circle = Owners::from([(job.clone(), cron.clone()), (cron, job.clone())]);
        assert_eq!(top(job.clone(), &circle), job);
    }
}
