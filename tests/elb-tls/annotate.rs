//! `annotate` on a real control plane: what is written, what is refused, and what is only printed.

use ::support::{Output, TestEnv, cluster, fresh_namespace};
use serde_json::{Value, json};

use crate::{
    support::{ARN, administrator},
    textbook::{TEXTBOOK, annotations, create_textbook, full, path, read, textbook},
};

fn annotate(env: &TestEnv, namespace: &str, words: &[&str]) -> Output {
    env.run("kubectl", [&["elb-tls", "annotate", "-n", namespace], words].concat())
}

fn annotate_textbook(env: &TestEnv, namespace: &str, words: &[&str]) -> Output {
    let all = [&["helloworld", "--region", "us-east-1", "--cert", ARN], &TEXTBOOK[..], words].concat();
    annotate(env, namespace, &all)
}

fn six_keys() -> Value {
    json!({
        full("ssl-cert"): ARN,
        full("backend-protocol"): "http",
        full("ssl-ports"): "443",
        full("connection-draining-enabled"): "true",
        full("connection-draining-timeout"): "60",
        full("additional-resource-tags"): "environment=dev,app=helloworld",
    })
}

#[test]
fn the_textbook_case_is_one_command_that_writes_six_annotations() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    let env = administrator();
    let output = annotate_textbook(&env, &namespace, &["--yes"]).exits(0);
    assert_eq!(output.stdout, "service/helloworld annotated\n");
    let said = format!(
        "\
Service {namespace}/helloworld: the AWS cloud provider (Classic Load Balancer)
  there is neither a class nor a type annotation
  + service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags: environment=dev,app=helloworld
  + service.beta.kubernetes.io/aws-load-balancer-backend-protocol: http
  + service.beta.kubernetes.io/aws-load-balancer-connection-draining-enabled: true
  + service.beta.kubernetes.io/aws-load-balancer-connection-draining-timeout: 60
  + service.beta.kubernetes.io/aws-load-balancer-ssl-cert: {ARN}
  + service.beta.kubernetes.io/aws-load-balancer-ssl-ports: 443

PORT   BEFORE   AFTER                 POLICY
80     -        HTTP -> HTTP:NODE    -
443    -        HTTPS -> HTTP:NODE   ELBSecurityPolicy-2016-08

CHANGE   IMPACT   REASON
80       None     the port is new
443      None     the port is new
"
    );
    let ports = read(&namespace)["spec"]["ports"].clone();
    let node_ports = ports.as_array().expect("ports").iter().map(|port| port["nodePort"].to_string());
    let shown = node_ports.fold(output.stderr.clone(), |text, port| text.replace(&port, "NODE"));
    assert!(shown.ends_with(&said), "{output}");
    assert_eq!(annotations(&namespace), six_keys());
    let service = read(&namespace);
    let managers = service["metadata"]["managedFields"].as_array().expect("managers");
    let own: Vec<_> = managers.iter().filter(|one| one["manager"] == "kubectl-elb-tls").collect();
    assert_eq!((own.len(), &own[0]["operation"]), (1, &json!("Apply")));

    let version = &service["metadata"]["resourceVersion"];
    let output = annotate_textbook(&env, &namespace, &[]).exits(0);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("service/helloworld unchanged\n", ""));
    assert_eq!(read(&namespace)["metadata"]["resourceVersion"], *version);
}

#[test]
fn without_a_terminal_the_flag_is_named_and_nothing_is_written() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    let output = annotate_textbook(&administrator(), &namespace, &[]).exits(2);
    let end = format!(
        "error: can't ask `Write this to service/helloworld in namespace {namespace}?`: standard input is not a terminal\nhint: pass --yes\n"
    );
    assert!(output.stdout.is_empty() && output.stderr.ends_with(&end), "{output}");
    let output = annotate(&administrator(), &namespace, &["helloworld"]).exits(2);
    assert!(output.stderr.starts_with("error: nothing to change\nhint: set --cert, "), "{output}");
    assert_eq!(annotations(&namespace), json!({}));
}

