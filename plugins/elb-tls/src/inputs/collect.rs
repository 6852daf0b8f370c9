//! Everything that a command reads, from whatever source.

use std::thread::{self, Scope as ThreadScope};

use serde_json::Value;
use shared::{
    Result,
    cli::{ConnectionFlags, block_on},
    client::{Client, Page, Scope, incomplete::Skipped},
    dump::Dump,
    model::{Event, Resource as _, Service},
    output::Printer,
};

use super::{
    cluster_facts::{self, Needs},
    early::{Early, EarlyJudges},
    files,
    live::{
        EventsByService, bindings, bindings_of_dump, events, events_in, list, services, services_of_dump,
    },
    options::Options,
};
use crate::{
    certificates::{Arn, ClusterRegion},
    controllers::detect,
    key_changes::KeyChanges,
    keys,
    listeners::service::text,
    parallel,
    planning::{Cluster, ServiceCase},
    values::string_list,
    writes::Journal,
};

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// The Services.
    pub cases: Vec<ServiceCase>,
    /// What decides beside them.
    pub cluster: Cluster,
    /// The namespace that was read; `None` for several.
    pub namespace: Option<String>,
}

/// Reads the chosen Services and what decides about them, and applies the changes that the flags name.
///
/// # Errors
/// Everything that prevents an answer.
pub fn collect(options: &Options, connection: &ConnectionFlags, printer: &mut Printer) -> Result<Collected> {
    collect_judged(options, connection, printer, |_, _| ()).map(|(collected, _)| collected)
}

/// Reads as [`collect`] does, and returns what `judge` says of each Service. Those of a whole cluster are judged while others
/// are read.
///
/// # Errors
/// As [`collect`].
pub fn collect_judged<R: Send>(
    options: &Options,
    connection: &ConnectionFlags,
    printer: &mut Printer,
    judge: impl Fn(&ServiceCase, &Cluster) -> R + Sync,
) -> Result<(Collected, Vec<R>)> {
    let judge = &judge;
    // Before anybody connects: what is wrong with a file has nothing to do with the cluster.
    let files = match options.filenames.is_empty() {
        true => Vec::new(),
        false => files::read(&options.filenames)?,
    };
    let (mut collected, early) = match (&options.dump, options.filenames.is_empty()) {
        (Some(path), _) => (of_dump(&Dump::read(path)?, files, options)?, None),
        (None, false) if options.local || !Client::is_server_named(connection)? => {
            (of_files(files, options), None)
        }
        (None, is_live) => {
            let read = thread::scope(|scope| {
                block_on(of_cluster(files, options, connection, printer, scope, judge))
            });
            read.map_err(|error| match error.api_status() {
                None if !is_live
                    && error.status().code() == 1
                    && error.hint().is_none_or(|hint| !hint.contains("--local")) =>
                {
                    error.with_hint("to judge the files alone, without a cluster, add --local")
                }
                _ => error,
            })?
        }
    };
    let cluster = &mut collected.cluster;
    give(options, cluster);
    for case in &collected.cases {
        for arn in string_list(text(&case.wanted, keys::SSL_CERT)) {
            if let Some(arn) = Arn::parse(arn) {
                *cluster.accounts.entry(arn.account.to_owned()).or_default() += 1;
            }
        }
    }
    for case in &mut collected.cases {
        change(case, &collected.cluster, options)?;
    }
    let Collected { cases, cluster, .. } = &collected;
    let early = early.filter(|_| options.changes.is_empty());
    let judged = early
        .and_then(|early| early.settle(cases, cluster, judge))
        .unwrap_or_else(|| parallel::map(cases, |case| judge(case, cluster)));
    Ok((collected, judged))
}

/// Takes over the user's word.
fn give(options: &Options, cluster: &mut Cluster) {
    if let Some(region) = &options.region {
        cluster.region = ClusterRegion::given(region);
    }
    cluster.given = options.controller;
}

/// Applies the flags that stand for annotations: those that are taken as they stand come first, since they may change who
/// acts.
fn change(case: &mut ServiceCase, cluster: &Cluster, options: &Options) -> Result<()> {
    if options.changes.is_empty() {
        return Ok(());
    }
    let mut verbatim = Service::clone(&case.wanted);
    KeyChanges::verbatim(&options.changes)?.apply(&mut verbatim.annotations);
    let sources = case.event_sources();
    let kind = detect(&verbatim, case.situation(cluster, &sources)).kind;
    let changes = KeyChanges::of_flags(&options.changes, &case.wanted, kind)?;
    changes.apply(&mut case.wanted_mut().annotations);
    Ok(())
}

fn of_files(mut cases: Vec<ServiceCase>, options: &Options) -> Collected {
    files::put_into(&mut cases, options.namespace.as_deref().unwrap_or("default"));
    Collected { cases, ..Collected::default() }
}

fn of_dump(dump: &Dump, mut files: Vec<ServiceCase>, options: &Options) -> Result<Collected> {
    let mut cases = if options.filenames.is_empty() {
        services_of_dump(dump, options)?.into_iter().map(ServiceCase::unchanged).collect()
    } else {
        files::put_into(&mut files, options.namespace.as_deref().unwrap_or("default"));
        let live = dump.take::<Service>()?;
        for case in &mut files {
            let name =
                |service: &Service| (service.metadata.namespace.clone(), service.metadata.name.clone());
            if let Some(found) = live.iter().find(|one| name(one) == name(&case.wanted)) {
                files::fill_in(case, found.clone());
            }
        }
        files
    };
    EventsByService::of(dump.take::<Event>()?).hand_out(&mut cases);
    bindings_of_dump(dump, &mut cases)?;
    let mut cluster = Cluster::default();
    cluster_facts::read_dump(dump, Needs::of(&cases, options), &mut cluster)?;
    Ok(Collected { cases, cluster, namespace: options.namespace.clone() })
}

