//! Where objects of each kind have numbers that commands calculate with.

use serde_json::Value;

use super::path::Path;
use super::{Number, What};

/// The most that a number of replicas can be.
const LARGEST_COUNT: i64 = i32::MAX as i64;

/// The highest port of a node.
const LARGEST_PORT: i64 = u16::MAX as i64;

/// The amount of a spec, which the API server validates.
const VALIDATED: What = What::Quantity { writer: "API server stores", may_be_negative: false };

/// The amount of a LimitRange, which may be below zero (`ValidateLimitRange` does not ask).
const BOUND: What = What::Quantity { writer: "API server stores", may_be_negative: true };

/// An amount of the status of a pod or of a node.
const REPORTED: What = What::Quantity { writer: "kubelet reports", may_be_negative: false };

/// Hands over the numbers of an object that commands calculate with.
pub(super) fn each_number(object: &Value, take: &mut dyn FnMut(Number<'_>)) {
    let api_version = object["apiVersion"].as_str().unwrap_or_default();
    let group = api_version.rsplit_once('/').map_or("", |(group, _)| group);
    let kind = object["kind"].as_str().unwrap_or_default();
    let (spec, status) = (&object["spec"], &object["status"]);
    let (of_spec, of_status) = (Path::Field(None, "spec"), Path::Field(None, "status"));
    let mut visit = Visit { object, take };
    match (group, kind) {
        ("", "Pod") => {
            visit.pod_spec(&of_spec, spec);
            for field in ["containerStatuses", "initContainerStatuses"] {
                visit.each(&of_status, status, field, "name", &mut |visit, path, one| {
                    visit.amounts(path, one, "allocatedResources", REPORTED);
                    visit.requirements(&path.field("resources"), &one["resources"], REPORTED);
                });
            }
        }
        ("", "Service") => visit.service(&of_spec, spec),
        ("", "PersistentVolumeClaim") => {
            visit.shape(&of_spec, spec, "resources", "map", Value::is_object);
            for field in ["requests", "limits"] {
                visit.shape(&of_spec.field("resources"), &spec["resources"], field, "map", Value::is_object);
            }
            for field in ["allocatedResources", "capacity"] {
                visit.shape(&of_status, status, field, "map", Value::is_object);
            }
            for field in ["storageClassName", "volumeAttributesClassName"] {
                visit.shape(&of_spec, spec, field, "text", Value::is_string);
            }
            visit.requirements(&of_spec.field("resources"), &spec["resources"], VALIDATED);
            visit.amounts(&of_status, status, "allocatedResources", VALIDATED);
            visit.amounts(&of_status, status, "capacity", VALIDATED);
        }
        ("", "LimitRange") => visit.each(&of_spec, spec, "limits", "type", &mut |visit, path, one| {
            for field in ["min", "max", "default", "defaultRequest", "maxLimitRequestRatio"] {
                visit.amounts(path, one, field, BOUND);
            }
        }),
        ("", "Node") => {
            visit.amounts(&of_status, status, "allocatable", REPORTED);
            visit.amounts(&of_status, status, "capacity", REPORTED);
        }
        ("node.k8s.io", "RuntimeClass") => {
            visit.amounts(&Path::Field(None, "overhead"), &object["overhead"], "podFixed", VALIDATED);
        }
        ("resource.k8s.io", "ResourceClaim") => visit.device_requests(&of_spec, spec),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            visit.count(&of_spec, spec, "minReplicas");
            visit.count(&of_spec, spec, "maxReplicas");
        }
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        | ("batch", "Job")
        | ("", "ReplicationController") => visit.workload(&of_spec, spec),
        ("batch", "CronJob") => {
            let template = of_spec.field("jobTemplate");
            visit.workload(&template.field("spec"), &spec["jobTemplate"]["spec"]);
        }
        _ => {}
    }
}

/// A walk through an object.
struct Visit<'v, 't> {
    object: &'v Value,
    take: &'t mut dyn FnMut(Number<'_>),
}

impl Visit<'_, '_> {
    fn number(&mut self, path: Path<'_>, value: &Value, what: What) {
        if !value.is_null() {
            (self.take)(Number { object: self.object, path, value, what });
        }
    }

