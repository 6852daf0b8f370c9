use std::{fs, path::Path};

use shared::kubeconfig::{Environment, Kubeconfig, KubeconfigFiles, LoadOptions, load};

use super::*;

/// The payload is `{"exp":1767323045}`.
const JWT: &str = "e30.eyJleHAiOjE3NjczMjMwNDV9.c2ln";

fn kubeconfig(folder: &Path, user: &str) -> Kubeconfig {
    let path = folder.join("config");
    fs::write(&path, format!("users:\n- name: me\n  user: {user}\n")).unwrap();
    let environment = Environment { current_directory: folder.into(), ..Environment::default() };
    let options = LoadOptions { undecodable_data: true, ..LoadOptions::default() };
    load(&KubeconfigFiles::Explicit(path), &environment, options).unwrap()
}

fn auth(user: &str) -> Credentials {
    let folder = tempfile::tempdir().unwrap();
    Credentials::of_user(&kubeconfig(folder.path(), user).users[0])
}

fn pem(common_name: &str, organizations: &[&str], until: (i32, u8, u8)) -> String {
    let mut parameters = rcgen::CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, common_name);
    for organization in organizations {
        parameters.distinguished_name.push(rcgen::DnType::OrganizationName, *organization);
    }
    parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
    let key = rcgen::KeyPair::generate().unwrap();
    parameters.self_signed(&key).unwrap().pem()
}

#[test]
fn each_kind_is_told_by_name() {
    let check = |user, description: &str| assert_eq!(auth(user).description(), description, "{user}");
    check("{}", "none");
    check("{token: secret}", "token");
    check("{username: u, password: p}", "basic");
    check(
        "{exec: {command: aws, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}",
        "exec:aws",
    );
    check(
        "{exec: {command: /opt/google/gke-gcloud-auth-plugin, apiVersion: client.authentication.k8s.io/v1beta1}}",
        "exec:gke-gcloud-auth-plugin",
    );
    check("{auth-provider: {name: oidc}}", "oidc");
    check("{auth-provider: {name: gcp}}", "auth-provider:gcp");
    check("{tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token}", "in-cluster");
    check("{token: t, as: alice}", "token as alice");
}

#[test]
fn tokens_that_say_when_they_end_are_believed() {
    let end = Some("2026-01-02T03:04:05Z".parse().unwrap());
    assert_eq!(auth(&format!("{{token: {JWT}}}")).expires, end);
    assert_eq!(auth("{token: opaque}").expires, None);
    assert_eq!(auth(&format!("{{auth-provider: {{name: oidc, config: {{id-token: {JWT}}}}}}}")).expires, end);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("token"), format!("{JWT}\n")).unwrap();
    assert_eq!(Credentials::of_user(&kubeconfig(folder.path(), "{tokenFile: token}").users[0]).expires, end);
}

#[test]
fn a_certificate_names_its_holder_wherever_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pki")).unwrap();
    fs::write(folder.path().join("pki/me.crt"), pem("alice", &["dev"], (2021, 2, 3))).unwrap();
    fs::write(folder.path().join("pki/me.key"), "key").unwrap();
    let relative = kubeconfig(folder.path(), "{client-certificate: pki/me.crt, client-key: pki/me.key}");
    let found = Credentials::of_user(&relative.users[0]);
    assert_eq!(found.description(), "client-certificate CN=alice O=dev");
    assert_eq!(found.expires, Some("2021-02-03T00:00:00Z".parse().unwrap()));
    assert_eq!(found.problems, Vec::<String>::new());
}

#[test]
fn what_is_missing_or_broken_is_a_problem_not_a_failure() {
    let problems = |user: &str| auth(user).problems;
    let certificate = problems("{client-certificate: /nonexistent/c.crt, client-key: /nonexistent/c.key}");
    assert_eq!(
        certificate,
        [
            "can't read the certificate /nonexistent/c.crt: No such file or directory (os error 2)",
            "can't read the key /nonexistent/c.key: No such file or directory (os error 2)"
        ]
    );
    assert_eq!(
        problems("{client-certificate-data: bm90IGEgY2VydGlmaWNhdGU=, client-key-data: a2V5}"),
        ["the client certificate is not a PEM certificate"]
    );
    assert_eq!(
        problems("{tokenFile: /nonexistent/t}"),
        ["can't read the token file /nonexistent/t: No such file or directory (os error 2)"]
    );
    let broken = auth("{client-certificate-data: '%%%', client-key-data: a2V5}");
    assert_eq!(broken.problems.len(), 1, "{:?}", broken.problems);
}

#[test]
fn nothing_of_a_secret_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let user = "{token: hunter2secret, username: u, password: hunter3secret}";
    let shown = format!("{:?}", Credentials::of_user(&kubeconfig(folder.path(), user).users[0]));
    assert!(!shown.contains("hunter"), "{shown}");
}
