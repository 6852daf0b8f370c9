//! Words of the command line that name labels, and who gets which role.

use std::{fmt, str::FromStr};

use serde_json::{Value, json};

/// Who gets a role: `user:NAME`, `group:NAME` or `sa:NAMESPACE/NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A user.
    User(String),
    /// A group.
    Group(String),
    /// A service account.
    ServiceAccount {
        /// Its namespace.
        namespace: String,
        /// Its name.
        name: String,
    },
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || Err("write user:NAME, group:NAME or sa:NAMESPACE/NAME".to_owned());
        let Some((kind, name)) = text.split_once(':').filter(|(_, name)| !name.is_empty()) else {
            return wrong();
        };
        match kind {
            "user" => Ok(Self::User(name.to_owned())),
            "group" => Ok(Self::Group(name.to_owned())),
            "sa" => match name.split_once('/') {
                Some((namespace, name))
                    if !namespace.is_empty() && !name.is_empty() && !name.contains('/') =>
                {
                    Ok(Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
                }
                _ => wrong(),
            },
            _ => wrong(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => write!(f, "user:{name}"),
            Self::Group(name) => write!(f, "group:{name}"),
            Self::ServiceAccount { namespace, name } => write!(f, "sa:{namespace}/{name}"),
        }
    }
}

impl Subject {
    /// Returns it as it stands in a RoleBinding.
    pub fn to_json(&self) -> Value {
        let group = "rbac.authorization.k8s.io";
        match self {
            Self::User(name) => json!({"kind": "User", "apiGroup": group, "name": name}),
            Self::Group(name) => json!({"kind": "Group", "apiGroup": group, "name": name}),
            Self::ServiceAccount { namespace, name } => {
                json!({"kind": "ServiceAccount", "namespace": namespace, "name": name})
            }
        }
    }
}

/// The role of a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A ClusterRole: `view`, `edit` or `admin`.
    Cluster(&'static str),
    /// A Role of the namespace.
    Own(String),
}

impl Role {
    /// Returns its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Cluster(name) => name,
            Self::Own(name) => name,
        }
    }

    /// Returns its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Cluster(_) => "ClusterRole",
            Self::Own(_) => "Role",
        }
    }
}

/// A role and who gets it. Each has a binding of its own, so that one more never takes the role from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The role.
    pub role: Role,
    /// Who gets it.
    pub subject: Subject,
}

impl Binding {
    /// Returns the name of the RoleBinding: `edit-user-jane`. Names of RBAC may have any characters but those that mean
    /// something in a path (`ValidatePathSegmentName` in apimachinery).
    pub fn name(&self) -> String {
        let text = format!("{}-{}", self.role.name(), self.subject.to_string().replacen(':', "-", 1));
        text.chars().map(|one| if matches!(one, '/' | '%') { '-' } else { one }).collect()
    }
}

/// `ROLE=SUBJECT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrant {
    /// The Role of the namespace.
    pub role: String,
    /// Who gets it.
    pub subject: Subject,
}

impl FromStr for RoleGrant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((role, subject)) = text.split_once('=').filter(|(role, _)| !role.is_empty()) else {
            return Err("write ROLE=SUBJECT, for example deployer=user:jane".to_owned());
        };
        Ok(Self { role: role.to_owned(), subject: subject.parse()? })
    }
}

impl fmt::Display for RoleGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.role, self.subject)
    }
}

/// `KEY=VALUE`, a label. Whether it is valid the server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The key.
    pub key: String,
    /// The value, which may be empty.
    pub value: String,
}

impl FromStr for Label {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=').filter(|(key, _)| !key.is_empty()) {
            Some((key, value)) => Ok(Self { key: key.to_owned(), value: value.to_owned() }),
            None => Err("write KEY=VALUE".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_and_written() {
        for text in ["user:jane@example.com", "user:oidc:jane", "group:system:masters", "sa:shop/ci"] {
            assert_eq!(text.parse::<Subject>().unwrap().to_string(), text);
        }
        for wrong in ["", "jane", "user:", "sa:ci", "sa:/ci", "sa:a/b/c", "role:x"] {
            assert!(wrong.parse::<Subject>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_subject_has_a_binding_of_its_own() {
        let name = |role, subject: &str| Binding { role, subject: subject.parse().unwrap() }.name();
        assert_eq!(name(Role::Cluster("edit"), "user:jane"), "edit-user-jane");
        assert_eq!(name(Role::Cluster("view"), "sa:ci/bot"), "view-sa-ci-bot");
        assert_eq!(name(Role::Own("deployer".into()), "group:oidc:/a%b"), "deployer-group-oidc:-a-b");
    }
}
