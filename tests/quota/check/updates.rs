//! Updates as `kubectl apply` makes them: random objects, applied, changed by somebody else, and applied again by
//! kubectl's dry run and by `check`.
//!
//! `APPLY_TRIALS=500` makes more of them, `APPLY_SEED=…` the same again.

use serde_json::{Map, Value, json};
use support::{Random, TestEnv, cluster, fresh_namespace, number, seed};

use crate::{
    objects::{list, quota},
    support::{administrator, check, enforced_quota, wait_for_status},
};

const TRIALS: u64 = 14;

/// Resources without the rule that every container must name them, so that amounts show in the refusal.
const RESOURCES: [&str; 2] = ["ephemeral-storage", "example.com/gpu"];

fn container(random: &mut Random, name: &str) -> Value {
    let (mut requests, mut limits) = (Map::new(), Map::new());
    for resource in RESOURCES {
        let amount = (1 + random.below(900)).to_string();
        match random.below(4) {
            0 => {}
            1 if resource == RESOURCES[0] => drop(requests.insert(resource.to_owned(), Value::from(amount))),
            _ => drop(limits.insert(resource.to_owned(), Value::from(amount))),
        }
    }
    let mut container = json!({"name": name, "image": "app"});
    match (requests.is_empty(), limits.is_empty()) {
        (true, true) if random.percent(50) => {}
        (true, true) => container["resources"] = json!({}),
        (true, false) => container["resources"] = json!({"limits": limits}),
        _ => container["resources"] = json!({"requests": requests, "limits": limits}),
    }
    if random.percent(30) {
        container["env"] = json!([{"name": random.pick(&["A", "B"]), "value": "x"}]);
    }
    container
}

fn containers(random: &mut Random, names: &[&str], at_least: usize) -> Value {
    let mut chosen: Vec<&str> = names.iter().copied().filter(|_| random.percent(55)).collect();
    if chosen.len() < at_least {
        chosen = vec![names[0]];
    }
    if random.percent(30) {
        chosen.reverse();
    }
    chosen.iter().map(|name| container(random, name)).collect()
}

fn deployment(random: &mut Random, namespace: &str, version: &str) -> Value {
    let mut spec = json!({"containers": containers(random, &["a", "b", "c"], 1)});
    if random.percent(50) {
        let mut init = containers(random, &["x", "y"], 0);
        for one in init.as_array_mut().expect("containers") {
            if random.percent(50) {
                one["restartPolicy"] = Value::from("Always");
            }
        }
        spec["initContainers"] = init;
    }
    let labels = json!({"app": "web"});
    let mut web = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": namespace},
        "spec": {
            "replicas": 0, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels, "annotations": {"version": version}}, "spec": spec},
        },
    });
    match random.below(4) {
        0 => web["spec"]["strategy"] = json!({"type": "Recreate"}),
        1 => web["spec"]["strategy"] = json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}),
        _ => {}
    }
    web
}

fn service(random: &mut Random, namespace: &str) -> Value {
    let ports = 1 + random.below(3);
    let first = 80 + random.below(3);
    let ports: Vec<_> = (0..ports)
        .map(|index| json!({"name": format!("p{}", first + index), "port": first + index}))
        .collect();
    let mut spec = json!({"selector": {"a": "b"}, "ports": ports});
    match random.below(4) {
        0 => {}
        1 => spec["type"] = Value::from("ClusterIP"),
        2 => spec["type"] = Value::from("NodePort"),
        _ => spec["type"] = Value::from("LoadBalancer"),
    }
    json!({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "front", "namespace": namespace}, "spec": spec})
}

/// Applies for good, or for show: the object that comes of it, or what is said against it.
fn apply(env: &TestEnv, object: &Value, words: &[&str]) -> Result<Value, String> {
    let arguments = [&["apply", "-f", "-", "-o", "json"], words].concat();
    let output = env.command("kubectl", arguments).stdin(object.to_string()).run();
    match output.status {
        Some(0) => Ok(output.json()),
        _ => Err(output.stderr.clone()),
    }
}

