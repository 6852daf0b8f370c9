//! The checks of the level `baseline`, by name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Check, Finding,
    pod::{Pod, containers, plural, quoted, quoted_set, setters},
};
use crate::manifest::json::text;

/// The checks in the order of their names, in which the server reports them.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("appArmorProfile", app_armor),
    ("capabilities_baseline", capabilities),
    ("hostNamespaces", host_namespaces),
    ("hostPathVolumes", host_paths),
    ("hostPorts", host_ports),
    ("hostProbesAndHostLifecycle", probe_hosts),
    ("privileged", privileged),
    ("procMount", proc_mount),
    ("seLinuxOptions", se_linux),
    ("seccompProfile_baseline", seccomp),
    ("sysctls", sysctls),
    ("windowsHostProcess", windows_host_process),
];

const CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Sysctls, and since when they are allowed.
const SYSCTLS: &[(&str, u32)] = &[
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
];

fn found(reason: &str, details: String) -> Finding {
    Some((reason.to_owned(), details))
}

/// Returns the items of a list.
fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Returns who sets a profile of a type that is not allowed, and which types.
pub(super) fn bad_profiles<'a>(pod: &Pod<'a>, field: &str) -> (Option<String>, BTreeSet<&'a str>) {
    let type_of = |context: &'a Value| {
        let profile = &context[field];
        let allowed = ["RuntimeDefault", "Localhost"].contains(&text(&profile["type"]));
        (profile.is_object() && !allowed).then(|| text(&profile["type"]))
    };
    let of_pod = type_of(pod.context());
    let of_containers = pod
        .containers
        .iter()
        .filter_map(|container| Some((text(&container["name"]), type_of(&container["securityContext"])?)));
    let (names, mut types): (Vec<&str>, BTreeSet<&str>) = of_containers.unzip();
    types.extend(of_pod);
    (setters(of_pod.is_some(), &names), types)
}

fn app_armor(pod: &Pod, _: u32) -> Finding {
    let (setters, types) = bad_profiles(pod, "appArmorProfile");
    let allowed =
        |value: &str| value.is_empty() || value == "runtime/default" || value.starts_with("localhost/");
    let annotations = pod.metadata["annotations"].as_object().into_iter().flatten();
    let mut annotations: Vec<_> = annotations
        .filter(|(key, value)| {
            key.starts_with("container.apparmor.security.beta.kubernetes.io/") && !allowed(text(value))
        })
        .map(|(key, value)| format!("{key}={:?}", text(value)))
        .collect();
    annotations.sort();
    let own = (!annotations.is_empty()).then(|| plural("annotation", annotations.len()));
    let setters: Vec<_> = setters.into_iter().chain(own).collect();
    if setters.is_empty() {
        return None;
    }
    let values: Vec<_> = types.into_iter().chain(annotations.iter().map(String::as_str)).collect();
    found(
        &plural("forbidden AppArmor profile", values.len()),
        format!("{} must not set AppArmor profile type to {}", setters.join(" and "), quoted(&values)),
    )
}

fn capabilities(pod: &Pod, _: u32) -> Finding {
    fn foreign(container: &Value) -> impl Iterator<Item = &str> {
        let added = items(&container["securityContext"]["capabilities"]["add"]).map(text);
        added.filter(|one| !CAPABILITIES.contains(one))
    }
    let names = pod.named(|container| foreign(container).next().is_some());
    let all: BTreeSet<&str> = pod.containers.iter().flat_map(|container| foreign(container)).collect();
    if names.is_empty() {
        return None;
    }
    let details = format!(
        "{} must not include {} in securityContext.capabilities.add",
        containers(&names),
        quoted_set(&all)
    );
    found("non-default capabilities", details)
}

fn host_namespaces(pod: &Pod, _: u32) -> Finding {
    let fields = ["hostNetwork", "hostPID", "hostIPC"].into_iter().filter(|field| pod.spec[*field] == true);
    let set: Vec<_> = fields.map(|field| format!("{field}=true")).collect();
    if set.is_empty() { None } else { found("host namespaces", set.join(", ")) }
}

fn host_paths(pod: &Pod, _: u32) -> Finding {
    let volumes = items(&pod.spec["volumes"]).filter(|volume| !volume["hostPath"].is_null());
    let names: Vec<_> = volumes.map(|volume| text(&volume["name"])).collect();
    if names.is_empty() {
        return None;
    }
    found("hostPath volumes", format!("{} {}", plural("volume", names.len()), quoted(&names)))
}

fn host_ports(pod: &Pod, _: u32) -> Finding {
    fn ports(container: &Value) -> impl Iterator<Item = i64> {
        items(&container["ports"]).filter_map(|port| port["hostPort"].as_i64()).filter(|port| *port != 0)
    }
    let names = pod.named(|container| ports(container).next().is_some());
    let all: BTreeSet<String> =
        pod.containers.iter().flat_map(|container| ports(container)).map(|port| port.to_string()).collect();
    if names.is_empty() {
        return None;
    }
    let (verb, word) = (if names.len() == 1 { "uses" } else { "use" }, plural("hostPort", all.len()));
    let all: Vec<_> = all.into_iter().collect();
    found("hostPort", format!("{} {verb} {word} {}", containers(&names), all.join(", ")))
}

