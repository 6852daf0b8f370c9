//! The rules about quotas.

use shared::{
    admission::{
        NamespaceFacts,
        evaluator::counted_resources,
        quota_facts::{QuotaFacts, SCOPES},
        resource_names::{canonical, is_enforceable},
    },
    output::Finding,
};

use crate::lint_rules::{
    MUST_SPECIFY, NEVER_COUNTED, NO_LIMITS, NO_PRIORITY_CLASS, NO_QUOTA, NOT_COUNTED, NOT_ENFORCED,
    NOT_IN_SCOPE, NOT_SERVED, SCOPES_EXCLUDE, SHADOWED, Subject, UNKNOWN_SCOPE, ZERO,
};

use super::{facts::Facts, names::meant};

/// Namespaces that Kubernetes itself makes.
const SYSTEM: [&str; 3] = ["kube-system", "kube-public", "kube-node-lease"];

/// Names of quotas that every container must set, and how a LimitRange calls them: a default limit or request.
const MUST_SET: [(&str, bool, &str); 6] = [
    ("cpu", false, "cpu"),
    ("requests.cpu", false, "cpu"),
    ("limits.cpu", true, "cpu"),
    ("memory", false, "memory"),
    ("requests.memory", false, "memory"),
    ("limits.memory", true, "memory"),
];

/// Returns the findings about quotas, and about namespaces without any.
pub fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (namespace, rules) in &facts.namespaces {
        for quota in &rules.quotas {
            of_quota(quota, facts, &mut found);
            shadowed(quota, rules, &mut found);
            must_specify(quota, rules, &mut found);
        }
        if rules.quotas.is_empty() && !facts.existing_namespaces.contains(namespace) {
            without_quota(namespace, facts, &mut found);
        }
    }
    for namespace in &facts.existing_namespaces {
        let has_quota = facts.namespaces.get(namespace).is_some_and(|rules| !rules.quotas.is_empty());
        if !has_quota && !SYSTEM.contains(&namespace.as_str()) {
            without_quota(namespace, facts, &mut found);
        }
    }
    found
}

fn without_quota(namespace: &str, facts: &Facts, found: &mut Vec<Finding>) {
    let subject = Subject { namespace: None, kind: "Namespace", name: namespace, key: "" };
    found.push(NO_QUOTA.found(
        subject,
        format!("namespace {namespace} has no ResourceQuota"),
        // Where nothing runs there is nothing to size a quota by.
        match facts.workloads.iter().any(|workload| workload.namespace == namespace) {
            true => format!("kubectl quota recommend -n {namespace}"),
            false => format!("kubectl quota create -n {namespace}"),
        },
    ));
}

fn subject<'a>(quota: &'a QuotaFacts, key: &'a str) -> Subject<'a> {
    Subject { namespace: Some(&quota.namespace), kind: "ResourceQuota", name: &quota.name, key }
}

fn of_quota(quota: &QuotaFacts, facts: &Facts, found: &mut Vec<Finding>) {
    if quota.spec_hard.is_empty() {
        let fix = "set spec.hard, or delete the quota".to_owned();
        found.push(NO_LIMITS.found(subject(quota, ""), "spec.hard is empty".to_owned(), fix));
    }
    scopes(quota, facts, found);
    for (name, hard) in &quota.spec_hard {
        let subject = subject(quota, name);
        if !is_enforceable(name) {
            let fix = match meant(name) {
                Some(right) => format!("use {right}"),
                None => "remove it, or correct the name".to_owned(),
            };
            found.push(NEVER_COUNTED.found(subject, format!("nothing counts {name}"), fix));
            continue;
        }
        let resources = counted_resources(name);
        if let Some(resource) = resources.iter().find(|resource| facts.unserved.contains(*resource)) {
            let fix = format!("correct the name, or install what serves {resource}");
            found.push(NOT_SERVED.found(subject, format!("the server does not serve {resource}"), fix));
            continue;
        }
        if is_out_of_scope(quota, &resources) {
            let message = format!("{name} is never counted under the scopes {}", quota.scopes.join(", "));
            found.push(NOT_IN_SCOPE.found(subject, message, "move it to a quota without scopes".to_owned()));
            continue;
        }
        match (quota.status_hard.get(name), quota.used.get(name)) {
            (Some(enforced), _) if enforced != hard => {
                let message = format!("{enforced} is enforced, not {hard}");
                found.push(NOT_ENFORCED.found(subject, message, controller()));
            }
            (None, _) => {
                found.push(NOT_ENFORCED.found(subject, format!("{name} is not enforced"), controller()));
            }
            (Some(_), None) => {
                let message = format!("{name} has no count, so requests that need it are refused");
                found.push(NOT_COUNTED.found(subject, message, controller()));
            }
            _ => {}
        }
        if hard.is_zero() {
            let fix = "raise it, or remove it if nothing is to be refused".to_owned();
            found.push(ZERO.found(
                subject,
                format!("{name} is 0: every request that needs it is refused"),
                fix,
            ));
        }
    }
}

