//! `usage --watch`: the table, then what changes.

use serde_json::json;
use support::{Terminal, fresh_namespace, keys};

use crate::setting::{administrator, enforced_quota, write_status};

#[test]
fn changes_are_told_with_their_difference_until_interrupted() {
    let namespace = fresh_namespace("watched");
    enforced_quota(&namespace, "q", &json!({"pods": "10", "requests.cpu": "2"}));
    let env = administrator();
    let mut terminal = Terminal::start(&env, "kubectl", ["quota", "-n", &namespace, "--watch"], (40, 200));
    terminal.wait_for("requests.cpu");
    write_status(&namespace, "q", &json!({"used": {"requests.cpu": "1900m"}}));
    terminal.wait_for("used +1900m, state Ok -> Crit");
    write_status(&namespace, "q", &json!({"used": {"requests.cpu": "400m", "pods": "3"}}));
    let screen = terminal.wait_for("used -1500m, state Crit -> Ok");
    assert!(screen.contains("used +3"), "{screen}");
    support::cluster()
        .api()
        .delete(&format!("/api/v1/namespaces/{namespace}/resourcequotas/q"))
        .expect("a deletion");
    let screen = terminal.wait_for("gone");
    let columns: Vec<_> =
        screen.lines().filter(|line| line.starts_with("q ")).map(|line| line.find("requests.cpu")).collect();
    assert!(columns.len() >= 4, "{screen}");
    terminal.send(keys::CONTROL_C);
    let (status, _) = terminal.wait();
    assert_eq!(status, 130);
}
