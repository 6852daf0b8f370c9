//! Whether a manifest changes an existing object.

use serde_json::Value;

use crate::quantity::Quantity;

/// Returns whether the object already has everything that the manifest sets. Fields that the manifest leaves out are
/// the server's choice; quantities are compared by value.
pub fn says_nothing_new(manifest: &Value, object: &Value) -> bool {
    match (manifest, object) {
        (Value::Null, _) => true,
        (Value::Object(fields), _) if fields.is_empty() => true,
        (Value::Array(items), Value::Null) => items.is_empty(),
        (Value::Object(fields), Value::Object(_)) => {
            fields.iter().all(|(name, value)| says_nothing_new(value, &object[name]))
        }
        (Value::Array(items), Value::Array(present)) => {
            items.len() == present.len()
                && items.iter().zip(present).all(|(item, present)| says_nothing_new(item, present))
        }
        _ => manifest == object || same_quantity(manifest, object),
    }
}

/// Returns whether the two differ, apart from fields that the server defaults.
pub fn differs(new: &Value, old: &Value) -> bool {
    !says_nothing_new(new, old) || loses_something(new, old)
}

/// Returns whether a field is missing that the server does not default.
fn loses_something(new: &Value, old: &Value) -> bool {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => old.iter().any(|(name, old)| match new.get(name) {
            Some(new) => loses_something(new, old),
            None if name == "imagePullPolicy" => old != default_pull_policy(&new["image"]),
            None => !is_nothing(old) && !DEFAULTS.iter().any(|(field, text)| field == name && is(old, text)),
        }),
        (Value::Array(new), Value::Array(old)) => {
            new.iter().zip(old).any(|(new, old)| loses_something(new, old))
        }
        _ => false,
    }
}

/// Returns the policy that the server gives to a container with this image (`SetDefaults_Container` in `pkg/apis/core/v1`).
fn default_pull_policy(image: &Value) -> &'static str {
    let image = image.as_str().unwrap_or_default();
    // A digest names what no tag moves, and a port of the registry is no tag.
    let (name, digest) = image.split_once('@').map_or((image, false), |(name, _)| (name, true));
    let tag = name.rsplit('/').next().and_then(|last| last.split_once(':')).map(|(_, tag)| tag);
    match tag {
        Some("latest") => "Always",
        None if !digest => "Always",
        _ => "IfNotPresent",
    }
}

fn is(value: &Value, text: &str) -> bool {
    match value {
        Value::String(value) => value == text,
        value => serde_json::from_str::<Value>(text).is_ok_and(|text| text == *value),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The defaults that the server fills into a pod template (`SetDefaults_PodSpec` and `SetDefaults_Container` in
/// `pkg/apis/core/v1`), as far as it depends on nothing else.
const DEFAULTS: &[(&str, &str)] = &[
    ("apiVersion", "v1"),
    ("defaultMode", "420"),
    ("dnsPolicy", "ClusterFirst"),
    ("enableServiceLinks", "true"),
    ("failureThreshold", "3"),
    ("periodSeconds", "10"),
    ("protocol", "TCP"),
    ("restartPolicy", "Always"),
    ("schedulerName", "default-scheduler"),
    ("scheme", "HTTP"),
    ("successThreshold", "1"),
    ("terminationGracePeriodSeconds", "30"),
    ("terminationMessagePath", "/dev/termination-log"),
    ("terminationMessagePolicy", "File"),
    ("timeoutSeconds", "1"),
];

fn same_quantity(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| serde_json::from_value::<Quantity>(value.clone()).ok();
    matches!((read(one), read(other)), (Some(one), Some(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{differs, says_nothing_new};

    #[test]
    fn what_is_gone_is_a_change_unless_it_comes_back_by_itself() {
        let old = json!({"containers": [{"name": "a", "resources": {"limits": {"cpu": "1"}}, "terminationMessagePath": "/dev/termination-log"}]});
        assert!(!differs(&json!({"containers": [{"name": "a", "resources": {"limits": {"cpu": 1}}}]}), &old));
        assert!(differs(&json!({"containers": [{"name": "a", "resources": {}}]}), &old));
        assert!(differs(&json!({"containers": [{"name": "a"}]}), &old));
        assert!(!differs(&old, &old));
        for (image, policy) in [
            ("web", "Always"),
            ("registry:5000/web", "Always"),
            ("web:latest", "Always"),
            ("web:1.2", "IfNotPresent"),
            ("web@sha256:12ab", "IfNotPresent"),
        ] {
            let given = json!({"containers": [{"image": image}]});
            let stored = |policy: &str| json!({"containers": [{"image": image, "imagePullPolicy": policy}]});
            assert!(!differs(&given, &stored(policy)), "{image}");
            assert!(differs(&given, &stored("Never")), "{image}");
        }
    }

    #[test]
    fn what_the_server_filled_in_is_no_change() {
        let object =
            json!({"spec": {"containers": [{"name": "a", "cpu": "500m", "pull": "Always"}], "dns": "x"}});
        for same in [
            json!({"spec": {"containers": [{"name": "a", "cpu": 0.5}]}}),
            json!({"spec": {"containers": [{"name": "a", "extra": {}}], "volumes": []}}),
            json!({"spec": {"dns": null}}),
        ] {
            assert!(says_nothing_new(&same, &object), "{same}");
        }
        for other in [
            json!({"spec": {"containers": [{"name": "b"}]}}),
            json!({"spec": {"containers": [{"cpu": "501m"}]}}),
            json!({"spec": {"containers": [{"name": "a"}, {"name": "b"}]}}),
            json!({"spec": {"volumes": [{"name": "v"}]}}),
        ] {
            assert!(!says_nothing_new(&other, &object), "{other}");
        }
    }
}
