//! What the server's decoder says of an object (`sigs.k8s.io/json`, `runtime.NewStrictDecodingError`).

use serde_json::{Map, Value};

use super::{Schema, Type};
use crate::{base64, quantity::Quantity};

/// Where a value stands. It is written only where something is wrong: most objects are right.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// The object itself.
    Root,
    /// A field of a struct such as `core.v1.PodSpec`.
    Field { parent: &'a Place<'a>, owner: &'a str, name: &'a str },
    /// An item of an array.
    Item { parent: &'a Place<'a>, index: usize },
    /// A value of a map.
    Value { parent: &'a Place<'a>, key: &'a str },
}

impl Place<'_> {
    /// Returns the path with indexes, as unknown fields are named: `spec.containers[0]`.
    fn path(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Field { parent: Self::Root, name, .. } => (*name).to_owned(),
            Self::Field { parent, name, .. } => format!("{}.{name}", parent.path()),
            Self::Item { parent, index } => format!("{}[{index}]", parent.path()),
            Self::Value { parent, key } => format!("{}.{key}", parent.path()),
        }
    }

    /// Returns the path without indexes, as types are reported: `spec.containers`.
    fn fields(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Field { parent: Self::Root, name, .. } => (*name).to_owned(),
            Self::Field { parent, name, .. } => format!("{}.{name}", parent.fields()),
            Self::Item { parent, .. } | Self::Value { parent, .. } => parent.fields(),
        }
    }

    /// Returns the struct and the name of the innermost field.
    fn innermost(&self) -> (&str, &str) {
        match self {
            Self::Root => ("", ""),
            Self::Field { owner, name, .. } => (owner, name),
            Self::Item { parent, .. } | Self::Value { parent, .. } => parent.innermost(),
        }
    }

    fn mismatch(&self, value: &Value, kind: &Type) -> String {
        let kind = self.go_type(kind);
        let kind = kind.as_str();
        let what = match value {
            Value::Bool(_) => "bool".to_owned(),
            Value::Number(number) if matches!(kind, "int32" | "int64") => format!("number {number}"),
            Value::Number(_) => "number".to_owned(),
            Value::String(_) => "string".to_owned(),
            Value::Array(_) => "array".to_owned(),
            Value::Object(_) | Value::Null => "object".to_owned(),
        };
        let fields = self.fields();
        let owner = self.innermost().0.rsplit('.').next().unwrap_or_default();
        format!("json: cannot unmarshal {what} into Go struct field {owner}.{fields} of type {kind}")
    }

    /// Returns the name in Go of the type of the innermost field, or of its items.
    fn go_type(&self, kind: &Type) -> String {
        let (owner, field) = self.innermost();
        match (named_type(owner, field), kind) {
            (Some(name), Type::String | Type::Int32 | Type::Int64) => name.to_owned(),
            (Some(name), Type::Array(item)) if **item == Type::String => format!("[]{name}"),
            _ => go_type(kind),
        }
    }
}

/// What was found wrong, in the order of the decoder, which goes through fields by name.
#[derive(Default)]
struct Found {
    mismatch: Option<String>,
    unknown: Vec<String>,
}

impl Schema {
    /// Returns why a server that is asked to be strict, as kubectl asks it, can't decode the object; `None` where it can,
    /// or where the kind is not known.
    pub fn decoding_error(&self, api_version: &str, kind: &str, object: &Value) -> Option<String> {
        let name = self.kinds.get(&(api_version.to_owned(), kind.to_owned()))?;
        let mut found = Found::default();
        self.decode_struct(name, object, &Place::Root, &mut found);
        // A value of another type hides unknown fields.
        found.mismatch.or_else(|| {
            let unknown: Vec<_> =
                found.unknown.iter().map(|path| format!("unknown field \"{path}\"")).collect();
            (!unknown.is_empty()).then(|| format!("strict decoding error: {}", unknown.join(", ")))
        })
    }

