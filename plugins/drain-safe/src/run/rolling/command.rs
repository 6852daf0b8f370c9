//! The command of `--exec-after`.

use std::{
    io,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use shared::{Error, Result, cli::Interrupt};
use tokio::time::sleep;

/// How often is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(50);

/// A process that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Executes a command line with `NODE` in its environment. What it prints goes to standard error.
///
/// # Errors
/// It can't be started, or fails; an interrupt, which ends it.
pub async fn execute(line: &str, node: &str, interrupt: &Interrupt) -> Result<()> {
    let failed = |why: String| {
        Error::new(format!("the command after the drain of node {node} {why}"))
            .with_hint("put in order what it left, then `kubectl drain-safe resume` executes it again")
    };
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut command = Command::new(shell);
    command.arg(flag).arg(line).env("NODE", node).stdin(Stdio::null()).stdout(stderr());
    let child = command.spawn().map_err(|error| failed(format!("can't be started: {error}")))?;
    let mut running = Running(child);
    let status =
        interrupt.or(async { ended(&mut running.0).await.map_err(|error| failed(error.to_string())) });
    let status = status.await?;
    match status.success() {
        true => Ok(()),
        false => Err(failed(format!("has failed: {status}"))),
    }
}

async fn ended(child: &mut Child) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        sleep(LOOK).await;
    }
}

/// Standard output is for data.
fn stderr() -> Stdio {
    Stdio::from(io::stderr())
}
