//! Services and their events out of a cluster or a dump.

use std::collections::{BTreeSet, HashMap};

use shared::{
    Result,
    client::{Client, ListOptions, Page, Scope, incomplete::Skipped},
    dump::Dump,
    model::{Event, Resource as _, Service},
    selector::LabelSelector,
};

use super::options::Options;
use crate::{
    controllers::{EKS_AUTO_CLASS, LBC_CLASS},
    events::{LastSync, is_about, last_sync, service_of},
    planning::{ServiceCase, TargetGroupBinding},
};

/// Reads the chosen Services of the namespace in effect.
///
/// # Errors
/// What the server or the connection refuses; the server's NotFound for a name or a namespace that is not there.
pub async fn services(client: &Client, options: &Options) -> Result<Vec<Service>> {
    if !options.names.is_empty() {
        let namespace = client.namespace();
        let gets = options.names.iter().map(|name| client.get::<Service>(namespace, name));
        return futures::future::try_join_all(gets).await;
    }
    let mut services = Vec::new();
    let read = |page| match page {
        Page::Items(items) => services.extend(items),
        Page::Restart => services.clear(),
    };
    list(client, &Scope::Namespace(client.namespace().to_owned()), options, read).await?;
    if services.is_empty() {
        client.require_namespace(client.namespace()).await?;
    }
    Ok(services)
}

/// Lists the Services that can have something to do with load balancers, page by page: most of a cluster's have not, and
/// are dropped.
///
/// # Errors
/// What the server or the connection refuses.
pub async fn list(
    client: &Client,
    scope: &Scope,
    options: &Options,
    mut read: impl FnMut(Page<Service>),
) -> Result<()> {
    let list = ListOptions { label_selector: options.selector.clone(), field_selector: None };
    let read_concerned = |page| {
        read(match page {
            Page::Items(items) => Page::Items(items.into_iter().filter(is_concerned).collect()),
            Page::Restart => Page::Restart,
        });
    };
    client.list(scope, &list, read_concerned).await.map(drop)
}

/// Returns whether a Service has or wants a load balancer, or is annotated as if it did.
pub fn is_concerned(service: &Service) -> bool {
    service.spec.service_type == "LoadBalancer"
        || service.annotations.keys().any(|key| crate::keys::is_ours(key))
        || service.finalizers.iter().any(|finalizer| finalizer == "service.k8s.aws/resources")
}

/// Returns the chosen Services of a dump.
///
/// # Errors
/// A dump without any Service, and what can't be read in it; a name that it lacks.
pub fn services_of_dump(dump: &Dump, options: &Options) -> Result<Vec<Service>> {
    let selector = LabelSelector::parse(options.selector.as_deref().unwrap_or_default())?;
    let mut services = dump.require::<Service>()?;
    if !options.all_namespaces {
        let namespace = options.namespace.as_deref();
        services.retain(|service| namespace.is_none_or(|namespace| service.metadata.namespace == namespace));
    }
    if let Some(missing) =
        options.names.iter().find(|name| !services.iter().any(|service| service.metadata.name == **name))
    {
        return Err(shared::Error::new(format!("services \"{missing}\" not found in the dump")));
    }
    services.retain(|service| {
        let named = options.names.is_empty() || options.names.contains(&service.metadata.name);
        let wanted = !options.names.is_empty() || is_concerned(service);
        named && wanted && selector.matches(&service.metadata.labels)
    });
    services.sort_by(|a, b| {
        (&a.metadata.namespace, &a.metadata.name).cmp(&(&b.metadata.namespace, &b.metadata.name))
    });
    Ok(services)
}

