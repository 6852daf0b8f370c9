//! What is odd about a dump: objects that it has more than once, amounts that no API server stores. Commands say so and
//! go on: many requests make a dump, and an object that is deleted and created again between two of them is in it twice.

use std::collections::HashMap;

use super::{Dump, header::Header};
use crate::model::{Quantities, Resource, ResourceQuota};
use crate::quantity::Quantity;
use crate::{Error, Result};

impl Dump {
    /// As [`Dump::take`]; of several objects with one name the last is taken, and the remarks say so.
    ///
    /// # Errors
    ///
    /// As [`Dump::take`].
    pub fn take_last<K: Resource>(&self, remarks: &mut Vec<String>) -> Result<Vec<K>> {
        Ok(last_of_each_name(self.take()?, remarks))
    }

    /// As [`Dump::require`] and [`Dump::take_last`].
    ///
    /// # Errors
    ///
    /// As [`Dump::require`].
    pub fn require_last<K: Resource>(&self, remarks: &mut Vec<String>) -> Result<Vec<K>> {
        Ok(last_of_each_name(self.require()?, remarks))
    }

    /// Checks that there is an object of a cluster, or a list that would have them, whatever the kind. What is no dump at
    /// all would otherwise be one of a cluster without rules.
    ///
    /// # Errors
    ///
    /// None, with what was found instead.
    pub fn require_any(&self) -> Result<()> {
        // A kubeconfig is an object for kubectl only.
        let is_of_cluster =
            |header: &Header| header.list().is_some() || !matches!(header.kind.as_str(), "" | "Config");
        if self.files.iter().flat_map(|file| &file.headers).any(is_of_cluster) {
            return Ok(());
        }
        let found = match self.kinds() {
            kinds if kinds.is_empty() => "no Kubernetes object".to_owned(),
            kinds => kinds,
        };
        Err(Error::new(format!("no object of a cluster in {}: it holds {found}", self.name)).with_hint(
            "make the dump with: kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns -A -o yaml",
        ))
    }
}

/// Keeps the last of the objects of each name, in their order.
fn last_of_each_name<K: Resource>(objects: Vec<K>, remarks: &mut Vec<String>) -> Vec<K> {
    let name = |object: &K| (object.metadata().namespace.clone(), object.metadata().name.clone());
    let mut last = HashMap::with_capacity(objects.len());
    for (index, object) in objects.iter().enumerate() {
        last.insert(name(object), index);
    }
    if last.len() == objects.len() {
        return objects;
    }
    let is_last = |(index, object): &(usize, K)| {
        let is_last = last.get(&name(object)) == Some(index);
        if !is_last {
            remarks.push(more_than_once(K::KIND, &object.metadata().namespace, &object.metadata().name));
        }
        is_last
    };
    objects.into_iter().enumerate().filter(is_last).map(|(_, object)| object).collect()
}

/// Returns the remark on objects of one name.
pub fn more_than_once(kind: &str, namespace: &str, name: &str) -> String {
    let place = if namespace.is_empty() { name.to_owned() } else { format!("{namespace}/{name}") };
    format!("the dump holds {kind} {place} more than once: the last one is used")
}

/// Returns remarks on amounts of quotas that no API server stores, or that lose their meaning when they are printed.
pub fn impossible_amounts(quotas: &[ResourceQuota]) -> Vec<String> {
    let mut remarks = Vec::new();
    for quota in quotas {
        let fields: [(&str, &Quantities); 3] = [
            ("spec.hard", &quota.spec.hard),
            ("status.hard", &quota.status.hard),
            ("status.used", &quota.status.used),
        ];
        for (field, amounts) in fields {
            for (resource, amount) in amounts {
                let text = amount.as_str();
                // What is no quantity at all is an error of who reads it.
                let parsed = Quantity::parse(text).ok();
                let Some(why) = parsed.and_then(|amount| impossible(&amount, "API server stores")) else {
                    continue;
                };
                let (namespace, name) = (&quota.metadata.namespace, &quota.metadata.name);
                remarks.push(format!(
                    "resourcequota {namespace}/{name}: {field}[{resource}] is {text}, which {why}"
                ));
            }
        }
    }
    remarks
}

/// Returns what is the matter with an amount. `writer` is what would have to have written it.
pub(super) fn impossible(amount: &Quantity, writer: &str) -> Option<String> {
    if amount.is_negative() {
        return Some(format!("no {writer}: amounts are not negative"));
    }
    amount
        .reads_as_another()
        .then(|| format!("is too large to be printed: an API server prints {}", amount.canonical()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn dump(text: &str) -> Dump {
        Dump::from_bytes("f", text.into()).unwrap()
    }

    #[test]
    fn the_last_of_one_name_is_taken_and_the_others_are_named() {
        let quota = |name: &str, pods: &str| json!({"kind": "ResourceQuota", "metadata": {"name": name, "namespace": "n"}, "spec": {"hard": {"pods": pods}}});
        let list = json!({"kind": "List", "items": [quota("a", "1"), quota("b", "2"), quota("a", "3")]});
        let mut remarks = Vec::new();
        let taken = dump(&list.to_string()).take_last::<ResourceQuota>(&mut remarks).unwrap();
        let amounts: Vec<_> = taken.iter().map(|quota| quota.spec.hard["pods"].as_str().to_owned()).collect();
        assert_eq!(amounts, ["2", "3"]);
        assert_eq!(remarks, ["the dump holds ResourceQuota n/a more than once: the last one is used"]);
    }

    #[test]
    fn what_is_no_dump_is_an_error() {
        for (text, found) in [
            ("apiVersion: v1\nkind: Config\nclusters: []\n", "1 Config"),
            ("replicaCount: 3\n", "no Kubernetes object"),
            ("<!DOCTYPE html>\n<html></html>\n", "no Kubernetes object"),
        ] {
            let error = dump(text).require_any().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("error: no object of a cluster in f: it holds {found}\n")),
                "{error}"
            );
            assert!(error.contains("kubectl get quota,"), "{error}");
        }
        for text in ["kind: List\nitems: []\n", "kind: PodList\nitems: []\n", "kind: Widget\n"] {
            assert!(dump(text).require_any().is_ok(), "{text}");
        }
    }

    #[test]
    fn amounts_that_no_server_stores_are_named() {
        let remarks = |amount: &str| {
            let quota =
                json!({"metadata": {"name": "q", "namespace": "n"}, "spec": {"hard": {"pods": amount}}});
            impossible_amounts(&[serde_json::from_value(quota).unwrap()])
        };
        assert_eq!(
            remarks("-5"),
            [
                "resourcequota n/q: spec.hard[pods] is -5, which no API server stores: amounts are not negative"
            ]
        );
        assert_eq!(
            remarks("10000000000000000000000"),
            [
                "resourcequota n/q: spec.hard[pods] is 10000000000000000000000, which is too large to be printed: an API server prints 10"
            ]
        );
        for fine in ["5", "1e400", "0", "9E", "100m"] {
            assert_eq!(remarks(fine), [""; 0], "{fine}");
        }
    }
}
