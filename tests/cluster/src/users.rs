//! Users of a cluster, and the kubeconfigs that make a program one of them.

use crate::certificates::Authority;
use crate::control_plane::Cluster;
use crate::error::{Context, Error, Result};
use crate::kubeconfig::{Credentials, Kubeconfig};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// When a user's certificate ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Long after every test.
    Year,
    /// An hour ago.
    Expired,
    /// After this long.
    In(Duration),
}

impl Cluster {
    /// A user with a client certificate, and no permission yet, see [`Cluster::grant`]. The result is the path of a
    /// kubeconfig whose context has the user's name. Group `system:masters` may do everything.
    pub fn user(&self, name: &str, groups: &[&str]) -> Result<PathBuf> {
        self.user_until(name, groups, Expiry::Year)
    }

    /// A user whose certificate ends as given, perhaps in the past.
    pub fn user_until(&self, name: &str, groups: &[&str], expiry: Expiry) -> Result<PathBuf> {
        self.write(&self.user_kubeconfig(name, groups, expiry)?)
    }

    /// The kubeconfig of a user, to be changed before it is written.
    pub fn user_kubeconfig(&self, name: &str, groups: &[&str], expiry: Expiry) -> Result<Kubeconfig> {
        let hour = Duration::from_secs(60 * 60);
        let expires = match expiry {
            Expiry::Year => SystemTime::now() + 365 * 24 * hour,
            Expiry::Expired => SystemTime::now() - hour,
            Expiry::In(duration) => SystemTime::now() + duration,
        };
        let identity = self.authority().client(name, groups, expires)?;
        Ok(self.kubeconfig_for(name, Credentials::Certificate(identity)))
    }

    /// A service account, made if it is not there, with a token of one hour. The context's namespace is the
    /// account's.
    pub fn service_account(&self, namespace: &str, name: &str) -> Result<PathBuf> {
        let account = json!({
            "apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": {"name": name, "namespace": namespace},
        });
        let accounts = format!("/api/v1/namespaces/{namespace}/serviceaccounts");
        let made = self.api().request("POST", &accounts, None, Some(&account))?;
        if made.status != 201 && made.status != 409 {
            let message = made.body["message"].as_str().unwrap_or("no message");
            return Err(Error::new(format!("cannot create service account {namespace}/{name}: {message}")));
        }
        let request = json!({
            "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
            "spec": {"expirationSeconds": 3600},
        });
        let answer = self.api().request("POST", &format!("{accounts}/{name}/token"), None, Some(&request))?;
        let token = answer.body["status"]["token"].as_str().ok_or_else(|| {
            Error::new(format!("no token for service account {namespace}/{name}: {}", answer.body))
        })?;
        let mut kubeconfig = self.kubeconfig_for(name, Credentials::Token(token.to_owned()));
        kubeconfig.namespace = Some(namespace.to_owned());
        self.write(&kubeconfig)
    }

    /// A kubeconfig with a token that no server accepts.
    pub fn rejected_token(&self) -> Result<PathBuf> {
        self.write(&self.kubeconfig_for("rejected", Credentials::Token("not-a-token".into())))
    }

    /// The administrator's kubeconfig, but trusting an authority that did not sign the server's certificate.
    pub fn wrong_authority(&self) -> Result<PathBuf> {
        let mut kubeconfig = self.user_kubeconfig("wrong-authority", &["system:masters"], Expiry::Year)?;
        kubeconfig.authority.clone_from(&Authority::new()?.identity().certificate);
        self.write(&kubeconfig)
    }

    fn write(&self, kubeconfig: &Kubeconfig) -> Result<PathBuf> {
        let path = self.new_file(&kubeconfig.name);
        kubeconfig.write(&path).context(|| format!("cannot make user {}", kubeconfig.name))?;
        Ok(path)
    }
}
