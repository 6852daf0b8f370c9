//! The checks that the level `restricted` adds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Check, Finding,
    baseline::{bad_profiles, masked_proc_mount},
    pod::{Pod, containers, plural, quoted, quoted_set, setters},
};
use crate::manifest::json::text;

/// The checks in the order of their names, in which the server reports them.
pub(super) const CHECKS: &[Check] = &[
    privilege_escalation,
    capabilities,
    |pod, minor| if minor >= 35 { masked_proc_mount(pod, minor) } else { None },
    volumes,
    run_as_non_root,
    run_as_user,
    seccomp,
];

/// Returns whether a check of this level replaces one of `baseline`.
pub(super) fn replaces(check: &str, minor: u32) -> bool {
    match check {
        "capabilities_baseline" => minor >= 22,
        "hostPathVolumes" => true,
        "procMount" => minor >= 35,
        "seccompProfile_baseline" => minor >= 19,
        _ => false,
    }
}

/// Kinds of volumes that are allowed.
const ALLOWED_VOLUMES: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Kinds of volumes that are not, in the order in which the server looks for them.
const RESTRICTED_VOLUMES: &[&str] = &[
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "photonPersistentDisk",
    "portworxVolume",
    "scaleIO",
    "storageos",
];

fn privilege_escalation(pod: &Pod, minor: u32) -> Finding {
    let names = pod.named(|container| container["securityContext"]["allowPrivilegeEscalation"] != false);
    if pod.is_for_windows(minor) || names.is_empty() {
        return None;
    }
    let details = format!("{} must set securityContext.allowPrivilegeEscalation=false", containers(&names));
    Some(("allowPrivilegeEscalation != false".to_owned(), details))
}

fn capabilities(pod: &Pod, minor: u32) -> Finding {
    fn names(container: &Value, list: &str) -> Vec<String> {
        let list = container["securityContext"]["capabilities"][list].as_array().into_iter().flatten();
        list.map(|one| text(one).to_owned()).collect()
    }
    if pod.is_for_windows(minor) || minor < 22 {
        return None;
    }
    let keeping = pod.named(|container| !names(container, "drop").iter().any(|one| one == "ALL"));
    let foreign = |container: &Value| {
        names(container, "add").into_iter().filter(|one| one != "NET_BIND_SERVICE").collect::<Vec<_>>()
    };
    let adding = pod.named(|container| !foreign(container).is_empty());
    let added: BTreeSet<String> = pod.containers.iter().flat_map(|container| foreign(container)).collect();
    let mut details = Vec::new();
    if !keeping.is_empty() {
        details
            .push(format!("{} must set securityContext.capabilities.drop=[\"ALL\"]", containers(&keeping)));
    }
    if !adding.is_empty() {
        let added = quoted(&added.iter().map(String::as_str).collect::<Vec<_>>());
        details.push(format!(
            "{} must not include {added} in securityContext.capabilities.add",
            containers(&adding)
        ));
    }
    (!details.is_empty()).then(|| ("unrestricted capabilities".to_owned(), details.join("; ")))
}

fn volumes(pod: &Pod, _: u32) -> Finding {
    let has =
        |volume: &Value, kinds: &[&'static str]| kinds.iter().copied().find(|kind| !volume[*kind].is_null());
    let volumes = pod.spec["volumes"].as_array().into_iter().flatten();
    let bad: Vec<_> = volumes.filter(|volume| has(volume, ALLOWED_VOLUMES).is_none()).collect();
    if bad.is_empty() {
        return None;
    }
    let names: Vec<_> = bad.iter().map(|volume| text(&volume["name"])).collect();
    let kinds: BTreeSet<&str> =
        bad.iter().map(|volume| has(volume, RESTRICTED_VOLUMES).unwrap_or("unknown")).collect();
    let details = format!(
        "{} {} {} {} {}",
        plural("volume", names.len()),
        quoted(&names),
        if names.len() == 1 { "uses" } else { "use" },
        plural("restricted volume type", kinds.len()),
        quoted_set(&kinds)
    );
    Some(("restricted volume types".to_owned(), details))
}

fn run_as_non_root(pod: &Pod, minor: u32) -> Finding {
    if pod.has_own_users(minor) {
        return None;
    }
    let of = |context: &Value| context["runAsNonRoot"].as_bool();
    let of_pod = of(pod.context());
    let reason = "runAsNonRoot != true".to_owned();
    let refusing = pod.named(|container| of(&container["securityContext"]) == Some(false));
    if let Some(setters) = setters(of_pod == Some(false), &refusing) {
        return Some((reason, format!("{setters} must not set securityContext.runAsNonRoot=false")));
    }
    let silent = pod.named(|container| of(&container["securityContext"]).is_none());
    (of_pod != Some(true) && !silent.is_empty()).then(|| {
        (reason, format!("pod or {} must set securityContext.runAsNonRoot=true", containers(&silent)))
    })
}

fn run_as_user(pod: &Pod, minor: u32) -> Finding {
    if pod.has_own_users(minor) || minor < 23 {
        return None;
    }
    let is_root = |context: &Value| context["runAsUser"] == 0;
    let names = pod.named(|container| is_root(&container["securityContext"]));
    let setters = setters(is_root(pod.context()), &names)?;
    Some(("runAsUser=0".to_owned(), format!("{setters} must not set runAsUser=0")))
}

fn seccomp(pod: &Pod, minor: u32) -> Finding {
    if pod.is_for_windows(minor) || minor < 19 {
        return None;
    }
    let reason = "seccompProfile".to_owned();
    let (setters, types) = bad_profiles(pod, "seccompProfile");
    if let Some(setters) = setters {
        let types = quoted_set(&types);
        return Some((
            reason,
            format!("{setters} must not set securityContext.seccompProfile.type to {types}"),
        ));
    }
    let is_set = |context: &Value| context["seccompProfile"].is_object();
    let silent = pod.named(|container| !is_set(&container["securityContext"]));
    (!is_set(pod.context()) && !silent.is_empty()).then(|| {
        let details = format!(
            "pod or {} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
            containers(&silent)
        );
        (reason, details)
    })
}
