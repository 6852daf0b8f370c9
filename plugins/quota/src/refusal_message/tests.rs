//! The server's messages, alone and wrapped in other text, and generated ones read back.

use proptest::prelude::*;
use shared::{
    admission::{Refusal, RefusedBy, Shortage},
    quantity::Quantity,
};

use super::{BoundViolation, RefusalMessage, RefusalReason, Rule, find};

fn shortage(quota: &str, resource: &str, amounts: [&str; 3]) -> Shortage {
    let [requested, used, hard] = amounts.map(|amount| Quantity::parse(amount).unwrap());
    Shortage { quota: quota.to_owned(), resource: resource.to_owned(), requested, used, hard }
}

fn only(text: &str) -> RefusalMessage {
    let mut found = find(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

const EXCEEDED: &str = "pods \"p\" is forbidden: exceeded quota: q, requested: limits.cpu=1,limits.memory=2Gi, used: limits.cpu=4,limits.memory=3Gi, limited: limits.cpu=4,limits.memory=4Gi";

fn exceeded() -> RefusalMessage {
    let shortages = vec![
        shortage("q", "limits.cpu", ["1", "4", "4"]),
        shortage("q", "limits.memory", ["2Gi", "3Gi", "4Gi"]),
    ];
    RefusalMessage {
        text: EXCEEDED.to_owned(),
        resource: "pods".to_owned(),
        name: "p".to_owned(),
        reason: RefusalReason::Exceeded { quota: "q".to_owned(), shortages },
    }
}

#[test]
fn text_around_a_refusal_is_removed() {
    let expected = exceeded();
    for text in [
        EXCEEDED.to_owned(),
        format!("Error from server (Forbidden): {EXCEEDED}"),
        format!("Error from server (Forbidden): error when creating \"a/b.yaml\": {EXCEEDED}\n"),
        format!("  Warning  FailedCreate  3s (x7 over 41s)  replicaset-controller  Error creating: {EXCEEDED}"),
        format!("3s   Warning   FailedCreate   rs/web   (combined from similar events): Error creating: {EXCEEDED}"),
        format!("Create Pod db-1 in StatefulSet db failed error: {EXCEEDED}"),
        format!("time=\"x\" level=error msg=\"{}\" node=a", EXCEEDED.replace('"', "\\\"")),
        format!("I tried ({EXCEEDED}), and gave up.\r\n"),
        serde_json::json!({"kind": "Status", "status": "Failure", "message": EXCEEDED, "code": 403}).to_string(),
        serde_json::json!({"items": [{"message": format!("Error creating: {EXCEEDED}")}, {"message": EXCEEDED}]}).to_string(),
        format!("first line\n{}\n{}\nlast line", &EXCEEDED[..60], &EXCEEDED[60..]),
        format!("{}\n    {}", &EXCEEDED[..EXCEEDED.find(", used").unwrap() + 1], &EXCEEDED[EXCEEDED.find(", used").unwrap() + 2..]),
    ] {
        assert_eq!(only(&text), expected, "{text}");
    }
}

/// Breaks a text at blanks so that no line is longer than this.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

#[test]
fn refusals_are_read_in_every_dress() {
    let missing = "pods \"build-1\" is forbidden: failed quota: team: must specify limits.cpu for: build,clone; limits.memory for: build,clone; requests.cpu for: build,clone";
    let bounds = "pods \"p\" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m, maximum memory usage per Container is 1Gi, but limit is 2Gi]";
    for message in [EXCEEDED, missing, bounds] {
        let expected = only(message);
        for width in 20..140 {
            let lines = wrapped(message, width);
            let dress = |before: &str, after: &str, joint: &str| {
                let dressed = lines.iter().map(|line| format!("{before}{line}{after}"));
                dressed.collect::<Vec<_>>().join(joint)
            };
            let escaped = |text: String| text.replace('"', "\\\"");
            for text in [
                dress("", "", "\n"),
                format!("    message: '{}'\n    reason: FailedCreate", dress("", "", "\n      ")),
                format!("message: \"Error creating: {}\"\nreason: x", escaped(dress("", "", "\\\n  \\ "))),
                dress("│ ", " │", "\n"),
                dress("> ", "", "\n"),
                dress("| ", " |", "\n"),
                format!("{}. Retrying soon.", dress("", "", "\n")),
                lines
                    .iter()
                    .enumerate()
                    .map(|(number, line)| format!("{:>4}  {line}\n", number + 9))
                    .collect(),
            ] {
                let found = only(&text);
                assert_eq!((&found.reason, &found.text), (&expected.reason, &expected.text), "{text}");
            }
        }
    }
}

#[test]
fn quotas_of_other_controllers_are_quotas() {
    let triple =
        |resource: &str| format!("requested: {resource}=1, used: {resource}=2, limited: {resource}=2");
    let text = format!(
        "Error from server: admission webhook \"resourcesquotasstatus.hnc.x-k8s.io\" denied the request: exceeded hierarchical quota in namespace \"a\": \"hrq\", {}, {}",
        triple("secrets"),
        triple("pods"),
    );
    let shortages =
        vec![shortage("hrq", "secrets", ["1", "2", "2"]), shortage("hrq", "pods", ["1", "2", "2"])];
    assert_eq!(only(&text).reason, RefusalReason::Exceeded { quota: "hrq".to_owned(), shortages });
}

#[test]
fn several_refusals_are_several_and_each_once() {
    let text = format!(
        "{EXCEEDED}\nnothing here\nError creating: {EXCEEDED}\njobs.batch \"b-1\" is forbidden: status unknown for quota: r, resources: count/jobs.batch,pods"
    );
    let found = find(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], exceeded());
    assert_eq!((found[1].resource.as_str(), found[1].name.as_str()), ("jobs.batch", "b-1"));
    let resources = vec!["count/jobs.batch".to_owned(), "pods".to_owned()];
    assert_eq!(found[1].reason, RefusalReason::StatusUnknown { quota: "r".to_owned(), resources });
    assert_eq!(find("all is well: pods \"p\" created"), []);
    assert_eq!(find("secrets is forbidden: User \"x\" cannot list resource \"secrets\""), []);
}

#[test]
fn a_truncated_refusal_spoils_no_other() {
    let text =
        format!("{EXCEEDED} and then: pods \"r\" is forbidden: exceeded quota: q, requested: pods=1, us");
    assert_eq!(only(&text), exceeded());
    let text = format!("pods \"r\" is forbidden: exceeded quota: q, requested: pods=1, us...\n\n{EXCEEDED}");
    assert_eq!(only(&text), exceeded());
}

#[test]
fn names_may_hold_dots_and_slashes() {
    let text = "persistentvolumeclaims \"data-db-0\" is forbidden: exceeded quota: team.a.storage, requested: gold.storageclass.storage.k8s.io/requests.storage=5Gi, used: gold.storageclass.storage.k8s.io/requests.storage=18Gi, limited: gold.storageclass.storage.k8s.io/requests.storage=20Gi";
    let key = "gold.storageclass.storage.k8s.io/requests.storage";
    let shortages = vec![shortage("team.a.storage", key, ["5Gi", "18Gi", "20Gi"])];
    assert_eq!(only(text).reason, RefusalReason::Exceeded { quota: "team.a.storage".to_owned(), shortages });
    // Quantities that the server keeps as they were typed.
    let text =
        "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=01, limited: pods=+1";
    let shortages = vec![shortage("q", "pods", ["1", "1", "1"])];
    assert_eq!(only(text).reason, RefusalReason::Exceeded { quota: "q".to_owned(), shortages });
}

#[test]
fn resources_that_containers_do_not_specify() {
    let reason =
        |text: &str| only(&format!("pods \"p\" is forbidden: failed quota: q: must specify {text}")).reason;
    let missing = |list: &[(&str, &[&str])]| RefusalReason::MustSpecify {
        quota: "q".to_owned(),
        missing: list
            .iter()
            .map(|(resource, names)| {
                ((*resource).to_owned(), names.iter().map(|name| (*name).to_owned()).collect())
            })
            .collect(),
    };
    let expected = missing(&[("limits.cpu", &["app"]), ("limits.memory", &["app", "wait"])]);
    assert_eq!(reason("limits.cpu for: app; limits.memory for: app,wait"), expected);
    assert_eq!(reason("limits.cpu,limits.memory"), missing(&[("limits.cpu", &[]), ("limits.memory", &[])]));
    assert_eq!(reason("cpu for: app; and more"), missing(&[("cpu", &["app"])]));
}

#[test]
fn missing_quotas_conflicts_and_timeouts() {
    let scopes = "[{PriorityClass In [system-node-critical system-cluster-critical high]}]";
    let text = format!("Error creating: insufficient quota to match these scopes: {scopes}");
    assert_eq!(only(&text).reason, RefusalReason::NoQuotaForScope { scopes: scopes.to_owned() });
    let text = "pods \"a\" is forbidden: insufficient quota to consume: requests.nvidia.com/gpu";
    assert_eq!(
        only(text).reason,
        RefusalReason::NoQuotaForResource { resources: vec!["requests.nvidia.com/gpu".to_owned()] }
    );
    let text = "Error from server (Conflict): Operation cannot be fulfilled on resourcequotas \"q.a\": the object has been modified; please apply your changes to the latest version and try again";
    assert_eq!(only(text).reason, RefusalReason::Conflict { quota: "q.a".to_owned() });
    let text =
        "Error from server (InternalError): Internal error occurred: resource quota evaluation timed out";
    assert_eq!(only(text).reason, RefusalReason::TimedOut);
    let text = "services \"s\" is forbidden: quota usage is negative for resource(s): services.nodeports";
    assert_eq!(
        only(text).reason,
        RefusalReason::NegativeUsage { resources: vec!["services.nodeports".to_owned()] }
    );
    // Servers up to 1.3 began in capitals.
    let text = "pods \"p\" is forbidden: Exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2";
    assert_eq!(only(text).reason.quota(), Some("q"));
}

fn violation(rule: Rule, kind: &str, resource: &str, bound: &str, found: &str) -> BoundViolation {
    let bound = Quantity::parse(bound).unwrap();
    BoundViolation {
        rule,
        kind: kind.to_owned(),
        resource: resource.to_owned(),
        bound,
        found: found.to_owned(),
    }
}

#[test]
fn bounds_of_limit_ranges() {
    for (text, expected) in [
        (
            "maximum cpu usage per Container is 1, but limit is 2",
            violation(Rule::Maximum, "Container", "cpu", "1", "limit is 2"),
        ),
        (
            "minimum cpu usage per Container is 100m, but request is 0",
            violation(Rule::Minimum, "Container", "cpu", "100m", "request is 0"),
        ),
        (
            "minimum cpu usage per Pod is 1.  No request is specified",
            violation(Rule::Minimum, "Pod", "cpu", "1", "No request is specified"),
        ),
        (
            "maximum memory usage per Pod is 1Gi.  No limit is specified",
            violation(Rule::Maximum, "Pod", "memory", "1Gi", "No limit is specified"),
        ),
        (
            "cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333",
            violation(Rule::Ratio, "Container", "cpu", "2", "provided ratio is 3.333333"),
        ),
        (
            "cpu max limit to request ratio per Container is 2, but no request is specified or request is 0",
            violation(Rule::Ratio, "Container", "cpu", "2", "no request is specified or request is 0"),
        ),
        (
            "minimum storage usage per PersistentVolumeClaim is 2Gi, but request is 1Gi",
            violation(Rule::Minimum, "PersistentVolumeClaim", "storage", "2Gi", "request is 1Gi"),
        ),
    ] {
        assert_eq!(
            only(&format!("pods \"p\" is forbidden: {text}")).reason,
            RefusalReason::Bounds(vec![expected.clone()])
        );
        assert_eq!(
            only(&format!("pods \"p\" is forbidden: {text}.")).reason,
            RefusalReason::Bounds(vec![expected])
        );
    }
    let text = "pods \"p\" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m, maximum memory usage per Container is 1Gi, but limit is 2Gi]";
    let expected = vec![
        violation(Rule::Minimum, "Container", "cpu", "100m", "request is 50m"),
        violation(Rule::Maximum, "Container", "memory", "1Gi", "limit is 2Gi"),
    ];
    assert_eq!((only(text).reason, only(text).text.as_str()), (RefusalReason::Bounds(expected), text));
}

#[test]
fn other_causes_are_named() {
    for (why, cause) in [
        (
            "violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (container \"a\" must set it)",
            "Pod Security",
        ),
        (
            "error looking up service account ps2/nope: serviceaccount \"nope\" not found",
            "the ServiceAccount does not exist",
        ),
        ("no PriorityClass with name high was found", "the PriorityClass does not exist"),
        ("pod rejected: RuntimeClass \"kata\" not found", "the RuntimeClass does not exist"),
        (
            "unable to create new content in namespace x because it is being terminated",
            "the namespace is being deleted",
        ),
        ("User \"ci\" cannot create resource \"pods\" in API group \"\" in the namespace \"x\"", "RBAC"),
        ("the sky is falling", "another admission rule"),
    ] {
        let message = only(&format!("Error creating: pods \"web-4x\" is forbidden: {why}"));
        let RefusalReason::NotQuota { cause: found, why: words } = &message.reason else {
            panic!("{message:?}")
        };
        assert!(found.starts_with(cause), "{found}");
        assert_eq!(words, why);
    }
    let text = "Error from server: admission webhook \"policy.example.com\" denied the request: no";
    assert!(matches!(only(text).reason, RefusalReason::NotQuota { .. }));
    let text = "The Pod \"p\" is invalid: spec.containers[0].resources.requests: Invalid value: \"700m\": must be less than or equal to cpu limit of 500m";
    let why = "spec.containers[0].resources.requests: Invalid value: \"700m\": must be less than or equal to cpu limit of 500m";
    assert_eq!(only(text).reason, RefusalReason::Invalid { why: why.to_owned() });
    assert_eq!(only(text).resource, "Pod");
}

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?){0,2}"
}

