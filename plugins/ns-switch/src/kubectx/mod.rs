//! Called as `kubectx` or `kubens` (or `kctx`, `kns`, `kubectl-ctx`, `kubectl-ns`), the plugin answers as they do: same words, same
//! exit status, 1 for every failure. How it reads and writes kubeconfig files stays its own.

mod call;
mod contexts;
mod namespaces;
mod run;

use std::{env, io::IsTerminal};

use shared::{Result, output::Printer};

use crate::settings::Picker;

pub use run::run;

/// Prints the version, for `-V`.
fn version(printer: &mut Printer) -> Result<()> {
    printer.data(concat!("v", env!("CARGO_PKG_VERSION"), " (kubectl ns-switch)\n"))
}

/// Returns the picker: as for kubectx fzf, if it is installed and no other one is configured.
fn picker() -> Result<Picker> {
    Picker::configured(Picker::FzfIfThere)
}

/// Returns whether to choose from a list rather than print it: kubectx's condition, without fzf.
fn wants_picker() -> bool {
    env::var_os("KUBECTX_IGNORE_FZF").is_none_or(|value| value.is_empty())
        && std::io::stdout().is_terminal()
        && crate::picker::can_pick()
}
