//! The scripts that let kubectl and shells complete a plugin.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use clap::{Arg, Command, ValueEnum};
use clap_complete::Shell;

use super::{ExitStatus, HIDDEN_COMMAND, Plugin};
use crate::{Error, Result};

/// The program that completes the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScriptFor {
    /// kubectl: the file kubectl_complete-NAME it looks for on PATH
    Kubectl,
    /// GNU Bash, for the plugin called by its file name
    Bash,
    /// Z shell, for the plugin called by its file name
    Zsh,
    /// fish, for the plugin called by its file name
    Fish,
}

/// The folder the plugin was called from. Krew puts a link on PATH: the shim belongs beside the link, not beside
/// what it points to, which is all that `executable` tells.
pub(super) fn folder_of(called: &Path, executable: &Path, search_path: Option<&OsStr>) -> PathBuf {
    let beside = if called.is_absolute() {
        Some(called.to_owned())
    } else if called.components().count() == 1 {
        let folders = search_path.map(std::env::split_paths).into_iter().flatten();
        folders.map(|folder| folder.join(called)).find(|path| path.is_absolute() && path.is_file())
    } else {
        None
    };
    beside.as_deref().unwrap_or(executable).parent().unwrap_or(Path::new(".")).to_owned()
}

/// The plugin's file name: `kubectl-ns_switch` for `ns-switch`.
pub fn executable_name<P: Plugin>() -> String {
    format!("kubectl-{}", P::NAME.replace('-', "_"))
}

/// The shim's file name: `kubectl_complete-ns_switch` for `ns-switch`.
pub fn shim_name<P: Plugin>() -> String {
    format!("kubectl_complete-{}", P::NAME.replace('-', "_"))
}

/// The script that lets someone complete the plugin.
pub fn script<P: Plugin>(program: ScriptFor) -> String {
    let name = executable_name::<P>();
    let shell = match program {
        ScriptFor::Kubectl => return format!("#!/bin/sh\nexec {name} {HIDDEN_COMMAND} \"$@\"\n"),
        ScriptFor::Bash => Shell::Bash,
        ScriptFor::Zsh => Shell::Zsh,
        ScriptFor::Fish => Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut visible(&P::command(), &[]).name(name.clone()), name, &mut script);
    let script = String::from_utf8(script).expect("clap_complete writes UTF-8");
    match program {
        // clap_complete 4.6 spells a dash in the name of the program in two ways, so that no subcommand is completed.
        ScriptFor::Bash => {
            let name = executable_name::<P>();
            script.replace(&name.replace('-', "__subcmd__"), &name.replace('-', "__"))
        }
        _ => script,
    }
}

/// The command without its hidden flags, which clap_complete's scripts for shells would offer all the same. The
/// global flags that it takes over from those around it are put in one by one, since a flag that is missing would be
/// taken over again.
fn visible(command: &Command, inherited: &[Arg]) -> Command {
    let is_own = |flag: &Arg| command.get_arguments().any(|own| own.get_id() == flag.get_id());
    let inherited: Vec<Arg> = inherited.iter().filter(|flag| !is_own(flag)).cloned().collect();
    let global = command.get_arguments().filter(|flag| flag.is_global_set());
    let passed_on: Vec<Arg> =
        global.cloned().map(|flag| flag.global(false)).chain(inherited.clone()).collect();
    let own = command.get_arguments().filter(|flag| !flag.is_hide_set());
    let mut copy = Command::new(command.get_name().to_owned())
        .about(command.get_about().cloned().unwrap_or_default())
        .visible_aliases(command.get_visible_aliases().map(ToOwned::to_owned))
        .args(own.cloned().map(|flag| flag.global(false)))
        .args(inherited)
        .subcommands(command.get_subcommands().map(|inner| visible(inner, &passed_on)));
    if let Some(version) = command.get_version() {
        copy = copy.version(version.to_owned());
    }
    copy
}

pub(super) fn install<P: Plugin>(folder: &Path) -> Result<PathBuf> {
    let path = folder.join(shim_name::<P>());
    write_executable(&path, &script::<P>(ScriptFor::Kubectl)).map_err(|error| {
        Error::new(format!("can't write {}: {error}", path.display())).with_hint(format!(
            "put what `kubectl {} completion kubectl` prints into an executable file {} in a folder of PATH",
            P::NAME,
            shim_name::<P>(),
        ))
    })?;
    Ok(path)
}

/// Removes the shim, unless it is another file than [`install`] writes. `None` if there is none.
pub(super) fn uninstall<P: Plugin>(folder: &Path) -> Result<Option<PathBuf>> {
    let path = folder.join(shim_name::<P>());
    let failed = |error: std::io::Error| {
        Error::new(format!("can't remove {}: {error}", path.display())).with_hint("remove it by hand")
    };
    match fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
        Ok(text) if text != script::<P>(ScriptFor::Kubectl).as_bytes() => {
            return Err(Error::new(format!("{} is not what `completion --install` writes", path.display()))
                .with_status(ExitStatus::Guarded)
                .with_hint("look at it, and remove it by hand if nobody needs it"));
        }
        Ok(_) => fs::remove_file(&path).map_err(failed)?,
    }
    Ok(Some(path))
}

#[cfg(unix)]
fn write_executable(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn write_executable(path: &Path, text: &str) -> std::io::Result<()> {
    fs::write(path, text)
}
