//! What of a resize reaches the validation: the rest of the pod that was sent is dropped.

use serde_json::{Map, Value};

use crate::{admission::version::Version, manifest::json::text};

/// Returns a pod as a resize of `old` to `sent` makes it: everything but the resources is the old pod's. Containers that
/// were added, removed, renamed or reordered are left for the validation to refuse (`dropNonResizeUpdates` in
/// <https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/registry/core/pod/strategy.go>).
pub fn kept_by_resize(sent: &Value, old: &Value, version: Version) -> Value {
    if LISTS.iter().any(|list| items(&sent["spec"][list]).len() != items(&old["spec"][list]).len()) {
        return sent.clone();
    }
    let mut kept = old.clone();
    kept["metadata"] = sent["metadata"].clone();
    if version.resizes_pod_level() {
        replace(&mut kept["spec"], &sent["spec"], "resources");
    }
    for list in LISTS {
        let (new, before) = (items(&sent["spec"][list]), items(&old["spec"][list]));
        let is_same = new.iter().zip(before).all(|(new, old)| text(&new["name"]) == text(&old["name"]));
        match is_same {
            true => {
                let containers = kept["spec"].get_mut(list).and_then(Value::as_array_mut);
                for (container, new) in containers.into_iter().flatten().zip(new) {
                    replace(container, new, "resources");
                    replace(container, new, "resizePolicy");
                }
            }
            false => kept["spec"][list] = sent["spec"][list].clone(),
        }
    }
    kept
}

/// The lists of containers that a resize may change.
pub(super) const LISTS: [&str; 2] = ["containers", "initContainers"];

/// Returns the items of a list; none of what is not a list.
pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn replace(into: &mut Value, from: &Value, field: &str) {
    if !into.is_object() {
        *into = Value::Object(Map::new());
    }
    match from[field].is_null() {
        true => drop(into.as_object_mut().and_then(|fields| fields.remove(field))),
        false => into[field] = from[field].clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::kept_by_resize;
    use crate::admission::version::Version;

    fn kept(sent: &Value, old: &Value, version: &str) -> Value {
        kept_by_resize(sent, old, Version::parse(version).unwrap())
    }

    #[test]
    fn only_resources_and_metadata_change() {
        let pod = |cpu: &str, image: &str, label: &str| {
            json!({
                "metadata": {"labels": {"a": label}},
                "spec": {"nodeName": image, "containers": [{"name": "a", "image": image, "resources": {"requests": {"cpu": cpu}}}]},
            })
        };
        let (sent, old) = (pod("2", "new", "x"), pod("1", "old", "y"));
        let mut expected = pod("2", "old", "x");
        assert_eq!(kept(&sent, &old, "1.37"), expected);
        expected["spec"]["containers"][0].as_object_mut().unwrap().remove("resources");
        let mut without = sent;
        without["spec"]["containers"][0].as_object_mut().unwrap().remove("resources");
        assert_eq!(kept(&without, &old, "1.37"), expected);
    }

    #[test]
    fn the_resources_of_the_whole_pod_change_since_1_36() {
        let pod = |cpu: &str| json!({"metadata": {}, "spec": {"resources": {"requests": {"cpu": cpu}}}});
        assert_eq!(kept(&pod("2"), &pod("1"), "1.36"), pod("2"));
        assert_eq!(kept(&pod("2"), &pod("1"), "1.35"), pod("1"));
    }

    #[test]
    fn containers_that_were_renamed_are_left_to_be_refused() {
        let pod = |names: &[&str]| {
            let containers: Vec<_> = names.iter().map(|name| json!({"name": name, "image": "a"})).collect();
            json!({"metadata": {}, "spec": {"containers": containers}})
        };
        let (more, renamed) = (pod(&["a", "b"]), pod(&["b"]));
        assert_eq!(kept(&more, &pod(&["a"]), "1.37"), more);
        assert_eq!(kept(&renamed, &pod(&["a"]), "1.37"), renamed);
    }
}
