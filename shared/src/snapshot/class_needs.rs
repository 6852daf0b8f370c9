//! Which classes of a cluster decide about objects: those that they name, and defaults where a quota tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ClusterSnapshot, class_objects};
use crate::{
    Result,
    admission::{ClusterFacts, quota_facts::QuotaFacts},
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    manifest::json::text,
    model::kind::{Kind, guessed_plural, kind_of},
    workload::template,
};

/// Classes of one kind that are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Needed {
    names: BTreeSet<String>,
    /// Whether the default is needed, for which all must be read.
    default: bool,
}

/// The classes that decide about some objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ClassNeeds {
    priority: Needed,
    runtime: Needed,
    storage: Needed,
    device: Needed,
}

impl ClassNeeds {
    /// Returns what these objects need in namespaces with quotas by priority class, or by storage class.
    fn of<'a>(objects: impl Iterator<Item = &'a Value>, by_priority: bool, by_storage: bool) -> Self {
        let mut needs = Self::default();
        for object in objects {
            let spec = &object["spec"];
            match text(&object["kind"]) {
                "Pod" => needs.add_pod(spec, by_priority),
                "PersistentVolumeClaim" => needs.add_claim(spec, by_storage),
                "ResourceClaim" => needs.add_devices(spec),
                "ResourceClaimTemplate" => needs.add_devices(&spec["spec"]),
                kind => {
                    let pod = &template(kind, object)["spec"];
                    if pod.is_object() {
                        needs.add_pod(pod, by_priority);
                    }
                    for claim in spec["volumeClaimTemplates"].as_array().into_iter().flatten() {
                        needs.add_claim(&claim["spec"], by_storage);
                    }
                }
            }
        }
        needs
    }

    fn add_pod(&mut self, spec: &Value, by_priority: bool) {
        match text(&spec["priorityClassName"]) {
            "" => {
                // What the pod says itself must be what its class says.
                let says = ["priority", "preemptionPolicy"].iter().any(|field| !spec[*field].is_null());
                self.priority.default |= by_priority || says;
            }
            name if ClusterFacts::SYSTEM_PRIORITY.contains(&name) => {}
            name => drop(self.priority.names.insert(name.to_owned())),
        }
        self.runtime.names.extend(spec["runtimeClassName"].as_str().map(str::to_owned));
        for volume in spec["volumes"].as_array().into_iter().flatten() {
            let claim = &volume["ephemeral"]["volumeClaimTemplate"]["spec"];
            if claim.is_object() {
                self.add_claim(claim, false);
            }
        }
    }

    fn add_devices(&mut self, spec: &Value) {
        for request in spec["devices"]["requests"].as_array().into_iter().flatten() {
            let alternatives = request["firstAvailable"].as_array().into_iter().flatten();
            for one in alternatives.chain(request.get("exactly")) {
                self.device.names.insert(text(&one["deviceClassName"]).to_owned());
            }
        }
    }

    fn add_claim(&mut self, spec: &Value, by_storage: bool) {
        match spec["storageClassName"].as_str() {
            None => self.storage.default |= by_storage,
            Some("") => {}
            Some(name) => drop(self.storage.names.insert(name.to_owned())),
        }
    }
}

/// Returns whether classes of a kind, such as `runtimeclasses`, decide about these objects under these quotas.
pub fn decide_about<'a>(
    resource: &str,
    objects: impl Iterator<Item = &'a Value>,
    quotas: &[QuotaFacts],
) -> bool {
    let by_priority = quotas.iter().any(|quota| quota.names_scope("PriorityClass"));
    let mut limited = quotas.iter().flat_map(|quota| quota.spec_hard.keys().chain(quota.status_hard.keys()));
    let needs = ClassNeeds::of(objects, by_priority, limited.any(|key| key.contains(STORAGE)));
    let needed = match resource {
        "priorityclasses" => needs.priority,
        "runtimeclasses" => needs.runtime,
        "storageclasses" => needs.storage,
        "deviceclasses" => needs.device,
        _ => return true,
    };
    needed.default || !needed.names.is_empty()
}

