//! Services that tools and owners write: `annotate` leaves them alone, and says where to change them.

use ::support::{cluster, fresh_namespace};
use serde_json::{Value, json};

use crate::{
    support::administrator,
    textbook::{annotations, full, textbook},
};

#[test]
fn each_owner_is_named_with_the_place_and_the_values() {
    let namespace = fresh_namespace("owners");
    let api = cluster().api();
    let owner = api
        .create(&json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "gate", "namespace": namespace}}))
        .expect("an owner");
    let reference =
        json!([{"apiVersion": "v1", "kind": "ConfigMap", "name": "gate", "uid": owner["metadata"]["uid"]}]);
    let cases: [(&str, Value, &str, &str); 7] = [
        (
            "labels",
            json!({"helm.toolkit.fluxcd.io/name": "shop", "app.kubernetes.io/managed-by": "Helm"}),
            "Flux, HelmRelease shop",
            "the values of HelmRelease shop",
        ),
        (
            "labels",
            json!({"kustomize.toolkit.fluxcd.io/name": "apps"}),
            "Flux, Kustomization apps",
            "the source of Kustomization apps",
        ),
        (
            "annotations",
            json!({"argocd.argoproj.io/tracking-id": "store:/Service:shop/web"}),
            "Argo CD, Application store",
            "the source of Application store",
        ),
        (
            "labels",
            json!({"argocd.argoproj.io/instance": "store"}),
            "Argo CD, Application store",
            "the source of Application store",
        ),
        (
            "annotations",
            json!({"argocd.argoproj.io/instance": "store"}),
            "Argo CD, Application store",
            "the source of Application store",
        ),
        ("ownerReferences", reference, "ConfigMap gate", "ConfigMap gate"),
        ("labels", json!({"app.kubernetes.io/managed-by": "somebody"}), "", ""),
    ];
    for (number, (field, value, owner, place)) in cases.into_iter().enumerate() {
        let name = format!("web-{number}");
        let mut service = textbook(&namespace);
        service["metadata"]["name"] = json!(name);
        service["metadata"][field] = value;
        let service = api.create(&service).expect("a Service");
        let words = ["elb-tls", "annotate", "-n", &namespace, &name, "--idle-timeout", "90", "--yes"];
        let output = administrator().run("kubectl", words);
        let path = format!("/api/v1/namespaces/{namespace}/services/{name}");
        let now = api.get(&path).expect("the Service");
        if owner.is_empty() {
            assert_eq!(output.exits(0).stdout, format!("service/{name} annotated\n"));
            continue;
        }
        let said = format!(
            "\
error: service/{name} was not changed: it is managed by {owner}, which would write its own annotations back
hint: change {place}:
  {}: \"90\"
or write even so with --ignore ELB-GIT-001
",
            full("connection-idle-timeout")
        );
        let output = output.exits(5);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said.as_str()));
        assert_eq!(now["metadata"]["annotations"], service["metadata"]["annotations"]);
    }
}

#[test]
fn the_role_of_annotate_is_enough_for_a_change_and_its_way_back() {
    let namespace = fresh_namespace("owners");
    crate::textbook::create_textbook(&namespace, &[]);
    let env = administrator();
    let roles = env.run("kubectl", ["elb-tls", "rbac", "annotate", "-n", &namespace]).exits(0).stdout;
    env.file("roles.yaml", &roles);
    env.run("kubectl", ["apply", "-f", "roles.yaml"]).exits(0);
    let name = "kubectl-elb-tls-annotate";
    let role = ["create", "rolebinding", "w", "-n", &namespace, "--role", name, "--user", "elb-writer"];
    env.run("kubectl", role).exits(0);
    let cluster_role = format!("{name}-cluster");
    let binding =
        ["create", "clusterrolebinding", "w", "--clusterrole", &cluster_role, "--user", "elb-writer"];
    env.run("kubectl", binding).exits(0);
    let writer = crate::support::user("elb-writer");
    let run = |words: &[&str]| {
        let all = [&["elb-tls", words[0], "-n", &namespace, "helloworld"], &words[1..]].concat();
        writer.run("kubectl", all)
    };
    let output = run(&["annotate", "--idle-timeout", "90", "--yes"]).exits(0);
    assert_eq!(output.stdout, "service/helloworld annotated\n");
    assert!(!output.stderr.contains("Warning"), "{output}");
    assert_eq!(annotations(&namespace), json!({full("connection-idle-timeout"): "90"}));
    run(&["rollback", "--yes"]).exits(0);
    assert_eq!(annotations(&namespace), json!({}));

    // Without the verb that writes nothing is written, and the status says why.
    let reader = crate::support::user("elb-reader-of-annotate");
    let rules = [cluster::Rule::core(&["services", "events"], &["get", "list"])];
    cluster().grant("elb-reader-of-annotate", Some(&namespace), &rules).expect("a role");
    let words = ["elb-tls", "annotate", "-n", &namespace, "helloworld", "--idle-timeout", "90", "--yes"];
    let output = reader.run("kubectl", words).exits(6);
    assert!(output.stderr.contains("cannot patch resource \"services\""), "{output}");
    assert_eq!(annotations(&namespace), json!({}));
}
