//! The flags that choose the cluster and the user: kubectl's own, with kubectl's meaning.

use std::path::PathBuf;

use clap::{
    Args,
    builder::{OsStringValueParser, TypedValueParser},
};

use super::request_timeout::RequestTimeout;

/// kubectl's connection flags (`ConfigFlags` in cli-runtime's `config_flags.go`), flattened into every plugin.
///
/// They stand after the plugin's name: kubectl refuses flags before it.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[command(next_help_heading = "Connection")]
pub struct ConnectionFlags {
    /// Path to the kubeconfig file to use for this command
    // An empty one is none, as for kubectl; clap's own parser of paths refuses it.
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "FILE", value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub kubeconfig: Option<PathBuf>,

    /// The name of the kubeconfig context to use
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "NAME")]
    pub context: Option<String>,

    /// The name of the kubeconfig cluster to use
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "NAME")]
    pub cluster: Option<String>,

    /// The name of the kubeconfig user to use
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "NAME")]
    pub user: Option<String>,

    /// The namespace this command works in
    #[arg(short, long, global = true, allow_hyphen_values = true, value_name = "NAME")]
    pub namespace: Option<String>,

    /// The address and port of the Kubernetes API server
    #[arg(short, long, global = true, allow_hyphen_values = true, value_name = "URL")]
    pub server: Option<String>,

    /// Bearer token for authentication to the API server
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "TOKEN")]
    pub token: Option<String>,

    /// Username to impersonate: a regular user or a service account in a namespace
    #[arg(long = "as", global = true, allow_hyphen_values = true, value_name = "USER")]
    pub impersonate_user: Option<String>,

    /// Group to impersonate; may be repeated
    #[arg(long = "as-group", global = true, allow_hyphen_values = true, value_name = "GROUP")]
    pub impersonate_groups: Vec<String>,

    /// UID to impersonate
    #[arg(long = "as-uid", global = true, allow_hyphen_values = true, value_name = "UID")]
    pub impersonate_uid: Option<String>,

    /// Path to a certificate file for the certificate authority
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "FILE")]
    pub certificate_authority: Option<PathBuf>,

    /// Path to a client certificate file for TLS
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "FILE")]
    pub client_certificate: Option<PathBuf>,

    /// Path to a client key file for TLS
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "FILE")]
    pub client_key: Option<PathBuf>,

    /// Do not check the server's certificate: the connection can be listened to
    #[arg(long, global = true, num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    pub insecure_skip_tls_verify: Option<bool>,

    /// Server name to use for checking the server's certificate
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "NAME")]
    pub tls_server_name: Option<String>,

    /// How long to wait for one request (1s, 2m, 3h); 0 waits for ever
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "DURATION")]
    pub request_timeout: Option<RequestTimeout>,
}
