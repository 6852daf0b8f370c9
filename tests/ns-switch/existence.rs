//! Whether a namespace exists, asked of a real API server as users who may know more or less.

use cluster::Rule;
use serde_json::json;
use support::{TestEnv, cluster, fresh_namespace};

use crate::{
    concurrent_switches::can_trace,
    support::{NS_SWITCH, expect, on_cluster, read, run},
};

/// An environment of a new user with these rights, each in a namespace or everywhere; and the name of their context.
fn as_user(name: &str, rights: &[(Option<&str>, Rule)]) -> (TestEnv, String) {
    let kubeconfig = cluster().user(name, &[]).unwrap();
    for (namespace, rule) in rights {
        cluster().grant(name, *namespace, std::slice::from_ref(rule)).unwrap();
    }
    let env = on_cluster().kubeconfig(kubeconfig);
    let context = run(&env, &["contexts", "-c"]).1.trim().to_owned();
    (env, context)
}

fn switched(name: &str, context: &str, how: &str) -> String {
    format!("✔ Namespace \"{name}\" (context {context}, cluster {}; {how})\n", cluster().server_url())
}

#[test]
fn the_server_says_what_exists_and_what_is_near() {
    let name = fresh_namespace("exists");
    let env = on_cluster();
    let context = run(&env, &["contexts", "-c"]).1.trim().to_owned();
    expect(&env, &[&name], 0, "", &switched(&name, &context, "found on the server"));
    expect(&env, &["-c"], 0, &format!("{name}\n"), "");
    let missing = format!("{}x", name);
    let said = format!(
        "error: no namespace exists with the name \"{missing}\" (context {context}, cluster {})\nhint: did you mean \"{name}\"?\n",
        cluster().server_url()
    );
    let (status, stdout, stderr) = run(&env, &[&missing]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with(said.trim_end_matches("?\n")), "{stderr}");
    expect(&env, &["-c"], 0, &format!("{name}\n"), "");
}

#[test]
fn get_is_enough_where_no_list_is_allowed() {
    let name = fresh_namespace("get-only");
    let (env, context) = as_user("get-only", &[(Some(&name), Rule::core(&["namespaces"], &["get"]))]);
    expect(&env, &[&name], 0, "", &switched(&name, &context, "found on the server"));
}

#[test]
fn a_list_is_enough_where_get_is_not_allowed() {
    let name = fresh_namespace("list-only");
    let (env, context) = as_user("list-only", &[(None, Rule::core(&["namespaces"], &["list"]))]);
    expect(&env, &[&name], 0, "", &switched(&name, &context, "found in the namespace list"));
    let (status, _, stderr) = run(&env, &[&name.replace("only", "onli")]);
    assert_eq!(status, 1);
    assert!(stderr.contains("hint: did you mean") && stderr.contains(&name), "{stderr}");
}

#[test]
fn rights_in_a_namespace_prove_it() {
    let name = fresh_namespace("rights");
    let (env, context) = as_user("rights", &[(Some(&name), Rule::core(&["pods"], &["get", "list"]))]);
    expect(&env, &[&name], 0, "", &switched(&name, &context, "not readable, but you have access to it"));
}

#[test]
fn who_may_know_nothing_is_told_so_and_may_force() {
    let name = fresh_namespace("hidden");
    let (env, context) = as_user("nobody", &[(None, Rule::core(&["pods"], &["get"]))]);
    let (status, stdout, stderr) = run(&env, &[&name]);
    assert_eq!((status, stdout.as_str()), (6, ""));
    assert!(
        stderr.starts_with(&format!(
            "error: can't tell whether namespace \"{name}\" exists: namespaces \"{name}\" is forbidden: "
        )),
        "{stderr}"
    );
    assert!(
        stderr.ends_with(
            "hint: you may neither read nor list it, and have no access to it; --force switches without checking\n"
        ),
        "{stderr}"
    );
    expect(
        &env,
        &[&name, "--force"],
        0,
        "",
        &format!("✔ Namespace \"{name}\" (context {context}; not checked)\n"),
    );
}

