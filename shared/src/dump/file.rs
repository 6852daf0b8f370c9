//! One file of a dump: its text, and its documents.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{DeserializeOwned, DeserializeSeed};

use super::STANDARD_INPUT;
use super::header::Header;
use super::objects::{Objects, Wanted};
use super::source;
use super::stored::Stored;
use crate::yaml::{self, YamlError};
use crate::{Error, Result};

/// A file that is text, is YAML or JSON, and whose documents are known by kind.
#[derive(Debug)]
pub(super) struct File {
    /// What it is called in messages.
    pub name: String,
    text: String,
    /// Before it one JSON text stands after another, from it on YAML.
    yaml_start: usize,
    /// One for each document.
    pub headers: Vec<Header>,
    /// Where its items stand, if it stays where it is; there is no text then.
    stored: Option<Stored>,
}

impl File {
    pub fn new(name: String, bytes: Vec<u8>) -> Result<Self> {
        if let Some(program) = compressed_by(&bytes) {
            return Err(Error::new(format!("{name} is compressed ({program})")).with_hint(format!(
                "give what `{program} -dc` makes of it, as a file or as - for standard input"
            )));
        }
        if let Some(encoding) = unmarked_encoding(&bytes) {
            return Err(not_utf8(&name, encoding));
        }
        let Some(text) = decode(bytes) else {
            return Err(Error::new(format!("{name} is not text (neither UTF-8 nor UTF-16)")));
        };
        if text.trim().is_empty() {
            let error = Error::new(format!("{name} is empty"));
            return Err(match name == source::STANDARD_INPUT {
                true => error.with_hint(
                    "what is before the pipe has printed nothing: run it alone to see why, or name a file instead of -",
                ),
                false => error,
            });
        }
        let text = yaml::with_plain_line_ends(text);
        let looks_like_json = text.trim_start().starts_with(['{', '[']);
        let mut file = Self { name, text, yaml_start: 0, headers: Vec::new(), stored: None };
        let not_json = if looks_like_json { file.read_json_headers() } else { None };
        if let Some(error) =
            not_json.as_ref().filter(|_| file.headers.len() > 1 || file.name.ends_with(".json"))
        {
            return Err(error.clone());
        }
        let first_in_yaml = file.headers.len();
        let yaml_headers = file.yaml_documents(first_in_yaml, |_| PhantomData);
        match (yaml_headers, not_json) {
            (Ok(headers), _) => file.headers.extend(headers),
            // YAML may begin like JSON. If it is neither, what was wrong as JSON says more.
            (Err(_), Some(error)) if file.starts_with_neither() => return Err(error),
            (Err(error), _) => return Err(error),
        }
        Ok(file)
    }

    /// Returns a file that is one JSON list, without its text.
    pub fn in_place(path: &Path) -> Option<Self> {
        let (stored, header) = Stored::find(path)?;
        let name = path.display().to_string();
        Some(Self { name, text: String::new(), yaml_start: 0, headers: vec![header], stored: Some(stored) })
    }

    /// Hands over the wanted objects, one after the other.
    pub fn each<T: DeserializeOwned>(
        &self,
        wanted: Wanted<'_>,
        sink: &mut dyn FnMut(&Header, T),
    ) -> Result<()> {
        if let Some(stored) = &self.stored {
            return self.headers.iter().try_for_each(|header| stored.each(&self.name, header, wanted, sink));
        }
        let sink = RefCell::new(sink);
        self.documents(|document| Objects::new(&self.headers[document], wanted, &sink)).map(drop)
    }

    pub fn text(&self) -> (&str, &str) {
        (&self.name, &self.text)
    }

    /// Reads the headers of the JSON texts at the start, and finds out where YAML starts, as `YAMLOrJSONDecoder` of
    /// `k8s.io/apimachinery` does: behind no more than one JSON text. Returns why the rest is no JSON.
    fn read_json_headers(&mut self) -> Option<Error> {
        let mut json = serde_json::Deserializer::from_str(&self.text).into_iter();
        let mut read = 0;
        let mut error = None;
        while let Some(header) = json.next() {
            match header {
                Ok(header) => self.headers.push(header),
                Err(reason) => {
                    error = Some(self.not_json(self.headers.len(), &reason));
                    break;
                }
            }
            read = json.byte_offset();
        }
        self.yaml_start = if error.is_some() { read } else { self.text.len() };
        if let Some(line_end) =
            self.text[read..].find('\n').filter(|end| self.text[read..read + end].trim().is_empty())
        {
            self.yaml_start = self.yaml_start.max(read + line_end + 1);
        }
        error
    }

    /// Whether the first document behind the JSON texts begins like JSON and is no YAML either.
    fn starts_with_neither(&self) -> bool {
        let rest = &self.text[self.yaml_start..];
        let first = yaml::documents(rest).next();
        rest.trim_start().starts_with(['{', '['])
            && !first.is_some_and(|document| document.is_ok_and(|document| document.value().is_ok()))
    }

