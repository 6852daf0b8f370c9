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
    Rename { new: String, old: Option<String> },
    /// Delete these; `.` means the current one.
    Delete(Vec<String>),
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
            return match names.is_empty() {
                true => Err(Error::usage("no context to delete is named")
                    .with_hint("name them after -d, or give . for the current one")),
                false => Ok(Self::Delete(names)),
            };
        }
        match &args.literal[..] {
            [] => {}
            [name] => return Ok(Self::Switch(name.clone())),
            _ => return Err(Error::usage("only one context can be the current one")),
        }
        match args.word.as_deref() {
            Some("-") => Ok(Self::Previous),
            Some(word) => Ok(rename(word).unwrap_or_else(|| Self::Switch(word.to_owned()))),
            None if args.current => Ok(Self::Current),
            None if args.unset => Ok(Self::Unset),
            None => Ok(Self::List),
        }
    }
}

/// `NEW=OLD`; as kubectx has it, a text that begins or ends with `=` is a name.
pub fn rename(word: &str) -> Option<Asked> {
    let (new, old) = word.split_once('=')?;
    if new.is_empty() || old.is_empty() {
        return None;
    }
    Some(Asked::Rename { new: new.to_owned(), old: (old != ".").then(|| old.to_owned()) })
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
        assert_eq!(asked("new=old"), Asked::Rename { new: "new".into(), old: Some("old".into()) });
        assert_eq!(asked("new=."), Asked::Rename { new: "new".into(), old: None });
        assert_eq!(asked("new=a=b"), Asked::Rename { new: "new".into(), old: Some("a=b".into()) });
        assert_eq!(asked("=old"), Asked::Switch("=old".into()));
        assert_eq!(asked("new="), Asked::Switch("new=".into()));
        assert_eq!(asked("-d a b"), Asked::Delete(vec!["a".into(), "b".into()]));
        assert_eq!(asked("-d . --yes"), Asked::Delete(vec![".".into()]));
        assert_eq!(asked("-y -d a -- -b"), Asked::Delete(vec!["a".into(), "-b".into()]));
    }

    #[test]
    fn two_dashes_make_any_text_a_name() {
        for name in ["a=b", "-dash", "-c", "-", "new=."] {
            assert_eq!(asked(&format!("-- {name}")), Asked::Switch(name.into()), "{name}");
        }
    }

    #[test]
    fn contradictions_are_usage_errors() {
        for line in ["-c -u", "a -c", "a -d b", "-d -u", "a b", "a -- b", "--check -c"] {
            let words = std::iter::once("x").chain(line.split_whitespace());
            let refused = Line::try_parse_from(words).is_err();
            // `-d b` takes what follows as names.
            assert!(refused, "{line}");
        }
    }
}
