//! The ARNs of certificates, and the region they have to be in.

mod arn;
mod partitions;
mod region;

pub use arn::Arn;
pub use partitions::partition_of;
pub use region::{ClusterRegion, region_of_server, region_of_zone};
