//! What an explanation is based on: the subject and the snapshot of its namespace.

use std::path::Path;

use serde_json::Value;
use shared::{
    Error, Result,
    cli::ExitStatus,
    client::{Client, incomplete::Skipped, refuse_misfits},
    model::kind::Kind,
    snapshot::ClusterSnapshot,
};

use super::{
    collect,
    consumer_lists::{ConsumerLists, expected_resources},
    dump,
    event::reporting_owner,
    namespace_snapshot::{NamespaceSnapshot, kind, metadata_text},
};
use crate::type_and_name;

/// The subject of an explanation with the state of its namespace.
#[derive(Debug)]
pub struct Evidence {
    /// The namespace.
    pub snapshot: NamespaceSnapshot,
    /// The one workload to explain; `None` for the whole namespace or for a pasted text.
    pub subject: Option<Value>,
    /// How the subject was found.
    pub note: Option<String>,
    /// What is charged for what the subject is probably short of.
    pub early: ConsumerLists,
}

const MISSING_POD: &str =
    "a refused pod leaves no object behind: paste the refusal into `kubectl quota explain -`";

impl Evidence {
    /// Returns the evidence about a whole namespace.
    pub fn without_subject(snapshot: NamespaceSnapshot) -> Self {
        Self { snapshot, subject: None, note: None, early: ConsumerLists::default() }
    }

    /// Reads a workload, or the whole namespace, from a cluster.
    ///
    /// # Errors
    /// A workload that does not exist, and any failure other than a forbidden list.
    pub async fn from_cluster(client: &Client, target: Option<&(Kind, String)>, now: i64) -> Result<Self> {
        let Some((target_kind, name)) = target else {
            let rules = collect::namespace_rules(client, now);
            return Ok(Self::without_subject(collect::snapshot(client, None, rules, now).await?));
        };
        refuse_misfits(&target_kind.object_path(client.namespace(), name))?;
        let (object, rules) =
            futures::join!(collect::object(client, target_kind, name), collect::namespace_rules(client, now));
        let (mut subject, note) = match object {
            Err(error) if target_kind.kind == "Pod" && error.is_api(404) => {
                let Some((owner_kind, owner)) = collect::find_reporting_owner(client, name).await? else {
                    return Err(error.with_hint(MISSING_POD));
                };
                let Ok((kind, _)) = type_and_name::parse_any(&owner_kind, Some(&owner)) else {
                    let namespace = client.namespace();
                    return Err(error.with_hint(format!(
                        "{owner_kind} {owner} reports that it was refused: `kubectl quota explain -n {namespace}` tells why"
                    )));
                };
                (collect::object(client, &kind, &owner).await?, Some(missing_pod(name, &owner_kind, &owner)))
            }
            outcome => (outcome?, None),
        };
        let mut rules = rules?;
        let namespace = client.namespace();
        // Who uses what is short is asked for along with the workload's own objects.
        let short = expected_resources(&subject, namespace, &mut rules.cluster);
        let now_known = ClusterSnapshot { now, ..ClusterSnapshot::default() };
        let (snapshot, early) = futures::join!(
            collect::snapshot(client, Some(&mut subject), async { Ok(rules) }, now),
            ConsumerLists::read(Some(client), namespace, &now_known, short)
        );
        Ok(Self { snapshot: snapshot?, subject: Some(subject), note, early })
    }

    /// Reads the rules that pasted refusals are evaluated by. Where no cluster answers, there are none.
    ///
    /// # Errors
    /// A refusal of the API server, and a connection that cannot be set up.
    pub async fn rules_of_cluster(client: &Client, now: i64) -> Result<Self> {
        match collect::rules_alone(client, now).await {
            Err(error) if error.api_status().is_none() && error.status() == ExitStatus::Failure => {
                let namespace = client.namespace().to_owned();
                let mut snapshot =
                    NamespaceSnapshot { namespace: namespace.clone(), ..NamespaceSnapshot::default() };
                snapshot.cluster.without_quotas.insert(namespace.clone());
                snapshot.cluster.without_limit_ranges.insert(namespace.clone());
                snapshot.cluster.skipped.push(Skipped {
                    verb: "read".to_owned(),
                    resource: "resourcequotas".to_owned(),
                    namespace,
                    reason: error.to_string(),
                });
                Ok(Self::without_subject(snapshot))
            }
            outcome => Ok(Self::without_subject(outcome?)),
        }
    }

    /// Reads a workload, or the whole namespace, from a dump.
    ///
    /// # Errors
    /// A dump that cannot be read, and a workload that it does not contain.
    pub fn from_dump(
        path: &Path,
        namespace: &str,
        target: Option<&(Kind, String)>,
        now: i64,
    ) -> Result<Self> {
        let snapshot = dump::snapshot(path, namespace, now)?;
        let Some((target_kind, name)) = target else { return Ok(Self::without_subject(snapshot)) };
        let find = |wanted_kind: &str, name: &str| {
            let is_wanted = |object: &&Value| {
                kind(object) == wanted_kind
                    && metadata_text(object, "name") == name
                    && metadata_text(object, "namespace") == snapshot.namespace
            };
            // Workloads are there as their autoscalers are about to scale them.
            snapshot.workloads.iter().chain(snapshot.cluster.existing.values()).find(is_wanted).cloned()
        };
        let mut note = None;
        let rules = snapshot.cluster.namespaces.get(&snapshot.namespace);
        if rules.is_none_or(|rules| rules.quotas.is_empty()) {
            note = Some(format!("the dump contains no ResourceQuota of namespace {}", snapshot.namespace));
        }
        let subject = find(&target_kind.kind, name).or_else(|| {
            let events = snapshot.events.as_deref().filter(|_| target_kind.kind == "Pod")?;
            let (owner_kind, owner) = reporting_owner(events, name)?;
            note = Some(missing_pod(name, owner_kind, owner));
            find(owner_kind, owner)
        });
        let Some(subject) = subject else {
            return Err(Error::new(format!(
                "no {} `{name}` in namespace {} of the dump",
                target_kind.kind, snapshot.namespace
            )));
        };
        Ok(Self { snapshot, subject: Some(subject), note, early: ConsumerLists::default() })
    }
}

fn missing_pod(pod: &str, owner_kind: &str, owner: &str) -> String {
    format!("Pod {pod} does not exist; {owner_kind} {owner} creates it")
}
