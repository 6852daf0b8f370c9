//! Everything that a drain may not leave otherwise than it was.

use std::{
    collections::BTreeMap,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::cluster;

use super::setting::Setting;

/// The collections of a namespace that are compared. Pods come and go; what asks for them does not.
const COLLECTIONS: [&str; 12] = [
    "api/v1/configmaps",
    "api/v1/limitranges",
    "api/v1/persistentvolumeclaims",
    "api/v1/resourcequotas",
    "api/v1/secrets",
    "api/v1/serviceaccounts",
    "api/v1/services",
    "apis/apps/v1/daemonsets",
    "apis/apps/v1/deployments",
    "apis/apps/v1/replicasets",
    "apis/apps/v1/statefulsets",
    "apis/policy/v1/poddisruptionbudgets",
];

/// How long controllers may take to follow.
const PATIENCE: Duration = Duration::from_secs(60);

/// What there is in a setting: each object with what its users have written of it, by its path.
#[derive(Debug, PartialEq)]
pub struct Objects {
    written: BTreeMap<String, Value>,
    nodes: usize,
}

impl Objects {
    /// Reads all objects of the setting's namespace, and its first nodes, with cordons and annotations.
    pub fn read(setting: &Setting, nodes: usize) -> Self {
        let mut written = BTreeMap::new();
        for collection in COLLECTIONS {
            let (version, plural) = collection.rsplit_once('/').expect("a version and a plural");
            let path = format!("/{version}/namespaces/{}/{plural}", setting.namespace);
            let list = cluster().api().get(&path).expect("a list");
            for object in list["items"].as_array().expect("items") {
                let name = object["metadata"]["name"].as_str().expect("a name");
                written.insert(format!("{path}/{name}"), of_users(object));
            }
        }
        for number in 1..=nodes {
            written.insert(setting.node_path(number), of_users(&setting.node_now(number)));
        }
        Self { written, nodes }
    }

    /// Waits until all is again as it was.
    pub fn assert_again(&self, setting: &Setting, about: &str) {
        let start = Instant::now();
        loop {
            let now = Self::read(setting, self.nodes);
            if now == *self {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{}\n{about}", self.differences(&now));
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn differences(&self, now: &Self) -> String {
        let paths: std::collections::BTreeSet<_> = self.written.keys().chain(now.written.keys()).collect();
        let differing = paths.into_iter().filter(|path| self.written.get(*path) != now.written.get(*path));
        let said = differing.map(|path| {
            format!("{path}\nwas {:#?}\nis {:#?}", self.written.get(path), now.written.get(path))
        });
        said.collect::<Vec<_>>().join("\n")
    }
}

/// Returns what is not of the server or of controllers.
fn of_users(object: &Value) -> Value {
    let metadata = &object["metadata"];
    let mut annotations = metadata["annotations"].clone();
    if let Some(all) = annotations.as_object_mut() {
        // The Deployment's controller keeps its sums here, and leaves those of old ReplicaSets as they were.
        all.retain(|name, _| !name.starts_with("deployment.kubernetes.io/"));
    }
    json!({
        "labels": metadata["labels"], "annotations": annotations, "owners": metadata["ownerReferences"],
        "finalizers": metadata["finalizers"], "deleted": metadata["deletionTimestamp"],
        "spec": object["spec"], "data": object["data"], "uid": metadata["uid"],
    })
}