impl ClusterSnapshot {
    /// Reads the classes that decide about these objects.
    ///
    /// # Errors
    /// Errors other than a refusal, which is noted in `skipped`.
    pub async fn read_classes_of<'a>(
        &mut self,
        client: &Client,
        objects: impl IntoIterator<Item = &'a Value>,
    ) -> Result<()> {
        let (classes, skipped) = self.classes_of(client, objects).await?;
        self.cluster_facts = classes;
        self.skipped.extend(skipped);
        Ok(())
    }

    /// Returns the classes that decide about these objects, with what could not be read.
    pub(super) async fn classes_of<'a>(
        &self,
        client: &Client,
        objects: impl IntoIterator<Item = &'a Value>,
    ) -> Result<(ClusterFacts, Vec<Skipped>)> {
        let objects: Vec<&Value> = objects.into_iter().collect();
        let quotas = || self.namespaces.values().flat_map(|rules| &rules.quotas);
        // A quota among the manifests may tell classes apart as well as one of the cluster.
        let manifests = || objects.iter().filter(|object| object["kind"] == "ResourceQuota");
        let by_priority = quotas().any(|quota| quota.names_scope("PriorityClass"))
            || manifests().any(|quota| quota["spec"].to_string().contains("PriorityClass"));
        // What is enforced may still be what the quota said before.
        let limited = || quotas().flat_map(|quota| quota.spec_hard.keys().chain(quota.status_hard.keys()));
        let by_storage = limited().any(|key| key.contains(STORAGE))
            || manifests().any(|quota| quota["spec"]["hard"].to_string().contains(STORAGE));
        let by_extended = limited().any(|key| names_extended(key))
            || manifests().any(|quota| {
                quota["spec"]["hard"]
                    .as_object()
                    .is_some_and(|hard| hard.keys().any(|key| names_extended(key)))
            });
        let mut needs = ClassNeeds::of(objects.into_iter(), by_priority, by_storage);
        if !by_extended || !self.version().charges_claims_as_extended_resources() {
            needs.device = Needed::default();
        }
        // A claim needs the usage of every limit that stands for a class, whether it asks for devices of the class or not
        // (`MatchingResources` of resource_claims.go).
        needs.device.default = !needs.device.names.is_empty();
        let (priority, runtime, storage, device) = futures::join!(
            read_needed(client, "scheduling.k8s.io", "PriorityClass", needs.priority),
            read_needed(client, "node.k8s.io", "RuntimeClass", needs.runtime),
            read_needed(client, "storage.k8s.io", "StorageClass", needs.storage),
            read_needed(client, "resource.k8s.io", "DeviceClass", needs.device),
        );
        let ((priority, mut skipped), (runtime, of_runtime), (storage, of_storage), (device, of_device)) =
            (priority?, runtime?, storage?, device?);
        skipped.extend(of_runtime);
        skipped.extend(of_storage);
        skipped.extend(of_device);
        let cluster_facts = ClusterFacts {
            priority_classes: priority.as_ref().map(class_objects::priority),
            runtime_classes: runtime.as_ref().map(class_objects::runtime).transpose()?,
            storage_classes: storage.as_ref().map(class_objects::storage),
            device_classes: device.as_ref().map(class_objects::device),
            version: self.version(),
        };
        Ok((cluster_facts, skipped))
    }
}

/// Reads all device classes, each with the extended resource that stands for it; `None` where they may not be listed.
/// A server without the kind has none.
///
/// # Errors
/// Errors other than a refusal, which is noted in `skipped`.
pub async fn device_classes(
    client: &Client,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<BTreeMap<String, String>>> {
    let all = Needed { default: true, ..Needed::default() };
    let (classes, of_classes) = read_needed(client, "resource.k8s.io", "DeviceClass", all).await?;
    skipped.extend(of_classes);
    Ok(classes.as_ref().map(class_objects::device))
}

/// Returns the classes of one kind that are needed, with what could not be read; `None` where one of them could not be.
async fn read_needed(
    client: &Client,
    group: &str,
    kind: &str,
    needed: Needed,
) -> Result<(Option<Vec<Value>>, Vec<Skipped>)> {
    let kind = Kind { namespaced: false, ..kind_of(group, kind, &guessed_plural(kind)) };
    let mut skipped = Vec::new();
    if needed.default {
        let found = match dynamic_list::objects(client, &kind, "", &ListOptions::default()).await {
            // A server without the kind has none.
            Err(error) if error.is_api(404) => Ok(Vec::new()),
            outcome => outcome,
        };
        return Ok((unless_forbidden(found, &mut skipped, "list", &kind.plural, "")?, skipped));
    }
    let mut all = BTreeMap::new();
    let read = client.bounded(needed.names, |name| {
        let path = kind.object_path("", &name);
        async move { (name, client.get_json::<Value>(&path).await) }
    });
    let mut is_complete = true;
    for (name, found) in read.await {
        match found {
            Err(error) if error.is_api(404) => {}
            found => match unless_forbidden(found, &mut skipped, "get", &kind.plural, "")? {
                Some(class) => drop(all.insert(name, class)),
                None => is_complete = false,
            },
        }
    }
    Ok((is_complete.then(|| all.into_values().collect()), skipped))
}

/// Returns whether a quota limits an extended resource by this name, which a device class may stand for.
pub fn names_extended(key: &str) -> bool {
    key.starts_with("requests.") && key.contains('/')
}

/// The middle of the names by which quotas tell storage classes apart.
const STORAGE: &str = ".storageclass.storage.k8s.io/";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ClassNeeds;

    #[test]
    fn nothing_is_needed_that_no_object_names() {
        let web = json!({"kind": "Deployment", "spec": {"template": {"spec": {"containers": []}}}});
        let claim = json!({"kind": "PersistentVolumeClaim", "spec": {}});
        let plain = [&web, &claim];
        assert_eq!(ClassNeeds::of(plain.into_iter(), false, false), ClassNeeds::default());
        let needs = ClassNeeds::of(plain.into_iter(), true, true);
        assert!(needs.priority.default && needs.storage.default && !needs.runtime.default);
    }

    #[test]
    fn what_is_named_is_read_by_name() {
        let pod = json!({"kind": "Pod", "spec": {"priorityClassName": "high", "runtimeClassName": "box"}});
        let system = json!({"kind": "Pod", "spec": {"priorityClassName": "system-node-critical"}});
        let set = json!({"kind": "StatefulSet", "spec": {"volumeClaimTemplates": [{"spec": {"storageClassName": "gold"}}]}});
        let needs = ClassNeeds::of([&pod, &system, &set].into_iter(), true, true);
        let names = |names: std::collections::BTreeSet<String>| names.into_iter().collect::<Vec<_>>();
        assert_eq!(names(needs.priority.names), ["high"]);
        assert_eq!(names(needs.runtime.names), ["box"]);
        assert_eq!(names(needs.storage.names), ["gold"]);
        assert!(!needs.storage.default);
    }
}
