//! Who we are: certificate, token, plugin (`getUserIdentificationPartialConfig` in `client_config.go`).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{Target, validate::PemFiles};
use crate::{
    Error, Result,
    client::{
        credentials::{Credentials, TokenFile},
        environment::Environment,
        errors::{Identity, expiry_of, expiry_of_token},
        exec_credential::{InteractiveMode, Plugin, PluginCredentials, Policy},
        id_token::IdToken,
        transport::ClientCertificate,
    },
    kubeconfig::{AuthProvider, ExecConfig},
};

/// The cluster's extension that a plugin is told (`clusterExtensionKey`).
const PLUGIN_EXTENSION: &str = "client.authentication.k8s.io/exec";

/// The versions of `ExecCredential` that client-go still speaks.
const API_VERSIONS: [&str; 2] = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

/// What authentication is made of.
pub(super) struct Given<'a> {
    /// Cluster and user, flags applied.
    pub target: &'a Target,
    /// The files they name.
    pub files: &'a PemFiles,
    /// For plugins.
    pub environment: &'a Environment,
    /// Which plugins may run.
    pub policy: Policy,
    /// The proxy, for plugins.
    pub proxy_url: Option<String>,
}

impl Given<'_> {
    /// Returns the certificate to show, what to send with each request, and who that makes us in messages.
    ///
    /// A token, a password or a certificate makes the plugin superfluous (`UpdateTransportConfig` in `exec.go`).
    ///
    /// # Errors
    /// Tokens, keys, providers and plugins that can't be used.
    pub fn authenticate(self) -> Result<(Option<ClientCertificate>, Credentials, Identity)> {
        let mut identity = Identity::Anonymous;
        let mut shown = None;
        if let (Some(certificate), Some(key)) = (&self.files.certificate, &self.files.key) {
            // A key that is no text is no PEM either, and refused as such when it is used.
            let key = String::from_utf8_lossy(key.expose_secret()).into_owned();
            shown =
                Some(ClientCertificate { certificate: certificate.clone(), key: SecretString::from(key) });
            identity = Identity::Certificate(expiry_of(certificate));
        }
        let (credentials, identity) = self.credentials(identity)?;
        Ok((shown, credentials, identity))
    }

    /// Chooses what to send with each request; `identity` is who the certificate makes us.
    fn credentials(&self, identity: Identity) -> Result<(Credentials, Identity)> {
        let user = &self.target.user;
        if let Some(file) = &user.token_file {
            let fallback = user.token.clone();
            let source = TokenFile::open(&file.resolved, fallback)?;
            return Ok((Credentials::TokenFile(source), Identity::TokenFile(file.original.clone())));
        }
        if let Some(token) = &user.token {
            let identity = match identity {
                Identity::Anonymous => Identity::Token(expiry_of_token(token.expose_secret())),
                certificate => certificate,
            };
            return Ok((Credentials::Token(token.clone()), identity));
        }
        if user.username.is_some() || user.password.is_some() {
            let (name, password) = (user.username.as_deref(), user.password.as_ref());
            let password = password.map(ExposeSecret::expose_secret);
            let pair = format!("{}:{}", name.unwrap_or_default(), password.unwrap_or_default());
            return Ok((Credentials::Password(SecretString::from(pair)), Identity::Password));
        }
        if let Some(provider) = &user.auth_provider {
            let token = built_in(provider)?;
            return Ok((Credentials::IdToken(token), Identity::Provider(provider.name.clone())));
        }
        match (&user.exec, identity) {
            (Some(exec), Identity::Anonymous) => {
                let identity = Identity::Plugin(exec.command.original.clone());
                Ok((Credentials::Plugin(PluginCredentials::new(self.plugin(exec)?)), identity))
            }
            (_, identity) => Ok((Credentials::None, identity)),
        }
    }

    fn plugin(&self, exec: &ExecConfig) -> Result<Plugin> {
        let api_version = exec.api_version.clone().unwrap_or_default();
        if !API_VERSIONS.contains(&api_version.as_str()) {
            return Err(Error::kubeconfig(format!("exec plugin: invalid apiVersion {api_version:?}"))
                .with_hint("v1alpha1 is gone since Kubernetes 1.24: have the kubeconfig written anew by the plugin's own tool"));
        }
        let variables = exec
            .env
            .iter()
            .map(|variable| (variable.name.clone(), variable.value.expose_secret().to_owned()));
        Ok(Plugin {
            command: exec.command.resolved.display().to_string(),
            arguments: exec.args.clone(),
            variables: variables.collect(),
            api_version,
            interactive_mode: match exec.interactive_mode.as_deref() {
                Some("Never") => InteractiveMode::Never,
                Some("Always") => InteractiveMode::Always,
                _ => InteractiveMode::IfAvailable,
            },
            stdin_is_terminal: self.environment.stdin_is_terminal,
            install_hint: exec.install_hint.clone().unwrap_or_default(),
            cluster: exec.provide_cluster_info.then(|| self.cluster_info()),
            policy: self.policy.clone(),
            search_path: self.environment.variable("PATH").unwrap_or_default().to_owned(),
        })
    }

    /// Returns the cluster as plugins see it (`Cluster` in client-go's `pkg/apis/clientauthentication/v1/types.go`).
    fn cluster_info(&self) -> Value {
        let cluster = &self.target.cluster;
        let mut info = json!({ "server": cluster.server.as_deref().unwrap_or_default() });
        let mut set = |key: &str, value: Value| info[key] = value;
        if let Some(name) = &cluster.tls_server_name {
            set("tls-server-name", json!(name));
        }
        if cluster.insecure_skip_tls_verify {
            set("insecure-skip-tls-verify", json!(true));
        }
        if let Some(authority) = &self.files.authority {
            set("certificate-authority-data", json!(STANDARD.encode(authority)));
        }
        if let Some(proxy) = &self.proxy_url {
            set("proxy-url", json!(proxy));
        }
        if cluster.disable_compression {
            set("disable-compression", json!(true));
        }
        if let Some(config) = cluster.extensions.iter().find(|extension| extension.name == PLUGIN_EXTENSION) {
            set("config", config.extension.clone());
        }
        info
    }
}

/// Accepts the one auth provider left in kubectl; the clouds' were removed in 1.26 in favour of plugins.
fn built_in(provider: &AuthProvider) -> Result<IdToken> {
    if provider.name != "oidc" {
        let error = Error::kubeconfig(format!("no Auth Provider found for name {:?}", provider.name));
        return Err(match provider.name.as_str() {
            "gcp" => error.with_hint("use the credential plugin gke-gcloud-auth-plugin: gcloud container clusters get-credentials CLUSTER"),
            "azure" => error.with_hint("use the credential plugin kubelogin: kubelogin convert-kubeconfig"),
            _ => error,
        });
    }
    IdToken::of(provider)
}
