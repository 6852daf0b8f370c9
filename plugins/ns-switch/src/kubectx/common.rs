//! What both have in common.

use std::env;

use shared::{Result, output::Printer};

use crate::settings::Picker;

/// `-V`.
pub(super) fn version(printer: &mut Printer) -> Result<()> {
    printer.data(concat!("v", env!("CARGO_PKG_VERSION"), " (kubectl ns-switch)\n"))
}

/// What lets one choose: fzf, as in kubectx, where it is there and nothing else is wanted.
pub(super) fn picker() -> Result<Picker> {
    Picker::wanted(Picker::FzfIfThere)
}

/// Whether somebody sits at the terminal and would rather choose than read: kubectx's condition, without fzf.
pub(super) fn wants_picker() -> bool {
    use std::io::IsTerminal;
    env::var_os("KUBECTX_IGNORE_FZF").is_none_or(|value| value.is_empty())
        && std::io::stdout().is_terminal()
        && crate::picker::can_pick()
}
