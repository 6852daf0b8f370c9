//! ELB-GIT: who else writes the Service.

use serde_json::Value;
use shared::model::Service;

use super::{facts::Facts, report::Report};
use crate::keys;

/// The annotation in which `kubectl apply` keeps what it wrote last.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Checks a Service.
pub fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(live) = &facts.case.live else { return };
    if let Some((owner, place)) = owner(live) {
        report.add(
            "ELB-GIT-001",
            "",
            format!("the Service is managed by {owner}"),
            format!("change it there: {place}"),
        );
    }
    let text = live.annotations.get(LAST_APPLIED).map_or("", String::as_str);
    let applied: Value = serde_json::from_str(text).unwrap_or_default();
    // A file is applied itself.
    if facts.case.source.is_some() {
        return;
    }
    for (key, value) in applied["metadata"]["annotations"].as_object().into_iter().flatten() {
        let now = facts.service.annotations.get(key).map(String::as_str);
        if keys::is_ours(key) && now != value.as_str() {
            report.add(
                "ELB-GIT-002",
                key,
                "the next kubectl apply writes another value back",
                "change the file that is applied, too",
            );
            report.because(format!("{LAST_APPLIED} has {value}"));
        }
    }
}

/// Returns who manages a Service, and where, by the labels and annotations that tools leave.
pub fn owner(live: &Service) -> Option<(String, String)> {
    let annotation = |key: &str| live.annotations.get(key).filter(|value| !value.is_empty());
    let label = |key: &str| live.metadata.labels.get(key).filter(|value| !value.is_empty());
    if let Some(release) = label("helm.toolkit.fluxcd.io/name") {
        return Some((
            format!("Flux, HelmRelease {release}"),
            format!("the values of HelmRelease {release}"),
        ));
    }
    if let Some(name) = label("kustomize.toolkit.fluxcd.io/name") {
        return Some((format!("Flux, Kustomization {name}"), format!("the source of Kustomization {name}")));
    }
    if let Some(id) = annotation("argocd.argoproj.io/tracking-id") {
        let application = id.split(':').next().unwrap_or(id);
        return Some((
            format!("Argo CD, Application {application}"),
            format!("the source of Application {application}"),
        ));
    }
    if let Some(instance) =
        label("argocd.argoproj.io/instance").or_else(|| annotation("argocd.argoproj.io/instance"))
    {
        return Some((
            format!("Argo CD, Application {instance}"),
            format!("the source of Application {instance}"),
        ));
    }
    if label("app.kubernetes.io/managed-by").is_some_and(|by| by == "Helm")
        && let Some(release) = annotation("meta.helm.sh/release-name")
    {
        return Some((format!("Helm, release {release}"), format!("the values of release {release}")));
    }
    let owner = live.metadata.owner_references.first()?;
    Some((format!("{} {}", owner.kind, owner.name), format!("{} {}", owner.kind, owner.name)))
}
