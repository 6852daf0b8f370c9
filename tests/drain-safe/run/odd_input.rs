//! Words, folders and files that are not as they should be.

use std::{fs, io::Write as _};

use rustix::process::Signal;
use serde_json::Value;

use super::setting::{Setting, outcomes};

#[test]
fn numbers_of_nodes_that_there_cannot_be() {
    let setting = Setting::new("odd-numbers");
    for wrong in ["0", "150%", "0%", "-1", "many"] {
        let flag = format!("--max-parallel={wrong}");
        let output = setting.drain(&[&flag]).exits(2);
        let said = format!("`{wrong}` is not a number of nodes from 1, or a share such as 25%");
        assert!(output.stderr.contains(&said), "{output}");
        assert_eq!(output.stdout, "", "{output}");
    }
    let output = setting.drain(&["--max-per-zone=0"]).exits(2);
    assert!(output.stderr.contains("--max-per-zone"), "{output}");
    assert!(!setting.is_cordoned(1));
}

#[test]
fn a_run_that_there_is_not() {
    let setting = Setting::new("odd-run");
    for command in ["resume", "undo"] {
        let output = setting.run(&[command, "20200101-000000-0000", "--yes"]).exits(1);
        let said = "no run and no node of a run is called 20200101-000000-0000";
        assert!(output.stderr.contains(said), "{output}");
        assert!(output.stderr.contains("`kubectl drain-safe status` shows the runs"), "{output}");
    }
}

#[test]
fn a_drain_without_a_state_folder_keeps_no_journal_and_says_so() {
    let mut setting = Setting::new("odd-state");
    setting.deploy_ready("web", 2);
    setting.add_node();
    // A file where the folder should be: root may write everywhere else.
    let file = setting.env.file("state", "").display().to_string();
    setting.env = setting.env.variable("XDG_STATE_HOME", &file);
    let output = setting.drain(&["-o", "json"]).exits(0);
    let result = output.json();
    assert_eq!(outcomes(&result), ["Evicted"; 2], "{output}");
    assert_eq!(result["journal"], Value::Null, "{output}");
    assert!(output.stderr.contains(&format!("no journal is kept: {file}")), "{output}");
    // The cluster knows the run all the same.
    let run = setting.run_of(1).expect("a run");
    let output = setting.run(&["undo", &run, "--yes"]).exits(0);
    assert_eq!(output.stdout, format!("node/{} uncordoned\n", setting.node(1)), "{output}");
}

#[test]
fn a_journal_that_was_cut_in_a_line_is_gone_on_with() {
    let setting = Setting::new("odd-journal");
    setting.held_budget();
    let mut running = setting.drain_command(&[]).start();
    setting.wait_cordoned();
    running.signal(Signal::KILL);
    running.wait();
    let run = setting.run_of(1).expect("a run");
    let path = setting.env.home().join(format!(".local/state/kubectl-drain-safe/{run}/journal.jsonl"));
    let mut file = fs::OpenOptions::new().append(true).open(&path).expect("a journal");
    file.write_all(b"{\"at\":\"2026-11-30T10:0").expect("a cut line");
    drop(file);
    setting.release_budget();
    let output = setting.run(&["resume", &run, "--yes"]).exits(0);
    let journal = fs::read_to_string(&path).expect("a journal");
    let lines: Vec<Option<Value>> = journal.lines().map(|line| serde_json::from_str(line).ok()).collect();
    let cut = lines.iter().position(Option::is_none).unwrap_or_else(|| panic!("{journal}"));
    assert_eq!(lines.iter().filter(|line| line.is_none()).count(), 1, "{journal}");
    let after: Vec<&Value> = lines[cut + 1..].iter().flatten().collect();
    assert_eq!(after.first().map(|line| &line["event"]), Some(&Value::from("Start")), "{output}\n{journal}");
    assert_eq!(after.last().map(|line| &line["event"]), Some(&Value::from("End")), "{output}\n{journal}");
}

#[test]
fn no_node_is_named_or_selected() {
    let setting = Setting::new("odd-nodes");
    let output = setting.run(&["--yes"]).exits(2);
    assert_eq!(output.stderr, "error: which nodes?\nhint: name them, or select them with -l or --zone\n");
    let output = setting.run(&["no-such-node", "--yes"]).exits(1);
    assert!(output.stderr.contains("no-such-node"), "{output}");
    for words in [vec!["-l", "pool=none"], vec!["rolling", "-l", "pool=none"]] {
        let output = setting.run(&[words.as_slice(), &["--yes"]].concat()).exits(0);
        assert!(output.stderr.contains("no node matches"), "{output}");
    }
}
