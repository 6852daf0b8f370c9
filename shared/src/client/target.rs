//! Which cluster is meant: the kubeconfig's, the pod's own, or nobody said.

use super::{
    Environment,
    config::{Target, in_cluster, namespace_in_cluster},
};
use crate::{
    Result,
    cli::ConnectionFlags,
    kubeconfig::{FileState, Kubeconfig, NamespaceSource},
};

/// Chooses as `DeferredLoadingClientConfig` does (client-go's `merged_client_builder.go`): what the kubeconfig
/// selects, and inside a pod its service account where neither kubeconfig nor flag names a server.
pub(super) fn choose(
    flags: &ConnectionFlags,
    kubeconfig: &Kubeconfig,
    environment: &Environment,
) -> Result<Target> {
    let selection = kubeconfig.select(flags)?;
    let in_cluster = in_cluster(environment);
    let mut namespace = selection.namespace.to_owned();
    if in_cluster.is_some() && selection.namespace_source == NamespaceSource::Default {
        namespace = namespace_in_cluster(environment);
    }
    let named = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
    let has_server = named(flags.server.as_deref())
        || named(selection.cluster.and_then(|cluster| cluster.cluster.server.as_deref()));
    if !has_server && let Some(pod) = in_cluster {
        return Ok(Target { namespace, ..pod });
    }
    let (cluster_name, cluster) =
        selection.cluster.map(|named| (named.name.clone(), named.cluster.clone())).unwrap_or_default();
    let (user_name, user) =
        selection.user.map(|named| (named.name.clone(), named.user.clone())).unwrap_or_default();
    Ok(Target {
        cluster_name,
        cluster,
        user_name,
        user,
        context: selection.context.map(|context| context.name.clone()),
        namespace,
        unreachable_hint: (!has_server).then(|| nobody_said(kubeconfig)),
    })
}

/// Returns why we end up at the server of last resort.
fn nobody_said(kubeconfig: &Kubeconfig) -> String {
    let loaded = kubeconfig.files.iter().any(|file| matches!(file.state, FileState::Loaded { .. }));
    if loaded && kubeconfig.contexts.is_empty() {
        let paths: Vec<_> = kubeconfig.files.iter().map(|file| file.path.display().to_string()).collect();
        return format!("the kubeconfig has no contexts ({})", paths.join(", "));
    }
    if loaded {
        return "no context is chosen: use `kubectl config use-context NAME`, or --context NAME".to_owned();
    }
    let looked: Vec<_> = kubeconfig.files.iter().map(|file| file.path.display().to_string()).collect();
    let looked = if looked.is_empty() {
        "KUBECONFIG names no file".to_owned()
    } else {
        format!("looked for {}", looked.join(", "))
    };
    format!("no kubeconfig was found ({looked}): name one with --kubeconfig or KUBECONFIG")
}
