//! Clusters that can't be asked: nothing is written, and the way around is named.

use support::{cluster, fresh_namespace};

use crate::support::{THREE, config, expect, on_cluster, run, with};

#[test]
fn a_certificate_nobody_vouches_for_is_told() {
    let name = fresh_namespace("tls");
    let other = THREE.replace("https://127.0.0.1:1", cluster().server_url());
    let env = with(&other);
    let (status, stdout, stderr) = run(&env, &[&name]);
    assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
    assert!(stderr.starts_with("Unable to connect to the server: tls: "), "{stderr}");
    assert!(stderr.contains("certificate"), "{stderr}");
    assert!(stderr.contains("\nhint: "), "{stderr}");
    assert_eq!(config(&env), other);
}

#[test]
fn a_plugin_that_is_not_installed_is_told_how_to_be_installed() {
    let hint = "get it:\\n  \\e[31mcurl\\e[0m https://example.com\\a";
    let text = THREE.replace(
        "user: {token: hunter2}",
        &format!(
            "user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: no-such-login, installHint: \"{hint}\"}}}}"
        ),
    );
    let env = with(&text);
    for line in [&["web"][..], &["list"]] {
        let (status, stdout, stderr) = run(&env, line);
        assert_eq!((status, stdout.as_str()), (1, ""), "{stderr}");
        assert!(stderr.contains("no-such-login"), "{stderr}");
        // As client-go spells control characters (`cleanANSIEscapeCodes` in `tools/clientcmd/client_config.go`).
        let cleaned = "\nget it:\n  U+001B[31mcurlU+001B[0m https://example.comU+0007\n";
        assert!(stderr.contains(cleaned), "{stderr:?}");
        assert!(stderr.chars().all(|letter| letter == '\n' || !letter.is_control()), "{stderr:?}");
    }
    expect(&env, &["web", "--force"], 0, "", "✔ Namespace \"web\" (context alpha; not checked)\n");
    assert_eq!(config(&env), text.replace("namespace: shop", "namespace: web"));
}

#[test]
fn credentials_the_server_does_not_take_are_told() {
    let env = on_cluster();
    let token = env.file("anonymous", format!("clusters:\n- name: c\n  cluster: {{server: '{}', insecure-skip-tls-verify: true}}\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\nusers:\n- name: u\n  user: {{token: nonsense}}\n", cluster().server_url()));
    let (status, stdout, stderr) =
        run(&env, &["--kubeconfig", token.to_str().unwrap(), "--context", "x", "web"]);
    assert_eq!((status, stdout.as_str()), (6, ""), "{stderr}");
    assert!(stderr.starts_with("error: You must be logged in to the server ("), "{stderr}");
    let (status, stdout, stderr) = run(&env, &["--client-certificate", "/nowhere", "web"]);
    assert_eq!((status, stdout.as_str()), (7, ""), "{stderr}");
    assert!(stderr.contains("/nowhere"), "{stderr}");
}
