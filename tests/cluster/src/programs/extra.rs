//! Programs of a test's own, built with the packages of the control plane.

use super::module::GoModule;
use super::release::Release;
use crate::error::Result;
use std::path::PathBuf;

/// Returns the path of a program whose only file this is, after building it if that was not done before.
pub fn build_program(name: &str, source: &str) -> Result<PathBuf> {
    let release = Release::newest();
    let module = GoModule {
        what: name,
        takes: "a minute",
        label: &format!("{name}-{}", release.version()),
        go_mod: release.go_mod,
        go_sum: release.go_sum,
        sources: &[("main.go", source)],
        programs: &[(name, ".")],
        linker_flags: "-s -w",
        ..GoModule::default()
    };
    Ok(module.find_or_build()?.join(name))
}
