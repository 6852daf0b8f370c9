//! The trait of slim structs that are read from a cluster or a dump.

use prost::DecodeError;
use serde::de::DeserializeOwned;

use super::{ObjectMeta, path_segment};

/// Reads one object from the protobuf message of its kind.
pub type FromProtobuf<K> = fn(&[u8]) -> Result<K, DecodeError>;

/// A kind of object, and how the API names it.
pub trait Resource: DeserializeOwned + Send + 'static {
    /// The API group; empty for the core group.
    const GROUP: &'static str;
    /// The version asked for, `v1`.
    const VERSION: &'static str;
    /// The name in paths and rules, `resourcequotas`.
    const PLURAL: &'static str;
    /// The name in objects, `ResourceQuota`.
    const KIND: &'static str;
    /// Whether objects live in a namespace.
    const NAMESPACED: bool;
    /// How to read one object from protobuf. `None` for custom resources, which the API server only
    /// has as JSON.
    const FROM_PROTOBUF: Option<FromProtobuf<Self>> = None;

    /// Returns name, namespace and the rest.
    fn metadata(&self) -> &ObjectMeta;
}

/// Returns the path of a kind's objects: of one namespace, or of all of them (always so for a kind without
/// namespaces).
pub fn list_path<K: Resource>(namespace: Option<&str>) -> String {
    let root = match K::GROUP {
        "" => format!("/api/{}", K::VERSION),
        group => format!("/apis/{group}/{}", K::VERSION),
    };
    match namespace {
        Some(namespace) if K::NAMESPACED => {
            format!("{root}/namespaces/{}/{}", path_segment(namespace), K::PLURAL)
        }
        _ => format!("{root}/{}", K::PLURAL),
    }
}

/// Returns the path of one object.
pub fn object_path<K: Resource>(namespace: Option<&str>, name: &str) -> String {
    format!("{}/{}", list_path::<K>(namespace), path_segment(name))
}

/// Implements [`Resource`] for a kind the API server has as protobuf.
macro_rules! built_in {
    ($kind:ty, $group:literal, $version:literal, $plural:literal, $name:literal, $scope:ident) => {
        impl $crate::model::Resource for $kind {
            const GROUP: &'static str = $group;
            const VERSION: &'static str = $version;
            const PLURAL: &'static str = $plural;
            const KIND: &'static str = $name;
            const NAMESPACED: bool = $crate::model::resource::built_in!(@ $scope);
            const FROM_PROTOBUF: Option<$crate::model::FromProtobuf<Self>> =
                Some(|bytes| <$kind as prost::Message>::decode(bytes));

            fn metadata(&self) -> &$crate::model::ObjectMeta {
                &self.metadata
            }
        }
    };
    (@ namespaced) => {
        true
    };
    (@ cluster) => {
        false
    };
}
pub(crate) use built_in;
