//! Reads quotas and what they count from a cluster: each resource by one list of all namespaces, or by a list for each
//! namespace where there are few.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    Result,
    admission::{ClusterFacts, quota_facts::QuotaFacts},
    client::{
        Client, IN_FLIGHT, ListOptions, Scope,
        incomplete::{Skipped, unless_forbidden},
    },
    model::{Resource, ResourceQuota, kind::Kind},
    snapshot::{device_classes, names_extended, object_counts::resources_by_namespace, version},
};

use crate::forbidden_everywhere::forbidden_everywhere;

use super::{
    Counted, Quotas, Selection, Tally,
    device_claims::DEVICE_CLAIMS,
    listed::{Listed, Lists},
};

/// Reads the quotas of the selected namespaces, and hands everything that they count to copies of an empty tally.
///
/// # Errors
/// A namespace that does not exist, quotas that may not be listed, and any failure other than a refused list.
pub async fn read_cluster<T: Tally>(client: &Client, selection: &Selection, empty: &T) -> Result<Counted<T>> {
    let mut skipped = Vec::new();
    let (quotas, version) = futures::join!(list_quotas(client, selection, &mut skipped), version(client));
    let ((quotas, namespace), version) = (quotas?, version?);
    if let Some(namespace) = namespace.as_deref().filter(|_| quotas.facts.is_empty()) {
        client.require_namespace(namespace).await?;
    }
    let mut counted = Counted {
        tally: empty.clone(),
        quotas: Quotas::default(),
        unread: BTreeSet::new(),
        without_device_classes: false,
        unserved: BTreeSet::new(),
        namespace,
        skipped,
        remarks: Vec::new(),
    };
    let mut facts = ClusterFacts { version, ..ClusterFacts::default() };
    if limits_extended_resources(&quotas) && version.charges_claims_as_extended_resources() {
        let mut of_classes = Vec::new();
        facts.device_classes = device_classes(client, &mut of_classes).await?;
        // Where nothing claims a device, it does not matter which extended resources stand for them.
        if !of_classes.is_empty() && has_device_claims(client, &quotas).await {
            counted.without_device_classes = true;
            counted.skipped.extend(of_classes);
        }
    }
    let lists = Lists { client, quotas: &quotas, empty, facts: &facts };
    let wanted = wanted(&quotas, &facts);
    let whole = matches!(selection, Selection::All { .. }) && counted.namespace.is_none();
    let few = |namespaces: &BTreeSet<String>| !whole || namespaces.len() <= IN_FLIGHT;
    let places = wanted.iter().flat_map(|(resource, namespaces)| match few(namespaces) {
        true => namespaces.iter().map(|namespace| (resource, namespace.as_str())).collect(),
        false => vec![(resource, "")],
    });
    let mut refused = take(&lists, places.collect(), &mut counted).await?;
    // Who may not list all namespaces may still list some.
    let all = |(_, namespace): &(&String, &str)| namespace.is_empty();
    let whole_ones: Vec<_> = refused.iter().filter(|one| all(&one.0)).map(|one| one.0.0).collect();
    let again = whole_ones.iter().flat_map(|resource| {
        wanted.get(*resource).into_iter().flatten().map(|namespace| (*resource, namespace.as_str()))
    });
    let still = take(&lists, again.collect(), &mut counted).await?;
    // One message for all namespaces is enough where none may be listed.
    refused.retain(|((resource, namespace), _)| {
        !namespace.is_empty() || still.iter().any(|((other, _), _)| other == resource)
    });
    counted.skipped.extend(refused.into_iter().map(|(_, skipped)| skipped));
    counted.quotas = quotas;
    Ok(counted)
}

