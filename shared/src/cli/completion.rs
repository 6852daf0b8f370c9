//! Completion: kubectl's protocol for plugins, and scripts for shells.
//!
//! kubectl completes `kubectl quota …` by running an executable `kubectl_complete-quota` from PATH with the words
//! typed after the plugin's name, the last one unfinished (`pkg/cmd/plugin.go`,
//! `SetupPluginCompletion` in `plugin_completion.go`). That executable is a two-line shim which runs the plugin
//! with [`HIDDEN_COMMAND`].

mod script;

use std::{collections::HashSet, ffi::OsString, path::PathBuf, sync::OnceLock, time::Duration};

use clap::{FromArgMatches, error::ErrorKind};
use clap_complete::CompletionCandidate;

use super::{ConnectionFlags, ExitStatus, Plugin, default_subcommand, main::command};
use crate::{Error, Result, output::Printer};
use script::{folder_of, install, uninstall};

pub use script::{ScriptFor, executable_name, script, shim_name};

/// The subcommand the shims call; not shown in help.
pub const HIDDEN_COMMAND: &str = "__complete";

/// Cobra's directive for "no file names here" (`ShellCompDirectiveNoFileComp`).
const NO_FILES: &str = ":4";

/// Nobody waits longer for a completion, unless told to.
const PATIENCE: Duration = Duration::from_secs(1);

/// Arguments of the `completion` subcommand every plugin has.
#[derive(clap::Args, Clone, Debug)]
pub struct Arguments {
    /// Print the completion script for this shell, or kubectl's completion file
    #[arg(value_enum, value_name = "SHELL", required_unless_present_any = ["install", "uninstall"])]
    pub shell: Option<ScriptFor>,

    /// Write kubectl's completion file beside this executable, so that kubectl completes the plugin
    #[arg(long, conflicts_with = "shell")]
    pub install: bool,

    /// Remove what --install wrote, and nothing else
    #[arg(long, conflicts_with_all = ["shell", "install"])]
    pub uninstall: bool,
}

/// The long help of the `completion` subcommand.
pub const LONG_ABOUT: &str = "\
Print a completion script, or install completion for kubectl

kubectl completes a plugin by running a file kubectl_complete-NAME from PATH. Its own completion has to be loaded in the \
shell, for example by: source <(kubectl completion bash)";

/// Returns the end of the help of the `completion` subcommand of a plugin.
pub fn examples(plugin: &str) -> String {
    format!(
        "\
Examples:
  # Let kubectl complete this plugin
  kubectl {plugin} completion --install

  # Load completion of the executable itself into this bash
  source <(kubectl {plugin} completion bash)

  # Take it back, before the plugin is uninstalled
  kubectl {plugin} completion --uninstall

Exit status:
  0  done
  1  the completion file could not be written or removed
  5  it is not what this plugin writes, and stays"
    )
}

/// Runs the `completion` subcommand.
///
/// # Errors
/// When the shim can't be written or removed: the sentence names the folder, the hint another way. The status is
/// [`ExitStatus::Guarded`] where the file is somebody else's.
pub fn run<P: Plugin>(arguments: &Arguments, printer: &mut Printer) -> Result<ExitStatus> {
    match arguments.shell {
        Some(shell) => printer.data(&script::<P>(shell))?,
        None => {
            let executable = std::env::current_exe()
                .map_err(|error| Error::new(format!("can't find this executable's folder: {error}")))?;
            let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
            let folder = folder_of(&called, &executable, std::env::var_os("PATH").as_deref());
            if arguments.uninstall {
                printer.note(match uninstall::<P>(&folder)? {
                    Some(shim) => format!("removed {}", shim.display()),
                    None => format!("there is no {} in {}", shim_name::<P>(), folder.display()),
                });
                return Ok(ExitStatus::Success);
            }
            let shim = install::<P>(&folder)?;
            printer.note(format!("wrote {}", shim.display()));
        }
    }
    Ok(ExitStatus::Success)
}

/// Answers kubectl: a line for each candidate, its help after a tab, and the directive at the end. What can't be
/// completed gives no candidate, never an error: the user is in the middle of a word.
pub(super) fn answer<P: Plugin>(words: &[OsString], printer: &mut Printer) -> Result<ExitStatus> {
    CONNECTION_OF.get_or_init(|| connection_of::<P>);
    let mut lines = String::new();
    let mut seen = HashSet::new();
    // As cobra does, flags are offered only to who has begun one. A lone `-` is a value (`cd -`).
    let wants_flags = words.last().is_some_and(|word| word.as_encoded_bytes().starts_with(b"-"));
    let named = named_already(words);
    let flag = words.last().and_then(|word| word.to_str()).and_then(flag_before_value);
    for candidate in candidates::<P>(words) {
        let value = candidate.get_value().to_string_lossy().into_owned();
        // kubectl's scripts put the flag of `--sort=pe` back in front of what is offered (`flagPrefix`).
        let value = flag.and_then(|flag| value.strip_prefix(flag)).map_or(value.clone(), str::to_owned);
        // A line break or tab in a value would be read as another candidate or its help.
        let unwanted = candidate.is_hide_set() || (!wants_flags && value.starts_with('-') && value != "-");
        let unwanted = unwanted || named.iter().any(|word| *word == value.as_str());
        if unwanted || value.contains(char::is_control) || !seen.insert(value.clone()) {
            continue;
        }
        lines.push_str(&value);
        if let Some(help) = candidate.get_help() {
            lines.push('\t');
            lines.push_str(help.to_string().lines().next().unwrap_or_default());
        }
        lines.push('\n');
    }
    lines.push_str(NO_FILES);
    lines.push('\n');
    printer.data(&lines)?;
    Ok(ExitStatus::Success)
}

