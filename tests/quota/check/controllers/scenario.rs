//! A namespace with rules, and manifests for it.

use serde_json::{Value, json};
use support::{Random, cluster, complete_namespace, fresh_namespace};

use super::{rules, workloads};
use crate::{objects::list, support::wait_for_status};

/// A namespace with rules, and manifests for it.
pub struct Scenario {
    pub namespace: String,
    labels: Value,
    /// ResourceQuotas and LimitRanges.
    rules: Vec<Value>,
    /// What is in the namespace before.
    present: Vec<Value>,
    pub manifests: Vec<Value>,
}

impl Scenario {
    /// Makes up a scenario, with Pod Security and missing ServiceAccounts where `other_rules` are wanted. The namespace exists
    /// already, the rest is for [`Scenario::set_up`].
    pub fn new(random: &mut Random, other_rules: bool) -> Self {
        let namespace = fresh_namespace("controllers");
        let labels = match other_rules && random.percent(15) {
            true => json!({"pod-security.kubernetes.io/enforce": random.pick(&["baseline", "restricted"])}),
            false => json!({}),
        };
        let mut rules = rules::quotas(random, &namespace);
        rules.extend(rules::limits(random, &namespace));
        let mut manifests = Vec::new();
        for index in 0..1 + random.below(4) {
            manifests.extend(workloads::objects(random, &namespace, &format!("w{index}"), other_rules));
        }
        let mut present = Vec::new();
        if json!(manifests).to_string().contains("resourceClaimTemplateName") {
            let template = workloads::claim_template(random, &namespace);
            if random.percent(50) { present.push(template) } else { manifests.insert(0, template) }
        }
        // Claims of ordinals that were there once: they are used again, and leave gaps.
        for set in manifests.iter().filter(|one| one["kind"] == "StatefulSet") {
            let first = set["spec"]["ordinals"]["start"].as_u64().unwrap_or(0);
            let replicas = set["spec"]["replicas"].as_u64().expect("a number");
            for template in set["spec"]["volumeClaimTemplates"].as_array().into_iter().flatten() {
                for ordinal in (first..first + replicas).filter(|_| random.percent(25)) {
                    let (claim, set) = (&template["metadata"]["name"], &set["metadata"]["name"]);
                    let name = format!(
                        "{}-{}-{ordinal}",
                        claim.as_str().expect("a name"),
                        set.as_str().expect("a name")
                    );
                    present.push(json!({
                        "apiVersion": "v1", "kind": "PersistentVolumeClaim",
                        "metadata": {"name": name, "namespace": namespace}, "spec": template["spec"],
                    }));
                }
            }
        }
        Self { namespace, labels, rules, present, manifests }
    }

    /// Creates the rules, and waits until they are enforced.
    pub fn set_up(&self) {
        let api = cluster().api();
        let namespace = &self.namespace;
        complete_namespace(namespace).expect("a namespace");
        api.merge_patch(
            &format!("/api/v1/namespaces/{namespace}"),
            &json!({"metadata": {"labels": self.labels}}),
        )
        .expect("labels");
        api.create_all(&self.present).expect("what is there before");
        api.create_all(&self.rules).expect("rules");
        for quota in self.rules.iter().filter(|rule| rule["kind"] == "ResourceQuota") {
            let name = quota["metadata"]["name"].as_str().expect("a name");
            self.wait_until_counted(name);
        }
    }

    /// Waits until the controller has taken up a quota, and seen all claims that were there before it.
    fn wait_until_counted(&self, quota: &str) {
        let claims = self.present.iter().filter(|one| one["kind"] == "PersistentVolumeClaim").count();
        wait_for_status(&self.namespace, quota, |status| {
            status["hard"].as_object().is_some_and(|hard| !hard.is_empty())
        });
        let path = format!("/api/v1/namespaces/{}/resourcequotas/{quota}", self.namespace);
        let status = cluster().api().get(&path).expect("the quota")["status"].clone();
        let used = json!({"persistentvolumeclaims": claims.to_string()});
        let counts = |amounts: &str| &status[amounts]["persistentvolumeclaims"];
        if !counts("hard").is_null() && *counts("used") != used["persistentvolumeclaims"] {
            crate::support::wait_until_counted(&self.namespace, quota, &used);
        }
    }

    /// Deletes the namespace, without waiting for its end.
    pub fn clear(&self) {
        cluster().api().delete(&format!("/api/v1/namespaces/{}", self.namespace)).expect("an end");
    }

    /// Returns the manifests as one document.
    pub fn document(&self) -> String {
        list(&self.manifests).to_string()
    }

    /// Returns everything that is needed to see for oneself.
    pub fn report(&self) -> String {
        let all = self.rules.iter().chain(&self.present).chain(&self.manifests);
        let texts: Vec<_> = all.map(|object| format!("---\n{object}")).collect();
        format!("labels {}\n{}", self.labels, texts.join("\n"))
    }
}
