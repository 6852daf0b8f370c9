//! The subcommand that runs when none is named.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// Puts the default subcommand's name in front of arguments that name none, so that `kubectl quota -A` is
/// `kubectl quota usage -A`, and `kubectl ns-switch -- list` the namespace called `list`.
///
/// Left alone are arguments that ask for help or the version of the whole, and a first word that no positional of
/// the default could take: clap answers that with a suggestion. `arguments` begins with the program.
pub(super) fn insert(command: &Command, default: &str, arguments: &mut Vec<OsString>) {
    let Some(subcommand) = command.find_subcommand(default) else { return };
    let takes_words = subcommand.get_positionals().next().is_some();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let Some(text) = argument.to_str() else { break };
        match text {
            "-h" | "--help" | "-V" | "--version" => return,
            "--" => break,
            _ if text.starts_with('-') && text.len() > 1 => {
                if awaits_value(command, subcommand, text) {
                    rest.next();
                }
            }
            _ if is_subcommand(command, argument) || !takes_words => return,
            _ => break,
        }
    }
    arguments.insert(1, default.into());
}

fn is_subcommand(command: &Command, word: &OsStr) -> bool {
    word == "help" || command.find_subcommand(word).is_some()
}

/// Whether the argument after this flag is its value: `-n` and `--namespace`, not `-nx` and `--namespace=x`.
pub(super) fn awaits_value(command: &Command, subcommand: &Command, flag: &str) -> bool {
    let find = |is_it: &dyn Fn(&Arg) -> bool| {
        command.get_arguments().chain(subcommand.get_arguments()).find(|argument| is_it(argument))
    };
    let takes_value =
        |argument: &Arg| argument.get_action().takes_values() && !argument.is_require_equals_set();
    if let Some(long) = flag.strip_prefix("--") {
        let has_name = |argument: &Arg| {
            argument.get_long() == Some(long)
                || argument.get_all_aliases().is_some_and(|aliases| aliases.contains(&long))
        };
        return find(&has_name).is_some_and(takes_value);
    }
    // Of a cluster such as `-An`, the first that takes a value takes the rest, or the next argument.
    let mut letters = flag.chars().skip(1).peekable();
    while let Some(letter) = letters.next() {
        let has_letter = |argument: &Arg| {
            argument.get_short() == Some(letter)
                || argument.get_all_short_aliases().is_some_and(|aliases| aliases.contains(&letter))
        };
        if find(&has_letter).is_some_and(takes_value) {
            return letters.peek().is_none();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command};

    use super::*;

    fn quota() -> Command {
        Command::new("quota")
            .arg(Arg::new("namespace").short('n').long("namespace").global(true))
            .arg(Arg::new("insecure").long("insecure").num_args(0..=1).require_equals(true).global(true))
            .subcommand(
                Command::new("usage")
                    .arg(Arg::new("all").short('A').action(ArgAction::SetTrue))
                    .arg(Arg::new("output").short('o').long("output")),
            )
            .subcommand(Command::new("check").visible_alias("lint"))
    }

    fn switch() -> Command {
        Command::new("ns-switch")
            .subcommand(Command::new("to").arg(Arg::new("name")))
            .subcommand(Command::new("list"))
    }

    fn inserted(command: &Command, default: &str, arguments: &str) -> String {
        let mut arguments: Vec<OsString> =
            ["x"].into_iter().chain(arguments.split_whitespace()).map(Into::into).collect();
        insert(command, default, &mut arguments);
        arguments[1..].join(OsStr::new(" ")).into_string().unwrap()
    }

    #[test]
    fn flags_alone_go_to_the_default() {
        let usage = |arguments| inserted(&quota(), "usage", arguments);
        assert_eq!(usage(""), "usage");
        assert_eq!(usage("-A -o json"), "usage -A -o json");
        assert_eq!(usage("-n check"), "usage -n check");
        assert_eq!(usage("-Ao check"), "usage -Ao check");
        assert_eq!(usage("--output lint"), "usage --output lint");
    }

    #[test]
    fn a_named_subcommand_is_left_alone() {
        let usage = |arguments| inserted(&quota(), "usage", arguments);
        assert_eq!(usage("check"), "check");
        assert_eq!(usage("lint -n x"), "lint -n x");
        assert_eq!(usage("-n x check"), "-n x check");
        assert_eq!(usage("-nx check"), "-nx check");
        assert_eq!(usage("--namespace=x check"), "--namespace=x check");
        assert_eq!(usage("--insecure check"), "--insecure check");
        assert_eq!(usage("usage -A"), "usage -A");
        assert_eq!(usage("help check"), "help check");
    }

    #[test]
    fn help_of_the_whole_and_mistyped_words_are_clap_s() {
        let usage = |arguments| inserted(&quota(), "usage", arguments);
        assert_eq!(usage("--help"), "--help");
        assert_eq!(usage("-n x -h"), "-n x -h");
        assert_eq!(usage("--version"), "--version");
        assert_eq!(usage("chek"), "chek");
    }

    #[test]
    fn words_go_to_a_default_that_takes_them() {
        let to = |arguments| inserted(&switch(), "to", arguments);
        assert_eq!(to("team-a"), "to team-a");
        assert_eq!(to("-"), "to -");
        assert_eq!(to("list"), "list");
        assert_eq!(to("-- list"), "to -- list");
    }
}
