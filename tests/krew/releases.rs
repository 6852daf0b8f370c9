//! Two releases of the plugins, made once, and a server on loopback for their archives.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use support::{
    FaultServer, Reply, TestEnv, executable,
    plugins::{PLUGINS, file_name},
};

use crate::programs::{copy_plugins, krew};

/// The platforms of a release besides this one. Their executables are not run.
const OTHERS: [&str; 5] = ["linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64", "windows-arm64"];

/// What is released.
#[derive(Debug)]
pub struct Releases {
    folder: tempfile::TempDir,
    server: FaultServer,
}

impl Releases {
    /// Returns the releases 0.1.0 and 0.1.1 of this test binary.
    pub fn made() -> &'static Self {
        static MADE: OnceLock<Releases> = OnceLock::new();
        MADE.get_or_init(Self::make)
    }

    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let executables = folder.path().join("executables");
        copy_plugins(&executables.join("linux-amd64"));
        for platform in OTHERS {
            fs::create_dir_all(executables.join(platform)).unwrap();
            let suffix = if platform.starts_with("windows") { ".exe" } else { "" };
            for name in PLUGINS.map(file_name) {
                fs::write(executables.join(platform).join(name + suffix), platform).unwrap();
            }
        }
        let server = FaultServer::https();
        for version in ["0.1.0", "0.1.1"] {
            let output = folder.path().join(version);
            let arguments = [
                "--executables".into(),
                executables.display().to_string(),
                "--output".into(),
                output.display().to_string(),
                "--repository=https://example.com/suite".to_owned(),
                format!("--downloads={}/{version}", server.url()),
                format!("--release={version}"),
            ];
            let env = TestEnv::new().program(executable("krew"));
            let made = env.run("krew", arguments).success();
            assert!(made.stderr.lines().count() > 4 * 6, "every file is named\n{made}");
            for entry in fs::read_dir(output.join("archives")).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap();
                let archive = Reply::text(200, "application/octet-stream", fs::read(&path).unwrap());
                server.on(&format!("/{version}/{name}"), [archive]);
            }
        }
        server.otherwise([Reply::empty(404)]);
        Self { folder, server }
    }

    /// Returns the path of a release's file.
    pub fn path(&self, version: &str, file: &str) -> PathBuf {
        self.folder.path().join(version).join(file)
    }

    /// Returns an environment with kubectl, krew and git, in which krew trusts the server.
    pub fn env(&self) -> TestEnv {
        let programs = krew();
        let env = TestEnv::new().kubectl();
        let authority = env.file("authority.pem", self.server.ca_pem().unwrap());
        let root = env.home().join("krew");
        let found = env.variables().iter().find(|(name, _)| *name == "PATH").unwrap().1.clone();
        let path = std::env::join_paths([root.join("bin")].into_iter().chain(std::env::split_paths(&found)));
        env.program(programs.join("kubectl-krew"))
            .program(programs.join("validate-krew-manifest"))
            .variable("PATH", path.unwrap())
            .variable("KREW_ROOT", root)
            // Go's libraries read it.
            .variable("SSL_CERT_FILE", authority)
            .variable("KREW_NO_UPGRADE_CHECK", "1")
    }

    /// Commits a release's index to a repository, made where there is none, as its owner publishes it.
    pub fn publish(&self, env: &TestEnv, version: &str, repository: &Path) {
        let plugins = repository.join("plugins");
        fs::create_dir_all(&plugins).unwrap();
        for plugin in PLUGINS {
            let name = format!("{plugin}.yaml");
            fs::copy(self.path(version, "index/plugins").join(&name), plugins.join(&name)).unwrap();
        }
        let git = |arguments: &[&str]| {
            let author = ["-c", "user.name=Release", "-c", "user.email=release@example.com"];
            env.command("git", author.iter().chain(arguments)).in_folder(repository).run().success()
        };
        git(&["init", "--quiet"]);
        git(&["add", "plugins"]);
        git(&["commit", "--quiet", "--message", version]);
    }
}
