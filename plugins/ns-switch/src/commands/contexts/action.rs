//! What of all that `contexts` can do was asked for.

use shared::{Error, Result};

use super::args::ContextsArgs;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// List them.
    List,
    /// Print the current one.
    Current,
    /// Switch to this one.
    Switch(String),
    /// Switch to the one before.
    Previous,
    /// Give one another name; no old name means the current one.
    Rename { new: String, old: Option<String>, overwrite: bool },
    /// Delete these; `.` means the current one. With orphans also what no context uses then; of no contexts, all that
    /// none uses now.
    Delete { names: Vec<String>, orphans: bool },
    /// Let none be current.
    Unset,
}

impl Action {
    /// From what was typed.
    ///
    /// # Errors
    /// A usage error.
    pub fn from_args(args: &ContextsArgs) -> Result<Self> {
        if let Some(names) = &args.delete {
            let names: Vec<String> = names.iter().chain(&args.literal).cloned().collect();
            return match names.is_empty() && !args.orphans {
                true => Err(Error::usage("no context to delete is named")
                    .with_hint("name them after -d, or give . for the current one")),
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

/// `NEW=OLD`; as kubectx has it, a text that begins or ends with `=` is a name.
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
