//! The binaries that users get, built as they are released.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use cluster::cargo;
use shared::{Error, Result};

/// The plugins' executables.
pub const NAMES: [&str; 4] = ["kubectl-quota", "kubectl-ns_switch", "kubectl-drain_safe", "kubectl-elb_tls"];

/// The program that does no more than a switch must.
pub const FLOOR: &str = "rewrite";

/// Builds programs as they are released, with the `dist` profile and on Linux with musl, and returns the folder they are
/// in.
///
/// # Errors
/// Rust's musl target is not installed; the build fails.
pub fn build(names: &[&str]) -> Result<PathBuf> {
    // Of the clone that is run, which `cargo run` names: this may have been compiled elsewhere.
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&package).join("../..");
    let mut command = cargo();
    command.current_dir(&root).args(["build", "--profile", "dist", "--locked"]);
    let triple = musl_target()?;
    if let Some(triple) = &triple {
        command.args(["--target", triple]);
    }
    for name in names {
        command.args(["--bin", name]);
    }
    let status = command.status().map_err(|error| Error::new(format!("can't run cargo: {error}")))?;
    if !status.success() {
        return Err(Error::new("the programs can't be built; cargo said why above"));
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = triple.map_or(target.clone(), |triple| target.join(triple)).join("dist");
    folder.canonicalize().map_err(|error| Error::new(format!("{} is not there: {error}", folder.display())))
}

/// What Linux executables are built for: linked with musl they run on every distribution, and start faster. None on
/// other systems.
fn musl_target() -> Result<Option<String>> {
    if env::consts::OS != "linux" {
        return Ok(None);
    }
    let triple = format!("{}-unknown-linux-musl", env::consts::ARCH);
    let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let library = Command::new(compiler).args(["--print", "target-libdir", "--target", &triple]).output();
    let installed =
        library.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if installed {
        return Ok(Some(triple));
    }
    Err(Error::new(format!("Rust's target {triple}, which releases are built for, is not installed"))
        .with_hint(format!("rustup target add {triple}; its C compiler musl-gcc is in Debian's musl-tools")))
}
