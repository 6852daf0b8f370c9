//! `--namespace` beside the namespaces of manifests: every command that takes `-f` refuses what kubectl refuses, in the same
//! words, and judges each manifest in its own namespace where kubectl would apply it there.

use serde_json::{Value, json};
use support::{TestEnv, fresh_namespace};

use crate::{
    objects::{config_map, cpu, deployment, list, quota, template, without_namespace},
    support::administrator,
};

const HINT: &str = "hint: without --namespace each manifest is judged in its own\n";

/// Manifests in every way in which kubectl takes them.
fn manifests(namespace: &str) -> TestEnv {
    let env = administrator();
    let mine = config_map(namespace, "mine");
    let nowhere = without_namespace(config_map("", "plain"));
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
        "metadata": {"name": "reader", "namespace": "elsewhere"}, "rules": [],
    });
    let mut empty = config_map("", "empty");
    empty["metadata"]["namespace"] = json!("");
    env.file("mine.json", mine.to_string());
    env.file("other.json", config_map("elsewhere", "other").to_string());
    env.file("plain.json", list(&[nowhere, empty]).to_string());
    env.file("both.json", list(&[mine.clone(), config_map("elsewhere", "other")]).to_string());
    env.file("two.json", list(&[config_map("elsewhere", "a"), config_map("far-away", "b")]).to_string());
    env.file("cluster.json", role.to_string());
    env.file("folder/a.json", config_map("elsewhere", "a").to_string());
    env.file("folder/below/b.json", config_map("far-away", "b").to_string());
    env.file("overlay/kustomization.yaml", "resources: [a.json]\n");
    env.file("overlay/a.json", config_map("elsewhere", "a").to_string());
    env
}

#[test]
fn check_refuses_what_kubectl_refuses_line_by_line() {
    let namespace = fresh_namespace("own");
    let env = manifests(&namespace);
    for (words, refused) in [
        (&["-f", "mine.json"][..], 0),
        (&["-f", "plain.json"], 0),
        (&["-f", "cluster.json"], 0),
        (&["-f", "other.json"], 1),
        (&["-f", "both.json"], 1),
        (&["-f", "two.json"], 2),
        (&["-f", "mine.json,other.json"], 1),
        (&["-f", "two.json,other.json"], 3),
        (&["-f", "two.json", "-f", "other.json"], 3),
        (&["-R", "-f", "folder"], 2),
        (&["-k", "overlay"], 1),
    ] {
        let run = |command: &[&str]| env.run("kubectl", [command, &["-n", &namespace], words].concat());
        let theirs = run(&["apply", "--dry-run=client"]);
        let ours = run(&["quota", "check"]);
        let lines = theirs.stderr.lines().filter(|line| line.contains("does not match the namespace"));
        assert_eq!(lines.count(), refused, "{theirs}");
        match refused {
            0 => {
                let ours = ours.exits(0);
                assert_eq!(ours.stderr, "", "{ours}");
                theirs.success();
            }
            _ => {
                theirs.clone().exits(1);
                let ours = ours.exits(1);
                let expected = format!("{}{HINT}", theirs.stderr);
                assert_eq!((ours.stdout.as_str(), ours.stderr.as_str()), ("", expected.as_str()));
            }
        }
        // Without --namespace, or with an empty one, everything is in its own.
        for own in [&[][..], &["-n", ""]] {
            let line = |command: &[&str]| env.run("kubectl", [command, own, words].concat());
            line(&["apply", "--dry-run=client"]).success();
            let ours = line(&["quota", "check"]);
            assert_eq!(ours.stderr, "", "{ours}");
            assert!(matches!(ours.status, Some(0 | 3)), "{ours}");
        }
    }
}

