//! Reads LimitRanges, and the workloads whose containers are asked about.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use shared::{
    Error, Result,
    admission::{limit_range::LimitRangeFacts, version::Version},
    client::{Client, ListOptions, Scope, incomplete::Skipped, refuse_misfits},
    dump::Dump,
    manifest::{Key, Manifest, kinds::Kinds, namespace::refuse_other_namespaces},
    model::{LimitRange, Resource},
    snapshot::{ClusterSnapshot, version},
};

use super::args::LimitsArgs;
use crate::{forbidden_everywhere::forbidden_everywhere, type_and_name};

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Collected {
    /// LimitRanges by namespace.
    pub ranges: BTreeMap<String, Vec<LimitRangeFacts>>,
    /// The workloads whose containers are asked about; none where LimitRanges themselves are.
    pub workloads: Vec<Manifest>,
    /// The one namespace that was read; `None` for several.
    pub namespace: Option<String>,
    /// The version of the server.
    pub version: Version,
    /// What is odd about a dump.
    pub remarks: Vec<String>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

impl Collected {
    fn add(&mut self, ranges: impl IntoIterator<Item = LimitRange>) -> Result<()> {
        for range in ranges {
            let facts = LimitRangeFacts::new(&range)?;
            self.ranges.entry(facts.namespace.clone()).or_default().push(facts);
        }
        for ranges in self.ranges.values_mut() {
            ranges.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(())
    }
}

/// Reads a cluster. `given` is the value of `--namespace`.
///
/// # Errors
/// What the server refuses, a namespace or a workload that does not exist, and manifests that can't be read.
pub async fn from_cluster(client: &Client, args: &LimitsArgs, given: Option<&str>) -> Result<Collected> {
    let mut collected = Collected { version: version(client).await?, ..Collected::default() };
    collected.workloads = match &args.workload {
        Some(word) => {
            let (kind, name) = type_and_name::parse_any(word, args.name.as_deref())?;
            let path = kind.object_path(client.namespace(), &name);
            refuse_misfits(&path)?;
            vec![Manifest::from_object(client.get_json::<Value>(&path).await?, kind, client.namespace())]
        }
        None => of_files(args, client.namespace(), given)?,
    };
    let list = async |scope: Scope| client.list_all::<LimitRange>(&scope, &ListOptions::default()).await;
    let one = || Scope::Namespace(client.namespace().to_owned());
    if args.all_namespaces {
        match list(Scope::All).await {
            Err(error) if error.is_api(403) => {
                collected.skipped.push(Skipped::list(LimitRange::PLURAL, "", &error));
                collected.namespace = Some(client.namespace().to_owned());
                collected.add(list(one()).await.map_err(forbidden_everywhere)?)?;
            }
            found => collected.add(found?)?,
        }
        return Ok(collected);
    }
    let mut namespaces: BTreeSet<_> =
        collected.workloads.iter().map(|workload| workload.namespace.clone()).collect();
    if namespaces.is_empty() {
        namespaces.insert(client.namespace().to_owned());
    }
    for namespace in &namespaces {
        let ranges = list(Scope::Namespace(namespace.clone())).await?;
        if ranges.is_empty() {
            client.require_namespace(namespace).await?;
        }
        collected.add(ranges)?;
    }
    collected.namespace = namespaces.pop_first().filter(|_| namespaces.is_empty());
    Ok(collected)
}

/// Reads a dump.
///
/// # Errors
/// A dump that can't be read or holds no LimitRange, a workload that it does not hold, and manifests that can't be read.
pub fn from_dump(path: &std::path::Path, namespace: Option<&str>, args: &LimitsArgs) -> Result<Collected> {
    args.dump.require_one_stdin(&args.filename)?;
    let own = namespace.unwrap_or("default");
    // What a container gets depends on every LimitRange; each by itself is shown as it is.
    let dump = match args.workload.is_none() && args.filename.is_empty() {
        true => Dump::read_readable(path)?,
        false => Dump::read(path)?,
    };
    let workloads = match &args.workload {
        Some(word) => {
            let (kind, name) = type_and_name::parse_any(word, args.name.as_deref())?;
            let snapshot = ClusterSnapshot::of_dump(&dump, &[], &mut Kinds::default(), 0)?;
            let object = snapshot.existing.get(&Key::new(&kind, own, &name)).cloned().ok_or_else(|| {
                Error::new(format!("no {} `{name}` in namespace {own} of the dump", kind.kind))
            })?;
            vec![Manifest::from_object(object, kind, own)]
        }
        None => of_files(args, own, namespace)?,
    };
    let mut collected = Collected { workloads, ..Collected::default() };
    collected.skipped.extend(Skipped::of_files(LimitRange::PLURAL, dump.unread()));
    let mut ranges = dump.require_last::<LimitRange>(&mut collected.remarks)?;
    if collected.workloads.is_empty() {
        ranges.retain(|range| namespace.is_none_or(|namespace| range.metadata.namespace == namespace));
        collected.namespace = namespace.filter(|_| !args.all_namespaces).map(str::to_owned);
    }
    collected.add(ranges)?;
    Ok(collected)
}

/// Returns the workloads and pods of the manifests; none where there are no manifests.
/// `given` is the value of `--namespace`.
fn of_files(args: &LimitsArgs, namespace: &str, given: Option<&str>) -> Result<Vec<Manifest>> {
    let mut workloads = Vec::new();
    let kinds = Kinds::default();
    for path in &args.filename {
        let objects = Dump::read(path)?.manifests()?;
        refuse_other_namespaces(&objects, &kinds, given)?;
        for one in objects {
            let text = |field: &str| one.object[field].as_str().unwrap_or_default().to_owned();
            let kind = kinds.find_or_guess(&text("apiVersion"), &text("kind"));
            if kind.pod_spec_path().is_some() || kind.is("", "Pod") {
                workloads.push(Manifest::from_file(one, kind, namespace));
            }
        }
    }
    match workloads.is_empty() && !args.filename.is_empty() {
        true => Err(Error::usage("no workload and no pod in the manifests")
            .with_hint("give a manifest of a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod")),
        false => Ok(workloads),
    }
}
