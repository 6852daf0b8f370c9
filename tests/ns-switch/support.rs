//! What the tests have in common.

use std::{fs, path::Path};

use support::{TestEnv, cluster, executable};

/// The plugin's file name.
pub const NS_SWITCH: &str = "kubectl-ns_switch";

/// Three contexts on two clusters; nothing listens there.
pub const THREE: &str = "\
apiVersion: v1
kind: Config
# the one for every day
current-context: alpha   # mine
clusters:
- name: one
  cluster:
    server: https://127.0.0.1:1
- name: two
  cluster: {server: 'https://127.0.0.1:2'}
contexts:
- name: alpha
  context:
    cluster: one
    user: me
    namespace: shop
- name: beta
  context: {cluster: two, user: me}
- context:
    user: other
    cluster: one
  name: gamma
users:
- name: me
  user: {token: hunter2}
- name: other
  user: {}
";

/// An environment with the plugin and without a kubeconfig.
pub fn bare() -> TestEnv {
    TestEnv::new().program(executable(NS_SWITCH))
}

/// An environment with the plugin, the real kubectl, and the shared control plane as its administrator.
pub fn on_cluster() -> TestEnv {
    TestEnv::on(cluster()).program(executable(NS_SWITCH))
}

/// An environment with this kubeconfig in the home folder.
pub fn with(kubeconfig: &str) -> TestEnv {
    let env = bare();
    env.file(".kube/config", kubeconfig);
    env
}

/// An environment with this kubeconfig and the real kubectl.
pub fn with_kubectl(kubeconfig: &str) -> TestEnv {
    with(kubeconfig).kubectl()
}

/// The kubeconfig in the home folder.
pub fn config(env: &TestEnv) -> String {
    read(&env.home().join(".kube/config"))
}

/// A file's text.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Status, stdout and stderr of the plugin.
pub fn run(env: &TestEnv, arguments: &[&str]) -> (i32, String, String) {
    call(env, NS_SWITCH, arguments)
}

/// Status, stdout and stderr of the plugin called by some name on the PATH.
pub fn call(env: &TestEnv, program: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = env.run(program, arguments);
    (output.status.unwrap_or(-1), output.stdout, output.stderr)
}

/// Asserts all three at once.
#[track_caller]
pub fn expect(env: &TestEnv, arguments: &[&str], status: i32, stdout: &str, stderr: &str) {
    let found = run(env, arguments);
    let found = (found.0, found.1.as_str(), found.2.as_str());
    assert_eq!(found, (status, stdout, stderr), "{arguments:?}");
}

/// A file's text with the lines that differ from another's, as `-` and `+` lines.
pub fn changed(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("-{line}"));
    let new = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+{line}"));
    gone.chain(new).collect()
}
