//! The schemas of documents: made of the types that are printed, and compared with what is committed.

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::{Value, json};
use std::path::Path;
use std::{env, fs};

/// Returns the schema of a document that this type is written as. `command` prints it.
pub fn schema<T: JsonSchema>(api_version: &str, kind: &str, command: &str) -> (String, Value) {
    let mut schema = root::<T>(kind, command);
    for (key, word) in [("apiVersion", api_version), ("kind", kind)] {
        let property = &mut schema["properties"][key];
        assert!(property.is_object(), "documents of kind {kind} have no {key}: {schema}");
        *property = json!({"const": word});
    }
    (kind.to_owned(), schema)
}

/// Returns the schema of one line of many, which have no `apiVersion` and `kind` of their own.
pub fn schema_of_line<T: JsonSchema>(title: &str, command: &str) -> (String, Value) {
    (title.to_owned(), root::<T>(title, command))
}

fn root<T: JsonSchema>(title: &str, command: &str) -> Value {
    let schema: Schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let mut schema = schema.to_value();
    schema["title"] = title.into();
    schema["description"] = format!("What `{command}` prints. Keys are added, never renamed.").into();
    schema
}

/// Asserts that the files of a folder of `docs/schemas` are these schemas, and that it has no others. With `UPDATE=1` they
/// are written.
pub fn assert_committed(plugin: &str, schemas: &[(String, Value)]) {
    let package = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests that it runs");
    let folder = Path::new(&package).join("../../docs/schemas").join(plugin);
    let update = env::var_os("UPDATE").is_some();
    if update {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for schemas");
    }
    for (kind, schema) in schemas {
        let path = folder.join(format!("{kind}.json"));
        let text = format!("{}\n", serde_json::to_string_pretty(schema).expect("JSON"));
        if update {
            fs::write(&path, &text).expect("a schema is written");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "docs/schemas/{plugin}/{kind}.json is out of date: run `UPDATE=1 cargo test --bins schemas` and commit it"
        );
    }
    let mut files: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of schemas")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().replace(".json", ""))
        .collect();
    let mut kinds: Vec<&str> = schemas.iter().map(|(kind, _)| kind.as_str()).collect();
    files.sort_unstable();
    kinds.sort_unstable();
    assert_eq!(files, kinds, "files that no type stands behind, or kinds that are named twice");
}
