//! Schedules and time zones of CronJobs: `check` refuses what the server refuses, in its words.

use serde_json::{Value, json};
use support::fresh_namespace;

use super::validity::{agree, answer_to, foretold};
use crate::{objects::template, support::administrator};

const SCHEDULES: &[&str] = &[
    "* * * * *",
    "*/5 1-3,6 * jan-MAR 1,2",
    "0 0 ? * sun",
    "5/15 * * * *",
    "*-7 * * * *",
    ", * * * *",
    "@daily",
    "@every 1h30m",
    "@every -1s",
    "61 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * * 7",
    "*/0 * * * *",
    "5-1 * * * *",
    "1-2-3 * * * *",
    "1/2/3 * * * *",
    "-1 * * * *",
    "x * * * *",
    "* * * foo *",
    "99999999999999999999 * * * *",
    "* * * *",
    "* * * * * *",
    "@never",
    "@every",
    "@every x",
    "@every 1",
    "@every 1d",
    "@every 9999999h",
    "TZ=UTC * * * * *",
    "CRON_TZ=Europe/Berlin 0 0 * * *",
    "TZ=Mars/Base * * * * *",
    "TZ=UTC",
    "CRON_TZ=UTC",
    "* * * * TZ",
    "   ",
    " 0 0 * * * ",
];

const ZONES: &[&str] = &[
    "UTC",
    "Etc/UTC",
    "Europe/Berlin",
    "America/Argentina/Buenos_Aires",
    "GMT",
    "Etc/GMT+5",
    "Local",
    "local",
    "utc",
    "europe/berlin",
    "Mars/Base",
    "Europe/../UTC",
    "-x",
    "a//b",
    "/UTC",
    "Europe/Averyveryverylongname",
    "",
];

fn cron_job(spec: &[(&str, &str)]) -> Value {
    let mut template = template("report", &json!({"cpu": "1m"}));
    template["spec"]["restartPolicy"] = json!("Never");
    let mut job = json!({
        "apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "report"},
        "spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": template}}},
    });
    for (field, value) in spec {
        job["spec"][*field] = json!(value);
    }
    job
}

#[test]
fn schedules_and_time_zones_are_read_as_the_server_reads_them() {
    let schedules = SCHEDULES.iter().map(|schedule| cron_job(&[("schedule", schedule)]));
    let zones = ZONES.iter().map(|zone| cron_job(&[("timeZone", zone)]));
    let both = cron_job(&[("schedule", "TZ=UTC * * * * *"), ("timeZone", "UTC")]);
    let objects: Vec<_> = schedules.chain(zones).chain([both]).collect();
    let namespace = fresh_namespace("schedules");
    let foretold = foretold(&administrator(), &objects);
    let mut differing = Vec::new();
    for (object, ours) in objects.iter().zip(&foretold) {
        let theirs = answer_to(object, &namespace).expect("an answer");
        if !agree(theirs.as_ref(), ours.as_ref()) {
            let spec = &object["spec"];
            differing.push(format!(
                "{} {}\n  server: {theirs:?}\n  we: {ours:?}",
                spec["schedule"], spec["timeZone"]
            ));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
