//! Which containers the API server calls invalid (`validateContainers`, `validateInitContainers`).

use serde_json::Value;

use super::{
    super::{
        enumeration::{Enumeration, enumeration_complaints, unsupported},
        metadata::dns_label_error,
        plain, quoted,
        resources::container_complaints,
        shape::{Rule, Shape, shape_complaints},
    },
    PodSpec, Volumes,
    environment::environment_complaints,
    handler::handler_complaints,
};
use crate::{admission::version::Version, manifest::json::text, resources::ContainerResources};

pub(super) const SECCOMP_PROFILE: Enumeration = Enumeration::required(
    "securityContext.seccompProfile.type",
    &["Localhost", "RuntimeDefault", "Unconfined"],
    "type is required when seccompProfile is set",
);

pub(super) const APP_ARMOR_PROFILE: Enumeration = Enumeration::required(
    "securityContext.appArmorProfile.type",
    &["Localhost", "RuntimeDefault", "Unconfined"],
    "type is required when appArmorProfile is set",
);

const TERMINATION: &[Enumeration] =
    &[Enumeration::with_default("terminationMessagePolicy", &["File", "FallbackToLogsOnError"])];

const PROTOCOL: &[Enumeration] = &[Enumeration::with_default("protocol", &["SCTP", "TCP", "UDP"])];

const MOUNT: &[Enumeration] = &[
    Enumeration::optional("mountPropagation", &["Bidirectional", "HostToContainer", "None"]),
    Enumeration::optional("recursiveReadOnly", &["Disabled", "Enabled", "IfPossible"]),
];

const PULL_POLICY: &[Enumeration] =
    &[Enumeration::with_default("imagePullPolicy", &["Always", "IfNotPresent", "Never"])];

const SECURITY: &[Enumeration] = &[
    Enumeration::optional("securityContext.procMount", &["Default", "Unmasked"]),
    SECCOMP_PROFILE,
    APP_ARMOR_PROFILE,
];

/// The bounds of users and groups (`IsValidUserID` in apimachinery).
const USER: Rule = Rule::Between(0, i32::MAX as i64);

const USERS: &[Shape] =
    &[Shape("securityContext.runAsUser", &[USER]), Shape("securityContext.runAsGroup", &[USER])];

const PORT: &[Shape] = &[Shape("name", &[Rule::PortName])];

const SCHEMES: &[&str] = &["HTTP", "HTTPS"];

const HANDLERS: &[Enumeration] = &[
    Enumeration::with_default("lifecycle.postStart.httpGet.scheme", SCHEMES),
    Enumeration::with_default("lifecycle.preStop.httpGet.scheme", SCHEMES),
    Enumeration::with_default("livenessProbe.httpGet.scheme", SCHEMES),
    Enumeration::with_default("readinessProbe.httpGet.scheme", SCHEMES),
    Enumeration::with_default("startupProbe.httpGet.scheme", SCHEMES),
];

/// What an init container that ends can't have.
const OF_LASTING_CONTAINERS: &[&str] = &["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

const RESTART_POLICIES: &[&str] = &["Always", "Never", "OnFailure"];

/// Returns the complaints about the containers of a pod, the regular ones first.
pub(super) fn complaints(pod: &PodSpec, volumes: &Volumes) -> Vec<String> {
    let (spec, path) = (pod.spec, pod.path);
    let mut complaints = Vec::new();
    let list = |field: &str| spec[field].as_array().map_or(&[][..], Vec::as_slice);
    let (regular, init) = (list("containers"), list("initContainers"));
    if regular.is_empty() {
        complaints.push(format!("{path}.containers: Required value"));
    }
    let rules = pod.version.knows_restart_rules();
    let never = text(&spec["restartPolicy"]) == "Never";
    let mut names: Vec<&str> = Vec::new();
    for (index, container) in regular.iter().enumerate() {
        let path = format!("{path}.containers[{index}]");
        let resources = pod.resources.and_then(|pod| pod.containers.get(index));
        complaints.extend(common_complaints(container, resources, volumes, (never, pod.version), &path));
        complaints.extend(duplicate(container, &mut names, &path));
        complaints.extend(enumeration_complaints(container, HANDLERS, &path));
        complaints.extend(handler_complaints(container, spec, &path));
        complaints.extend(match (container["restartPolicy"].is_null(), rules) {
            (true, _) => None,
            (false, true) => restart_policy_complaint(container, RESTART_POLICIES, &path),
            (false, false) => {
                Some(format!("{path}.restartPolicy: Forbidden: may not be set for non-init containers"))
            }
        });
    }
    let policies = if rules { RESTART_POLICIES } else { &["Always"] };
    for (index, container) in init.iter().enumerate() {
        let path = format!("{path}.initContainers[{index}]");
        let resources = pod.resources.and_then(|pod| pod.init_containers.get(index));
        complaints.extend(common_complaints(container, resources, volumes, (never, pod.version), &path));
        complaints.extend(restart_policy_complaint(container, policies, &path));
        complaints.extend(duplicate(container, &mut names, &path));
        if container["restartPolicy"] == "Always" {
            complaints.extend(enumeration_complaints(container, HANDLERS, &path));
            complaints.extend(handler_complaints(container, spec, &path));
        } else {
            let set = OF_LASTING_CONTAINERS.iter().filter(|field| !container[**field].is_null());
            complaints.extend(set.map(|field| {
                format!("{path}.{field}: Forbidden: may not be set for init containers without restartPolicy=Always")
            }));
            if pod.version.names_resized_init_containers() {
                complaints.extend(restarted_by_resize(container).map(|index| {
                    format!(
                        "{path}.resizePolicy[{index}].restartPolicy: Invalid value: \"RestartContainer\": {RESTARTED_INIT_CONTAINER}"
                    )
                }));
            }
        }
    }
    complaints
}

/// What a server of 1.36 or newer says where a resize would restart an init container that is no sidecar.
const RESTARTED_INIT_CONTAINER: &str = "must not be set to 'RestartContainer' for non-sidecar initContainers";

/// Returns the indices of the resize policies by which a container is restarted.
fn restarted_by_resize(container: &Value) -> impl Iterator<Item = usize> {
    let policies = container["resizePolicy"].as_array().into_iter().flatten().enumerate();
    policies.filter(|(_, policy)| policy["restartPolicy"] == "RestartContainer").map(|(index, _)| index)
}

/// Removes the complaints about what the pods of the old object have already, and may keep
/// (`hasRestartContainerForNonSidecarInitContainer` in
/// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/api/pod/util.go>).
pub fn allow_what_was_there(complaints: &mut Vec<String>, old_spec: &Value) {
    let mut old = old_spec["initContainers"].as_array().into_iter().flatten();
    let is_there = |container: &Value| {
        container["restartPolicy"] != "Always" && restarted_by_resize(container).next().is_some()
    };
    if old.any(is_there) {
        complaints.retain(|complaint| !complaint.ends_with(RESTARTED_INIT_CONTAINER));
    }
}

fn restart_policy_complaint(container: &Value, policies: &[&str], path: &str) -> Option<String> {
    let policy = container["restartPolicy"].as_str().filter(|policy| !policies.contains(policy))?;
    Some(unsupported(policy, policies, &format!("{path}.restartPolicy")))
}

fn duplicate<'a>(container: &'a Value, names: &mut Vec<&'a str>, path: &str) -> Option<String> {
    let name = text(&container["name"]);
    if names.contains(&name) {
        return Some(format!("{path}.name: Duplicate value: {}", plain(name)));
    }
    names.push(name);
    None
}

