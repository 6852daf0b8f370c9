//! What of all that `contexts` can do was asked for.

use shared::{Error, Result};

use super::args::ContextsArgs;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
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

impl Asked {
    /// From what was typed.
    ///
    /// # Errors
    /// A usage error.
    pub fn of(args: &ContextsArgs) -> Result<Self> {
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

    fn renamed(new: &str, old: Option<&str>) -> Asked {
        Asked::Rename { new: new.into(), old: old.map(Into::into), overwrite: false }
    }

    fn deleted(names: &[&str]) -> Asked {
        Asked::Delete { names: names.iter().map(|name| (*name).into()).collect(), orphans: false }
    }

    fn asked(line: &str) -> Asked {
        let words = std::iter::once("x").chain(line.split_whitespace());
        Asked::of(&Line::try_parse_from(words).unwrap().args).unwrap()
    }

    #[test]
    fn each_form_is_told_apart() {
        assert_eq!(asked(""), Asked::List);
        assert_eq!(asked("-o json"), Asked::List);
        assert_eq!(asked("-c"), Asked::Current);
        assert_eq!(asked("-u"), Asked::Unset);
        assert_eq!(asked("-"), Asked::Previous);
        assert_eq!(asked("prod"), Asked::Switch("prod".into()));
        assert_eq!(asked("prod -y"), Asked::Switch("prod".into()));
        assert_eq!(asked("new=old"), renamed("new", Some("old")));
        let overwrite = Asked::Rename { new: "a".into(), old: Some("b".into()), overwrite: true };
        assert_eq!(asked("a=b --overwrite"), overwrite);
        assert_eq!(asked("new=."), renamed("new", None));
        assert_eq!(asked("new=a=b"), renamed("new", Some("a=b")));
        assert_eq!(asked("=old"), Asked::Switch("=old".into()));
        assert_eq!(asked("new="), Asked::Switch("new=".into()));
        assert_eq!(asked("-d a b"), deleted(&["a", "b"]));
        assert_eq!(asked("-d . --yes"), deleted(&["."]));
        assert_eq!(asked("-y -d a -- -b"), deleted(&["a", "-b"]));
        let orphans = |names: &[&str]| Asked::Delete {
            names: names.iter().map(|name| (*name).into()).collect(),
            orphans: true,
        };
        assert_eq!(asked("-d a --orphans"), orphans(&["a"]));
        assert_eq!(asked("-d --orphans"), orphans(&[]));
    }

    #[test]
    fn two_dashes_make_any_text_a_name() {
        for name in ["a=b", "-dash", "-c", "-", "new=."] {
            assert_eq!(asked(&format!("-- {name}")), Asked::Switch(name.into()), "{name}");
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
