//! Quotas that are named on the command line.

use std::{convert::Infallible, fmt};

use super::row::QuotaKind;

/// The types that a name can have in front, with and without their group, and what they stand for.
const TYPES: [(QuotaKind, &[&str], &str); 4] = [
    (QuotaKind::ResourceQuota, &["resourcequota", "resourcequotas", "quota"], ""),
    (
        QuotaKind::ClusterResourceQuota,
        &[
            "clusterresourcequota",
            "clusterresourcequotas",
            "appliedclusterresourcequota",
            "appliedclusterresourcequotas",
        ],
        "quota.openshift.io",
    ),
    (
        QuotaKind::HierarchicalResourceQuota,
        &["hierarchicalresourcequota", "hierarchicalresourcequotas", "hrq"],
        "hnc.x-k8s.io",
    ),
    (QuotaKind::Project, &["project", "projects"], "management.cattle.io"),
];

/// A quota that is asked for: of any kind, or of the one that stands in front of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQuota {
    kind: Option<QuotaKind>,
    name: String,
}

impl NamedQuota {
    /// Reads a name as `-o name` and tables write it: `compute`, `resourcequota/compute`, `clusterresourcequota/team`,
    /// `clusterresourcequota.quota.openshift.io/team`.
    ///
    /// # Errors
    /// None: whether there is such a quota is known later.
    pub fn parse(text: &str) -> Result<Self, Infallible> {
        let typed = text.split_once('/').and_then(|(word, name)| Some((kind_of(word)?, name)));
        Ok(match typed {
            Some((kind, name)) => Self { kind: Some(kind), name: name.to_owned() },
            None => Self { kind: None, name: text.to_owned() },
        })
    }

    /// Returns the name without its type.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether a type stands in front of the name.
    pub fn is_typed(&self) -> bool {
        self.kind.is_some()
    }

    /// Returns whether this quota is asked for.
    pub fn is(&self, kind: QuotaKind, name: &str) -> bool {
        self.name == name && self.kind.is_none_or(|wanted| wanted == kind)
    }
}

/// Displayed as `ResourceQuota \`compute\``.
impl fmt::Display for NamedQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind.unwrap_or_default().name(), self.name)
    }
}

fn kind_of(word: &str) -> Option<QuotaKind> {
    let is_of = |(_, names, group): &&(QuotaKind, &[&str], &str)| {
        let name = word.strip_suffix(group).and_then(|short| short.strip_suffix('.')).unwrap_or(word);
        names.contains(&name)
    };
    TYPES.iter().find(is_of).map(|(kind, ..)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_accepted() {
        for kind in [
            QuotaKind::ResourceQuota,
            QuotaKind::ClusterResourceQuota,
            QuotaKind::HierarchicalResourceQuota,
            QuotaKind::Project,
        ] {
            for printed in [kind.resource().to_owned(), kind.name().to_lowercase()] {
                let Ok(named) = NamedQuota::parse(&format!("{printed}/a.b"));
                assert_eq!((named.kind, named.name()), (Some(kind), "a.b"), "{printed}");
            }
        }
    }

    #[test]
    fn a_name_alone_is_of_any_kind_and_other_types_are_part_of_it() {
        for text in ["compute", "a.b", "widget/a", "clusterresourcequota.example.com/team"] {
            let Ok(named) = NamedQuota::parse(text);
            assert_eq!((named.kind, named.name()), (None, text));
        }
        let Ok(named) = NamedQuota::parse("quota/a");
        assert!(named.is(QuotaKind::ResourceQuota, "a") && !named.is(QuotaKind::Project, "a"));
        assert_eq!(named.to_string(), "ResourceQuota `a`");
    }
}
