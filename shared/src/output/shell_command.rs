//! Commands that users are to copy into a shell.

use std::fmt;

use super::shell_word::shell_word;

/// A command line for a POSIX shell: program and verbs, then names, then flags, each word quoted as it needs to be.
///
/// Where a name begins with `-` the flags come first and `--` before the names, so that no name is taken for a flag:
/// Guideline 10 of the Utility Syntax Guidelines of POSIX.1-2024, which pflag, clap and the programs of the system
/// follow.
///
/// ```
/// use shared::output::ShellCommand;
/// let line = |name| ShellCommand::new(["kubectl", "delete", "pod"]).name(name).flag_with("-n", "shop").to_string();
/// assert_eq!(line("web"), "kubectl delete pod web -n shop");
/// assert_eq!(line("-x y"), "kubectl delete pod -n shop -- '-x y'");
/// let apply = ShellCommand::new(["kubectl", "apply"]).flag_with("-f", "-").stdin("{\"a\": \"it's\"}");
/// assert_eq!(apply.to_string(), "printf '%s\\n' '{\"a\": \"it'\\''s\"}' | kubectl apply -f -");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShellCommand {
    verbs: Vec<String>,
    names: Vec<String>,
    flags: Vec<String>,
    stdin: Option<String>,
}

impl ShellCommand {
    /// Begins with the program and its verbs.
    pub fn new<W: Into<String>>(verbs: impl IntoIterator<Item = W>) -> Self {
        Self { verbs: verbs.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Adds a name: an argument that is no flag.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.names.push(name.into());
        self
    }

    /// Adds a flag of one word, `--overwrite` or `--replicas=3`.
    pub fn flag(mut self, flag: impl Into<String>) -> Self {
        self.flags.push(flag.into());
        self
    }

    /// Adds a flag and its value as two words, `-n shop`.
    pub fn flag_with(self, flag: impl Into<String>, value: impl Into<String>) -> Self {
        self.flag(flag).flag(value)
    }

    /// Feeds a text to the command's standard input.
    pub fn stdin(mut self, text: impl Into<String>) -> Self {
        self.stdin = Some(text.into());
        self
    }
}

impl fmt::Display for ShellCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verbs, names, flags, stdin } = self;
        if let Some(text) = stdin {
            // `echo` would read backslashes in some shells.
            write!(f, "printf '%s\\n' {} | ", shell_word(text))?;
        }
        let separator = ["--".to_owned()];
        let parts = match names.iter().any(|name| name.starts_with('-')) {
            true => [verbs.as_slice(), flags, &separator, names],
            false => [verbs.as_slice(), names, flags, &[]],
        };
        for (index, word) in parts.into_iter().flatten().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}", shell_word(word))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_flags() {
        let line = |verbs: &[&str], names: &[&str], flags: &[&str]| {
            let command = ShellCommand::new(verbs.iter().copied());
            let command = names.iter().fold(command, |command, name| command.name(*name));
            flags.iter().fold(command, |command, flag| command.flag(*flag)).to_string()
        };
        assert_eq!(line(&["rm"], &["/a b"], &[]), "rm '/a b'");
        assert_eq!(line(&["cp"], &["a", "-b"], &[]), "cp -- a -b");
        assert_eq!(line(&["kubectl", "use"], &["-"], &["-y"]), "kubectl use -y -- -");
        assert_eq!(line(&["kubectl", "config", "view"], &[], &["--raw"]), "kubectl config view --raw");
        assert_eq!(line(&["rm"], &[""], &[]), "rm ''");
    }
}

/// What a shell makes of the commands.
#[cfg(all(test, unix))]
mod pasted {
    use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

    use super::*;

    const HOSTILE: &[&str] = &[
        "",
        "web",
        "a b",
        "it's",
        "'; touch pwned; '",
        "$(touch pwned)",
        "`touch pwned`",
        "$HOME \"x\" \\n \\\\ %s",
        "~",
        "#a",
        "*",
        "-n",
        "--",
        "a|b&c>pwned",
        "two\nlines",
        "ends\n\n",
        "\n",
        "\u{1b}[31mred'\u{7}%d\\!",
        "é ü \u{202e}",
        "{\"spec\":{\"hard\":{\"it's\":\"$(id)\\n\"}}}",
    ];

    /// Runs a line in `sh`, where `kubectl` prints its arguments and its input, each with its length.
    fn paste(line: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let kubectl = folder.path().join("kubectl");
        let script = "#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done\ncat\n";
        fs::write(&kubectl, script).unwrap();
        fs::set_permissions(&kubectl, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:/usr/bin:/bin", folder.path().display());
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]).env_clear().env("PATH", path).current_dir(folder.path());
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{line} made a file");
        String::from_utf8(output.stdout).unwrap().split('\0').map(ToOwned::to_owned).collect()
    }

    #[test]
    fn each_word_arrives_as_it_was_meant() {
        for word in HOSTILE {
            let command = ShellCommand::new(["kubectl", "patch"])
                .name(*word)
                .flag_with("-n", *word)
                .flag(format!("--patch={word}"));
            let patch = format!("--patch={word}");
            let expected = match word.starts_with('-') {
                true => ["patch", "-n", word, &patch, "--", word, ""],
                false => ["patch", word, "-n", word, &patch, "", ""],
            };
            let expected = if word.starts_with('-') { &expected[..] } else { &expected[..6] };
            assert_eq!(paste(&command.to_string()), expected, "{command}");
        }
    }

    #[test]
    fn standard_input_arrives_as_it_was_meant() {
        for text in HOSTILE {
            let command = ShellCommand::new(["kubectl", "apply"]).flag_with("-f", "-").stdin(*text);
            assert_eq!(paste(&command.to_string()), ["apply", "-f", "-", &format!("{text}\n")], "{command}");
        }
    }

    #[test]
    fn a_command_stays_on_its_line_but_for_line_ends_at_the_end_of_a_word() {
        for word in HOSTILE.iter().filter(|word| !word.ends_with('\n')) {
            let line = ShellCommand::new(["kubectl"]).name(*word).to_string();
            assert_eq!(crate::output::sanitize_line(&line), line);
        }
    }
}
