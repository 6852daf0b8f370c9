//! `cargo demo` shows its command lines through a real kubectl, on a real control plane. The plugin is a script here,
//! so that the test does not wait for a build; what plugins print is theirs to test.

use cluster::Programs;
use std::fs;
use std::path::Path;
use support::{Terminal, TestEnv, executable, has_tool};

const COMMANDS: &str = include_str!("../../example/commands.txt");

/// An environment in which `cargo` has just built a plugin that prints its arguments and looks into the cluster.
fn environment() -> TestEnv {
    let programs = Programs::find_or_build().unwrap();
    let env = TestEnv::new().variable("KUBEBUILDER_ASSETS", programs.folder());
    env.script(
        "built/kubectl-quota",
        "#!/bin/sh\necho \"quota called with: $*\"\nkubectl config view --minify -o 'jsonpath={..namespace}{\"\\n\"}'\nkubectl get deployments -A --no-headers | wc -l\nexit 3\n",
    );
    env.script("built/kubectl-ns_switch", "#!/bin/sh\necho \"ns-switch called with: $*\"\n");
    env.script("built/kubectl-drain_safe", "#!/bin/sh\necho \"drain-safe called with: $*\"\n");
    env.script("built/kubectl-elb_tls", "#!/bin/sh\necho \"elb-tls called with: $*\"\n");
    // What cargo leaves beside them, and what the clone has for shells, is nothing that kubectl should take for a plugin.
    env.file("built/kubectl-quota.d", "");
    env.file("clone/completions/kubectl-quota.bash", "");
    let built = ["quota", "ns_switch", "drain_safe", "elb_tls"].map(|name| {
        let program = env.home().join(format!("built/kubectl-{name}"));
        format!("{{\"reason\":\"compiler-artifact\",\"executable\":\"{}\"}}", program.display())
    });
    let messages = built.join("\n");
    let cargo = env.script(
        "cargo",
        &format!(
            "#!/bin/sh\necho \"$*\" >> '{home}/asked'\nenv > '{home}/told'\npwd > '{home}/where'\necho '{messages}'\n",
            home = env.home().display()
        ),
    );
    // A clone that this program was not compiled in.
    let clone = env.file("clone/Cargo.toml", "").parent().unwrap().to_owned();
    let env = env.variable("CARGO_MANIFEST_DIR", clone).variable("CARGO_PKG_NAME", "cluster");
    env.variable("CARGO", cargo).variable("SHELL", "/bin/sh").program(executable("cluster"))
}

#[test]
fn every_command_line_stands_before_its_output() {
    let env = environment();
    let output = env.command("cluster", ["demo"]).limit(std::time::Duration::from_secs(300)).run().success();
    let lines: Vec<_> = COMMANDS.lines().filter(|line| line.starts_with("kubectl quota")).collect();
    assert!(lines.len() >= 4);
    let mut rest = output.stdout.as_str();
    for plugin in ["ns-switch", "drain-safe", "elb-tls"] {
        let prefix = format!("kubectl {plugin} ");
        let shown: Vec<_> = COMMANDS.lines().filter_map(|line| line.strip_prefix(&prefix)).collect();
        assert!(!shown.is_empty(), "{plugin} is not shown");
        for arguments in shown {
            let block = format!("\n$ {prefix}{arguments}\n{plugin} called with: {arguments}\n");
            assert!(output.stdout.contains(&block), "no {block:?}\n{output}");
        }
    }
    for line in lines {
        let arguments = line.strip_prefix("kubectl quota ").unwrap();
        let block = format!("\n$ {line}\nquota called with: {arguments}\nshop\n");
        let (_, after) = rest.split_once(&block).unwrap_or_else(|| panic!("no {block:?}\n{output}"));
        rest = after;
    }
    assert_eq!(rest.lines().nth(1), Some("(exit status 3)"), "{output}");
    let asked = fs::read_to_string(env.home().join("asked")).unwrap();
    assert!(asked.contains("build --bins") && asked.contains("--package kubectl-quota"), "{asked}");
    assert!(asked.contains("--package kubectl-ns-switch"), "{asked}");
    let told = fs::read_to_string(env.home().join("told")).unwrap();
    assert!(
        !told.contains("CARGO_PKG_") && !told.contains("CARGO_MANIFEST_"),
        "build scripts look at it\n{told}"
    );
    let place = fs::read_to_string(env.home().join("where")).unwrap();
    let clone = env.home().join("clone").canonicalize().unwrap();
    assert_eq!(place.trim(), clone.display().to_string(), "cargo builds what is run, not what was compiled");
    assert!(output.stderr.contains("loading the example team"), "{output}");
}

