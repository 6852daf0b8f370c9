//! Guided on a terminal.

use serde_json::{Value, json};
use support::{Terminal, cluster, fresh_namespace, keys};

use crate::objects::service;
use crate::support::{administrator, enforced_quota};

const SIZE: (u16, u16) = (80, 160);

fn start(words: &[&str]) -> Terminal {
    Terminal::start(&administrator(), "kubectl-quota", [&["create"], words].concat(), SIZE)
}

fn list(namespace: &str, plural: &str) -> Vec<Value> {
    let list = cluster().api().get(&format!("/api/v1/namespaces/{namespace}/{plural}")).expect("a list");
    list["items"].as_array().cloned().expect("items")
}

/// Answers a question of which this is the beginning.
fn answer(terminal: &mut Terminal, question: &str, keys: &str) {
    terminal.wait_for_prompt(question);
    terminal.send(keys);
}

#[test]
fn answers_become_a_quota_and_defaults() {
    let namespace = fresh_namespace("guided");
    let api = cluster().api();
    let service = service(&namespace, "web", "LoadBalancer");
    api.create(&service).expect("a service");
    let mut terminal = start(&[]);
    answer(&mut terminal, "Namespace", &format!("{namespace}\r"));
    answer(&mut terminal, "Team size", keys::ENTER);
    answer(&mut terminal, "limits.cpu (in use 0; empty for no limit)", keys::ENTER);
    answer(&mut terminal, "limits.memory (in use 0;", keys::ENTER);
    // What is no quantity is asked for again, in the server's words.
    answer(&mut terminal, "persistentvolumeclaims (in use 0;", "x\r");
    terminal.wait_for_prompt("quantities must match");
    terminal.send(&format!("{}7\r", keys::BACKSPACE.repeat(2)));
    answer(&mut terminal, "pods (in use 0;", keys::ENTER);
    answer(&mut terminal, "requests.cpu (in use 0;", "\x7f3\r");
    answer(&mut terminal, "requests.memory (in use 0;", keys::ENTER);
    answer(&mut terminal, "requests.storage (in use 0;", &format!("{}\r", keys::BACKSPACE.repeat(4)));
    answer(&mut terminal, "services.loadbalancers (in use 1;", keys::ENTER);
    for question in ["request of cpu", "request of memory", "limit of cpu", "limit of memory"] {
        answer(&mut terminal, &format!("Default {question}"), keys::ENTER);
    }
    answer(&mut terminal, "Name of the quota", keys::ENTER);
    let screen = terminal.wait_for_prompt(&format!("Write this to namespace {namespace}?"));
    assert!(list(&namespace, "resourcequotas").is_empty(), "nothing is written before the answer");
    assert!(screen.contains("# in use 1"), "{screen}");
    terminal.send("y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(
        screen.contains("limitrange/quota created\n") && screen.contains("resourcequota/quota created\n"),
        "{screen}"
    );
    assert!(screen.contains("kubectl quota create quota -n"), "{screen}");
    assert_eq!(
        list(&namespace, "resourcequotas")[0]["spec"]["hard"],
        json!({
            "limits.cpu": "4", "limits.memory": "8Gi", "persistentvolumeclaims": "7", "pods": "20", "requests.cpu": "3",
            "requests.memory": "4Gi", "services.loadbalancers": "2",
        })
    );
    assert_eq!(
        list(&namespace, "limitranges")[0]["spec"]["limits"],
        json!([{"type": "Container", "default": {"cpu": "200m", "memory": "512Mi"}, "defaultRequest": {"cpu": "100m", "memory": "256Mi"}}])
    );
}

#[test]
fn ctrl_c_at_any_question_writes_nothing() {
    let namespace = fresh_namespace("guided");
    for steps in [0, 1, 2, 10] {
        let mut terminal = start(&["q", "-n", &namespace]);
        answer(&mut terminal, "Team size", if steps > 0 { keys::ENTER } else { keys::CONTROL_C });
        let questions = [
            "limits.cpu",
            "limits.memory",
            "persistentvolumeclaims",
            "pods",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "services.loadbalancers",
            "Default request of cpu",
        ];
        for (number, question) in questions.iter().enumerate().take(steps) {
            let last = number + 1 == steps.min(questions.len());
            answer(&mut terminal, &format!("{question} ("), if last { keys::CONTROL_C } else { keys::ENTER });
        }
        let (status, screen) = terminal.wait();
        assert_eq!(status, 130, "{screen}");
        assert!(!terminal.hides_cursor());
    }
    for confirmation in ["n", keys::CONTROL_C] {
        let mut terminal = start(&["q", "-n", &namespace, "--hard", "pods=5"]);
        answer(&mut terminal, "Write this to namespace", confirmation);
        let (status, screen) = terminal.wait();
        assert_eq!(status, 130, "{screen}");
    }
    assert!(list(&namespace, "resourcequotas").is_empty());
    assert!(list(&namespace, "limitranges").is_empty());
}

#[test]
fn what_changed_since_it_was_shown_is_not_written_over() {
    let namespace = fresh_namespace("guided");
    enforced_quota(&namespace, "q", &json!({"pods": "5"}));
    let mut terminal = start(&["q", "-n", &namespace, "--hard", "pods=6"]);
    terminal.wait_for_prompt("Write this to namespace");
    let path = format!("/api/v1/namespaces/{namespace}/resourcequotas/q");
    cluster().api().merge_patch(&path, &json!({"spec": {"hard": {"pods": "7"}}})).expect("a change");
    terminal.send("y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 5, "{screen}");
    assert!(
        screen.contains("resourcequota/q has changed since it was shown and was not written"),
        "{screen}"
    );
    assert_eq!(list(&namespace, "resourcequotas")[0]["spec"]["hard"], json!({"pods": "7"}));

    // One that came into being meanwhile is somebody else's, too.
    let mut terminal = start(&["new", "-n", &namespace, "--hard", "pods=6"]);
    terminal.wait_for_prompt("Write this to namespace");
    enforced_quota(&namespace, "new", &json!({"pods": "8"}));
    terminal.send("y");
    assert_eq!(terminal.wait().0, 5);
}
