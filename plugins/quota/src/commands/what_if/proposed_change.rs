//! The change of quotas and LimitRanges that the command evaluates.

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
    dump::Dump,
    manifest::{Manifest, json::text, kinds::Kinds, namespace::refuse_other_namespaces},
};

use super::args::WhatIfArgs;
use crate::proposal::{invalid_message, refuse_invalid};

/// The change as given on the command line.
#[derive(Clone, Debug, Default)]
pub struct ProposedChange {
    /// Whether it applies to every namespace that has what it names.
    pub all_namespaces: bool,
    /// New hard limits of one quota, with its name if given.
    hard: Option<(Option<String>, Amounts)>,
    /// The ResourceQuotas and LimitRanges of the file.
    objects: Vec<Value>,
    /// The path of the file.
    file: String,
}

/// The rules that would differ in one namespace.
#[derive(Clone, Debug, Default)]
pub struct ProposedRules {
    /// The changed quotas.
    pub quotas: Vec<QuotaFacts>,
    /// The changed LimitRanges.
    pub limit_ranges: Vec<LimitRangeFacts>,
}

impl ProposedChange {
    /// Reads the change from the arguments. `namespace` is the value of `--namespace`.
    ///
    /// # Errors
    /// Amounts, quotas and LimitRanges that the server would reject as invalid, objects of another namespace, `-A` without the name of a quota, and a file
    /// that cannot be read.
    pub fn resolve(args: &WhatIfArgs, namespace: Option<&str>) -> Result<Self> {
        let mut change = Self { all_namespaces: args.all_namespaces, ..Self::default() };
        if !args.hard.is_empty() {
            if args.all_namespaces && args.quota.is_none() {
                return Err(Error::usage("`--hard` with --all-namespaces needs the name of a quota")
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
        let objects = Dump::read(path)?.objects()?;
        if !args.all_namespaces {
            refuse_other_namespaces(&objects, &Kinds::default(), namespace)?;
        }
        let objects = objects.into_iter().map(|one| one.object);
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
        refuse_invalid(&complaints)?;
        Ok(change)
    }

    /// Returns whether LimitRanges change, which quotas do not show.
    pub fn has_limit_ranges(&self) -> bool {
        self.objects.iter().any(|object| object["kind"] == "LimitRange")
    }

    /// Returns the namespace that everything in the file names, where the command line names none and changes nothing else.
    ///
    /// # Errors
    /// Objects of several namespaces.
    pub fn own_namespace(&self) -> Result<Option<String>> {
        if self.all_namespaces || self.hard.is_some() {
            return Ok(None);
        }
        let named: BTreeSet<_> = self.objects.iter().filter_map(namespace_of).collect();
        if named.len() > 1 {
            let names = named.into_iter().collect::<Vec<_>>().join(", ");
            return Err(Error::usage(format!("{} is about several namespaces: {names}", self.file))
                .with_hint("--all-namespaces judges each object in its own"));
        }
        Ok(named.into_iter().next().map(str::to_owned))
    }

    /// Returns the namespaces that the change applies to: those with the quota that it names, those that objects of the file
    /// name, and for objects without a namespace those that have an object of the same kind and name.
    ///
    /// # Errors
    /// A change that applies to no namespace.
    pub fn namespaces(&self, all: &BTreeMap<String, NamespaceFacts>) -> Result<BTreeSet<String>> {
        let named = self.objects.iter().filter_map(namespace_of).map(str::to_owned);
        let anywhere: Vec<&Value> =
            self.objects.iter().filter(|object| namespace_of(object).is_none()).collect();
        let is_selected = |rules: &NamespaceFacts| {
            self.quota_among(rules).is_some() || anywhere.iter().any(|object| has_rule(object, rules))
        };
        let selected =
            all.iter().filter(|(_, rules)| is_selected(rules)).map(|(namespace, _)| namespace.clone());
        let found: BTreeSet<String> = named.chain(selected).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        Err(Error::new(match &self.hard {
            Some((Some(name), _)) => format!("no resourcequota `{name}` in any namespace"),
            _ => format!("no namespace has a ResourceQuota or LimitRange with a name from {}", self.file),
        }))
    }

    /// Returns the changed rules of a namespace. Usage of newly limited resources is not counted yet.
    ///
    /// # Errors
    /// A quota that does not exist, several quotas where none is named, and a file without objects for the namespace.
    pub fn proposed(&self, namespace: &str, present: &NamespaceFacts) -> Result<ProposedRules> {
        let mut proposed = self.by_file(namespace)?;
        let is_here = !self.all_namespaces || self.quota_among(present).is_some();
        if let Some((name, amounts)) = self.hard.as_ref().filter(|_| is_here) {
            let mut quota = find_quota(&present.quotas, name.as_deref(), amounts, namespace)?.clone();
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

    /// Returns the objects of the file for a namespace.
    fn by_file(&self, namespace: &str) -> Result<ProposedRules> {
        let mut proposed = ProposedRules::default();
        let here = |object: &&Value| namespace_of(object).is_none_or(|name| name == namespace);
        for object in self.objects.iter().filter(here) {
            let mut object = object.clone();
            object["metadata"]["namespace"] = Value::from(namespace);
            if object["kind"] == "ResourceQuota" {
                proposed.quotas.push(QuotaFacts::from_manifest(&object, namespace)?);
            } else {
                let range = serde_json::from_value(object)
                    .map_err(|error| Error::new(format!("a limitrange can't be read: {error}")))?;
                proposed.limit_ranges.push(LimitRangeFacts::new(&range)?);
            }
        }
        let is_empty = proposed.quotas.is_empty() && proposed.limit_ranges.is_empty();
        if is_empty && !self.file.is_empty() && !self.all_namespaces {
            return Err(Error::usage(format!(
                "{} contains no ResourceQuota or LimitRange for namespace {namespace}",
                self.file
            )));
        }
        Ok(proposed)
    }

    /// Returns the quota that was named, if the namespace has it.
    fn quota_among<'a>(&self, rules: &'a NamespaceFacts) -> Option<&'a QuotaFacts> {
        let name = self.hard.as_ref()?.0.as_ref()?;
        rules.quotas.iter().find(|quota| quota.name == *name)
    }
}

/// Returns why the server would reject an object of the file as invalid.
fn complaints(object: &Value) -> Result<Vec<String>> {
    let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
    let known = Kinds::default().find_or_guess(text(&object["apiVersion"]), kind);
    let manifest = Manifest::new(known, "", name, object.clone());
    let complaints = rule_complaints(&manifest, None).map_err(Error::new)?;
    Ok(complaints.iter().map(|why| invalid_message(kind, name, why)).collect())
}

/// Returns the namespace that an object names.
fn namespace_of(object: &Value) -> Option<&str> {
    object["metadata"]["namespace"].as_str()
}

/// Returns whether the rules contain an object of this kind and name.
fn has_rule(object: &Value, rules: &NamespaceFacts) -> bool {
    let name = &object["metadata"]["name"];
    match object["kind"] == "ResourceQuota" {
        true => rules.quotas.iter().any(|quota| *name == *quota.name),
        false => rules.limit_ranges.iter().any(|range| *name == *range.name),
    }
}

/// Returns the quota that is changed: the one that is named, or else the only one, or the only one that limits all of these
/// resources already.
fn find_quota<'a>(
    quotas: &'a [QuotaFacts],
    name: Option<&str>,
    amounts: &Amounts,
    namespace: &str,
) -> Result<&'a QuotaFacts> {
    let limits_all = |quota: &&QuotaFacts| amounts.keys().all(|key| quota.spec_hard.contains_key(key));
    let mut limiting = quotas.iter().filter(limits_all);
    let names = || quotas.iter().map(|quota| quota.name.as_str()).collect::<Vec<_>>().join(", ");
    match (name, quotas) {
        (_, []) => Err(Error::new(format!("No ResourceQuota in namespace {namespace}"))
            .with_hint("give a new one with -f")),
        (Some(name), quotas) => quotas.iter().find(|quota| quota.name == name).ok_or_else(|| {
            Error::new(format!("no resourcequota `{name}` in namespace {namespace}; existing: {}", names()))
        }),
        (None, [only]) => Ok(only),
        (None, _) => match (limiting.next(), limiting.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Error::usage(format!("several quotas in namespace {namespace}: {}", names()))
                .with_hint("name one with --quota")),
        },
    }
}