/// Reads the events of Services: of each where there are few, else of all in the namespace or cluster.
///
/// # Errors
/// Anything but a refusal, which `skipped` says.
pub async fn events(
    client: &Client,
    cases: &[ServiceCase],
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<Event>> {
    let live: Vec<&Service> = cases.iter().filter_map(|case| case.live.as_deref()).collect();
    let Some(first) = live.first() else { return Ok(Vec::new()) };
    let same = live.iter().all(|service| service.metadata.namespace == first.metadata.namespace);
    let scope = if same { Scope::Namespace(first.metadata.namespace.clone()) } else { Scope::All };
    let name = (live.len() == 1).then_some(first.metadata.name.as_str());
    events_in(client, &scope, name, skipped).await
}

/// Reads the events of all Services in a namespace or in the cluster, or of one of them.
///
/// # Errors
/// Anything but a refusal, which `skipped` says.
pub async fn events_in(
    client: &Client,
    scope: &Scope,
    name: Option<&str>,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<Event>> {
    let selector = match name {
        Some(name) => format!("involvedObject.kind=Service,involvedObject.name={name}"),
        None => "involvedObject.kind=Service".to_owned(),
    };
    let options = ListOptions { label_selector: None, field_selector: Some(selector) };
    match client.list_all::<Event>(scope, &options).await {
        Err(error) if error.is_api(403) => {
            skipped.push(Skipped::list(Event::PLURAL, scope.namespace().unwrap_or_default(), &error));
            Ok(Vec::new())
        }
        outcome => outcome,
    }
}

/// Returns whether TargetGroupBindings tell what nothing else does: who acts on an unknown class, or what a sync of the AWS
/// Load Balancer Controller left that failed.
fn needs_bindings(case: &ServiceCase) -> bool {
    let Some(live) = &case.live else { return false };
    let class = live.spec.load_balancer_class.as_deref();
    let is_unknown = class.is_some_and(|class| !matches!(class, LBC_CLASS | EKS_AUTO_CLASS));
    let has_finalizer = live.finalizers.iter().any(|finalizer| finalizer == "service.k8s.aws/resources");
    let events = case.events.iter().filter(|event| is_about(event, live));
    is_unknown || (has_finalizer && matches!(last_sync(events), LastSync::Failed { .. }))
}

/// Reads the TargetGroupBindings of Services where they are needed. A cluster without the kind has none.
///
/// # Errors
/// Anything but a refusal, which `skipped` says.
pub async fn bindings(client: &Client, cases: &mut [ServiceCase], skipped: &mut Vec<Skipped>) -> Result<()> {
    let needed: BTreeSet<String> = cases
        .iter()
        .filter(|case| needs_bindings(case))
        .map(|case| case.wanted.metadata.namespace.clone())
        .collect();
    let scope = match (needed.len(), needed.first()) {
        (0, _) | (_, None) => return Ok(()),
        (1, Some(namespace)) => Scope::Namespace(namespace.clone()),
        _ => Scope::All,
    };
    match client.list_all::<TargetGroupBinding>(&scope, &ListOptions::default()).await {
        Ok(found) => hand_out(&found, cases),
        Err(error) if error.is_api(404) => {}
        Err(error) if error.is_api(403) => {
            let namespace = scope.namespace().unwrap_or_default();
            skipped.push(Skipped::list("targetgroupbindings.elbv2.k8s.aws", namespace, &error));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Takes the TargetGroupBindings of Services out of a dump.
///
/// # Errors
/// What can't be read in it.
pub fn bindings_of_dump(dump: &Dump, cases: &mut [ServiceCase]) -> Result<()> {
    if cases.iter().any(needs_bindings) {
        hand_out(&dump.take::<TargetGroupBinding>()?, cases);
    }
    Ok(())
}

fn hand_out(bindings: &[TargetGroupBinding], cases: &mut [ServiceCase]) {
    for case in cases.iter_mut().filter(|case| needs_bindings(case)) {
        let metadata = &case.wanted.metadata;
        let name = (metadata.namespace.as_str(), metadata.name.as_str());
        case.bindings = bindings.iter().filter(|binding| binding.service() == name).cloned().collect();
    }
}

/// Events by the namespace and the name of their Service.
#[derive(Debug, Default)]
pub struct EventsByService(HashMap<(String, String), Vec<Event>>);

impl EventsByService {
    /// Sorts events.
    pub fn of(events: Vec<Event>) -> Self {
        let mut sorted = Self::default();
        for event in events {
            let Some((namespace, name)) = service_of(&event) else { continue };
            sorted.0.entry((namespace.to_owned(), name.to_owned())).or_default().push(event);
        }
        sorted
    }

    /// Hands Services their events.
    pub fn hand_out(&mut self, cases: &mut [ServiceCase]) {
        if self.0.is_empty() {
            return;
        }
        for case in cases {
            let metadata = &case.wanted.metadata;
            let key = (metadata.namespace.clone(), metadata.name.clone());
            case.events = self.0.remove(&key).unwrap_or_default();
        }
    }
}
