//! How a user of the kubeconfig authenticates, read from the kubeconfig alone: no credential plugin runs, no
//! server is asked, and no secret is shown.

mod client_certificate;
mod expiry;

use std::{borrow::Cow, fs};

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};
use shared::{client::token_expiry, kubeconfig::NamedUser, regular_file};

pub use client_certificate::ClientCertificate;
pub use expiry::Expiry;

/// The file in which Kubernetes puts a pod's token; a user with it is the pod's service account.
const SERVICE_ACCOUNT_TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/// The credentials of a user, without the secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Credentials {
    /// The kind of credential.
    pub kind: CredentialKind,
    /// The common name of a client certificate: the user's name to the server.
    pub common_name: Option<String>,
    /// The organizations of a client certificate: the user's groups.
    pub organizations: Vec<String>,
    /// When the certificate or token expires, if it says so.
    pub expires: Option<Timestamp>,
    /// The user that requests impersonate.
    pub impersonates: Option<String>,
    /// What is wrong, in sentences.
    #[serde(skip)]
    pub problems: Vec<String>,
}

/// Kinds of credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CredentialKind {
    /// A TLS client certificate.
    ClientCertificate,
    /// A bearer token, in the kubeconfig or in a file.
    Token,
    /// A credential plugin; its name, without folders.
    Exec(String),
    /// User name and password, which servers have refused since Kubernetes 1.19.
    Basic,
    /// The built-in `oidc` provider.
    Oidc,
    /// Another auth provider; kubectl has none any more.
    AuthProvider(String),
    /// The service account of the pod this runs in.
    InCluster,
    /// No credentials: the server sees `system:anonymous`.
    #[default]
    None,
}

impl CredentialKind {
    /// Returns the word for the kind in tables and documents.
    pub fn word(&self) -> String {
        match self {
            Self::ClientCertificate => "client-certificate".to_owned(),
            Self::Token => "token".to_owned(),
            Self::Exec(name) => format!("exec:{name}"),
            Self::Basic => "basic".to_owned(),
            Self::Oidc => "oidc".to_owned(),
            Self::AuthProvider(name) => format!("auth-provider:{name}"),
            Self::InCluster => "in-cluster".to_owned(),
            Self::None => "none".to_owned(),
        }
    }
}

impl Serialize for CredentialKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.word())
    }
}

/// A word, see [`CredentialKind::word`].
impl JsonSchema for CredentialKind {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "CredentialKind".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Credentials {
    /// Returns the credentials of a user; reads the certificate and token files it names, nothing else.
    ///
    /// The kind is the one that client-go would authenticate with: a plugin before everything else, a token
    /// before a password, and a certificate before a token, since the server believes it first
    /// (`authenticator.Config.New` of the API server).
    pub fn of_user(user: &NamedUser) -> Self {
        let mut auth = Self::kind_of(user);
        let details = &user.user;
        auth.impersonates = details.impersonate_user.clone();
        auth.problems.extend(user.problems.iter().map(|problem| problem.message.clone()));
        auth
    }

    fn kind_of(user: &NamedUser) -> Self {
        let details = &user.user;
        let plain = |kind| Self { kind, ..Self::default() };
        if let Some(exec) = &details.exec {
            let command = exec.command.original.rsplit(['/', '\\']).next().unwrap_or_default();
            return plain(CredentialKind::Exec(command.to_owned()));
        }
        if let Some(provider) = &details.auth_provider {
            if provider.name != "oidc" {
                let mut auth = plain(CredentialKind::AuthProvider(provider.name.clone()));
                auth.problems.push(format!(
                    "the auth provider {} was removed from kubectl: use its credential plugin",
                    provider.name
                ));
                return auth;
            }
            let token = provider.config.iter().find(|(key, _)| key == "id-token");
            return Self {
                expires: token.and_then(|(_, token)| token_expiry(token.expose_secret())),
                ..plain(CredentialKind::Oidc)
            };
        }
        if details.client_certificate_data.is_some() || details.client_certificate.is_some() {
            return Self::of_certificate(user);
        }
        if let Some(file) = &details.token_file {
            let kind = match file.resolved.to_str() == Some(SERVICE_ACCOUNT_TOKEN) {
                true => CredentialKind::InCluster,
                false => CredentialKind::Token,
            };
            let read = regular_file::read_text(&file.resolved).map(SecretString::from);
            return match read {
                Ok(token) => Self { expires: token_expiry(token.expose_secret().trim()), ..plain(kind) },
                Err(error) => Self {
                    problems: vec![format!("can't read the token file {}: {error}", file.resolved.display())],
                    ..plain(kind)
                },
            };
        }
        if let Some(token) = &details.token {
            return Self { expires: token_expiry(token.expose_secret()), ..plain(CredentialKind::Token) };
        }
        if details.username.is_some() || details.password.is_some() {
            return plain(CredentialKind::Basic);
        }
        plain(CredentialKind::None)
    }

    fn of_certificate(user: &NamedUser) -> Self {
        let details = &user.user;
        let mut auth = Self { kind: CredentialKind::ClientCertificate, ..Self::default() };
        let pem = match (&details.client_certificate_data, &details.client_certificate) {
            (Some(data), _) => Ok(Cow::Borrowed(data.as_slice())),
            (None, Some(file)) => regular_file::read(&file.resolved)
                .map(Cow::Owned)
                .map_err(|error| format!("can't read the certificate {}: {error}", file.resolved.display())),
            (None, None) => Ok(Cow::default()),
        };
        match pem.and_then(|pem| ClientCertificate::from_pem(&pem)) {
            Ok(certificate) => {
                auth.common_name = certificate.common_name;
                auth.organizations = certificate.organizations;
                auth.expires = certificate.expires;
                if let Some(begins) = certificate.begins.filter(|begins| *begins > Timestamp::now()) {
                    auth.problems.push(format!("the client certificate is valid only from {begins} on"));
                }
            }
            Err(problem) => auth.problems.push(problem),
        }
        let key_undecodable = user.problems.iter().any(|problem| problem.message.contains("client-key-data"));
        match (&details.client_key_data, &details.client_key) {
            (Some(_), _) => {}
            (None, Some(file)) => {
                if let Err(error) = fs::metadata(&file.resolved) {
                    auth.problems.push(format!("can't read the key {}: {error}", file.resolved.display()));
                }
            }
            (None, None) if key_undecodable => {}
            (None, None) => auth.problems.push("the client certificate has no key".to_owned()),
        }
        auth
    }

    /// Describes the credentials for a table: kind, and the names in a certificate.
    pub fn description(&self) -> String {
        let mut text = self.kind.word();
        if let Some(name) = &self.common_name {
            text.push_str(&format!(" CN={name}"));
        }
        for organization in &self.organizations {
            text.push_str(&format!(" O={organization}"));
        }
        if let Some(user) = &self.impersonates {
            text.push_str(&format!(" as {user}"));
        }
        text
    }
}

#[cfg(test)]
mod tests;
