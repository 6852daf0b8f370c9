//! The command line that repeats the answers as flags.

use shared::{cli::ConnectionFlags, output::ShellCommand};

use super::scope_selector::ScopeSelector;
use crate::proposal::{LimitFlags, Proposal, list_text};

/// Returns the command with all answers as flags, to be copied into a shell.
pub fn command_line(proposal: &Proposal, name: &str, connection: &ConnectionFlags, force: bool) -> String {
    let mut command = ShellCommand::new(["kubectl", "quota", "create"]).name(name);
    if let Some(context) = &connection.context {
        command = command.flag_with("--context", context);
    }
    command = command.flag_with("-n", &proposal.namespace);
    if let Some(quota) = &proposal.quota {
        command = command.flag_with("--hard", list_text(&quota.hard));
        if !quota.scopes.is_empty() {
            command = command.flag_with("--scopes", quota.scopes.join(","));
        }
        if !quota.selected.is_empty() {
            let selector = ScopeSelector(quota.selected.clone()).to_string();
            command = command.flag_with("--scope-selector", selector);
        }
    }
    if let Some(range) = &proposal.range {
        for (name, value) in LimitFlags::of(&range.container) {
            command = command.flag_with(name, value);
        }
    }
    if force {
        command = command.flag("--force");
    }
    command.flag("--yes").to_string()
}
