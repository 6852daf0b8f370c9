//! The user's settings: `$XDG_CONFIG_HOME/kubectl-ns-switch/config.toml`.
//!
//! ```toml
//! protected = ["prod-*", "re:^live"]
//! prompt = false        # in shells that `shell` opens
//! picker = "fzf"        # or "builtin", which is the default; NS_SWITCH_PICKER comes first
//!
//! [kubeconfigs]
//! paths = ["~/.kube/configs/*"]
//!
//! [namespaces]
//! team-cluster = ["team-a", "team-b"]
//! ```

use std::{
    collections::BTreeMap,
    env, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use shared::{Error, Result, regular_file::read_text};

mod kubeconfig_paths;
mod pattern;
mod picker;

pub use kubeconfig_paths::KubeconfigPaths;
pub use pattern::Pattern;
pub use picker::Picker;

/// The settings of the user.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The contexts to ask about before a switch: globs, or regular expressions after `re:`.
    pub protected: Vec<Pattern>,
    /// The picker for lists.
    pub picker: Option<Picker>,
    /// Whether shells that are opened show their context in the prompt, which they do by default.
    pub prompt: Option<bool>,
    /// Kubeconfig files beside those of `KUBECONFIG`.
    pub kubeconfigs: KubeconfigPaths,
    /// Known namespaces by context, for users who may not list them.
    pub namespaces: BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// Reads the settings; a missing file means the defaults.
    ///
    /// # Errors
    /// The file can't be read or is invalid: a guard that silently does not work is worse than
    /// none.
    pub fn load() -> Result<Self> {
        Self::path().map_or_else(|| Ok(Self::default()), |path| Self::read(&path))
    }

    /// Returns where the settings stand, whether the file exists or not; `None` without a home folder.
    pub fn path() -> Option<PathBuf> {
        let variable = |name| env::var_os(name).map(PathBuf::from);
        path(variable("XDG_CONFIG_HOME"), variable("HOME"))
    }

    fn read(path: &Path) -> Result<Self> {
        let text = match read_text(path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(error) => return Err(Error::new(format!("can't read {}: {error}", path.display()))),
        };
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
            let line = line.map_or_else(String::new, |line| format!(" line {line}"));
            Error::new(format!("{}{line}: {}", path.display(), error.message()))
                .with_hint("fix or remove it: until then no context is protected")
        })
    }

    /// Returns whether a context is protected.
    pub fn protects(&self, context: &str) -> bool {
        self.protected.iter().any(|pattern| pattern.matches(context))
    }
}

/// Returns the path by the XDG base directory specification: relative values of the variables are ignored, since what
/// stands in the working folder is not the user's settings.
fn path(config_home: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |path: Option<PathBuf>| path.filter(|path| path.is_absolute());
    let folder = absolute(config_home).or_else(|| Some(absolute(home)?.join(".config")))?;
    Some(folder.join("kubectl-ns-switch").join("config.toml"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> Result<Settings> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        Settings::read(&path)
    }

    #[test]
    fn no_file_is_no_settings() {
        let settings = Settings::read(Path::new("/nonexistent/config.toml")).unwrap();
        assert!(settings.protected.is_empty() && settings.namespaces.is_empty());
    }

    #[test]
    fn patterns_protect_and_namespaces_are_known() {
        let settings =
            read("protected = [\"prod-*\", \"re:^live$\"]\n[namespaces]\nteam = [\"a\", \"b\"]\n").unwrap();
        for (context, protected) in
            [("prod-eu", true), ("live", true), ("liver", false), ("my-prod-eu", false), ("dev", false)]
        {
            assert_eq!(settings.protects(context), protected, "{context}");
        }
        assert_eq!(settings.namespaces["team"], ["a", "b"]);
    }

    #[test]
    fn a_picker_can_be_wanted() {
        assert_eq!(read("").unwrap().picker, None);
        assert_eq!(read("picker = \"fzf\"\n").unwrap().picker, Some(Picker::Fzf));
        assert_eq!(read("picker = \"builtin\"\n").unwrap().picker, Some(Picker::Builtin));
        let error = read("protected = []\npicker = \"peco\"\n").unwrap_err().to_string();
        assert!(error.contains("config.toml line 2: unknown variant `peco`"), "{error}");
    }

    #[test]
    fn a_mistake_is_never_passed_over() {
        let error = read("protected = []\nprotectd = [\"prod\"]\n").unwrap_err().to_string();
        assert!(error.contains("config.toml line 2: unknown field `protectd`"), "{error}");
        let error = read("protected = [\"re:(\"]\n").unwrap_err().to_string();
        assert!(error.contains("is not a regular expression"), "{error}");
    }

    #[test]
    fn the_file_stands_where_xdg_says() {
        let found = |config: Option<&str>, home: &str| path(config.map(Into::into), Some(home.into()));
        let under = |folder: &str| Some(Path::new(folder).join("kubectl-ns-switch/config.toml"));
        assert_eq!(found(Some("/cfg"), "/home/me"), under("/cfg"));
        assert_eq!(found(Some("cfg"), "/home/me"), under("/home/me/.config"));
        assert_eq!(found(None, "/home/me"), under("/home/me/.config"));
        assert_eq!(found(None, ""), None);
        assert_eq!(path(None, None), None);
    }
}
