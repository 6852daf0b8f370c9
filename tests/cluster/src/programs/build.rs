//! Builds the programs once a user, a version and a set of flags.

use super::{NAMES, go};
use crate::error::{Context, Error, Result};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, str};

/// The folder below the user's cache where builds are kept.
pub const CACHE_FOLDER: &str = "kubectl-plugins-control-plane";

pub(super) const GO_MOD: &str = include_str!("../../go.mod");
pub(super) const GO_SUM: &str = include_str!("../../go.sum");

/// The packages, in the order of [`NAMES`].
const PACKAGES: [&str; 6] = [
    "go.etcd.io/etcd/server/v3",
    "k8s.io/kubernetes/cmd/kube-apiserver",
    "k8s.io/kubernetes/cmd/kube-controller-manager",
    "k8s.io/kubernetes/cmd/kube-scheduler",
    "k8s.io/kubernetes/cmd/kubectl",
    "sigs.k8s.io/kwok/cmd/kwok",
];

/// The folder with all programs, after building what is missing.
pub fn find_or_build() -> Result<PathBuf> {
    let cache = cache_root()?.join(CACHE_FOLDER);
    let folder = cache.join(key());
    if complete(&folder) {
        return Ok(folder);
    }
    fs::create_dir_all(&cache).context(|| format!("cannot create {}", cache.display()))?;
    let lock = File::create(cache.join("lock")).context(|| format!("cannot write to {}", cache.display()))?;
    if lock.try_lock().is_err() {
        say("waiting for another build of the control plane to end");
        lock.lock().context(|| "cannot lock the build of the control plane".into())?;
    }
    // The other build may have made what is wanted here.
    if !complete(&folder) {
        build(&cache, &folder)?;
    }
    Ok(folder)
}

/// `XDG_CACHE_HOME`, or `.cache` in the home folder.
pub fn cache_root() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| Error::new("neither HOME nor XDG_CACHE_HOME says where to keep the control plane"))
}

fn complete(folder: &Path) -> bool {
    NAMES.iter().all(|name| folder.join(name).is_file())
}

fn build(cache: &Path, folder: &Path) -> Result<()> {
    // The module is nothing but these two files. Written down anew they are those of this program, wherever its clone is.
    let module = tempfile::tempdir_in(cache).context(|| format!("cannot write to {}", cache.display()))?;
    let module = module.path();
    for (name, text) in [("go.mod", GO_MOD), ("go.sum", GO_SUM)] {
        let path = module.join(name);
        fs::write(&path, text).context(|| format!("cannot write {}", path.display()))?;
    }
    go::check(module, GO_MOD)?;
    say("building the control plane from source, once: 4 to 5 minutes on two cores when Go's cache is empty");
    let staging = tempfile::Builder::new()
        .prefix("building-")
        .tempdir_in(cache)
        .context(|| format!("cannot write to {}", cache.display()))?;
    for (index, (name, package)) in NAMES.iter().zip(PACKAGES).enumerate() {
        say(&format!("building {name} ({} of {})", index + 1, NAMES.len()));
        let output = go::command(module)
            .args(["build", "-trimpath", "-ldflags", &linker_flags(), "-o"])
            .arg(staging.path().join(name))
            .arg(package)
            .output()
            .context(|| "cannot run go".into())?;
        if !output.status.success() {
            return Err(go::failure(name, &output.stderr));
        }
    }
    // Whatever is there is incomplete. A rename makes the new set appear as a whole or not at all.
    if folder.exists() {
        fs::remove_dir_all(folder).context(|| format!("cannot replace {}", folder.display()))?;
    }
    fs::rename(staging.keep(), folder).context(|| format!("cannot create {}", folder.display()))?;
    say(&format!("the control plane is built: {}", folder.display()));
    Ok(())
}

/// Without these the servers say that they are v0.0.0, and kubectl warns about it.
fn linker_flags() -> String {
    let version = kubernetes_version();
    let mut numbers = version.trim_start_matches('v').split('.');
    let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let package = "k8s.io/component-base/version";
    format!(
        "-s -w -X {package}.gitVersion={version} -X {package}.gitMajor={major} -X {package}.gitMinor={minor} -X {package}.gitTreeState=clean"
    )
}

/// The version of Kubernetes that go.mod asks for, such as `v1.36.3`.
pub fn kubernetes_version() -> &'static str {
    GO_MOD
        .lines()
        .find_map(|line| line.trim().strip_prefix("k8s.io/kubernetes "))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or("v0.0.0")
}

/// Names a build by all that goes into it.
fn key() -> String {
    let flags = linker_flags();
    let parts = [GO_MOD, GO_SUM, &flags, env::consts::OS, env::consts::ARCH];
    format!("{}-{}", kubernetes_version(), fingerprint(&parts))
}

/// Returns a short name for some texts (FNV-1a, 64 bits: this tells versions apart, it protects nothing).
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let hash = parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

/// Progress is talk, so it goes to stderr. A test harness does not capture it there, and whoever waits sees it.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "cluster: {line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_a_tool_of_the_module_and_named_after_its_program() {
        for (name, package) in NAMES.iter().zip(PACKAGES) {
            assert!(GO_MOD.contains(&format!("\n\t{package}\n")), "{package} is no tool in go.mod");
            assert!(package.ends_with(name) || (*name == "etcd" && package.contains("etcd/server")));
        }
    }

    #[test]
    fn the_servers_get_the_version_that_go_mod_names() {
        let flags = linker_flags();
        assert!(
            GO_MOD.contains(&format!("k8s.io/kubernetes {} // indirect", flags_value(&flags, "gitVersion")))
        );
        assert_eq!(
            format!("v{}.{}", flags_value(&flags, "gitMajor"), flags_value(&flags, "gitMinor")),
            "v1.36"
        );
    }

    fn flags_value<'a>(flags: &'a str, name: &str) -> &'a str {
        flags.split(&format!(".{name}=")).nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default()
    }
}
