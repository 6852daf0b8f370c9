//! kubectl and the plugin's file name.

use crate::support::without_cluster;

#[test]
fn kubectl_finds_the_plugin_by_its_name() {
    let output = without_cluster().run("kubectl", ["drain-safe", "--version"]).exits(0);
    let version = format!("kubectl drain-safe {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((output.stdout, output.stderr), (version, String::new()));
}
