//! Help and the version, wherever they are asked for in a line.
//!
//! clap reads from the left and stops at the first mistake, so that it never comes to the `--help` of
//! `kubectl drain-safe -l pool=workers --help`, whose `-l` is a flag of the default subcommand. Who asks for help may have
//! mistaken the rest.

use std::ffi::{OsStr, OsString};

use clap::Command;

use super::default_subcommand::awaits_value;

/// Returns the line that asks for nothing but what a wrong line asks for besides: help of the subcommand that it names, or
/// of the default one if a flag or a word is of that; or the version. `arguments` begins with the program.
pub(super) fn asked_for(
    command: &Command,
    default: Option<&str>,
    arguments: &[OsString],
) -> Option<Vec<OsString>> {
    let (program, words) = arguments.split_first()?;
    let words: Vec<&str> =
        words.iter().take_while(|word| *word != "--").filter_map(|word| word.to_str()).collect();
    let wanted = *words.iter().find(|word| matches!(**word, "-h" | "--help" | "-V" | "--version"))?;
    let path = path(command, default.and_then(|default| command.find_subcommand(default)), &words);
    let is_of_help = wanted != "-V" && wanted != "--version";
    // Only the whole has a version; `drain-safe finish --version` is another flag.
    let path = if is_of_help { path } else { path.filter_default(default)? };
    let line = [program.as_os_str()].into_iter().chain(path.0.into_iter().map(OsStr::new));
    Some(line.chain([OsStr::new(wanted)]).map(OsStr::to_owned).collect())
}

/// The subcommands that lead to a command.
struct Path<'a>(Vec<&'a str>);

impl Path<'_> {
    /// Returns the path to the whole, where no other subcommand than the default is named.
    fn filter_default(self, default: Option<&str>) -> Option<Self> {
        self.0.iter().all(|name| Some(*name) == default).then_some(Self(Vec::new()))
    }
}

fn path<'a>(command: &'a Command, default: Option<&'a Command>, words: &[&str]) -> Path<'a> {
    let mut path = Vec::new();
    let mut innermost = command;
    let mut is_of_default = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word.starts_with('-') && word.len() > 1 {
            let at_default = default.filter(|_| path.is_empty());
            let known = at_default.unwrap_or(innermost);
            is_of_default |= at_default.is_some_and(|default| has_flag(default, word));
            if awaits_value(command, known, word) || awaits_value(innermost, known, word) {
                words.next();
            }
        } else if let Some(next) = innermost.find_subcommand(word) {
            path.push(next.get_name());
            innermost = next;
        } else if *word != "help" {
            is_of_default |= path.is_empty();
            break;
        }
    }
    if let Some(default) = default.filter(|_| path.is_empty() && is_of_default) {
        path.push(default.get_name());
    }
    Path(path)
}

/// Returns whether a word such as `--selector=a` or `-l` begins with a flag of this command.
fn has_flag(command: &Command, word: &str) -> bool {
    let long = word.strip_prefix("--").map(|long| long.split('=').next().unwrap_or(long));
    command.get_arguments().any(|argument| match long {
        Some(long) => argument.get_long_and_visible_aliases().is_some_and(|names| names.contains(&long)),
        None => argument.get_short().is_some_and(|letter| word.chars().nth(1) == Some(letter)),
    })
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction};

    use super::*;

    fn drain_safe() -> Command {
        Command::new("drain-safe")
            .arg(Arg::new("namespace").short('n').long("namespace").global(true))
            .subcommand(
                Command::new("drain")
                    .arg(Arg::new("nodes").action(ArgAction::Append))
                    .arg(Arg::new("selector").short('l').long("selector")),
            )
            .subcommand(Command::new("finish").arg(Arg::new("version").long("version")))
            .subcommand(Command::new("user").subcommand(Command::new("add")))
    }

    #[track_caller]
    fn assert_asked(line: &str, expected: Option<&str>) {
        let arguments: Vec<OsString> = line.split(' ').map(Into::into).collect();
        let asked = asked_for(&drain_safe(), Some("drain"), &arguments);
        let asked = asked.map(|words| words.join(OsStr::new(" ")).into_string().unwrap());
        assert_eq!(asked.as_deref(), expected, "{line}");
    }

    #[test]
    fn a_flag_or_a_word_of_the_default_leads_to_it() {
        assert_asked("x -l pool=workers --help", Some("x drain --help"));
        assert_asked("x --selector=a -h", Some("x drain -h"));
        assert_asked("x -n shop -l a --help", Some("x drain --help"));
        assert_asked("x worker-a1 --bogus --help", Some("x drain --help"));
        assert_asked("x --bogus --help", Some("x --help"));
    }

    #[test]
    fn a_named_subcommand_is_explained() {
        assert_asked("x finish --bogus --help", Some("x finish --help"));
        assert_asked("x -n drain finish a b -h", Some("x finish -h"));
        assert_asked("x user add --bogus --help", Some("x user add --help"));
        assert_asked("x help nonsense --help", Some("x drain --help"));
    }

    #[test]
    fn the_version_is_that_of_the_whole() {
        assert_asked("x -l a --version", Some("x --version"));
        assert_asked("x finish --version", None);
    }

    #[test]
    fn who_asks_for_nothing_gets_nothing() {
        assert_asked("x finish --bogus", None);
        assert_asked("x --bogus -- --help", None);
    }
}
