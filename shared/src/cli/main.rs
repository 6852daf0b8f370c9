//! One `main` for all four plugins.

use std::{ffi::OsString, process::ExitCode};

use clap::{Command, Parser, ValueEnum, error::ErrorKind};

use super::{ExitStatus, completion, default_subcommand, help_anywhere, man, mistyped::CommandLine};
use crate::{
    Result,
    output::{ColorChoice, Printer},
};

/// A plugin: its arguments, and what they do.
///
/// ```
/// use clap::Parser;
/// use shared::{Result, cli::{ExitStatus, GlobalFlags, Plugin, completion}, output::Printer};
///
/// /// Says hello to a namespace
/// #[derive(Parser)]
/// #[command(version)]
/// struct Arguments {
///     #[command(flatten)]
///     global: GlobalFlags,
///     #[command(subcommand)]
///     command: Subcommand,
/// }
///
/// #[derive(clap::Subcommand)]
/// enum Subcommand {
///     /// Print a completion script
///     Completion(completion::Arguments),
/// }
///
/// impl Plugin for Arguments {
///     const NAME: &'static str = "hello";
///
///     fn execute(self, printer: &mut Printer) -> Result<ExitStatus> {
///         match self.command {
///             Subcommand::Completion(arguments) => completion::run::<Self>(&arguments, printer),
///         }
///     }
/// }
///
/// // fn main() -> std::process::ExitCode { shared::cli::main::<Arguments>() }
/// ```
pub trait Plugin: Parser {
    /// The name typed after `kubectl`: `quota`, `ns-switch`.
    const NAME: &'static str;

    /// The subcommand that runs when none is named; it has to be one of the plugin's.
    const DEFAULT_SUBCOMMAND: Option<&'static str> = None;

    /// Does what the arguments say. Asynchronous parts go through [`super::block_on()`].
    ///
    /// # Errors
    /// What ends the command; [`run`] prints it and takes its exit status.
    fn execute(self, printer: &mut Printer) -> Result<ExitStatus>;
}

/// The whole of a plugin's `main`.
pub fn main<P: Plugin>() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let mut printer = Printer::system(color_choice(&arguments));
    run::<P>(arguments, &mut printer).into()
}

/// A plugin's run from arguments (the program first) to exit status; tests call it with a captured printer.
///
/// Usage errors end with [`ExitStatus::Usage`], help and version with success, a closed pipe with success;
/// errors are printed with their hint and give their own status.
pub fn run<P: Plugin>(arguments: Vec<OsString>, printer: &mut Printer) -> ExitStatus {
    let outcome = match arguments.get(1) {
        Some(word) if word == completion::HIDDEN_COMMAND => completion::answer::<P>(&arguments[2..], printer),
        Some(word) if word == man::HIDDEN_COMMAND => man::write::<P>(&arguments[2..], printer),
        _ => parse_and_execute::<P>(arguments, printer),
    };
    match outcome.and_then(|status| printer.flush().map(|()| status)) {
        Ok(status) => status,
        Err(error) => {
            printer.error(&error);
            error.status()
        }
    }
}

fn parse_and_execute<P: Plugin>(arguments: Vec<OsString>, printer: &mut Printer) -> Result<ExitStatus> {
    let words = arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned());
    let words: Vec<String> = words.collect();
    match parse::<P>(arguments) {
        Ok(plugin) => plugin.execute(printer).map_err(|error| match error.word() {
            Some(_) => with_line::<P, _>(&words, |line| line.explain(error.clone())).unwrap_or(error),
            None => error,
        }),
        Err(message) => {
            let status = show(&message, printer)?;
            let hint = with_line::<P, _>(&words, |line| line.hint_of_line()).flatten();
            let hint = hint.filter(|_| message.use_stderr());
            hint.into_iter().for_each(|hint| printer.say(&format!("\nhint: {hint}\n")));
            Ok(status)
        }
    }
}

/// Asks the command line of a plugin where a mistyped command is taken for a name: elsewhere clap suggests one.
fn with_line<P: Plugin, R>(typed: &[String], ask: impl FnOnce(&CommandLine) -> R) -> Option<R> {
    let default = P::DEFAULT_SUBCOMMAND?;
    Some(ask(&CommandLine { command: &command::<P>(), default, typed }))
}

/// Takes the arguments apart.
///
/// Where no word is a flag, none can follow the subcommand. Then clap need not copy all global ones into it, which takes
/// longer than the rest of parsing. Whatever is wrong with the words is for clap to say with all flags.
fn parse<P: Plugin>(mut arguments: Vec<OsString>) -> std::result::Result<P, clap::Error> {
    let typed = arguments.clone();
    let mut command = command::<P>();
    if let Some(default) = P::DEFAULT_SUBCOMMAND {
        default_subcommand::insert(&command, default, &mut arguments);
    }
    let is_flag = |word: &OsString| word.len() > 1 && word.as_encoded_bytes().starts_with(b"-");
    if !arguments.iter().skip(1).any(is_flag) {
        let simple = command.mut_args(|flag| flag.global(false));
        if let Ok(mut matches) = simple.try_get_matches_from(&arguments) {
            return P::from_arg_matches_mut(&mut matches);
        }
        command = self::command::<P>();
    }
    let parsed = command.try_get_matches_from(arguments);
    let mut matches = parsed.map_err(|error| {
        // Where clap has help or the version to show, it does.
        let asked = error
            .use_stderr()
            .then(|| help_anywhere::asked_for(&self::command::<P>(), P::DEFAULT_SUBCOMMAND, &typed));
        let answer = asked.flatten().map(|words| self::command::<P>().try_get_matches_from(words));
        answer.and_then(std::result::Result::err).filter(|answer| !answer.use_stderr()).unwrap_or(error)
    })?;
    P::from_arg_matches_mut(&mut matches)
}

/// The plugin's clap command as users know it: `kubectl NAME` in usage lines and the version.
pub fn command<P: Plugin>() -> Command {
    let full_name = format!("kubectl {}", P::NAME);
    P::command().name(full_name.clone()).bin_name(full_name.clone()).display_name(full_name)
}

/// Prints clap's answer: help and version are data, mistakes are talk.
fn show(message: &clap::Error, printer: &mut Printer) -> Result<ExitStatus> {
    let text = message.render();
    if message.use_stderr() {
        let color = printer.appearance().talk_color;
        printer.say(&if color { text.ansi().to_string() } else { text.to_string() });
        return Ok(ExitStatus::Usage);
    }
    debug_assert!(matches!(message.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion));
    let color = printer.appearance().color;
    printer.data(&if color { text.ansi().to_string() } else { text.to_string() })?;
    Ok(ExitStatus::Success)
}

/// `--color`, read before clap does: clap's own complaints are colored or not, too.
fn color_choice(arguments: &[OsString]) -> ColorChoice {
    let mut words =
        arguments.iter().skip(1).filter_map(|argument| argument.to_str()).take_while(|&word| word != "--");
    let mut choice = ColorChoice::default();
    while let Some(word) = words.next() {
        let value = if word == "--color" { words.next() } else { word.strip_prefix("--color=") };
        if let Some(parsed) = value.and_then(|value| ColorChoice::from_str(value, false).ok()) {
            choice = parsed;
        }
    }
    choice
}

#[cfg(test)]
mod tests;
