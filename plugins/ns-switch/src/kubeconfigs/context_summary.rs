//! A context with everything a list shows of it.

use std::{collections::HashMap, path::PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::kubeconfig::{Kubeconfig, NamedCluster, NamedUser};

use crate::credentials::{Credentials, Expiry};

/// One context with the cluster and user it refers to. Serialized it is an item of `contexts -o json`: keys are added
/// to, never renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContextSummary {
    /// Its name.
    pub name: String,
    /// Whether it is the current context.
    pub current: bool,
    /// Whether the settings protect it.
    pub protected: bool,
    /// The cluster it names.
    pub cluster: Option<String>,
    /// The cluster's server, without user name and password.
    pub server: Option<String>,
    /// The user it names.
    pub user: Option<String>,
    /// Its namespace; none means `default`.
    pub namespace: Option<String>,
    /// How the user authenticates.
    pub auth: Credentials,
    /// The file it is defined in.
    pub file: PathBuf,
    /// The line it starts on.
    #[serde(skip)]
    pub line: usize,
    /// What is wrong with it, in sentences.
    pub problems: Vec<String>,
    /// Whether its file is beside ours, so that it is entered in a shell.
    #[serde(skip)]
    pub beside: bool,
    /// Who the user is to the cluster, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<WhoAmI>,
}

/// The answer of a cluster to who the user is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhoAmI {
    /// The user's name.
    pub username: Option<String>,
    /// The user's groups.
    pub groups: Vec<String>,
    /// Why there is no answer.
    pub error: Option<String>,
}

impl WhoAmI {
    /// Returns the answer as a cell of a table.
    pub fn words(&self) -> String {
        match (&self.username, &self.error) {
            (_, Some(error)) => error.clone(),
            (Some(name), None) => name.clone(),
            (None, None) => "no name".to_owned(),
        }
    }
}

/// Summarizes all contexts, in the order of the files. Certificate and token files that users name are read.
pub fn summarize(kubeconfig: &Kubeconfig, now: Timestamp) -> Vec<ContextSummary> {
    let clusters: HashMap<&str, &NamedCluster> =
        kubeconfig.clusters.iter().map(|cluster| (cluster.name.as_str(), cluster)).collect();
    let users: HashMap<&str, &NamedUser> =
        kubeconfig.users.iter().map(|user| (user.name.as_str(), user)).collect();
    let current = kubeconfig.current_context.as_ref().map(|current| current.name.as_str());
    let row = |context: &shared::kubeconfig::NamedContext| {
        let mut problems = Vec::new();
        let cluster_name = context.context.cluster.as_deref();
        let cluster = cluster_name.and_then(|name| clusters.get(name));
        match (cluster_name, cluster) {
            (None, _) => problems.push("it names no cluster".to_owned()),
            (Some(name), None) => problems.push(format!("cluster \"{name}\" does not exist")),
            (_, Some(cluster)) => {
                problems.extend(cluster.problems.iter().map(|problem| problem.message.clone()));
            }
        }
        let user_name = context.context.user.as_deref();
        let user = user_name.and_then(|name| users.get(name));
        if let (Some(name), None) = (user_name, user) {
            problems.push(format!("user \"{name}\" does not exist"));
        }
        let auth = user.map(|user| Credentials::of_user(user)).unwrap_or_default();
        problems.extend(auth.problems.iter().cloned());
        let expiry = Expiry { at: auth.expires, now };
        if expiry.is_past() {
            problems.push(format!("its credentials {}", expiry.words()));
        }
        ContextSummary {
            name: context.name.clone(),
            current: current == Some(context.name.as_str()),
            protected: false,
            cluster: context.context.cluster.clone(),
            server: cluster.and_then(|cluster| cluster.cluster.server.as_deref()).map(without_credentials),
            user: context.context.user.clone(),
            namespace: context.context.namespace.clone(),
            auth,
            file: context.file.path.clone(),
            line: context.line,
            problems,
            beside: false,
            check: None,
        }
    };
    kubeconfig.contexts.iter().map(row).collect()
}

/// Returns a URL without user name and password.
pub fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{host}{}", &rest[end..]),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_shown_without_its_password() {
        assert_eq!(without_credentials("https://me:secret@host:6443/a@b"), "https://host:6443/a@b");
        assert_eq!(without_credentials("https://host:6443"), "https://host:6443");
        assert_eq!(without_credentials("host:6443"), "host:6443");
    }
}
