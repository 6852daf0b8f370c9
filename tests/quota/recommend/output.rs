//! What `recommend` prints, and what it refuses.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use crate::objects::{autoscaler, deployment, list, on_nodes_of, service, template, workload};
use crate::support::{add_nodes, administrator, create, enforced_quota, user, wait_until_counted};

/// A namespace with a Deployment of two pods, an autoscaler, and a service. The configmap is the cluster's own.
fn namespace() -> String {
    let namespace = fresh_namespace("sized");
    let resources = json!({"requests": {"cpu": "250m", "memory": "100Mi"}, "limits": {"memory": "200Mi"}});
    let mut pods = template("web", &json!({}));
    pods["spec"]["containers"][0]["resources"] = resources;
    let web = deployment(&namespace, "web", 2, pods);
    let scaler = autoscaler(&namespace, "web", "web", 4);
    let service = service(&namespace, "web", "NodePort");
    let api = cluster().api();
    api.create_all(&[web, scaler, service]).expect("objects");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
    api.wait_for(&path, "two pods", |web| web["status"]["replicas"] == 2).expect("pods");
    namespace
}

fn expected(namespace: &str) -> String {
    format!(
        r##"# limits.cpu is omitted: 2 of 2 containers have no limit, such as container app of deployment/web; --default-limits sets one
apiVersion: v1
kind: LimitRange
metadata:
  name: limits
  namespace: {namespace}
spec:
  limits:
  - default:
      # 95th percentile of the 2 containers that set a limit
      memory: "200Mi"
    defaultRequest:
      # median of the 2 containers that set a request
      cpu: "250m"
      # median of the 2 containers that set a request
      memory: "100Mi"
    type: Container
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: quota
  namespace: {namespace}
spec:
  hard:
    # 400Mi in use + 400Mi autoscalers (deployment/web) + 200Mi surge (deployment/web) + 400Mi terminating (deployment/web) = 1400Mi; + 20% headroom = 1680Mi; rounded up
    limits.memory: "1792Mi"
    # 2 in use + 2 autoscalers (deployment/web) + 1 surge (deployment/web) + 2 terminating (deployment/web) = 7; + 20% headroom; rounded up
    pods: "9"
    # 500m in use + 500m autoscalers (deployment/web) + 250m surge (deployment/web) + 500m terminating (deployment/web) = 1750m; + 20% headroom = 2100m; rounded up
    requests.cpu: "2250m"
    # 200Mi in use + 200Mi autoscalers (deployment/web) + 100Mi surge (deployment/web) + 200Mi terminating (deployment/web) = 700Mi; + 20% headroom = 840Mi; rounded up
    requests.memory: "896Mi"
"##
    )
}

#[test]
fn daemons_whose_controller_revision_is_refused_get_room_on_all_their_nodes() {
    let namespace = fresh_namespace("sized");
    add_nodes(&namespace, 2);
    enforced_quota(&namespace, "children", &json!({"count/controllerrevisions.apps": "0"}));
    let pods = on_nodes_of(&namespace, template("agent", &json!({"memory": "64Mi"})));
    create(&workload("DaemonSet", &namespace, "agent", 1, pods));
    let env = administrator();
    let run =
        |flags: &[&str]| env.run("kubectl", [&["quota", "recommend", "-n", &namespace], flags].concat());
    let wanted = "2 missing pods (daemonset/agent)";
    let output = run(&[]).success();
    assert!(output.stdout.contains(wanted), "{output}");
    let kinds = "pods,daemonsets";
    let dump = env.run("kubectl", ["get", kinds, "-n", &namespace, "-o", "json"]).success().json();
    let nodes =
        env.run("kubectl", ["get", "nodes", "-l", &format!("for={namespace}"), "-o", "json"]).success();
    let objects =
        [dump["items"].as_array(), nodes.json()["items"].as_array()].map(|list| list.expect("items").clone());
    env.file("dump.json", list(&objects.concat()).to_string());
    let output = run(&["--from", "dump.json"]).success();
    assert!(output.stdout.contains(wanted), "{output}");
}

