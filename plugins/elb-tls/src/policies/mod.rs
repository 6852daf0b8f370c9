//! The predefined security policies of load balancers.

mod presets;
mod recognize;
mod table;

pub use presets::Preset;
pub use recognize::{Recognized, recognize};
pub use table::{LoadBalancerType, POLICIES, Policy};

/// The policy that AWS and both controllers take where none is named.
pub const DEFAULT_POLICY: &str = "ELBSecurityPolicy-2016-08";

/// The best policy of Classic Load Balancers.
pub const BEST_OF_CLASSIC: &str = "ELBSecurityPolicy-TLS-1-2-2017-01";

/// The policy that AWS recommends for Network Load Balancers.
pub const BEST_OF_NETWORK: &str = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/// What all names of predefined policies begin with.
pub const NAME_PREFIX: &str = "ELBSecurityPolicy-";
