//! A drain on a terminal: its questions, the table that is drawn again and again, Ctrl-C.

use std::{thread, time::Duration};

use serde_json::json;
use support::{FaultProxy, Reply, Terminal, cluster, keys};

use super::setting::{Setting, position};

/// How often a text is on the screen.
fn count(screen: &str, text: &str) -> usize {
    screen.matches(text).count()
}

#[test]
fn a_table_shows_what_is_waited_for_and_goes_away() {
    let mut setting = Setting::new("live");
    setting.env = setting.env.variable("NO_COLOR", "1");
    setting.held_budget();
    let node = setting.node(1);
    let mut terminal = setting.terminal(&[&node, "--yes"]);
    let screen = terminal.wait_until("a held pod", |screen| {
        screen.contains("WAITS FOR") && screen.contains("budget web needs 2 healthy pods")
    });
    let row =
        screen.lines().find(|line| line.starts_with(&node) && line.contains("draining")).expect("a row");
    assert!(row.contains("2 of 2"), "{screen}");
    assert_eq!((count(&screen, "FORECAST"), count(&screen, "WAITS FOR")), (1, 1), "{screen}");
    assert!(screen.contains(&format!("node/{node} cordoned")), "what scrolls stays above: {screen}");

    // Narrower: the rows are cut, and nothing of the wider table is left.
    terminal.resize(24, 44);
    let screen = terminal.wait_until("a narrow table", |screen| {
        screen.lines().any(|line| line.starts_with("POD ")) && screen.lines().any(|line| line.ends_with('…'))
    });
    assert_eq!((count(&screen, "STATE"), count(&screen, "WAITS FOR")), (1, 1), "{screen}");
    terminal.resize(24, 80);
    terminal.wait_for("budget web needs 2 healthy pods");
    setting.release_budget();
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert_eq!((count(&screen, "FORECAST"), count(&screen, "WAITS FOR")), (0, 0), "{screen}");
    assert!(screen.contains(&format!("node/{node} drained")), "{screen}");
    assert_eq!(count(&screen, "evicted after"), 2, "{screen}");
    let written = String::from_utf8(terminal.raw()).expect("UTF-8");
    let styled = written.split("\u{1b}[").skip(1).find(|code| {
        code.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';').starts_with('m')
    });
    assert_eq!(styled, None, "no colors");
}

/// Waits until a question is asked, and answers it.
fn answer(terminal: &mut Terminal, question: &str, keys: &str) {
    terminal.wait_for_prompt(question);
    terminal.send(keys);
}

#[test]
fn nothing_is_written_before_the_answer() {
    let setting = Setting::new("asked");
    setting.deploy_ready("web", 2);
    setting.add_node();
    let node = setting.node(1);
    let question = format!("Cordon {node} and evict 2 pods?");
    let mut terminal = setting.terminal(&[&node]);
    answer(&mut terminal, &question, "n");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert!(!setting.is_cordoned(1));
    assert_eq!(setting.on_node(1).len(), 2);

    let mut terminal = setting.terminal(&[&node]);
    answer(&mut terminal, &question, "y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(setting.is_cordoned(1));
    assert_eq!(setting.on_node(1), [""; 0]);
}

#[test]
fn a_plan_that_changes_before_the_answer_is_not_carried_out() {
    let setting = Setting::new("changes");
    setting.deploy_ready("web", 2);
    setting.add_node();
    let node = setting.node(1);
    let mut terminal = setting.terminal(&[&node]);
    terminal.wait_for_prompt("and evict 2 pods?");
    let gone = setting.on_node(1).remove(0);
    cluster().api().delete(&format!("{}/{gone}", setting.pods_path())).unwrap();
    cluster().api().wait_until_gone(&format!("{}/{gone}", setting.pods_path())).unwrap();
    setting.wait_ready("web", 2);
    terminal.send("y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 5, "{screen}");
    assert!(screen.contains("the plan has changed since it was shown, and nothing was done"), "{screen}");
    assert!(!setting.is_cordoned(1));
    assert_eq!(setting.holder(1), "");
}

#[test]
fn deleting_instead_of_evicting_wants_the_name_of_the_node() {
    let setting = Setting::new("typed");
    setting.deploy_ready("web", 2);
    setting.add_node();
    setting.budget("web", "web", &json!({"minAvailable": 2}));
    let node = setting.node(1);
    let question = format!("Type `{node}` to go on");
    let mut terminal = setting.terminal(&[&node, "--disable-eviction"]);
    answer(&mut terminal, "to go on", &format!("nobody{}", keys::ENTER));
    terminal.wait_for(&format!("that is not `{node}`"));
    terminal.send(keys::CONTROL_C);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert!(!setting.is_cordoned(1));

    let since = position();
    let mut terminal = setting.terminal(&[&node, "--disable-eviction"]);
    let screen = terminal.wait_for_prompt("to go on");
    // The terminal breaks the line.
    assert!(screen.replace('\n', "").contains(&question), "{screen}");
    terminal.send(&format!("{node}{}", keys::ENTER));
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert_eq!(setting.on_node(1), [""; 0]);
    assert_eq!(setting.asked(since), [], "deleted, against the budget");
}

#[test]
fn a_second_ctrl_c_ends_it_at_once() {
    let setting = Setting::new("twice");
    setting.deploy_ready("web", 1);
    setting.add_node();
    let proxy = FaultProxy::of(cluster());
    // An answer that is waited for after the first one.
    let late = Reply::status(500, "InternalError", "late").delay(Duration::from_secs(120));
    proxy.answer("POST", "/eviction", [late]);
    let node = setting.node(1);
    let mut terminal = setting.terminal(&[&node, "--yes", "-s", &proxy.url()]);
    while proxy.unused() > 0 {
        thread::sleep(Duration::from_millis(5));
    }
    // So is the node, when the last word is to be written on it.
    let late = Reply::status(500, "InternalError", "late").delay(Duration::from_secs(120));
    proxy.answer("GET", &format!("/nodes/{node}"), [late]);
    terminal.send(keys::CONTROL_C);
    terminal.wait_for("interrupted: no further pod is evicted, and the nodes stay cordoned");
    terminal.send(keys::CONTROL_C);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert_eq!(setting.state(1)["phase"], "Draining", "there was no time for a last word");
    assert!(setting.holder(1).contains(&setting.run_of(1).unwrap()), "nor to release the Lease");
    assert_eq!(setting.on_node(1).len(), 1);
    let output = setting.run(&["resume", "--yes", &node, "-o", "json"]).exits(0);
    assert_eq!(output.json()["nodes"][0]["state"], json!("Drained"), "{output}");
}
