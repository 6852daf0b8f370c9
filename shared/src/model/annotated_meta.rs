//! The metadata of objects whose annotations and finalizers matter.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use prost::DecodeError;
use prost::bytes::{Buf, BufMut};
use prost::encoding::{DecodeContext, WireType, btree_map, string};
use serde::Deserialize;

use super::ObjectMeta;
use super::nullable::or_default;

/// [`ObjectMeta`] with annotations and finalizers; it dereferences to the slim one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AnnotatedMeta {
    /// Everything else.
    #[serde(flatten)]
    pub slim: ObjectMeta,
    /// Annotations by key.
    #[serde(deserialize_with = "or_default")]
    pub annotations: BTreeMap<String, String>,
    /// What must be done before a deleted object goes away.
    #[serde(deserialize_with = "or_default")]
    pub finalizers: Vec<String>,
}

impl AnnotatedMeta {
    /// Returns the value of an annotation, if it is set.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.get(key).map(String::as_str)
    }
}

impl Deref for AnnotatedMeta {
    type Target = ObjectMeta;

    fn deref(&self) -> &ObjectMeta {
        &self.slim
    }
}

impl DerefMut for AnnotatedMeta {
    fn deref_mut(&mut self) -> &mut ObjectMeta {
        &mut self.slim
    }
}

/// Fields of `metav1.ObjectMeta` in `k8s.io/apimachinery/pkg/apis/meta/v1/generated.proto`.
const ANNOTATIONS: u32 = 12;
const FINALIZERS: u32 = 14;

/// One message on the wire, two structs here: written by hand, since prost cannot derive a flattened message.
impl prost::Message for AnnotatedMeta {
    fn encode_raw(&self, buffer: &mut impl BufMut) {
        self.slim.encode_raw(buffer);
        btree_map::encode(
            string::encode,
            string::encoded_len,
            string::encode,
            string::encoded_len,
            ANNOTATIONS,
            &self.annotations,
            buffer,
        );
        string::encode_repeated(FINALIZERS, &self.finalizers, buffer);
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buffer: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        match tag {
            ANNOTATIONS => {
                btree_map::merge(string::merge, string::merge, &mut self.annotations, buffer, context)
            }
            FINALIZERS => string::merge_repeated(wire_type, &mut self.finalizers, buffer, context),
            _ => self.slim.merge_field(tag, wire_type, buffer, context),
        }
    }

    fn encoded_len(&self) -> usize {
        let annotations =
            btree_map::encoded_len(string::encoded_len, string::encoded_len, ANNOTATIONS, &self.annotations);
        self.slim.encoded_len() + annotations + string::encoded_len_repeated(FINALIZERS, &self.finalizers)
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}