    fn decode(&self, kind: &Type, value: &Value, place: &Place, found: &mut Found) {
        let fits = match (kind, value) {
            (_, Value::Null) | (Type::Any, _) => true,
            (Type::Bytes, Value::String(value)) => {
                if base64::decode(value.as_bytes()).is_none() {
                    let offset = base64::error_offset(value);
                    found
                        .mismatch
                        .get_or_insert_with(|| format!("illegal base64 data at input byte {offset}"));
                }
                true
            }
            (Type::String | Type::Bytes, value) => value.is_string(),
            (Type::Boolean, value) => value.is_boolean(),
            (Type::Int32, value) => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            (Type::Int64, value) => value.as_i64().is_some(),
            (Type::Number, value) => value.is_number(),
            (Type::IntOrString, value) => value.is_string() || value.as_i64().is_some(),
            (Type::Quantity, value) => {
                if let Err(error) = serde_json::from_value::<Quantity>(value.clone()) {
                    // The regular expression stands for everything that is no quantity at all.
                    let error = match value.is_string() || value.is_number() {
                        true => error.to_string(),
                        false => {
                            Quantity::parse("x").map_or_else(|error| error.to_string(), |_| String::new())
                        }
                    };
                    found.mismatch.get_or_insert(error);
                }
                true
            }
            (Type::Struct(name), value @ Value::Object(_)) => {
                self.decode_struct(name, value, place, found);
                true
            }
            (Type::Array(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.decode(item, value, &Place::Item { parent: place, index }, found);
                }
                true
            }
            (Type::Map(item), Value::Object(entries)) => {
                for (key, value) in sorted(entries) {
                    self.decode(item, value, &Place::Value { parent: place, key }, found);
                }
                true
            }
            (Type::Struct(_) | Type::Array(_) | Type::Map(_), _) => false,
        };
        if !fits {
            found.mismatch.get_or_insert_with(|| place.mismatch(value, kind));
        }
    }

    fn decode_struct(&self, name: &str, value: &Value, place: &Place, found: &mut Found) {
        let (Some(definition), Value::Object(fields)) = (self.structs.get(name), value) else { return };
        for (field, value) in sorted(fields) {
            let place = Place::Field { parent: place, owner: name, name: field };
            match definition.fields.get(field) {
                Some(kind) => self.decode(kind, value, &place, found),
                None if definition.open => {}
                None => found.unknown.push(place.path()),
            }
        }
    }
}

/// Returns the fields by name, as kubectl sends them.
fn sorted(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| *name);
    fields
}

/// Fields whose types have names of their own in Go, which no OpenAPI schema tells (the structs of `k8s.io/api` 0.37.2).
const NAMED_TYPES: &str = include_str!("go_types.txt");

/// Returns the name in Go of the type of a field that is text or a number to JSON.
fn named_type(owner: &str, field: &str) -> Option<&'static str> {
    let of_owner = |line: &'static str| line.strip_prefix(owner)?.strip_prefix(' ');
    let mut fields = NAMED_TYPES.lines().find_map(of_owner)?.split(' ');
    fields.find_map(|one| one.strip_prefix(field)?.strip_prefix(':'))
}

/// Returns a type's name in Go.
fn go_type(kind: &Type) -> String {
    match kind {
        Type::String => "string".to_owned(),
        Type::Bytes => "[]uint8".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Int32 | Type::IntOrString => "int32".to_owned(),
        Type::Int64 => "int64".to_owned(),
        Type::Number => "float64".to_owned(),
        Type::Quantity => "resource.Quantity".to_owned(),
        Type::Any => "interface {}".to_owned(),
        Type::Struct(name) => {
            let mut parts: Vec<_> = name.rsplitn(3, '.').take(2).collect();
            parts.reverse();
            parts.join(".")
        }
        Type::Array(item) => format!("[]{}", go_type(item)),
        Type::Map(item) if **item == Type::Quantity => "v1.ResourceList".to_owned(),
        Type::Map(item) => format!("map[string]{}", go_type(item)),
    }
}
