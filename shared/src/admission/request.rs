//! What the API server is asked to do.

use super::object::Object;

/// An object on its way into the cluster.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// What is to be, as it was sent.
    pub object: Object,
    /// What is there under that name.
    pub old: Option<&'a Object>,
    /// Whether a pod's resources are to change in place.
    pub resize: bool,
}
