//! The table of policies, as documented by AWS in September 2026: for Classic Load Balancers at
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html>, for Network Load
//! Balancers at <https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html>.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

/// A type of load balancer, as far as policies are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LoadBalancerType {
    /// Classic Load Balancers
    Classic,
    /// Network Load Balancers
    Network,
}

/// A predefined policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its name without `ELBSecurityPolicy-`; the oldest lack that prefix.
    short: &'static str,
    /// Which load balancers have it.
    on: On,
    /// The versions of TLS it accepts.
    pub versions: &'static [&'static str],
    /// The ciphers it accepts.
    pub ciphers: Ciphers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Classic,
    Network,
    Both,
    /// On Classic Load Balancers that have it already; AWS advises against it.
    DeprecatedClassic,
}

/// A family of ciphers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ciphers {
    /// Those of TLS 1.3.
    Tls13,
    /// AES-GCM with forward secrecy.
    Gcm,
    /// AES-GCM and AES-CBC-SHA2 with forward secrecy.
    ForwardSecret,
    /// The same, and AES-CBC-SHA1.
    ForwardSecretSha1,
    /// AES-GCM and AES-CBC-SHA2, also without forward secrecy.
    Rsa,
    /// The same, and AES-CBC-SHA1.
    RsaSha1,
    /// These, and what was dropped later.
    Legacy,
}

impl Ciphers {
    /// Returns the ciphers in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tls13 => "TLS 1.3 only",
            Self::Gcm => "ECDHE AES-GCM",
            Self::ForwardSecret => "ECDHE AES-GCM, AES-CBC-SHA2",
            Self::ForwardSecretSha1 => "ECDHE AES-GCM, AES-CBC-SHA2, AES-CBC-SHA1",
            Self::Rsa => "ECDHE and RSA, AES-GCM, AES-CBC-SHA2",
            Self::RsaSha1 => "ECDHE and RSA, AES-GCM, AES-CBC-SHA2, AES-CBC-SHA1",
            Self::Legacy => "ECDHE, DHE and RSA, AES and older",
        }
    }
}

/// What the names of the oldest policies begin with.
const SAMPLE: &str = "ELBSample-";

impl Policy {
    /// Returns its name.
    pub fn name(&self) -> String {
        match self.short {
            sample if sample.starts_with(SAMPLE) => sample.to_owned(),
            short => format!("{}{short}", super::NAME_PREFIX),
        }
    }

    /// Returns whether this is its name. No text is made: every Service of a cluster is asked about.
    fn is_named(&self, name: &str) -> bool {
        match self.short.starts_with(SAMPLE) {
            true => name == self.short,
            false => name.strip_prefix(super::NAME_PREFIX) == Some(self.short),
        }
    }

    /// Returns whether load balancers of a type have it.
    pub fn is_of(&self, load_balancer: LoadBalancerType) -> bool {
        match self.on {
            On::Both => true,
            On::Classic | On::DeprecatedClassic => load_balancer == LoadBalancerType::Classic,
            On::Network => load_balancer == LoadBalancerType::Network,
        }
    }

    /// Returns whether AWS advises against it.
    pub fn is_deprecated(&self) -> bool {
        self.on == On::DeprecatedClassic
    }

    /// Returns whether it accepts TLS 1.0 or 1.1.
    pub fn allows_old_tls(&self) -> bool {
        self.versions.iter().any(|version| matches!(*version, "1.0" | "1.1"))
    }

    /// Returns what it is good for.
    pub fn good_for(&self) -> &'static str {
        let has = |part: &str| self.short.contains(part);
        if self.is_deprecated() {
            return "nothing any more: deprecated";
        }
        match () {
            () if self.name() == super::BEST_OF_NETWORK => "what AWS recommends",
            () if self.name() == super::BEST_OF_CLASSIC => {
                "the best of Classic Load Balancers (Security Hub ELB.8)"
            }
            () if self.name() == super::DEFAULT_POLICY => "old clients; the default where none is named",
            () if has("RFC9151") => "CNSA (RFC 9151)",
            () if self.allows_old_tls() => "old clients",
            () if has("FIPS") && has("PQ") => "FIPS 140-3 with post-quantum key exchange",
            () if has("FIPS") => "FIPS 140-3",
            () if has("PQ") => "post-quantum key exchange",
            () if self.ciphers == Ciphers::Tls13 => "clients of TLS 1.3 alone",
            () if self.versions.contains(&"1.3") => "clients of TLS 1.2 and 1.3",
            () => "clients of TLS 1.2 alone",
        }
    }
}

/// Returns the policy of a name, exactly as AWS spells it.
pub fn find(name: &str, of: LoadBalancerType) -> Option<&'static Policy> {
    POLICIES.iter().find(|policy| policy.is_of(of) && policy.is_named(name))
}