#[test]
fn annotations_of_others_are_kept_and_taken_over_only_when_told_to() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    for (manager, key, value) in
        [("kubectl-edit", "idle-timeout", "30"), ("terraform", "backend-protocol", "tcp")]
    {
        let patch = json!({"metadata": {"annotations": {full(key): value, format!("{manager}.example.com/x"): "kept"}}});
        cluster()
            .api()
            .merge_patch(&format!("{}?fieldManager={manager}", path(&namespace)), &patch)
            .expect("a patch");
    }
    let env = administrator();
    let before = annotations(&namespace);
    let output = annotate_textbook(&env, &namespace, &["--yes"]).exits(5);
    assert_eq!(output.stdout, "");
    let said = "\
KEY                                                           OWNER       CURRENT   WANTED
service.beta.kubernetes.io/aws-load-balancer-backend-protocol   terraform   tcp       http
error: service/helloworld was not changed: others own annotations that would change
hint: change them where their owner takes them from, or take them over with --force-conflicts
";
    assert_eq!(without_spaces(&output.stderr), without_spaces(said));
    assert_eq!(annotations(&namespace), before);

    annotate_textbook(&env, &namespace, &["--yes", "--force-conflicts"]).exits(0);
    let mut expected = six_keys();
    for (key, value) in [
        (full("idle-timeout"), "30"),
        ("kubectl-edit.example.com/x".into(), "kept"),
        ("terraform.example.com/x".into(), "kept"),
    ] {
        expected[key] = value.into();
    }
    assert_eq!(annotations(&namespace), expected);

    // What another manager owns is removed where it is named, and so is what is ours.
    let output = annotate(
        &env,
        &namespace,
        &["helloworld", "--unset", "idle-timeout", "--unset", "ssl-ports", "--yes"],
    );
    assert_eq!(output.exits(0).stdout, "service/helloworld annotated\n");
    let expected = expected.as_object_mut().expect("annotations");
    expected.remove(&full("idle-timeout"));
    expected.remove(&full("ssl-ports"));
    assert_eq!(annotations(&namespace), Value::from(expected.clone()));
}

#[test]
fn two_managers_that_write_meanwhile_lose_nothing() {
    const ROUNDS: usize = 5;
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    std::thread::scope(|scope| {
        for manager in ["one", "two"] {
            let path = format!("{}?fieldManager={manager}", path(&namespace));
            scope.spawn(move || {
                for number in 0..ROUNDS * 10 {
                    let patch = json!({"metadata": {"annotations": {format!("{manager}.example.com/{number}"): "kept"}}});
                    cluster().api().merge_patch(&path, &patch).expect("a patch");
                }
            });
        }
        for round in 1..=ROUNDS {
            let seconds = round.to_string();
            let words = ["helloworld", "--idle-timeout", &seconds, "--yes"];
            let output = annotate(&administrator(), &namespace, &words);
            // It is written, or refused since the Service changed at every attempt.
            assert!(matches!(output.status, Some(0 | 5)), "{output}");
        }
    });
    annotate(&administrator(), &namespace, &["helloworld", "--idle-timeout", "90", "--yes"]).exits(0);
    let now = annotations(&namespace);
    for manager in ["one", "two"] {
        for number in 0..ROUNDS * 10 {
            assert_eq!(now[format!("{manager}.example.com/{number}")], "kept", "{now:#}");
        }
    }
    assert_eq!(now[full("connection-idle-timeout")], "90");
}

/// Widths of columns are those of the longest cell.
fn without_spaces(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_service_of_helm_is_left_to_its_release() {
    let namespace = fresh_namespace("annotate");
    let mut service = textbook(&namespace);
    service["metadata"]["labels"]["app.kubernetes.io/managed-by"] = "Helm".into();
    service["metadata"]["annotations"] = json!({"meta.helm.sh/release-name": "shop"});
    cluster().api().create(&service).expect("a Service");
    let words = ["helloworld", "--idle-timeout", "90", "--yes"];
    let output = annotate(&administrator(), &namespace, &words).exits(5);
    let said = "\
error: service/helloworld was not changed: it is managed by Helm, release shop, which would write its own annotations back
hint: change the values of release shop:
  service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout: \"90\"
or write even so with --ignore ELB-GIT-001
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    assert_eq!(annotations(&namespace), json!({"meta.helm.sh/release-name": "shop"}));
    let output = annotate(&administrator(), &namespace, &[&words[..], &["-o", "helm"]].concat()).exits(0);
    let values = "service:\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout: \"90\"\n";
    assert_eq!(output.stdout, values);
    annotate(&administrator(), &namespace, &[&words[..], &["--ignore", "ELB-GIT-001"]].concat()).exits(0);
    assert_eq!(annotations(&namespace)[full("connection-idle-timeout")], "90");
}

#[test]
fn an_error_in_what_would_be_written_refuses_it_by_name() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    let words = ["helloworld", "--ports", "8443", "--cert", ARN, "--region", "us-east-1", "--yes"];
    let output = annotate(&administrator(), &namespace, &words).exits(3);
    assert_eq!(output.stdout, "");
    let refusal = "error: service/helloworld was not changed: ELB-PRT-";
    let start = output.stderr.find(refusal).unwrap_or_else(|| panic!("{output}"));
    let rule = &output.stderr[start + refusal.len() - "ELB-PRT-".len()..][.."ELB-PRT-000".len()];
    assert!(output.stderr.ends_with(&format!("--ignore {rule}\n")), "{output}");
    assert_eq!(annotations(&namespace), json!({}));
}

