//! Schemas in a compact text: `= apps/v1 Deployment apps.v1.Deployment` for a kind, and a line for each struct, its name
//! followed by its fields with their types (`replicas:i`, `template:@core.v1.PodTemplateSpec`, `containers:[@core.v1.Container`).

use super::{Schema, Struct, Type};

impl Schema {
    /// Writes the schema as text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for ((api_version, kind), name) in &self.kinds {
            text.push_str(&format!("= {api_version} {kind} {name}\n"));
        }
        for (name, Struct { fields, open }) in &self.structs {
            text.push_str(name);
            if *open {
                text.push_str(" *");
            }
            for (field, kind) in fields {
                text.push_str(&format!(" {field}:{}", code(kind)));
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`Schema::to_text`] wrote.
    pub fn from_text(text: &str) -> Self {
        let mut schema = Self::default();
        for line in text.lines() {
            let mut words = line.split(' ');
            match (words.next().unwrap_or_default(), words.clone().collect::<Vec<_>>().as_slice()) {
                ("=", [api_version, kind, name]) => {
                    let key = ((*api_version).to_owned(), (*kind).to_owned());
                    schema.kinds.insert(key, (*name).to_owned());
                }
                (name, words) => {
                    let fields = words.iter().filter_map(|word| word.split_once(':'));
                    let fields = fields.map(|(field, code)| (field.to_owned(), decoded(code)));
                    let read = Struct { open: words.first() == Some(&"*"), fields: fields.collect() };
                    schema.structs.insert(name.to_owned(), read);
                }
            }
        }
        schema
    }
}

fn code(kind: &Type) -> String {
    match kind {
        Type::String => "s".to_owned(),
        Type::Bytes => "y".to_owned(),
        Type::Boolean => "b".to_owned(),
        Type::Int32 => "i".to_owned(),
        Type::Int64 => "l".to_owned(),
        Type::Number => "n".to_owned(),
        Type::Quantity => "q".to_owned(),
        Type::IntOrString => "x".to_owned(),
        Type::Any => "*".to_owned(),
        Type::Struct(name) => format!("@{name}"),
        Type::Array(item) => format!("[{}", code(item)),
        Type::Map(value) => format!("{{{}", code(value)),
    }
}

fn decoded(code: &str) -> Type {
    let rest = code.get(1..).unwrap_or_default();
    match code.as_bytes().first() {
        Some(b's') => Type::String,
        Some(b'y') => Type::Bytes,
        Some(b'b') => Type::Boolean,
        Some(b'i') => Type::Int32,
        Some(b'l') => Type::Int64,
        Some(b'n') => Type::Number,
        Some(b'q') => Type::Quantity,
        Some(b'x') => Type::IntOrString,
        Some(b'@') => Type::Struct(rest.to_owned()),
        Some(b'[') => Type::Array(Box::new(decoded(rest))),
        Some(b'{') => Type::Map(Box::new(decoded(rest))),
        _ => Type::Any,
    }
}
