//! Two releases of the plugins, made once, and a server on loopback for their archives.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use support::{
    FaultServer, Reply, TestEnv, executable,
    plugins::{PLUGINS, file_name},
};

use crate::{
    programs::{copy_plugins, krew},
    workflow::script,
};

/// The platforms of a release besides this one. Their executables are not run.
const OTHERS: [&str; 5] = ["linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64", "windows-arm64"];

/// Returns what a document of the repository says.
pub fn document_text(name: &str) -> String {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    fs::read_to_string(Path::new(&package).join("..").join(name)).expect("a document")
}

/// Returns the command line of krew/README.md, with a folder and an address.
fn told() -> String {
    let text = document_text("krew/README.md");
    let line = text.lines().map(str::trim).find(|line| line.starts_with("cargo run -p krew "));
    line.expect("a command line").replace("FOLDER", "executables").replace("https://…", "https://example.com")
}

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
        // By hand, as krew/README.md says, and as a forge does.
        for (version, line) in [("0.1.0", told()), ("0.1.1", script("release", "cargo run "))] {
            let output = folder.path().join(version);
            let env = TestEnv::new().program(executable("krew"));
            symlink(&executables, env.home().join("executables")).unwrap();
            let (_, arguments) = line.split_once(" -- ").expect("cargo runs krew");
            let line = format!("krew {} --downloads={}/{version}", arguments.trim(), server.url());
            let made = env
                .command("bash", ["-c", line.as_str()])
                .variable("GITHUB_REF_NAME", format!("v{version}"))
                .variable("GITHUB_SERVER_URL", "https://example.com")
                .variable("GITHUB_REPOSITORY", "example/suite")
                .run()
                .success();
            fs::rename(env.home().join("release"), &output).unwrap();
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
