//! Which probes and hooks of containers the API server calls invalid (`validateHandler`, `validateProbe`).

use serde_json::Value;

use super::super::shape::{Rule, Shape, shape_complaints};

/// What a probe or a hook does, in the order in which the server looks for the first that is there.
const ACTIONS: &[(&str, &[Shape])] = &[
    ("exec", &[Shape("command", &[Rule::Required])]),
    ("httpGet", &[Shape("port", &[Rule::PortOrName])]),
    ("tcpSocket", &[Shape("port", &[Rule::PortOrName])]),
    ("grpc", &[Shape("port", &[Rule::Port])]),
    ("sleep", &[]),
];

const PROBE: &[Shape] = &[
    Shape("initialDelaySeconds", &[Rule::AtLeast(0)]),
    Shape("timeoutSeconds", &[Rule::AtLeast(0)]),
    Shape("periodSeconds", &[Rule::AtLeast(0)]),
    Shape("successThreshold", &[Rule::AtLeast(0)]),
    Shape("failureThreshold", &[Rule::AtLeast(0)]),
    Shape("terminationGracePeriodSeconds", &[Rule::Positive]),
];

/// Seconds that a pod has to end where it does not say.
const GRACE: i64 = 30;

/// Returns the complaints about the probes and hooks of a container, which stands at `path`. `pod` is the spec that holds it.
pub(super) fn handler_complaints(container: &Value, pod: &Value, path: &str) -> Vec<String> {
    let grace = pod["terminationGracePeriodSeconds"].as_i64().unwrap_or(GRACE).max(1);
    let mut complaints = Vec::new();
    for hook in ["postStart", "preStop"] {
        let action = &container["lifecycle"][hook];
        if !action.is_null() {
            complaints.extend(action_complaints(action, grace, &format!("{path}.lifecycle.{hook}")));
        }
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let (probe, path) = (&container[name], format!("{path}.{name}"));
        if probe.is_null() {
            continue;
        }
        complaints.extend(action_complaints(probe, grace, &path));
        complaints.extend(shape_complaints(probe, PROBE, &path));
        let threshold = probe["successThreshold"].as_i64().unwrap_or(0);
        let own_grace = &probe["terminationGracePeriodSeconds"];
        match name {
            "readinessProbe" if !own_grace.is_null() => complaints.push(format!(
                "{path}.terminationGracePeriodSeconds: Invalid value: {own_grace}: must not be set for readinessProbes"
            )),
            "readinessProbe" => {}
            _ if matches!(threshold, 0 | 1) => {}
            _ => complaints
                .push(format!("{path}.successThreshold: Invalid value: {threshold}: must be 1")),
        }
    }
    complaints
}

fn action_complaints(handler: &Value, grace: i64, path: &str) -> Vec<String> {
    let mut present = ACTIONS.iter().filter(|(field, _)| !handler[*field].is_null());
    let Some((field, shapes)) = present.next() else {
        return vec![format!("{path}: Required value: must specify a handler type")];
    };
    let mut complaints = shape_complaints(&handler[*field], shapes, &format!("{path}.{field}"));
    if *field == "sleep" {
        let seconds = handler["sleep"]["seconds"].as_i64().unwrap_or(0);
        if !(0..=grace).contains(&seconds) {
            complaints.push(format!(
                "{path}.sleep: Invalid value: {seconds}: must be non-negative and less than terminationGracePeriodSeconds ({grace})"
            ));
        }
    }
    complaints
        .extend(present.map(|(field, _)| {
            format!("{path}.{field}: Forbidden: may not specify more than 1 handler type")
        }));
    complaints
}
