//! The endpoint that gives the snapshot.

use std::time::Duration;

use shared::{Error, Result};

use super::{
    super::args::EtcdFlags,
    gateway::{Gateway, Status},
};

/// Returns the first endpoint that answers and knows a leader, and the endpoints before it that did not. A snapshot is of
/// one member: a member without a leader may be far behind. Each endpoint has the time of `limit` to answer.
///
/// # Errors
/// What is wrong with the first endpoint, where none answers.
pub async fn connect(
    flags: &EtcdFlags,
    limit: Option<Duration>,
) -> Result<(Gateway<'_>, Status, Vec<Error>)> {
    let mut failures = Vec::new();
    for endpoint in flags.endpoints.iter().map(|endpoint| endpoint.trim()).filter(|one| !one.is_empty()) {
        let gateway = Gateway::new(endpoint.trim_end_matches('/'), flags)?;
        match within(limit, &gateway).await {
            Ok(status) if status.has_leader => return Ok((gateway, status, failures)),
            Ok(_) => failures.push(
                Error::new(format!(
                    "etcd at {} has no leader: it may lack what was written last",
                    gateway.url()
                ))
                .with_hint("wait until the members have elected one, or name another endpoint with --etcd"),
            ),
            Err(error) => failures.push(error),
        }
    }
    Err(failures.into_iter().next().unwrap_or_else(|| {
        Error::usage("which etcd is to be saved? name its endpoints with --etcd").with_hint(
            "the API server's flag --etcd-servers has them: on a control-plane node of kubeadm --etcd https://127.0.0.1:2379 \
             --etcd-cacert /etc/kubernetes/pki/etcd/ca.crt --etcd-cert /etc/kubernetes/pki/etcd/healthcheck-client.crt \
             --etcd-key /etc/kubernetes/pki/etcd/healthcheck-client.key; without etcd, `kubectl drain-safe export` saves the objects",
        )
    }))
}

async fn within(limit: Option<Duration>, gateway: &Gateway<'_>) -> Result<Status> {
    let Some(limit) = limit else { return gateway.status().await };
    tokio::time::timeout(limit, gateway.status()).await.unwrap_or_else(|_| {
        Err(Error::new(format!("etcd at {} did not answer within {limit:?}", gateway.url())).with_hint(
            "give it more time with --request-timeout, or name another endpoint with --etcd: at 127.0.0.1 etcd is reached on the \
             control-plane node only",
        ))
    })
}
