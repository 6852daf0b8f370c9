//! The ways to upgrade nodes that the README names besides `rolling`: all at once, and new nodes first.

use std::time::Duration;

use serde_json::json;
use support::cluster;

use super::setting::{Setting, position};

#[test]
fn all_nodes_at_once_where_an_interruption_is_fine() {
    let setting = Setting::zones("all-at-once", 3);
    setting.deploy_ready("web", 6);
    let selector = format!("for={}", setting.namespace);
    let words = ["-l", &selector, "--max-parallel", "100%", "--allow-pending", "--yes"];
    let output = setting.command(&words).limit(Duration::from_secs(300)).run().exits(0);
    for number in 1..=3 {
        assert_eq!(setting.on_node(number), [""; 0], "{output}");
        assert!(setting.is_cordoned(number), "{output}");
    }
    // Nothing had a place; once the nodes are back, everything has.
    let nodes: Vec<_> = (1..=3).map(|number| setting.node(number)).collect();
    let finish: Vec<_> = ["finish"].into_iter().chain(nodes.iter().map(String::as_str)).collect();
    setting.run(&finish).exits(0);
    setting.wait_ready("web", 6);
}

#[test]
fn new_nodes_first_and_every_pod_moves_once() {
    let setting = Setting::zones("blue-green", 0);
    for zone in ["a", "b", "c"] {
        setting.add_node_as(|node| node.zone(zone).label("pool", "old"));
    }
    setting.deploy("web", "web", 6, 1, &json!({}));
    setting.wait_ready("web", 6);
    setting.budget("web", "web", &json!({"maxUnavailable": 2}));
    setting.wait_budget("web", |status| status["disruptionsAllowed"] == 2);
    for zone in ["a", "b", "c"] {
        setting.add_node_as(|node| node.zone(zone).label("pool", "new"));
    }
    let selector = format!("for={},pool=old", setting.namespace);
    let flags = ["--max-per-zone", "1", "--max-parallel", "3", "--wait-replacements", "--yes"];
    let words = [&["-l", selector.as_str()], flags.as_slice()].concat();
    let since = position();
    let output = setting.command(&words).limit(Duration::from_secs(300)).run().exits(0);
    let accepted = setting.asked(since).into_iter().filter(|asked| asked.status == 201).count();
    assert_eq!(accepted, 6, "each pod moves once: {output}");
    setting.wait_ready("web", 6);
    let on_new = (4..=6).flat_map(|number| setting.on_node(number)).count();
    assert_eq!(on_new, 6, "{output}");
    for number in 1..=3 {
        cluster().api().delete(&setting.node_path(number)).expect("a deletion");
    }
}
