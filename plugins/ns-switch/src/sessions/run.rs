//! Running a shell or a command in a session.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::OpenOptions,
    io::Write,
    path::Path,
    process::Command,
};

use shared::{
    Result,
    cli::{ExitStatus, run_in_foreground},
    kubeconfig::write::Writer,
};

use super::{Session, folder::OWNER, start_files};
use crate::state::{ORIGINAL, SESSION};

impl Session {
    /// Runs a command in the session, or without one the user's shell, and removes the session when that has ended.
    ///
    /// # Errors
    /// The program can't be started.
    pub fn run(
        self,
        command: &[OsString],
        with_prompt: bool,
        variables: &[(&str, &str)],
    ) -> Result<ExitStatus> {
        let mut program = match command.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments);
                command
            }
            None => start_files::shell(&self, &user_shell(), with_prompt)?,
        };
        program.env("KUBECONFIG", &self.kubeconfig).env(SESSION, self.overlay());
        program.env(ORIGINAL, self.original.clone().unwrap_or_default()).envs(variables.iter().copied());
        run_in_foreground(program, |process| self.add_owner(process))
    }

    /// Names the shell as an owner, so that the session lasts as long as the shell should this process be killed.
    fn add_owner(&self, process: u32) {
        let owners = OpenOptions::new().append(true).open(self.folder().join(OWNER));
        // Without it the session only ends a moment too early, in the unlikely case.
        drop(owners.and_then(|mut file| writeln!(file, "{}", Writer::of(process))));
    }
}

/// Returns the user's shell.
fn user_shell() -> OsString {
    let (variable, usual) = if cfg!(windows) { ("COMSPEC", "cmd.exe") } else { ("SHELL", "/bin/sh") };
    env::var_os(variable).filter(|shell| !shell.is_empty()).unwrap_or_else(|| usual.into())
}

/// Returns the name of the user's shell: `bash`.
pub fn user_shell_name() -> String {
    shell_name(&user_shell())
}

/// Returns the name of the program that started this process, which is a shell where a user typed the command: kubectl
/// becomes the plugin, in its own process.
pub fn parent_name() -> Option<String> {
    #[cfg(unix)]
    {
        let parent = std::os::unix::process::parent_id();
        let name = match cfg!(target_os = "linux") {
            true => std::fs::read_to_string(format!("/proc/{parent}/comm")).ok()?,
            false => {
                let output =
                    Command::new("ps").args(["-o", "comm=", "-p", &parent.to_string()]).output().ok()?;
                String::from_utf8(output.stdout).ok()?
            }
        };
        // A login shell is called `-bash`.
        Some(shell_name(name.trim().trim_start_matches('-').as_ref()))
    }
    #[cfg(not(unix))]
    None
}

/// Returns the name of a shell without its folder: `bash`.
pub fn shell_name(shell: &OsStr) -> String {
    Path::new(shell).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
