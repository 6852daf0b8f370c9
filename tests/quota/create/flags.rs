//! All answers as flags: what is written, what is refused, and what is only shown.

use serde_json::{Value, json};
use support::{Output, cluster, fresh_namespace};

use crate::objects::{deployment, limit_range, quota, template};
use crate::support::{administrator, enforced_quota, wait_for_status};

fn create(namespace: &str, words: &[&str]) -> Output {
    administrator().run("kubectl", [&["quota", "create", "-n", namespace], words].concat())
}

fn quotas(namespace: &str) -> Vec<Value> {
    let list =
        cluster().api().get(&format!("/api/v1/namespaces/{namespace}/resourcequotas")).expect("a list");
    list["items"].as_array().cloned().expect("items")
}

/// A namespace where two pods of 300m run, made by a Deployment.
fn busy() -> String {
    let namespace = fresh_namespace("busy");
    let web = deployment(&namespace, "web", 2, template("web", &json!({"cpu": "300m"})));
    cluster().api().create(&web).expect("a Deployment");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    cluster().api().wait_for(&path, "two pods", |web| web["status"]["replicas"] == 2).expect("pods");
    namespace
}

#[test]
fn without_an_answer_and_without_a_terminal_it_names_the_flag() {
    let namespace = fresh_namespace("flags");
    let output = create(&namespace, &[]).exits(2);
    let said = "error: no limits given\nhint: set --hard RESOURCE=QUANTITY,… or --team small|medium|large|custom, or run the command on a terminal\n";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    let output = create(&namespace, &["q", "--hard", "pods=5"]).exits(2);
    assert_eq!(output.stdout, "");
    let end = format!(
        "error: can't ask `Write this to namespace {namespace}?`: standard input is not a terminal\nhint: pass --yes\n"
    );
    assert!(output.stderr.ends_with(&end), "{output}");
    assert!(quotas(&namespace).is_empty());
}

#[test]
fn what_the_server_would_refuse_is_refused_in_its_words() {
    let namespace = fresh_namespace("flags");
    let output = create(
        &namespace,
        &["q", "--hard", "pod=1,pods=1.5", "--default-request", "cpu=2", "--max", "cpu=1", "--yes"],
    )
    .exits(2);
    let said = "\
The ResourceQuota \"q\" is invalid: spec.hard[pod]: Invalid value: \"pod\": must be a standard resource type or fully qualified
The ResourceQuota \"q\" is invalid: spec.hard[pod]: Invalid value: \"pod\": must be a standard resource for quota
The ResourceQuota \"q\" is invalid: spec.hard[pods]: Invalid value: \"1500m\": must be an integer
The LimitRange \"q\" is invalid: spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 1
The LimitRange \"q\" is invalid: spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than default limit value 1
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    // The server says each of them.
    let api = cluster().api();
    let rejected = quota(&namespace, "q", &json!({"pod": "1", "pods": "1.5"}));
    let range = limit_range(
        &namespace,
        "q",
        &json!({"type": "Container", "defaultRequest": {"cpu": "2"}, "max": {"cpu": "1"}}),
    );
    let refused =
        [api.create(&rejected), api.create(&range)].map(|answer| answer.expect_err("a refusal").to_string());
    for line in said.lines() {
        let complaint = line.split_once("is invalid: ").expect("a complaint").1;
        assert!(
            refused.iter().any(|answer| answer.contains(complaint)),
            "the server does not say {complaint}: {refused:?}"
        );
    }
    let output = create(&namespace, &["q", "--hard", "pods=five", "--yes"]).exits(2);
    assert!(output.stderr.contains("quantities must match the regular expression"), "{output}");
    let output = create(&namespace, &["Not_A_Name", "--hard", "pods=5", "--yes"]).exits(1);
    assert!(output.stderr.contains("a lowercase RFC 1123 subdomain"), "{output}");
    assert!(quotas(&namespace).is_empty());
}

#[test]
fn names_that_nothing_counts_need_force() {
    let namespace = fresh_namespace("flags");
    let words = ["q", "--hard", "limits.nvidia.com/gpu=1,count/deployments.app=2,pods=5", "--yes"];
    let output = create(&namespace, &words).exits(5);
    let said =
        "error: never enforced: Kubernetes does not count count/deployments.app, limits.nvidia.com/gpu\n";
    assert!(output.stderr.starts_with(said), "{output}");
    assert!(quotas(&namespace).is_empty());
    let output = create(&namespace, &[&words[..], &["--force"]].concat()).success();
    assert_eq!(output.stdout, "resourcequota/q created\n");
    assert!(
        output.stderr.contains("Warning: never enforced: Kubernetes does not count count/deployments.app"),
        "{output}"
    );
    assert!(output.stderr.contains(" --force --yes\n"), "the line repeats what was forced: {output}");
}

