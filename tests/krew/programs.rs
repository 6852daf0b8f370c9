//! krew and its index's check of manifests, built from their Go module; and the plugins.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use cluster::GoModule;
use support::plugins::{PLUGINS, built_plugins, file_name};

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

/// Copies the plugins into a folder, without debug information.
pub fn copy_plugins(folder: &Path) {
    let beside = built_plugins();
    fs::create_dir_all(folder).expect("a folder for executables");
    for name in PLUGINS.map(file_name) {
        let stripped =
            Command::new("strip").arg("-o").arg(folder.join(&name)).arg(beside.join(&name)).status();
        assert!(stripped.expect("strip can be run").success(), "{name} can be stripped");
    }
}
