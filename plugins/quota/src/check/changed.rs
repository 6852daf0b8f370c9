//! Whether a manifest changes what is there.

use serde_json::Value;
use shared::quantity::Quantity;

/// Whether everything the manifest says is already so. What it leaves out is the server's choice, which is there
/// in the object; quantities are the same by value.
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

fn same_quantity(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| serde_json::from_value::<Quantity>(value.clone()).ok();
    matches!((read(one), read(other)), (Some(one), Some(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::says_nothing_new;

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
