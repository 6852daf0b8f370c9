//! Reads quotas of other kinds where they exist. One request tells which groups the server has, and is made while quotas are
//! listed: a cluster without such kinds costs no time.

use std::collections::BTreeSet;

use serde_json::Value;
use shared::{
    Result,
    client::{
        Client, ListOptions, dynamic_list,
        incomplete::{Skipped, unless_forbidden},
    },
    dump::Dump,
    manifest::json::text,
    model::{Namespace, Resource, object_path},
};

use super::{
    options::Options,
    other_quotas::{APPLIED, CLUSTER, HIERARCHICAL, OtherKind, PROJECT},
    row::Row,
};

/// What was read of other kinds.
#[derive(Debug, Default)]
pub struct OtherQuotas {
    /// The rows.
    pub rows: Vec<Row>,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

impl OtherQuotas {
    fn add(&mut self, kind: OtherKind, objects: &[Value], options: &Options) {
        for object in objects {
            match kind.rows(object, &options.thresholds) {
                Ok(rows) => self.rows.extend(rows),
                Err(error) => self.skipped.push(Skipped {
                    verb: "read".to_owned(),
                    resource: kind.to_kind().plural,
                    namespace: text(&object["metadata"]["namespace"]).to_owned(),
                    reason: format!("{}: {error}", text(&object["metadata"]["name"])),
                }),
            }
        }
    }
}

/// Reads the quotas of other kinds: of all namespaces, or of the one in effect. A server that does not tell its groups has
/// none of them.
///
/// # Errors
/// Any failure other than a refusal, once such a kind is known to exist.
pub async fn read(client: &Client, options: &Options) -> Result<OtherQuotas> {
    let mut others = OtherQuotas::default();
    let groups = groups(client).await;
    let has = |kind: OtherKind| groups.contains(kind.group());
    let mut wanted: Vec<(OtherKind, String)> = Vec::new();
    if options.all_namespaces {
        wanted.extend([CLUSTER, HIERARCHICAL, PROJECT].into_iter().map(|kind| (kind, String::new())));
    } else {
        let namespace = client.namespace().to_owned();
        wanted.push((APPLIED, namespace.clone()));
        wanted.push((HIERARCHICAL, namespace.clone()));
        if has(HIERARCHICAL) || has(PROJECT) {
            wanted.extend(above(client, &namespace, &mut others.skipped).await?);
        }
    }
    wanted.retain(|(kind, _)| has(*kind));
    if wanted.is_empty() {
        return Ok(others);
    }
    let lists = client.bounded(wanted, |(kind, place)| async move {
        let found = list(client, kind, &place, &options.list).await;
        (kind, place, found)
    });
    for (kind, place, found) in lists.await {
        let resource = kind.to_kind().plural;
        match unless_forbidden(found, &mut others.skipped, "list", &resource, &place)? {
            Some(found) => others.add(kind, &found, options),
            // Those that count the namespace in effect may be seen by who may not see all.
            None if kind.name == CLUSTER.name => {
                let applied = list(client, APPLIED, client.namespace(), &options.list).await;
                others.add(APPLIED, &applied.unwrap_or_default(), options);
            }
            None => {}
        }
    }
    Ok(others)
}

/// Reads the quotas of other kinds in a dump; of one namespace those that count it.
///
/// # Errors
/// A dump that can't be read.
pub fn of_dump(dump: &Dump, namespace: Option<&str>, options: &Options) -> Result<OtherQuotas> {
    let mut others = OtherQuotas::default();
    // The same quota may be there as the cluster has it, and once for each namespace that it counts.
    let mut of_cluster: BTreeSet<String> = BTreeSet::new();
    for kind in [CLUSTER, APPLIED, HIERARCHICAL, PROJECT] {
        let mut objects = dump.objects_of_kinds(&[kind.name])?;
        objects.retain(|object| {
            text(&object["apiVersion"]).starts_with(kind.group())
                && namespace.is_none_or(|namespace| counts(object, namespace))
                && (kind.kind != CLUSTER.kind
                    || of_cluster.insert(text(&object["metadata"]["name"]).to_owned()))
        });
        others.add(kind, &objects, options);
    }
    Ok(others)
}

/// Returns whether a quota of a dump is known to count what is in a namespace.
fn counts(object: &Value, namespace: &str) -> bool {
    let mut counted = object["status"]["namespaces"].as_array().into_iter().flatten();
    object["metadata"]["namespace"] == namespace || counted.any(|one| one["namespace"] == namespace)
}

/// Returns the names of the API groups of a server.
async fn groups(client: &Client) -> BTreeSet<String> {
    let found = client.get_json::<Value>("/apis").await.unwrap_or_default();
    let groups = found["groups"].as_array().into_iter().flatten();
    groups.map(|group| text(&group["name"]).to_owned()).collect()
}

/// Returns where quotas are that count a namespace from above: those of its ancestors, which its labels name, and its
/// project, which is in an annotation.
async fn above(
    client: &Client,
    namespace: &str,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<(OtherKind, String)>> {
    let path = object_path::<Namespace>(None, namespace);
    let found = match client.get_json::<Value>(&path).await {
        // What is wrong with a namespace that does not exist, the list of its quotas tells.
        Err(error) if error.is_api(404) => None,
        found => unless_forbidden(found, skipped, "get", Namespace::PLURAL, namespace)?,
    };
    let Some(found) = found else { return Ok(Vec::new()) };
    let labels = found["metadata"]["labels"].as_object().into_iter().flatten();
    let ancestors = labels.filter_map(|(label, depth)| {
        let ancestor = label.strip_suffix(".tree.hnc.x-k8s.io/depth")?;
        (ancestor != namespace && *depth != "0").then(|| (HIERARCHICAL, ancestor.to_owned()))
    });
    let project = found["metadata"]["annotations"]["field.cattle.io/projectId"].as_str();
    let project = project.map(|id| (PROJECT, id.replace(':', "/")));
    Ok(ancestors.chain(project).collect())
}

/// Lists a kind in a namespace, in all where it is empty. Of a project, the place is `CLUSTER/PROJECT`.
async fn list(client: &Client, kind: OtherKind, place: &str, options: &ListOptions) -> Result<Vec<Value>> {
    let resource = kind.to_kind();
    let found = match place.split_once('/') {
        Some((namespace, name)) => {
            client.get_json::<Value>(&resource.object_path(namespace, name)).await.map(|one| vec![one])
        }
        None => dynamic_list::objects(client, &resource, place, options).await,
    };
    match found {
        // The group may be there without the kind.
        Err(error) if error.is_api(404) => Ok(Vec::new()),
        outcome => outcome,
    }
}