/// Returns the `--sort=` of `--sort=pe`.
fn flag_before_value(word: &str) -> Option<&str> {
    word.starts_with('-').then(|| word.find('=').map(|end| &word[..=end])).flatten()
}

/// Returns the words before one that follows another name, as in `plan node-1 no`: nobody names a thing twice. After a flag
/// stands its value, which may be called like a name.
fn named_already(words: &[OsString]) -> &[OsString] {
    let Some((_, finished)) = words.split_last() else { return &[] };
    let is_after_flag = finished.last().is_none_or(|word| word.as_encoded_bytes().starts_with(b"-"));
    if is_after_flag { &[] } else { finished }
}

fn candidates<P: Plugin>(words: &[OsString]) -> Vec<CompletionCandidate> {
    let mut arguments: Vec<OsString> = vec![executable_name::<P>().into()];
    arguments.extend(words.iter().cloned());
    // kubectl always sends the unfinished word, empty if need be; a caller by hand may not.
    if words.is_empty() {
        arguments.push(OsString::new());
    }
    let Some(default) = P::DEFAULT_SUBCOMMAND else { return complete::<P>(arguments) };
    let mut in_default = arguments.clone();
    let last = in_default.pop().unwrap_or_default();
    let finished = in_default.clone();
    default_subcommand::insert(&command::<P>(), default, &mut in_default);
    if in_default.len() == finished.len() {
        return complete::<P>(arguments);
    }
    in_default.push(last);
    // After a flag only the default has, such as `-A`, no other subcommand can follow.
    let parsed = command::<P>().try_get_matches_from(&finished);
    let only_default = parsed.is_err_and(|error| error.kind() == ErrorKind::UnknownArgument);
    // Behind two dashes stands a name, never a subcommand.
    let only_default = only_default || finished.iter().any(|word| word == "--");
    let mut found = if only_default { Vec::new() } else { complete::<P>(arguments) };
    found.extend(complete::<P>(in_default));
    found
}

fn complete<P: Plugin>(arguments: Vec<OsString>) -> Vec<CompletionCandidate> {
    let last = arguments.len() - 1;
    let folder = std::env::current_dir().ok();
    clap_complete::engine::complete(&mut command::<P>(), arguments, last, folder.as_deref())
        .unwrap_or_default()
}

/// [`connection_of`] of the plugin that is completed: completers are named by the plugin's arguments, so they can't
/// name its type without a circle of imports.
static CONNECTION_OF: OnceLock<fn(&[OsString]) -> ConnectionFlags> = OnceLock::new();

/// Returns the words of the line that is being completed, but for the one in whose middle the user is.
pub fn finished_words() -> Vec<OsString> {
    let mut words = typed_words();
    words.pop();
    words
}

fn typed_words() -> Vec<OsString> {
    std::env::args_os().skip(1).skip_while(|word| word == HIDDEN_COMMAND).collect()
}

/// Returns the connection flags typed so far on the line that is being completed, for a completer that has to ask the
/// cluster. Flags that can't be parsed yet are left out; where no line is being completed there are none.
pub fn connection() -> ConnectionFlags {
    CONNECTION_OF.get().map(|connection_of| connection_of(&typed_words())).unwrap_or_default()
}

/// Of `words`, the last is unfinished.
fn connection_of<P: Plugin>(words: &[OsString]) -> ConnectionFlags {
    let Some((_, finished)) = words.split_last() else { return ConnectionFlags::default() };
    let mut arguments: Vec<OsString> = vec![executable_name::<P>().into()];
    arguments.extend(finished.iter().cloned());
    let command = command::<P>().ignore_errors(true);
    if let Some(default) = P::DEFAULT_SUBCOMMAND {
        default_subcommand::insert(&command, default, &mut arguments);
    }
    let Ok(matches) = command.try_get_matches_from(arguments) else { return ConnectionFlags::default() };
    let mut innermost = &matches;
    while let Some((_, inner)) = innermost.subcommand() {
        innermost = inner;
    }
    ConnectionFlags::from_arg_matches(innermost).unwrap_or_default()
}

/// Values for a completer that has to ask the cluster: whatever `future` finds within a second, or within the
/// `--request-timeout` that is typed already; nothing on failure.
///
/// For the closure of an [`clap_complete::ArgValueCandidates`].
pub fn from_cluster<T: Into<OsString>>(
    connection: &ConnectionFlags,
    future: impl Future<Output = Result<Vec<T>>>,
) -> Vec<CompletionCandidate> {
    let patience = connection.request_timeout.and_then(|timeout| timeout.0).unwrap_or(PATIENCE);
    let limited = async {
        tokio::time::timeout(patience, future).await.unwrap_or_else(|_| Err(Error::new("took too long")))
    };
    let values = super::block_on(limited).unwrap_or_default();
    values.into_iter().map(CompletionCandidate::new).collect()
}

#[cfg(test)]
mod tests;
