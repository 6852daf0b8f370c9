//! Which Jobs and CronJobs the API server calls invalid (`pkg/apis/batch/validation`).

use serde_json::Value;

use super::{
    enumeration::{Enumeration, enumeration_complaints, unsupported},
    fields::negative,
    metadata::{dns_label_error, label_value_complaint},
    plain,
    pod_spec::PodSpec,
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
    }
    let values: &[&str] = if policy.is_null() { &["Failed", "TerminatingOrFailed"] } else { &["Failed"] };
    if let Some(replacement) = spec["podReplacementPolicy"].as_str().filter(|value| !values.contains(value)) {
        complaints.push(unsupported(replacement, values, &format!("{path}.podReplacementPolicy")));
    }
    complaints.extend(template_complaints(spec, path, resources, version));
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
        "Job" if !name.is_empty() => {
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
    let path = format!("{path}.template.spec");
    let template = PodSpec {
        spec: pod,
        labels: &Value::Null,
        path: &path,
        resources,
        claim_templates: &Value::Null,
        version,
    };
    let mut complaints = template.complaints();
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

/// Returns the complaints about the spec of a CronJob.
pub(super) fn cron_job_complaints(
    spec: &Value,
    resources: Option<&PodResources>,
    version: Version,
) -> Vec<String> {
    let mut complaints: Vec<_> = schedule_complaint(text(&spec["schedule"])).into_iter().collect();
    complaints.extend(negative(spec, "spec", &["startingDeadlineSeconds"]));
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

/// Validates the number of fields of a schedule, whose content is left to the server.
fn schedule_complaint(schedule: &str) -> Option<String> {
    if schedule.is_empty() {
        return Some("spec.schedule: Required value".to_owned());
    }
    let fields: Vec<_> = schedule.split_whitespace().collect();
    if schedule.starts_with('@') || schedule.contains("TZ=") || fields.len() == 5 {
        return None;
    }
    let (count, all) = (fields.len(), fields.join(" "));
    Some(format!(
        "spec.schedule: Invalid value: {}: expected exactly 5 fields, found {count}: [{all}]",
        plain(schedule)
    ))
}
