//! `kubectl quota limits`: LimitRanges, and what containers get.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::{
    objects::{deployment, limit_range, template},
    support::{administrator, create, user},
};

fn defaults(namespace: &str) -> Value {
    let item = json!({
        "type": "Container", "default": {"cpu": "500m", "memory": "512Mi"},
        "defaultRequest": {"cpu": "100m"}, "max": {"cpu": "2"}, "min": {"cpu": "50m"}, "maxLimitRequestRatio": {"cpu": "10"},
    });
    limit_range(namespace, "defaults", &item)
}

#[test]
fn limit_ranges_are_a_row_for_each_resource() {
    let namespace = fresh_namespace("limits");
    let env = administrator();
    let none = env.run("kubectl", ["quota", "limits", "-n", &namespace]).success();
    assert_eq!(
        (none.stdout.as_str(), none.stderr),
        ("", format!("No LimitRange in namespace {namespace}\n"))
    );
    let missing = env.run("kubectl", ["quota", "limits", "-n", "not-there"]).exits(1);
    assert_eq!(
        missing.stderr,
        "Error from server (NotFound): namespaces \"not-there\" not found\nhint: `kubectl get namespaces` lists those that are there\n"
    );
    create(&defaults(&namespace));
    let claims = json!({"type": "PersistentVolumeClaim", "max": {"storage": "10Gi"}});
    create(&limit_range(&namespace, "storage", &claims));
    let output = env.run("kubectl", ["quota", "limits", "-n", &namespace]).success();
    let expected = "\
LIMITRANGE   TYPE                    RESOURCE   MIN   MAX    DEFAULT REQUEST   DEFAULT LIMIT   MAX RATIO
defaults     Container               cpu        50m   2      100m              500m            10
defaults     Container               memory     -     -      512Mi             512Mi           -
storage      PersistentVolumeClaim   storage    -     10Gi   -                 -               -
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""));
    let report = env.run("kubectl", ["quota", "limits", "-n", &namespace, "-o", "json"]).success().json();
    let amount = |quantity: &str, decimal: &str| json!({"quantity": quantity, "decimal": decimal});
    assert_eq!(report["kind"], "Limits");
    assert_eq!(
        report["items"][0],
        json!({
            "namespace": namespace, "limitRange": "defaults", "type": "Container", "resource": "cpu",
            "min": amount("50m", "0.05"), "max": amount("2", "2"), "default": amount("500m", "0.5"),
            "defaultRequest": amount("100m", "0.1"), "maxLimitRequestRatio": amount("10", "10"),
        })
    );
    let dump = env.run("kubectl", ["get", "limitranges", "-n", &namespace, "-o", "yaml"]).success().stdout;
    let from = env
        .command("kubectl", ["quota", "limits", "--from", "-", "-n", &namespace])
        .stdin(dump)
        .run()
        .success();
    assert_eq!(from.stdout, expected);
    let forbidden =
        user(&format!("{namespace}-nobody")).run("kubectl", ["quota", "limits", "-n", &namespace]).exits(6);
    assert!(
        forbidden.stderr.starts_with("Error from server (Forbidden): limitranges is forbidden"),
        "{forbidden}"
    );
}

/// A template with a container that sets a limit, one that sets nothing, and an init container.
fn three() -> Value {
    let mut template = template("web", &json!({}));
    template["spec"]["containers"] = json!([
        {"name": "app", "image": "app", "resources": {"limits": {"cpu": "1"}}},
        {"name": "log", "image": "log"},
    ]);
    template["spec"]["initContainers"] =
        json!([{"name": "wait", "image": "wait", "resources": {"requests": {"cpu": "200m"}}}]);
    template
}

