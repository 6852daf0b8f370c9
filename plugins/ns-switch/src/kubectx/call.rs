//! The command lines of kubectx and kubens, whose grammar is not getopt's.

use std::{ffi::OsStr, path::Path};

/// The program whose name this one was called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvokedAs {
    /// kubectx, for contexts.
    Kubectx,
    /// kubens, for namespaces.
    Kubens,
}

/// An action of kubectx.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kubectx {
    List,
    Help,
    Version,
    Current,
    Unset,
    Delete(Vec<String>),
    /// Deletes the context chosen from a list.
    DeleteChosen,
    Rename {
        new: String,
        old: String,
    },
    Switch(String),
    /// Opens a shell that stays in one context.
    Shell(String),
    /// Opens a shell in the context chosen from a list.
    ShellOfChosen,
    Unsupported(String),
}

/// An action of kubens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kubens {
    List,
    Help,
    Version,
    Current,
    Unset,
    Switch { name: String, force: bool },
    Unsupported(String),
}

impl InvokedAs {
    /// Recognizes the name of the executable, without folder and `.exe`.
    pub fn from_program(program: &OsStr) -> Option<Self> {
        match Path::new(program).file_stem()?.to_str()? {
            "kubectx" | "kctx" | "kubectl-ctx" => Some(Self::Kubectx),
            "kubens" | "kns" | "kubectl-ns" => Some(Self::Kubens),
            _ => None,
        }
    }
}

impl Kubectx {
    /// Parses the words after the program.
    pub fn parse(words: &[&str]) -> Self {
        match words {
            [] => Self::List,
            ["-s" | "--shell"] => Self::ShellOfChosen,
            ["-s" | "--shell", name] => Self::Shell((*name).to_owned()),
            [option @ ("-s" | "--shell" | "-r" | "--readonly"), names @ ..] => {
                Self::Unsupported(no_shell(option, names.len()))
            }
            ["-d"] => Self::DeleteChosen,
            ["-d", names @ ..] => Self::Delete(names.iter().map(|name| (*name).to_owned()).collect()),
            ["-h" | "--help"] => Self::Help,
            ["-V" | "--version"] => Self::Version,
            ["-c" | "--current"] => Self::Current,
            ["-u" | "--unset"] => Self::Unset,
            [word] => match word.split('=').collect::<Vec<_>>()[..] {
                [new, old] if !new.is_empty() && !old.is_empty() => {
                    Self::Rename { new: new.to_owned(), old: old.to_owned() }
                }
                _ if word.starts_with('-') && *word != "-" => {
                    Self::Unsupported(format!("unsupported option '{word}'"))
                }
                _ => Self::Switch((*word).to_owned()),
            },
            _ => Self::Unsupported("too many arguments".to_owned()),
        }
    }
}

/// Says why no shell is opened, in kubectx's words where it would refuse, too.
fn no_shell(option: &str, names: usize) -> String {
    match names {
        0 => format!("'{option}' requires a context name argument (or fzf for interactive mode)"),
        1 => format!("'{option}' opens a shell that can only read, which kubectl ns-switch does not do"),
        _ => format!("'{option}' accepts at most one context name argument"),
    }
}

