//! `cargo demo`: the plugins on an example team, through a real kubectl.

mod shell;
mod story;

use super::{plugins, print, say};
use cluster::{Cluster, Context, Error, Options, Programs, Result, example};
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;
use std::process::Command;
use story::Section;

/// What is said before the shell.
const TO_TRY: &str = "
This shell's kubectl uses the example: try commands of your own, such as
  kubectl ns-switch <Tab><Tab>               the namespaces one can switch to, and the commands
  kubectl quota fits -A                      how many more pods of each workload the quotas admit
  kubectl drain-safe plan --zone eu-west-1b  what a drain of a whole zone would do
Leaving it stops the control plane.
";

/// Returns what is shown: the part of one plugin, or of all. The error is a usage error.
pub fn sections(name: Option<&str>) -> std::result::Result<Vec<Section<'static>>, String> {
    name.map_or_else(|| Ok(story::story()), story::part)
}

/// Shows command lines with their output. On a terminal a shell follows, where the reader goes on.
pub fn run(sections: &[Section]) -> Result<()> {
    say("building the plugins");
    let programs = plugins::build(&plugin_names())?;
    let cluster = start()?;
    let path = search_path(&cluster, &programs)?;
    for section in sections {
        print(&format!("\n# {}\n", section.heading))?;
        for line in &section.lines {
            show(&cluster, &path, line)?;
        }
    }
    if stdin().is_terminal() && stdout().is_terminal() {
        go_on(&cluster, &path)?;
    }
    Ok(())
}

/// Returns the names of the plugins that it shows: all of them.
pub fn plugin_names() -> BTreeSet<String> {
    story::plugins().into_iter().map(str::to_owned).collect()
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

/// The folders of the plugins, with what completes them, and of kubectl before all others.
fn search_path(cluster: &Cluster, programs: &[PathBuf]) -> Result<OsString> {
    let plugins = cluster.data_dir().join("plugins");
    plugins::link(programs, &plugins)?;
    let mut folders = vec![plugins, cluster.programs_dir().to_owned()];
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).context(|| "cannot make a PATH with the plugins".into())
}

/// A command that uses the cluster, and whatever colours and width the terminal has.
fn command(cluster: &Cluster, path: &OsString, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", path).env("KUBECONFIG", cluster.kubeconfig_path());
    // What ns-switch remembers of a cluster that is gone soon is none of the user's.
    command.env("XDG_STATE_HOME", cluster.data_dir().join("state"));
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    command
}

fn show(cluster: &Cluster, path: &OsString, line: &str) -> Result<()> {
    print(&format!("\n$ {line}\n"))?;
    let mut shell = command(cluster, path, "/bin/sh");
    // Its manifests are named as from the top of the clone.
    if let Some(top) = plugins::clone()?.ancestors().find(|folder| folder.join("examples").is_dir()) {
        shell.current_dir(top);
    }
    let status = shell.args(["-c", line]).status().context(|| format!("cannot run {line}"))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => print(&format!("(exit status {code})\n")),
        None => Err(Error::new(format!("{line} was killed"))),
    }
}

fn go_on(cluster: &Cluster, path: &OsString) -> Result<()> {
    let program = env::var("SHELL").unwrap_or_else(|_| "/bin/sh".to_owned());
    print(TO_TRY)?;
    let mut command = command(cluster, path, &program);
    shell::prepare(&mut command, program.as_ref(), &cluster.data_dir().join("shell"), path)?;
    command.status().context(|| format!("cannot start {program}")).map(drop)
}
