//! Fields whose values are enumerated, as validation judges them (`field.NotSupported` in apimachinery): the decoder takes
//! any text. Names of values come in the order of the server's message.

use serde_json::Value;

use super::quoted;
use crate::manifest::json::text;

/// A field whose values are enumerated.
pub(super) struct Enumeration {
    /// The way to it from the object at hand, such as `ports[].protocol`. Of `mounts*.mode` the server prints no index.
    field: &'static str,
    values: &'static [&'static str],
    empty: Empty,
}

/// What the server makes of a field that is absent or empty.
#[derive(Clone, Copy)]
enum Empty {
    /// It fills in a default.
    Default,
    /// It may be absent; an empty text is a value like others.
    Absent,
    /// Both are a value like others.
    Value,
    /// It has to be there, with this explanation.
    Required(&'static str),
}

impl Enumeration {
    /// Makes a field for which the server has a default.
    pub(super) const fn with_default(field: &'static str, values: &'static [&'static str]) -> Self {
        Self { field, values, empty: Empty::Default }
    }

    /// Makes a field that may be absent.
    pub(super) const fn optional(field: &'static str, values: &'static [&'static str]) -> Self {
        Self { field, values, empty: Empty::Absent }
    }

    /// Makes a field of which the server also calls an absent value unsupported.
    pub(super) const fn always(field: &'static str, values: &'static [&'static str]) -> Self {
        Self { field, values, empty: Empty::Value }
    }

    /// Makes a field that the server requires, with this explanation or an empty one.
    pub(super) const fn required(
        field: &'static str,
        values: &'static [&'static str],
        detail: &'static str,
    ) -> Self {
        Self { field, values, empty: Empty::Required(detail) }
    }

    /// Returns the complaints about the values in this object, which stands at `path`.
    fn complaints(&self, object: &Value, path: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        visit(object, self.field, path, &mut |value, path| complaints.extend(self.complaint(value, path)));
        complaints
    }

    fn complaint(&self, value: &Value, path: &str) -> Option<String> {
        let is_absent = value.is_null();
        match (self.empty, text(value)) {
            (_, found) if self.values.contains(&found) => None,
            (Empty::Default, "") => None,
            (Empty::Absent, "") if is_absent => None,
            (Empty::Required(""), "") => Some(format!("{path}: Required value")),
            (Empty::Required(detail), "") => Some(format!("{path}: Required value: {detail}")),
            (_, found) => Some(unsupported(found, self.values, path)),
        }
    }
}

/// Returns the complaint about a value that is not among the supported ones.
pub(super) fn unsupported(value: &str, supported: &[&str], path: &str) -> String {
    let supported = supported_values(supported);
    format!("{path}: Unsupported value: {}: supported values: {supported}", quoted(value))
}

/// Lists the values that are supported.
pub(super) fn supported_values(values: &[&str]) -> String {
    let quoted: Vec<_> = values.iter().map(|value| quoted(value)).collect();
    quoted.join(", ")
}

/// Returns the complaints about the fields of an object, which stands at `path`, empty for the whole.
pub(super) fn enumeration_complaints(object: &Value, fields: &[Enumeration], path: &str) -> Vec<String> {
    fields.iter().flat_map(|field| field.complaints(object, path)).collect()
}

/// Calls `see` with each value that the way leads to, and its path. Where a part of the way is absent, it ends there.
pub(super) fn visit(value: &Value, way: &str, path: &str, see: &mut impl FnMut(&Value, &str)) {
    let (part, rest) = way.split_once('.').map_or((way, None), |(part, rest)| (part, Some(rest)));
    let name = part.trim_end_matches("[]").trim_end_matches('*');
    let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let mut follow = |value: &Value, path: &str| match rest {
        Some(rest) if value.is_object() => visit(value, rest, path, see),
        Some(_) => {}
        None => see(value, path),
    };
    if name == part {
        follow(&value[name], &path);
        return;
    }
    for (index, item) in value[name].as_array().into_iter().flatten().enumerate() {
        match part.ends_with('*') {
            true => follow(item, &path),
            false => follow(item, &format!("{path}[{index}]")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_empty_depends_on_the_field() {
        let complaints = |field: Enumeration, object| enumeration_complaints(&object, &[field], "spec");
        let values = &["A", "B"];
        let said = |value: &str| {
            vec![format!("spec.f: Unsupported value: \"{value}\": supported values: \"A\", \"B\"")]
        };
        for object in [json!({}), json!({"f": null}), json!({"f": "B"})] {
            assert!(complaints(Enumeration::with_default("f", values), object.clone()).is_empty());
            assert!(complaints(Enumeration::optional("f", values), object).is_empty());
        }
        let empty = json!({"f": ""});
        assert!(complaints(Enumeration::with_default("f", values), empty.clone()).is_empty());
        assert_eq!(complaints(Enumeration::optional("f", values), empty.clone()), said(""));
        assert_eq!(complaints(Enumeration::always("f", values), json!({})), said(""));
        assert_eq!(complaints(Enumeration::required("f", values, ""), empty), ["spec.f: Required value"]);
        assert_eq!(complaints(Enumeration::required("f", values, "why"), json!({"f": "c"})), said("c"));
    }

    #[test]
    fn a_way_leads_through_lists() {
        let object = json!({"a": [{"b": "A"}, {"b": "x"}, {}], "c": null});
        let paths = |field| {
            let complaints = enumeration_complaints(&object, &[Enumeration::always(field, &["A"])], "");
            let path = |complaint: &String| complaint.split(':').next().unwrap_or_default().to_owned();
            complaints.iter().map(path).collect::<Vec<_>>()
        };
        assert_eq!(paths("a[].b"), ["a[1].b", "a[2].b"]);
        assert_eq!(paths("a*.b"), ["a.b", "a.b"]);
        assert!(paths("c.d").is_empty() && paths("d[].e").is_empty());
    }
}
