//! The change that is asked about.

use serde_json::Value;
use shared::{Error, Result, model::Dump, quantity::Quantity};

use super::args::WhatIfArgs;
use crate::{
    admission::NamespaceFacts,
    limit_range::LimitRangeFacts,
    quota_facts::{Amounts, QuotaFacts},
};

/// What would be different.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// New amounts of one quota; its name where it was given.
    pub hard: Option<(Option<String>, Amounts)>,
    /// Quotas as they would be.
    pub quotas: Vec<QuotaFacts>,
    /// LimitRanges as they would be.
    pub limit_ranges: Vec<LimitRangeFacts>,
}

impl Plan {
    /// The change that was typed.
    ///
    /// # Errors
    /// What is no RESOURCE=QUANTITY, and a file that can't be read or holds neither quota nor LimitRange.
    pub fn resolve(args: &WhatIfArgs, namespace: &str) -> Result<Self> {
        let mut plan = Self::default();
        if !args.hard.is_empty() {
            let pairs = args.hard.iter().map(|pair| amount(pair)).collect::<Result<_>>()?;
            plan.hard = Some((args.quota.clone(), pairs));
        }
        let Some(path) = &args.filename else { return Ok(plan) };
        for one in Dump::read(path)?.objects()? {
            let mut object = one.object;
            let here = object["metadata"]["namespace"].as_str().is_none_or(|name| name == namespace);
            object["metadata"]["namespace"] = Value::from(namespace);
            match object["kind"].as_str() {
                Some("ResourceQuota") if here => {
                    plan.quotas.push(QuotaFacts::of_manifest(&object, namespace)?)
                }
                Some("LimitRange") if here => {
                    let range = serde_json::from_value(object)
                        .map_err(|error| Error::new(format!("a limitrange can't be read: {error}")))?;
                    plan.limit_ranges.push(LimitRangeFacts::of(&range)?);
                }
                _ => {}
            }
        }
        if plan.quotas.is_empty() && plan.limit_ranges.is_empty() {
            return Err(Error::usage(format!(
                "{} holds no ResourceQuota and no LimitRange of namespace {namespace}",
                path.display()
            )));
        }
        Ok(plan)
    }

    /// The quotas that would change, as they would be, but for what they have counted.
    ///
    /// # Errors
    /// A quota that is not there, or several where none is named.
    pub fn changed(&self, present: &NamespaceFacts, namespace: &str) -> Result<Vec<QuotaFacts>> {
        let mut changed = self.quotas.clone();
        if let Some((name, amounts)) = &self.hard {
            let quota = one_of(&present.quotas, name.as_deref(), namespace)?;
            let mut quota = quota.clone();
            quota.spec_hard.extend(amounts.clone());
            changed.retain(|one| one.name != quota.name);
            changed.push(quota);
        }
        for quota in &mut changed {
            quota.status_hard = quota.spec_hard.clone();
            let counted = present.quotas.iter().find(|one| one.name == quota.name);
            let counted = counted.filter(|one| one.requirements == quota.requirements);
            quota.used = counted.map(|one| one.used.clone()).unwrap_or_default();
            quota.used.retain(|name, _| quota.spec_hard.contains_key(name));
        }
        Ok(changed)
    }
}

/// `requests.cpu=8`, as the server would store it.
fn amount(pair: &str) -> Result<(String, Quantity)> {
    let wrong = |why: String| {
        Error::usage(format!("`{pair}`: {why}"))
            .with_hint("write RESOURCE=QUANTITY, requests.cpu=8 for instance")
    };
    let (name, text) = pair.split_once('=').ok_or_else(|| wrong("no equals sign".to_owned()))?;
    let amount = Quantity::parse(text.trim()).map_err(|error| wrong(error.to_string()))?;
    if name.trim().is_empty() || amount.is_negative() {
        return Err(wrong("a resource and an amount that is not negative are needed".to_owned()));
    }
    Ok((name.trim().to_owned(), amount.as_stored()))
}

fn one_of<'a>(quotas: &'a [QuotaFacts], name: Option<&str>, namespace: &str) -> Result<&'a QuotaFacts> {
    let names = || quotas.iter().map(|quota| quota.name.as_str()).collect::<Vec<_>>().join(", ");
    match (name, quotas) {
        (_, []) => Err(Error::new(format!("No ResourceQuota in namespace {namespace}"))
            .with_hint("give one with -f to see what it would do")),
        (Some(name), quotas) => quotas.iter().find(|quota| quota.name == name).ok_or_else(|| {
            Error::new(format!("no resourcequota `{name}` in namespace {namespace}: there is {}", names()))
        }),
        (None, [only]) => Ok(only),
        (None, _) => Err(Error::usage(format!("several quotas in namespace {namespace}: {}", names()))
            .with_hint("name one with --quota")),
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_are_as_the_server_stores_them() {
        let (name, stored) = amount("requests.cpu=1.5").unwrap();
        assert_eq!((name.as_str(), stored.to_string().as_str()), ("requests.cpu", "1500m"));
        for wrong in ["cpu", "=1", "cpu=much", "cpu=-1"] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }
}
