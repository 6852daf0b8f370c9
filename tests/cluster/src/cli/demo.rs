//! `cargo demo`: the plugins on an example team, through a real kubectl.

use super::{plugins, print, say};
use cluster::{Cluster, Context, Error, Options, Programs, Result, example};
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};
use std::process::Command;

/// The command lines that are shown, one a line; a line that starts with `#` is printed as a heading. A plugin
/// joins the demo by lines of its own: what comes after `kubectl` names it.
const COMMANDS: &str = include_str!("../../example/commands.txt");

/// Shows the command lines with their output. On a terminal a shell follows, where the reader goes on.
pub fn run() -> Result<()> {
    say("building the plugins");
    let folders = plugins::build(&plugin_names(COMMANDS))?;
    let cluster = start()?;
    let path = search_path(&cluster, folders)?;
    for line in COMMANDS.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('#') {
            Some(heading) => print(&format!("\n#{heading}\n"))?,
            None => show(&cluster, &path, line)?,
        }
    }
    if stdin().is_terminal() && stdout().is_terminal() {
        shell(&cluster, &path)?;
    }
    Ok(())
}

/// Prints the quotas and limits of the example team: `example/dump.yaml` is made so.
pub fn dump() -> Result<()> {
    let output =
        start()?.kubectl(&["get", "resourcequotas,limitranges", "--all-namespaces", "--output=yaml"])?;
    if !output.status.success() {
        return Err(Error::new(String::from_utf8_lossy(&output.stderr).trim()));
    }
    print(&String::from_utf8_lossy(&output.stdout))
}

fn start() -> Result<Cluster> {
    Programs::find_or_build()?;
    say("starting a control plane of its own");
    let cluster = Cluster::start(Options::default())?;
    say("loading the example team: 6 nodes in 3 zones, and its namespaces, quotas, limits and workloads");
    example::load(&cluster)?;
    Ok(cluster)
}

/// The plugins that the command lines call.
fn plugin_names(commands: &str) -> BTreeSet<String> {
    let plugin = |line: &str| {
        let mut words = line.split_whitespace();
        (words.next() == Some("kubectl")).then(|| words.next()).flatten().map(str::to_owned)
    };
    commands.lines().filter_map(plugin).filter(|name| !["get", "describe"].contains(&name.as_str())).collect()
}

fn search_path(cluster: &Cluster, mut folders: Vec<std::path::PathBuf>) -> Result<OsString> {
    folders.push(cluster.programs_dir().to_owned());
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).context(|| "cannot make a PATH with the plugins".into())
}

/// A command that uses the cluster, and whatever colours and width the terminal has.
fn command(cluster: &Cluster, path: &OsString, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", path).env("KUBECONFIG", cluster.kubeconfig_path());
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    command
}

fn show(cluster: &Cluster, path: &OsString, line: &str) -> Result<()> {
    print(&format!("\n$ {line}\n"))?;
    // What ns-switch remembers of a cluster that is gone soon is none of the user's.
    let status = command(cluster, path, "/bin/sh")
        .env("XDG_STATE_HOME", cluster.data_dir().join("state"))
        .args(["-c", line])
        .status()
        .context(|| format!("cannot run {line}"))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => print(&format!("(exit status {code})\n")),
        None => Err(Error::new(format!("{line} was killed"))),
    }
}

fn shell(cluster: &Cluster, path: &OsString) -> Result<()> {
    let shell = env::var("SHELL").unwrap_or_else(|_| "/bin/sh".to_owned());
    print(
        "\nThis shell's kubectl uses the example: try commands of your own. Leaving it stops the control plane.\n",
    )?;
    command(cluster, path, &shell).status().context(|| format!("cannot start {shell}")).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plugins_are_named_by_the_command_lines() {
        let lines = "# Heading\n\nkubectl quota usage -A\nkubectl get quota\nkubectl ns-switch list\n";
        let expected = BTreeSet::from(["quota".to_owned(), "ns-switch".to_owned()]);
        assert_eq!(plugin_names(lines), expected);
    }

    #[test]
    fn every_shown_line_is_a_kubectl_command() {
        let lines: Vec<_> =
            COMMANDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|line| line.starts_with("kubectl ")), "{lines:?}");
    }
}
