//! Terminals of 80 and of 200 columns.

use serde_json::json;
use support::{Terminal, TestEnv, fresh_namespace};

use crate::{
    objects::list,
    support::{QUOTA, administrator, enforced_quota, without_cluster, write_status},
};

#[test]
fn tables_of_other_commands_keep_within_a_narrow_terminal() {
    let env = without_cluster();
    let namespace = "a-long-namespace";
    let labels = json!({"app": "web"});
    let name = "a-workload-with-a-name";
    let web = json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": name, "namespace": namespace},
        "spec": {"replicas": 3, "selector": {"matchLabels": labels}, "template": {
            "metadata": {"labels": labels},
            "spec": {"containers": [{"name": "app", "image": "app", "resources": {"requests": {"cpu": "1500m"}}}]},
        }},
    });
    let hard = json!({"requests.cpu": "2500m", "pods": "9"});
    let quota = json!({
        "apiVersion": "v1", "kind": "ResourceQuota",
        "metadata": {"name": "a-quota-with-a-rather-long-name", "namespace": namespace},
        "spec": {"hard": hard}, "status": {"hard": hard, "used": {"requests.cpu": "1500m", "pods": "1"}},
    });
    let owner =
        json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "name": name, "uid": "u", "controller": true});
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": format!("{name}-0"), "namespace": namespace, "ownerReferences": [owner]},
    });
    pod["spec"] = web["spec"]["template"]["spec"].clone();
    env.file("dump.json", list(&[web, quota, pod]).to_string());
    let of = format!("sts/{name}");
    for (command, header, status) in [("fits", "KIND", 0), ("rollout", "KIND", 3), ("explain", "QUOTA", 3)] {
        let words = [command, &of, "-n", namespace, "--from", "dump.json"];
        let mut terminal = Terminal::start(&env, QUOTA, words, (60, 80));
        let (ended, screen) = terminal.wait();
        assert_eq!(ended, status, "{command}\n{screen}");
        // A line that is too long would go on in the next one, so that there is no row below the header.
        let lines: Vec<&str> = screen.lines().map(str::trim_end).collect();
        let start = lines.iter().position(|line| line.starts_with(header)).expect("a table");
        let columns = |line: &str| line.split("   ").filter(|cell| !cell.is_empty()).count();
        assert_eq!(columns(lines[start]), columns(lines[start + 1]), "{command}\n{screen}");
        assert!(screen.contains("left out on this terminal: "), "{command}\n{screen}");
    }
}

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
            "  compute-quota limits.nvidia.com/gpu: never enforced: Kubernetes does not count",
            "    limits.nvidia.com/gpu; use requests.nvidia.com/gpu",
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