#[test]
fn what_is_known_by_hand_counts_last() {
    let name = fresh_namespace("known");
    let (env, context) = as_user("known", &[]);
    env.file(".config/kubectl-ns-switch/config.toml", format!("[namespaces]\n{context} = [\"{name}\"]\n"));
    expect(&env, &[&name], 0, "", &switched(&name, &context, "not verified, known from the settings"));
}

#[test]
fn what_the_kubeconfig_and_earlier_switches_know_counts_too() {
    let name = fresh_namespace("known");
    let (env, context) = as_user("known-before", &[]);
    run(&env, &[&name, "-f"]);
    run(&env, &["-u"]);
    expect(&env, &["-"], 0, "", &switched(&name, &context, "not verified, known from an earlier switch"));
    let text = std::fs::read_to_string(env.home().join("kubeconfig")).unwrap();
    let cluster = text.lines().find_map(|line| line.trim().strip_prefix("cluster: ")).unwrap();
    let beside =
        format!("contexts: [{{name: beside, context: {{cluster: {cluster}, namespace: {name}x}}}}]\n");
    let beside = env.file("beside", beside);
    let list = format!("{}:{}", env.home().join("kubeconfig").display(), beside.display());
    let env = env.variable("KUBECONFIG", list);
    let other = format!("{name}x");
    expect(&env, &[&other], 0, "", &switched(&other, &context, "not verified, known from the kubeconfig"));
}

#[test]
fn the_list_is_the_known_ones_where_it_is_forbidden() {
    let name = fresh_namespace("partly");
    let (env, context) = as_user("partly", &[(Some(&name), Rule::core(&["namespaces"], &["get"]))]);
    let (status, stdout, stderr) = run(&env, &["list"]);
    assert_eq!((status, stdout.as_str()), (6, ""), "nothing is known yet: {stderr}");
    assert!(stderr.starts_with("Error from server (Forbidden): namespaces is forbidden: "), "{stderr}");
    env.file(
        ".config/kubectl-ns-switch/config.toml",
        format!("[namespaces]\n{context} = [\"{name}\", \"gone\"]\n"),
    );
    let (status, stdout, stderr) = run(&env, &["list", "-o", "json"]);
    assert_eq!(status, 4);
    assert!(
        stderr.starts_with(
            "Warning: can't list namespaces, so only known ones are shown: namespaces is forbidden: "
        ),
        "{stderr}"
    );
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let items: Vec<_> = document["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["name"].as_str().unwrap(), item["phase"].as_str()))
        .collect();
    assert_eq!(items, [("gone", None), (name.as_str(), Some("Active"))]);
    assert_eq!(document["skipped"][0]["resource"], "namespaces");
}

#[test]
fn a_namespace_that_is_going_away_is_switched_to_with_a_warning() {
    let name = fresh_namespace("going");
    let held = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "held", "namespace": name, "finalizers": ["example.com/held"]}});
    cluster().api().create(&held).unwrap();
    let path = format!("/api/v1/namespaces/{name}");
    cluster().api().delete(&path).unwrap();
    cluster()
        .api()
        .wait_for(&path, "terminating", |object| object["status"]["phase"] == "Terminating")
        .unwrap();
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &[&name]);
    let held = format!("/api/v1/namespaces/{name}/configmaps/held");
    cluster().api().merge_patch(&held, &json!({"metadata": {"finalizers": []}})).unwrap();
    assert_eq!((status, stdout.as_str()), (0, ""));
    let warning =
        format!("Warning: namespace \"{name}\" is being deleted: nothing new can be created in it\n");
    assert!(stderr.starts_with(&format!("{warning}✔ Namespace \"{name}\"")), "{stderr}");
}

#[test]
fn the_list_without_a_terminal_marks_where_one_is() {
    let name = fresh_namespace("listed");
    let env = on_cluster();
    run(&env, &[&name]);
    for line in [&["list"][..], &[]] {
        let (status, stdout, stderr) = run(&env, line);
        assert_eq!((status, stderr.as_str()), (0, ""));
        let rows: Vec<Vec<&str>> = stdout.lines().map(|row| row.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["CURRENT", "NAME", "STATUS", "AGE"]);
        assert!(rows.iter().any(|row| row[..3] == ["*", name.as_str(), "Active"]), "{stdout}");
        assert!(rows.iter().any(|row| row[..2] == ["kube-system", "Active"]), "{stdout}");
    }
    let (_, names, _) = run(&env, &["list", "-o", "name"]);
    assert!(names.lines().any(|line| line == format!("namespace/{name}")), "{names}");
}

