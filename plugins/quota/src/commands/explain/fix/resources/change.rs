//! New requests and limits of containers, and the command that sets them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{manifest::json::text, output::ShellCommand};

use crate::commands::explain::namespace_snapshot::{kind, metadata_text};

pub(super) const REQUESTS: &str = "requests";
pub(super) const LIMITS: &str = "limits";

/// New amounts by container, then by `requests` or `limits`, then by resource.
#[derive(Clone, Debug, Default)]
pub(super) struct ResourceChange(BTreeMap<String, BTreeMap<&'static str, BTreeMap<String, String>>>);

impl ResourceChange {
    /// Returns whether it changes nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets one amount.
    pub(super) fn set(&mut self, container: &str, list: &'static str, resource: &str, amount: &str) {
        let lists = self.0.entry(container.to_owned()).or_default();
        lists.entry(list).or_default().insert(resource.to_owned(), amount.to_owned());
    }

    /// Returns a workload with these amounts. `is_cron_job` says that a CronJob is changed, some of whose Jobs may be
    /// among the workloads.
    pub(super) fn applied_to(&self, workload: &Value, is_cron_job: bool) -> Value {
        let mut workload = workload.clone();
        let path = match is_cron_job && workload["spec"]["jobTemplate"].is_object() {
            true => "/spec/jobTemplate/spec/template/spec",
            false => "/spec/template/spec",
        };
        for list in ["containers", "initContainers"] {
            let containers = workload.pointer_mut(path).and_then(|spec| spec[list].as_array_mut());
            for container in containers.into_iter().flatten() {
                let name = text(&container["name"]).to_owned();
                for (list, amounts) in self.0.get(&name).into_iter().flatten() {
                    for (resource, amount) in amounts {
                        container["resources"][*list][resource] = json!(amount);
                    }
                }
            }
        }
        workload
    }

    /// Returns the `kubectl set resources` commands, one for all containers with the same amounts.
    pub(super) fn command(&self, workload: &Value, namespace: &str) -> String {
        let mut alike: BTreeMap<&BTreeMap<_, _>, Vec<&str>> = BTreeMap::new();
        for (container, lists) in &self.0 {
            alike.entry(lists).or_default().push(container);
        }
        let commands = alike.into_iter().map(|(lists, containers)| {
            let kind = kind(workload).to_lowercase();
            let command =
                ShellCommand::new(["kubectl".to_owned(), "set".to_owned(), "resources".to_owned(), kind])
                    .name(metadata_text(workload, "name"))
                    .flag_with("-n", namespace)
                    .flag_with("-c", containers.join(","));
            let command = lists.iter().fold(command, |command, (list, amounts)| {
                let pairs: Vec<_> =
                    amounts.iter().map(|(resource, amount)| format!("{resource}={amount}")).collect();
                command.flag(format!("--{list}={}", pairs.join(",")))
            });
            command.to_string()
        });
        commands.collect::<Vec<_>>().join(" && ")
    }
}
