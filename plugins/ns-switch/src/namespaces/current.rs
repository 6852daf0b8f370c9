//! The namespace in effect, found without asking a cluster.

use std::{env, fs};

use shared::Result;

use crate::kubeconfigs::ContextIndex;

/// The file in which Kubernetes tells a pod its namespace.
const SERVICE_ACCOUNT_NAMESPACE: &str = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/// Returns the namespace of the chosen context, as kubectl uses it without `--namespace`, and a note for the user if
/// there is one. In a pod without a kubeconfig it is the pod's own namespace.
///
/// # Errors
/// The context does not exist, or none is current.
pub fn current_namespace(index: &ContextIndex, flag: Option<&str>) -> Result<(String, Option<&'static str>)> {
    match index.chosen(flag) {
        Ok(context) => Ok((context.namespace.clone().unwrap_or_else(|| "default".to_owned()), None)),
        Err(error) => {
            let pod =
                (index.current.is_none() && flag.is_none_or(str::is_empty)).then(pod_namespace).flatten();
            pod.map(|name| (name, Some("in-cluster: no context is set, so this is the pod's own namespace")))
                .ok_or(error)
        }
    }
}

/// Returns the namespace of the pod this runs in, if it runs in one (client-go's `rest.InClusterConfig` and
/// `inClusterClientConfig.Namespace`).
fn pod_namespace() -> Option<String> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("KUBERNETES_SERVICE_HOST") || !set("KUBERNETES_SERVICE_PORT") {
        return None;
    }
    if let Ok(name) = env::var("POD_NAMESPACE")
        && !name.is_empty()
    {
        return Some(name);
    }
    let text = fs::read_to_string(SERVICE_ACCOUNT_NAMESPACE).ok()?;
    Some(text.trim().to_owned()).filter(|name| !name.is_empty())
}
