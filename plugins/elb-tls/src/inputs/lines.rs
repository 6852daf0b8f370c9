//! The lines that Services stand on in files.

use std::collections::BTreeMap;

use shared::{
    dump::Dump,
    yaml::{self, Value, ValueContent},
};

/// The lines of one object, from 1 in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectLines {
    /// The line that it starts on.
    pub line: usize,
    /// The lines of annotations by key, and of parts of the spec by path.
    pub lines: BTreeMap<String, usize>,
}

/// Returns the lines of all objects, in the order in which [`Dump::objects`] has them, by file and document. What can't be
/// read as YAML has none: JSON texts one after the other.
pub fn object_lines(dump: &Dump) -> BTreeMap<(String, usize), Vec<ObjectLines>> {
    let mut found = BTreeMap::new();
    for (name, text) in dump.texts() {
        for document in yaml::documents(text).map_while(Result::ok) {
            let Ok(value) = document.value() else { break };
            let mut objects = Vec::new();
            add_objects(&value, document.lines_before, &mut objects);
            found.insert((name.to_owned(), document.number), objects);
        }
    }
    found
}

fn add_objects(value: &Value<'_>, before: usize, objects: &mut Vec<ObjectLines>) {
    let kind = value.get("kind").and_then(text).unwrap_or_default();
    if let Some(ValueContent::Sequence(items)) = value.get("items").map(|items| &items.content)
        && kind.ends_with("List")
    {
        items.iter().for_each(|item| add_objects(item, before, objects));
        return;
    }
    if value.is_null() {
        return;
    }
    let mut lines = BTreeMap::new();
    let metadata = value.get("metadata");
    if let Some(ValueContent::Mapping(entries)) =
        metadata.and_then(|metadata| metadata.get("annotations")).map(|value| &value.content)
    {
        lines.extend(entries.iter().map(|entry| (entry.key.to_string(), entry.value.line + before)));
    }
    if let Some(ValueContent::Mapping(entries)) = value.get("spec").map(|spec| &spec.content) {
        lines.extend(entries.iter().map(|entry| (format!("spec.{}", entry.key), entry.value.line + before)));
    }
    objects.push(ObjectLines { line: value.line + before, lines });
}

fn text<'a>(value: &'a Value<'_>) -> Option<&'a str> {
    match &value.content {
        ValueContent::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "# head\nkind: A\n---\napiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    a: b\n    c: |\n      d\nspec:\n  ports:\n  - port: 80\n";
        let dump = Dump::from_bytes("f.yaml", text.into()).unwrap();
        let found = object_lines(&dump);
        let service = &found[&("f.yaml".to_owned(), 2)][0];
        assert_eq!(service.line, 4);
        assert_eq!(service.lines["a"], 8);
        assert_eq!(service.lines["c"], 9, "a block starts at its indicator");
        assert_eq!(service.lines["spec.ports"], 13);
    }

    #[test]
    fn lists_have_the_lines_of_each_item() {
        let text = "kind: List\nitems:\n- kind: Service\n  metadata: {annotations: {x: y}}\n- kind: Pod\n";
        let dump = Dump::from_bytes("f.yaml", text.into()).unwrap();
        let lines: Vec<_> =
            object_lines(&dump)[&("f.yaml".to_owned(), 1)].iter().map(|one| one.line).collect();
        assert_eq!(lines, [3, 5]);
    }
}
