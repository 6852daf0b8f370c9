//! The change that is asked about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{
        NamespaceFacts,
        limit_range::LimitRangeFacts,
        quota_facts::{Amounts, QuotaFacts},
        validation::{quota_complaints, rule_objects::complaints as rule_complaints},
    },
    manifest::{Manifest, kinds::Kinds},
    model::Dump,
};

use super::args::WhatIfArgs;
use crate::proposal::invalid::{refuse, sentence};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct ProposedChange {
    /// Whether it is about every namespace that has what it names.
    pub all_namespaces: bool,
    /// New amounts of one quota; its name where it was given.
    hard: Option<(Option<String>, Amounts)>,
    /// The ResourceQuotas and LimitRanges of the file, as they would be.
    objects: Vec<Value>,
    /// The file.
    file: String,
}

/// What would be different in one namespace.
#[derive(Clone, Debug, Default)]
pub struct ProposedRules {
    /// The quotas that would change, as they would be.
    pub quotas: Vec<QuotaFacts>,
    /// The LimitRanges that would change, as they would be.
    pub limit_ranges: Vec<LimitRangeFacts>,
}

impl ProposedChange {
    /// The change that was typed.
    ///
    /// # Errors
    /// Amounts, quotas and LimitRanges that the server would not take, `-A` without the name of a quota, and a file that
    /// can't be read.
    pub fn resolve(args: &WhatIfArgs) -> Result<Self> {
        let mut change = Self { all_namespaces: args.all_namespaces, ..Self::default() };
        if !args.hard.is_empty() {
            if args.all_namespaces && args.quota.is_none() {
                return Err(Error::usage("`--hard` for all namespaces needs the name of a quota")
                    .with_hint("name it with --quota"));
            }
            let amounts = args.hard.iter().map(|pair| (pair.resource.clone(), pair.amount.as_stored()));
            let amounts: Amounts = amounts.collect();
            if let Some(why) = quota_complaints(&amounts, &Value::Null).first() {
                return Err(Error::usage(format!("--hard: {why}")));
            }
            change.hard = Some((args.quota.clone(), amounts));
        }
        let Some(path) = &args.filename else { return Ok(change) };
        change.file = path.display().to_string();
        let objects = Dump::read(path)?.objects()?.into_iter().map(|one| one.object);
        let is_rule =
            |object: &Value| matches!(object["kind"].as_str(), Some("ResourceQuota" | "LimitRange"));
        change.objects = objects.filter(is_rule).collect();
        let complaints: Vec<_> = change
            .objects
            .iter()
            .map(complaints)
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect();
        refuse(&complaints)?;
        Ok(change)
    }

    /// The namespaces that it is about among all that have quotas or LimitRanges: those with the quota it names, those
    /// that objects of the file name, and where these name none, those that have an object of that name.
    ///
    /// # Errors
    /// No namespace is meant.
    pub fn namespaces(&self, all: &BTreeMap<String, NamespaceFacts>) -> Result<BTreeSet<String>> {
        let named = self.objects.iter().filter_map(namespace_of).map(str::to_owned);
        let anywhere: Vec<&Value> =
            self.objects.iter().filter(|object| namespace_of(object).is_none()).collect();
        let is_meant = |rules: &NamespaceFacts| {
            self.quota_among(rules).is_some() || anywhere.iter().any(|object| has_rule(object, rules))
        };
        let meant = all.iter().filter(|(_, rules)| is_meant(rules)).map(|(namespace, _)| namespace.clone());
        let found: BTreeSet<String> = named.chain(meant).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        Err(Error::new(match &self.hard {
            Some((Some(name), _)) => format!("no resourcequota `{name}` in any namespace"),
            _ => format!("no namespace has a ResourceQuota or LimitRange of a name in {}", self.file),
        }))
    }

    /// What would be different in this namespace. Quotas have nothing counted that they do not limit already.
    ///
    /// # Errors
    /// A quota that is not there, or several where none is named; a file that says nothing of the namespace.
    pub fn proposed(&self, namespace: &str, present: &NamespaceFacts) -> Result<ProposedRules> {
        let mut proposed = self.by_file(namespace)?;
        let is_here = !self.all_namespaces || self.quota_among(present).is_some();
        if let Some((name, amounts)) = self.hard.as_ref().filter(|_| is_here) {
            let mut quota = find_quota(&present.quotas, name.as_deref(), namespace)?.clone();
            quota.spec_hard.extend(amounts.clone());
            proposed.quotas.retain(|one| one.name != quota.name);
            proposed.quotas.push(quota);
        }
        for quota in &mut proposed.quotas {
            quota.status_hard = quota.spec_hard.clone();
            let counted = present.quotas.iter().find(|one| one.name == quota.name);
            let counted = counted.filter(|one| one.requirements == quota.requirements);
            quota.used = counted.map(|one| one.used.clone()).unwrap_or_default();
            quota.used.retain(|name, _| quota.spec_hard.contains_key(name));
        }
        Ok(proposed)
    }

    /// The objects of the file that are for this namespace.
    fn by_file(&self, namespace: &str) -> Result<ProposedRules> {
        let mut proposed = ProposedRules::default();
        let here = |object: &&Value| namespace_of(object).is_none_or(|name| name == namespace);
        for object in self.objects.iter().filter(here) {
            let mut object = object.clone();
            object["metadata"]["namespace"] = Value::from(namespace);
            if object["kind"] == "ResourceQuota" {
                proposed.quotas.push(QuotaFacts::of_manifest(&object, namespace)?);
            } else {
                let range = serde_json::from_value(object)
                    .map_err(|error| Error::new(format!("a limitrange can't be read: {error}")))?;
                proposed.limit_ranges.push(LimitRangeFacts::of(&range)?);
            }
        }
        let is_empty = proposed.quotas.is_empty() && proposed.limit_ranges.is_empty();
        if is_empty && !self.file.is_empty() && !self.all_namespaces {
            return Err(Error::usage(format!(
                "{} holds no ResourceQuota and no LimitRange of namespace {namespace}",
                self.file
            )));
        }
        Ok(proposed)
    }

    /// The quota that was named, among these.
    fn quota_among<'a>(&self, rules: &'a NamespaceFacts) -> Option<&'a QuotaFacts> {
        let name = self.hard.as_ref()?.0.as_ref()?;
        rules.quotas.iter().find(|quota| quota.name == *name)
    }
}

/// What the server would call invalid in an object of the file.
fn complaints(object: &Value) -> Result<Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    let known = Kinds::default().find_or_guess(&text(&object["apiVersion"]), &kind);
    let manifest = Manifest::new(known, "", &name, object.clone());
    let complaints = rule_complaints(&manifest, None).map_err(Error::new)?;
    Ok(complaints.iter().map(|why| sentence(&kind, &name, why)).collect())
}

/// The namespace that an object names.
fn namespace_of(object: &Value) -> Option<&str> {
    object["metadata"]["namespace"].as_str()
}

/// Whether there is one of this kind and name.
fn has_rule(object: &Value, rules: &NamespaceFacts) -> bool {
    let name = &object["metadata"]["name"];
    match object["kind"] == "ResourceQuota" {
        true => rules.quotas.iter().any(|quota| *name == *quota.name),
        false => rules.limit_ranges.iter().any(|range| *name == *range.name),
    }
}

fn find_quota<'a>(quotas: &'a [QuotaFacts], name: Option<&str>, namespace: &str) -> Result<&'a QuotaFacts> {
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
