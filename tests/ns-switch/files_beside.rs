//! Kubeconfig files beside ours, which the settings name: listed, told apart, entered in a shell.

use std::time::Instant;

use support::{Terminal, TestEnv, keys};

use crate::support::{NS_SWITCH, THREE, config, expect, run, with};

const SETTINGS: &str = "[kubeconfigs]\npaths = [\"~/.kube/configs/*\"]\n";

fn kubeconfig(context: &str) -> String {
    format!(
        "clusters: [{{name: c, cluster: {{server: 'https://127.0.0.1:7'}}}}]\ncontexts: [{{name: {context}, context: {{cluster: c, namespace: web}}}}]\ncurrent-context: {context}\n"
    )
}

fn beside() -> TestEnv {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", SETTINGS);
    env.file(".kube/configs/eu.yaml", kubeconfig("prod"));
    env.file(".kube/configs/us.yaml", kubeconfig("prod"));
    env.file(".kube/configs/lab.yaml", kubeconfig("lab"));
    env.file(".kube/configs/notes.txt", "no: [kubeconfig\n");
    env
}

#[test]
fn they_are_listed_and_told_apart_by_their_files() {
    let env = beside();
    let (status, stdout, stderr) = run(&env, &["contexts", "-o", "wide"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    let names: Vec<_> =
        stdout.lines().skip(1).map(|line| line.trim_start_matches('*').trim_start()).collect();
    for shown in ["lab (lab.yaml) ", "prod (eu.yaml) ", "prod (us.yaml) ", "alpha "] {
        assert_eq!(names.iter().filter(|line| line.starts_with(shown)).count(), 1, "{shown}: {stdout}");
    }
    let (_, json, _) = run(&env, &["contexts", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let files: Vec<_> = document["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["name"] == "prod")
        .map(|one| one["file"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(files.len(), 2);
    assert!(files.iter().any(|file| file.ends_with("/.kube/configs/eu.yaml")), "{files:?}");
    // Names for scripts are those that can be switched to.
    expect(&env, &["contexts", "-o", "name"], 0, "alpha\nbeta\ngamma\n", "");
}

#[test]
fn they_are_entered_in_a_shell_of_their_own() {
    let env = beside();
    let inside = |target: &str| {
        run(
            &env,
            &[
                "shell",
                target,
                "--force",
                "--",
                "sh",
                "-c",
                "echo $KUBECONFIG; kubectl-ns_switch contexts -c; kubectl-ns_switch -c",
            ],
        )
    };
    let (status, stdout, stderr) = inside("lab/shop");
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!((status, &lines[1..]), (0, &["lab", "shop"][..]), "{stderr}");
    let lab = env.home().join(".kube/configs/lab.yaml");
    assert!(lines[0].ends_with(&format!(":{}", lab.display())), "{stdout}");
    assert_eq!(std::fs::read_to_string(&lab).unwrap(), kubeconfig("lab"), "the file stays as it is");
    assert_eq!(config(&env), THREE);
    let (status, stdout, stderr) = inside("prod");
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("error: several files have a context \"prod\": "), "{stderr}");
    assert!(stderr.ends_with("hint: name one of them with --kubeconfig\n"), "{stderr}");
    let (status, stdout, stderr) = run(&env, &["use", "lab"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    let hint = format!("hint: {} has it: `kubectl ns-switch shell lab` enters it\n", lab.display());
    assert!(stderr.ends_with(&hint), "{stderr}");
}

#[test]
fn they_are_picked_beside_the_others() {
    let env = beside().variable("SHELL", "/bin/sh");
    let mut terminal = Terminal::start(&env, NS_SWITCH, ["use"], (24, 100));
    let screen = terminal.wait_for_prompt("Context");
    assert!(screen.contains("prod (us.yaml)"), "{screen}");
    terminal.send(&format!("us.yaml{}", keys::ENTER));
    terminal.wait_until("a shell", |screen| screen.contains("$ ") || screen.contains("# "));
    terminal.send("kubectl-ns_switch contexts -c && exit 7\r");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 7, "{screen}");
    assert!(screen.contains("prod"), "{screen}");
    assert_eq!(config(&env), THREE);
}

#[test]
#[expect(clippy::print_stdout, reason = "the time is for whoever ran it")]
fn a_thousand_files_are_listed() {
    let env = with(THREE);
    env.file(".config/kubectl-ns-switch/config.toml", SETTINGS);
    for number in 0..1000 {
        env.file(&format!(".kube/configs/{number}.yaml"), kubeconfig(&format!("c{number}")));
    }
    let started = Instant::now();
    let (status, stdout, stderr) = run(&env, &["contexts"]);
    println!("1,000 files, unoptimized: {:?}", started.elapsed());
    assert_eq!((status, stderr.as_str(), stdout.lines().count()), (0, "", 1004));
}
