//! The namespaces that tests get.

use support::{cluster, fresh_namespace};

#[test]
fn namespaces_are_new_and_there() {
    let (first, second) = (fresh_namespace("team"), fresh_namespace("team"));
    assert_ne!(first, second);
    let seen = cluster().api().get(&format!("/api/v1/namespaces/{second}")).unwrap();
    assert_eq!(seen["status"]["phase"], "Active");
}
