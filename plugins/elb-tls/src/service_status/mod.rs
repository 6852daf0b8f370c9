//! What is known of a Service's load balancer: who acts, how the last sync ended, and what that means.

pub mod decide;
mod endpoint_slice;
mod read;
mod text;

pub use decide::status;
pub use endpoint_slice::EndpointSlice;
pub use read::endpoint_slices;
pub use text::{is_bad, show};
