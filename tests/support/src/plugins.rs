//! All four plugins, for tests that are about the suite.

use std::env;
use std::path::{Path, PathBuf};

/// The plugins as users call them.
pub const PLUGINS: [&str; 4] = ["drain-safe", "elb-tls", "ns-switch", "quota"];

/// Returns the file name of a plugin's executable.
pub fn file_name(plugin: &str) -> String {
    format!("kubectl-{}", plugin.replace('-', "_"))
}

/// Returns the folder with the executables of all plugins. `cargo test` has built them before it runs any test; where only
/// one package is tested, they are built now.
///
/// # Panics
///
/// When they do not compile.
pub fn built_plugins() -> PathBuf {
    let test = env::current_exe().expect("the path of this test");
    let folder = test.parent().and_then(Path::parent).expect("a folder of executables").to_owned();
    if PLUGINS.iter().any(|plugin| !folder.join(file_name(plugin)).is_file()) {
        let mut build = cluster::cargo();
        build.arg("build").args(PLUGINS.iter().map(|plugin| format!("--package=kubectl-{plugin}")));
        assert!(build.status().expect("cargo can be run").success(), "the plugins do not compile");
    }
    folder
}