    fn count(&mut self, path: &Path<'_>, parent: &Value, field: &str) {
        self.number(path.field(field), &parent[field], What::Count(LARGEST_COUNT));
    }

    /// Hands over a field that is there and of another shape than the API has it.
    fn shape(
        &mut self,
        path: &Path<'_>,
        parent: &Value,
        field: &str,
        expected: &'static str,
        is_it: fn(&Value) -> bool,
    ) {
        let value = &parent[field];
        if !is_it(value) {
            self.number(path.field(field), value, What::Shape(expected));
        }
    }

    /// Visits what decides which ports of nodes a Service takes.
    fn service(&mut self, path: &Path<'_>, spec: &Value) {
        self.shape(path, spec, "type", "text", Value::is_string);
        self.shape(path, spec, "ports", "list", Value::is_array);
        let expected = "true or false";
        self.shape(path, spec, "allocateLoadBalancerNodePorts", expected, Value::is_boolean);
        let path = path.field("ports");
        for (index, port) in spec["ports"].as_array().into_iter().flatten().enumerate() {
            let index = index.to_string();
            let path = path.item(&index);
            if !port.is_object() {
                self.number(path, port, What::Shape("map"));
            }
            self.number(path.field("nodePort"), &port["nodePort"], What::Count(LARGEST_PORT));
        }
    }

    /// Visits a map of quantities.
    fn amounts(&mut self, path: &Path<'_>, parent: &Value, field: &str, what: What) {
        let path = path.field(field);
        for (name, amount) in parent[field].as_object().into_iter().flatten() {
            self.number(path.item(name), amount, what);
        }
    }

    fn requirements(&mut self, path: &Path<'_>, resources: &Value, what: What) {
        self.amounts(path, resources, "requests", what);
        self.amounts(path, resources, "limits", what);
    }

    /// Visits the items of a list, which are named by one of their fields.
    fn each(
        &mut self,
        path: &Path<'_>,
        parent: &Value,
        field: &str,
        name: &str,
        visit: &mut dyn FnMut(&mut Self, &Path<'_>, &Value),
    ) {
        let path = path.field(field);
        for one in parent[field].as_array().into_iter().flatten() {
            visit(self, &path.item(one[name].as_str().unwrap_or("?")), one);
        }
    }

    fn pod_spec(&mut self, path: &Path<'_>, spec: &Value) {
        for field in ["containers", "initContainers"] {
            self.each(path, spec, field, "name", &mut |visit, path, one| {
                visit.requirements(&path.field("resources"), &one["resources"], VALIDATED);
            });
        }
        self.requirements(&path.field("resources"), &spec["resources"], VALIDATED);
        self.amounts(path, spec, "overhead", VALIDATED);
        self.each(path, spec, "volumes", "name", &mut |visit, path, one| {
            let template = path.field("ephemeral");
            let template = template.field("volumeClaimTemplate");
            let claim = &one["ephemeral"]["volumeClaimTemplate"]["spec"];
            visit.requirements(&template.field("spec").field("resources"), &claim["resources"], VALIDATED);
        });
    }

    fn workload(&mut self, path: &Path<'_>, spec: &Value) {
        for field in ["replicas", "parallelism", "completions"] {
            self.count(path, spec, field);
        }
        self.pod_spec(&path.field("template").field("spec"), &spec["template"]["spec"]);
        let each_claim = &mut |visit: &mut Self, path: &Path<'_>, one: &Value| {
            visit.requirements(&path.field("spec").field("resources"), &one["spec"]["resources"], VALIDATED);
        };
        let path = path.field("volumeClaimTemplates");
        for one in spec["volumeClaimTemplates"].as_array().into_iter().flatten() {
            let name = one["metadata"]["name"].as_str().unwrap_or("?");
            each_claim(self, &path.item(name), one);
        }
    }

    fn device_requests(&mut self, path: &Path<'_>, spec: &Value) {
        let path = path.field("devices");
        self.each(&path, &spec["devices"], "requests", "name", &mut |visit, path, one| {
            let what = What::Count(i64::MAX);
            visit.number(path.field("exactly").field("count"), &one["exactly"]["count"], what);
            visit.each(path, one, "firstAvailable", "name", &mut |visit, path, one| {
                visit.number(path.field("count"), &one["count"], what);
            });
        });
    }
}
