//! What each container of a workload gets, and from where.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    admission::{
        ClusterFacts, NamespaceFacts,
        defaulting::fill_in_decoded,
        limit_range::{LimitRangeFacts, inject},
        object::{Object, PodFacts},
        orderings::orderings,
        read_object::template_pod,
        simulator::{Outcome, Simulator},
        version::Version,
    },
    manifest::Manifest,
    quantity::Quantity,
    resources::{Requirements, ResourceList},
    workload::{owner::Owner, template},
};

/// What a container gets of one resource. Keys of its JSON are added to, never renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The namespace.
    pub namespace: String,
    /// The workload.
    pub workload: Owner,
    /// The container.
    pub container: String,
    /// The resource.
    pub resource: String,
    /// The request; `None` where it has none.
    pub request: Option<Quantity>,
    /// Where the request comes from.
    pub request_from: Option<String>,
    /// The limit; `None` where it has none.
    pub limit: Option<Quantity>,
    /// Where the limit comes from.
    pub limit_from: Option<String>,
    /// Whether it gets this for certain: of several LimitRanges, the server applies a random one first.
    pub certain: bool,
}

/// What becomes of the containers of a workload.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// What its containers get; containers without anything are left out.
    pub rows: Vec<Row>,
    /// Why its pods would be refused.
    pub refusals: Vec<String>,
    /// Whether they would be in every order of LimitRanges.
    pub certain: bool,
}

/// An amount and where it comes from.
type Sourced = Option<(Quantity, String)>;

/// Returns what becomes of the containers of a workload under these LimitRanges.
///
/// # Errors
/// The server's message about a template that it can't decode.
pub fn outlook(workload: &Manifest, ranges: &[LimitRangeFacts], version: Version) -> Result<Outlook, String> {
    let kind = &workload.kind;
    let source = if kind.is("", "Pod") { &workload.value } else { template(&kind.kind, &workload.value) };
    let pod = template_pod(kind, source)?;
    let orders: Vec<_> = orderings(ranges.len())
        .into_iter()
        .map(|order| traced(&pod, order.iter().filter_map(|&index| ranges.get(index)), version))
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    let keys: BTreeSet<(usize, &str)> = orders
        .iter()
        .flat_map(|order| order.iter().enumerate())
        .flat_map(|(index, (_, amounts))| amounts.keys().map(move |resource| (index, resource.as_str())))
        .collect();
    for (index, resource) in keys {
        let outcomes = orders.iter().filter_map(|order| {
            let (container, amounts) = order.get(index)?;
            let (request, limit) = amounts.get(resource).cloned().unwrap_or_default();
            Some((container.clone(), request, limit))
        });
        let mut distinct: Vec<(String, Sourced, Sourced)> = Vec::new();
        for outcome in outcomes {
            if !distinct.contains(&outcome) {
                distinct.push(outcome);
            }
        }
        let source = |amount: &Sourced| amount.as_ref().map(|(_, source)| source.clone());
        distinct.sort_by_key(|(_, request, limit)| (source(request), source(limit)));
        let certain = distinct.len() == 1;
        rows.extend(distinct.into_iter().map(|(container, request, limit)| {
            let ((request, request_from), (limit, limit_from)) = (request.unzip(), limit.unzip());
            Row {
                namespace: workload.namespace.clone(),
                workload: Owner::new(&kind.kind, &workload.name),
                container,
                resource: resource.to_owned(),
                request,
                request_from,
                limit,
                limit_from,
                certain,
            }
        }));
    }
    let (refusals, certain) = refusals(workload, pod, ranges, version);
    Ok(Outlook { rows, refusals, certain })
}

/// The amounts of a container by resource: request and limit.
type Amounts = std::collections::BTreeMap<String, (Sourced, Sourced)>;

/// Returns the amounts of each container as the stages of admission fill them in, each with its source.
fn traced<'a>(
    pod: &PodFacts,
    ranges: impl Iterator<Item = &'a LimitRangeFacts>,
    version: Version,
) -> Vec<(String, Amounts)> {
    let mut pod = pod.clone();
    let mut traces: Vec<(String, Amounts)> =
        pod.containers().map(|container| (container.name.clone(), Amounts::new())).collect();
    note(&mut traces, &pod, "the container");
    fill_in_decoded(&mut pod, version);
    note(&mut traces, &pod, "its limit");
    for range in ranges {
        inject(range, &mut pod);
        note(&mut traces, &pod, &format!("LimitRange {}", range.name));
    }
    traces
}

/// Notes a source for every amount that has none yet. Amounts take their last form: they are rounded when decoded.
fn note(traces: &mut [(String, Amounts)], pod: &PodFacts, source: &str) {
    for ((_, amounts), container) in traces.iter_mut().zip(pod.containers()) {
        let Requirements { requests, limits } = &container.spec;
        let mut enter = |list: &ResourceList, part: fn(&mut (Sourced, Sourced)) -> &mut Sourced| {
            for (name, amount) in list {
                let slot = part(amounts.entry(name.clone()).or_default());
                let source = slot.take().map_or_else(|| source.to_owned(), |(_, source)| source);
                *slot = Some((amount.clone(), source));
            }
        };
        enter(requests, |pair| &mut pair.0);
        enter(limits, |pair| &mut pair.1);
    }
}

/// Returns why LimitRanges or validation would refuse a pod, and whether they would in every order.
fn refusals(
    workload: &Manifest,
    pod: PodFacts,
    ranges: &[LimitRangeFacts],
    version: Version,
) -> (Vec<String>, bool) {
    let namespace = &workload.namespace;
    let rules = NamespaceFacts { limit_ranges: ranges.to_vec(), ..NamespaceFacts::default() };
    let cluster_facts = ClusterFacts { version, ..ClusterFacts::default() };
    let name =
        if workload.kind.is("", "Pod") { workload.name.clone() } else { format!("{}-*", workload.name) };
    let object = Object::pod(namespace, &name, pod);
    let (refusals, certain) = match Simulator::for_namespace(namespace, rules, cluster_facts).create(object) {
        Outcome::Admitted => return (Vec::new(), true),
        Outcome::Refused(refusals) => (refusals, true),
        Outcome::OrderDependent(refusals) => (refusals, false),
    };
    (refusals.into_iter().map(|refusal| refusal.message).collect(), certain)
}
