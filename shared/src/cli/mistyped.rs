//! Commands that were mistyped: where a plugin has a default command, what is no command is taken for a name.

use clap::Command;

use super::{ExitStatus, default_subcommand::awaits_value};
use crate::{Error, edit_distance, output::ShellCommand};

/// The command line of a plugin as it was typed.
pub(super) struct CommandLine<'a> {
    /// The plugin's command, called as users call it.
    pub command: &'a Command,
    /// The command that runs when none is named.
    pub default: &'a str,
    /// The words after the plugin's name.
    pub typed: &'a [String],
}

impl CommandLine<'_> {
    /// Returns the hint at the command that a word was meant as, with the rest of the line as it was typed.
    fn hint(&self, word: &str) -> Option<String> {
        let meant = self.nearest(word)?;
        let index = self.position(word)?;
        // After the name of a command it is an argument of that.
        if self.typed[..index].iter().any(|word| self.is_command(word)) {
            return None;
        }
        let mut line = ShellCommand::new(self.command.get_name().split(' ').chain([meant]));
        let rest = self.typed.iter().enumerate().filter(|(at, _)| *at != index);
        for (at, word) in rest {
            let is_secret = at > 0 && self.typed[at - 1] == "--token";
            line = line.flag(match word.split_once('=') {
                _ if is_secret => "TOKEN".to_owned(),
                Some(("--token", _)) => "--token=TOKEN".to_owned(),
                _ => word.clone(),
            });
        }
        Some(format!("the command `{line}`"))
    }

    /// Returns the hint for a line that makes no sense: its first word may be a command that was mistyped.
    pub fn hint_of_line(&self) -> Option<String> {
        if self.typed.iter().any(|word| self.is_command(word)) {
            return None;
        }
        let mut words = self.typed.iter().filter(|word| !word.starts_with('-'));
        words.find_map(|word| self.hint(word)).map(|meant| format!("did you mean {meant}?"))
    }

    /// Adds to an error about a word that it may have been meant as a command.
    pub fn explain(&self, error: Error) -> Error {
        let Some(meant) = error.word().and_then(|word| self.hint(word)) else { return error };
        let hint = match error.hint() {
            Some(names) if names.starts_with("did you mean") => format!("{names} Or {meant}?"),
            Some(next) if error.status() == ExitStatus::Usage => format!("{next}; or did you mean {meant}?"),
            _ => format!("did you mean {meant}?"),
        };
        error.with_hint(hint)
    }

    /// Returns the command that a word looks like.
    fn nearest(&self, word: &str) -> Option<&str> {
        let names = self.command.get_subcommands().filter(|one| !one.is_hide_set()).map(Command::get_name);
        let (distance, name) = names.map(|name| (edit_distance(word, name), name)).min()?;
        // A short word is near to every other one.
        (distance > 0 && distance <= 2 && distance * 2 < word.chars().count()).then_some(name)
    }

    fn is_command(&self, word: &str) -> bool {
        self.command.find_subcommand(word).is_some()
    }

    /// Returns where a word stands that is not the value of a flag.
    fn position(&self, word: &str) -> Option<usize> {
        let default = self.command.find_subcommand(self.default)?;
        let is_value = |index: usize| {
            let flag = index.checked_sub(1).map(|before| self.typed[before].as_str());
            flag.is_some_and(|flag| {
                flag.len() > 1 && flag.starts_with('-') && awaits_value(self.command, default, flag)
            })
        };
        (0..self.typed.len()).find(|index| self.typed[*index] == word && !is_value(*index))
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction};

    use super::*;

    fn quota() -> Command {
        let flag = |letter, long| Arg::new(long).short(letter).long(long);
        let usage = Command::new("usage")
            .arg(Arg::new("name").num_args(0..))
            .arg(flag('A', "all-namespaces").action(ArgAction::SetTrue))
            .arg(flag('o', "output"));
        let others = ["check", "explain", "what-if", "who", "verify"].map(Command::new);
        Command::new("kubectl quota")
            .arg(flag('n', "namespace").global(true))
            .arg(Arg::new("token").long("token").global(true))
            .subcommand(usage)
            .subcommands(others)
    }

    fn with_line<R>(line: &str, ask: impl FnOnce(&CommandLine) -> R) -> R {
        let typed: Vec<_> = line.split(' ').map(str::to_owned).collect();
        ask(&CommandLine { command: &quota(), default: "usage", typed: &typed })
    }

    #[test]
    fn what_looks_like_a_command_was_meant_as_one() {
        for (word, meant) in [
            ("usge", Some("usage")),
            ("exlpain", Some("explain")),
            ("verfiy", Some("verify")),
            ("whatif", Some("what-if")),
            ("usage", None),
            ("compute", None),
            ("web", None),
            ("q", None),
        ] {
            assert_eq!(
                with_line(word, |line| line.nearest(word).map(str::to_owned)).as_deref(),
                meant,
                "{word}"
            );
        }
    }

    #[test]
    fn the_rest_of_the_command_line_is_repeated() {
        for (line, repeated) in [
            ("usge -n shop", Some("usage -n shop")),
            ("-n usge -A usge -o json", Some("usage -n usge -A -o json")),
            ("usge a*b --token secret --token=secret", Some("usage 'a*b' --token TOKEN --token=TOKEN")),
            ("usage usge", None),
            ("-n usge", None),
        ] {
            let meant = repeated.map(|repeated| format!("the command `kubectl quota {repeated}`"));
            assert_eq!(with_line(line, |line| line.hint("usge")), meant, "{line}");
        }
        let of_line = |line: &str| with_line(line, |line| line.hint_of_line());
        let meant = "did you mean the command `kubectl quota check -n shop -f x.yaml`?";
        assert_eq!(of_line("-n shop chek -f x.yaml").as_deref(), Some(meant));
        assert_eq!(of_line("check --nonsense"), None);
    }

    #[test]
    fn hints_say_what_else_was_known() {
        let explained = |error: Error| {
            with_line("usge", |line| line.explain(error).hint().map(str::to_owned)).unwrap_or_default()
        };
        let command = "the command `kubectl quota usage`?";
        let error = || Error::new("nothing is called usge").about_word("usge");
        assert_eq!(explained(error()), format!("did you mean {command}"));
        assert_eq!(explained(error().with_hint("list them")), format!("did you mean {command}"));
        assert_eq!(
            explained(error().with_hint("did you mean usges?")),
            format!("did you mean usges? Or {command}")
        );
        let unconfirmed = Error::usage("nobody confirms").about_word("usge").with_hint("pass --yes");
        assert_eq!(explained(unconfirmed), format!("pass --yes; or did you mean {command}"));
        assert_eq!(explained(Error::new("no answer").with_hint("wait")), "wait");
    }
}
