//! Builds the programs once a user, a version and a set of flags.

use super::release::Release;
use super::{NAMES, go};
use crate::error::{Context, Error, Result};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, str};
use tempfile::TempDir;

/// The folder below the user's cache where builds are kept.
pub const CACHE_FOLDER: &str = "kubectl-plugins-control-plane";

/// The packages, in the order of [`NAMES`].
const PACKAGES: [&str; 6] = [
    "go.etcd.io/etcd/server/v3",
    "k8s.io/kubernetes/cmd/kube-apiserver",
    "k8s.io/kubernetes/cmd/kube-controller-manager",
    "k8s.io/kubernetes/cmd/kube-scheduler",
    "k8s.io/kubernetes/cmd/kubectl",
    "sigs.k8s.io/kwok/cmd/kwok",
];

/// The folder with all programs of a release, after building what is missing.
pub fn find_or_build(release: &Release) -> Result<PathBuf> {
    let cache = cache_root()?.join(CACHE_FOLDER);
    let folder = cache.join(key(release));
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
        build(release, &cache, &folder)?;
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

fn build(release: &Release, cache: &Path, folder: &Path) -> Result<()> {
    let module = write_module(release, cache)?;
    // kwok speaks to servers of any version, but is made of Kubernetes' modules itself, and compiles with new ones only.
    let newest = write_module(Release::newest(), cache)?;
    go::check(module.path(), release.go_mod)?;
    say(&format!(
        "building the control plane of Kubernetes {} from source, once: 4 to 5 minutes on two cores when Go's cache is empty",
        release.version()
    ));
    let staging = tempfile::Builder::new()
        .prefix("building-")
        .tempdir_in(cache)
        .context(|| format!("cannot write to {}", cache.display()))?;
    for (index, (name, package)) in NAMES.iter().zip(PACKAGES).enumerate() {
        say(&format!("building {name} ({} of {})", index + 1, NAMES.len()));
        let module = if *name == "kwok" { &newest } else { &module };
        let output = go::command(module.path())
            .args(["build", "-trimpath", "-ldflags", &linker_flags(release), "-o"])
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

/// Writes the module of a release, which is nothing but two files. Written down anew they are those of this program,
/// wherever its clone is.
fn write_module(release: &Release, cache: &Path) -> Result<TempDir> {
    let module = tempfile::tempdir_in(cache).context(|| format!("cannot write to {}", cache.display()))?;
    for (name, text) in [("go.mod", release.go_mod), ("go.sum", release.go_sum)] {
        let path = module.path().join(name);
        fs::write(&path, text).context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(module)
}

/// Without these the servers say that they are v0.0.0, and kubectl warns about it.
fn linker_flags(release: &Release) -> String {
    let version = release.version();
    let mut numbers = version.trim_start_matches('v').split('.');
    let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let package = "k8s.io/component-base/version";
    format!(
        "-s -w -X {package}.gitVersion={version} -X {package}.gitMajor={major} -X {package}.gitMinor={minor} -X {package}.gitTreeState=clean"
    )
}

/// Names a build by all that goes into it (FNV-1a, 64 bits: this tells versions apart, it protects nothing).
fn key(release: &Release) -> String {
    let flags = linker_flags(release);
    let parts = [release.go_mod, release.go_sum, &flags, env::consts::OS, env::consts::ARCH];
    let hash = parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{}-{hash:016x}", release.version())
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
            // kwok is of the newest release.
            let count = if *name == "kwok" { 1 } else { usize::MAX };
            for release in Release::all().take(count) {
                assert!(
                    release.go_mod.contains(&format!("\n\t{package}\n")),
                    "{package} is no tool in go.mod"
                );
            }
            assert!(package.ends_with(name) || (*name == "etcd" && package.contains("etcd/server")));
        }
    }

    #[test]
    fn the_servers_get_the_version_that_go_mod_names() {
        let minors = Release::all().map(|release| {
            let flags = linker_flags(release);
            let version = flags_value(&flags, "gitVersion");
            assert!(release.go_mod.contains(&format!("k8s.io/kubernetes {version} // indirect")));
            format!("v{}.{}", flags_value(&flags, "gitMajor"), flags_value(&flags, "gitMinor"))
        });
        assert_eq!(minors.collect::<Vec<_>>(), ["v1.37", "v1.36", "v1.34"]);
    }

    fn flags_value<'a>(flags: &'a str, name: &str) -> &'a str {
        flags.split(&format!(".{name}=")).nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default()
    }
}
