//! The commands that turn the rules of a namespace into others: one for each quota and LimitRange.

use serde_json::{Map, Value, json};
use shared::{
    admission::{limit_range::LimitRangeFacts, simulator::Simulator},
    output::ShellCommand,
    resources::ResourceList,
};

/// A changed quota or LimitRange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// `ResourceQuota` or `LimitRange`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether it does not exist yet.
    pub is_new: bool,
    /// The command that makes the change.
    pub command: String,
}

/// Returns what changes from one set of rules to another: LimitRanges first, whose defaults quotas require.
pub fn changes(before: &Simulator, after: &Simulator, namespace: &str) -> Vec<RuleChange> {
    let (Some(after), before) = (after.namespaces.get(namespace), before.namespaces.get(namespace)) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for range in &after.limit_ranges {
        let present = before.and_then(|rules| rules.limit_ranges.iter().find(|one| one.name == range.name));
        let command = match present {
            None => Some(create_range(range, namespace)),
            Some(present) => change_of_range(present, range, namespace),
        };
        changes.extend(command.map(|command| RuleChange {
            kind: "LimitRange",
            name: range.name.clone(),
            is_new: present.is_none(),
            command,
        }));
    }
    let quotas = before.map(|rules| rules.quotas.as_slice()).unwrap_or_default();
    for (present, quota) in quotas.iter().zip(&after.quotas) {
        let raised: Map<_, _> = quota
            .status_hard
            .iter()
            .filter(|(resource, hard)| present.status_hard.get(*resource).is_some_and(|before| before < hard))
            .map(|(resource, hard)| (resource.clone(), Value::from(hard.canonical())))
            .collect();
        if !raised.is_empty() {
            let patch = json!({"spec": {"hard": raised}});
            let command = patch_of("resourcequota", &quota.name, namespace, "merge", &patch);
            changes.push(RuleChange {
                kind: "ResourceQuota",
                name: quota.name.clone(),
                is_new: false,
                command,
            });
        }
    }
    changes
}

fn patch_of(resource: &str, name: &str, namespace: &str, kind: &str, patch: &Value) -> String {
    ShellCommand::new(["kubectl", "patch", resource])
        .name(name)
        .flag_with("-n", namespace)
        .flag_with("--type", kind)
        .flag_with("-p", patch.to_string())
        .to_string()
}

/// Returns the command that changes bounds and default limits of a LimitRange; `None` where none changes.
fn change_of_range(before: &LimitRangeFacts, after: &LimitRangeFacts, namespace: &str) -> Option<String> {
    let mut operations = Vec::new();
    for (index, (before, after)) in before.items.iter().zip(&after.items).enumerate() {
        let lists = [
            ("min", &before.min, &after.min),
            ("max", &before.max, &after.max),
            ("maxLimitRequestRatio", &before.ratio, &after.ratio),
            ("default", &before.default, &after.default),
        ];
        for (field, before, after) in lists {
            for (resource, bound) in
                after.iter().filter(|(resource, bound)| before.get(*resource) != Some(*bound))
            {
                let key = resource.replace('~', "~0").replace('/', "~1");
                let path = format!("/spec/limits/{index}/{field}/{key}");
                operations.push(json!({"op": "replace", "path": path, "value": bound.canonical()}));
            }
        }
    }
    let patch = Value::from(operations);
    (patch != json!([])).then(|| patch_of("limitrange", &before.name, namespace, "json", &patch))
}

/// Returns the command that creates a LimitRange of defaults.
fn create_range(range: &LimitRangeFacts, namespace: &str) -> String {
    let texts = |list: &ResourceList| -> Map<String, Value> {
        list.iter().map(|(resource, amount)| (resource.clone(), Value::from(amount.canonical()))).collect()
    };
    let items = range.items.iter().map(|item| {
        let mut fields = json!({"type": item.kind});
        // The server takes a default limit for the default request where none is given.
        let requests = item
            .default_request
            .iter()
            .filter(|(resource, amount)| item.default.get(*resource) != Some(*amount));
        let requests: ResourceList =
            requests.map(|(resource, amount)| (resource.clone(), amount.clone())).collect();
        for (field, list) in [("default", &item.default), ("defaultRequest", &requests)] {
            if !list.is_empty() {
                fields[field] = texts(list).into();
            }
        }
        fields
    });
    let manifest = json!({
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": {"name": range.name, "namespace": namespace},
        "spec": {"limits": items.collect::<Vec<_>>()},
    });
    ShellCommand::new(["kubectl", "apply"])
        .flag_with("-n", namespace)
        .flag_with("-f", "-")
        .stdin(manifest.to_string())
        .to_string()
}
