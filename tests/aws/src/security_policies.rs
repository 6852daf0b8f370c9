//! The security policies that AWS has predefined.
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html>
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html>

/// What a listener has that is made without one.
pub const DEFAULT: &str = "ELBSecurityPolicy-2016-08";

/// Those of classic load balancers, deprecated ones too.
pub const CLASSIC: [&str; 11] = [
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2015-03",
    "ELBSecurityPolicy-2015-02",
    "ELBSecurityPolicy-2014-10",
    "ELBSecurityPolicy-2014-01",
    "ELBSecurityPolicy-2011-08",
    "ELBSample-ELBDefaultCipherPolicy",
    "ELBSample-OpenSSLDefaultCipherPolicy",
];

/// Those of network load balancers, without their common prefix.
const NETWORK: [&str; 45] = [
    "TLS13-1-3-2021-06",
    "TLS13-1-3-FIPS-2023-04",
    "TLS13-1-3-PQ-2025-09",
    "TLS13-1-3-FIPS-PQ-2025-09",
    "TLS13-1-3-RFC9151-FIPS-2023-07",
    "TLS13-1-2-2021-06",
    "TLS13-1-2-Res-2021-06",
    "TLS13-1-2-Ext1-2021-06",
    "TLS13-1-2-Ext2-2021-06",
    "TLS13-1-2-FIPS-2023-04",
    "TLS13-1-2-Res-FIPS-2023-04",
    "TLS13-1-2-Ext0-FIPS-2023-04",
    "TLS13-1-2-Ext1-FIPS-2023-04",
    "TLS13-1-2-Ext2-FIPS-2023-04",
    "TLS13-1-2-PQ-2025-09",
    "TLS13-1-2-Res-PQ-2025-09",
    "TLS13-1-2-Ext1-PQ-2025-09",
    "TLS13-1-2-Ext2-PQ-2025-09",
    "TLS13-1-2-FIPS-PQ-2025-09",
    "TLS13-1-2-Res-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext0-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext1-FIPS-PQ-2025-09",
    "TLS13-1-2-Ext2-FIPS-PQ-2025-09",
    "TLS13-1-2-RFC9151-FIPS-2023-07",
    "TLS13-1-2-Ext0-RFC9151-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07",
    "TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07",
    "TLS13-1-1-2021-06",
    "TLS13-1-0-2021-06",
    "TLS13-1-1-FIPS-2023-04",
    "TLS13-1-0-FIPS-2023-04",
    "TLS13-1-0-PQ-2025-09",
    "TLS13-1-0-FIPS-PQ-2025-09",
    "TLS-1-1-2017-01",
    "2016-08",
    "2015-05",
    "FS-2018-06",
    "FS-1-1-2019-08",
    "TLS-1-2-2017-01",
    "TLS-1-2-Ext-2018-06",
    "FS-1-2-2019-08",
    "FS-1-2-Res-2019-08",
    "FS-1-2-Res-2020-10",
];

/// Returns whether a network load balancer knows a policy. Names are told apart by case.
pub fn is_of_network(name: &str) -> bool {
    name.strip_prefix("ELBSecurityPolicy-").is_some_and(|rest| NETWORK.contains(&rest))
}
