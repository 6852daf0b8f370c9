//! `doctor`.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::support::{THREE, bare, expect, on_cluster, run, with};

fn rules(json: &str) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(document["kind"], "Findings");
    let word = |item: &serde_json::Value| {
        let text = |key: &str| item[key].as_str().unwrap().to_owned();
        assert!(!text("message").is_empty() && !text("fix").is_empty(), "{item}");
        format!("{} {} {}/{}", text("severity"), text("rule"), text("kind"), text("name"))
    };
    document["items"].as_array().unwrap().iter().map(word).collect()
}

#[test]
fn sound_files_are_told_sound() {
    let env = with(THREE);
    let path = env.home().join(".kube/config");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    expect(&env, &["doctor"], 0, "", "no problems found in 3 contexts\n");
}

#[test]
fn credentials_inside_the_file_are_sound_where_they_connect() {
    let env = on_cluster();
    let (status, user, stderr) = run(&env, &["whoami", "-o", "name"]);
    assert_eq!((status, user.trim(), stderr.as_str()), (0, "admin", ""), "the kubeconfig connects");
    expect(&env, &["doctor"], 0, "", "no problems found in 1 context\n");
}

#[test]
fn every_fault_is_found_with_a_way_out() {
    let env = bare();
    let broken = "current-context: a\ncurrent-context: gone\ncontexts:\n- name: a\n  context: {cluster: nope, user: nobody}\n- name: b\n  context: {cluster: c, user: u}\nclusters:\n- name: c\n  cluster: {server: 'http://h', insecure-skip-tls-verify: true}\n- name: spare\n  cluster: {server: 'https://h', certificate-authority: gone.crt}\nusers:\n- name: u\n  user: {token: e30.eyJleHAiOjE3NjczMjMwNDV9.c2ln}\n---\nsecond: document\n";
    let path = env.file("A", broken);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    env.file("B", "contexts:\n- name: b\n");
    env.file("C", "contexts: [\n");
    let lock = env.file("A.lock", "");
    let file = fs::File::options().append(true).open(lock).unwrap();
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(7200)).unwrap();
    let env = env.variable("KUBECONFIG", "A:B:C:missing:./A");
    let (status, json, stderr) = run(&env, &["doctor", "-o", "json"]);
    assert_eq!((status, stderr.as_str()), (3, ""));
    let mut found = rules(&json);
    found.sort();
    let mut expected = [
        "error dangling-current-context Context/gone",
        "error expired User/u",
        "error missing-cluster Context/a",
        "error missing-file-of-cluster Cluster/spare",
        "error missing-user Context/a",
        "error stale-lock File/A",
        "error unusable-file File/C",
        "info missing-file File/missing",
        "info shadowed Context/b",
        "info unused Cluster/spare",
        "warning insecure Cluster/c",
        "warning more-documents File/./A",
        "warning more-documents File/A",
        "warning no-encryption Cluster/c",
        "warning open-file File/A",
        "warning repeated-current-context File/./A",
        "warning repeated-current-context File/A",
        "warning same-file File/./A",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    // A lock that may be held right now is nobody's business.
    file.set_modified(std::time::SystemTime::now()).unwrap();
    let (_, young, _) = run(&env, &["doctor"]);
    assert!(!young.contains("stale-lock"), "{young}");
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(7200)).unwrap();
    let (status, table, _) = run(&env, &["doctor"]);
    assert_eq!(status, 3);
    let lock = path.with_extension("lock").display().to_string();
    let word = if lock.contains(' ') { format!("'{lock}'") } else { lock };
    assert!(
        table.contains(&format!("rm {word}, if no kubectl is running")) && table.contains("chmod 600 A"),
        "{table}"
    );
}

#[test]
fn a_file_that_is_no_part_of_a_list_is_not_to_be_taken_out_of_one() {
    let fix = |env: &support::TestEnv, status| {
        let (found, json, _) = run(env, &["doctor", "-o", "json"]);
        assert_eq!(found, status);
        let document: serde_json::Value = serde_json::from_str(&json).unwrap();
        document["items"][0]["fix"].as_str().unwrap().to_owned()
    };
    assert_eq!(fix(&bare(), 0), "put a kubeconfig there, or name one with --kubeconfig or KUBECONFIG");
    assert_eq!(fix(&bare().variable("KUBECONFIG", "gone"), 0), "remove it from KUBECONFIG");
    let broken = with("contexts: [\n");
    assert_eq!(fix(&broken, 3), "fix it, or name another with --kubeconfig or KUBECONFIG");
    let listed = broken.variable("KUBECONFIG", ".kube/config");
    assert_eq!(fix(&listed, 3), "fix it, or remove it from KUBECONFIG");
}
