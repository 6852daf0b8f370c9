//! Which Jobs and CronJobs the API server calls invalid (`pkg/apis/batch/validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    fields::negative,
    metadata::{dns_label_error, label_value_complaint, labels_complaints},
    name::label_key_complaints,
    plain,
    pod_spec::PodSpec,
    schedule::{schedule_complaints, time_zone_complaints},
};
use crate::{admission::version::Version, manifest::json::text, resources::PodResources};

const NUMBERS: &[&str] = &[
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
];

const COMPLETION: &[Enumeration] = &[Enumeration::optional("completionMode", &["NonIndexed", "Indexed"])];

const ACTION: &[Enumeration] = &[Enumeration::required(
    "action",
    &["Count", "FailIndex", "FailJob", "Ignore"],
    "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]",
)];

/// What a rule of failures looks at.
const RULE: &[Enumeration] = &[
    Enumeration::required("onExitCodes.operator", &["In", "NotIn"], "valid values: [\"In\" \"NotIn\"]"),
    Enumeration::with_default("onPodConditions[].status", &["False", "True", "Unknown"]),
];

const CONCURRENCY: &[Enumeration] =
    &[Enumeration::with_default("concurrencyPolicy", &["Allow", "Forbid", "Replace"])];

/// Returns the complaints about the spec of a Job, which stands at `path`.
pub(super) fn job_complaints(
    spec: &Value,
    path: &str,
    resources: Option<&PodResources>,
    version: Version,
) -> Vec<String> {
    let mut complaints = negative(spec, path, NUMBERS);
    complaints.extend(enumeration_complaints(spec, COMPLETION, path));
    if spec["completionMode"] == "Indexed" && spec["completions"].is_null() {
        complaints.push(format!("{path}.completions: Required value: when completion mode is Indexed"));
    }
    complaints.extend(index_complaints(spec, path));
    let policy = &spec["podFailurePolicy"];
    for (index, rule) in policy["rules"].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.podFailurePolicy.rules[{index}]");
        complaints.extend(enumeration_complaints(rule, ACTION, &path));
        if rule["action"] == "FailIndex" && spec["backoffLimitPerIndex"].is_null() {
            complaints.push(format!(
                "{path}.action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set"
            ));
        }
        complaints.extend(enumeration_complaints(rule, RULE, &path));
        complaints.extend(rule_complaints(rule, &spec["template"]["spec"], &path));
    }
    let values: &[&str] = if policy.is_null() { &["Failed", "TerminatingOrFailed"] } else { &["Failed"] };
    if let Some(replacement) = spec["podReplacementPolicy"].as_str().filter(|value| !values.contains(value)) {
        complaints.push(unsupported(replacement, values, &format!("{path}.podReplacementPolicy")));
    }
    complaints.extend(template_complaints(spec, path, resources, version));
    complaints
}

/// Validates what only Jobs with an index for each pod have.
fn index_complaints(spec: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let is_indexed = spec["completionMode"] == "Indexed";
    let (per_index, failed) = (&spec["backoffLimitPerIndex"], &spec["maxFailedIndexes"]);
    // Of a mode that there is not, only the policy of success is missed.
    if matches!(text(&spec["completionMode"]), "NonIndexed") || spec["completionMode"].is_null() {
        for (field, value) in [("backoffLimitPerIndex", per_index), ("maxFailedIndexes", failed)] {
            if !value.is_null() {
                complaints.push(format!(
                    "{path}.{field}: Invalid value: {value}: requires indexed completion mode"
                ));
            }
        }
    }
    if per_index.is_null() && !failed.is_null() {
        complaints
            .push(format!("{path}.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified"));
    }
    if let (Some(most), Some(completions)) = (failed.as_i64(), spec["completions"].as_i64())
        && completions < most
    {
        complaints.push(format!(
            "{path}.maxFailedIndexes: Invalid value: {most}: must be less than or equal to completions"
        ));
    }
    let success = &spec["successPolicy"];
    if success.is_null() {
        return complaints;
    }
    let rules = success["rules"].as_array().map_or(&[][..], Vec::as_slice);
    if !is_indexed {
        let rules: Vec<_> = rules.iter().map(rule_as_printed).collect();
        complaints.push(format!(
            "{path}.successPolicy: Invalid value: {{\"Rules\":[{}]}}: requires indexed completion mode",
            rules.join(",")
        ));
        return complaints;
    }
    if rules.is_empty() {
        complaints.push(format!(
            "{path}.successPolicy.rules: Required value: at least one rules must be specified when the successPolicy is specified"
        ));
    }
    for (index, rule) in rules.iter().enumerate() {
        if rule["succeededCount"].is_null() && rule["succeededIndexes"].is_null() {
            complaints.push(format!(
                "{path}.successPolicy.rules[{index}]: Required value: at least one of succeededCount or succeededIndexes must be specified"
            ));
        }
    }
    complaints
}

/// Writes a rule of success as the server prints it: with the names of Go's fields.
fn rule_as_printed(rule: &Value) -> String {
    format!(
        "{{\"SucceededIndexes\":{},\"SucceededCount\":{}}}",
        rule["succeededIndexes"], rule["succeededCount"]
    )
}