/// Validates what all containers have (`validateContainerCommon`). `never` tells whether the pod restarts none.
fn common_complaints(
    container: &Value,
    resources: Option<&ContainerResources>,
    volumes: &Volumes,
    (never, version): (bool, Version),
    path: &str,
) -> Vec<String> {
    let mut complaints = Vec::new();
    let name = text(&container["name"]);
    if name.is_empty() {
        complaints.push(format!("{path}.name: Required value"));
    } else if let Some(why) = dns_label_error(name) {
        complaints.push(format!("{path}.name: Invalid value: {}: {why}", plain(name)));
    }
    if text(&container["image"]).is_empty() {
        complaints.push(format!("{path}.image: Required value"));
    }
    complaints.extend(enumeration_complaints(container, TERMINATION, path));
    for (index, port) in container["ports"].as_array().into_iter().flatten().enumerate() {
        complaints.extend(port_complaints(port, &format!("{path}.ports[{index}]")));
    }
    complaints.extend(environment_complaints(container, version, path));
    complaints.extend(mount_complaints(container, volumes, &format!("{path}.volumeMounts")));
    complaints.extend(enumeration_complaints(container, PULL_POLICY, path));
    if let Some(resources) = resources {
        complaints.extend(container_complaints(resources, path));
    }
    complaints.extend(resize_policy_complaints(container, never, &format!("{path}.resizePolicy")));
    complaints.extend(shape_complaints(container, USERS, path));
    complaints.extend(enumeration_complaints(container, SECURITY, path));
    complaints
}

fn port_complaints(port: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    match port["containerPort"].as_i64().unwrap_or(0) {
        0 => complaints.push(format!("{path}.containerPort: Required value")),
        1..=65535 => {}
        other => complaints.push(format!(
            "{path}.containerPort: Invalid value: {other}: must be between 1 and 65535, inclusive"
        )),
    }
    complaints.extend(shape_complaints(port, PORT, path));
    complaints.extend(enumeration_complaints(port, PROTOCOL, path));
    complaints
}

/// Validates the mounts of volumes (`ValidateVolumeMounts`).
fn mount_complaints(container: &Value, volumes: &Volumes, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut places: Vec<&str> = Vec::new();
    for (index, mount) in container["volumeMounts"].as_array().into_iter().flatten().enumerate() {
        let (name, place) = (text(&mount["name"]), text(&mount["mountPath"]));
        if name.is_empty() {
            complaints.push(format!("{path}[{index}].name: Required value"));
        }
        if !volumes.contains(name) {
            complaints.push(format!("{path}[{index}].name: Not found: {}", plain(name)));
        }
        if place.is_empty() {
            complaints.push(format!("{path}[{index}].mountPath: Required value"));
        }
        if places.contains(&place) {
            let value = plain(place);
            complaints.push(format!("{path}[{index}].mountPath: Invalid value: {value}: must be unique"));
        }
        places.push(place);
        complaints.extend(enumeration_complaints(mount, MOUNT, path));
    }
    complaints
}

/// Validates how a container is resized (`validateResizePolicy`): the server names the list, not the field.
fn resize_policy_complaints(container: &Value, never: bool, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for policy in container["resizePolicy"].as_array().into_iter().flatten() {
        let fields =
            [("resourceName", &["cpu", "memory"]), ("restartPolicy", &["NotRequired", "RestartContainer"])];
        for (field, values) in fields {
            match text(&policy[field]) {
                "" => complaints.push(format!("{path}: Required value")),
                value if values.contains(&value) => {}
                value => complaints.push(unsupported(value, values, path)),
            }
        }
        let restart = text(&policy["restartPolicy"]);
        if never && restart != "NotRequired" {
            complaints.push(format!(
                "{path}: Invalid value: {}: must be 'NotRequired' when pod `restartPolicy` is 'Never'",
                quoted(restart)
            ));
        }
    }
    complaints
}
