//! Who gets access: a person, by a certificate, or a service account, by a token.

use std::{fmt, str::FromStr};

/// Who gets access, as it is typed: `NAME` or `sa:NAMESPACE/NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A user with a certificate: the name is its common name.
    User(String),
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
        match text.strip_prefix("sa:").map(|account| account.split_once('/')) {
            Some(Some((namespace, name)))
                if !namespace.is_empty() && !name.is_empty() && !name.contains('/') =>
            {
                Ok(Self::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() })
            }
            Some(_) => Err("a service account is written sa:NAMESPACE/NAME".to_owned()),
            None if text.trim().is_empty() => Err("the name is empty".to_owned()),
            // RFC 5280, appendix A.1: `ub-common-name`.
            None if text.chars().count() > 64 => {
                Err("the name of a certificate has at most 64 characters".to_owned())
            }
            None if text.chars().any(char::is_control) => Err("the name has control characters".to_owned()),
            None => Ok(Self::User(text.to_owned())),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) => f.write_str(name),
            Self::ServiceAccount { namespace, name } => write!(f, "sa:{namespace}/{name}"),
        }
    }
}

impl Subject {
    /// Returns the name without namespace, for files and kubeconfigs.
    pub fn name(&self) -> &str {
        match self {
            Self::User(name) | Self::ServiceAccount { name, .. } => name,
        }
    }

    /// Returns the word for documents.
    pub fn credential(&self) -> &'static str {
        match self {
            Self::User(_) => "certificate",
            Self::ServiceAccount { .. } => "serviceAccountToken",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_service_accounts_are_told_apart() {
        let account = Subject::ServiceAccount { namespace: "shop".into(), name: "ci".into() };
        assert_eq!("sa:shop/ci".parse(), Ok(account.clone()));
        assert_eq!(account.to_string(), "sa:shop/ci");
        assert_eq!("jane@example.com".parse(), Ok(Subject::User("jane@example.com".into())));
        for wrong in ["", " ", "sa:ci", "sa:/ci", "sa:shop/", "sa:a/b/c", "a\nb", &"x".repeat(65)] {
            assert!(wrong.parse::<Subject>().is_err(), "{wrong:?}");
        }
    }
}
