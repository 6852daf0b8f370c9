//! `create`: what is made, in which order, asked, shown and repeated.

use serde_json::{Value, json};
use support::{Terminal, TestEnv, cluster, executable, keys};

use crate::support::{NS_SWITCH, expect, on_cluster, run};

/// A name that no other test uses.
fn unused(word: &str) -> String {
    format!("team-{word}")
}

pub fn object(path: &str) -> Value {
    cluster().api().get(path).unwrap()
}

fn exists(path: &str) -> bool {
    cluster().api().get(path).is_ok()
}

#[test]
fn the_example_of_the_textbook_is_one_command() {
    let name = unused("textbook");
    let env = on_cluster();
    let line = ["create", &name, "--memory", "10Gi", "--load-balancers", "2", "--cpu", "2", "--yes"];
    let unbound = run(&env, &["create", &unused("unbound"), "--with-user", "una", "--dry-run"]).2;
    assert!(
        unbound.contains(
            "Warning: una gets a certificate and no role: add --view, --edit or --admin user:una\n"
        ),
        "{unbound}"
    );
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(
        (status, stdout.as_str()),
        (0, &*format!("namespace/{name} created\nresourcequota/quota created\n"))
    );
    let warning = "Warning: pods have to name requests.cpu, requests.memory: the quota counts them, and --default-request and --default-limit do not fill them in\n";
    assert!(stderr.contains(warning), "{stderr}");
    assert!(
        stderr.contains(&format!(
            "  kubectl ns-switch create {name} --cpu 2 --memory 10Gi --load-balancers 2 --yes\n"
        )),
        "{stderr}"
    );
    let quota = object(&format!("/api/v1/namespaces/{name}/resourcequotas/quota"));
    let hard = json!({"requests.cpu": "2", "requests.memory": "10Gi", "services.loadbalancers": "2"});
    assert_eq!(
        (&quota["spec"]["hard"], &quota["status"]["hard"]),
        (&hard, &hard),
        "it is enforced when the command ends"
    );
    let labels = &object(&format!("/api/v1/namespaces/{name}"))["metadata"]["labels"];
    assert_eq!(labels["pod-security.kubernetes.io/enforce"], "baseline");

    // The third load balancer is one too many, in the server's words.
    let service = |number: usize| {
        let service = format!("lb-{number}");
        env.run("kubectl", ["create", "service", "loadbalancer", &service, "--tcp=80:80", "-n", &name])
    };
    service(1).success();
    service(2).success();
    let refused = service(3).exits(1).stderr;
    assert!(refused.contains("exceeded quota: quota, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2"), "{refused}");
}

