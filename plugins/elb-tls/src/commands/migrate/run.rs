//! `kubectl elb-tls migrate` from flags to exit status.

use serde_json::Value;
use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    model::{Service, object_path},
    output::{Format, Printer, Severity, TableOptions, findings, sanitize_line},
};

use super::{
    annotations::{Old, map},
    args::{Destination, MigrateArgs},
    manifest::manifest,
    steps::steps,
};
use crate::{
    controllers::ControllerKind,
    inputs::{Options, collect},
    key_changes::KeyFlags,
    planning::{Cluster, ServiceCase, load_balancer, plan},
    rules::{self, Ignored},
};

/// What is added to the name of the old Service.
const SUFFIX: &str = "-nlb";

/// Names of Services are labels of DNS.
const LONGEST_NAME: usize = 63;

/// Runs the command.
///
/// # Errors
/// The Service has no load balancer of AWS, or has one of that kind already; a name that Services can't have.
pub fn run(args: &MigrateArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let options = Options::resolve(args.service_flags(), KeyFlags::default(), connection.namespace.clone())?;
    let collected = collect(&options, connection, printer)?;
    let cluster = &collected.cluster;
    cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    let Some(case) = collected.cases.first() else {
        return Err(Error::new(format!("there is no Service {}", args.name)));
    };
    let metadata = &case.wanted.metadata;
    let name = args.new_name.clone().unwrap_or_else(|| format!("{}{SUFFIX}", metadata.name));
    if name == metadata.name {
        return Err(Error::usage("--name is that of the old Service: the new one stands beside it"));
    }
    if name.len() > LONGEST_NAME {
        return Err(Error::usage(format!(
            "{name} has {} characters, Services have at most {LONGEST_NAME}",
            name.len()
        ))
        .with_hint("give a shorter one with --name"));
    }
    let made = load_balancer(case, cluster);
    let maker = made.as_ref().map_or(case.controller(cluster).kind, |made| made.maker);
    let wanted = args.to.kind();
    if maker == ControllerKind::None || (maker.is_lbc() && wanted.is_lbc()) || maker == wanted {
        let why = match maker {
            ControllerKind::None => "no controller of AWS acts on it".to_owned(),
            maker => format!("its load balancer is one of {} already", maker.title()),
        };
        return Err(Error::new(format!("service/{} is not migrated: {why}", metadata.name))
            .with_status(ExitStatus::No));
    }
    // Without a load balancer it is the scheme that the next sync would choose.
    let scheme = made.as_ref().and_then(|made| made.scheme).or_else(|| plan(case, cluster).scheme);
    let scheme = scheme.unwrap_or(cluster.defaults.scheme);
    let listeners = made.map(|made| made.listeners).unwrap_or_default();
    let mapped = map(Old { service: &case.wanted, maker, scheme, listeners: &listeners }, args.to);
    let path = object_path::<Service>(Some(&metadata.namespace), &metadata.name);
    let old: Value = block_on(async { Client::connect(connection, printer).await?.get_json(&path).await })?;
    let new = manifest(&old, &name, &mapped.annotations, args.to);
    match args.output.format {
        Format::Json => printer.document(Format::Json, &new)?,
        _ => printer.document(Format::Yaml, &new)?,
    }
    mapped.notes.iter().for_each(|note| printer.warning(sanitize_line(note)));
    let is_broken = show_findings(&new, cluster, printer)?;
    let hostname = case.wanted.status.load_balancer.ingress.first().map(|ingress| ingress.hostname.as_str());
    let to = if args.to == Destination::Lbc { "lbc" } else { "nlb" };
    for step in
        steps(&metadata.name, &name, &metadata.namespace, hostname.filter(|host| !host.is_empty()), to)
    {
        printer.note(step);
    }
    Ok(if is_broken { ExitStatus::No } else { ExitStatus::Success })
}

/// Shows what is wrong with the new Service. Returns whether anything is an error.
fn show_findings(new: &Value, cluster: &Cluster, printer: &mut Printer) -> Result<bool> {
    let service: Service = serde_json::from_value(new.clone())
        .map_err(|error| Error::new(format!("the new Service can't be judged: {error}")))?;
    // Beside the old one it is new: its node ports are not known.
    let case = ServiceCase { wanted: service.into(), ..ServiceCase::default() };
    let ignored = Ignored::default();
    let mut found = rules::check(&case, cluster);
    found.retain(|finding| !ignored.is_ignored(&case, finding.rule));
    if !found.is_empty() {
        printer.note(findings::table(&found).render(TableOptions::default(), false).trim_end());
    }
    Ok(found.iter().any(|finding| finding.severity == Severity::Error))
}