#[test]
fn going_back_to_a_namespace_that_is_gone_says_so_once() {
    let (first, second) = (fresh_namespace("back"), fresh_namespace("back"));
    let env = on_cluster();
    run(&env, &[&first]);
    run(&env, &[&second]);
    let path = format!("/api/v1/namespaces/{first}");
    cluster().api().delete(&path).unwrap();
    cluster().api().wait_until_gone(&path).unwrap();
    let (status, _, stderr) = run(&env, &["-"]);
    assert_eq!(status, 1);
    assert!(stderr.starts_with(&format!("error: no namespace exists with the name \"{first}\"")), "{stderr}");
    let (status, _, stderr) = run(&env, &["-"]);
    assert_eq!(status, 1);
    assert!(stderr.starts_with("error: no previous namespace is known"), "{stderr}");
}

#[test]
fn check_asks_each_cluster_who_one_is() {
    let path = cluster().user("carol", &["team-a"]).unwrap();
    let env = on_cluster().kubeconfig(path);
    let down = env.file("down", "contexts:\n- name: down\n  context: {cluster: d}\nclusters:\n- name: d\n  cluster: {server: 'https://127.0.0.1:1'}\n");
    let list = format!("{}:{}", env.home().join("kubeconfig").display(), down.display());
    let env = env.variable("KUBECONFIG", list);
    let (status, stdout, _) = run(&env, &["contexts", "--check", "-o", "json"]);
    assert_eq!(status, 4, "one did not answer");
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let items = document["items"].as_array().unwrap();
    let check = |name: &str| items.iter().find(|item| item["name"] == name).unwrap()["check"].clone();
    let context = run(&env, &["contexts", "-c"]).1.trim().to_owned();
    assert_eq!(check(&context)["username"], "carol");
    assert!(check(&context)["groups"].as_array().unwrap().contains(&"team-a".into()));
    assert_eq!(
        check("down")["error"],
        "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?"
    );
}

#[test]
fn a_switch_reads_the_kubeconfig_once() {
    if !can_trace() {
        return;
    }
    let name = fresh_namespace("once");
    let env = on_cluster();
    let context = run(&env, &["contexts", "-c"]).1.trim().to_owned();
    let (trace, target) = (env.home().join("trace"), format!("{context}/{name}"));
    for words in [&[name.as_str()][..], &["-"], &["use", &target]] {
        let calls = "trace=open,openat,read";
        let strace = ["-f", "-qq", "-y", "-e", calls, "-o", trace.to_str().unwrap(), NS_SWITCH];
        env.run("strace", strace.iter().chain(words)).success();
        let text = read(&trace);
        // With `-y` every descriptor is followed by its path; a reading that ends at the end of the file counts once.
        let ended =
            |line: &&str| line.contains(" read(") && line.contains("/kubeconfig>") && line.ends_with("= 0");
        assert_eq!(text.lines().filter(ended).count(), 1, "{words:?}\n{text}");
    }
}

#[test]
fn a_command_that_was_mistyped_is_told_as_such() {
    let env = on_cluster();
    for (typed, meant) in [("lsit", "list"), ("contxts", "contexts")] {
        let (status, stdout, stderr) = run(&env, &[typed]);
        assert_eq!((status, stdout.as_str()), (1, ""));
        let begin = format!("error: no namespace exists with the name \"{typed}\" (");
        let end = format!("hint: did you mean the command `kubectl ns-switch {meant}`?\n");
        assert!(stderr.starts_with(&begin) && stderr.ends_with(&end), "{stderr}");
    }
    // The flags of the command are none of a switch.
    let (status, _, stderr) = run(&env, &["whoma", "-o", "json"]);
    assert_eq!(status, 2);
    let end = "\nhint: did you mean the command `kubectl ns-switch whoami -o json`?\n";
    assert!(stderr.ends_with(end), "{stderr}");
    // After a command it is a name.
    assert!(!run(&env, &["to", "lsit"]).2.contains("the command"));
}
