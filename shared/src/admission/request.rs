//! A request to the API server.

use super::object::Object;

/// A request to create or to update an object.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The object as it was sent.
    pub object: Object,
    /// The existing object of that name; `None` for a creation.
    pub old: Option<&'a Object>,
    /// Whether it is an in-place resize of a pod.
    pub resize: bool,
}