fn key() -> impl Strategy<Value = String> {
    "(requests\\.|limits\\.|count/)?[a-z]{1,8}(\\.[a-z]{1,5}){0,2}(/[a-z._-]{0,6}[a-z])?"
}

fn amount() -> impl Strategy<Value = String> {
    "[+]?[0-9]{1,6}(\\.[0-9]{0,3})?(m|k|Mi|Gi|e3|E)?"
}

proptest! {
    #[test]
    fn any_shortage_is_read_back(
        (resource, name, quota) in (name(), name(), name()),
        keys in prop::collection::btree_map(key(), (amount(), amount(), amount()), 1..4),
        before in "[ -~]{0,20}",
    ) {
        let list = |pick: fn(&(String, String, String)) -> &String| {
            keys.iter().map(|(key, amounts)| format!("{key}={}", pick(amounts))).collect::<Vec<_>>().join(",")
        };
        let message = format!(
            "{resource} \"{name}\" is forbidden: exceeded quota: {quota}, requested: {}, used: {}, limited: {}",
            list(|of| &of.0), list(|of| &of.1), list(|of| &of.2),
        );
        let shortages: Vec<_> = keys.iter().map(|(key, (asked, used, hard))| shortage(&quota, key, [asked, used, hard])).collect();
        let found = find(&format!("{before}: {message}"));
        prop_assert_eq!(found.len(), 1);
        // A full stop at the end is taken for the sentence's.
        prop_assert_eq!(&found[0].text, message.trim_end_matches('.'));
        prop_assert_eq!((&found[0].resource, &found[0].name), (&resource, &name));
        prop_assert_eq!(&found[0].reason, &RefusalReason::Exceeded { quota, shortages });
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), words in "([ -~\n]{0,30}(exceeded quota: | is forbidden: |requested: |\\[minimum | usage per | is |failed quota: |: must specify | for: |\")){0,8}") {
        find(&text);
        find(&words);
    }
}

#[test]
fn our_own_refusals_are_read_back() {
    let refusal = Refusal {
        refused_by: RefusedBy { kind: "ResourceQuota", name: "q".to_owned() },
        message: EXCEEDED.to_owned(),
        shortages: Vec::new(),
    };
    let RefusalReason::Exceeded { shortages, .. } = only(&refusal.message).reason else {
        panic!("{refusal:?}")
    };
    assert_eq!(shortages.len(), 2);
}
