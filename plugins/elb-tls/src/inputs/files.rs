//! Services out of files.

use std::{path::PathBuf, sync::Arc};

use serde_json::Value;
use shared::{
    Error, Result,
    dump::{Dump, DumpObject},
    model::{Service, ServicePort},
};

use super::lines::object_lines;
use crate::planning::{ServiceCase, Source};

/// Reads the Services of files, as they will be; other kinds are passed over. Those that set no namespace have none yet.
///
/// # Errors
/// What can't be read, with file and document; files without any Service.
pub fn read(filenames: &[PathBuf]) -> Result<Vec<ServiceCase>> {
    let mut cases = Vec::new();
    for filename in filenames {
        let dump = Dump::read(filename)?;
        let mut lines = object_lines(&dump);
        let mut place = (String::new(), 0, 0);
        for object in dump.objects()? {
            let index = if (object.file.as_str(), object.document) == (place.0.as_str(), place.1) {
                place.2 + 1
            } else {
                0
            };
            place = (object.file.clone(), object.document, index);
            let is_service = object.object["kind"] == "Service"
                && matches!(object.object["apiVersion"].as_str(), Some("v1") | None);
            if !is_service {
                continue;
            }
            let found = lines
                .get_mut(&(object.file.clone(), object.document))
                .and_then(|objects| objects.get(index).cloned());
            let found = found.unwrap_or_default();
            let source = Source {
                file: object.file.clone(),
                document: object.document,
                line: found.line,
                lines: found.lines,
                manifest: object.object.clone(),
            };
            cases.push(case(object, source)?);
        }
    }
    if cases.is_empty() {
        let names: Vec<_> = filenames.iter().map(|name| name.display().to_string()).collect();
        return Err(Error::new(format!("there is no Service in {}", names.join(", ")))
            .with_hint("give a manifest of a Service, as `kubectl get service NAME -o yaml` prints it"));
    }
    Ok(cases)
}

/// Puts Services that set no namespace into this one.
pub fn put_into(cases: &mut [ServiceCase], namespace: &str) {
    for case in cases.iter_mut().filter(|case| case.wanted.metadata.namespace.is_empty()) {
        Arc::make_mut(&mut case.wanted).metadata.namespace = namespace.to_owned();
    }
}

fn case(mut object: DumpObject, source: Source) -> Result<ServiceCase> {
    let not_text = take_misfits(&mut object.object);
    let mut service: Service = serde_json::from_value(object.object).map_err(|error| {
        Error::new(format!(
            "{}, document {}: this Service can't be read: {error}",
            object.file, object.document
        ))
    })?;
    if service.metadata.name.is_empty() {
        return Err(Error::new(format!(
            "{}, document {}: metadata.name is missing",
            object.file, object.document
        )));
    }
    set_defaults(&mut service);
    // What only a server writes tells nothing about the Service as it will be.
    service.status = shared::model::ServiceStatus::default();
    Ok(ServiceCase { wanted: service.into(), source: Some(source), not_text, ..ServiceCase::default() })
}

/// Sets what the API server sets where a manifest leaves it out
/// (<https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/v1/defaults.go>, `SetDefaults_Service`).
fn set_defaults(service: &mut Service) {
    let spec = &mut service.spec;
    let set = |text: &mut String, default: &str| {
        if text.is_empty() {
            text.push_str(default);
        }
    };
    set(&mut spec.service_type, "ClusterIP");
    set(&mut spec.session_affinity, "None");
    if matches!(spec.service_type.as_str(), "LoadBalancer" | "NodePort") {
        set(&mut spec.external_traffic_policy, "Cluster");
    }
    for port in &mut spec.ports {
        set(&mut port.protocol, "TCP");
        port.target_port.get_or_insert_with(|| port.port.into());
    }
}

/// Takes annotations away that are not strings, which the API server refuses.
fn take_misfits(object: &mut Value) -> Vec<(String, &'static str)> {
    let Some(annotations) = object["metadata"]["annotations"].as_object_mut() else { return Vec::new() };
    let mut misfits = Vec::new();
    annotations.retain(|key, value| {
        let word = match value {
            Value::String(_) => return true,
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Array(_) => "a list",
            Value::Object(_) => "a map",
        };
        misfits.push((key.clone(), word));
        false
    });
    misfits
}

/// Gives a Service of a file what the live object has and the server fills in.
pub fn fill_in(case: &mut ServiceCase, live: Service) {
    let wanted = Arc::make_mut(&mut case.wanted);
    wanted.metadata.uid.clone_from(&live.metadata.uid);
    wanted.finalizers.clone_from(&live.finalizers);
    wanted.managed_fields.clone_from(&live.managed_fields);
    wanted.status = live.status.clone();
    let spec = &mut wanted.spec;
    // The class can't be changed, and a webhook may have set it.
    if spec.load_balancer_class.is_none() && spec.service_type == "LoadBalancer" {
        spec.load_balancer_class.clone_from(&live.spec.load_balancer_class);
    }
    if spec.health_check_node_port == 0 && spec.external_traffic_policy == "Local" {
        spec.health_check_node_port = live.spec.health_check_node_port;
    }
    if spec.allocate_load_balancer_node_ports.is_none() {
        spec.allocate_load_balancer_node_ports = live.spec.allocate_load_balancer_node_ports;
    }
    if spec.ip_families.is_empty() {
        spec.ip_families.clone_from(&live.spec.ip_families);
    }
    if spec.service_type != "ClusterIP" && !spec.service_type.is_empty() {
        fill_in_node_ports(&mut spec.ports, &live.spec.ports);
    }
    let applied = last_applied(&live);
    let kept = live.annotations.keys().filter(|key| {
        crate::keys::is_ours(key)
            && !wanted.annotations.contains_key(*key)
            && !applied.iter().any(|own| own == *key)
    });
    case.kept_by_apply = kept.cloned().collect();
    case.live = Some(live.into());
}

/// Fills in node ports as the API server does where an object is replaced: a port keeps that of its name, whatever else of
/// it changes
/// (<https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/registry/core/service/storage/storage.go>,
/// `patchAllocatedValues`).
fn fill_in_node_ports(wanted: &mut [ServicePort], live: &[ServicePort]) {
    let mut used: Vec<i32> = wanted.iter().map(|port| port.node_port).collect();
    for port in wanted.iter_mut().filter(|port| port.node_port == 0) {
        let old = live.iter().rfind(|old| old.name == port.name).map_or(0, |old| old.node_port);
        if !used.contains(&old) {
            port.node_port = old;
            used.push(old);
        }
    }
}

/// The annotation in which `kubectl apply` keeps what it wrote last.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Returns the keys of annotations that `kubectl apply` wrote last, and would remove.
fn last_applied(live: &Service) -> Vec<String> {
    let text = live.annotations.get(LAST_APPLIED).map(String::as_str).unwrap_or_default();
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let annotations = value["metadata"]["annotations"].as_object();
    annotations.map(|annotations| annotations.keys().cloned().collect()).unwrap_or_default()
}
