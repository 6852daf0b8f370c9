//! `annotate` guided on a terminal.

use ::support::{Terminal, cluster, fresh_namespace, keys};
use serde_json::json;

use crate::{
    support::{ARN, administrator},
    textbook::{annotations, create_textbook, full, textbook},
};

const SIZE: (u16, u16) = (60, 200);

fn start(namespace: &str, words: &[&str]) -> Terminal {
    let all = [&["annotate", "-n", namespace, "--region", "us-east-1"], words].concat();
    Terminal::start(&administrator(), "kubectl-elb_tls", all, SIZE)
}

/// Answers a question of which this is the beginning.
fn answer(terminal: &mut Terminal, question: &str, keys: &str) {
    terminal.wait_for_prompt(question);
    terminal.send(keys);
}

#[test]
fn the_textbook_case_is_a_few_answers() {
    let namespace = fresh_namespace("guided");
    create_textbook(&namespace, &[]);
    let mut other = textbook(&namespace);
    other["metadata"]["name"] = "another".into();
    cluster().api().create(&other).expect("a Service");
    let mut terminal = start(&namespace, &[]);
    answer(&mut terminal, "Service", "hello\r");
    // What a rule refuses is asked for again, in the words of the rule.
    answer(&mut terminal, "Certificate (ARN of ACM or IAM; empty for plaintext)", "web\r");
    terminal.wait_for_prompt("ELB-ARN-001");
    terminal.send(&format!("{}{ARN}\r", keys::BACKSPACE.repeat(3)));
    answer(&mut terminal, "TLS ports (of 80/http, 443/https; all for all): 443", keys::ENTER);
    let up = format!("{}{}{}", keys::UP, keys::UP, keys::ENTER);
    let screen = terminal.wait_for_prompt("Protocol between load balancer and pods");
    assert!(screen.contains("tcp (in force; bytes)"), "{screen}");
    terminal.send(&up);
    answer(&mut terminal, "Security policy", keys::ENTER);
    answer(&mut terminal, "Connection draining (seconds, or off): off", "\x7f\x7f\x7f60\r");
    answer(&mut terminal, "Idle timeout (seconds): 60", keys::ENTER);
    answer(&mut terminal, "Send the PROXY protocol", keys::ENTER);
    answer(
        &mut terminal,
        "Tags of the AWS resources (KEY=VALUE,…; empty for none)",
        "environment=dev,app=helloworld\r",
    );
    let screen =
        terminal.wait_for_prompt(&format!("Write this to service/helloworld in namespace {namespace}?"));
    assert_eq!(annotations(&namespace), json!({}), "nothing is written before the answer");
    assert!(screen.contains("The same without questions:"), "{screen}");
    terminal.send("y");
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(screen.contains("service/helloworld annotated"), "{screen}");
    let expected = json!({
        full("ssl-cert"): ARN,
        full("backend-protocol"): "http",
        full("ssl-ports"): "443",
        full("connection-draining-enabled"): "true",
        full("connection-draining-timeout"): "60",
        full("additional-resource-tags"): "environment=dev,app=helloworld",
    });
    assert_eq!(annotations(&namespace), expected);

    // Enter keeps everything, and nothing is written.
    let mut terminal = start(&namespace, &["helloworld"]);
    for question in [
        "Certificate",
        "TLS ports (of 80/http, 443/https; all for all): 443",
        "Protocol between",
        "Security policy",
        "Connection draining (seconds, or off): 60",
        "Idle timeout",
        "Send the PROXY protocol",
        "Tags of the AWS resources (KEY=VALUE,…; empty for none): environment=dev",
    ] {
        answer(&mut terminal, question, keys::ENTER);
    }
    let (status, screen) = terminal.wait();
    assert_eq!(status, 0, "{screen}");
    assert!(screen.contains("service/helloworld unchanged"), "{screen}");
    assert_eq!(annotations(&namespace), expected);
}

#[test]
fn ctrl_c_and_no_write_nothing() {
    let namespace = fresh_namespace("guided");
    create_textbook(&namespace, &[]);
    for steps in 0..4 {
        let mut terminal = start(&namespace, &["helloworld"]);
        let answers = [
            ("Certificate", format!("{ARN}\r")),
            ("TLS ports", keys::ENTER.to_owned()),
            ("Protocol between", keys::ENTER.to_owned()),
            ("Security policy", keys::ENTER.to_owned()),
        ];
        for (number, (question, keys)) in answers.iter().enumerate().take(steps + 1) {
            let keys = if number == steps { keys::CONTROL_C } else { keys };
            answer(&mut terminal, question, keys);
        }
        let (status, screen) = terminal.wait();
        assert_eq!(status, 130, "{screen}");
        assert!(!terminal.hides_cursor());
    }
    let mut terminal = start(&namespace, &["--idle-timeout", "90"]);
    answer(&mut terminal, "Service", keys::ENTER);
    answer(&mut terminal, "Write this to service/helloworld", "n");
    assert_eq!(terminal.wait().0, 130);
    assert_eq!(annotations(&namespace), json!({}));
}

#[test]
fn a_service_of_another_tool_is_refused_before_anything_is_asked() {
    let namespace = fresh_namespace("guided");
    let mut service = textbook(&namespace);
    service["metadata"]["labels"]["kustomize.toolkit.fluxcd.io/name"] = "apps".into();
    cluster().api().create(&service).expect("a Service");
    let (status, screen) = start(&namespace, &["helloworld"]).wait();
    assert_eq!(status, 5, "{screen}");
    assert!(screen.contains("it is managed by Flux, Kustomization apps"), "{screen}");
}
