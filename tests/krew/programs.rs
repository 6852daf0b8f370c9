//! krew and its index's check of manifests, built from their Go module; and the plugins.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use cluster::GoModule;

pub const PLUGINS: [&str; 4] = ["drain-safe", "elb-tls", "ns-switch", "quota"];

const KREW: GoModule<'_> = GoModule {
    what: "krew v0.5.0",
    takes: "half a minute",
    label: "krew-v0.5.0",
    go_mod: include_str!("go.mod"),
    go_sum: include_str!("go.sum"),
    programs: &[
        // kubectl looks for a plugin of this name.
        ("kubectl-krew", "sigs.k8s.io/krew/cmd/krew"),
        ("validate-krew-manifest", "sigs.k8s.io/krew/cmd/validate-krew-manifest"),
    ],
    sources: &[],
    files: &[],
    copies: &[],
    linker_flags: "-s -w",
};

/// Returns the folder with krew's programs.
pub fn krew() -> PathBuf {
    assert!(
        KREW.go_mod.contains("\tsigs.k8s.io/krew v0.5.0 // indirect"),
        "the version told is that of go.mod"
    );
    KREW.find_or_build().expect("krew can be built")
}

/// Returns the file name of a plugin's executable.
pub fn file_name(plugin: &str) -> String {
    format!("kubectl-{}", plugin.replace('-', "_"))
}

/// Copies the plugins into a folder, without debug information. `cargo test` has built them before it runs any test; where
/// only this package is tested, they are built now.
pub fn copy_plugins(folder: &Path) {
    let beside = env::current_exe().expect("the path of this test");
    let beside = beside.parent().and_then(Path::parent).expect("a folder of executables").to_owned();
    if PLUGINS.iter().any(|plugin| !beside.join(file_name(plugin)).is_file()) {
        let mut build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.arg("build").args(PLUGINS.iter().map(|plugin| format!("--package=kubectl-{plugin}")));
        assert!(build.status().expect("cargo can be run").success(), "the plugins do not compile");
    }
    fs::create_dir_all(folder).expect("a folder for executables");
    for name in PLUGINS.map(file_name) {
        let stripped =
            Command::new("strip").arg("-o").arg(folder.join(&name)).arg(beside.join(&name)).status();
        assert!(stripped.expect("strip can be run").success(), "{name} can be stripped");
    }
}
