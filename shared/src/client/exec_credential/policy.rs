//! Which credential plugins the user's kuberc lets run (`credentialPluginPolicy`).
//!
//! Source: `pkg/kuberc` in kubectl and `updateCommandAndCheckAllowlistLocked` in client-go's `exec.go`. kubectl
//! does not pass it to plugins, and a user who forbids a program to kubectl means us too.

use std::{
    io,
    path::{Component, Path, PathBuf},
};

use serde::Deserialize;

use crate::{Error, Result, client::environment::Environment};

/// Which plugins may run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Policy {
    /// All, which is the rule without a kuberc.
    #[default]
    AllowAll,
    /// None.
    DenyAll,
    /// These commands only.
    Allowlist(Vec<String>),
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Preference {
    api_version: String,
    kind: String,
    credential_plugin_policy: String,
    credential_plugin_allowlist: Option<Vec<Entry>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    name: String,
    command: String,
}

impl Policy {
    /// Reads the user's kuberc: `KUBERC` names it, else `~/.kube/kuberc`; `KUBERC=off` and
    /// `KUBECTL_KUBERC=false` switch it off. A default file that is missing or unreadable as kuberc allows all, as
    /// in kubectl.
    ///
    /// # Errors
    /// A file named by `KUBERC` that can't be read, and a policy that contradicts itself.
    pub fn of(environment: &Environment) -> Result<Self> {
        if environment.variable("KUBECTL_KUBERC") == Some("false") {
            return Ok(Self::AllowAll);
        }
        let (path, explicit) = match environment.variable("KUBERC") {
            Some("off") => return Ok(Self::AllowAll),
            Some(path) => (PathBuf::from(path), true),
            None => match environment.home() {
                Some(home) => (home.join(".kube").join("kuberc"), false),
                None => return Ok(Self::AllowAll),
            },
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if explicit => return Err(unreadable(&path, &error)),
            Err(_) => return Ok(Self::AllowAll),
        };
        match preference(&text) {
            Some(preference) => Self::from_preference(preference)
                .map_err(|sentence| Error::new(format!("{sentence} ({})", path.display()))),
            None if explicit && !text.trim().is_empty() => {
                Err(Error::new(format!("kuberc: no valid preferences found in {}", path.display())))
            }
            None => Ok(Self::AllowAll),
        }
    }

    fn from_preference(preference: Preference) -> Result<Self, String> {
        let policy = preference.credential_plugin_policy.as_str();
        match (policy, preference.credential_plugin_allowlist) {
            ("" | "AllowAll", None) => Ok(Self::AllowAll),
            ("DenyAll", None) => Ok(Self::DenyAll),
            ("" | "AllowAll" | "DenyAll", Some(_)) => Err(format!(
                "misconfigured credential plugin allowlist: plugin policy is {policy:?} but allowlist is non-nil"
            )),
            ("Allowlist", None) => {
                Err("credential plugin policy set to \"Allowlist\", but allowlist is unspecified".into())
            }
            ("Allowlist", Some(entries)) if entries.is_empty() => Err(
                "credential plugin policy set to \"Allowlist\", but allowlist is empty; use \"DenyAll\" policy instead"
                    .into(),
            ),
            ("Allowlist", Some(entries)) => entries.into_iter().enumerate().map(allowed).collect::<Result<_, _>>().map(Self::Allowlist),
            (other, _) => Err(format!("unknown plugin policy: {other:?}")),
        }
    }

    /// Returns the program to start for `command`, which the allowlist has resolved where it decided.
    ///
    /// # Errors
    /// client-go's sentence, when the policy forbids it.
    pub fn permit(&self, command: &str, search_path: &str) -> Result<PathBuf, String> {
        let command = cleaned(command);
        let shown = command.display();
        match self {
            Self::AllowAll => Ok(command),
            Self::DenyAll => Err(format!("plugin \"{shown}\" not allowed: policy set to \"DenyAll\"")),
            Self::Allowlist(entries) => {
                if entries.iter().any(|entry| Path::new(entry) == command) {
                    return Ok(command);
                }
                let resolved = look_up(&command, search_path).ok_or_else(|| {
                    format!("plugin path \"{shown}\" cannot be resolved for credential plugin allowlist check: executable file not found in $PATH")
                })?;
                let same_name = |entry: &&String| Path::new(entry).file_name() == resolved.file_name();
                let permitted = entries.iter().filter(same_name).any(|entry| {
                    Path::new(entry) == resolved
                        || look_up(Path::new(entry), search_path).as_ref() == Some(&resolved)
                });
                if permitted {
                    Ok(resolved)
                } else {
                    let shown = resolved.display();
                    Err(format!(
                        "plugin path \"{shown}\" is not permitted by the credential plugin allowlist"
                    ))
                }
            }
        }
    }
}

/// Returns the first document that is a preference of a version that knows the policy.
fn preference(text: &str) -> Option<Preference> {
    serde_yaml::Deserializer::from_str(text)
        .filter_map(|document| Preference::deserialize(document).ok())
        .find(|found| found.kind == "Preference" && found.api_version == "kubectl.config.k8s.io/v1beta1")
}

