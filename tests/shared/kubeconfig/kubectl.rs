//! kubectl's own code, asked many times without starting it many times.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde::Deserialize;
use serde_json::json;

/// A process that answers `kubectl config` commands with the code of kubectl.
pub struct KubectlConfig {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

#[derive(Deserialize)]
struct Answer {
    status: i32,
    stdout: String,
    stderr: String,
}

impl KubectlConfig {
    /// Starts one, which is built first if that was not done before.
    pub fn start() -> Self {
        let program = cluster::build_program("kubectl-config", include_str!("kubectl_config.go")).unwrap();
        let mut command = Command::new(program);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (requests, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Self { process, requests, answers: BufReader::new(answers) }
    }

    /// Returns what a command prints to standard output, or to standard error where it fails.
    pub fn run(
        &mut self,
        folder: &Path,
        kubeconfig: &str,
        flag: Option<&str>,
        arguments: &[&str],
    ) -> Result<String, String> {
        let flags = flag.into_iter().flat_map(|path| ["--kubeconfig", path]);
        let arguments: Vec<&str> = flags.chain(arguments.iter().copied()).collect();
        let request = json!({"folder": folder, "kubeconfig": kubeconfig, "arguments": arguments});
        writeln!(self.requests, "{request}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Answer = serde_json::from_str(&line).unwrap();
        match answer.status {
            0 => Ok(answer.stdout),
            _ => Err(answer.stderr),
        }
    }
}

impl Drop for KubectlConfig {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
