//! A ResourceQuota, its quantities parsed.

use std::{collections::BTreeMap, fmt};

use crate::{
    Error, Result,
    model::{Quantities, ResourceQuota, ScopeSelector},
    quantity::Quantity,
};

/// Amounts by resource name, such as `requests.cpu` or `count/deployments.apps`.
pub type Amounts = BTreeMap<String, Quantity>;

/// A ResourceQuota, its quantities parsed.
#[derive(Clone, Debug, Default)]
pub struct QuotaFacts {
    /// The namespace it limits.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The limits that were requested (`spec.hard`).
    pub spec_hard: Amounts,
    /// The limits that admission enforces (`status.hard`).
    pub status_hard: Amounts,
    /// What the server has charged (`status.used`); a key may be missing.
    pub used: Amounts,
    /// Which objects it counts, all of them when empty; written as label selectors are:
    /// `NotTerminating`, `PriorityClass in (high,low)`, `!PriorityClass`.
    pub scopes: Vec<String>,
    /// The scopes as requirements.
    pub requirements: Vec<ScopeRequirement>,
}

/// A requirement that an object must meet to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeRequirement {
    /// `BestEffort`, `PriorityClass`, …
    pub scope: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// The values for `In` and `NotIn`.
    pub values: Vec<String>,
}

/// Scopes of pods and of claims (`ResourceQuotaScope` in the API).
pub const SCOPES: [&str; 7] = [
    "BestEffort",
    "CrossNamespacePodAffinity",
    "NotBestEffort",
    "NotTerminating",
    "PriorityClass",
    "Terminating",
    "VolumeAttributesClass",
];

impl ScopeRequirement {
    /// Returns whether it is known which objects meet it. A server that is newer may know more scopes.
    pub fn is_known(&self) -> bool {
        SCOPES.contains(&self.scope.as_str())
            && matches!(self.operator.as_str(), "In" | "NotIn" | "Exists" | "DoesNotExist")
    }
}

/// As label selectors are written.
impl fmt::Display for ScopeRequirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scope, operator, values } = self;
        let values = values.join(",");
        match operator.as_str() {
            "In" => write!(f, "{scope} in ({values})"),
            "NotIn" => write!(f, "{scope} notin ({values})"),
            "DoesNotExist" => write!(f, "!{scope}"),
            "Exists" => f.write_str(scope),
            _ => write!(f, "{scope} {operator} ({values})"),
        }
    }
}

impl QuotaFacts {
    /// Returns the facts of a quota from a server or a dump.
    ///
    /// # Errors
    /// A quantity that can't be parsed, which only a dump edited by hand can hold.
    pub fn new(quota: ResourceQuota) -> Result<Self> {
        let (namespace, name) = (quota.metadata.namespace, quota.metadata.name);
        let (spec, status) = (quota.spec, quota.status);
        let parse = |amounts: Quantities, field: &str| {
            let parsed = amounts.into_iter().map(|(resource, text)| match Quantity::parse(text.as_str()) {
                Ok(quantity) => Ok((resource, quantity)),
                Err(error) => Err(Error::new(format!(
                    "resourcequota {namespace}/{name}: {field}[{resource}] is `{}`: {error}",
                    text.as_str()
                ))),
            });
            parsed.collect::<Result<Amounts>>()
        };
        let requirements = requirements(&spec.scopes, spec.scope_selector.as_ref());
        Ok(Self {
            spec_hard: parse(spec.hard, "spec.hard")?,
            status_hard: parse(status.hard, "status.hard")?,
            used: parse(status.used, "status.used")?,
            scopes: requirements.iter().map(ToString::to_string).collect(),
            requirements,
            namespace,
            name,
        })
    }
}

impl QuotaFacts {
    /// Returns the facts of a quota from a manifest, with its amounts as the server would store them.
    ///
    /// # Errors
    /// A manifest that is not a quota, and a text that is not a quantity.
    pub fn from_manifest(manifest: &serde_json::Value, namespace: &str) -> Result<Self> {
        let quota: ResourceQuota = serde_json::from_value(manifest.clone())
            .map_err(|error| Error::new(format!("a resourcequota can't be read: {error}")))?;
        let mut facts = Self::new(quota)?;
        facts.namespace = namespace.to_owned();
        for amount in facts.spec_hard.values_mut() {
            // As the server reads it back.
            let stored = amount.as_stored();
            *amount = Quantity::parse(&stored.text()).unwrap_or(stored);
        }
        Ok(facts)
    }
}

impl QuotaFacts {
    /// Returns the first of its requirements of which nobody knows here what meets it.
    pub fn unknown_requirement(&self) -> Option<&ScopeRequirement> {
        self.requirements.iter().find(|requirement| !requirement.is_known())
    }

    /// Returns whether one of its requirements is about this scope.
    pub fn names_scope(&self, scope: &str) -> bool {
        self.requirements.iter().any(|requirement| requirement.scope == scope)
    }
}

/// Returns `spec.scopes` and `spec.scopeSelector` as one list (`getScopeSelectorsFromQuota` in the API server).
fn requirements(plain: &[String], selector: Option<&ScopeSelector>) -> Vec<ScopeRequirement> {
    let plain = plain.iter().map(|scope| ScopeRequirement {
        scope: scope.clone(),
        operator: "Exists".to_owned(),
        values: Vec::new(),
    });
    let selected = selector.into_iter().flat_map(|selector| &selector.match_expressions);
    let selected = selected.map(|one| ScopeRequirement {
        scope: one.scope_name.clone(),
        operator: one.operator.clone(),
        values: one.values.clone(),
    });
    plain.chain(selected).collect()
}
