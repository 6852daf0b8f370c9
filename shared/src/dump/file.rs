//! One file of a dump: its text, and its documents.

use std::marker::PhantomData;

use serde::de::DeserializeSeed;

use super::header::Header;
use crate::yaml::{self, YamlError};
use crate::{Error, Result};

/// A file that is text, is YAML or JSON, and whose documents are known by kind.
#[derive(Debug)]
pub(super) struct File {
    /// What it is called in messages.
    pub name: String,
    text: String,
    format: Format,
    /// One for each document.
    pub headers: Vec<Header>,
}

/// How a file is read, as `YAMLOrJSONDecoder` of `k8s.io/apimachinery` finds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// One JSON text after another.
    Json,
    Yaml,
}

impl File {
    pub fn new(name: String, bytes: Vec<u8>) -> Result<Self> {
        let Some(text) = decode(bytes) else {
            return Err(Error::new(format!("{name} is not text (neither UTF-8 nor UTF-16)")));
        };
        if text.trim().is_empty() {
            return Err(Error::new(format!("{name} is empty")));
        }
        let looks_like_json = text.trim_start().starts_with(['{', '[']);
        let format = if looks_like_json { Format::Json } else { Format::Yaml };
        let mut file = Self { name, text, format, headers: Vec::new() };
        file.headers = match file.documents(|_| PhantomData) {
            Ok(headers) => headers,
            // YAML may begin like JSON. If it is neither, what was wrong as JSON says more.
            Err(error) if looks_like_json && !file.name.ends_with(".json") => {
                file.format = Format::Yaml;
                file.documents(|_| PhantomData).map_err(|_| error)?
            }
            Err(error) => return Err(error),
        };
        Ok(file)
    }

    /// Makes something of every document, `seed` being given its number from 0.
    pub fn documents<S, T>(&self, mut seed: impl FnMut(usize) -> S) -> Result<Vec<T>>
    where
        S: for<'de> DeserializeSeed<'de, Value = T>,
    {
        let mut made = Vec::new();
        if self.format == Format::Json {
            let mut json = serde_json::Deserializer::from_str(&self.text);
            while json.end().is_err() {
                let index = made.len();
                made.push(seed(index).deserialize(&mut json).map_err(|error| self.not_json(index, &error))?);
            }
            return Ok(made);
        }
        self.values(|index, value, lines_before| {
            let outcome = seed(index).deserialize(value).map_err(|error| error.after_lines(lines_before));
            made.push(outcome.map_err(|error| self.invalid(index, &error.to_string()))?);
            Ok(())
        })?;
        Ok(made)
    }

    /// Makes JSON of every document.
    pub fn objects(&self) -> Result<Vec<serde_json::Value>> {
        if self.format == Format::Json {
            return self.documents(|_| PhantomData);
        }
        let mut objects = Vec::new();
        self.values(|_, value, _| {
            objects.push(value.to_json());
            Ok(())
        })?;
        Ok(objects)
    }

    /// Hands over the value of every YAML document with its number from 0 and the lines before it.
    fn values(&self, mut take: impl FnMut(usize, &yaml::Value<'_>, usize) -> Result<()>) -> Result<()> {
        for (index, document) in yaml::documents(&self.text).enumerate() {
            let invalid = |error: YamlError| {
                self.invalid(index, &format!("{} at line {}", error.message, error.line.max(1)))
            };
            let document = document.map_err(invalid)?;
            take(index, &document.value().map_err(invalid)?, document.lines_before)?;
        }
        Ok(())
    }

    fn not_json(&self, index: usize, error: &serde_json::Error) -> Error {
        if error.is_eof() {
            let sentence =
                format!("{} ends in the middle of document {} (line {})", self.name, index + 1, error.line());
            return Error::new(sentence).with_hint("the dump was cut off: make it again");
        }
        self.invalid(index, &error.to_string())
    }

    /// What is wrong names the line itself.
    fn invalid(&self, index: usize, reason: &str) -> Error {
        Error::new(format!("{}, document {}: {reason}", self.name, index + 1))
    }
}

/// The text, without byte order mark. UTF-16 is what PowerShell's `>` makes of kubectl's output.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match &bytes[..] {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => String::from_utf8(bytes).ok(),
    }
}