#[test]
fn the_namespace_of_a_kubeconfig_is_for_manifests_without_one() {
    let namespace = fresh_namespace("own");
    let env = manifests(&namespace);
    env.run("kubectl", ["config", "set-context", "--current", "--namespace", &namespace]).success();
    env.run("kubectl", ["apply", "--dry-run=client", "-f", "other.json"]).success();
    let other = env.run("kubectl", ["quota", "check", "-f", "other.json", "-o", "json"]).exits(3);
    assert_eq!((other.stderr.as_str(), &other.json()["objects"][0]["namespace"]), ("", &json!("elsewhere")));
    let plain = env.run("kubectl", ["quota", "check", "-f", "plain.json", "-o", "json"]).exits(0).json();
    let places: Vec<&Value> =
        plain["objects"].as_array().expect("objects").iter().map(|one| &one["namespace"]).collect();
    assert_eq!(places, [&json!(namespace), &json!(namespace)]);
}

#[test]
fn other_commands_with_manifests_refuse_the_same() {
    let namespace = fresh_namespace("own");
    let elsewhere = fresh_namespace("elsewhere");
    let env = administrator();
    let web = deployment(&elsewhere, "web", 1, template("web", &cpu("100m")));
    env.file("web.json", web.to_string());
    env.file("few.json", quota(&elsewhere, "few", &json!({"pods": "1"})).to_string());
    let theirs =
        env.run("kubectl", ["apply", "--dry-run=client", "-n", &namespace, "-f", "web.json"]).exits(1);
    let expected = format!("{}{HINT}", theirs.stderr);
    for line in ["fits -f web.json", "rollout -f web.json", "limits -f web.json", "what-if -f few.json"] {
        let words: Vec<_> = ["quota"].into_iter().chain(line.split(' ')).collect();
        let refused = env.run("kubectl", [&words[..], &["-n", &namespace]].concat()).exits(1);
        assert_eq!((refused.stdout.as_str(), refused.stderr.as_str()), ("", expected.as_str()), "{refused}");
        // In their own namespace they are judged, whether it is named or not.
        for own in [&[][..], &["-n", &elsewhere]] {
            let judged = env.run("kubectl", [&words[..], own, &["-o", "json"]].concat()).exits(0);
            assert_eq!(judged.stderr, "", "{judged}");
            assert!(judged.stdout.contains(&elsewhere), "{judged}");
        }
    }
    for line in ["fits -A -f web.json", "rollout -A -f web.json", "limits -A -f web.json"] {
        let words: Vec<_> = ["quota"].into_iter().chain(line.split(' ')).collect();
        let refused = env.run("kubectl", &words).exits(2);
        let word = "error: the argument '--all-namespaces' cannot be used with '--filename ";
        assert!(refused.stderr.starts_with(word) && refused.stdout.is_empty(), "{refused}");
    }
}

#[test]
fn what_if_takes_the_namespace_of_its_file() {
    let (first, second) = (fresh_namespace("first"), fresh_namespace("second"));
    let env = administrator();
    let hard = json!({"pods": "1"});
    env.file("one.json", quota(&first, "few", &hard).to_string());
    env.file("two.json", list(&[quota(&first, "few", &hard), quota(&second, "few", &hard)]).to_string());
    let one = env.run("kubectl", ["quota", "what-if", "-f", "one.json"]).exits(0);
    assert_eq!(
        (one.stdout.as_str(), one.stderr.as_str()),
        ("QUOTA   RESOURCE   NOW   THEN   USED   STATE\nfew     pods       -     1      0      Ok\n", "")
    );
    let two = env.run("kubectl", ["quota", "what-if", "-f", "two.json"]).exits(2);
    let mut names = [first, second];
    names.sort();
    let expected = format!(
        "error: two.json is about several namespaces: {}\nhint: --all-namespaces judges each object in its own\n",
        names.join(", ")
    );
    assert_eq!((two.stdout.as_str(), two.stderr.as_str()), ("", expected.as_str()));
    let all = env.run("kubectl", ["quota", "what-if", "-A", "-f", "two.json", "-o", "json"]).exits(0).json();
    let found: Vec<_> = all["items"].as_array().expect("items").iter().map(|one| &one["namespace"]).collect();
    assert_eq!(found, [&json!(names[0]), &json!(names[1])]);
}
