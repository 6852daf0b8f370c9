//! From flags and kubeconfig to everything a connection needs, without touching the network.
//!
//! kube's own way (`Config::infer`, `from_kubeconfig`) differs from kubectl in a dozen cases, so this follows
//! client-go's `ClientConfig` (`tools/clientcmd/client_config.go`).

mod authenticate;
mod headers;
mod in_cluster;
mod overrides;
mod preflight;
mod reach;
mod validate;

use super::{
    credentials::Credentials,
    environment::Environment,
    errors::{Identity, Reporter},
    exec_credential::Policy,
    timeout::Patience,
    transport::{Settings, Trust},
};
use crate::{
    Result,
    cli::ConnectionFlags,
    kubeconfig::{Cluster, User},
};

pub use preflight::{cluster_refusals, plugin_refusal, user_refusals};
pub(super) use reach::authorities;

pub(crate) use in_cluster::{in_cluster, namespace_in_cluster};

/// Where client-go looks for an API server when nobody says where it is (`getDefaultServer`).
const LAST_RESORT: &str = "http://localhost:8080";

/// What a kubeconfig, or the pod this runs in, says about a connection before flags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    /// The cluster's name, for messages.
    pub cluster_name: String,
    /// How to reach it.
    pub cluster: Cluster,
    /// The user's name, for messages.
    pub user_name: String,
    /// Who we are.
    pub user: User,
    /// The context's name, if there is one.
    pub context: Option<String>,
    /// The namespace in effect.
    pub namespace: String,
    /// Advice for when no server answers.
    pub unreachable_hint: Option<String>,
}

/// Everything a connection needs.
#[derive(Debug)]
pub(crate) struct Connection {
    /// How to reach the server: all but token and plugin.
    pub settings: Settings,
    /// The token or the plugin that gives one.
    pub credentials: Credentials,
    /// Explains failures.
    pub reporter: Reporter,
    /// How long to wait.
    pub patience: Patience,
    /// The server's base URL.
    pub server: String,
    /// The namespace in effect.
    pub namespace: String,
    /// The context in effect.
    pub context: Option<String>,
}

impl Connection {
    /// Puts a target and the flags together and reads the certificates they name.
    ///
    /// # Errors
    /// kubectl's sentences for a configuration that contradicts itself or names files that can't be read.
    pub fn new(mut target: Target, flags: &ConnectionFlags, environment: &Environment) -> Result<Self> {
        overrides::apply(flags, &mut target);
        if target.cluster.server.as_deref().unwrap_or_default().is_empty() {
            target.cluster.server =
                Some(environment.variable("KUBERNETES_MASTER").unwrap_or(LAST_RESORT).to_owned());
        }
        let files = validate::validate(&target).map_err(|wrong| validate::refusal(&wrong))?;
        let server = reach::server_of(&target.cluster)?;
        let secure = server.scheme_str() == Some("https");
        let proxy = reach::proxy_of(&target, &server, environment)?;

        let mut settings = Settings {
            server: reach::with_port_for_tunnel(&server, proxy.is_some()),
            proxy,
            headers: headers::of(&target.user)?,
            compression: !target.cluster.disable_compression,
            trust: Trust::System,
            server_name: None,
            identity: None,
        };
        let (mut credentials, mut identity) = (Credentials::None, Identity::Anonymous);
        // client-go reads credentials for encrypted connections only, so a token never crosses a wire in the clear.
        if secure {
            settings.trust = reach::trust(&target.cluster, files.authority.as_deref())?;
            settings.server_name = target.cluster.tls_server_name.clone().filter(|name| !name.is_empty());
            let policy = if target.user.exec.is_some() { Policy::of(environment)? } else { Policy::AllowAll };
            let proxy_url = settings.proxy.as_ref().map(ToString::to_string);
            let given =
                authenticate::Given { target: &target, files: &files, environment, policy, proxy_url };
            (settings.identity, credentials, identity) = given.authenticate()?;
        }
        let reporter = Reporter {
            host: super::errors::host_of(&server),
            proxy: settings.proxy.as_ref().map(super::errors::host_of),
            identity,
            unreachable_hint: target.unreachable_hint,
        };
        Ok(Self {
            settings,
            credentials,
            reporter,
            patience: Patience::of(flags.request_timeout),
            server: server.to_string().trim_end_matches('/').to_owned(),
            namespace: target.namespace,
            context: target.context,
        })
    }
}

#[cfg(test)]
mod tests;
