//! Ends everything a cluster started when its owner is gone, however the owner went.
//!
//! A test binary can be killed with SIGKILL, and then no code of its own runs any more. What still happens is
//! that the kernel closes its files. So two small shells, outside the owner's process group, wait for that:
//!
//! - the *watchdog* reads a pipe that only the owner holds open. At its end it kills the process group of the
//!   programs and removes the data folder;
//! - the *anchor* leads that process group, so the number of the group stays taken as long as it may be killed.
//!   It reads a pipe that only the watchdog holds open, and kills its own group if the watchdog goes first.
//!
//! Whoever of the three dies, in whatever order, the programs die too.

use crate::error::{Context, Error, Result};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

/// `$1` is the data folder, the first line read is the process group. The second removal is for a file that a
/// dying program still wrote during the first.
const WATCHDOG: &str = r#"
trap '' HUP INT TERM
read -r group
while read -r nothing; do :; done
if [ -n "$group" ]; then
    kill -s KILL -- "-$group" 2>/dev/null
    tries=0
    while [ $tries -lt 100 ] && kill -s 0 -- "-$group" 2>/dev/null; do
        sleep 0.02
        tries=$((tries + 1))
    done
fi
rm -rf -- "$1" || { sleep 0.2; rm -rf -- "$1"; }
"#;

const ANCHOR: &str = "trap '' HUP INT TERM; read -r nothing; kill -s KILL 0";

/// The two shells. Dropping it ends the programs and waits until they and the data folder are gone.
#[derive(Debug)]
pub struct Watchdog {
    /// Closing this is what the watchdog waits for.
    lifeline: Option<ChildStdin>,
    watchdog: Child,
    anchor: Child,
    programs: Vec<Child>,
}

impl Watchdog {
    /// Starts watching over `folder`, which from now on is removed when this process ends.
    pub fn start(folder: &Path) -> Result<Self> {
        let mut watchdog = Command::new("/bin/sh")
            .args(["-c", WATCHDOG, "watchdog"])
            .arg(folder)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context(|| "cannot start /bin/sh to watch over the control plane".into())?;
        let missing_pipe = || Error::new("the watchdog of the control plane has no pipe");
        let anchor_stdin = watchdog.stdout.take().ok_or_else(missing_pipe)?;
        let mut lifeline = watchdog.stdin.take().ok_or_else(missing_pipe)?;
        let anchor = Command::new("/bin/sh")
            .args(["-c", ANCHOR, "anchor"])
            .env_clear()
            .current_dir("/")
            .process_group(0)
            .stdin(anchor_stdin)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context(|| "cannot start /bin/sh to hold the process group of the control plane".into())?;
        writeln!(lifeline, "{}", anchor.id()).context(|| "cannot tell the watchdog what to watch".into())?;
        Ok(Self { lifeline: Some(lifeline), watchdog, anchor, programs: Vec::new() })
    }

    /// Starts a program in the watched group. The number returned is for [`Watchdog::has_ended`].
    pub fn spawn(&mut self, command: &mut Command) -> std::io::Result<usize> {
        let group = i32::try_from(self.anchor.id()).map_err(std::io::Error::other)?;
        self.programs.push(command.process_group(group).spawn()?);
        Ok(self.programs.len() - 1)
    }

    /// Kills a program, and waits until it is gone.
    pub fn kill(&mut self, program: usize) -> std::io::Result<()> {
        let Some(child) = self.programs.get_mut(program) else { return Ok(()) };
        child.kill()?;
        child.wait().map(drop)
    }

    /// Whether a program has ended by itself.
    pub fn has_ended(&mut self, program: usize) -> bool {
        self.programs.get_mut(program).is_some_and(|child| !matches!(child.try_wait(), Ok(None)))
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // The watchdog sees the group empty only after its members were waited for.
        for child in self.programs.iter_mut().chain([&mut self.anchor, &mut self.watchdog]) {
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn dropping_it_ends_grandchildren_that_ignore_signals_and_removes_the_folder() {
        let folder = tempfile::tempdir().unwrap().keep();
        fs::write(folder.join("data"), "x").unwrap();
        let mut watchdog = Watchdog::start(&folder).unwrap();
        let mut command = Command::new("/bin/sh");
        let script = format!("trap '' TERM INT HUP; sleep 1000 & echo $! > {}/pid; wait", folder.display());
        let program = watchdog.spawn(command.args(["-c", &script])).unwrap();
        let grandchild = loop {
            match fs::read_to_string(folder.join("pid")) {
                Ok(text) if text.ends_with('\n') => break text.trim().to_owned(),
                _ => std::thread::sleep(std::time::Duration::from_millis(5)),
            }
        };
        assert!(!watchdog.has_ended(program));
        let alive = || {
            let state = Command::new("ps").args(["-o", "stat=", "-p", &grandchild]).output().unwrap();
            let state = String::from_utf8(state.stdout).unwrap();
            // Without a parent it may stay a zombie where the first process of a container waits for nobody.
            !state.trim().is_empty() && !state.starts_with('Z')
        };
        assert!(alive());
        drop(watchdog);
        assert!(!alive());
        assert!(!folder.exists());
    }
}