#[test]
fn values_that_break_what_runs_need_force() {
    let namespace = busy();
    let words = ["q", "--hard", "requests.cpu=700m,pods=2", "--yes"];
    let output = create(&namespace, &words).exits(5);
    let said = "\
error: these values would break existing objects
  deployment/web: pods \"web-*\" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=300m, used: pods=2,requests.cpu=600m, limited: pods=2,requests.cpu=700m
hint: omit the values to get recommended ones, or add --force
";
    assert_eq!(output.stdout, "");
    assert!(output.stderr.ends_with(said), "{output}");
    assert!(output.stderr.contains("# in use 600m"), "{output}");
    assert!(quotas(&namespace).is_empty());

    // Two more names than the pods have: nobody who specifies nothing gets in.
    let output = create(&namespace, &["q", "--hard", "limits.memory=1Gi", "--yes"]).exits(5);
    assert!(output.stderr.contains("must specify limits.memory for: app"), "{output}");
    // With a default there is nothing to be refused.
    create(&namespace, &["q", "--hard", "limits.memory=1Gi", "--default-limit", "memory=100Mi", "--yes"])
        .success();
    // A limit below the request of what runs makes it invalid.
    let output = create(&namespace, &["other", "--default-limit", "cpu=200m", "--yes"]).exits(5);
    assert!(output.stderr.contains("deployment/web: Pod \"web-*\" is invalid"), "{output}");
    create(&namespace, &[&words[..], &["--force"]].concat()).success();
    wait_for_status(&namespace, "q", |status| status["used"] == json!({"pods": "2", "requests.cpu": "600m"}));
}

#[test]
fn what_is_there_is_changed_where_it_was_seen() {
    let namespace = busy();
    enforced_quota(&namespace, "q", &json!({"pods": "5", "services": "3"}));
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    let label = json!({"metadata": {"labels": {"team": "blue"}}});
    cluster().api().merge_patch(&path, &label).expect("a label");
    let output = create(&namespace, &["q", "--hard", "pods=6,requests.cpu=2", "--yes"]).success();
    assert_eq!(output.stdout, "resourcequota/q configured\n");
    for line in [
        "resourcequota/q in namespace",
        "  resourcequota/q pods: 5 → 6\n",
        "  resourcequota/q requests.cpu: 2 (new)\n",
        "  resourcequota/q services: 3 (removed)\n",
        "resourcequota/q is enforced\n",
    ] {
        assert!(output.stderr.contains(line), "{line}: {output}");
    }
    let quota = quotas(&namespace).remove(0);
    assert_eq!(quota["spec"]["hard"], json!({"pods": "6", "requests.cpu": "2"}));
    assert_eq!(quota["status"]["hard"], quota["spec"]["hard"], "it was waited for");
    assert_eq!(quota["metadata"]["labels"]["team"], "blue", "what was not spoken of stays");

    let version = quota["metadata"]["resourceVersion"].clone();
    let output = create(&namespace, &["q", "--hard", "pods=6,requests.cpu=2"]).success();
    assert_eq!(output.stdout, "resourcequota/q unchanged\n", "nothing to write is nothing to confirm");
    assert_eq!(quotas(&namespace)[0]["metadata"]["resourceVersion"], version);

    // A request that the server fills in from the limit is no change either.
    create(&namespace, &["q", "--default-limit", "memory=1Gi", "--yes"]).success();
    let output = create(&namespace, &["q", "--default-limit", "memory=1024Mi"]).success();
    assert_eq!(output.stdout, "limitrange/q unchanged\n");
}

#[test]
fn dry_runs_write_nothing() {
    let namespace = fresh_namespace("flags");
    let words = |how: &'static str| ["q", "--team", "small", how];
    // As with kubectl, the flag alone means the client, and a word after it is an argument of its own.
    for how in ["--dry-run=client", "--dry-run"] {
        let output = create(&namespace, &words(how)).success();
        assert_eq!(output.stdout, "limitrange/q created (dry run)\nresourcequota/q created (dry run)\n");
    }
    create(&namespace, &[&words("--dry-run")[..], &["client"]].concat()).exits(2);
    let output = create(&namespace, &words("--dry-run=server")).success();
    assert_eq!(
        output.stdout,
        "limitrange/q created (server dry run)\nresourcequota/q created (server dry run)\n"
    );
    let printed =
        create(&namespace, &[&words("--dry-run=client")[..], &["-o", "json"]].concat()).success().json();
    assert_eq!(printed["kind"], "List");
    assert_eq!(printed["items"][1]["spec"]["hard"]["requests.memory"], "4Gi");
    assert_eq!(
        printed["items"][0]["spec"]["limits"][0]["default"],
        json!({"cpu": "200m", "memory": "512Mi"})
    );
    let printed =
        create(&namespace, &[&words("--dry-run=server")[..], &["-o", "json"]].concat()).success().json();
    assert!(printed["items"][1]["metadata"]["uid"].is_string(), "it is the server's answer: {printed}");
    assert!(quotas(&namespace).is_empty());
    // YAML of it is what kubectl applies.
    let yaml =
        create(&namespace, &[&words("--dry-run=client")[..], &["-o", "yaml"]].concat()).success().stdout;
    administrator().command("kubectl", ["apply", "-f", "-"]).stdin(yaml).run().success();
    assert_eq!(quotas(&namespace).len(), 1);
}

