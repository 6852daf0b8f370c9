//! Applies printed commands to a dump.

use serde_json::Value;

use super::namespace::{Namespace, TEAM};

/// Returns the namespace as it is once a command has done its work; `None` for commands whose work takes controllers.
pub fn applied(namespace: &Namespace, commands: &str) -> Option<Namespace> {
    let mut next = namespace.clone();
    for command in commands.split(" && ").filter(|command| !command.is_empty()) {
        apply(&mut next, command)?;
    }
    (!commands.is_empty()).then_some(next)
}

fn apply(namespace: &mut Namespace, command: &str) -> Option<()> {
    let rest = command.strip_prefix("kubectl patch ")?;
    let (what, patch) = rest.split_once(&format!(" -n {TEAM} --type "))?;
    let (kind, name) = what.split_once(' ')?;
    let (method, patch) = patch.split_once(" -p ")?;
    let patch: Value = serde_json::from_str(patch.trim_matches('\'')).ok()?;
    match (kind, method) {
        ("resourcequota", "merge") => {
            let hard = patch["spec"]["hard"].as_object()?.clone();
            *namespace = namespace.with_hard(name, &hard);
        }
        ("limitrange", "json") => {
            let ranges = namespace.objects.iter_mut();
            let range = ranges
                .filter(|one| one["kind"] == "LimitRange")
                .find(|one| one["metadata"]["name"] == *name)?;
            for operation in patch.as_array()? {
                *range.pointer_mut(operation["path"].as_str()?)? = operation["value"].clone();
            }
        }
        ("deployment" | "daemonset", "merge") => {
            let is_it = |one: &&mut Value| {
                one["kind"].as_str().is_some_and(|one| one.to_lowercase() == kind)
                    && one["metadata"]["name"] == *name
            };
            for found in namespace.objects.iter_mut().chain(&mut namespace.subjects).filter(is_it) {
                for (field, value) in patch["spec"].as_object()? {
                    if field != "strategy" && field != "updateStrategy" {
                        return None;
                    }
                    found["spec"][field] = value.clone();
                }
            }
        }
        _ => return None,
    }
    Some(())
}