#[test]
fn every_number_comes_with_its_reason() {
    let namespace = namespace();
    let env = administrator();
    let run =
        |flags: &[&str]| env.run("kubectl", [&["quota", "recommend", "-n", &namespace], flags].concat());
    let output = run(&[]);
    assert_eq!((output.status, &output.stdout, output.stderr.as_str()), (Some(0), &expected(&namespace), ""));

    let json = run(&["-o", "json"]).success().json();
    assert_eq!(
        (&json["kind"], &json["items"][0]["objects"][1]["kind"]),
        (&json!("RecommendationList"), &json!("ResourceQuota"))
    );
    let pods =
        json["items"][0]["limits"].as_array().expect("limits").iter().find(|one| one["resource"] == "pods");
    assert_eq!(pods.expect("pods")["hard"], json!({"quantity": "9", "decimal": "9"}));
    assert_eq!(pods.expect("pods")["parts"][2]["why"], "surge");

    let table = run(&["-o", "table"]).success().stdout;
    let row = table.lines().find(|line| line.contains("requests.cpu")).expect("a row");
    let cells: Vec<_> = row.split_whitespace().collect();
    assert_eq!(cells, [&namespace, "quota", "requests.cpu", "500m", "1750m", "2250m", "-"]);

    // The same from a dump of the same namespace; configmaps of a dump are all there is of them.
    let kinds = "pods,deployments,services,hpa,configmaps";
    let dump = env.run("kubectl", ["get", kinds, "-n", &namespace, "-o", "yaml"]).success().stdout;
    env.file("dump.yaml", dump);
    assert_eq!(run(&["--from", "dump.yaml"]).success().stdout, expected(&namespace));

    // Bounds and numbers of objects come where they are asked for.
    let more = run(&["--bounds", "--object-counts", "-o", "json"]).success().json();
    let objects = &more["items"][0]["objects"];
    assert_eq!(
        (&objects[0]["spec"]["limits"][0]["max"], &objects[0]["spec"]["limits"][0]["min"]),
        (&json!({"memory": "200Mi"}), &json!({"cpu": "250m", "memory": "100Mi"}))
    );
    for name in ["configmaps", "services", "services.nodeports"] {
        assert_eq!(objects[1]["spec"]["hard"][name], "2", "{more:#}");
    }

    // The server takes it as it is, and counts as it was foretold.
    env.command("kubectl", ["apply", "-f", "-"]).stdin(expected(&namespace)).run().success();
    let used = json!({
        "limits.memory": "400Mi", "pods": "2", "requests.cpu": "500m", "requests.memory": "200Mi",
    });
    wait_until_counted(&namespace, "quota", &used);
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/quota");
    assert_eq!(cluster().api().get(&path).expect("the quota")["status"]["used"], used);
    let again = run(&["-o", "json"]).success().json();
    assert_eq!(again["items"][0]["changes"], json!([]), "nothing has changed since");
}

#[test]
fn values_that_would_break_what_runs_are_refused() {
    let namespace = namespace();
    let env = administrator();
    let flags = ["--hard", "requests.cpu=400m", "--max", "memory=150Mi"];
    let arguments = [&["quota", "recommend", "-n", &namespace], &flags[..]].concat();
    let refused = env.run("kubectl", &arguments).exits(5);
    let said = "error: these values would break existing objects
  resourcequota/quota: requests.cpu=400m is below the 500m in use, 500m by deployment/web
  deployment/web: pods \"web-*\" is forbidden: maximum memory usage per Container is 150Mi, but limit is 200Mi
  limitrange/limits: spec.limits[0].default[memory]: Invalid value: \"150Mi\": default value 200Mi is greater than max value 150Mi
hint: omit the values to get recommended ones, or add --force
";
    assert_eq!((refused.stdout.as_str(), refused.stderr.as_str()), ("", said));
    let forced = env.run("kubectl", [&arguments[..], &["--force"]].concat()).success();
    assert!(forced.stdout.contains("# as given; 500m in use"), "{forced}");
    assert_eq!(
        forced.stderr.lines().filter(|line| line.starts_with("Warning: breaks ")).count(),
        3,
        "{forced}"
    );
}

#[test]
fn what_is_there_is_changed_and_not_doubled() {
    let namespace = namespace();
    enforced_quota(&namespace, "present", &json!({"pods": "3", "count/jobs.batch": "5"}));
    let env = administrator();
    let output = env.run("kubectl", ["quota", "recommend", "-n", &namespace, "-o", "json"]).success();
    let item = &output.json()["items"][0];
    let quota = &item["objects"][1];
    assert_eq!(
        (&quota["metadata"]["name"], &quota["spec"]["hard"]["count/jobs.batch"]),
        (&json!("present"), &json!("5"))
    );
    let changes = item["changes"].as_array().expect("changes");
    assert!(
        changes.contains(
            &json!({"object": "resourcequota/present", "field": "pods", "before": "3", "after": "9"})
        ),
        "{changes:?}"
    );
}

#[test]
fn what_may_not_be_read_is_told() {
    let namespace = namespace();
    let env = user(&format!("{namespace}-reader"));
    let output = env.run("kubectl", ["quota", "recommend", "-n", &namespace]).exits(6);
    assert_eq!(output.stdout, "");
    assert!(output.stderr.contains("cannot list resource \"pods\""), "{output}");
    let empty = fresh_namespace("sized");
    let output = administrator().run("kubectl", ["quota", "recommend", "-n", &empty]).success();
    let said = format!(
        "Nothing runs in namespace {empty}, so no quota can be recommended; `kubectl quota create` starts from a profile\n"
    );
    assert_eq!((output.stdout.as_str(), output.stderr), ("", said));
    let missing = administrator().run("kubectl", ["quota", "recommend", "-n", "nowhere"]).exits(1);
    assert!(missing.stderr.contains("namespaces \"nowhere\" not found"), "{missing}");
    let all = administrator().run("kubectl", ["quota", "recommend", "-A", "-o", "json"]).success().json();
    let named = |item: &Value| item["namespace"] == *namespace;
    assert!(all["items"].as_array().expect("items").iter().any(named), "all namespaces are looked at");
}
