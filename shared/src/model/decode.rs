//! Decodes the objects of a response, in either encoding.

use prost::DecodeError;
use prost::Message;
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};
use serde::Deserialize;

use super::nullable::or_default;
use super::{FromProtobuf, ListMeta, Resource};

/// The encoding of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/json`
    Json,
    /// `application/vnd.kubernetes.protobuf`
    Protobuf,
}

impl Encoding {
    /// The media type of Kubernetes' protobuf.
    pub const PROTOBUF_MEDIA_TYPE: &'static str = "application/vnd.kubernetes.protobuf";

    /// Returns the encoding a `Content-Type` names; JSON where it names none or another.
    pub fn from_content_type(content_type: Option<&str>) -> Self {
        let media_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
        match media_type.trim().eq_ignore_ascii_case(Self::PROTOBUF_MEDIA_TYPE) {
            true => Self::Protobuf,
            false => Self::Json,
        }
    }

    /// Returns the media types to ask for when reading this kind: protobuf where there is a decoder, JSON otherwise and
    /// from servers that have nothing else.
    pub fn accept<K: Resource>() -> &'static str {
        match K::FROM_PROTOBUF {
            Some(_) => "application/vnd.kubernetes.protobuf,application/json",
            None => "application/json",
        }
    }
}

/// A list, or a page of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, bound(deserialize = "K: Resource"))]
pub struct List<K> {
    /// The metadata of the list.
    #[serde(deserialize_with = "or_default")]
    pub metadata: ListMeta,
    /// The objects, in the server's order (by namespace and name).
    #[serde(deserialize_with = "or_default")]
    pub items: Vec<K>,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self { metadata: ListMeta::default(), items: Vec::new() }
    }
}

/// Reads a list. The error says what is wrong with the bytes, without naming where they come from.
pub fn decode_list<K: Resource>(encoding: Encoding, bytes: &[u8]) -> Result<List<K>, String> {
    match (encoding, K::FROM_PROTOBUF) {
        (Encoding::Json, _) => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
        (Encoding::Protobuf, Some(item)) => envelope_content(bytes).and_then(|raw| decode_items(raw, item)),
        (Encoding::Protobuf, None) => Err(format!("{} is not expected as protobuf", K::KIND)),
    }
}

/// Reads one object; errors as [`decode_list`].
pub fn decode_object<K: Resource>(encoding: Encoding, bytes: &[u8]) -> Result<K, String> {
    match (encoding, K::FROM_PROTOBUF) {
        (Encoding::Json, _) => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
        (Encoding::Protobuf, Some(object)) => {
            envelope_content(bytes).and_then(|raw| object(raw).map_err(text))
        }
        (Encoding::Protobuf, None) => Err(format!("{} is not expected as protobuf", K::KIND)),
    }
}

/// Returns the token of the next page, found without reading the items: in protobuf the list's metadata comes first.
/// `None` for the last page, and for JSON, where it comes anywhere.
pub fn continue_token(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    if encoding == Encoding::Json {
        return None;
    }
    let mut raw = envelope_content(bytes).ok()?;
    let (LIST_METADATA, WireType::LengthDelimited) = decode_key(&mut raw).ok()? else { return None };
    let metadata = ListMeta::decode(length_delimited(&mut raw).ok()?).ok()?;
    (!metadata.continue_token.is_empty()).then_some(metadata.continue_token)
}

/// The magic number that every protobuf response starts with (`runtime/serializer/protobuf/protobuf.go`).
const MAGIC: &[u8] = b"k8s\0";
/// Field `raw` of `runtime.Unknown`, the envelope after the magic number.
const ENVELOPE_RAW: u32 = 2;
/// Fields of every list type.
const LIST_METADATA: u32 = 1;
const LIST_ITEMS: u32 = 2;

/// Returns the encoded object inside the envelope.
fn envelope_content(bytes: &[u8]) -> Result<&[u8], String> {
    let Some(mut buffer) = bytes.strip_prefix(MAGIC) else {
        return Err("it does not start as Kubernetes' protobuf does".to_owned());
    };
    while !buffer.is_empty() {
        match decode_key(&mut buffer).map_err(text)? {
            (ENVELOPE_RAW, WireType::LengthDelimited) => return length_delimited(&mut buffer),
            (tag, wire_type) => {
                skip_field(wire_type, tag, &mut buffer, DecodeContext::default()).map_err(text)?;
            }
        }
    }
    Err("it ends before the object".to_owned())
}

fn decode_items<K>(mut buffer: &[u8], item: FromProtobuf<K>) -> Result<List<K>, String> {
    let mut list = List::default();
    while !buffer.is_empty() {
        match decode_key(&mut buffer).map_err(text)? {
            (LIST_METADATA, WireType::LengthDelimited) => {
                list.metadata = ListMeta::decode(length_delimited(&mut buffer)?).map_err(text)?;
            }
            (LIST_ITEMS, WireType::LengthDelimited) => {
                list.items.push(item(length_delimited(&mut buffer)?).map_err(text)?);
            }
            (tag, wire_type) => {
                skip_field(wire_type, tag, &mut buffer, DecodeContext::default()).map_err(text)?;
            }
        }
    }
    Ok(list)
}

/// Cuts a length and as many bytes off the front.
fn length_delimited<'a>(buffer: &mut &'a [u8]) -> Result<&'a [u8], String> {
    let length = decode_varint(buffer).map_err(text)?;
    let (field, rest) = usize::try_from(length)
        .ok()
        .and_then(|length| buffer.split_at_checked(length))
        .ok_or("it ends in the middle of a field")?;
    *buffer = rest;
    Ok(field)
}

fn text(error: DecodeError) -> String {
    error.to_string()
}
