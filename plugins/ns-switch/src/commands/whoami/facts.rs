//! What is known of the user.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use shared::client::self_subject_review::SubjectRules;

use crate::credentials::CredentialKind;

/// The user as the cluster and the kubeconfig know them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The context, if there is one.
    pub context: Option<String>,
    /// The server, without user name and password.
    pub server: String,
    /// The namespace that the rules are about.
    pub namespace: String,
    /// The user's name, where the server told.
    pub user: Option<String>,
    /// The user's UID, if they have one.
    pub uid: Option<String>,
    /// The user's groups.
    pub groups: Vec<String>,
    /// What else the authenticator told.
    pub extra: BTreeMap<String, Vec<String>>,
    /// How the user authenticates.
    pub authentication: Authentication,
    /// What the user may do, where the server told.
    pub rules: Option<SubjectRules>,
    /// What the server did not tell, in its words.
    pub refusals: Vec<String>,
}

/// How the user authenticates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    /// The kind of credential, in the words of `contexts`.
    pub kind: CredentialKind,
    /// When it expires, if it says so.
    pub expires: Option<Timestamp>,
    /// The user that requests impersonate.
    pub impersonates: Option<String>,
    /// What is wrong with the credentials, in sentences.
    #[serde(skip)]
    pub problems: Vec<String>,
}

/// The kinds of users that Kubernetes tells apart by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    /// Nobody in particular: the request carried no credentials that the server believed.
    Anonymous,
    /// A service account.
    ServiceAccount {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// A node's kubelet.
    Node,
    /// Somebody else: a person, or a program with a certificate.
    User,
}

impl SubjectKind {
    /// Tells the kind of a user by name and groups (`pkg/authentication/user` and `pkg/authentication/serviceaccount` of the
    /// API server): only the server puts somebody into the groups `system:serviceaccounts` and `system:nodes`.
    pub fn of(user: &str, groups: &[String]) -> Self {
        let is_in = |group: &str| groups.iter().any(|one| one == group);
        if user == "system:anonymous" || (is_in("system:unauthenticated") && !is_in("system:authenticated")) {
            return Self::Anonymous;
        }
        let account = user.strip_prefix("system:serviceaccount:").and_then(|rest| rest.split_once(':'));
        match account.filter(|(_, name)| !name.contains(':') && is_in("system:serviceaccounts")) {
            Some((namespace, name)) => {
                Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() }
            }
            None if user.starts_with("system:node:") && is_in("system:nodes") => Self::Node,
            None => Self::User,
        }
    }

    /// Returns the word for documents.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Anonymous => "Anonymous",
            Self::ServiceAccount { .. } => "ServiceAccount",
            Self::Node => "Node",
            Self::User => "User",
        }
    }

    /// Returns what to say beside the name, if anything.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Anonymous => Some("anonymous: the server knows no credentials of yours".to_owned()),
            Self::ServiceAccount { namespace, name } => {
                Some(format!("service account {name} in namespace {namespace}"))
            }
            Self::Node => Some("a node".to_owned()),
            Self::User => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_told_apart_by_what_only_the_server_gives() {
        let of = |user: &str, groups: &[&str]| {
            let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
            SubjectKind::of(user, &groups)
        };
        assert_eq!(of("system:anonymous", &["system:unauthenticated"]), SubjectKind::Anonymous);
        let account = SubjectKind::ServiceAccount { namespace: "shop".into(), name: "ci".into() };
        let groups = ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"];
        assert_eq!(of("system:serviceaccount:shop:ci", &groups), account);
        assert_eq!(of("system:serviceaccount:shop:ci", &["system:authenticated"]), SubjectKind::User);
        assert_eq!(of("system:node:a", &["system:nodes", "system:authenticated"]), SubjectKind::Node);
        assert_eq!(of("jane", &["system:authenticated"]), SubjectKind::User);
    }
}