#[test]
fn what_containers_get_is_what_the_server_gives_them() {
    let namespace = fresh_namespace("sources");
    create(&defaults(&namespace));
    create(&deployment(&namespace, "web", 1, three()));
    let env = administrator();
    let output = env.run("kubectl", ["quota", "limits", "deploy/web", "-n", &namespace]).success();
    let expected = "\
WORKLOAD         CONTAINER   RESOURCE   REQUEST   REQUEST FROM          LIMIT   LIMIT FROM            CERTAIN
deployment/web   app         cpu        1         its limit             1       the container         yes
deployment/web   app         memory     512Mi     LimitRange defaults   512Mi   LimitRange defaults   yes
deployment/web   log         cpu        100m      LimitRange defaults   500m    LimitRange defaults   yes
deployment/web   log         memory     512Mi     LimitRange defaults   512Mi   LimitRange defaults   yes
deployment/web   wait        cpu        200m      the container         500m    LimitRange defaults   yes
deployment/web   wait        memory     512Mi     LimitRange defaults   512Mi   LimitRange defaults   yes
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (expected, ""));
    // Where columns are found by their names, no two have one name.
    let csv = env.run("kubectl", ["quota", "limits", "deploy/web", "-n", &namespace, "-o", "csv"]).success();
    let header = "NAMESPACE,WORKLOAD,CONTAINER,RESOURCE,REQUEST,REQUEST FROM,LIMIT,LIMIT FROM,CERTAIN\n";
    assert!(csv.stdout.starts_with(header), "{csv}");
    // The pod that the controller made has the same.
    let pods = cluster()
        .api()
        .wait(&format!("/api/v1/namespaces/{namespace}/pods"), "", "a pod", |pods| !pods.is_empty());
    let pod = &pods.expect("a pod")[0];
    let report = env
        .run("kubectl", ["quota", "limits", "deployment", "web", "-n", &namespace, "-o", "json"])
        .success()
        .json();
    assert_eq!(report["kind"], "ContainerLimits");
    let all = ["containers", "initContainers"]
        .map(|field| pod["spec"][field].as_array().cloned().unwrap_or_default())
        .concat();
    for row in report["items"].as_array().expect("items") {
        let container = all.iter().find(|one| one["name"] == row["container"]).expect("the container");
        let resource = row["resource"].as_str().expect("a resource");
        let given = |list: &str| &container["resources"][list][resource];
        assert_eq!(
            (&row["request"]["quantity"], &row["limit"]["quantity"]),
            (given("requests"), given("limits")),
            "{row}"
        );
    }
    // An object that is stored says nothing of where it got it.
    let name = pod["metadata"]["name"].as_str().expect("a name");
    let stored = env
        .run("kubectl", ["quota", "limits", &format!("pod/{name}"), "-n", &namespace, "-o", "csv"])
        .success();
    assert!(
        stored
            .stdout
            .contains(&format!("{namespace},pod/{name},log,cpu,0.1,the container,0.5,the container,yes\n")),
        "{stored}"
    );
}

#[test]
fn what_depends_on_chance_and_what_is_refused_is_said() {
    let namespace = fresh_namespace("chance");
    create(&defaults(&namespace));
    let other = json!({"type": "Container", "default": {"memory": "1Gi"}, "max": {"cpu": "800m"}});
    create(&limit_range(&namespace, "tight", &other));
    let env = administrator();
    let mut template = template("web", &json!({}));
    template["spec"]["containers"][0]["resources"] = json!({"limits": {"cpu": "1"}});
    let manifest = deployment(&namespace, "web", 1, template);
    let output = env
        .command("kubectl", ["quota", "limits", "-n", &namespace, "-f", "-", "--no-headers"])
        .stdin(manifest.to_string())
        .run()
        .exits(3);
    let rows: Vec<_> =
        output.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        rows,
        [
            "deployment/web app cpu 1 its limit 1 the container yes",
            "deployment/web app memory 512Mi LimitRange defaults 512Mi LimitRange defaults no",
            "deployment/web app memory 1Gi LimitRange tight 1Gi LimitRange tight no",
            "",
            "Its pods would be refused:",
            "pods \"web-*\" is forbidden: maximum cpu usage per Container is 800m, but limit is 1",
        ]
    );
    let nothing = env
        .command("kubectl", ["quota", "limits", "-f", "-"])
        .stdin("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
        .run()
        .exits(2);
    assert!(nothing.stderr.starts_with("error: no workload and no pod in the manifests\n"), "{nothing}");
    let unknown = env.run("kubectl", ["quota", "limits", "deploy/nope", "-n", &namespace]).exits(1);
    assert_eq!(
        unknown.stderr,
        "Error from server (NotFound): deployments.apps \"nope\" not found\nhint: `kubectl get deployments.apps -A` lists those that are there\n"
    );
}