fn allowed((index, entry): (usize, Entry)) -> Result<String, String> {
    let command = if entry.command.is_empty() { entry.name } else { entry.command };
    if command.is_empty() {
        return Err(format!(
            "misconfigured credential plugin allowlist: empty allowlist entry #{}",
            index + 1
        ));
    }
    let clean = cleaned(&command);
    if clean.as_os_str() != command.as_str() {
        return Err(format!("non-normalized file path: {command:?} vs {:?}", clean.display().to_string()));
    }
    Ok(command)
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("kuberc: {}: {error}", path.display()))
        .with_hint("KUBERC names this file; KUBERC=off ignores it")
}

/// Returns a path without `.` and inner `..`, as Go's `filepath.Clean` writes it.
fn cleaned(path: &str) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(clean.components().next_back(), Some(Component::Normal(_))) => {
                clean.pop();
            }
            Component::ParentDir if clean.has_root() => {}
            part => clean.push(part),
        }
    }
    clean
}

/// Returns where a command is: itself where it is a path, else the first of its name on `PATH` (`exec.LookPath`).
pub(super) fn look_up(command: &Path, search_path: &str) -> Option<PathBuf> {
    if command.components().count() > 1 || command.has_root() {
        return is_executable(command).then(|| command.to_owned());
    }
    std::env::split_paths(search_path).map(|folder| folder.join(command)).find(|path| is_executable(path))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file() || path.with_extension("exe").is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    /// Makes a folder with a kuberc of these lines and a program `tool`.
    fn home(lines: &str) -> (tempfile::TempDir, Environment) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".kube")).unwrap();
        let text = format!("apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n{lines}");
        fs::write(folder.path().join(".kube/kuberc"), text).unwrap();
        let tool = folder.path().join("tool");
        fs::write(&tool, "").unwrap();
        fs::set_permissions(&tool, fs::Permissions::from_mode(0o755)).unwrap();
        let environment = Environment::with_variables([("HOME", folder.path().to_str().unwrap())]);
        (folder, environment)
    }

    #[test]
    fn no_kuberc_allows_all() {
        let nowhere = Environment::with_variables([("HOME", "/nonexistent")]);
        assert_eq!(Policy::of(&nowhere).unwrap(), Policy::AllowAll);
        assert_eq!(Policy::AllowAll.permit("./bin/../tool", "").unwrap(), Path::new("tool"));
    }

    #[test]
    fn deny_all_is_obeyed_with_kubectls_sentence() {
        let (_folder, environment) = home("credentialPluginPolicy: DenyAll");
        assert_eq!(
            Policy::of(&environment).unwrap().permit("aws", "").unwrap_err(),
            "plugin \"aws\" not allowed: policy set to \"DenyAll\""
        );
    }

    #[test]
    fn an_allowlist_is_compared_by_where_the_program_is() {
        let (folder, environment) =
            home("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: tool\n");
        let policy = Policy::of(&environment).unwrap();
        let (folder, tool) = (folder.path().to_str().unwrap(), folder.path().join("tool"));
        assert_eq!(policy.permit("tool", folder).unwrap(), Path::new("tool"));
        assert_eq!(policy.permit(tool.to_str().unwrap(), folder).unwrap(), tool);
        let elsewhere = policy.permit(tool.to_str().unwrap(), "/nonexistent").unwrap_err();
        assert!(elsewhere.ends_with("is not permitted by the credential plugin allowlist"), "{elsewhere}");
        assert!(policy.permit("other", folder).unwrap_err().contains("cannot be resolved"));
    }

    #[test]
    fn a_policy_that_contradicts_itself_is_an_error() {
        for lines in [
            "credentialPluginPolicy: Allowlist",
            "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: []",
            "credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: [{command: x}]",
            "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: ./x}]",
            "credentialPluginPolicy: Sometimes",
        ] {
            let (_folder, environment) = home(lines);
            assert!(Policy::of(&environment).is_err(), "{lines}");
        }
    }

    #[test]
    fn it_can_be_switched_off_and_moved() {
        let (folder, environment) = home("credentialPluginPolicy: DenyAll");
        let home = folder.path().to_str().unwrap();
        assert_eq!(Policy::of(&environment).unwrap(), Policy::DenyAll);
        for off in [("KUBERC", "off"), ("KUBECTL_KUBERC", "false")] {
            assert_eq!(
                Policy::of(&Environment::with_variables([("HOME", home), off])).unwrap(),
                Policy::AllowAll
            );
        }
        let kuberc = folder.path().join(".kube/kuberc");
        let moved =
            Environment::with_variables([("HOME", "/nonexistent"), ("KUBERC", kuberc.to_str().unwrap())]);
        assert_eq!(Policy::of(&moved).unwrap(), Policy::DenyAll);
        let missing = Environment::with_variables([("KUBERC", "/nonexistent/kuberc")]);
        assert!(Policy::of(&missing).is_err());
    }
}
