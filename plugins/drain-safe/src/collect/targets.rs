//! Which nodes are meant, among those that exist.

use shared::{Error, Result, edit_distance, model::Node, output::sanitize_line, selector::LabelSelector};

/// Returns the names of the chosen nodes: in the order in which they were named, else in that of the list.
///
/// # Errors
/// A node that does not exist, with the names that come nearest.
pub fn chosen(
    nodes: &[Node],
    names: &[String],
    selector: Option<&LabelSelector>,
    zone: Option<&str>,
) -> Result<Vec<String>> {
    for name in names {
        if !nodes.iter().any(|node| node.metadata.name == *name) {
            return Err(missing(name, nodes));
        }
    }
    if !names.is_empty() {
        return Ok(names.to_vec());
    }
    let selected = nodes.iter().filter(|node| {
        selector.is_none_or(|selector| selector.matches(&node.metadata.labels))
            && zone.is_none_or(|zone| node.zone() == Some(zone))
    });
    Ok(selected.map(|node| node.metadata.name.clone()).collect())
}

fn missing(name: &str, nodes: &[Node]) -> Error {
    let error = Error::new(format!("nodes \"{}\" not found", sanitize_line(name))).about_word(name);
    let mut near: Vec<_> =
        nodes.iter().map(|node| (edit_distance(name, &node.metadata.name), &node.metadata.name)).collect();
    near.sort();
    // A short name is near to every other one.
    let is_near = |distance: usize, other: &str| distance <= 3 && distance * 2 <= other.chars().count();
    let near: Vec<_> = near
        .iter()
        .filter(|(distance, other)| {
            is_near(*distance, other) || other.contains(name) || name.contains(other.as_str())
        })
        .take(3)
        .map(|(_, name)| sanitize_line(name).into_owned())
        .collect();
    match near.as_slice() {
        [] => error.with_hint("list the nodes with `kubectl get nodes`"),
        near => error.with_hint(format!("did you mean {}?", near.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn nodes(names: &[&str]) -> Vec<Node> {
        let node = |name: &&str| {
            let zone = if name.starts_with('a') { "eu-a" } else { "eu-b" };
            let labels = json!({"topology.kubernetes.io/zone": zone, "pool": name});
            serde_json::from_value(json!({"metadata": {"name": name, "labels": labels}})).unwrap()
        };
        names.iter().map(node).collect()
    }

    fn choose(names: &[&str], selector: Option<&str>, zone: Option<&str>) -> Result<Vec<String>> {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        let selector = selector.map(|text| LabelSelector::parse(text).unwrap());
        chosen(&nodes(&["a1", "a2", "b1"]), &names, selector.as_ref(), zone)
    }

    #[test]
    fn nodes_are_chosen_by_name_label_or_zone() {
        assert_eq!(choose(&["b1", "a1"], None, None).unwrap(), ["b1", "a1"]);
        assert_eq!(choose(&[], Some("pool in (a2,b1)"), None).unwrap(), ["a2", "b1"]);
        assert_eq!(choose(&[], None, Some("eu-a")).unwrap(), ["a1", "a2"]);
        assert_eq!(choose(&[], Some("pool=x"), None).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_node_that_does_not_exist_has_near_names() {
        let error = choose(&["a3"], None, None).unwrap_err();
        assert_eq!(error.sentence(), "nodes \"a3\" not found");
        assert_eq!(error.hint(), Some("did you mean a1, a2?"));
        assert!(
            choose(&["something-else"], None, None)
                .unwrap_err()
                .hint()
                .unwrap()
                .contains("kubectl get nodes")
        );
    }
}
