//! Access for people and programs: certificates signed by the cluster, tokens of service accounts, and the kubeconfigs that
//! carry them.
//!
//! A private key is made here and goes into the kubeconfig, and nowhere else: neither to the server, which gets a signing
//! request, nor into messages, records or other files.

mod certificate;
mod destination;
mod duration;
mod grant;
mod issued;
mod records;
mod rights;
mod signing_request;
mod subject;
mod token;

pub use destination::{Destination, Placed};
pub use duration::Lifetime;
pub use grant::{Grant, grant, renew};
pub use issued::UserAccess;
pub use records::{Record, Records};
pub use rights::SIGNER;
pub use subject::Subject;

#[cfg(test)]
pub use signing_request::SigningRequest;
