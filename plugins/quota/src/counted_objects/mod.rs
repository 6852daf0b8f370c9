//! The existing objects that quotas count, read once and handed over one after the other: a large cluster has more of them
//! than fit into memory. Used by `who` and `verify`.

mod collect;
mod device_claims;
mod dump;
mod listed;
mod object;
mod quotas;

use std::collections::BTreeSet;

use shared::{client::incomplete::Skipped, snapshot::names_extended};

pub use collect::read_cluster;
pub use dump::read_dump;
pub use object::CountedObject;
pub use quotas::Quotas;

/// The namespaces to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// One namespace.
    Namespace(String),
    /// Some namespaces.
    Namespaces(BTreeSet<String>),
    /// All of them, or those of `default` where all may not be listed.
    All {
        /// The namespace in effect.
        default: String,
    },
}

/// What is made of the objects, while they are read. Each list has a tally of its own, since a list that the server forgot
/// starts over.
pub trait Tally: Clone {
    /// Adds an object.
    fn add(&mut self, quotas: &Quotas, object: &CountedObject);

    /// Adds everything of another list.
    fn merge(&mut self, other: Self);
}

/// What was read.
#[derive(Clone, Debug)]
pub struct Counted<T> {
    /// The quotas.
    pub quotas: Quotas,
    /// What was made of the objects.
    pub tally: T,
    /// The resources that could not be listed, by namespace; an empty one stands for all.
    pub unread: BTreeSet<(String, String)>,
    /// Whether claims of devices may count as extended resources, and the device classes that tell could not be read.
    pub without_device_classes: bool,
    /// The resources of custom kinds that the server does not serve.
    pub unserved: BTreeSet<String>,
    /// The one namespace that was read; `None` for several.
    pub namespace: Option<String>,
    /// What could not be read, for messages.
    pub skipped: Vec<Skipped>,
    /// What a dump holds twice, as sentences.
    pub remarks: Vec<String>,
}

impl<T> Counted<T> {
    /// Returns the resource that this resource name of a quota counts and that could not be listed.
    pub fn unread_resource(&self, namespace: &str, name: &str) -> Option<String> {
        if self.without_device_classes && names_extended(name) {
            return Some("deviceclasses".to_owned());
        }
        let resources = shared::admission::evaluator::counted_resources(name);
        resources.into_iter().find(|resource| {
            [namespace, ""].iter().any(|one| self.unread.contains(&((*one).to_owned(), resource.clone())))
        })
    }
}
