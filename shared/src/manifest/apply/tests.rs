use serde_json::{Value, json};

use super::{LAST_APPLIED, Lists, applied};

fn live(spec: Value, last: Option<Value>) -> Value {
    let mut live = json!({"metadata": {"name": "x"}, "spec": spec, "status": {"phase": "Bound"}});
    if let Some(last) = last {
        live["metadata"]["annotations"][LAST_APPLIED] = Value::from(json!({"spec": last}).to_string());
    }
    live
}

fn spec(live: &Value, new: Value) -> Value {
    applied(live, &json!({"spec": new, "status": {"phase": "Lost"}}), Lists::ByKey)["spec"].clone()
}

#[test]
fn what_the_manifest_leaves_out_stays_unless_it_was_there_before() {
    let pod_counts =
        live(json!({"a": 1, "b": 2, "c": {"d": 3, "e": 4}}), Some(json!({"b": 2, "c": {"d": 3}})));
    assert_eq!(spec(&pod_counts, json!({"c": {}})), json!({"a": 1, "c": {"e": 4}}));
    assert_eq!(spec(&live(json!({"a": 1}), None), json!({"a": null, "b": 2})), json!({"b": 2}));
    assert_eq!(
        applied(&pod_counts, &json!({"status": {}}), Lists::ByKey)["status"],
        json!({"phase": "Bound"})
    );
}

#[test]
fn containers_are_the_same_by_name_and_ports_by_number() {
    let pod_counts = live(
        json!({"containers": [{"name": "app", "image": "1", "env": [{"name": "A", "value": "a"}]}, {"name": "injected"}, {"name": "old"}]}),
        Some(json!({"containers": [{"name": "app"}, {"name": "old"}]})),
    );
    assert_eq!(
        spec(&pod_counts, json!({"containers": [{"name": "new"}, {"name": "app", "image": "2"}]})),
        json!({"containers": [{"name": "new"}, {"name": "app", "image": "2", "env": [{"name": "A", "value": "a"}]}, {"name": "injected"}]})
    );
    let pod_counts = live(json!({"ports": [{"port": 80, "nodePort": 30080}, {"port": 81}]}), None);
    assert_eq!(
        spec(&pod_counts, json!({"ports": [{"port": 80, "name": "web"}]})),
        json!({"ports": [{"port": 80, "nodePort": 30080, "name": "web"}, {"port": 81}]})
    );
    let replaced = applied(&pod_counts, &json!({"spec": {"ports": [{"port": 80}]}}), Lists::Replaced);
    assert_eq!(replaced["spec"], json!({"ports": [{"port": 80}]}));
}

#[test]
fn of_a_strategy_that_changes_only_the_new_fields_are_left() {
    let pod_counts =
        live(json!({"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 2}}}), None);
    let recreate = json!({"strategy": {"type": "Recreate"}});
    assert_eq!(spec(&pod_counts, recreate.clone()), recreate);
    let same = json!({"strategy": {"type": "RollingUpdate"}});
    assert_eq!(spec(&pod_counts, same), pod_counts["spec"]);
}