    /// Makes something of every document, `seed` being given its number from 0.
    fn documents<S, T>(&self, mut seed: impl FnMut(usize) -> S) -> Result<Vec<T>>
    where
        S: for<'de> DeserializeSeed<'de, Value = T>,
    {
        let mut made = self.json_documents(&mut seed)?;
        made.extend(self.yaml_documents(made.len(), seed)?);
        Ok(made)
    }

    /// Makes JSON of every document.
    pub fn objects(&self) -> Result<Vec<serde_json::Value>> {
        if let Some(stored) = &self.stored {
            let text =
                stored.text().map_err(|error| Error::new(format!("{} can't be read: {error}", self.name)))?;
            return Self::new(self.name.clone(), text.into_bytes())?.objects();
        }
        let mut objects = self.json_documents(&mut |_| PhantomData)?;
        self.values(objects.len(), |_, value, _| {
            objects.push(value.to_json());
            Ok(())
        })?;
        Ok(objects)
    }

    fn json_documents<S, T>(&self, seed: &mut impl FnMut(usize) -> S) -> Result<Vec<T>>
    where
        S: for<'de> DeserializeSeed<'de, Value = T>,
    {
        let mut made = Vec::new();
        let mut json = serde_json::Deserializer::from_str(&self.text[..self.yaml_start]);
        while json.end().is_err() {
            let index = made.len();
            made.push(seed(index).deserialize(&mut json).map_err(|error| self.not_json(index, &error))?);
        }
        Ok(made)
    }

    fn yaml_documents<S, T>(&self, first: usize, mut seed: impl FnMut(usize) -> S) -> Result<Vec<T>>
    where
        S: for<'de> DeserializeSeed<'de, Value = T>,
    {
        let mut made = Vec::new();
        self.values(first, |index, value, lines_before| {
            let outcome = seed(index).deserialize(value).map_err(|error| error.after_lines(lines_before));
            made.push(outcome.map_err(|error| self.invalid(index, &error.to_string()))?);
            Ok(())
        })?;
        Ok(made)
    }

    /// Hands over the value of every YAML document with its number, the first being `first`, and the lines before it.
    fn values(
        &self,
        first: usize,
        mut take: impl FnMut(usize, &yaml::Value<'_>, usize) -> Result<()>,
    ) -> Result<()> {
        let (json, text) = self.text.split_at(self.yaml_start);
        if text.is_empty() {
            return Ok(());
        }
        let lines_of_json = memchr::memchr_iter(b'\n', json.as_bytes()).count();
        for (index, document) in (first..).zip(yaml::documents(text)) {
            let invalid = |error: YamlError| {
                let line = error.line.max(1) + lines_of_json;
                self.invalid(index, &format!("{} at line {line}", error.message))
            };
            let document = document.map_err(invalid)?;
            take(index, &document.value().map_err(invalid)?, document.lines_before + lines_of_json)?;
        }
        Ok(())
    }

    fn not_json(&self, index: usize, error: &serde_json::Error) -> Error {
        if error.is_eof() {
            let sentence =
                format!("{} ends in the middle of document {} (line {})", self.name, index + 1, error.line());
            return Error::new(sentence).with_hint("it was cut off: make it again");
        }
        self.invalid(index, &error.to_string())
    }

    /// What is wrong names the line itself.
    fn invalid(&self, index: usize, reason: &str) -> Error {
        Error::new(format!("{}, document {}: {reason}", self.name, index + 1))
    }
}

/// The program that a file was compressed by, by its first bytes: of text it is none.
fn compressed_by(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 4] =
        [(b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz")];
    STARTS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, program)| *program)
}

/// The encoding of a text whose first characters take two or four bytes each and that no byte order mark makes known. All
/// that is read begins with ASCII, whose other bytes are zero (<https://www.rfc-editor.org/rfc/rfc4627#section-3>).
fn unmarked_encoding(bytes: &[u8]) -> Option<&'static str> {
    match *bytes {
        [0xff, 0xfe, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => Some("UTF-32BE"),
        [first, 0, 0, 0, ..] if first != 0 => Some("UTF-32LE"),
        [0, 0, 0, last, ..] if last != 0 => Some("UTF-32BE"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => None,
        [first, 0, second, 0, ..] if first != 0 && second != 0 => Some("UTF-16LE"),
        [0, first, 0, second, ..] if first != 0 && second != 0 => Some("UTF-16BE"),
        _ => None,
    }
}

/// The error about such a text, with the command that makes it readable.
fn not_utf8(name: &str, encoding: &str) -> Error {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'_' | b'-');
    let argument = match name {
        STANDARD_INPUT => String::new(),
        // What begins like a flag is no file to iconv.
        _ if name.starts_with('-') => format!(" ./{name}"),
        _ if name.bytes().all(is_plain) => format!(" {name}"),
        _ => format!(" '{}'", name.replace('\'', "'\\''")),
    };
    let iconv = format!("iconv -f {encoding} -t UTF-8{argument}");
    let why = match encoding {
        "UTF-32LE" | "UTF-32BE" => "",
        _ => " without a byte order mark",
    };
    Error::new(format!("{name} is {encoding}{why}, not UTF-8"))
        .with_hint(format!("give what this makes of it, as a file or as - for standard input: {iconv}"))
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