#[test]
fn the_printed_line_does_the_same_again() {
    let (namespace, other) = (fresh_namespace("flags"), fresh_namespace("flags"));
    let words = ["team", "--team", "medium", "--hard", "count/jobs.batch=7", "--scopes", "NotTerminating"];
    // Scopes go with compute resources alone.
    create(&namespace, &[&words[..], &["--yes"]].concat()).exits(2);
    let output = create(&namespace, &[&words[..5], &["--yes"]].concat()).success();
    let line =
        output.stderr.lines().find(|line| line.starts_with("  kubectl quota create ")).expect("a line");
    let env = administrator();
    env.run("sh", ["-c", &line.replace(&namespace, &other)]).success();
    assert_eq!(quotas(&namespace)[0]["spec"], quotas(&other)[0]["spec"]);
    assert_eq!(quotas(&namespace)[0]["spec"]["hard"]["count/jobs.batch"], "7");
}

#[test]
fn a_scope_selector_is_written_as_one_of_labels() {
    let (namespace, other) = (fresh_namespace("flags"), fresh_namespace("flags"));
    let words = ["q", "--hard", "pods=5", "--scopes", "NotTerminating", "--yes"];
    let selector = ["--scope-selector", "PriorityClass in (high,low),!VolumeAttributesClass"];
    let said = "The ResourceQuota \"q\" is invalid: spec.scopeSelector.matchExpressions: Invalid value: {\"MatchExpressions\":[{\"ScopeName\":\"PriorityClass\",\"Operator\":\"In\",\"Values\":[\"high\",\"low\"]},{\"ScopeName\":\"VolumeAttributesClass\",\"Operator\":\"DoesNotExist\",\"Values\":null}]}: unsupported scope applied to resource\n";
    let output = create(&namespace, &[&words[..], &selector].concat()).exits(2);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    assert!(quotas(&namespace).is_empty());

    let selector = ["--scope-selector", "PriorityClass in (high,low)"];
    let output = create(&namespace, &[&words[..], &selector].concat()).success();
    let line = format!(
        "  kubectl quota create q -n {namespace} --hard pods=5 --scopes NotTerminating --scope-selector 'PriorityClass in (high,low)' --yes"
    );
    assert!(output.stderr.lines().any(|one| one == line), "{output}");
    let yaml = "    scopeSelector:\n      matchExpressions:\n      - operator: In\n        scopeName: PriorityClass\n        values:\n        - high\n        - low\n";
    assert!(output.stderr.contains(yaml), "{output}");
    let spec = json!({
        "hard": {"pods": "5"}, "scopes": ["NotTerminating"],
        "scopeSelector": {"matchExpressions": [{"scopeName": "PriorityClass", "operator": "In", "values": ["high", "low"]}]},
    });
    assert_eq!(quotas(&namespace)[0]["spec"], spec);
    administrator().run("sh", ["-c", &line.replace(&namespace, &other)]).success();
    assert_eq!(quotas(&other)[0]["spec"], spec);
    // Another one takes its place; without one it stays.
    let selector = ["--scope-selector", "PriorityClass=high"];
    let output = create(&namespace, &[&words[..], &selector].concat()).success();
    let change = "  resourcequota/q scopes: NotTerminating,PriorityClass in (high,low) → NotTerminating,PriorityClass in (high)";
    assert!(output.stderr.lines().any(|one| one == change), "{output}");
    create(&namespace, &["q", "--hard", "pods=6", "--yes"]).success();
    let spec = &quotas(&namespace)[0]["spec"];
    assert_eq!(spec["hard"]["pods"], "6");
    assert_eq!(spec["scopeSelector"]["matchExpressions"][0]["values"], json!(["high"]));
    let output = create(&namespace, &["--scope-selector", "PriorityClass in", "--yes"]).exits(2);
    assert!(output.stderr.contains("`PriorityClass in`: use PriorityClass=high"), "{output}");
}

#[test]
fn scopes_that_stay_are_shown() {
    let namespace = fresh_namespace("flags");
    let mut scoped = quota(&namespace, "ex", &json!({"pods": "5", "requests.cpu": "4"}));
    scoped["spec"]["scopes"] = json!(["NotTerminating"]);
    cluster().api().create(&scoped).expect("a quota");
    let output = create(&namespace, &["ex", "--hard", "pods=7", "--yes"]).success();
    assert!(output.stderr.contains("    scopes:\n    - NotTerminating\n"), "{output}");
    let spec = &quotas(&namespace)[0]["spec"];
    assert_eq!(*spec, json!({"hard": {"pods": "7"}, "scopes": ["NotTerminating"]}));
    let dry = create(&namespace, &["ex", "--hard", "pods=8", "--dry-run=client", "-o", "json"]).success();
    assert_eq!(dry.json()["spec"], json!({"hard": {"pods": "8"}, "scopes": ["NotTerminating"]}));
}
