//! Words that stand for a policy.

use clap::ValueEnum;

use super::{BEST_OF_CLASSIC, BEST_OF_NETWORK, table::LoadBalancerType};

/// A word for what a policy is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// What AWS recommends: TLS 1.2 and 1.3, post-quantum key exchange
    Modern,
    /// TLS 1.3 alone
    Strict,
    /// Cryptography that is validated by FIPS 140-3
    Fips,
    /// TLS 1.2 and 1.3, for clients that lack the ciphers of the others
    Compat,
}

impl Preset {
    /// Returns the word of the flag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Modern => "modern",
            Self::Strict => "strict",
            Self::Fips => "fips",
            Self::Compat => "compat",
        }
    }

    /// Returns the name of its policy; `None` where this type of load balancer has none such.
    pub fn policy(self, of: LoadBalancerType) -> Option<&'static str> {
        match (of, self) {
            // Classic Load Balancers have neither TLS 1.3 nor FIPS policies.
            (LoadBalancerType::Classic, Self::Modern | Self::Compat) => Some(BEST_OF_CLASSIC),
            (LoadBalancerType::Classic, Self::Strict | Self::Fips) => None,
            (LoadBalancerType::Network, Self::Modern) => Some(BEST_OF_NETWORK),
            (LoadBalancerType::Network, Self::Strict) => Some("ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"),
            (LoadBalancerType::Network, Self::Fips) => {
                Some("ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09")
            }
            (LoadBalancerType::Network, Self::Compat) => Some("ELBSecurityPolicy-TLS13-1-2-2021-06"),
        }
    }
}
