//! An environment of its own for the program under test.

use crate::invocation::Invocation;
use crate::program::write_program;
use cluster::{Cluster, Programs};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A home folder, a PATH with chosen programs only (besides those of the system), a kubeconfig, and nothing that the
/// developer's shell exports: no proxy, no `KUBE*`, no colors. All of it is removed with this value, or with the last command that was started in it.
#[derive(Debug)]
pub struct TestEnv {
    home: Arc<tempfile::TempDir>,
    variables: BTreeMap<OsString, OsString>,
}

impl TestEnv {
    /// Without a cluster: there is no kubeconfig, neither named nor in the home folder.
    ///
    /// # Panics
    ///
    /// When the folders cannot be made, like everything here.
    pub fn new() -> Self {
        let home = tempfile::Builder::new().prefix("test-env-").tempdir().expect("a folder for a test");
        let programs = home.path().join("bin");
        fs::create_dir(&programs).expect("a folder for programs");
        let path = std::env::join_paths([programs.as_path(), Path::new("/usr/bin"), Path::new("/bin")]);
        let variables = BTreeMap::from([
            ("HOME".into(), home.path().into()),
            ("PATH".into(), path.expect("a PATH without colons in its folders")),
            ("LANG".into(), "C.UTF-8".into()),
            ("TERM".into(), "xterm-256color".into()),
            // A panic of the program under test is a failure to be read in the test's output.
            ("RUST_BACKTRACE".into(), "1".into()),
        ]);
        Self { home: Arc::new(home), variables }
    }

    /// With a cluster's kubectl, and a copy of its administrator's kubeconfig, which the test may change.
    ///
    /// # Panics
    ///
    /// When the kubeconfig cannot be copied.
    pub fn on(cluster: &Cluster) -> Self {
        Self::new().program(cluster.programs_dir().join("kubectl")).kubeconfig(cluster.kubeconfig_path())
    }

    /// Puts the real kubectl on the PATH. No control plane is started.
    ///
    /// # Panics
    ///
    /// When it is not built and can't be.
    pub fn kubectl(self) -> Self {
        let programs = Programs::find_or_build().expect("the programs of the control plane");
        self.program(programs.path("kubectl"))
    }

    /// Uses a copy of a kubeconfig, such as a user's.
    ///
    /// # Panics
    ///
    /// When it cannot be copied.
    pub fn kubeconfig(self, path: impl AsRef<Path>) -> Self {
        let copy = self.home.path().join("kubeconfig");
        fs::copy(path.as_ref(), &copy).expect("a kubeconfig to copy");
        self.variable("KUBECONFIG", copy)
    }

    /// Puts a program on the PATH under its own file name: `.program(executable("kubectl-quota"))`.
    ///
    /// # Panics
    ///
    /// When there is no such file.
    pub fn program(self, path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        assert!(path.is_file(), "no program {}", path.display());
        let name = path.file_name().expect("a file has a name");
        symlink(path, self.home.path().join("bin").join(name)).expect("a link to a program");
        self
    }

    /// Sets a variable.
    pub fn variable(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables.insert(name.as_ref().into(), value.as_ref().into());
        self
    }

    /// Takes a variable away.
    pub fn without(mut self, name: impl AsRef<OsStr>) -> Self {
        self.variables.remove(name.as_ref());
        self
    }

    /// The home folder, which is also the working folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The home folder for a command that may outlive this value.
    pub(crate) fn shared_home(&self) -> Arc<tempfile::TempDir> {
        Arc::clone(&self.home)
    }

    /// All variables of the environment.
    pub fn variables(&self) -> &BTreeMap<OsString, OsString> {
        &self.variables
    }

    /// Writes a file below the home folder, making the folders above it, and returns its path.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders for a file");
        let is_new = !path.exists();
        fs::write(&path, content).expect("a file to write");
        if is_new {
            // The same for every umask: modes are something that tests look at.
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("a mode to set");
        }
        path
    }

    /// Writes a program below the home folder, such as a shell script, making the folders above it, and returns its
    /// path. See [`crate::write_program`] for why this is not [`TestEnv::file`] and a change of its mode.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders for a program");
        write_program(&path, text);
        path
    }

    /// Where a program is found on this environment's PATH; a path is taken as it is.
    ///
    /// # Panics
    ///
    /// When it is nowhere.
    pub fn find(&self, program: &str) -> PathBuf {
        if program.contains('/') {
            return program.into();
        }
        let path = self.variables.get(OsStr::new("PATH")).cloned().unwrap_or_default();
        std::env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|candidate| candidate.is_file())
            .unwrap_or_else(|| panic!("no {program} on the PATH of the test"))
    }

    /// A command to be refined and then run: `env.command("kubectl", ["quota", "usage"]).stdin("…").run()`.
    pub fn command<A: AsRef<OsStr>>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Invocation {
        Invocation::new(self, program, arguments)
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    ///
    /// When it does not end in time.
    pub fn run<A: AsRef<OsStr>>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> crate::Output {
        self.command(program, arguments).run()
    }
}

impl Default for TestEnv {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_outer_environment_comes_in() {
        let output = TestEnv::new().variable("EXTRA", "yes").without("TERM").run("env", ["-u", "PATH"]);
        let mut names: Vec<_> =
            output.stdout.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
        names.sort_unstable();
        assert_eq!(names, ["EXTRA", "HOME", "LANG", "RUST_BACKTRACE"]);
    }

    #[test]
    fn chosen_programs_come_before_the_systems() {
        let env = TestEnv::new();
        let script = env.script("elsewhere/ls", "#!/bin/sh\necho mine\n");
        let env = env.program(&script);
        assert_eq!(env.run("ls", ["-l"]).success().stdout, "mine\n");
        assert_eq!(env.find("ls"), env.home().join("bin/ls"));
    }
}