fn probe_hosts(pod: &Pod, minor: u32) -> Finding {
    fn hosts(container: &Value) -> impl Iterator<Item = &str> {
        let lifecycle = &container["lifecycle"];
        let handlers = [
            &container["livenessProbe"],
            &container["readinessProbe"],
            &container["startupProbe"],
            &lifecycle["postStart"],
            &lifecycle["preStop"],
        ];
        let hosts = handlers.into_iter().flat_map(|one| [&one["httpGet"]["host"], &one["tcpSocket"]["host"]]);
        hosts.map(text).filter(|host| !host.is_empty())
    }
    let mut names = pod.named(|container| hosts(container).next().is_some());
    let all: BTreeSet<&str> = pod.containers.iter().flat_map(|container| hosts(container)).collect();
    if names.is_empty() || minor < 34 {
        return None;
    }
    names.sort_unstable();
    let (verb, word) =
        (if names.len() == 1 { "uses" } else { "use" }, plural("probe or lifecycle host", all.len()));
    found("probe or lifecycle host", format!("{} {verb} {word} {}", containers(&names), quoted_set(&all)))
}

fn privileged(pod: &Pod, _: u32) -> Finding {
    let names = pod.named(|container| container["securityContext"]["privileged"] == true);
    if names.is_empty() {
        return None;
    }
    found("privileged", format!("{} must not set securityContext.privileged=true", containers(&names)))
}

fn proc_mount(pod: &Pod, minor: u32) -> Finding {
    if pod.has_own_users(minor) { None } else { masked_proc_mount(pod, minor) }
}

/// Checks how `/proc` is mounted, whatever the pod's users.
pub(super) fn masked_proc_mount(pod: &Pod, _: u32) -> Finding {
    fn other(container: &Value) -> Option<&str> {
        container["securityContext"]["procMount"].as_str().filter(|mount| *mount != "Default")
    }
    let names = pod.named(|container| other(container).is_some());
    let all: BTreeSet<&str> = pod.containers.iter().filter_map(|container| other(container)).collect();
    if names.is_empty() {
        return None;
    }
    let details =
        format!("{} must not set securityContext.procMount to {}", containers(&names), quoted_set(&all));
    found("procMount", details)
}

fn se_linux(pod: &Pod, minor: u32) -> Finding {
    let allowed = |kind: &str| {
        ["", "container_t", "container_init_t", "container_kvm_t"].contains(&kind)
            || (minor >= 31 && kind == "container_engine_t")
    };
    let is_set = |options: &Value, field: &str| !text(&options[field]).is_empty();
    let is_bad = |context: &Value| {
        let options = &context["seLinuxOptions"];
        !allowed(text(&options["type"])) || is_set(options, "user") || is_set(options, "role")
    };
    let names = pod.named(|container| is_bad(&container["securityContext"]));
    let setters = setters(is_bad(pod.context()), &names)?;
    let contexts = pod.containers.iter().map(|container| &container["securityContext"]);
    let options: Vec<_> = contexts.chain([pod.context()]).map(|context| &context["seLinuxOptions"]).collect();
    let types: BTreeSet<&str> =
        options.iter().map(|options| text(&options["type"])).filter(|kind| !allowed(kind)).collect();
    let mut data = Vec::new();
    if !types.is_empty() {
        data.push(format!("{} {}", plural("type", types.len()), quoted_set(&types)));
    }
    for field in ["user", "role"] {
        if options.iter().any(|options| is_set(options, field)) {
            data.push(format!("{field} may not be set"));
        }
    }
    let data = data.join("; ");
    found("seLinuxOptions", format!("{setters} set forbidden securityContext.seLinuxOptions: {data}"))
}

fn seccomp(pod: &Pod, _: u32) -> Finding {
    let (setters, types) = bad_profiles(pod, "seccompProfile");
    let (setters, types) = (setters?, quoted_set(&types));
    found("seccompProfile", format!("{setters} must not set securityContext.seccompProfile.type to {types}"))
}

fn sysctls(pod: &Pod, minor: u32) -> Finding {
    let allowed = |name: &str| SYSCTLS.iter().any(|(one, since)| *one == name && minor >= *since);
    let names = items(&pod.context()["sysctls"]).map(|sysctl| text(&sysctl["name"]));
    let names: Vec<_> = names.filter(|name| !allowed(name)).collect();
    if names.is_empty() { None } else { found("forbidden sysctls", names.join(", ")) }
}

fn windows_host_process(pod: &Pod, _: u32) -> Finding {
    let is_set = |context: &Value| context["windowsOptions"]["hostProcess"] == true;
    let names = pod.named(|container| is_set(&container["securityContext"]));
    let setters = setters(is_set(pod.context()), &names)?;
    found("hostProcess", format!("{setters} must not set securityContext.windowsOptions.hostProcess=true"))
}
