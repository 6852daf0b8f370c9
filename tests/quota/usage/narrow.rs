//! Terminals of 80 and of 200 columns.

use serde_json::json;
use support::{Terminal, TestEnv, fresh_namespace};

use crate::support::{administrator, enforced_quota, write_status};

/// What a command shows on a terminal of this width, once it has ended.
fn screen(env: &TestEnv, words: &[&str], columns: u16, status: i32) -> Vec<String> {
    let mut terminal = Terminal::start(env, "kubectl", words, (60, columns));
    let (ended, screen) = terminal.wait();
    assert_eq!(ended, status, "{screen}");
    screen.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_narrow_terminal_gets_whole_lines_and_reasons_below() {
    let namespace = fresh_namespace("a-namespace-with-a-long-name");
    let hard = json!({"requests.cpu": "4", "limits.nvidia.com/gpu": "4", "pods": "9"});
    enforced_quota(&namespace, "compute-quota", &hard);
    write_status(&namespace, "compute-quota", &json!({"used": {"requests.cpu": "3500m"}}));
    let env = administrator();
    let words = ["quota", "usage", "-n", &namespace];
    let wide = screen(&env, &words, 200, 0);
    assert!(wide[0].ends_with("STATE           REASON"), "{wide:#?}");
    let narrow = screen(&env, &words, 80, 0);
    assert_eq!(
        narrow,
        [
            "QUOTA           RESOURCE                USED    HARD   USE%   STATE",
            "compute-quota   limits.nvidia.com/gpu   -       4      -      NeverEnforced",
            "compute-quota   pods                    0       9      0%     Ok",
            "compute-quota   requests.cpu            3500m   4      87%    Warn",
            "left out on this terminal: REASON, FREE (-o wide shows all)",
            "  compute-quota limits.nvidia.com/gpu: never enforced: Kubernetes does not count limits.nvidia.com/gpu; use requests.nvidia.com/gpu",
        ]
    );

    write_status(&namespace, "compute-quota", &json!({"used": {"pods": "7"}}));
    let drift = screen(&env, &["quota", "verify", "compute-quota", "-n", &namespace], 80, 3);
    let table = drift.iter().take_while(|line| !line.starts_with("left out"));
    assert!(table.clone().all(|line| line.chars().count() <= 80), "{drift:#?}");
    assert_eq!(drift[0], "QUOTA           RESOURCE       RECORDED   RECOUNTED   DRIFT");
    assert!(
        drift.iter().any(|line| line.starts_with(&format!("  {namespace}/compute-quota pods: "))),
        "{drift:#?}"
    );
}