async fn of_cluster<'scope, 'env, R: Send + 'scope>(
    mut files: Vec<ServiceCase>,
    options: &Options,
    connection: &ConnectionFlags,
    printer: &Printer,
    scope: &'scope ThreadScope<'scope, 'env>,
    judge: &'env (impl Fn(&ServiceCase, &Cluster) -> R + Sync),
) -> Result<(Collected, Option<Early<R>>)> {
    let client = Client::connect(connection, printer).await?;
    let progress = printer.progress("reading services");
    let mut cluster = Cluster::default();
    let (mut cases, mut early, mut deployments) = (Vec::new(), None, None);
    if !options.filenames.is_empty() {
        files::put_into(&mut files, client.namespace());
        cases = match options.live_objects {
            true => live_objects(&client, &files).await?,
            false => with_live(&client, files).await?,
        };
    } else if options.all_namespaces && options.names.is_empty() {
        let judges = EarlyJudges::start(scope, judge);
        if let Some(whole) = whole_cluster(&client, options, judges, &mut cluster.skipped).await? {
            cases = whole.cases;
            (early, deployments) = (Some(whole.early), Some(whole.deployments));
        }
        // All namespaces were asked for, and only one can be read.
        cluster.incomplete = early.is_none();
    }
    if options.filenames.is_empty() && early.is_none() {
        cases = services(&client, options).await?.into_iter().map(ServiceCase::unchanged).collect();
    }
    if early.is_none() {
        let read = events(&client, &cases, &mut cluster.skipped).await?;
        EventsByService::of(read).hand_out(&mut cases);
    }
    for case in cases.iter_mut().filter(|case| case.needs_record()) {
        let recorded = case.live.as_ref().map(|live| Journal::open(&client, live).recorded());
        case.recorded = recorded.unwrap_or_default();
    }
    bindings(&client, &mut cases, &mut cluster.skipped).await?;
    cluster_facts::read(&client, Needs::of(&cases, options), deployments, &mut cluster).await?;
    drop(progress);
    let namespace = (!options.all_namespaces).then(|| client.namespace().to_owned());
    Ok((Collected { cases, cluster, namespace }, early))
}

/// The Services of a whole cluster.
struct WholeCluster<R> {
    cases: Vec<ServiceCase>,
    early: Early<R>,
    /// The Deployments of the AWS Load Balancer Controller.
    deployments: Result<Value>,
}

/// Reads the Services of all namespaces, their events and the flags of the controller, on which the server works at the same
/// time. None where Services of all namespaces may not be listed.
async fn whole_cluster<'scope, 'env: 'scope, R: Send + 'scope>(
    client: &Client,
    options: &Options,
    judges: EarlyJudges<'scope, 'env, R, impl Fn(&ServiceCase, &Cluster) -> R + Sync>,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<WholeCluster<R>>> {
    let mut skipped_events = Vec::new();
    let listed = list(client, &Scope::All, options, |page| match page {
        Page::Items(services) => judges.page(services),
        Page::Restart => judges.restart(),
    });
    let beside = async {
        let (events, deployments) = futures::join!(
            events_in(client, &Scope::All, None, &mut skipped_events),
            cluster_facts::controller_deployments(client)
        );
        let mut cluster = Cluster::default();
        give(options, &mut cluster);
        cluster.defaults = deployments.as_ref().map(cluster_facts::defaults_of).unwrap_or_default();
        judges.assume(EventsByService::of(events?), cluster);
        Ok(deployments)
    };
    let (listed, beside): (_, Result<_>) = futures::join!(listed, beside);
    match listed {
        Err(error) if error.is_api(403) => {
            skipped.push(Skipped::list(Service::PLURAL, "", &error));
            return Ok(None);
        }
        outcome => outcome?,
    }
    let deployments = beside?;
    skipped.append(&mut skipped_events);
    Ok(judges.finish().map(|(cases, early)| WholeCluster { cases, early, deployments }))
}

/// Gives Services of files what the live objects have.
async fn with_live(client: &Client, mut cases: Vec<ServiceCase>) -> Result<Vec<ServiceCase>> {
    let names: Vec<_> = cases
        .iter()
        .map(|case| (case.wanted.metadata.namespace.clone(), case.wanted.metadata.name.clone()))
        .collect();
    let found = client.bounded(&names, |(namespace, name)| client.get::<Service>(namespace, name)).await;
    for (case, live) in cases.iter_mut().zip(found) {
        match live {
            Ok(live) => files::fill_in(case, live),
            Err(error) if error.is_api(404) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(cases)
}

/// Reads the live objects that files name.
async fn live_objects(client: &Client, cases: &[ServiceCase]) -> Result<Vec<ServiceCase>> {
    let names: Vec<_> = cases.iter().map(|case| &case.wanted.metadata).collect();
    let found =
        client.bounded(&names, |metadata| client.get::<Service>(&metadata.namespace, &metadata.name)).await;
    found.into_iter().map(|live| live.map(ServiceCase::unchanged)).collect()
}
