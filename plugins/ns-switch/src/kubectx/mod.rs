//! Called as `kubectx` or `kubens` (or `kubectl-ctx`, `kubectl-ns`), the plugin answers as they do: same words, same
//! exit status, 1 for every failure. How it reads and writes kubeconfig files stays its own.

mod call;
mod contexts;
mod namespaces;
mod run;

use std::{env, io::IsTerminal};

use shared::{Result, output::Printer};

use crate::settings::Picker;

pub use run::run;

/// `-V`.
fn version(printer: &mut Printer) -> Result<()> {
    printer.data(concat!("v", env!("CARGO_PKG_VERSION"), " (kubectl ns-switch)\n"))
}

/// What lets one choose: fzf, as in kubectx, where it is there and nothing else is wanted.
fn picker() -> Result<Picker> {
    Picker::configured(Picker::FzfIfThere)
}

/// Whether somebody sits at the terminal and would rather choose than read: kubectx's condition, without fzf.
fn wants_picker() -> bool {
    env::var_os("KUBECTX_IGNORE_FZF").is_none_or(|value| value.is_empty())
        && std::io::stdout().is_terminal()
        && crate::picker::can_pick()
}