#[test]
fn several_services_are_all_or_nothing_unless_told_to_keep_going() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[]);
    let mut other = textbook(&namespace);
    other["metadata"]["name"] = "other".into();
    other["metadata"]["annotations"] = json!({full("connection-idle-timeout"): "30"});
    cluster().api().create(&other).expect("a Service");
    let words = ["-l", "app=helloworld", "--idle-timeout", "90", "--yes"];
    let output = annotate(&administrator(), &namespace, &words).exits(5);
    assert_eq!(output.stdout, "");
    assert_eq!(annotations(&namespace), json!({}));
    let output = annotate(&administrator(), &namespace, &[&words[..], &["--keep-going"]].concat()).exits(3);
    assert_eq!(output.stdout, "service/helloworld annotated\n");
    assert!(output.stderr.contains("error: service/other was not changed"), "{output}");
    assert_eq!(annotations(&namespace), json!({full("connection-idle-timeout"): "90"}));
}

#[test]
fn dry_runs_and_forms_for_other_tools_write_nothing() {
    let namespace = fresh_namespace("annotate");
    create_textbook(&namespace, &[("connection-idle-timeout", "30")]);
    let env = administrator();
    let of = |words: &[&str]| {
        let all = [&["helloworld", "--unset", "connection-idle-timeout", "--draining", "60"], words].concat();
        annotate(&env, &namespace, &all).exits(0).stdout
    };
    assert_eq!(of(&["--dry-run"]), "service/helloworld annotated (dry run)\n");
    assert_eq!(of(&["--dry-run=server"]), "service/helloworld annotated (server dry run)\n");
    let expected =
        json!({full("connection-draining-enabled"): "true", full("connection-draining-timeout"): "60"});
    for how in ["--dry-run=client", "--dry-run=server"] {
        let service: Value = serde_json::from_str(&of(&[how, "-o", "json"])).expect("JSON");
        assert_eq!((&service["kind"], &service["metadata"]["annotations"]), (&json!("Service"), &expected));
        assert_eq!(service["metadata"]["managedFields"], Value::Null);
    }
    let patch: Value = serde_json::from_str(&of(&["-o", "patch"])).expect("JSON");
    let mut values = expected.clone();
    values[full("connection-idle-timeout")] = Value::Null;
    assert_eq!(patch, json!({"metadata": {"annotations": values}}));
    let difference = "\
--- service/helloworld
+++ service/helloworld, annotated
 metadata:
   annotations:
+    service.beta.kubernetes.io/aws-load-balancer-connection-draining-enabled: \"true\"
+    service.beta.kubernetes.io/aws-load-balancer-connection-draining-timeout: \"60\"
-    service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout: \"30\"
";
    assert_eq!(of(&["--diff"]), difference);
    assert_eq!(annotations(&namespace), json!({full("connection-idle-timeout"): "30"}));

    // A patch does not say of what, so that several are commands.
    let mut other = textbook(&namespace);
    other["metadata"]["name"] = "other".into();
    cluster().api().create(&other).expect("a Service");
    let words = ["helloworld", "other", "--draining", "60", "-o"];
    let commands = annotate(&env, &namespace, &[&words[..], &["patch"]].concat()).exits(0).stdout;
    let patch = json!({"metadata": {"annotations": expected}});
    let line =
        |name: &str| format!("kubectl patch service {name} -n {namespace} --type=merge -p '{patch}'\n");
    assert_eq!(commands, line("helloworld") + &line("other"));
    let helm = annotate(&env, &namespace, &[&words[..], &["helm"]].concat()).exits(0).stdout;
    assert!(
        helm.starts_with("# service/helloworld\nservice:\n") && helm.contains("---\n# service/other\n"),
        "{helm}"
    );

    // kustomize makes of the patch what annotate would have made.
    env.file("kustomization.yaml", format!("resources: [service.json]\n{}", of(&["-o", "kustomize"])));
    let mut service = textbook(&namespace);
    service["metadata"]["annotations"] = json!({full("connection-idle-timeout"): "30"});
    env.file("service.json", service.to_string());
    let built = env.run("kubectl", ["kustomize", "."]).exits(0).stdout;
    let applied =
        env.command("kubectl", ["create", "--dry-run=client", "-o", "json", "-f", "-"]).stdin(built).run();
    assert_eq!(applied.exits(0).json()["metadata"]["annotations"], expected);
}

#[test]
fn files_are_printed_with_the_change_without_a_cluster() {
    let env = crate::support::without_cluster();
    env.file("service.json", textbook("shop").to_string());
    let words = ["elb-tls", "annotate", "-f", "service.json", "--local", "--draining", "60", "-o", "json"];
    let output = env.run("kubectl", words).exits(0);
    let mut expected = textbook("shop");
    expected["metadata"]["annotations"] =
        json!({full("connection-draining-enabled"): "true", full("connection-draining-timeout"): "60"});
    assert_eq!(output.json(), expected);
}
