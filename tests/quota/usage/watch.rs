//! `usage --watch`: the table, then what changes.

use serde_json::json;
use support::{Terminal, fresh_namespace, keys};

use crate::support::{administrator, enforced_quota, write_status};

#[test]
fn changes_are_told_with_their_difference_until_interrupted() {
    let namespace = fresh_namespace("watched");
    enforced_quota(&namespace, "q", &json!({"pods": "10", "requests.cpu": "2"}));
    write_status(&namespace, "q", &json!({"used": {"requests.cpu": "1100m"}}));
    let env = administrator();
    let mut terminal = Terminal::start(&env, "kubectl", ["quota", "-n", &namespace, "--watch"], (40, 200));
    terminal.wait_for("requests.cpu");
    write_status(&namespace, "q", &json!({"used": {"requests.cpu": "1900m"}}));
    terminal.wait_for("used +800m, state Ok -> Crit");
    write_status(&namespace, "q", &json!({"used": {"requests.cpu": "1300m", "pods": "3"}}));
    let screen = terminal.wait_for("used -600m, state Crit -> Ok");
    assert!(screen.contains("used +3"), "{screen}");
    support::cluster()
        .api()
        .delete(&format!("/api/v1/namespaces/{namespace}/resourcequotas/q"))
        .expect("a deletion");
    let screen = terminal.wait_for("gone");
    let column = screen.lines().find_map(|line| line.find("STATE")).expect("a header");
    let states = screen.lines().filter(|line| line.starts_with("q ")).map(|line| &line[column..]);
    let states: Vec<&str> = states.map(|state| state.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(states[..4], ["Ok", "Ok", "Crit", "Ok"], "{screen}");
    terminal.send(keys::CONTROL_C);
    let (status, screen) = terminal.wait();
    assert_eq!(status, 130, "{screen}");
    assert!(!screen.contains("error"), "{screen}");
}

#[test]
fn changes_are_lines_of_json_for_programs() {
    let namespace = fresh_namespace("streamed");
    enforced_quota(&namespace, "q", &json!({"pods": "10"}));
    let env = administrator();
    let words = ["quota", "-n", &namespace, "--watch", "-o", "json"];
    let mut terminal = Terminal::start(&env, "kubectl", words, (60, 400));
    terminal.wait_for("\"change\": \"new\"");
    write_status(&namespace, "q", &json!({"used": {"pods": "4"}}));
    let screen = terminal.wait_for("\"change\": \"used +4\"");
    terminal.send(keys::CONTROL_C);
    let (status, _) = terminal.wait();
    assert_eq!(status, 130);
    for line in screen.lines().map(str::trim).filter(|line| line.starts_with('{')) {
        let change: serde_json::Value = serde_json::from_str(line).expect("an object a line");
        assert_eq!((&change["namespace"], &change["resource"]), (&json!(namespace), &json!("pods")));
        assert!(change["time"].as_str().is_some_and(|time| time.ends_with('Z')), "{line}");
    }
}
