//! `cargo cluster up`.

use super::{control, print, say};
use cluster::{Context, Error, Programs, Result};
use serde_json::Value;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const POLL: Duration = Duration::from_millis(50);

/// Starts a cluster in the background, waits until it works, and prints how to use it.
pub fn run() -> Result<()> {
    if let Some(status) = control::ask(control::STATUS)? {
        say("a control plane already runs; `cargo cluster down` stops it");
        return print(&advice(&status));
    }
    // Here rather than in the background, so that its progress and its errors are seen.
    Programs::find_or_build()?.extra("kwok")?;
    say("starting");
    let log = control::log()?;
    let output = File::create(&log).context(|| format!("cannot write {}", log.display()))?;
    let errors = output.try_clone().context(|| format!("cannot write {}", log.display()))?;
    let program = std::env::current_exe().context(|| "cannot find the program that runs".into())?;
    let mut holder = Command::new(program)
        .arg("hold")
        .process_group(0)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .context(|| "cannot start the control plane in the background".into())?;
    loop {
        if let Some(status) = control::ask(control::STATUS)? {
            return print(&advice(&status));
        }
        if holder.try_wait().is_ok_and(|ended| ended.is_some()) {
            let reason = fs::read_to_string(&log).unwrap_or_default();
            let reason = reason.trim().trim_start_matches("error: ");
            return Err(Error::new(format!("the control plane did not start: {reason}")));
        }
        thread::sleep(POLL);
    }
}

fn advice(status: &Value) -> String {
    let text = |key: &str| status[key].as_str().unwrap_or_default();
    format!(
        "A control plane runs at {}, with its data and logs in {}.\n\n  eval \"$(cargo cluster env)\"   lets this shell use it, with the plugins\n  cargo cluster down           stops it\n",
        text("server"),
        text("data")
    )
}
