//! A quota that lacks half a CPU of one more pod (<https://github.com/veryfront/veryfront/issues/168>): every deciding command
//! has the same numbers.

use serde_json::{Value, json};
use support::Output;

use crate::{
    objects::{deployment, list, quota, template},
    support::{QUOTA, without_cluster},
};

const MESSAGE: &str = "is forbidden: exceeded quota: compute, requested: limits.cpu=3, used: limits.cpu=21500m, limited: limits.cpu=24";

/// Four pods of three CPUs beside others that have nine and a half.
fn web(replicas: usize) -> Value {
    let mut template = template("web", &json!({}));
    template["spec"]["containers"][0]["resources"] = json!({"limits": {"cpu": "3"}});
    let mut web = deployment("shop", "web", replicas, template);
    web["status"] = json!({"replicas": 4, "updatedReplicas": 4, "availableReplicas": 4});
    web
}

fn run(replicas: usize, arguments: &[&str]) -> Output {
    let mut compute = quota("shop", "compute", &json!({"limits.cpu": "24"}));
    compute["status"] = json!({"hard": {"limits.cpu": "24"}, "used": {"limits.cpu": "21500m"}});
    let env = without_cluster();
    env.file("dump.json", list(&[compute, web(replicas)]).to_string());
    let arguments = [arguments, &["-n", "shop", "--from", "dump.json"]].concat();
    env.command(QUOTA, arguments).stdin(web(5).to_string()).run()
}

#[test]
fn half_a_cpu_short_is_told_with_the_same_numbers_by_all() {
    let fits = run(4, &["fits", "deployment/web", "-o", "json"]).exits(0).json();
    assert_eq!((&fits["fits"], &fits["by"][0]["resource"]), (&json!(0), &json!("limits.cpu")), "{fits}");
    let shown = run(4, &["fits", "deployment/web"]).exits(0).stdout;
    assert!(shown.contains(MESSAGE), "{shown}");
    // One pod may be away, which makes room for the next.
    let rollout = run(4, &["rollout", "deployment/web", "-o", "json"]).exits(0).json();
    assert_eq!(rollout["verdict"], "Completes", "{rollout}");
    let check = run(4, &["check", "-f", "-"]).exits(3).stdout;
    assert!(check.contains(MESSAGE), "{check}");
    assert!(
        check.contains("quota compute: limits.cpu needs 3 more, 2500m of 24 is free: 500m short"),
        "{check}"
    );
    let explain = run(5, &["explain", "deployment/web", "-o", "json"]).exits(3).json();
    let row = &explain["refusals"][0];
    let amount = |field: &str| row[field]["quantity"].clone();
    assert_eq!(
        [amount("requested"), amount("used"), amount("hard"), amount("free")],
        ["3", "21500m", "24", "2500m"].map(|text| json!(text)),
        "{explain}"
    );
}
