//! Everything that a command reads, from whatever source.

use shared::{
    Result,
    cli::{ConnectionFlags, block_on},
    client::{Client, Scope},
    dump::Dump,
    model::Service,
    output::Printer,
};

use super::{
    cluster_facts::{self, Needs},
    files,
    live::{bindings, bindings_of_dump, distribute, events, events_in, services, services_of_dump},
    options::Options,
};
use crate::{
    certificates::{Arn, ClusterRegion},
    controllers::detect,
    events::Event,
    key_changes::KeyChanges,
    keys,
    listeners::service::text,
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
    let mut collected = match (&options.dump, options.filenames.is_empty()) {
        (Some(path), _) => of_dump(&Dump::read(path)?, options)?,
        (None, false) if options.local || !Client::is_server_named(connection)? => of_files(options)?,
        (None, is_live) => {
            block_on(of_cluster(options, connection, printer)).map_err(|error| match error.api_status() {
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
    if let Some(region) = &options.region {
        cluster.region = ClusterRegion::given(region);
    }
    cluster.given = options.controller;
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
    Ok(collected)
}

/// Applies the flags that stand for annotations: those that are taken as they stand come first, since they may change who
/// acts.
fn change(case: &mut ServiceCase, cluster: &Cluster, options: &Options) -> Result<()> {
    if options.changes.is_empty() {
        return Ok(());
    }
    let mut verbatim = case.wanted.clone();
    KeyChanges::verbatim(&options.changes)?.apply(&mut verbatim.annotations);
    let sources = case.event_sources();
    let kind = detect(&verbatim, case.situation(cluster, &sources)).kind;
    let changes = KeyChanges::of_flags(&options.changes, &case.wanted, kind)?;
    changes.apply(&mut case.wanted.annotations);
    Ok(())
}

fn of_files(options: &Options) -> Result<Collected> {
    let namespace = options.namespace.as_deref().unwrap_or("default");
    Ok(Collected { cases: files::read(&options.filenames, namespace)?, ..Collected::default() })
}

fn of_dump(dump: &Dump, options: &Options) -> Result<Collected> {
    let mut cases = if options.filenames.is_empty() {
        services_of_dump(dump, options)?.into_iter().map(unchanged).collect()
    } else {
        let mut cases = files::read(&options.filenames, options.namespace.as_deref().unwrap_or("default"))?;
        let live = dump.take::<Service>()?;
        for case in &mut cases {
            let name =
                |service: &Service| (service.metadata.namespace.clone(), service.metadata.name.clone());
            if let Some(found) = live.iter().find(|one| name(one) == name(&case.wanted)) {
                files::fill_in(case, found.clone());
            }
        }
        cases
    };
    distribute(dump.take::<Event>()?, &mut cases);
    bindings_of_dump(dump, &mut cases)?;
    let mut cluster = Cluster::default();
    cluster_facts::read_dump(dump, Needs::of(&cases, options), &mut cluster)?;
    Ok(Collected { cases, cluster, namespace: options.namespace.clone() })
}

fn unchanged(service: Service) -> ServiceCase {
    ServiceCase { wanted: service.clone(), live: Some(service), ..ServiceCase::default() }
}

async fn of_cluster(options: &Options, connection: &ConnectionFlags, printer: &Printer) -> Result<Collected> {
    let client = Client::connect(connection, printer).await?;
    let progress = printer.progress("reading services");
    let mut cluster = Cluster::default();
    let (mut early, mut deployments) = (None, None);
    let mut cases: Vec<ServiceCase> = if options.filenames.is_empty() {
        let mut skipped_events = Vec::new();
        let found = if options.all_namespaces {
            // The server works on all at once.
            let (found, read, of_controller) = futures::join!(
                services(&client, options, &mut cluster.skipped),
                events_in(&client, &Scope::All, None, &mut skipped_events),
                cluster_facts::controller_deployments(&client)
            );
            (early, deployments) = (Some(read?), Some(of_controller));
            found?
        } else {
            services(&client, options, &mut cluster.skipped).await?
        };
        // All namespaces were asked for, and only one could be read: so it is with events.
        cluster.incomplete = !cluster.skipped.is_empty();
        match cluster.incomplete {
            true => early = None,
            false => cluster.skipped.append(&mut skipped_events),
        }
        found.into_iter().map(unchanged).collect()
    } else {
        let cases = files::read(&options.filenames, client.namespace())?;
        match options.live_objects {
            true => live_objects(&client, &cases).await?,
            false => with_live(&client, cases).await?,
        }
    };
    let read = match early {
        Some(read) => read,
        None => events(&client, &cases, &mut cluster.skipped).await?,
    };
    distribute(read, &mut cases);
    for case in cases.iter_mut().filter(|case| case.needs_record()) {
        let recorded = case.live.as_ref().map(|live| Journal::open(&client, live).recorded());
        case.recorded = recorded.unwrap_or_default();
    }
    bindings(&client, &mut cases, &mut cluster.skipped).await?;
    cluster_facts::read(&client, Needs::of(&cases, options), deployments, &mut cluster).await?;
    drop(progress);
    let namespace = (!options.all_namespaces).then(|| client.namespace().to_owned());
    Ok(Collected { cases, cluster, namespace })
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
    found.into_iter().map(|live| live.map(unchanged)).collect()
}
