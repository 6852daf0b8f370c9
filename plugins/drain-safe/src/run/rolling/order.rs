//! In which order nodes go: zone after zone, in each the oldest first.

use shared::{model::Node, output::natural_order};

/// Sorts nodes: by zone, those without one last; then by age; then by name.
pub fn sort(nodes: &mut [Node]) {
    nodes.sort_by(|one, other| {
        let zone = |node: &Node| node.zone().map(ToOwned::to_owned);
        let key = |node: &Node| (zone(node).is_none(), zone(node), node.metadata.creation_timestamp.seconds);
        key(one).cmp(&key(other)).then_with(|| natural_order(&one.metadata.name, &other.metadata.name))
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn zone_after_zone_and_the_oldest_first() {
        let node = |name: &str, zone: &str, second: u8| -> Node {
            let labels =
                if zone.is_empty() { json!({}) } else { json!({"topology.kubernetes.io/zone": zone}) };
            let created = format!("1970-01-01T00:00:{second:02}Z");
            let metadata = json!({"name": name, "labels": labels, "creationTimestamp": created});
            serde_json::from_value(json!({"metadata": metadata})).unwrap()
        };
        let mut nodes = vec![
            node("b2", "b", 5),
            node("none", "", 1),
            node("b1", "b", 9),
            node("a10", "a", 20),
            node("a9", "a", 20),
        ];
        sort(&mut nodes);
        let names: Vec<_> = nodes.iter().map(|node| node.metadata.name.as_str()).collect();
        assert_eq!(names, ["a9", "a10", "b2", "b1", "none"]);
    }
}
