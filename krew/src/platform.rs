//! What the plugins are built for.

/// An operating system and architecture, in Go's words as krew uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Platform {
    pub os: &'static str,
    pub arch: &'static str,
}

/// What a release carries.
pub const RELEASED: [Platform; 6] = [
    Platform { os: "linux", arch: "amd64" },
    Platform { os: "linux", arch: "arm64" },
    Platform { os: "darwin", arch: "amd64" },
    Platform { os: "darwin", arch: "arm64" },
    Platform { os: "windows", arch: "amd64" },
    Platform { os: "windows", arch: "arm64" },
];

/// What krew runs on (`allPlatforms` in its `cmd/validate-krew-manifest/main.go`).
pub const SUPPORTED: [Platform; 11] = [
    Platform { os: "windows", arch: "386" },
    Platform { os: "windows", arch: "amd64" },
    Platform { os: "windows", arch: "arm64" },
    Platform { os: "linux", arch: "386" },
    Platform { os: "linux", arch: "amd64" },
    Platform { os: "linux", arch: "arm" },
    Platform { os: "linux", arch: "arm64" },
    Platform { os: "linux", arch: "ppc64le" },
    Platform { os: "darwin", arch: "386" },
    Platform { os: "darwin", arch: "amd64" },
    Platform { os: "darwin", arch: "arm64" },
];

impl Platform {
    /// Returns the name of the folder of its executables.
    pub fn folder(self) -> String {
        format!("{}-{}", self.os, self.arch)
    }

    /// Returns whether its executables run on this machine.
    pub fn is_here(self) -> bool {
        let os = if self.os == "darwin" { "macos" } else { self.os };
        let arch = match self.arch {
            "amd64" => "x86_64",
            "arm64" => "aarch64",
            other => other,
        };
        (os, arch) == (std::env::consts::OS, std::env::consts::ARCH)
    }

    /// The executable's file name: krew links `kubectl-ns_switch`, and only under that name does
    /// `kubectl ns-switch` find it (`pluginNameToBin` in krew's `internal/installation/util.go`).
    pub fn executable(self, plugin: &str) -> String {
        let suffix = if self.os == "windows" { ".exe" } else { "" };
        format!("kubectl-{}{suffix}", plugin.replace('-', "_"))
    }

    /// The archive's file name in a release.
    pub fn archive(self, plugin: &str, version: &semver::Version) -> String {
        let suffix = if self.os == "windows" { "zip" } else { "tar.gz" };
        let Self { os, arch } = self;
        format!("kubectl-{}-v{version}-{os}-{arch}.{suffix}", plugin.replace('-', "_"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_of_a_name_are_underscores_of_the_file() {
        let (linux, windows) = (RELEASED[0], RELEASED[4]);
        assert_eq!(linux.executable("ns-switch"), "kubectl-ns_switch");
        assert_eq!(windows.executable("drain-safe"), "kubectl-drain_safe.exe");
        assert_eq!(linux.executable("quota"), "kubectl-quota");
        let version = semver::Version::new(0, 1, 0);
        assert_eq!(linux.archive("elb-tls", &version), "kubectl-elb_tls-v0.1.0-linux-amd64.tar.gz");
        assert_eq!(windows.archive("quota", &version), "kubectl-quota-v0.1.0-windows-amd64.zip");
    }

    #[test]
    fn krew_runs_wherever_the_plugins_do() {
        assert!(RELEASED.iter().all(|platform| SUPPORTED.contains(platform)));
    }
}
