//! Which of its actions `contexts` is to perform.

use shared::{Error, Result};

use super::args::ContextsArgs;

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lists the contexts.
    List,
    /// Prints the current context.
    Current,
    /// Switches to this context.
    Switch(String),
    /// Switches to the previous context.
    Previous,
    /// Renames a context; without an old name, the current one.
    Rename { new: String, old: Option<String>, overwrite: bool },
    /// Deletes contexts; `.` is the current one. With orphans also the clusters and users that no context uses then; without
    /// names, all that no context uses now.
    Delete { names: Vec<String>, orphans: bool },
    /// Unsets the current context.
    Unset,
}

impl Action {
    /// Returns the action that the arguments ask for.
    ///
    /// # Errors
    /// The arguments contradict one another.
    pub fn from_args(args: &ContextsArgs) -> Result<Self> {
        if let Some(names) = &args.delete {
            let names: Vec<String> = names.iter().chain(&args.literal).cloned().collect();
            return match names.is_empty() && !args.orphans {
                true => Err(Error::usage("no context to delete is named")
                    .with_hint("name them after -d, or pass . for the current one")),
                false => Ok(Self::Delete { names, orphans: args.orphans }),
            };
        }
        match &args.literal[..] {
            [] => {}
            [name] => return Ok(Self::Switch(name.clone())),
            _ => return Err(Error::usage("only one context can be the current one")),
        }
        match args.word.as_deref() {
            Some("-") => Ok(Self::Previous),
            Some(word) => match rename(word) {
                Some((new, old)) => Ok(Self::Rename { new, old, overwrite: args.overwrite }),
                None if args.overwrite => Err(Error::usage("--overwrite goes with NEW=OLD alone")),
                None => Ok(Self::Switch(word.to_owned())),
            },
            None if args.current => Ok(Self::Current),
            None if args.unset => Ok(Self::Unset),
            None => Ok(Self::List),
        }
    }
}

/// Splits `NEW=OLD`. As for kubectx, a text that begins or ends with `=` is a name.
pub fn rename(word: &str) -> Option<(String, Option<String>)> {
    let (new, old) = word.split_once('=')?;
    if new.is_empty() || old.is_empty() {
        return None;
    }
    Some((new.to_owned(), (old != ".").then(|| old.to_owned())))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: ContextsArgs,
    }

    fn renamed(new: &str, old: Option<&str>) -> Action {
        Action::Rename { new: new.into(), old: old.map(Into::into), overwrite: false }
    }

    fn deleted(names: &[&str]) -> Action {
        Action::Delete { names: names.iter().map(|name| (*name).into()).collect(), orphans: false }
    }

    fn action(line: &str) -> Action {
        let words = std::iter::once("x").chain(line.split_whitespace());
        Action::from_args(&Line::try_parse_from(words).unwrap().args).unwrap()
    }

    #[test]
    fn each_form_is_told_apart() {
        assert_eq!(action(""), Action::List);
        assert_eq!(action("-o json"), Action::List);
        assert_eq!(action("-c"), Action::Current);
        assert_eq!(action("-u"), Action::Unset);
        assert_eq!(action("-"), Action::Previous);
        assert_eq!(action("prod"), Action::Switch("prod".into()));
        assert_eq!(action("prod -y"), Action::Switch("prod".into()));
        assert_eq!(action("new=old"), renamed("new", Some("old")));
        let overwrite = Action::Rename { new: "a".into(), old: Some("b".into()), overwrite: true };
        assert_eq!(action("a=b --overwrite"), overwrite);
        assert_eq!(action("new=."), renamed("new", None));
        assert_eq!(action("new=a=b"), renamed("new", Some("a=b")));
        assert_eq!(action("=old"), Action::Switch("=old".into()));
        assert_eq!(action("new="), Action::Switch("new=".into()));
        assert_eq!(action("-d a b"), deleted(&["a", "b"]));
        assert_eq!(action("-d . --yes"), deleted(&["."]));
        assert_eq!(action("-y -d a -- -b"), deleted(&["a", "-b"]));
        let orphans = |names: &[&str]| Action::Delete {
            names: names.iter().map(|name| (*name).into()).collect(),
            orphans: true,
        };
        assert_eq!(action("-d a --orphans"), orphans(&["a"]));
        assert_eq!(action("-d --orphans"), orphans(&[]));
    }

    #[test]
    fn two_dashes_make_any_text_a_name() {
        for name in ["a=b", "-dash", "-c", "-", "new=."] {
            assert_eq!(action(&format!("-- {name}")), Action::Switch(name.into()), "{name}");
        }
    }

    #[test]
    fn contradictions_are_usage_errors() {
        for line in [
            "-c -u",
            "a -c",
            "a -d b",
            "-d -u",
            "a b",
            "a -- b",
            "--check -c",
            "--orphans",
            "a --orphans",
            "--overwrite",
        ] {
            let words = std::iter::once("x").chain(line.split_whitespace());
            let refused = Line::try_parse_from(words).is_err();
            // `-d b` takes what follows as names.
            assert!(refused, "{line}");
        }
    }
}
