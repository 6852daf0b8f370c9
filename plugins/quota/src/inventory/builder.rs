//! Assigns objects to the inventories of their namespaces, page by page or from a dump.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{
        ClusterFacts, limit_range::LimitRangeFacts, object::PodFacts, quota_facts::QuotaFacts,
        read_object::existing_object,
    },
    client::incomplete::Skipped,
    manifest::{Manifest, json::text, kinds::Kinds},
    model::{LimitRange, Pod, ResourceQuota},
    workload::owner::{Owner, Owners, controller_of, is_controlled_by_workload},
};

use super::{Inventories, Inventory, PodGroup};

/// The inventories of what was read so far.
#[derive(Debug, Default)]
pub struct InventoryBuilder {
    kinds: Kinds,
    now: i64,
    namespaces: BTreeMap<String, Inventory>,
    /// The CronJobs that control Jobs, by namespace.
    cron_jobs: BTreeMap<String, Owners>,
}

impl InventoryBuilder {
    /// Returns a builder without inventories. `now` is in seconds since 1970.
    pub fn new(kinds: Kinds, now: i64) -> Self {
        Self { kinds, now, ..Self::default() }
    }

    /// Returns the inventory of a namespace, which may be new.
    pub fn namespace_mut(&mut self, name: &str) -> &mut Inventory {
        self.namespaces
            .entry(name.to_owned())
            .or_insert_with(|| Inventory { namespace: name.to_owned(), ..Inventory::default() })
    }

    /// Adds a pod.
    ///
    /// # Errors
    /// A quantity that only an edited dump can contain.
    pub fn add_pod(&mut self, pod: &Pod) -> Result<()> {
        let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
        let facts = PodFacts::existing(pod, self.now)
            .map_err(|error| Error::new(format!("pod {namespace}/{name}: {error}")))?;
        let owner = Owner::from_pod(pod);
        let groups = &mut self.namespace_mut(namespace).pods;
        match groups.iter_mut().rfind(|group| group.owner == owner && group.facts == facts) {
            Some(group) => group.count += 1,
            None => groups.push(PodGroup { owner, example: name.clone(), facts, count: 1 }),
        }
        Ok(())
    }

    /// Removes all pods, for a list that starts over.
    pub fn clear_pods(&mut self) {
        self.namespaces.values_mut().for_each(|inventory| inventory.pods.clear());
    }

    /// Adds a quota.
    ///
    /// # Errors
    /// As [`InventoryBuilder::add_pod`].
    pub fn add_quota(&mut self, quota: ResourceQuota) -> Result<()> {
        let quota = QuotaFacts::new(quota)?;
        self.namespace_mut(&quota.namespace.clone()).rules.quotas.push(quota);
        Ok(())
    }

    /// Adds a LimitRange.
    ///
    /// # Errors
    /// As [`InventoryBuilder::add_pod`].
    pub fn add_limit_range(&mut self, range: &LimitRange) -> Result<()> {
        let range = LimitRangeFacts::new(range)?;
        self.namespace_mut(&range.namespace.clone()).rules.limit_ranges.push(range);
        Ok(())
    }

    /// Adds any other object with `apiVersion` and `kind`. Workloads that another one controls are not added.
    ///
    /// # Errors
    /// As [`InventoryBuilder::add_pod`].
    pub fn add_object(&mut self, object: Value) -> Result<()> {
        let kind = self.kinds.find_or_guess(text(&object["apiVersion"]), text(&object["kind"]));
        let metadata = &object["metadata"];
        let (namespace, name) = (text(&metadata["namespace"]).to_owned(), text(&metadata["name"]).to_owned());
        if namespace.is_empty() || !kind.namespaced {
            return Ok(());
        }
        let controller = controller_of(&object).filter(|_| is_controlled_by_workload(&object)).cloned();
        let now = self.now;
        match (kind.group.as_str(), kind.kind.as_str()) {
            ("autoscaling", "HorizontalPodAutoscaler") => {
                self.namespace_mut(&namespace).autoscalers.push(object)
            }
            ("", "Service" | "PersistentVolumeClaim") | ("resource.k8s.io", "ResourceClaim") => {
                let object = existing_object(&kind, &namespace, &name, &object, now).map_err(Error::new)?;
                self.namespace_mut(&namespace).objects.push(object);
            }
            (_, word) if kind.pod_spec_path().is_some() => {
                let inventory = self.namespace_mut(&namespace);
                *inventory.counted.entry(kind.resource()).or_default() += 1;
                match controller {
                    Some(owner) => {
                        let owner = Owner::new(text(&owner["kind"]), text(&owner["name"]));
                        *inventory.children.entry(owner.clone()).or_default() += 1;
                        if word == "Job" && owner.kind == "CronJob" {
                            let jobs = self.cron_jobs.entry(namespace).or_default();
                            jobs.insert(Owner::new("Job", &name), owner);
                        }
                    }
                    None => {
                        let manifest = Manifest::from_object(object, kind, &namespace);
                        self.namespace_mut(&namespace).workloads.push(manifest);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Returns the inventories by namespace.
    pub fn finish(self, cluster_facts: ClusterFacts, skipped: Vec<Skipped>) -> Inventories {
        let Self { mut namespaces, cron_jobs, .. } = self;
        for (namespace, jobs) in &cron_jobs {
            let Some(inventory) = namespaces.get_mut(namespace) else { continue };
            for group in &mut inventory.pods {
                group.owner = std::mem::take(&mut group.owner).top(jobs);
            }
        }
        for inventory in namespaces.values_mut() {
            for group in &mut inventory.pods {
                group.facts = std::mem::take(&mut group.facts).of_version(cluster_facts.version);
            }
            let objects = std::mem::take(&mut inventory.objects).into_iter();
            inventory.objects = objects.map(|object| object.of_version(cluster_facts.version)).collect();
            inventory.workloads.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
            inventory.pods.sort_by(|a, b| (&a.owner, &a.example).cmp(&(&b.owner, &b.example)));
        }
        Inventories {
            namespaces: namespaces.into_values().collect(),
            cluster_facts,
            remarks: Vec::new(),
            uncounted: Vec::new(),
            skipped,
        }
    }
}