fn controller() -> String {
    "check that kube-controller-manager runs; any change of spec.hard makes it count again".to_owned()
}

/// Returns whether scopes exclude everything that a name counts.
fn is_out_of_scope(quota: &QuotaFacts, resources: &[String]) -> bool {
    let is_scope = |scope: &str| quota.requirements.iter().any(|one| one.scope == scope);
    let of_claims = quota.requirements.iter().all(|one| one.scope == "VolumeAttributesClass");
    let can_match = |resource: &String| match resource.as_str() {
        "pods" => !is_scope("VolumeAttributesClass"),
        "persistentvolumeclaims" => of_claims,
        _ => false,
    };
    !quota.requirements.is_empty() && !resources.iter().any(can_match)
}

fn scopes(quota: &QuotaFacts, facts: &Facts, found: &mut Vec<Finding>) {
    let has = |scope: &str| quota.requirements.iter().any(|one| one.scope == scope);
    for (one, other) in [("Terminating", "NotTerminating"), ("BestEffort", "NotBestEffort")] {
        if has(one) && has(other) {
            let message = format!("scopes {one} and {other} exclude each other");
            let fix = "make a quota for each scope".to_owned();
            found.push(SCOPES_EXCLUDE.found(subject(quota, "scopes"), message, fix));
        }
    }
    for requirement in &quota.requirements {
        let scope = requirement.scope.as_str();
        if !requirement.is_known() {
            let (message, fix) = match SCOPES.contains(&scope) {
                true => (
                    format!("nothing knows operator {} of scope {scope}", requirement.operator),
                    "use one of In, NotIn, Exists, DoesNotExist".to_owned(),
                ),
                false => {
                    (format!("nothing knows scope {scope}"), format!("use one of {}", SCOPES.join(", ")))
                }
            };
            found.push(UNKNOWN_SCOPE.found(subject(quota, scope), message, fix));
        }
        let Some(classes) = facts.priority_classes.as_ref().filter(|_| scope == "PriorityClass") else {
            continue;
        };
        let missing = requirement.values.iter().filter(|value| !classes.contains(*value));
        for value in missing.filter(|_| requirement.operator == "In") {
            let message = format!("PriorityClass {value} does not exist");
            let fix = format!("create it, or name one of {}", list(classes));
            found.push(NO_PRIORITY_CLASS.found(subject(quota, scope), message, fix));
        }
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().cloned().collect::<Vec<_>>().join(", ")
}

/// Finds limits that a tighter quota makes meaningless.
fn shadowed(quota: &QuotaFacts, rules: &NamespaceFacts, found: &mut Vec<Finding>) {
    if !quota.requirements.is_empty() {
        return;
    }
    for (name, hard) in &quota.spec_hard {
        let tighter = rules.quotas.iter().filter(|other| other.requirements.is_empty()).find_map(|other| {
            let same = |one: &&String| canonical(one) == canonical(name);
            let (key, amount) = other.spec_hard.iter().find(|(key, _)| same(key))?;
            let is_itself = other.name == quota.name && key == name;
            // Of two that are the same, the first by name counts.
            let is_tighter = amount < hard || (amount == hard && (&other.name, key) < (&quota.name, name));
            (is_tighter && !is_itself).then(|| (other.name.clone(), key.clone(), amount.clone()))
        });
        if let Some((other, key, amount)) = tighter {
            let message = format!("{name} of {hard} never decides: quota {other} limits {key} to {amount}");
            let fix = "remove one of the two".to_owned();
            found.push(SHADOWED.found(subject(quota, name), message, fix));
        }
    }
}

/// Finds resources that containers must set and that nothing sets for them.
fn must_specify(quota: &QuotaFacts, rules: &NamespaceFacts, found: &mut Vec<Finding>) {
    for (name, is_limit, resource) in MUST_SET {
        if !quota.spec_hard.contains_key(name) {
            continue;
        }
        let items = || rules.limit_ranges.iter().flat_map(|range| &range.items);
        let has_default = items().filter(|item| item.kind == "Container").any(|item| {
            let defaults = if is_limit { &item.default } else { &item.default_request };
            defaults.contains_key(resource)
        });
        if !has_default {
            let message = format!("containers that do not set {name} are refused, and no LimitRange sets it");
            let fix = format!("kubectl quota recommend -n {}", quota.namespace);
            found.push(MUST_SPECIFY.found(subject(quota, name), message, fix));
        }
    }
}
