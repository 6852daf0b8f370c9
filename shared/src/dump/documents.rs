//! Every object of a dump as it stands there, whatever its kind.

use serde_json::Value;

use super::{Dump, file::File, header::Header, slim::slim};
use crate::{Error, Result};

/// An object and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DumpObject {
    /// The file, as the user named it; `standard input` for `-`.
    pub file: String,
    /// Which document of the file, from 1. The items of a list share one.
    pub document: usize,
    /// The object. Numbers with a fraction have passed through a double, as they do in kubectl.
    pub object: Value,
}

impl Dump {
    /// All objects in the order of files, documents and lists; lists of any kind are taken apart, empty documents
    /// passed over. A list in a list is taken apart too, which kubectl refuses: a dump may be put together from several.
    ///
    /// # Errors
    ///
    /// A document that JSON can't express, such as a map with keys that are no texts.
    pub fn objects(&self) -> Result<Vec<DumpObject>> {
        let mut values = self.values()?;
        values.retain(|one| one.object.is_object());
        Ok(values)
    }

    /// All objects of these kinds, as [`Dump::objects`] has them. The others are passed over while they are read: pods by
    /// the hundred thousand take no memory.
    ///
    /// # Errors
    ///
    /// As [`Dump::objects`].
    pub fn objects_of_kinds(&self, kinds: &[&str]) -> Result<Vec<Value>> {
        let wanted = |header: &Header| header.list().is_none() && kinds.contains(&header.kind.as_str());
        let mut all = Vec::new();
        let holds = |file: &&File| file.headers.iter().any(|header| header.holds_any(&wanted));
        for file in self.files.iter().filter(holds) {
            file.each(&wanted, &mut |header, mut object: Value| {
                if object["kind"].is_null() && object.is_object() {
                    object["kind"] = Value::from(header.kind.as_str());
                    object["apiVersion"] = Value::from(header.api_version.as_str());
                }
                all.push(object);
            })?;
        }
        Ok(all)
    }

    /// Hands over all objects as [`Dump::objects`] has them, each without what no answer depends on, before the next is
    /// read: what is left of a pod is a small part of it.
    ///
    /// # Errors
    ///
    /// As [`Dump::objects`].
    pub fn each_object(&self, take: &mut dyn FnMut(Value)) -> Result<()> {
        let wanted = |header: &Header| header.list().is_none();
        for file in &self.files {
            file.each(&wanted, &mut |header, mut object: Value| {
                if !object.is_object() {
                    return;
                }
                if object["kind"].is_null() && !header.kind.is_empty() {
                    object["kind"] = Value::from(header.kind.as_str());
                    object["apiVersion"] = Value::from(header.api_version.as_str());
                }
                slim(&mut object);
                take(object);
            })?;
        }
        Ok(())
    }

    /// All objects, where nothing else may stand: manifests that are to be checked or applied.
    ///
    /// # Errors
    ///
    /// As [`Dump::objects`]; a document or an item of a list that is no object, and no object at all.
    pub fn manifests(&self) -> Result<Vec<DumpObject>> {
        let values = self.values()?;
        if let Some(one) = values.iter().find(|one| !one.object.is_object()) {
            let DumpObject { file, document, .. } = one;
            return Err(Error::new(format!("{file}, document {document}: this is not a Kubernetes object"))
                .with_hint("a manifest is a map with apiVersion, kind and metadata"));
        }
        if values.is_empty() {
            return Err(Error::new(format!("there is no object in {}", self.name))
                .with_hint("it has nothing but comments, empty documents or empty lists"));
        }
        Ok(values)
    }

    /// Everything but empty documents.
    fn values(&self) -> Result<Vec<DumpObject>> {
        let mut values = Vec::new();
        for file in &self.files {
            for (index, document) in file.objects()?.into_iter().enumerate() {
                if !document.is_null() {
                    take_apart(document, &mut |object| {
                        values.push(DumpObject { file: file.name.clone(), document: index + 1, object });
                    });
                }
            }
        }
        Ok(values)
    }
}

