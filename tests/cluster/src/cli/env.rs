//! `cargo cluster env`.

use super::{control, print};
use cluster::Result;

/// Prints what a POSIX shell evaluates to use the cluster of `up`.
pub fn run() -> Result<()> {
    let status = control::ask(control::STATUS)?.ok_or_else(control::nothing_runs)?;
    let quoted = |key: &str| format!("'{}'", status[key].as_str().unwrap_or_default().replace('\'', r"'\''"));
    print(&format!(
        "export KUBECONFIG={}\nexport PATH={}:\"$PATH\"\n",
        quoted("kubeconfig"),
        quoted("programs")
    ))
}
