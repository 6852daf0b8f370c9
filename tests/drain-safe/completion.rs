//! Completion through kubectl: names of nodes and pods come from the cluster.

use cluster::NodeSpec;
use serde_json::json;

use crate::plan::stage::{Stage, plugin};

#[test]
fn nodes_and_pods_are_completed_from_the_cluster() {
    let stage = Stage::new(&[NodeSpec::new("alpha"), NodeSpec::new("beta")]);
    stage.pod("tool", "alpha", json!({}), json!({}));
    let complete = |words: &[&str]| {
        let output = plugin().run("kubectl-drain_safe", ["__complete"].iter().chain(words)).success();
        assert_eq!(output.stderr, "");
        output.stdout
    };
    assert_eq!(complete(&["plan", "a"]), "alpha\n:4\n");
    assert_eq!(complete(&["plan", "alpha", "b"]), "beta\n:4\n");
    assert_eq!(complete(&["plan", "alpha", ""]), "beta\n:4\n");
    let namespace = format!("--namespace={}", stage.namespace);
    assert_eq!(complete(&["explain", &namespace, "t"]), "tool\n:4\n");
}
