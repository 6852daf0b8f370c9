//! Chooses one of all contexts, and with it the cluster, the user and the namespace.

use super::{Kubeconfig, NamedCluster, NamedContext, NamedUser, Problem, load::CORRECT_OR_LEAVE_OUT};
use crate::{Error, Result, cli::ConnectionFlags, edit_distance};

/// Where the namespace of a [`Selection`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamespaceSource {
    /// `--namespace`.
    Flag,
    /// The context.
    Context,
    /// Nothing names one: `default` (inside a pod kubectl would take the pod's own).
    Default,
}

/// What the connection flags select from a [`Kubeconfig`]. The flags that replace single fields (`--server`,
/// `--token`, …) are not applied yet.
#[derive(Clone, Debug)]
pub struct Selection<'kubeconfig> {
    /// The context: `--context`, else the current one; none where there is neither.
    pub context: Option<&'kubeconfig NamedContext>,
    /// The cluster: `--cluster`, else the context's. None where nothing names one, or where `--server` makes up for a
    /// cluster that does not exist.
    pub cluster: Option<&'kubeconfig NamedCluster>,
    /// The user: `--user`, else the context's; none where nothing names one.
    pub user: Option<&'kubeconfig NamedUser>,
    /// The namespace; never empty.
    pub namespace: &'kubeconfig str,
    /// Where the namespace comes from.
    pub namespace_source: NamespaceSource,
}

impl Kubeconfig {
    /// Resolves `--context`, `--cluster`, `--user` and `--namespace`; empty ones count as not given.
    ///
    /// Names given by flag that don't exist fail in kubectl's words (`DirectClientConfig` in
    /// `tools/clientcmd/client_config.go`), and so does a current context that does not exist. A context whose cluster
    /// or user does not exist fails too, where kubectl goes on to `localhost:8080` or without credentials.
    pub fn select<'a>(&'a self, flags: &'a ConnectionFlags) -> Result<Selection<'a>> {
        let context = self.selected_context(flags)?;
        let cluster = self.selected_cluster(flags, context)?;
        let user = self.selected_user(flags, context)?;
        let problem = cluster.and_then(|cluster| cluster.problems.first());
        if let Some(problem) = problem.or_else(|| user.and_then(|user| user.problems.first())) {
            return Err(unusable(problem));
        }
        let given = given(&flags.namespace).map(|name| (name, NamespaceSource::Flag));
        let own = context.and_then(|context| context.context.namespace.as_deref());
        let (namespace, namespace_source) = given
            .or(own.map(|name| (name, NamespaceSource::Context)))
            .unwrap_or(("default", NamespaceSource::Default));
        Ok(Selection { context, cluster, user, namespace, namespace_source })
    }

    fn selected_context(&self, flags: &ConnectionFlags) -> Result<Option<&NamedContext>> {
        if let Some(name) = given(&flags.context) {
            let found = self.context(name).ok_or_else(|| {
                let names = self.contexts.iter().map(|context| context.name.as_str());
                missing(format!("context \"{name}\" does not exist"), name, names)
            });
            return found.map(Some);
        }
        let Some(current) = &self.current_context else { return Ok(None) };
        let found = self.context(&current.name).ok_or_else(|| {
            let sentence = format!(
                "Error in configuration: context was not found for specified context: {}",
                current.name
            );
            let hint = format!(
                "{} names it as current-context; choose one of `kubectl config get-contexts` with --context",
                current.file.path.display()
            );
            Error::verbatim(sentence).with_hint(hint)
        });
        found.map(Some)
    }

    fn selected_cluster(
        &self,
        flags: &ConnectionFlags,
        context: Option<&NamedContext>,
    ) -> Result<Option<&NamedCluster>> {
        let names = || self.clusters.iter().map(|cluster| cluster.name.as_str());
        if let Some(name) = given(&flags.cluster) {
            let found = self.cluster(name);
            return found
                .map(Some)
                .ok_or_else(|| missing(format!("cluster \"{name}\" does not exist"), name, names()));
        }
        let Some(context) = context else { return Ok(None) };
        let Some(name) = context.context.cluster.as_deref() else { return Ok(None) };
        match self.cluster(name) {
            None if given(&flags.server).is_none() => {
                let sentence = format!("cluster \"{name}\" was not found for context \"{}\"", context.name);
                Err(missing(sentence, name, names()))
            }
            found => Ok(found),
        }
    }

    fn selected_user(
        &self,
        flags: &ConnectionFlags,
        context: Option<&NamedContext>,
    ) -> Result<Option<&NamedUser>> {
        let names = || self.users.iter().map(|user| user.name.as_str());
        if let Some(name) = given(&flags.user) {
            let found = self.user(name);
            return found
                .map(Some)
                .ok_or_else(|| missing(format!("auth info \"{name}\" does not exist"), name, names()));
        }
        let Some(context) = context else { return Ok(None) };
        let Some(name) = context.context.user.as_deref() else { return Ok(None) };
        self.user(name).map(Some).ok_or_else(|| {
            missing(format!("user \"{name}\" was not found for context \"{}\"", context.name), name, names())
        })
    }
}

fn given(flag: &Option<String>) -> Option<&str> {
    flag.as_deref().filter(|name| !name.is_empty())
}

fn unusable(problem: &Problem) -> Error {
    let error = Error::kubeconfig(problem.to_string());
    error.with_hint(problem.hint.as_deref().unwrap_or(CORRECT_OR_LEAVE_OUT))
}

fn missing<'name>(sentence: String, wanted: &str, names: impl Iterator<Item = &'name str>) -> Error {
    let error = Error::new(sentence);
    match did_you_mean(wanted, names) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// The question that offers the nearest of `names`, if any is near.
pub(super) fn did_you_mean<'name>(wanted: &str, names: impl Iterator<Item = &'name str>) -> Option<String> {
    let nearest = nearest_names(wanted, names);
    (!nearest.is_empty()).then(|| format!("did you mean {}?", enumerate(&nearest)))
}

fn enumerate(names: &[&str]) -> String {
    let quoted: Vec<String> =
        names.iter().map(|name| format!("\"{}\"", crate::output::sanitize_line(name))).collect();
    match &quoted[..] {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Up to three of `names` that `wanted` may have been meant for, nearest first: those that contain it, differ in at most a
/// third of its letters, or are longer forms of it (`prd` of `prod-eu`).
pub fn nearest_names<'name>(wanted: &str, names: impl Iterator<Item = &'name str>) -> Vec<&'name str> {
    let folded = wanted.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1);
    let mut scored: Vec<(usize, &str)> = names
        .filter(|name| !name.is_empty())
        .filter_map(|name| {
            let candidate = name.to_lowercase();
            let distance = edit_distance(&folded, &candidate);
            let contained = !folded.is_empty() && candidate.contains(&folded);
            (contained || distance <= limit || is_short_form(&folded, &candidate)).then_some((distance, name))
        })
        .collect();
    scored.sort();
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Tells whether a text is another with letters left out behind the first one.
fn is_short_form(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    let in_order = short.chars().all(|wanted| letters.any(|letter| letter == wanted));
    in_order && short.chars().count() >= 3 && short.chars().next() == long.chars().next()
}
