//! The flags of `contexts add`.

use std::{path::PathBuf, str::FromStr};

use clap::Args;

use crate::switching::WriteFlags;

pub const LONG_ABOUT: &str = "\
Take over the contexts, clusters and users of other kubeconfig files

They are added to the first kubeconfig file, at the end of its lists; nothing else changes, and `undo` takes it back. \
Entries that are there already are not doubled. Where an entry of that name says something else, nothing is added: --rename \
gives all entries of the new files names of their own. Relative paths become absolute ones.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Take over what is in a file
  kubectl ns-switch contexts add team.yaml

  # Show what would be added
  kubectl ns-switch contexts add team.yaml --dry-run

  # Take over two files under names of their own, and switch to the first one
  kubectl ns-switch contexts add eu.yaml us.yaml --rename '{file}-{name}' \\
    --switch

  # Take over what another program prints
  kubectl config view --raw --minify | kubectl ns-switch contexts add - \\
    --rename 'copy-{name}'

Exit status:
  0  added
  5  a name is taken: nothing is added
  7  a kubeconfig could not be read or written";

/// A rule for new names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRule(String);

impl FromStr for NameRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.replace("{name}", "").replace("{file}", "");
        if !text.contains("{name}") {
            return Err("it needs {name}, or all entries would get the same name".to_owned());
        }
        match rest.contains(['{', '}']) {
            true => Err("only {name} and {file} are replaced".to_owned()),
            false => Ok(Self(text.to_owned())),
        }
    }
}

impl NameRule {
    /// Returns the new name of an entry of a file.
    pub fn apply(&self, file: &str, name: &str) -> String {
        // One after the other: a name may have such words in it.
        let parts: Vec<String> = self.0.split("{name}").map(|part| part.replace("{file}", file)).collect();
        parts.join(name)
    }
}

/// The arguments of `kubectl ns-switch contexts add`.
#[derive(Args, Clone, Debug)]
pub struct AddArgs {
    /// The kubeconfig files to take over; - for standard input
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Rename all contexts, clusters and users by this rule: {name} is the old name, {file} the file's name without folder
    /// and extension
    #[arg(long, value_name = "RULE")]
    pub rename: Option<NameRule>,

    /// Switch to the current context of the first file, or to its only one
    #[arg(long)]
    pub switch: bool,

    /// Answer the confirmation with yes
    ///
    /// Switch to a protected context: the command asks where the settings protect the context.
    #[arg(short, long)]
    pub yes: bool,

    /// The flags of commands that write.
    #[command(flatten)]
    pub write: WriteFlags,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_by_a_rule() {
        let named = |rule: &str, name: &str| rule.parse::<NameRule>().map(|rule| rule.apply("team", name));
        assert_eq!(named("{file}-{name}", "a"), Ok("team-a".into()));
        assert_eq!(named("{name}", "{file}"), Ok("{file}".into()));
        assert_eq!(named("{name}@{file}/{name}", "a"), Ok("a@team/a".into()));
        for wrong in ["", "x", "{file}", "{name}{", "{cluster}-{name}"] {
            assert!(named(wrong, "a").is_err(), "{wrong}");
        }
    }
}
