//! `cargo cluster env`.

use super::{control, demo, plugins, print, say};
use cluster::Result;
use std::path::Path;

/// Prints what a POSIX shell evaluates to use the cluster of `up`, with the plugins of this clone.
pub fn run() -> Result<()> {
    let status = control::ask(control::STATUS)?.ok_or_else(control::nothing_runs)?;
    let text = |key: &str| status[key].as_str().unwrap_or_default();
    let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    say("building the plugins");
    let links = Path::new(text("data")).join("plugins");
    plugins::link(&plugins::build(&demo::plugin_names())?, &links)?;
    print(&format!(
        "export KUBECONFIG={}\nexport PATH={}:{}:\"$PATH\"\n",
        quoted(text("kubeconfig")),
        quoted(&links.display().to_string()),
        quoted(text("programs"))
    ))
}