/// What a pod of this Deployment asks for, in the words of a quota that has nothing of it.
fn asks_for(env: &TestEnv, there: Option<&Value>, manifest: &Value) -> Value {
    let hard = json!({
        "requests.ephemeral-storage": "0", "limits.ephemeral-storage": "0", "requests.example.com/gpu": "0", "pods": "0",
    });
    let namespace = manifest["metadata"]["namespace"].as_str().expect("a namespace");
    let mut quota = quota(namespace, "nothing", &hard);
    let used: Map<_, _> =
        hard.as_object().expect("hard").keys().map(|key| (key.clone(), Value::from("0"))).collect();
    quota["status"] = json!({"hard": hard, "used": used});
    let items: Vec<_> = [Some(&quota), there].into_iter().flatten().collect();
    env.file("dump.json", list(&items).to_string());
    let mut manifest = manifest.clone();
    manifest["spec"]["replicas"] = Value::from(2);
    let rows = check(env, &["--from", "dump.json"], &[manifest], 3);
    rows[0]["messages"].clone()
}

#[test]
#[expect(clippy::print_stdout, reason = "the seed is for whoever ran it")]
fn what_kubectl_would_send_is_what_is_judged() {
    let seed = seed("APPLY_SEED");
    let trials = number("APPLY_TRIALS").unwrap_or(TRIALS);
    println!("APPLY_SEED={seed} APPLY_TRIALS={trials}");
    let mut random = Random::new(seed);
    let random = &mut random;
    let namespace = fresh_namespace("apply");
    enforced_quota(
        &namespace,
        "few",
        &json!({"services": "5", "services.nodeports": "2", "services.loadbalancers": "0"}),
    );
    let env = administrator();
    let api = cluster().api();
    let (mut merged_otherwise, mut refused) = (0, 0);
    for trial in 0..trials {
        let first = deployment(random, &namespace, "1");
        apply(&env, &first, &[]).expect("a Deployment");
        // Somebody else adds a container, or gives the first one another limit.
        let path = format!("/apis/apps/v1/namespaces/{namespace}/deployments/web");
        let patch = match random.below(3) {
            0 => json!({"spec": {"template": {"spec": {"containers": [container(random, "z")]}}}}),
            1 => {
                json!({"spec": {"template": {"spec": {"containers": [{"name": first["spec"]["template"]["spec"]["containers"][0]["name"], "resources": {"limits": {"ephemeral-storage": "950"}}}]}}}})
            }
            _ => json!({}),
        };
        let media = Some("application/strategic-merge-patch+json");
        let answer = api.request("PATCH", &path, media, Some(&patch)).expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let second = deployment(random, &namespace, "2");
        match apply(&env, &second, &["--dry-run=server"]) {
            Ok(merged) => {
                let live = api.get(&path).expect("the Deployment");
                let ours = asks_for(&env, Some(&live), &second);
                let theirs = asks_for(&env, None, &merged);
                assert_eq!(
                    ours, theirs,
                    "APPLY_SEED={seed}, trial {trial}\n{live:#}\n{second:#}\n{merged:#}"
                );
                merged_otherwise += u32::from(asks_for(&env, None, &second) != theirs);
            }
            // The merge made limits of the one that are below requests of the other.
            Err(why) => {
                let rows = check(&env, &[], std::slice::from_ref(&second), 3);
                assert_eq!(rows[0]["verdict"], "Refused", "{why}");
            }
        }
        api.delete(&path).expect("gone");

        let first = service(random, &namespace);
        let second = service(random, &namespace);
        if apply(&env, &first, &[]).is_err() {
            continue;
        }
        let theirs = apply(&env, &second, &["--dry-run=server"]);
        let status = if theirs.is_ok() { 0 } else { 3 };
        let rows = check(&env, &[], &[second], status);
        if let Err(why) = &theirs {
            refused += 1;
            let ours = rows[0]["messages"][0].as_str().expect("a message");
            assert!(why.contains(ours), "APPLY_SEED={seed}, trial {trial}\n{why}\n{ours}");
        }
        api.delete(&format!("/api/v1/namespaces/{namespace}/services/front")).expect("gone");
        // What is no more is counted until the controller has seen that.
        wait_for_status(&namespace, "few", |status| {
            status["used"]
                == json!({"services": "0", "services.nodeports": "0", "services.loadbalancers": "0"})
        });
    }
    println!(
        "{trials} trials, {merged_otherwise} merged into something else, {refused} services refused, 0 wrong"
    );
    assert!(merged_otherwise > 0);
}