#[test]
fn a_team_gets_everything_and_a_second_run_changes_nothing() {
    let name = unused("whole");
    let env = on_cluster();
    let line = [
        "create",
        &name,
        "--profile",
        "small",
        "--pods",
        "7",
        "--label",
        "team=shop",
        "--pod-security",
        "restricted",
        "--network-policy",
        "deny",
        "--allow-from",
        "ingress-nginx",
        "--allow-dns",
        "--pull-secret",
        "registry",
        "--view",
        "group:support",
        "--edit",
        "user:jane",
        "--admin",
        "sa:ci/bot",
        "--role",
        "deployer=user:dan",
        "--yes",
    ];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 0, "{stderr}");
    let made = [
        format!("namespace/{name}"),
        "limitrange/quota".into(),
        "resourcequota/quota".into(),
        "networkpolicy.networking.k8s.io/default-deny".into(),
        "networkpolicy.networking.k8s.io/allow-from-ingress-nginx".into(),
        "networkpolicy.networking.k8s.io/allow-dns".into(),
        "serviceaccount/default".into(),
        "rolebinding.rbac.authorization.k8s.io/view-group-support".into(),
        "rolebinding.rbac.authorization.k8s.io/edit-user-jane".into(),
        "rolebinding.rbac.authorization.k8s.io/admin-sa-ci-bot".into(),
        "rolebinding.rbac.authorization.k8s.io/deployer-user-dan".into(),
    ];
    let lines = |word: &str| made.iter().map(|object| format!("{object} {word}\n")).collect::<String>();
    // The controller may have made the service account before.
    let stdout = stdout.replace("serviceaccount/default updated", "serviceaccount/default created");
    assert_eq!(stdout, lines("created"));
    assert!(stderr.contains("Warning: no network plugin that is known to enforce network policies runs here: they may have no effect\n"), "{stderr}");
    assert!(
        stderr.contains(&format!("Warning: there is no Secret registry in namespace {name} yet\n")),
        "{stderr}"
    );
    assert!(
        stderr.ends_with(&format!("next: kubectl create secret docker-registry registry -n {name}\n")),
        "{stderr}"
    );

    let namespaced = |group: &str, path: &str| object(&format!("/{group}/namespaces/{name}/{path}"));
    let labels = object(&format!("/api/v1/namespaces/{name}"))["metadata"]["labels"].clone();
    assert_eq!(
        (&labels["team"], &labels["pod-security.kubernetes.io/warn"]),
        (&json!("shop"), &json!("restricted"))
    );
    let range = namespaced("api/v1", "limitranges/quota");
    assert_eq!(range["spec"]["limits"][0]["defaultRequest"], json!({"cpu": "100m", "memory": "256Mi"}));
    assert_eq!(namespaced("api/v1", "resourcequotas/quota")["spec"]["hard"]["pods"], "7");
    let deny = namespaced("apis/networking.k8s.io/v1", "networkpolicies/default-deny");
    assert_eq!(
        (&deny["spec"]["policyTypes"], &deny["spec"]["podSelector"]),
        (&json!(["Ingress", "Egress"]), &json!({}))
    );
    let dns = namespaced("apis/networking.k8s.io/v1", "networkpolicies/allow-dns");
    assert_eq!(dns["spec"]["egress"][0]["ports"].as_array().unwrap().len(), 2);
    assert_eq!(
        namespaced("api/v1", "serviceaccounts/default")["imagePullSecrets"],
        json!([{"name": "registry"}])
    );
    let binding = namespaced("apis/rbac.authorization.k8s.io/v1", "rolebindings/admin-sa-ci-bot");
    assert_eq!(binding["subjects"], json!([{"kind": "ServiceAccount", "namespace": "ci", "name": "bot"}]));
    assert_eq!(binding["roleRef"]["kind"], "ClusterRole");
    assert_eq!(
        namespaced("apis/rbac.authorization.k8s.io/v1", "rolebindings/deployer-user-dan")["roleRef"]["kind"],
        "Role"
    );

    // Without a terminal, and without --yes: nothing has to be asked where nothing changes.
    let (status, stdout, stderr) = run(&env, &line[..line.len() - 1]);
    assert_eq!((status, stdout), (0, lines("unchanged")), "{stderr}");
    // What an earlier run set stays, where a later one names something else.
    let (status, stdout, stderr) =
        run(&env, &["create", &name, "--hard", "secrets=5", "--label", "tier=x", "--yes"]);
    assert_eq!(status, 0, "{stderr}");
    assert_eq!(stdout, format!("namespace/{name} updated\nresourcequota/quota updated\n"));
    let hard = namespaced("api/v1", "resourcequotas/quota")["spec"]["hard"].clone();
    assert_eq!(
        (&hard["secrets"], &hard["pods"], &hard["requests.cpu"]),
        (&json!("5"), &json!("7"), &json!("2"))
    );
    let labels = object(&format!("/api/v1/namespaces/{name}"))["metadata"]["labels"].clone();
    assert_eq!((&labels["team"], &labels["tier"]), (&json!("shop"), &json!("x")));
    assert_eq!(labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert!(stderr.contains("  spec.hard.secrets: none → 5\n"), "the difference is shown: {stderr}");
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let name = unused("dry");
    let env = on_cluster();
    let line = ["create", &name, "--profile", "small", "--edit", "user:jane"];
    for (how, mark) in [("--dry-run", "dry run"), ("--dry-run=server", "server dry run")] {
        let (status, stdout, stderr) = run(&env, &[&line[..], &[how]].concat());
        let objects = [
            format!("namespace/{name}"),
            "limitrange/quota".into(),
            "resourcequota/quota".into(),
            "rolebinding.rbac.authorization.k8s.io/edit-user-jane".into(),
        ];
        let expected: String = objects.iter().map(|object| format!("{object} created ({mark})\n")).collect();
        assert_eq!((status, stdout), (0, expected), "{stderr}");
        assert!(
            stderr.contains(&format!("namespace/{name} is new:\n  apiVersion: v1\n  kind: Namespace\n")),
            "{stderr}"
        );
    }
    let (status, manifests, stderr) = run(&env, &[&line[..], &["--dry-run", "-o", "yaml"]].concat());
    assert_eq!((status, stderr.as_str(), manifests.matches("\n---\n").count()), (0, "", 3));
    assert!(!exists(&format!("/api/v1/namespaces/{name}")));
    // What is printed for Git makes the same.
    let applied =
        env.command("kubectl", ["apply", "--server-side", "-f", "-"]).stdin(manifests).run().success();
    assert_eq!(applied.stdout.lines().count(), 4, "{applied}");
    let (status, stdout, stderr) = run(&env, &[&line[..], &["--dry-run=server", "-o", "json"]].concat());
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (status, &document["kind"], &document["namespace"]),
        (0, &json!("TeamNamespace"), &json!(name)),
        "{stderr}"
    );
    let actions: Vec<_> =
        document["objects"].as_array().unwrap().iter().map(|one| one["action"].clone()).collect();
    assert_eq!(actions, ["Unchanged", "Unchanged", "Unchanged", "Unchanged"], "{stdout}");
    let (status, stored, stderr) = run(&env, &[&line[..], &["--dry-run=server", "-o", "yaml"]].concat());
    assert_eq!((status, stored.matches("\n---\n").count()), (0, 3), "{stderr}");
    assert!(
        stored.contains("  uid: ") && !stored.contains("managedFields"),
        "as the server stores it: {stored}"
    );
    // Without any cluster, too.
    let alone = TestEnv::new().program(executable(NS_SWITCH));
    let (status, stdout, stderr) = run(&alone, &["create", "x", "--pods", "1", "--dry-run", "-o", "yaml"]);
    assert_eq!((status, stderr.as_str(), stdout.matches("kind: ").count()), (0, "", 2), "{stdout}");
}

