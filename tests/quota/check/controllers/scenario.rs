//! A namespace with rules, and manifests for it.

use serde_json::{Value, json};
use support::{Random, cluster, complete_namespace, fresh_namespace};

use super::{obeyed::wait_until_obeyed, observation::eventually, rules, workloads};
use crate::{
    objects::list,
    support::{count_again, wait_for_status},
};

/// An amount in thousandths.
fn milli(amount: &Value) -> i64 {
    let amount = amount.as_str().and_then(|text| shared::quantity::Quantity::parse(text).ok());
    amount.and_then(|amount| amount.milli_value_ceil()).unwrap_or(0)
}

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
        wait_until_obeyed();
    }

    /// Waits until the controller has taken up a quota, and counted what was there before it: it counts from its cache, and
    /// not again before something changes.
    fn wait_until_counted(&self, quota: &str) {
        wait_for_status(&self.namespace, quota, |status| {
            status["hard"].as_object().is_some_and(|hard| !hard.is_empty())
        });
        let claims = || self.present.iter().filter(|one| one["kind"] == "PersistentVolumeClaim");
        let storage = |claim: &Value| milli(&claim["spec"]["resources"]["requests"]["storage"]);
        let there = [
            ("persistentvolumeclaims", claims().map(|_| 1_000).sum()),
            ("requests.storage", claims().map(storage).sum()),
            // That of the cluster's certificates.
            ("configmaps", 1_000),
        ];
        let path = format!("/api/v1/namespaces/{}/resourcequotas/{quota}", self.namespace);
        let is_counted = eventually(|| {
            let status = cluster().api().get(&path).expect("the quota")["status"].clone();
            let is_counted = |(key, amount): &(&str, i64)| {
                status["hard"][*key].is_null() || milli(&status["used"][*key]) == *amount
            };
            let all = there.iter().all(is_counted);
            if !all {
                count_again(&self.namespace, quota);
            }
            all
        });
        assert!(is_counted, "{}", self.report());
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
