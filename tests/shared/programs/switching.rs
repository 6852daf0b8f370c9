//! Switches one file back and forth as fast as it can, as the many hands on one kubeconfig do.

use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};

use shared::{
    Result,
    kubeconfig::{
        Environment,
        edit::{Edit, Sources, plan},
        kubeconfig_files,
        write::WriteOptions,
    },
};

/// Contexts that the file has, called `ctx-0` and so on.
const CONTEXTS: usize = 100;

/// No test lets it go on for longer.
const LONGEST: Duration = Duration::from_secs(100);

/// Switches for some seconds, and then until there is a file `enough`; how often that went well, and each failure once.
pub fn switch_often(file: &Path, seconds: u64, enough: &Path) -> (usize, BTreeSet<String>) {
    // Nobody is to be counted as failed because this machine is busy.
    let options = WriteOptions { lock_timeout: Duration::from_secs(30), ..WriteOptions::default() };
    let (mut done, mut failures) = (0, BTreeSet::new());
    let start = Instant::now();
    let is_over = || {
        let elapsed = start.elapsed();
        elapsed > LONGEST || (elapsed > Duration::from_secs(seconds) && enough.exists())
    };
    let mut step = std::process::id() as usize;
    while !is_over() {
        step = step.wrapping_mul(31).wrapping_add(17);
        match switch(file, step, &options) {
            Ok(()) => done += 1,
            Err(error) => _ = failures.insert(error.to_string()),
        }
    }
    (done, failures)
}

fn switch(file: &Path, step: usize, options: &WriteOptions) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("/")).to_path_buf();
    let environment =
        Environment { kubeconfig: Some(file.into()), home: folder.clone(), current_directory: folder };
    let context = format!("ctx-{}", step % CONTEXTS);
    let edit = match step % 3 {
        0 => Edit::SetNamespace { context, namespace: format!("ns-{}", step % 1000) },
        _ => Edit::SetCurrentContext(context),
    };
    let sources = Sources::read(&kubeconfig_files(None, &environment), &environment)?;
    plan(sources, &[edit])?.execute(options)?;
    Ok(())
}
