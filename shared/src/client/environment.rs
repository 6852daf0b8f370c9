//! The parts of the process's environment that decide a connection, gathered once so that tests can set them.

use std::{collections::HashMap, io::IsTerminal as _, path::PathBuf};

/// Where Kubernetes mounts a pod's service account.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// Environment variables, the service account's folder and whether somebody sits at the terminal.
#[derive(Clone, Debug)]
pub struct Environment {
    variables: HashMap<String, String>,
    /// Folder with `token`, `ca.crt` and `namespace`, as Kubernetes mounts it into pods.
    pub service_account: PathBuf,
    /// Whether standard input is a terminal, which a credential plugin may ask questions on.
    pub stdin_is_terminal: bool,
}

impl Environment {
    /// Reads the environment of this process. Variables that are not UTF-8 are left out.
    pub fn from_process() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self {
            variables: variables.collect(),
            service_account: PathBuf::from(SERVICE_ACCOUNT),
            stdin_is_terminal: std::io::stdin().is_terminal(),
        }
    }

    /// Creates an environment with exactly these variables, no service account and no terminal.
    pub fn with_variables<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self {
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            service_account: PathBuf::from("/nonexistent"),
            stdin_is_terminal: false,
        }
    }

    /// Returns a variable's value; unset and empty are the same, as Go's `os.Getenv` has it.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Returns the first of several variables that is set.
    pub fn first_variable(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.variable(name))
    }

    /// Returns the user's home folder, as client-go's `homedir.HomeDir` finds it.
    pub fn home(&self) -> Option<PathBuf> {
        self.first_variable(&["HOME", "USERPROFILE"]).map(PathBuf::from)
    }
}
