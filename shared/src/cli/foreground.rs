//! Running another program in the foreground, and ending as it ends.

use std::process::{Command, ExitStatus as ProgramStatus};

use super::{ExitStatus, interrupt};
use crate::{Error, Result};

/// Starts a program, hands its process number to `started`, and waits until it ends, whatever is sent to this process
/// meanwhile: Ctrl-C is the program's to answer, a hangup or a request to end is passed on.
///
/// # Errors
/// The program can't be started.
pub fn run_in_foreground(mut command: Command, started: impl FnOnce(u32)) -> Result<ExitStatus> {
    let _held = interrupt::hold();
    let signals = Signals::catch()?;
    let mut child = command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        Error::new(format!("can't run {program}: {error}")).with_status(ExitStatus::Program(not_run(&error)))
    })?;
    started(child.id());
    let _passing_on = signals.pass_on(child.id());
    let status = child.wait().map_err(|error| Error::new(format!("can't wait for the program: {error}")))?;
    Ok(exit_status(status))
}

/// Returns the status of shells for a program that can't be run.
fn not_run(error: &std::io::Error) -> u8 {
    if error.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 }
}

/// Returns the status as shells report it: 128 and the number of the signal for a program that was ended by one.
fn exit_status(status: ProgramStatus) -> ExitStatus {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or_else(|| Some(128 + signal?)).unwrap_or(1);
    match u8::try_from(code) {
        Ok(0) => ExitStatus::Success,
        Ok(code) => ExitStatus::Program(code),
        Err(_) => ExitStatus::Failure,
    }
}

#[cfg(unix)]
use unix::Signals;

#[cfg(unix)]
mod unix {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
        iterator::{Handle, Signals as Caught},
    };

    use crate::{Error, Result};

    /// The signals that would end this process, from now on.
    pub(super) struct Signals(Caught);

    /// Passes signals on until dropped.
    pub(super) struct PassingOn(Handle);

    impl Signals {
        pub fn catch() -> Result<Self> {
            // A terminal sends Ctrl-C and Ctrl-\ to the program itself, too: passed on, they would count twice.
            Caught::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM])
                .map(Self)
                .map_err(|error| Error::new(format!("can't catch signals: {error}")))
        }

        pub fn pass_on(mut self, process: u32) -> PassingOn {
            let handle = self.0.handle();
            std::thread::spawn(move || {
                let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
                for signal in self.0.forever() {
                    let passed = match signal {
                        SIGHUP => rustix::process::Signal::HUP,
                        SIGTERM => rustix::process::Signal::TERM,
                        _ => continue,
                    };
                    if let Some(process) = process {
                        // It may have ended this moment.
                        rustix::process::kill_process(process, passed).ok();
                    }
                }
            });
            PassingOn(handle)
        }
    }

    impl Drop for PassingOn {
        fn drop(&mut self) {
            self.0.close();
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn catch() -> Result<Self> {
        Ok(Self)
    }

    fn pass_on(self, _process: u32) -> Self {
        self
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn it_ends_as_the_program_ends() {
        let run = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            run_in_foreground(command, |_| {})
        };
        assert_eq!(run("exit 0").unwrap(), ExitStatus::Success);
        assert_eq!(run("exit 7").unwrap().code(), 7);
        assert_eq!(run("kill -KILL $$").unwrap().code(), 137);
        let error = run_in_foreground(Command::new("/nonexistent/program"), |_| {}).unwrap_err();
        assert_eq!(error.status().code(), 127);
        assert!(error.to_string().starts_with("error: can't run /nonexistent/program: "), "{error}");
    }
}
