//! Reads a schema from what a server serves under `/openapi/v3`.

use serde_json::Value;

use super::{Schema, Struct, Type};
use crate::manifest::json::text;

const REFERENCE: &str = "#/components/schemas/";

impl Schema {
    /// Reads the kinds of one group and version.
    pub fn from_openapi(document: &Value) -> Self {
        let mut schema = Self::default();
        for (name, definition) in document["components"]["schemas"].as_object().into_iter().flatten() {
            let own = short_name(name);
            for kind in definition["x-kubernetes-group-version-kind"].as_array().into_iter().flatten() {
                let (group, version) = (text(&kind["group"]), text(&kind["version"]));
                let api_version = match group {
                    "" => version.to_owned(),
                    group => format!("{group}/{version}"),
                };
                schema.kinds.insert((api_version, text(&kind["kind"]).to_owned()), own.clone());
            }
            if definition["properties"].is_object() {
                schema.add_struct(&own, definition);
            }
        }
        schema
    }

    fn add_struct(&mut self, name: &str, definition: &Value) {
        let mut read = Struct {
            open: definition["x-kubernetes-preserve-unknown-fields"] == true
                || !definition["additionalProperties"].is_null(),
            ..Struct::default()
        };
        for (field, value) in definition["properties"].as_object().into_iter().flatten() {
            let kind = self.read_type(value, &format!("{name}.{field}"));
            read.fields.insert(field.clone(), kind);
        }
        self.structs.insert(name.to_owned(), read);
    }

    /// Reads a type. Structs that have no name of their own, as in custom resources, get that of their place.
    fn read_type(&mut self, value: &Value, place: &str) -> Type {
        if let Some(reference) = reference(value) {
            return match short_name(reference).as_str() {
                "resource.Quantity" => Type::Quantity,
                "intstr.IntOrString" => Type::IntOrString,
                "meta.v1.Time" | "meta.v1.MicroTime" => Type::String,
                "meta.v1.FieldsV1" | "runtime.RawExtension" => Type::Any,
                name if name.contains(".JSON") => Type::Any,
                name => Type::Struct(name.to_owned()),
            };
        }
        if value["x-kubernetes-int-or-string"] == true {
            return Type::IntOrString;
        }
        match (text(&value["type"]), text(&value["format"])) {
            ("string", "byte") => Type::Bytes,
            ("string", _) => Type::String,
            ("boolean", _) => Type::Boolean,
            ("integer", "int32") => Type::Int32,
            ("integer", _) => Type::Int64,
            ("number", _) => Type::Number,
            ("array", _) => Type::Array(Box::new(self.read_type(&value["items"], place))),
            ("object", _) if value["properties"].is_object() => {
                self.add_struct(place, value);
                Type::Struct(place.to_owned())
            }
            ("object", _) if value["additionalProperties"].is_object() => {
                Type::Map(Box::new(self.read_type(&value["additionalProperties"], place)))
            }
            _ => Type::Any,
        }
    }
}

/// Returns the definition that a type refers to: alone, or as the only one of `allOf`, beside a default.
fn reference(value: &Value) -> Option<&str> {
    let reference = value["$ref"].as_str().or_else(|| value["allOf"][0]["$ref"].as_str())?;
    reference.strip_prefix(REFERENCE)
}

/// Shortens `io.k8s.api.apps.v1.DeploymentSpec` to `apps.v1.DeploymentSpec`.
fn short_name(name: &str) -> String {
    let parts: Vec<_> = name.split('.').collect();
    match parts.as_slice() {
        [.., package, own] if matches!(*package, "intstr" | "resource" | "runtime" | "version") => {
            format!("{package}.{own}")
        }
        [.., group, version, own] if name.starts_with("io.k8s.") => format!("{group}.{version}.{own}"),
        _ => name.to_owned(),
    }
}