#[test]
fn nothing_is_written_without_a_yes() {
    let name = unused("unasked");
    let env = on_cluster();
    let (status, stdout, stderr) = run(&env, &["create", &name, "--profile", "small"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("--yes"), "{stderr}");
    let (status, stdout, stderr) = run(&env, &["create"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("a name"), "{stderr}");
    assert!(!exists(&format!("/api/v1/namespaces/{name}")));
    for wrong in [
        &["create", "Team"][..],
        &["create", &name, "--cpu", "much"],
        &["create", &name, "--cpu=-1", "--yes"],
        &["create", &name, "--edit", "jane"],
        &["create", &name, "--allow-from", "web", "--yes"],
        &["create", "-n", &name],
    ] {
        let (status, stdout, stderr) = run(&env, wrong);
        assert_eq!((status, stdout.as_str()), (2, ""), "{wrong:?}: {stderr}");
    }
}

#[test]
fn answers_at_a_terminal_are_the_flags() {
    let name = unused("guided");
    let env = on_cluster();
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["create"], (80, 200));
    let mut answer = |question: &str, keys: &str| {
        terminal.wait_for_prompt(question);
        terminal.send(keys);
    };
    answer("Namespace", &format!("{name}\r"));
    answer("Team size", keys::ENTER);
    answer("CPUs that all pods may request", keys::ENTER);
    answer("Memory that all pods may request", &format!("{}10Gi\r", keys::BACKSPACE.repeat(3)));
    answer("Pods", keys::ENTER);
    answer("Load balancers", keys::ENTER);
    answer("Pod Security", keys::ENTER);
    answer("Network", keys::ENTER);
    answer("Who may edit it", "user:jane\r");
    answer("Who may administer it", "\r");
    let screen = terminal.wait_for_prompt(&format!("Write this to namespace {name}?"));
    assert!(!exists(&format!("/api/v1/namespaces/{name}")), "nothing is written before the answer");
    let command = format!(
        "kubectl ns-switch create {name} --profile small --memory 10Gi --pod-security baseline --edit user:jane --yes"
    );
    assert!(screen.contains(&command), "{screen}");
    terminal.send("y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(
        object(&format!("/api/v1/namespaces/{name}/resourcequotas/quota"))["spec"]["hard"]["requests.memory"],
        "10Gi"
    );

    let refused = unused("refused");
    let mut terminal =
        Terminal::start(&env, NS_SWITCH, ["create", &refused, "--profile", "small"], (80, 200));
    terminal.wait_for_prompt("Write this to namespace");
    terminal.send("n");
    assert_eq!(terminal.wait().0, 130);
    assert!(!exists(&format!("/api/v1/namespaces/{refused}")));
}

/// What a person who was created so may do, and what not.
#[test]
fn whoever_gets_access_can_do_what_the_role_says_and_nothing_else() {
    let name = unused("access");
    let env = on_cluster();
    let line = [
        "create",
        &name,
        "--profile",
        "small",
        "--edit",
        "user:erna",
        "--with-user",
        "erna",
        "--switch",
        "--yes",
        "-o",
        "json",
    ];
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 0, "{stderr}");
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&document["user"]["name"], &document["user"]["file"]),
        (&json!("erna"), &json!("./erna.kubeconfig"))
    );
    assert!(stderr.contains("✔ erna has a certificate in ./erna.kubeconfig\n"), "{stderr}");
    expect(&env, &["-c"], 0, &format!("{name}\n"), "");
    let (_, who, _) = run(&env, &["whoami", "--kubeconfig", "erna.kubeconfig", "-o", "json"]);
    let who: Value = serde_json::from_str(&who).unwrap();
    assert_eq!((&who["user"], &who["namespace"]), (&json!("erna"), &json!(name)));
    for (verb, resource, namespace, may) in [
        ("create", "deployments.apps", name.as_str(), true),
        ("delete", "pods", &name, true),
        ("get", "secrets", &name, true),
        ("create", "services", &name, true),
        ("create", "rolebindings", &name, false),
        ("update", "resourcequotas", &name, false),
        ("delete", "limitranges", &name, false),
        ("patch", "namespaces", &name, false),
        ("create", "deployments.apps", "default", false),
        ("get", "secrets", "kube-system", false),
        ("list", "nodes", &name, false),
        ("create", "namespaces", &name, false),
        ("approve", "certificatesigningrequests", &name, false),
    ] {
        let line = ["whoami", "--kubeconfig", "erna.kubeconfig", "-n", namespace, "--can", verb, resource];
        let expected = if may { (0, "yes\n") } else { (3, "no\n") };
        let (status, stdout, stderr) = run(&env, &line);
        assert_eq!((status, stdout.as_str()), expected, "{verb} {resource} in {namespace}: {stderr}");
        // kubectl asks the same server.
        let can_i = env.run(
            "kubectl",
            ["auth", "can-i", verb, resource, "-n", namespace, "--kubeconfig", "erna.kubeconfig"],
        );
        assert_eq!(can_i.stdout.trim(), stdout.trim(), "{can_i}");
    }
    // Run again, it is all there.
    let (status, stdout, stderr) = run(&env, &line);
    assert_eq!(status, 0, "{stderr}");
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert!(
        document["objects"].as_array().unwrap().iter().all(|one| one["action"] == "Unchanged"),
        "{stdout}"
    );
    assert!(stderr.contains("./erna.kubeconfig already exists and was not changed"), "{stderr}");
}