impl Kubens {
    /// Parses the words after the program.
    pub fn parse(words: &[&str]) -> Self {
        let switch = |name: &str, force| match name {
            _ if name.starts_with('-') && name != "-" => {
                Self::Unsupported(format!("unsupported option \"{name}\""))
            }
            name => Self::Switch { name: name.to_owned(), force },
        };
        match words {
            [] => Self::List,
            ["-h" | "--help"] => Self::Help,
            ["-V" | "--version"] => Self::Version,
            ["-c" | "--current"] => Self::Current,
            ["-u" | "--unset"] => Self::Unset,
            [name] => switch(name, false),
            [name, "-f" | "--force"] | ["-f" | "--force", name] => switch(name, true),
            [one, other] => Self::Unsupported(format!("unsupported arguments [\"{one}\" \"{other}\"]")),
            _ => Self::Unsupported("too many arguments".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_decides_wherever_it_stands() {
        let of = |program: &str| InvokedAs::from_program(OsStr::new(program));
        assert_eq!(of("/usr/bin/kubectx"), Some(InvokedAs::Kubectx));
        assert_eq!(of("kubectl-ctx"), Some(InvokedAs::Kubectx));
        assert_eq!((of("kctx"), of("kns")), (Some(InvokedAs::Kubectx), Some(InvokedAs::Kubens)));
        assert_eq!(of("./kubens"), Some(InvokedAs::Kubens));
        assert_eq!(of("kubectl-ns.exe"), Some(InvokedAs::Kubens));
        assert_eq!(of("/usr/bin/kubectl-ns_switch"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn kubectx_takes_one_thing_at_a_time() {
        let check = |words: &[&str], expected| assert_eq!(Kubectx::parse(words), expected, "{words:?}");
        let unsupported = |text: &str| Kubectx::Unsupported(text.into());
        check(&[], Kubectx::List);
        check(&["-h"], Kubectx::Help);
        check(&["--help"], Kubectx::Help);
        check(&["-V"], Kubectx::Version);
        check(&["-c"], Kubectx::Current);
        check(&["--current"], Kubectx::Current);
        check(&["-u"], Kubectx::Unset);
        check(&["foo"], Kubectx::Switch("foo".into()));
        check(&["-"], Kubectx::Switch("-".into()));
        check(&["-d", "."], Kubectx::Delete(vec![".".into()]));
        check(&["-d", "a", "b"], Kubectx::Delete(vec!["a".into(), "b".into()]));
        check(&["-d"], Kubectx::DeleteChosen);
        check(&["a=b"], Kubectx::Rename { new: "a".into(), old: "b".into() });
        check(&["a=."], Kubectx::Rename { new: "a".into(), old: ".".into() });
        check(&["=a"], Kubectx::Switch("=a".into()));
        check(&["a="], Kubectx::Switch("a=".into()));
        check(&["a=b=c"], Kubectx::Switch("a=b=c".into()));
        check(&["-x"], unsupported("unsupported option '-x'"));
        check(&["a", "b"], unsupported("too many arguments"));
        check(&["a", "b", "c"], unsupported("too many arguments"));
    }

    #[test]
    fn shells_are_refused_in_words_of_their_own() {
        let check = |words: &[&str], text: &str| {
            assert_eq!(Kubectx::parse(words), Kubectx::Unsupported(text.into()), "{words:?}");
        };
        for option in ["-s", "--shell"] {
            assert_eq!(Kubectx::parse(&[option]), Kubectx::ShellOfChosen);
            assert_eq!(Kubectx::parse(&[option, "prod"]), Kubectx::Shell("prod".into()));
        }
        for option in ["-r", "--readonly"] {
            check(
                &[option],
                &format!("'{option}' requires a context name argument (or fzf for interactive mode)"),
            );
        }
        for option in ["-s", "--shell", "-r", "--readonly"] {
            check(&[option, "a", "b"], &format!("'{option}' accepts at most one context name argument"));
        }
        check(
            &["--readonly", "prod"],
            "'--readonly' opens a shell that can only read, which kubectl ns-switch does not do",
        );
    }

    #[test]
    fn kubens_takes_force_on_either_side() {
        let check = |words: &[&str], expected| assert_eq!(Kubens::parse(words), expected, "{words:?}");
        let switch = |name: &str, force| Kubens::Switch { name: name.into(), force };
        check(&[], Kubens::List);
        check(&["foo"], switch("foo", false));
        check(&["foo", "-f"], switch("foo", true));
        check(&["foo", "--force"], switch("foo", true));
        check(&["-f", "foo"], switch("foo", true));
        check(&["foo", "-x"], Kubens::Unsupported("unsupported arguments [\"foo\" \"-x\"]".into()));
        check(&["-x", "foo"], Kubens::Unsupported("unsupported arguments [\"-x\" \"foo\"]".into()));
        check(&["--force", "foo"], switch("foo", true));
        check(&["-"], switch("-", false));
        check(&["-u"], Kubens::Unset);
        check(&["-c"], Kubens::Current);
        check(&["-x"], Kubens::Unsupported("unsupported option \"-x\"".into()));
        check(&["a", "b"], Kubens::Unsupported("unsupported arguments [\"a\" \"b\"]".into()));
        check(&["a", "b", "-f"], Kubens::Unsupported("too many arguments".into()));
    }
}
