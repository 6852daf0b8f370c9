//! The line that does the same without questions.

use shared::{cli::ConnectionFlags, output::shell_word};

use super::scope_selector::ScopeSelector;
use crate::proposal::{LimitFlags, Proposal, list_text};

/// The command with all answers as flags, to be copied into a shell.
pub fn command_line(proposal: &Proposal, name: &str, connection: &ConnectionFlags, force: bool) -> String {
    let mut words = vec!["kubectl".to_owned(), "quota".to_owned(), "create".to_owned(), name.to_owned()];
    let mut flag = |flag: &str, value: &str| {
        words.push(flag.to_owned());
        words.push(value.to_owned());
    };
    if let Some(context) = &connection.context {
        flag("--context", context);
    }
    flag("-n", &proposal.namespace);
    if let Some(quota) = &proposal.quota {
        flag("--hard", &list_text(&quota.hard));
        if !quota.scopes.is_empty() {
            flag("--scopes", &quota.scopes.join(","));
        }
        if !quota.selected.is_empty() {
            flag("--scope-selector", &ScopeSelector(quota.selected.clone()).to_string());
        }
    }
    if let Some(range) = &proposal.range {
        for (name, value) in LimitFlags::of(&range.container) {
            flag(name, &value);
        }
    }
    if force {
        words.push("--force".to_owned());
    }
    words.push("--yes".to_owned());
    words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}