const fn policy(short: &'static str, on: On, versions: &'static [&'static str], ciphers: Ciphers) -> Policy {
    Policy { short, on, versions, ciphers }
}

const V10: &[&str] = &["1.0", "1.1", "1.2"];
const V11: &[&str] = &["1.1", "1.2"];
const V12: &[&str] = &["1.2"];
const V10_13: &[&str] = &["1.0", "1.1", "1.2", "1.3"];
const V11_13: &[&str] = &["1.1", "1.2", "1.3"];
const V12_13: &[&str] = &["1.2", "1.3"];
const V13: &[&str] = &["1.3"];

/// All policies, the newest first.
pub const POLICIES: &[Policy] = &[
    policy("TLS13-1-3-PQ-2025-09", On::Network, V13, Ciphers::Tls13),
    policy("TLS13-1-3-FIPS-PQ-2025-09", On::Network, V13, Ciphers::Tls13),
    policy("TLS13-1-3-2021-06", On::Network, V13, Ciphers::Tls13),
    policy("TLS13-1-3-FIPS-2023-04", On::Network, V13, Ciphers::Tls13),
    policy("TLS13-1-3-RFC9151-FIPS-2023-07", On::Network, V13, Ciphers::Tls13),
    policy("TLS13-1-2-Res-PQ-2025-09", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-Res-FIPS-PQ-2025-09", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-PQ-2025-09", On::Network, V12_13, Ciphers::ForwardSecret),
    policy("TLS13-1-2-FIPS-PQ-2025-09", On::Network, V12_13, Ciphers::ForwardSecret),
    policy("TLS13-1-2-Ext0-FIPS-PQ-2025-09", On::Network, V12_13, Ciphers::ForwardSecretSha1),
    policy("TLS13-1-2-Ext1-PQ-2025-09", On::Network, V12_13, Ciphers::Rsa),
    policy("TLS13-1-2-Ext1-FIPS-PQ-2025-09", On::Network, V12_13, Ciphers::Rsa),
    policy("TLS13-1-2-Ext2-PQ-2025-09", On::Network, V12_13, Ciphers::RsaSha1),
    policy("TLS13-1-2-Ext2-FIPS-PQ-2025-09", On::Network, V12_13, Ciphers::RsaSha1),
    policy("TLS13-1-2-Res-2021-06", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-Res-FIPS-2023-04", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-2021-06", On::Network, V12_13, Ciphers::ForwardSecret),
    policy("TLS13-1-2-FIPS-2023-04", On::Network, V12_13, Ciphers::ForwardSecret),
    policy("TLS13-1-2-Ext0-FIPS-2023-04", On::Network, V12_13, Ciphers::ForwardSecretSha1),
    policy("TLS13-1-2-Ext1-2021-06", On::Network, V12_13, Ciphers::Rsa),
    policy("TLS13-1-2-Ext1-FIPS-2023-04", On::Network, V12_13, Ciphers::Rsa),
    policy("TLS13-1-2-Ext2-2021-06", On::Network, V12_13, Ciphers::RsaSha1),
    policy("TLS13-1-2-Ext2-FIPS-2023-04", On::Network, V12_13, Ciphers::RsaSha1),
    policy("TLS13-1-2-RFC9151-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-Ext0-RFC9151-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07", On::Network, V12_13, Ciphers::Gcm),
    policy("TLS13-1-1-2021-06", On::Network, V11_13, Ciphers::RsaSha1),
    policy("TLS13-1-1-FIPS-2023-04", On::Network, V11_13, Ciphers::RsaSha1),
    policy("TLS13-1-0-2021-06", On::Network, V10_13, Ciphers::RsaSha1),
    policy("TLS13-1-0-FIPS-2023-04", On::Network, V10_13, Ciphers::RsaSha1),
    policy("TLS13-1-0-PQ-2025-09", On::Network, V10_13, Ciphers::RsaSha1),
    policy("TLS13-1-0-FIPS-PQ-2025-09", On::Network, V10_13, Ciphers::RsaSha1),
    policy("FS-1-2-Res-2020-10", On::Network, V12, Ciphers::Gcm),
    policy("FS-1-2-Res-2019-08", On::Network, V12, Ciphers::ForwardSecret),
    policy("FS-1-2-2019-08", On::Network, V12, Ciphers::ForwardSecretSha1),
    policy("FS-1-1-2019-08", On::Network, V11, Ciphers::ForwardSecretSha1),
    policy("FS-2018-06", On::Network, V10, Ciphers::ForwardSecretSha1),
    policy("TLS-1-2-2017-01", On::Both, V12, Ciphers::Rsa),
    policy("TLS-1-2-Ext-2018-06", On::Network, V12, Ciphers::RsaSha1),
    policy("TLS-1-1-2017-01", On::Both, V11, Ciphers::RsaSha1),
    policy("2016-08", On::Both, V10, Ciphers::RsaSha1),
    policy("2015-05", On::Both, V10, Ciphers::RsaSha1),
    policy("2015-03", On::Classic, V10, Ciphers::Legacy),
    policy("2015-02", On::Classic, V10, Ciphers::Legacy),
    policy("2014-10", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("2014-01", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("2011-08", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("ELBSample-ELBDefaultCipherPolicy", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("ELBSample-OpenSSLDefaultCipherPolicy", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("ELBSample-ELBDefaultNegotiationPolicy", On::DeprecatedClassic, V10, Ciphers::Legacy),
    policy("ELBSample-OpenSSLDefaultNegotiationPolicy", On::DeprecatedClassic, V10, Ciphers::Legacy),
];
