//! The flags that stand for annotations.

use clap::{Args, ValueEnum};

use crate::{completers, policies::Preset};

/// The flags that stand for annotations. What they are written as depends on the Service and its controller.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Annotations")]
pub struct KeyFlags {
    /// Set the ARN of the certificate; several, for server names, with the AWS Load Balancer Controller
    #[arg(long, value_name = "ARN,…", value_delimiter = ',')]
    pub cert: Vec<String>,

    /// Set the ports of the Service that speak TLS, by number or name, or all
    #[arg(long, value_name = "PORT,…|all", value_delimiter = ',')]
    pub ports: Vec<String>,

    /// Set the protocol between load balancer and pods
    #[arg(long, value_name = "PROTOCOL", ignore_case = true)]
    pub backend: Option<BackendProtocol>,

    /// Set the security policy of TLS listeners, as listed by `policies`
    #[arg(long, value_name = "NAME", conflicts_with = "preset")]
    pub policy: Option<String>,

    /// Set the security policy by what it is good for
    #[arg(long, value_name = "PRESET", ignore_case = true)]
    pub preset: Option<Preset>,

    /// Let open connections end within so many seconds when nodes leave, or off
    #[arg(long, value_name = "SECONDS|off")]
    pub draining: Option<String>,

    /// Set how many seconds a connection may be idle
    #[arg(long, value_name = "SECONDS")]
    pub idle_timeout: Option<String>,

    /// Set the tags of the AWS resources
    #[arg(long, value_name = "KEY=VALUE,…")]
    pub tags: Option<String>,

    /// Send the PROXY protocol to the pods, which have to expect it
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on", ignore_case = true)]
    pub proxy_protocol: Option<Switch>,

    /// Set the application protocols that TLS listeners offer
    #[arg(long, value_name = "POLICY", ignore_case = true)]
    pub alpn: Option<AlpnPolicy>,

    /// Set an annotation as it stands, by its short or full key; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,

    /// Remove an annotation, by its short or full key; may be repeated
    #[arg(long, value_name = "KEY", add = completers::short_keys())]
    pub unset: Vec<String>,
}

impl KeyFlags {
    /// Returns whether no flag is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The words of `backend-protocol`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BackendProtocol {
    /// HTTP, with X-Forwarded headers on Classic Load Balancers
    Http,
    /// HTTP over TLS, with X-Forwarded headers on Classic Load Balancers
    Https,
    /// Bytes
    Tcp,
    /// Bytes over TLS
    Ssl,
}

/// Whether something is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is wanted
    On,
    /// It is not
    Off,
}

/// The words of `alpn-policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlpnPolicy {
    /// No ALPN
    #[value(name = "None")]
    None,
    /// HTTP/1.1 and older
    #[value(name = "HTTP1Only")]
    Http1Only,
    /// HTTP/2
    #[value(name = "HTTP2Only")]
    Http2Only,
    /// HTTP/1.1 before HTTP/2
    #[value(name = "HTTP2Optional")]
    Http2Optional,
    /// HTTP/2 before HTTP/1.1
    #[value(name = "HTTP2Preferred")]
    Http2Preferred,
}

impl BackendProtocol {
    /// Returns the word of the annotation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tcp => "tcp",
            Self::Ssl => "ssl",
        }
    }

    /// Returns what it means.
    pub fn description(self) -> &'static str {
        match self {
            Self::Http => "HTTP, with X-Forwarded headers",
            Self::Https => "HTTP over TLS, with X-Forwarded headers",
            Self::Tcp => "bytes",
            Self::Ssl => "bytes over TLS",
        }
    }
}

impl AlpnPolicy {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::None, Self::Http1Only, Self::Http2Only, Self::Http2Optional, Self::Http2Preferred];

    /// Returns what it means.
    pub fn description(self) -> &'static str {
        match self {
            Self::None => "no ALPN",
            Self::Http1Only => "HTTP/1.1 and older",
            Self::Http2Only => "HTTP/2",
            Self::Http2Optional => "HTTP/1.1 before HTTP/2",
            Self::Http2Preferred => "HTTP/2 before HTTP/1.1",
        }
    }

    /// Returns the word of the annotation.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Http1Only => "HTTP1Only",
            Self::Http2Only => "HTTP2Only",
            Self::Http2Optional => "HTTP2Optional",
            Self::Http2Preferred => "HTTP2Preferred",
        }
    }
}