/// Hands over the object, or what is in the list. Typed lists leave out what their items are.
fn take_apart(mut document: Value, take: &mut impl FnMut(Value)) {
    let kind = document["kind"].as_str().unwrap_or_default().to_owned();
    let Some(kind) = kind.strip_suffix("List").filter(|_| document["items"].is_array()) else {
        return take(document);
    };
    let version = document["apiVersion"].clone();
    let Value::Array(items) = document["items"].take() else { return };
    for mut item in items {
        if item["kind"].is_null() && !kind.is_empty() && item.is_object() {
            item["kind"] = Value::from(kind);
            item["apiVersion"] = version.clone();
        }
        take_apart(item, take);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_of_all_kinds_in_order_with_their_places() {
        let text = "kind: A\nx: 1.50\n---\n---\nkind: List\nitems: [{kind: B}, {kind: CList, apiVersion: v1, items: [{z: 1}]}]\n";
        let dump = Dump::from_bytes("f.yaml", text.into()).unwrap();
        let found: Vec<_> =
            dump.objects().unwrap().into_iter().map(|one| (one.document, one.object)).collect();
        let expected = [
            (1, json!({"kind": "A", "x": 1.5})),
            (3, json!({"kind": "B"})),
            (3, json!({"kind": "C", "apiVersion": "v1", "z": 1})),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn objects_of_some_kinds_and_nothing_else() {
        let yaml = "kind: A\nx: 1.50\n---\nkind: List\nitems: [{kind: B}, {kind: CList, apiVersion: g/v1, items: [{z: 1}]}]\n";
        let json = r#"{"kind": "List", "items": [{"kind": "B"}, {"kind": "CList", "apiVersion": "g/v1", "items": [{"z": 1}]}]}"#;
        for text in [yaml, json] {
            let dump = Dump::from_bytes("f", text.into()).unwrap();
            let expected = [json!({"kind": "B"}), json!({"kind": "C", "apiVersion": "g/v1", "z": 1})];
            assert_eq!(dump.objects_of_kinds(&["B", "C"]).unwrap(), expected);
            assert_eq!(dump.objects_of_kinds(&["D"]).unwrap(), Vec::<Value>::new());
        }
    }

    #[test]
    fn objects_one_by_one_are_all_objects_without_what_no_answer_depends_on() {
        let text = "kind: A\nx: 1.50\n---\n---\nkind: List\nitems: [{kind: B}, {kind: CList, apiVersion: v1, items: [{z: 1}]}]\n";
        let dump = Dump::from_bytes("f.yaml", text.into()).unwrap();
        let mut found = Vec::new();
        dump.each_object(&mut |object| found.push(object)).unwrap();
        let all: Vec<_> = dump.objects().unwrap().into_iter().map(|one| one.object).collect();
        assert_eq!(found, all);
        let pod = |owners: Value| {
            let metadata = json!({
                "name": "p", "managedFields": [{"manager": "m"}], "ownerReferences": owners,
                "annotations": {"a": "long", "kubernetes.io/config.mirror": "1"},
            });
            json!({"kind": "Pod", "metadata": metadata})
        };
        let annotations = |owners: Value| {
            let mut found = Vec::new();
            let dump = Dump::from_bytes("f", pod(owners).to_string().into()).unwrap();
            dump.each_object(&mut |object| found.push(object)).unwrap();
            assert!(found[0]["metadata"]["managedFields"].is_null());
            found[0]["metadata"]["annotations"].clone()
        };
        assert_eq!(annotations(json!([{"controller": true}])), json!({"kubernetes.io/config.mirror": "1"}));
        assert_eq!(annotations(json!([])), json!({"a": "long", "kubernetes.io/config.mirror": "1"}));
    }
}