/// Returns the namespaces in which each resource counts: of extended resources that stand for device classes claims, too.
fn wanted(quotas: &Quotas, facts: &ClusterFacts) -> BTreeMap<String, BTreeSet<String>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (namespace, resource) in resources_by_namespace(&quotas.facts) {
        wanted.entry(resource).or_default().insert(namespace);
    }
    let classes = facts.device_classes.as_ref();
    if classes.is_some_and(|classes| classes.values().any(|extended| !extended.is_empty())) {
        let limiting = quotas.facts.iter().filter(|quota| has_extended_resources(quota));
        let namespaces: BTreeSet<_> = limiting.map(|quota| quota.namespace.clone()).collect();
        wanted.entry(DEVICE_CLAIMS.to_owned()).or_default().extend(namespaces);
    }
    wanted
}

fn limits_extended_resources(quotas: &Quotas) -> bool {
    quotas.facts.iter().any(has_extended_resources)
}

/// Returns whether there are claims of devices where quotas limit extended resources. Where that can't be known, it is taken
/// that there are.
async fn has_device_claims(client: &Client, quotas: &Quotas) -> bool {
    let limiting = quotas.facts.iter().filter(|quota| has_extended_resources(quota));
    let namespaces: BTreeSet<_> = limiting.map(|quota| quota.namespace.as_str()).collect();
    let kind = Kind::from_resource(DEVICE_CLAIMS);
    let lists = client.bounded(namespaces, |namespace| {
        let path = kind.collection(namespace);
        async move { client.list_metadata(&path, &ListOptions::default()).await }
    });
    lists.await.into_iter().any(|found| found.map_or_else(|error| !error.is_api(404), |all| !all.is_empty()))
}

fn has_extended_resources(quota: &QuotaFacts) -> bool {
    quota.spec_hard.keys().any(|key| names_extended(key))
}

/// A resource and the namespace that it is listed in.
type Place<'a> = (&'a String, &'a str);

/// Makes the lists, and returns those that were refused. What was refused is unread.
async fn take<'a, T: Tally>(
    lists: &Lists<'_, T>,
    places: Vec<Place<'a>>,
    counted: &mut Counted<T>,
) -> Result<Vec<(Place<'a>, Skipped)>> {
    let listed = lists.client.bounded(places, |(resource, namespace)| async move {
        ((resource, namespace), lists.list(resource, namespace).await)
    });
    let mut refused = Vec::new();
    for ((resource, namespace), outcome) in listed.await {
        let mut skipped = Vec::new();
        let found = unless_forbidden(outcome, &mut skipped, "list", resource, namespace)?;
        let key = (namespace.to_owned(), resource.clone());
        match found {
            Some(Listed::Tally(tally)) => counted.tally.merge(tally),
            Some(Listed::Unserved) => drop(counted.unserved.insert(resource.clone())),
            // Namespaces are asked for one by one then.
            None if namespace.is_empty() => {}
            None => drop(counted.unread.insert(key)),
        }
        refused.extend(skipped.into_iter().map(|skipped| ((resource, namespace), skipped)));
    }
    Ok(refused)
}

/// Lists the quotas. Where all may not be listed, the namespace in effect is listed instead.
async fn list_quotas(
    client: &Client,
    selection: &Selection,
    skipped: &mut Vec<Skipped>,
) -> Result<(Quotas, Option<String>)> {
    let list = async |scope: Scope| client.list_all::<ResourceQuota>(&scope, &ListOptions::default()).await;
    let (quotas, namespace) = match selection {
        Selection::Namespace(name) => (list(Scope::Namespace(name.clone())).await?, Some(name.clone())),
        Selection::Namespaces(names) => {
            let read = client.bounded(names, |name| list(Scope::Namespace(name.clone())));
            (read.await.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect(), None)
        }
        Selection::All { default } => match list(Scope::All).await {
            Err(error) if error.is_api(403) => {
                skipped.push(Skipped::list(ResourceQuota::PLURAL, "", &error));
                let found = list(Scope::Namespace(default.clone())).await.map_err(forbidden_everywhere)?;
                (found, Some(default.clone()))
            }
            outcome => (outcome?, None),
        },
    };
    Ok((Quotas::new(quotas)?, namespace))
}