#[test]
fn one_plugin_is_shown_alone() {
    let env = environment();
    let limit = std::time::Duration::from_secs(300);
    let output = env.command("cluster", ["demo", "drain-safe"]).limit(limit).run().success();
    let shown: Vec<_> = output.stdout.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    let besides = ["kubectl get node", "kubectl patch resourcequota", "kubectl scale deployment"];
    let is_part = |line: &&str| {
        line.starts_with("kubectl drain-safe ") || besides.iter().any(|begin| line.starts_with(begin))
    };
    assert!(shown.len() >= 5 && shown.iter().all(is_part), "{shown:?}");
    let asked = fs::read_to_string(env.home().join("asked")).unwrap();
    assert!(asked.contains("--package kubectl-quota"), "the shell has all four\n{asked}");
}

#[test]
fn a_plugin_that_is_not_there_is_a_usage_error() {
    let env = environment();
    for (name, meant) in [("quta", "; did you mean quota?"), ("helm", "")] {
        let output = env.run("cluster", ["demo", name]).exits(2);
        assert_eq!(output.stdout, "");
        let hint = "hint: name one of ns-switch, drain-safe, elb-tls, quota, or none for all";
        assert_eq!(output.stderr, format!("error: the demo has no plugin {name:?}{meant}\n{hint}\n"));
    }
    assert!(!env.home().join("asked").exists(), "nothing is built for that");
}

#[test]
fn the_shell_completes_the_plugins_and_says_where_one_is() {
    if !has_tool("zsh", Path::new("/usr/bin/zsh").exists()) {
        return;
    }
    let env = environment().variable("SHELL", "/usr/bin/zsh");
    env.script("clone/completions/kubectl_complete-quota", "#!/bin/sh\necho usage-of-all\necho :4\n");
    let mut terminal = Terminal::start(&env, "cluster", ["demo", "elb-tls"], (50, 120));
    // The plugin is a script that prints its arguments.
    terminal.wait_for("(demo ns-switch called with: -c) ");
    terminal.send("kubectl quota us\t");
    terminal.wait_for("kubectl quota usage-of-all");
    terminal.send("\u{15}exit\r");
    assert_eq!(terminal.wait().0, 0);
}

/// With the package bash-completion or without it.
#[test]
fn bash_completes_the_plugins_too() {
    let env = environment().variable("SHELL", "/bin/bash");
    env.script(
        "clone/completions/kubectl_complete-quota",
        "#!/bin/sh\nfor word; do printf '[%s]' \"$word\" >> \"$HOME/words\"; done\necho all-of-it\necho :4\n",
    );
    let mut terminal = Terminal::start(&env, "cluster", ["demo", "elb-tls"], (50, 120));
    terminal.wait_for("kubectl quota fits -A ");
    terminal.wait_for("(demo ns-switch called with: -c) ");
    terminal.send("kubectl quota usage --sort=al\t");
    terminal.wait_for("kubectl quota usage --sort=all-of-it");
    terminal.send("\u{15}exit\r");
    assert_eq!(terminal.wait().0, 0);
    // The word is whole, though bash divides words at `=`.
    assert_eq!(fs::read_to_string(env.home().join("words")).unwrap(), "[usage][--sort=al]");
}

#[test]
fn help_is_no_mistake() {
    let env = environment();
    for words in [&["demo", "--help"][..], &["demo", "-h"], &["up", "--help"], &["--help"]] {
        let output = env.run("cluster", words).success();
        assert!(output.stdout.starts_with("Usage: cargo cluster COMMAND\n"), "{output}");
        assert_eq!(output.stderr, "");
    }
}

#[test]
fn on_a_terminal_a_shell_follows_that_uses_the_cluster() {
    let env = environment();
    let mut terminal = Terminal::start(&env, "cluster", ["demo"], (50, 120));
    terminal.wait_for("Leaving it stops the control plane.");
    // A prompt may stand before what is printed: the shell need not read before the keys come.
    terminal.send("echo nodes=$(kubectl get nodes --no-headers | wc -l) config=$KUBECONFIG.\r");
    let screen = terminal.wait_until("the answer", |screen| screen.contains("nodes=6 config=/"));
    let folder = screen.split("nodes=6 config=").nth(1).unwrap().split("/admin.kubeconfig.").next().unwrap();
    assert!(Path::new(folder).exists());
    // Four plugins, and no warning about what else lies around.
    terminal.send("clear; kubectl plugin list 2>&1 | sed 's/[^ ]*kubectl-/=/'; echo status=$?.\r");
    let screen = terminal.wait_until("the plugins", |screen| screen.contains("status=0."));
    let listed: Vec<_> = screen.lines().filter(|line| line.trim_start().starts_with('=')).collect();
    assert_eq!(listed, ["=drain_safe", "=elb_tls", "=ns_switch", "=quota"], "{screen}");
    assert!(!screen.contains("warning"), "{screen}");
    terminal.send("exit\r");
    assert_eq!(terminal.wait().0, 0);
    assert!(!Path::new(folder).exists(), "the control plane ended with the shell");
}
