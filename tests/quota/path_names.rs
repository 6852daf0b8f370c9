//! Names that would lead elsewhere in the paths of the API: sent within their segment, or refused unsent.

use serde_json::json;
use support::{FaultServer, Reply, TestEnv};

/// What a user types, and how it stands in a path; without that it is refused, for this reason.
const NAMES: &[(&str, Result<&str, &str>)] = &[
    ("a?b#c", Ok("a%3Fb%23c")),
    ("a b&limit=1", Ok("a%20b%26limit%3D1")),
    ("..", Err("may not be '..'")),
    ("%2e%2e", Err("may not contain '%'")),
    ("a/../b", Err("may not contain '/'")),
];

fn environment(server: &FaultServer) -> TestEnv {
    let env = TestEnv::new().program(env!("CARGO_BIN_EXE_kubectl-quota"));
    let path = env.file("kubeconfig", server.kubeconfig());
    env.variable("KUBECONFIG", path)
}

/// The paths that a command asks a server for that has nothing, and what it wrote to stderr.
fn asked(arguments: &[&str], stdin: &str) -> (Vec<String>, String) {
    let server = FaultServer::http();
    let output = environment(&server).command("kubectl-quota", arguments).stdin(stdin).run();
    assert_ne!(output.status, Some(0), "{output}");
    (server.requests().into_iter().map(|request| request.path).collect(), output.stderr)
}

#[test]
fn a_name_that_is_typed_never_leaves_its_segment() {
    for (name, expected) in NAMES {
        let deployments = "/apis/apps/v1/namespaces/shop/deployments/";
        let commands: [(&[&str], &str, &str); 3] = [
            (&["explain", "-n", "shop", "deployment", name], deployments, ""),
            (&["fits", "-n", "shop", "deployment", name], deployments, ""),
            (&["usage", "-n", name], "/api/v1/namespaces/", "/resourcequotas"),
        ];
        for (arguments, before, after) in commands {
            let (paths, stderr) = asked(arguments, "");
            match expected {
                Ok(encoded) => {
                    // What does not need the answer is asked for at the same time, in any order.
                    let path = format!("{before}{encoded}{after}");
                    assert!(paths.contains(&path), "{arguments:?}: {paths:?}, {stderr}");
                    let mut names = paths.iter().filter_map(|path| path.strip_prefix(before));
                    assert!(
                        names.all(|name| name.split('/').next() == Some(encoded)),
                        "{arguments:?}: {paths:?}"
                    );
                }
                Err(_) if name.contains('/') && paths.is_empty() => {}
                Err(why) => {
                    assert_eq!(paths, Vec::<String>::new(), "{arguments:?}");
                    let sentence = format!("error: invalid resource name {name:?}: [{why}]\n");
                    assert_eq!(stderr, sentence, "{arguments:?}");
                }
            }
        }
    }
}

#[test]
fn a_name_in_a_manifest_never_leaves_its_segment() {
    for (name, expected) in NAMES {
        let pod = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
            "spec": {"containers": [{"name": "c", "image": "i"}]},
        });
        let arguments = ["check", "-n", "shop", "--k8s", "1.37", "-f", "-"];
        let server = FaultServer::http();
        server.otherwise([Reply::page("List", &[], None)]);
        environment(&server).command("kubectl-quota", arguments).stdin(pod.to_string()).run();
        let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
        let of_pods: Vec<_> = paths.iter().filter(|path| path.contains("/pods/")).collect();
        match expected {
            Ok(encoded) => assert_eq!(of_pods, [&format!("/api/v1/namespaces/shop/pods/{encoded}")]),
            Err(_) => assert!(!paths.is_empty() && of_pods.is_empty(), "{paths:?}"),
        }
    }
}
