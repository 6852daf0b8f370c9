//! Builds the programs of a release of Kubernetes.

use super::module::GoModule;
use super::release::Release;
use super::{EXTRA, NAMES};
use crate::error::Result;
use std::path::PathBuf;

/// The packages, in the order of [`NAMES`].
const PACKAGES: [&str; 7] = [
    "go.etcd.io/etcd/server/v3",
    "k8s.io/kubernetes/cmd/kube-apiserver",
    "k8s.io/kubernetes/cmd/kube-controller-manager",
    "k8s.io/kubernetes/cmd/kube-scheduler",
    "k8s.io/kubernetes/cmd/kubectl",
    "sigs.k8s.io/kwok/cmd/kwok",
    "go.etcd.io/etcd/etcdutl/v3",
];

/// Returns the folder with all programs of a release, after building what is missing.
pub fn find_or_build(release: &Release) -> Result<PathBuf> {
    let (newest, linker_flags) = (Release::newest(), linker_flags(release));
    let programs = NAMES.into_iter().zip(PACKAGES);
    // kwok speaks to servers of any version, but is made of Kubernetes' modules itself, and compiles with new ones only;
    // etcdutl reads the snapshots of older etcds.
    let (of_newest, of_release): (Vec<_>, Vec<_>) =
        programs.partition(|(name, _)| EXTRA.contains(name) && release.version() != newest.version());
    let module = GoModule {
        what: &format!("the control plane of Kubernetes {}", release.version()),
        takes: "5 to 12 minutes on two cores",
        label: release.version(),
        go_mod: release.go_mod,
        go_sum: release.go_sum,
        programs: &of_release,
        linker_flags: &linker_flags,
        ..GoModule::default()
    };
    if of_newest.is_empty() {
        return module.find_or_build();
    }
    let extra = GoModule {
        what: &EXTRA.join(" and "),
        takes: "a minute",
        label: &format!("kwok-{}", newest.version()),
        go_mod: newest.go_mod,
        go_sum: newest.go_sum,
        programs: &of_newest,
        linker_flags: "-s -w",
        ..GoModule::default()
    };
    let folder = extra.find_or_build()?;
    let paths = EXTRA.map(|name| (name, folder.join(name)));
    let copies: Vec<_> = paths.iter().map(|(name, path)| (*name, path.as_path())).collect();
    GoModule { copies: &copies, ..module }.find_or_build()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_a_tool_of_the_module_and_named_after_its_program() {
        for (name, package) in NAMES.iter().zip(PACKAGES) {
            // Some are of the newest release.
            let count = if EXTRA.contains(name) { 1 } else { usize::MAX };
            for release in Release::all().take(count) {
                assert!(
                    release.go_mod.contains(&format!("\n\t{package}\n")),
                    "{package} is no tool in go.mod"
                );
            }
            let short = package.trim_end_matches("/v3");
            assert!(short.ends_with(name) || (*name == "etcd" && short.ends_with("etcd/server")));
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