/// Validates what a rule of failures looks at, in the pods of this template.
fn rule_complaints(rule: &Value, pod: &Value, path: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let (codes, conditions) = (&rule["onExitCodes"], rule["onPodConditions"].as_array());
    if codes.is_null() && conditions.is_none_or(Vec::is_empty) {
        complaints.push(format!(
            "{path}: Invalid value: specifying one of OnExitCodes and OnPodConditions is required"
        ));
    }
    if let Some(container) = codes["containerName"].as_str() {
        let containers = ["containers", "initContainers"].map(|field| pod[field].as_array());
        let mut containers = containers.into_iter().flatten().flatten();
        if !containers.any(|one| one["name"] == container) {
            complaints.push(format!(
                "{path}.onExitCodes.containerName: Invalid value: {}: must be one of the container or initContainer names in the pod template",
                plain(container)
            ));
        }
    }
    if !codes.is_null() {
        let values = codes["values"].as_array().map_or(&[][..], Vec::as_slice);
        if values.is_empty() {
            let found = if codes["values"].is_null() { "null" } else { "[]" };
            complaints.push(format!(
                "{path}.onExitCodes.values: Invalid value: {found}: at least one value is required"
            ));
        }
        let zero = values.iter().position(|value| *value == 0).filter(|_| codes["operator"] == "In");
        complaints.extend(zero.map(|index| {
            format!("{path}.onExitCodes.values[{index}]: Invalid value: 0: must not be 0 for the In operator")
        }));
    }
    for (index, condition) in conditions.into_iter().flatten().enumerate() {
        let path = format!("{path}.onPodConditions[{index}].type");
        complaints.extend(label_key_complaints(text(&condition["type"]), &path));
    }
    complaints
}

/// Returns the complaints about a name that does not leave room for what is made of it: the Jobs of a CronJob have eleven
/// characters of time behind it (`validateCronJob`), the pods of a Job a label of it, and its hosts the index
/// (`validateNameAllowsCompletions`).
pub(super) fn name_complaints(kind: &str, value: &Value) -> Vec<String> {
    let (name, spec) = (text(&value["metadata"]["name"]), &value["spec"]);
    let invalid = |why: String| format!("metadata.name: Invalid value: {}: {why}", plain(name));
    match kind {
        "CronJob" if name.len() > 52 => vec![invalid("must be no more than 52 characters".to_owned())],
        "Job" if !name.is_empty() || value["metadata"]["generateName"].is_null() => {
            let label = label_value_complaint(name, "spec.template.labels");
            let completions = spec["completions"].as_u64().filter(|_| spec["completionMode"] == "Indexed");
            let last =
                completions.and_then(|count| count.checked_sub(1)).map(|index| format!("{name}-{index}"));
            let host = last.filter(|host| dns_label_error(host).is_some());
            let host = host
                .map(|host| invalid(format!("will not able to create pod with invalid DNS label: {host}")));
            label.into_iter().chain(host).collect()
        }
        _ => Vec::new(),
    }
}

/// Validates the template of pods that end.
fn template_complaints(
    spec: &Value,
    path: &str,
    resources: Option<&PodResources>,
    version: Version,
) -> Vec<String> {
    let pod = &spec["template"]["spec"];
    let labels_path = path;
    let path = format!("{path}.template.spec");
    let template = PodSpec {
        spec: pod,
        name: "",
        labels: &Value::Null,
        path: &path,
        resources,
        claim_templates: &Value::Null,
        version,
    };
    let labels = &spec["template"]["metadata"]["labels"];
    let mut complaints = labels_complaints(labels, &format!("{labels_path}.template.labels"));
    complaints.extend(template.complaints());
    let path = format!("{path}.restartPolicy");
    match text(&pod["restartPolicy"]) {
        "" | "Always" => {
            complaints.push(format!("{path}: Required value: valid values: \"OnFailure\", \"Never\""));
        }
        "Never" => {}
        "OnFailure" if spec["podFailurePolicy"].is_null() => {}
        "OnFailure" => complaints.push(format!(
            "{path}: Invalid value: \"OnFailure\": only \"Never\" is supported when podFailurePolicy is specified"
        )),
        other => complaints.push(unsupported(other, &["OnFailure", "Never"], &path)),
    }
    complaints
}

/// Returns the complaints about the spec of a CronJob, of which `old` was the spec before.
pub(super) fn cron_job_complaints(
    spec: &Value,
    old: Option<&Value>,
    resources: Option<&PodResources>,
    version: Version,
) -> Vec<String> {
    let mut complaints = schedule_complaints(spec, old);
    complaints.extend(negative(spec, "spec", &["startingDeadlineSeconds"]));
    complaints.extend(time_zone_complaints(spec, old));
    complaints.extend(enumeration_complaints(spec, CONCURRENCY, "spec"));
    complaints.extend(job_complaints(
        &spec["jobTemplate"]["spec"],
        "spec.jobTemplate.spec",
        resources,
        version,
    ));
    complaints.extend(negative(spec, "spec", &["successfulJobsHistoryLimit", "failedJobsHistoryLimit"]));
    complaints
}
