//! `user add`, `user renew`, `user list`: certificates of a real signer, tokens, and the kubeconfigs with them.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use cluster::{Cluster, Options, Rule};
use serde_json::{Value, json};
use support::{TestEnv, cluster, executable, fresh_namespace};

use crate::support::{NS_SWITCH, on_cluster, read, run};

/// The identity that a kubeconfig makes somebody.
fn identity(env: &TestEnv, kubeconfig: &str) -> Value {
    let (status, stdout, stderr) = run(env, &["whoami", "-o", "json", "--kubeconfig", kubeconfig]);
    assert_eq!(status, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

/// The private parts of a kubeconfig.
fn secrets(path: &Path) -> Vec<String> {
    let text = read(path);
    let lines = text.lines().map(str::trim);
    let found = lines
        .filter_map(|line| line.strip_prefix("client-key-data: ").or_else(|| line.strip_prefix("token: ")));
    found.map(|value| value.trim_matches('"').to_owned()).collect()
}

/// All files below a folder with their text.
fn files_below(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap();
        if kind.is_dir() {
            found.extend(files_below(&path));
        } else if kind.is_file() {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
    found
}

#[test]
fn a_person_gets_a_certificate_that_says_who_she_is() {
    let env = on_cluster();
    let line = ["user", "add", "jane@example.com", "--group", "team-a", "--group", "devs", "-o", "json"];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&document["kind"], &document["name"]), (&json!("UserAccess"), &json!("jane@example.com")));
    assert_eq!(document["file"], "./jane@example.com.kubeconfig");
    assert_eq!(document["credential"], "certificate");
    let path = env.home().join("jane@example.com.kubeconfig");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let who = identity(&env, path.to_str().unwrap());
    assert_eq!(who["user"], "jane@example.com");
    // Go sorts the members of a set.
    assert_eq!(who["groups"], json!(["devs", "team-a", "system:authenticated"]));
    assert_eq!(who["authentication"]["expires"], document["expires"]);

    // The key is in that file, and nowhere else: not in what was said, not in records, not in the request.
    let [key] = &secrets(&path)[..] else { panic!("one key") };
    assert!(!stdout.contains(key.as_str()) && !stderr.contains(key.as_str()));
    let elsewhere = files_below(env.home()).into_iter().filter(|(_, text)| text.contains(key.as_str()));
    assert_eq!(elsewhere.map(|(path, _)| path).collect::<Vec<_>>(), [path.display().to_string()]);
    let request = document["request"].as_str().unwrap();
    let csr = cluster()
        .api()
        .get(&format!("/apis/certificates.k8s.io/v1/certificatesigningrequests/{request}"))
        .unwrap();
    assert!(!csr.to_string().contains(key.as_str()));
    assert_eq!(csr["spec"]["expirationSeconds"], 86_400);
    assert_eq!(csr["spec"]["usages"], json!(["client auth"]));

    // The same place is not written twice.
    let before = read(&path);
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!((status, stdout.as_str()), (5, ""));
    assert!(
        stderr.starts_with("error: ./jane@example.com.kubeconfig already exists and was not changed\n"),
        "{stderr}"
    );
    assert_eq!(read(&path), before);
}

#[test]
fn a_service_account_gets_a_token() {
    let namespace = fresh_namespace("token");
    let env = on_cluster();
    let subject = format!("sa:{namespace}/ci");
    let (status, stdout, stderr) = run(&env, &["user", "add", &subject]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(
        stderr.ends_with(&format!("hint: `kubectl create serviceaccount ci -n {namespace}` makes it\n")),
        "{stderr}"
    );
    env.run("kubectl", ["create", "serviceaccount", "ci", "-n", &namespace]).success();
    let (status, stdout, stderr) = run(&env, &["user", "add", &subject, "--expires", "1h"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with(&format!("{subject} token in ./ci.kubeconfig, expires in ")), "{stdout}");
    let path = env.home().join("ci.kubeconfig");
    let who = identity(&env, path.to_str().unwrap());
    assert_eq!(who["user"], format!("system:serviceaccount:{namespace}:ci"));
    assert_eq!(who["namespace"], namespace);
    let [token] = &secrets(&path)[..] else { panic!("one token") };
    let elsewhere =
        files_below(env.home()).into_iter().filter(|(_, text)| text.contains(token.as_str())).count();
    assert_eq!(elsewhere, 1);
    let (status, _, stderr) = run(&env, &["user", "add", &subject, "--group", "x"]);
    assert_eq!(status, 2, "{stderr}");
}

#[test]
fn a_context_of_ones_own_takes_it_and_undo_takes_it_away() {
    let env = on_cluster();
    let before = read(&env.home().join("kubeconfig"));
    let (status, stdout, stderr) = run(&env, &["user", "add", "eve", "--add-context", "as-eve", "-n", "web"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with("eve certificate in context as-eve, expires in "), "{stdout}");
    let (_, name, _) = run(&env, &["whoami", "--context", "as-eve", "-o", "name"]);
    assert_eq!(name, "eve\n");
    let (_, contexts, _) = run(&env, &["contexts", "-o", "json"]);
    let contexts: Value = serde_json::from_str(&contexts).unwrap();
    let added = contexts["items"].as_array().unwrap().iter().find(|one| one["name"] == "as-eve").unwrap();
    assert_eq!(
        (&added["namespace"], &added["cluster"], &added["current"]),
        (&json!("web"), &json!("admin"), &json!(false))
    );
    let (status, _, stderr) = run(&env, &["user", "add", "eve", "--add-context", "as-eve"]);
    assert_eq!(status, 5, "{stderr}");
    assert_eq!(run(&env, &["undo"]).0, 0);
    assert_eq!(read(&env.home().join("kubeconfig")), before);
}

#[test]
fn a_renewed_certificate_is_another_one_of_the_same_person() {
    let env = on_cluster();
    let add = ["user", "add", "rita", "--group", "team-r", "--expires", "1h", "--file", "r.yaml"];
    assert_eq!(run(&env, &add).0, 0);
    let path = env.home().join("r.yaml");
    let (old, text) = (secrets(&path), read(&path));
    let (status, stdout, stderr) =
        run(&env, &["user", "renew", "rita", "--expires", "2h", "--file", "r.yaml"]);
    assert_eq!((status, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.starts_with("rita certificate in r.yaml, expires in "), "{stdout}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_ne!(secrets(&path), old);
    assert_eq!(read(&path).lines().count(), text.lines().count(), "only the credentials change");
    let who = identity(&env, path.to_str().unwrap());
    assert_eq!(who["groups"], json!(["team-r", "system:authenticated"]), "the groups stay");
    let kept = files_below(env.home()).into_iter().filter(|(_, text)| text.contains(&old[0])).count();
    assert_eq!(kept, 0, "the old key is kept nowhere");

    let (status, _, stderr) = run(&env, &["user", "renew", "other", "--file", "r.yaml"]);
    let said = "error: the certificate there is that of \"rita\", not of \"other\"\n";
    assert_eq!((status, stderr.as_str()), (5, said));
    let (status, _, stderr) = run(&env, &["user", "renew", "nobody"]);
    assert_eq!(status, 1);
    assert!(stderr.starts_with("error: there is no ./nobody.kubeconfig to be renewed\n"), "{stderr}");
    assert_eq!(run(&env, &["user", "add", "rita", "--add-context", "mine"]).0, 0);
    let (status, _, stderr) = run(&env, &["user", "renew", "rita", "--add-context", "mine"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert_eq!(run(&env, &["whoami", "--context", "mine", "-o", "name"]).1, "rita\n");
}

#[test]
fn the_list_shows_requests_and_what_was_issued_from_here() {
    let env = on_cluster();
    assert_eq!(run(&env, &["user", "add", "listed", "--group", "team-l"]).0, 0);
    let (status, stdout, stderr) = run(&env, &["user", "list", "-o", "json"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["kind"], "UserList");
    let found = |document: &Value| {
        let items = document["items"].as_array().unwrap();
        items.iter().find(|item| item["name"] == "listed").cloned().unwrap()
    };
    let item = found(&document);
    assert_eq!(
        (&item["state"], &item["groups"], &item["kind"]),
        (&json!("Issued"), &json!(["team-l"]), &json!("certificate"))
    );
    // The controller forgets requests after an hour; the record of this computer stays.
    let request = item["request"].as_str().unwrap();
    cluster()
        .api()
        .delete(&format!("/apis/certificates.k8s.io/v1/certificatesigningrequests/{request}"))
        .unwrap();
    let (_, stdout, _) = run(&env, &["user", "list", "-o", "json"]);
    let item = found(&serde_json::from_str(&stdout).unwrap());
    assert_eq!((&item["state"], &item["file"]), (&json!("Issued"), &json!("./listed.kubeconfig")));
    let (_, table, _) = run(&env, &["user", "list"]);
    let row = table.lines().find(|line| line.starts_with("listed ")).unwrap();
    assert!(row.contains(" team-l ") && row.contains(" certificate ") && row.contains(" Issued "), "{table}");

    let kubeconfig = cluster().user("may-not-list", &[]).unwrap();
    let nobody = TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(kubeconfig);
    let (status, stdout, stderr) = run(&nobody, &["user", "list", "-o", "json"]);
    assert_eq!(status, 4);
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap()["items"], json!([]));
    assert!(
        stderr.starts_with(
            "Warning: only what was issued from this computer is shown: certificatesigningrequests"
        ),
        "{stderr}"
    );
}

#[test]
fn who_may_not_approve_requests_nothing() {
    let rules = [Rule::of("certificates.k8s.io", &["certificatesigningrequests"], &["create", "get"])];
    let kubeconfig = cluster().user("half", &[]).unwrap();
    cluster().grant("half", None, &rules).unwrap();
    let env = TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(kubeconfig);
    let said = "\
error: you may not update certificatesigningrequests.certificates.k8s.io/approval; nothing was requested
hint: `kubectl ns-switch rbac user` prints the role that permits it
";
    let (status, stdout, stderr) = run(&env, &["user", "add", "victim"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (6, "", said));
    let all = cluster().api().get("/apis/certificates.k8s.io/v1/certificatesigningrequests").unwrap();
    let names: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|one| one["metadata"]["name"].to_string()).collect();
    assert!(!names.iter().any(|name| name.contains("victim")), "{names:?}");
    assert!(!env.home().join("victim.kubeconfig").exists());
}

#[test]
fn what_admission_refuses_is_told_in_its_words() {
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["user", "add", "root", "--group", "system:masters"]);
    assert_eq!((status, stdout.as_str()), (6, ""));
    assert!(
        stderr.starts_with("Error from server (Forbidden): ") && stderr.contains("system:masters"),
        "{stderr}"
    );
    let dry = run(&env, &["user", "add", "root", "--group", "system:masters", "--dry-run=server"]);
    assert_eq!(dry.0, 6, "{}", dry.2);
    assert!(!env.home().join("root.kubeconfig").exists());
    for wrong in
        [&["user", "add", ""][..], &["user", "add", "sa:x"], &["user", "add", "a", "--expires", "5m"]]
    {
        assert_eq!(run(&env, wrong).0, 2, "{wrong:?}");
    }
}

#[test]
fn a_dry_run_asks_and_makes_nothing() {
    let env = on_cluster();
    let count = || {
        let all = cluster().api().get("/apis/certificates.k8s.io/v1/certificatesigningrequests").unwrap();
        all["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["metadata"]["name"].to_string().contains("drya"))
            .count()
    };
    for how in ["client", "server"] {
        let (status, stdout, stderr) = run(&env, &["user", "add", "drya", &format!("--dry-run={how}")]);
        assert_eq!((status, stderr.as_str()), (0, ""));
        let mark = if how == "server" { "server dry run" } else { "dry run" };
        assert_eq!(stdout, format!("drya certificate in ./drya.kubeconfig, valid for 24h ({mark})\n"));
    }
    assert!(!env.home().join("drya.kubeconfig").exists() && count() == 0);
}

#[test]
fn a_signer_that_is_silent_is_not_waited_for_for_ever() {
    let controllers = vec!["--controllers=*,-csrsigning".to_owned()];
    let options = Options { nodes: false, controller_manager_flags: controllers, ..Options::default() };
    let silent = Cluster::start(options).unwrap();
    let env = TestEnv::on(&silent).program(executable(NS_SWITCH));
    let (status, stdout, stderr) = run(&env, &["user", "add", "late", "--timeout", "1s"]);
    assert_eq!((status, stdout.as_str()), (4, ""));
    assert!(
        stderr.starts_with(
            "error: the signer kubernetes.io/kube-apiserver-client has not signed the request ns-switch-late-"
        ),
        "{stderr}"
    );
    assert!(!env.home().join("late.kubeconfig").exists());
    let (_, stdout, _) = run(&env, &["user", "list", "-o", "json"]);
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&document["items"][0]["name"], &document["items"][0]["state"]),
        (&json!("late"), &json!("Approved"))
    );
    // A request that somebody denies meanwhile.
    let running = env.command(NS_SWITCH, ["user", "add", "denied", "--timeout", "2m"]).start();
    let list = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    let is_there = |items: &[Value]| {
        items.iter().any(|one| {
            one["metadata"]["name"].to_string().contains("denied") && one["status"]["conditions"].is_array()
        })
    };
    let items = silent.api().wait(list, "", "the request", is_there).unwrap();
    let request = items.iter().find(|one| one["metadata"]["name"].to_string().contains("denied")).unwrap();
    let name = request["metadata"]["name"].as_str().unwrap();
    let failed = json!({"status": {"conditions": [
        request["status"]["conditions"][0],
        {"type": "Failed", "status": "True", "reason": "No", "message": "the signer is on holiday", "lastUpdateTime": null},
    ]}});
    silent.api().merge_patch(&format!("{list}/{name}/status"), &failed).unwrap();
    let output = running.wait();
    assert_eq!((output.status, output.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        output.stderr,
        format!("error: the request {name} was refused by the signer: the signer is on holiday\n")
    );
}
