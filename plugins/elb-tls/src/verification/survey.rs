//! All targets of a Service, asked within ten seconds.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use futures::StreamExt as _;
use shared::{
    Error, Result,
    cli::{ExitStatus, clock},
};
use tokio::time::Instant;

use super::{
    item::Item,
    judge::{Standards, judge},
    probe::probe,
    targets::{Target, expected, names, targets},
};
use crate::{
    connections::{ResolveFailure, Trust, resolve},
    planning::{Cluster, ServiceCase},
};

/// How long everything may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long names may take: connections need the rest.
const PATIENCE_FOR_NAMES: Duration = Duration::from_secs(4);

/// How many targets are asked at once.
const AT_ONCE: usize = 128;

/// What is asked, and how it is judged.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The only port.
    pub port: Option<u16>,
    /// The names that are asked for, instead of those of external-dns.
    pub server_names: Vec<String>,
    /// The only address.
    pub address: Option<SocketAddr>,
    /// The file with trusted certificates.
    pub authorities: Option<PathBuf>,
    /// Days before the end from which a certificate is warned of.
    pub warn_days: i64,
    /// Whether each version of TLS is tried.
    pub probe_versions: bool,
}

/// Asks every target.
///
/// # Errors
/// The Service has no hostname yet, or the hostname has no addresses; usage errors; untrustworthy authorities.
pub async fn survey(case: &ServiceCase, cluster: &Cluster, how: &Survey) -> Result<Vec<Item>> {
    let expected = expected(case, cluster, how.port)?;
    if how.address.is_some() && expected.len() > 1 {
        return Err(Error::usage("--address needs --port: the Service has several ports")
            .with_hint("say which of its ports the address stands for"));
    }
    let trust = Trust::new(how.authorities.as_deref())?;
    let names = names(&case.wanted, &how.server_names);
    let until = Instant::now() + PATIENCE;
    let patience = Instant::now() + PATIENCE_FOR_NAMES;
    let (addresses, elsewhere) = match how.address {
        Some(_) => (Vec::new(), Vec::new()),
        None => {
            let addresses = addresses(case, patience).await?;
            let elsewhere = elsewhere(&names, &addresses, patience).await;
            (addresses, elsewhere)
        }
    };
    let standards = Standards { warn_days: how.warn_days, elsewhere };
    let targets = targets(&expected, &addresses, how.address, &names);
    Ok(probe_all(targets, &trust, how.probe_versions, &standards, until).await)
}

/// Returns the addresses of the Service's hostname.
async fn addresses(case: &ServiceCase, until: Instant) -> Result<Vec<IpAddr>> {
    let metadata = &case.wanted.metadata;
    let (name, namespace) = (&metadata.name, &metadata.namespace);
    let ingress = case.wanted.status.load_balancer.ingress.first();
    let host =
        ingress.map(|ingress| if ingress.hostname.is_empty() { &ingress.ip } else { &ingress.hostname });
    let Some(host) = host.filter(|host| !host.is_empty()) else {
        return Err(Error::new(format!("service/{name} has no hostname yet"))
            .with_hint(format!("wait for it with: kubectl elb-tls wait {name} -n {namespace} --for hostname"))
            .with_status(ExitStatus::Incomplete));
    };
    let reason = match resolve(host, until).await {
        Ok(addresses) => return Ok(addresses),
        Err(ResolveFailure::NotFound) => {
            "has no addresses: new load balancers have them after some minutes".to_owned()
        }
        Err(ResolveFailure::TimedOut) => "can't be looked up: the resolver does not answer".to_owned(),
        Err(ResolveFailure::Failed(reason)) => format!("can't be looked up: {reason}"),
    };
    Err(Error::new(format!("{host} {reason}"))
        .with_hint(format!("wait for them with: kubectl elb-tls wait {name} -n {namespace} --for dns"))
        .with_status(ExitStatus::Incomplete))
}

/// Returns the names that have addresses, but none of the load balancer's.
async fn elsewhere(names: &[String], addresses: &[IpAddr], until: Instant) -> Vec<String> {
    let lookups = names.iter().map(|name| async move {
        let found = resolve(name, until).await.ok()?;
        (!found.iter().any(|address| addresses.contains(address))).then(|| name.clone())
    });
    futures::future::join_all(lookups).await.into_iter().flatten().collect()
}

async fn probe_all(
    targets: Vec<Target>,
    trust: &Trust,
    with_versions: bool,
    standards: &Standards,
    until: Instant,
) -> Vec<Item> {
    let now = clock::now();
    let tasks = targets.into_iter().map(|target| async move {
        let seen = probe(&target, trust, with_versions, now, until).await;
        judge(&target, seen, standards)
    });
    // In order, so that two runs can be compared.
    futures::stream::iter(tasks).buffered(AT_ONCE).collect().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::{Verdict, exit_status};

    /// A hundred addresses, none of which answers: connections wait in the backlog of a listener that nobody reads, or
    /// have no route.
    #[tokio::test]
    async fn a_hundred_addresses_end_with_a_verdict_each() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut service = crate::samples::web(&[("ssl-cert", crate::samples::ARN)]);
        service.spec.ports.truncate(1);
        service.spec.ports[0].port = port.into();
        let service = crate::samples::live(service, crate::samples::CLASSIC_HOST);
        let case = ServiceCase::unchanged(service);
        let expected = expected(&case, &Cluster::default(), None).unwrap();
        let addresses = vec![IpAddr::from([127, 0, 0, 1]); 100];
        let targets = targets(&expected, &addresses, None, &["web.example.com".to_owned()]);
        let Ok(trust) = Trust::new(None) else { return };
        let until = Instant::now() + Duration::from_secs(1);
        let items = probe_all(targets, &trust, true, &Standards::default(), until).await;
        assert_eq!(items.len(), 200);
        assert!(items.iter().all(|item| item.verdict == Verdict::TimedOut), "{:?}", items[0]);
        assert_eq!(exit_status(&items), ExitStatus::Incomplete);
    }
}
