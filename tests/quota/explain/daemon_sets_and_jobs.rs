//! DaemonSets, Jobs and CronJobs, refused and healed.

use serde_json::{Value, json};
use support::{cluster, fresh_namespace};

use super::{explain, fix, hurry, template, workload};
use crate::objects::{batch, cpu};
use crate::support::{administrator, create, enforced_quota, follow, on_a_node, pods, told, wait_for_status};

#[test]
fn a_daemon_set() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "none", &json!({"pods": "0"}));
    create(&on_a_node(&namespace, workload("DaemonSet", &namespace, "agent", 1, &cpu("1m"))));
    told(&namespace, "DaemonSet", "exceeded quota: none");
    let path = format!("/apis/apps/v1/namespaces/{namespace}/daemonsets/agent");
    let counted = |set: &Value| set["status"]["desiredNumberScheduled"] == 1;
    cluster().api().wait_for(&path, "a count", counted).expect("in time");

    let explained = explain(&env, &namespace, "ds/agent", 3);
    assert_eq!(explained["summary"], json!("DaemonSet agent: its pod is missing: would be refused now"));
    assert_eq!(explained["holders"], json!([]));
    let raise = fix(&explained, "kubectl patch resourcequota");
    follow(&env, raise);
    wait_for_status(&namespace, "none", |status| status["hard"]["pods"] == "1");
    follow(&env, &hurry(&env, &namespace, "ds/agent"));
    pods(&namespace, "agent", 1);
}

#[test]
fn jobs_and_cron_jobs() {
    let namespace = fresh_namespace("explain");
    let env = administrator();
    enforced_quota(&namespace, "few", &json!({"pods": "1", "count/jobs.batch": "1"}));
    let mut pod = template("work", &cpu("1m"));
    pod["spec"]["restartPolicy"] = json!("Never");
    // Nothing plays the kubelet of a node that is not there.
    pod["spec"]["nodeSelector"] = json!({"for": "nobody"});
    let spec = json!({"parallelism": 3, "completions": 9, "template": pod});
    create(&batch("Job", &namespace, "work", &spec));
    pods(&namespace, "work", 1);
    told(&namespace, "Job", "exceeded quota: few");
    let explained = explain(&env, &namespace, "job/work", 3);
    assert_eq!(explained["summary"], json!("Job work: 2 of 3 pods are missing: would be refused now"));
    assert_eq!(
        fix(&explained, "kubectl patch job"),
        format!("kubectl patch job work -n {namespace} --type merge -p '{{\"spec\":{{\"parallelism\":1}}}}'")
    );
    assert!(explained["retry"]["withinSeconds"].as_u64().expect("seconds") <= 60, "{explained:#}");

    let spec = json!({"schedule": "* * * * *", "jobTemplate": {"spec": {"template": pod}}});
    create(&batch("CronJob", &namespace, "timed", &spec));
    told(&namespace, "CronJob", "Error creating job: jobs.batch");
    let explained = explain(&env, &namespace, "cronjob/timed", 3);
    assert_eq!(explained["summary"], json!("CronJob timed: the next Job would be refused now"));
    assert_eq!(
        explained["refusals"][0]["message"],
        json!(
            "jobs.batch \"timed-*\" is forbidden: exceeded quota: few, requested: count/jobs.batch=1, used: count/jobs.batch=1, limited: count/jobs.batch=1"
        )
    );
    assert_eq!(explained["holders"][0]["owner"], json!({"kind": "Job", "name": "work"}));

    let raise = fix(&explain(&env, &namespace, "job/work", 3), "kubectl patch resourcequota").to_owned();
    follow(&env, &raise);
    wait_for_status(&namespace, "few", |status| status["hard"]["pods"] == "3");
    follow(&env, &hurry(&env, &namespace, "job/work"));
    pods(&namespace, "work", 3);
}
