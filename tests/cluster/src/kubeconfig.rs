//! Kubeconfig files: who talks to which server, and whom it trusts.

use crate::certificates::{Identity, base64};
use crate::error::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A kubeconfig with one cluster, one user and one context, all with their data inside the file.
#[derive(Debug, Clone)]
pub struct Kubeconfig {
    /// The name of the context, the cluster and the user.
    pub name: String,
    /// The URL of the API server.
    pub server: String,
    /// The authority that signed the server's certificate, PEM.
    pub authority: String,
    /// The context's namespace; without one it is `default`.
    pub namespace: Option<String>,
    pub(crate) credentials: Credentials,
}

/// How a user proves to be who they are.
#[derive(Debug, Clone)]
pub(crate) enum Credentials {
    Certificate(Identity),
    Token(String),
}

impl Kubeconfig {
    /// The text of the file. Every value is quoted as JSON quotes it, which YAML reads alike.
    pub fn to_yaml(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let name = quoted(&self.name);
        let namespace =
            self.namespace.as_deref().map(|namespace| format!("\n    namespace: {}", quoted(namespace)));
        let user = match &self.credentials {
            Credentials::Certificate(identity) => format!(
                "client-certificate-data: {}\n    client-key-data: {}",
                base64(identity.certificate.as_bytes()),
                base64(identity.key.as_bytes())
            ),
            Credentials::Token(token) => format!("token: {}", quoted(token)),
        };
        format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: {name}\nclusters:\n- name: {name}\n  cluster:\n    server: {}\n    certificate-authority-data: {}\ncontexts:\n- name: {name}\n  context:\n    cluster: {name}\n    user: {name}{}\nusers:\n- name: {name}\n  user:\n    {user}\n",
            quoted(&self.server),
            base64(self.authority.as_bytes()),
            namespace.unwrap_or_default(),
        )
    }

    /// The user's certificate, PEM; None when the user has a token.
    pub fn certificate(&self) -> Option<&str> {
        match &self.credentials {
            Credentials::Certificate(identity) => Some(&identity.certificate),
            Credentials::Token(_) => None,
        }
    }

    /// Writes the file, readable for its owner only, as kubectl does.
    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, self.to_yaml()).context(|| format!("cannot write {}", path.display()))?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))
            .context(|| format!("cannot protect {}", path.display()))
    }
}
