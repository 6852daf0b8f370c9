//! A machine whose clock is an hour off, which only libc is told: times of objects are by the server's clock.
#![cfg(target_os = "linux")]

use std::process::Command;

use serde_json::{Value, json};
use support::{Invocation, cluster};

use super::setting::{Setting, outcomes};

/// libc's clock, but for so many hours.
const SHIM: &str = "
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
    int outcome = syscall(SYS_clock_gettime, clock, time);
    if (outcome == 0 && clock == CLOCK_REALTIME) time->tv_sec += (HOURS) * 3600;
    return outcome;
}
";

/// Has a command believe that it is so many hours later.
fn off_by(setting: &Setting, hours: i64, command: Invocation) -> Invocation {
    let source = setting.env.file("clock.c", SHIM);
    let library = source.with_file_name(format!("clock{hours}.so"));
    let hours = format!("-DHOURS={hours}");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", &hours, "-o"])
        .args([&library, &source])
        .output()
        .expect("a C compiler, which links Rust programs, too");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    command.variable("LD_PRELOAD", library)
}

/// The first entry of a journal.
fn begun(result: &Value) -> jiff::Timestamp {
    let journal = std::fs::read_to_string(result["journal"].as_str().expect("a journal")).expect("a journal");
    let first: Value = serde_json::from_str(journal.lines().next().expect("an entry")).expect("JSON");
    first["at"].as_str().expect("a time").parse().expect("a time")
}

/// How far the clock of a run was ahead, in whole hours.
fn hours_ahead(result: &Value) -> i64 {
    let seconds = begun(result).as_second() - jiff::Timestamp::now().as_second();
    (seconds + 1800).div_euclid(3600)
}

#[test]
fn pods_that_end_in_time_are_waited_for_by_a_clock_that_is_ahead() {
    let setting = Setting::new("ahead");
    setting.deploy("web", "web", 2, 6, &json!({}));
    setting.wait_ready("web", 2);
    setting.add_node();
    let flags = ["--skip-wait-for-delete-timeout=60", "-o", "json"];
    let output = off_by(&setting, 1, setting.drain_command(&flags)).run().exits(0);
    let result = output.json();
    assert_eq!(hours_ahead(&result), 1, "{output}");
    assert_eq!(result["nodes"][0]["state"], "Drained", "{output}");
    assert_eq!(outcomes(&result), ["Evicted"; 2], "{output}");
    let pods = cluster().api().get(&setting.pods_path()).unwrap();
    let on_node = |pod: &&Value| pod["spec"]["nodeName"] == setting.node(1).as_str();
    assert_eq!(
        pods["items"].as_array().unwrap().iter().filter(on_node).count(),
        0,
        "nothing terminates there"
    );
}

#[test]
fn a_pod_that_is_being_deleted_is_stuck_by_the_clock_of_the_server() {
    let setting = Setting::new("stuck-clock");
    setting.deploy("slow", "slow", 1, 600, &json!({}));
    setting.wait_ready("slow", 1);
    let name = setting.on_node(1).pop().expect("a pod");
    cluster().api().delete(&format!("{}/{name}", setting.pods_path())).unwrap();
    let node = setting.node(1);
    for hours in [-1, 1] {
        let output = off_by(&setting, hours, setting.command(&["plan", &node, "-o", "json"])).run();
        let plan = output.json();
        let pods = plan["nodes"][0]["pods"].as_array().expect("pods").clone();
        let pod = pods.iter().find(|pod| pod["name"] == name.as_str()).expect("the pod");
        let codes: Vec<_> = pod["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
        assert_eq!((&pod["verdict"], codes), (&json!("Wait"), vec![&json!("Terminating")]), "{output}");
    }
}

#[test]
fn what_terminates_for_long_is_left_by_a_clock_that_is_behind() {
    let setting = Setting::new("behind");
    setting.deploy("web", "web", 1, 1, &json!({(cluster::kubelet::DELETION): cluster::kubelet::STUCK}));
    setting.wait_ready("web", 1);
    setting.add_node();
    let flags = ["--skip-wait-for-delete-timeout=2", "-o", "json"];
    let output = off_by(&setting, -1, setting.drain_command(&flags)).run().exits(0);
    let result = output.json();
    assert_eq!(hours_ahead(&result), -1, "{output}");
    assert_eq!(outcomes(&result), ["Unconfirmed"], "{output}");
}
