//! A ResourceQuota as every command of this plugin decides on it: plain values, quantities parsed.

use std::collections::BTreeMap;

use shared::{
    Error, Result,
    model::{Quantities, ResourceQuota, ScopeSelector},
    quantity::Quantity,
};

/// Amounts by resource name, such as `requests.cpu` or `count/deployments.apps`.
pub type Amounts = BTreeMap<String, Quantity>;

/// What one ResourceQuota says.
#[derive(Clone, Debug, Default)]
pub struct QuotaFacts {
    /// The namespace it limits.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// What it asks for (`spec.hard`).
    pub spec_hard: Amounts,
    /// What admission enforces (`status.hard`).
    pub status_hard: Amounts,
    /// What the server counts (`status.used`); a key may be missing.
    pub used: Amounts,
    /// Which objects it counts, all of them when empty; written as label selectors are:
    /// `NotTerminating`, `PriorityClass in (high,low)`, `!PriorityClass`.
    pub scopes: Vec<String>,
}

impl QuotaFacts {
    /// The facts of one quota as the server or a dump has it.
    ///
    /// # Errors
    /// A quantity that can't be parsed, which only a dump edited by hand can hold.
    pub fn of(quota: ResourceQuota) -> Result<Self> {
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
        Ok(Self {
            spec_hard: parse(spec.hard, "spec.hard")?,
            status_hard: parse(status.hard, "status.hard")?,
            used: parse(status.used, "status.used")?,
            scopes: scopes(spec.scopes, spec.scope_selector),
            namespace,
            name,
        })
    }
}

/// `spec.scopes` and `spec.scopeSelector` in one list; all of them must hold for an object to be counted.
fn scopes(plain: Vec<String>, selector: Option<ScopeSelector>) -> Vec<String> {
    let selected = selector.unwrap_or_default().match_expressions.into_iter().map(|requirement| {
        let scope = requirement.scope_name;
        let values = requirement.values.join(",");
        match requirement.operator.as_str() {
            "In" => format!("{scope} in ({values})"),
            "NotIn" => format!("{scope} notin ({values})"),
            "DoesNotExist" => format!("!{scope}"),
            _ => scope,
        }
    });
    plain.into_iter().chain(selected).collect()
}
