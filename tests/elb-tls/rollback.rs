//! `rollback` on a real control plane: what annotate wrote is undone, and nothing else.

use ::support::{Output, TestEnv, cluster, fresh_namespace};
use serde_json::json;

use crate::{
    support::administrator,
    textbook::{annotations, create_textbook, full, path},
};

fn run(env: &TestEnv, verb: &str, namespace: &str, words: &[&str]) -> Output {
    env.run("kubectl", [&["elb-tls", verb, "-n", namespace, "helloworld"], words].concat())
}

#[test]
fn the_newest_change_or_all_since_one_are_undone() {
    let namespace = fresh_namespace("rollback");
    create_textbook(&namespace, &[("proxy-protocol", "*")]);
    let env = administrator();
    let said = "error: no change of service/helloworld is recorded\nhint: changes are recorded for the user and on the machine where annotate makes them\n";
    for flag in ["--yes", "--list"] {
        let output = run(&env, "rollback", &namespace, &[flag]).exits(1);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", said));
    }

    for seconds in ["60", "90"] {
        run(&env, "annotate", &namespace, &["--idle-timeout", seconds, "--yes"]).exits(0);
    }
    run(&env, "annotate", &namespace, &["--unset", "proxy-protocol", "--yes"]).exits(0);
    let listed = run(&env, "rollback", &namespace, &["--list"]).exits(0).stdout;
    let rows: Vec<Vec<&str>> = listed.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["NUMBER", "TIME", "KEY", "BEFORE", "AFTER"]);
    let idle = full("connection-idle-timeout");
    let proxy = full("proxy-protocol");
    let tails: Vec<_> = rows[1..].iter().map(|row| (row[0], row[2], row[3], row[4])).collect();
    assert_eq!(tails, [("3", &*proxy, "*", "-"), ("2", &*idle, "60", "90"), ("1", &*idle, "-", "60")]);

    let output = run(&env, "rollback", &namespace, &["--yes"]).exits(0);
    assert_eq!(output.stdout, "service/helloworld rolled back\n");
    assert_eq!(annotations(&namespace), json!({idle.clone(): "90", proxy.clone(): "*"}));
    run(&env, "rollback", &namespace, &["--to", "1", "--yes"]).exits(0);
    assert_eq!(annotations(&namespace), json!({proxy: "*"}));
    let output = run(&env, "rollback", &namespace, &["--to", "9", "--yes"]).exits(1);
    assert!(output.stderr.starts_with("error: no change 9 of service/helloworld is recorded\n"), "{output}");
}

#[test]
fn what_somebody_else_has_changed_since_stays_unless_told_otherwise() {
    let namespace = fresh_namespace("rollback");
    create_textbook(&namespace, &[]);
    let env = administrator();
    run(&env, "annotate", &namespace, &["--idle-timeout", "60", "--yes"]).exits(0);
    let idle = full("connection-idle-timeout");
    let patch = json!({"metadata": {"annotations": {idle.clone(): "75", "example.com/x": "y"}}});
    cluster().api().merge_patch(&path(&namespace), &patch).expect("a patch");
    let output = run(&env, "rollback", &namespace, &["--yes"]).exits(5);
    assert_eq!(output.stdout, "");
    let lines: Vec<String> =
        output.stderr.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines,
        [
            "KEY WAS OURS NOW",
            &format!("{idle} - 60 75"),
            "error: service/helloworld was not rolled back: annotations have been changed since",
            "hint: put the old values back all the same with --force-conflicts",
        ]
    );
    run(&env, "rollback", &namespace, &["--force-conflicts", "--yes"]).exits(0);
    assert_eq!(annotations(&namespace), json!({"example.com/x": "y"}));
}

#[test]
fn a_journal_that_cannot_be_written_is_a_warning_with_the_way_back() {
    let namespace = fresh_namespace("rollback");
    create_textbook(&namespace, &[("connection-idle-timeout", "30")]);
    let env = administrator();
    let env = env.variable("XDG_STATE_HOME", "/dev/null");
    let output =
        run(&env, "annotate", &namespace, &["--idle-timeout", "60", "--force-conflicts", "--yes"]).exits(0);
    let way = format!(
        "To go back:\n  kubectl elb-tls annotate helloworld -n {namespace} --set {}=30\n",
        full("connection-idle-timeout")
    );
    assert!(output.stderr.contains(&way), "{output}");
    assert_eq!(annotations(&namespace), json!({full("connection-idle-timeout"): "60"}));
}
