//! One credential plugin: what to run, and running it.

use std::{
    collections::HashMap,
    io,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{Credential, Policy, answer, policy};
use crate::{Error, Result, cli::ExitStatus};

/// What client-go says when the command is missing (`installHintVerboseHelp`).
const MISSING: &str = "It looks like you are trying to use a client-go credential plugin that is not installed.\n\n\
To learn more about this feature, consult the documentation available at:\n      \
https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins";

/// Whether a plugin may ask the user something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum InteractiveMode {
    /// It never does.
    Never,
    /// It does where there is a terminal.
    #[default]
    IfAvailable,
    /// It must be able to.
    Always,
}

/// A credential plugin as the kubeconfig describes it.
#[derive(Clone, Debug)]
pub(crate) struct Plugin {
    /// The program; a path where it holds a separator, else looked for on PATH.
    pub command: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables added to our own environment, in order.
    pub variables: Vec<(String, String)>,
    /// `client.authentication.k8s.io/v1` or `…/v1beta1`.
    pub api_version: String,
    /// Whether it may ask questions.
    pub interactive_mode: InteractiveMode,
    /// Whether standard input is a terminal.
    pub stdin_is_terminal: bool,
    /// How to install the program, from the kubeconfig's author.
    pub install_hint: String,
    /// The cluster as `ExecCredential.spec.cluster`, where the plugin wants it (`provideClusterInfo`).
    pub cluster: Option<Value>,
    /// What the user's kuberc allows.
    pub policy: Policy,
    /// The `PATH` that allowed commands are looked for in.
    pub search_path: String,
}

impl Plugin {
    /// Runs the program once and reads its answer. Its stderr is ours, so it can talk to the user.
    ///
    /// # Errors
    /// kubectl's sentences: forbidden by kuberc, not installed (with the install hint), failed, or an answer
    /// that can't be used. What it printed is never repeated.
    pub fn run(&self) -> Result<Credential> {
        self.try_run().map_err(|sentence| {
            Error::verbatim(format!("Unable to connect to the server: getting credentials: {sentence}"))
                .with_status(ExitStatus::Failure)
        })
    }

    /// Checks whether the program could be started; starts nothing.
    ///
    /// # Errors
    /// It is not installed or can't be executed, with the install hint; or kuberc forbids it.
    pub fn check(&self) -> Result<()> {
        let program = self.policy.permit(&self.command, &self.search_path).map_err(Error::kubeconfig)?;
        if policy::look_up(&program, &self.search_path).is_some() {
            return Ok(());
        }
        let (command, program) = (&self.command, Path::new(&self.command));
        let sentence = match program.components().count() > 1 || program.has_root() {
            true if program.exists() => format!("the credential plugin {command} can't be executed"),
            true => format!("the credential plugin {command} does not exist"),
            false => format!("the credential plugin {command} is not installed: no such program is on PATH"),
        };
        let hint = without_control_characters(self.install_hint.trim());
        Err(Error::kubeconfig(sentence).with_hint(match hint.is_empty() {
            true => "install it, or correct `command` of the user".to_owned(),
            false => hint,
        }))
    }

    /// Returns the program's name, without its folder.
    pub fn name(&self) -> &str {
        Path::new(&self.command).file_name().and_then(|name| name.to_str()).unwrap_or(&self.command)
    }

    /// Returns whether it runs with the terminal as its input, so that it can ask the user something.
    pub fn has_terminal(&self) -> bool {
        self.interactive_mode != InteractiveMode::Never && self.stdin_is_terminal
    }

    fn try_run(&self) -> Result<Credential, String> {
        let interactive = match self.interactive_mode {
            InteractiveMode::Never => false,
            InteractiveMode::IfAvailable => self.stdin_is_terminal,
            InteractiveMode::Always if self.stdin_is_terminal => true,
            InteractiveMode::Always => {
                return Err(
                    "exec plugin cannot support interactive mode: standard input is not a terminal".into()
                );
            }
        };
        let program = self.policy.permit(&self.command, &self.search_path)?;
        let mut command = Command::new(program);
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)).collect::<HashMap<_, _>>())
            .env("KUBERNETES_EXEC_INFO", self.question(interactive).to_string())
            .stdin(if interactive { Stdio::inherit() } else { Stdio::null() })
            .stderr(Stdio::inherit())
            .stdout(Stdio::piped());
        let output = command.output().map_err(|error| self.not_started(&error))?;
        if !output.status.success() {
            return Err(format!(
                "exec: executable {} failed with exit code {}",
                self.command,
                output.status.code().unwrap_or(-1)
            ));
        }
        answer::read(&output.stdout, &self.api_version)
    }

    /// The `ExecCredential` that tells the plugin what is wanted.
    fn question(&self, interactive: bool) -> Value {
        let mut spec = json!({ "interactive": interactive });
        if let Some(cluster) = &self.cluster {
            spec["cluster"] = cluster.clone();
        }
        json!({ "kind": "ExecCredential", "apiVersion": self.api_version, "spec": spec })
    }

    fn not_started(&self, error: &io::Error) -> String {
        match error.kind() {
            io::ErrorKind::NotFound if Path::new(&self.command).exists() => {
                format!("exec: {}: its interpreter does not exist", self.command)
            }
            io::ErrorKind::NotFound => {
                let mut text = format!("exec: executable {} not found\n\n{MISSING}", self.command);
                if !self.install_hint.is_empty() {
                    text.push_str("\n\n");
                    text.push_str(&without_control_characters(&self.install_hint));
                }
                text
            }
            io::ErrorKind::PermissionDenied => format!("exec: {}: permission denied", self.command),
            _ => format!("exec: {error}"),
        }
    }
}

/// Control characters but white space become `U+001B` and the like, so that a kubeconfig can't steer the terminal
/// (`cleanANSIEscapeCodes` in client-go's `client_config.go`).
pub(super) fn without_control_characters(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t'..='\r' => clean.push(character),
            // The direction marks are no control characters to Unicode's tables, yet they reorder what is read.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                clean.push_str(&format!("U+{:04X}", character as u32))
            }
            _ if character.is_control() => clean.push_str(&format!("U+{:04X}", character as u32)),
            _ => clean.push(character),
        }
    }
    clean
}
