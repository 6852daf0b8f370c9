//! The connection of a program that runs in a pod (`inClusterClientConfig` in `client_config.go`).

use super::Target;
use crate::{
    client::environment::Environment,
    kubeconfig::{Cluster, LocalPath, User},
};

/// Returns the pod's own cluster and service account; `None` outside of a pod.
pub(crate) fn in_cluster(environment: &Environment) -> Option<Target> {
    let host = environment.variable("KUBERNETES_SERVICE_HOST")?;
    let port = environment.variable("KUBERNETES_SERVICE_PORT")?;
    let token = environment.service_account.join("token");
    if !token.is_file() {
        return None;
    }
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let local = |name: &str| {
        let path = environment.service_account.join(name);
        LocalPath { original: path.display().to_string(), resolved: path }
    };
    let authority = Some(local("ca.crt")).filter(|path| path.resolved.is_file());
    Some(Target {
        cluster_name: "in-cluster".to_owned(),
        cluster: Cluster {
            server: Some(format!("https://{host}:{port}")),
            certificate_authority: authority,
            ..Cluster::default()
        },
        user_name: "service account".to_owned(),
        user: User { token_file: Some(local("token")), ..User::default() },
        context: None,
        namespace: namespace_in_cluster(environment),
        unreachable_hint: None,
    })
}

/// Returns the namespace of the pod: `POD_NAMESPACE`, else the service account's, else `default`.
pub(crate) fn namespace_in_cluster(environment: &Environment) -> String {
    if let Some(namespace) = environment.variable("POD_NAMESPACE") {
        return namespace.to_owned();
    }
    let mounted = std::fs::read_to_string(environment.service_account.join("namespace")).unwrap_or_default();
    match mounted.trim() {
        "" => "default".to_owned(),
        namespace => namespace.to_owned(),
    }
}
