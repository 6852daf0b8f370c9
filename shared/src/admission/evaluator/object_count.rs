//! What quotas charge for every other object: one (`generic/evaluator.go`).

use super::integer;
use crate::{admission::quota_facts::Amounts, model::kind::Kind};

/// Kinds that quotas could count before there was `count/…` (`legacyObjectCountAliases`).
const ALIASES: &[&str] = &["configmaps", "replicationcontrollers", "resourcequotas", "secrets"];

/// Returns the names under which quotas count objects of this kind.
pub(super) fn names(kind: &Kind) -> impl Iterator<Item = String> {
    let alias = kind.group.is_empty() && ALIASES.contains(&kind.plural.as_str());
    [format!("count/{}", kind.resource())].into_iter().chain(alias.then(|| kind.plural.clone()))
}

/// Returns the resource that a name of a quota counts, the reverse of [`names`].
pub(super) fn resource(name: &str) -> Option<&str> {
    name.strip_prefix("count/").or(ALIASES.contains(&name).then_some(name))
}

/// Implements [`super::usage`].
pub(super) fn usage(kind: &Kind) -> Amounts {
    names(kind).map(|name| (name, integer(1))).collect()
}
