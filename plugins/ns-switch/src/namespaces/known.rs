//! Namespaces known without asking the cluster, for users who may not list them.

use std::collections::BTreeMap;

use shared::{
    Result,
    kubeconfig::{Kubeconfig, NamedContext},
};

use crate::{
    kubeconfigs::Kubeconfigs,
    settings::Settings,
    state::{Place, PreviousNamespace, store_for},
};

/// The known namespaces of one context's cluster, each with the source it is known from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownNamespaces(BTreeMap<String, &'static str>);

impl KnownNamespaces {
    /// Reads the settings, the kubeconfig and the history of `-`. Of several sources the first counts.
    ///
    /// # Errors
    /// Settings that can't be read.
    pub fn read(kubeconfigs: &Kubeconfigs, kubeconfig: &Kubeconfig, context: Option<&str>) -> Result<Self> {
        let settings = Settings::load()?;
        let place = Place::for_files(&kubeconfigs.files, &kubeconfigs.environment);
        let recall = |context: &str| {
            let previous: Option<PreviousNamespace> =
                store_for(&kubeconfigs.files).recall(PreviousNamespace::KIND, &place.for_context(context));
            previous.and_then(|previous| previous.namespace)
        };
        Ok(Self::collect(kubeconfig, context, &settings, recall))
    }

    /// Collects the names from these sources.
    fn collect(
        kubeconfig: &Kubeconfig,
        context: Option<&str>,
        settings: &Settings,
        recall: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut known = Self::default();
        let Some(context) = context.and_then(|name| kubeconfig.context(name)) else { return known };
        for name in settings.namespaces.get(&context.name).into_iter().flatten() {
            known.add(name, "the settings");
        }
        let beside = kubeconfig.contexts.iter().filter(|other| same_cluster(other, context));
        for other in beside {
            if let Some(name) = &other.context.namespace {
                known.add(name, "the kubeconfig");
            }
            if let Some(name) = recall(&other.name) {
                known.add(&name, "an earlier switch");
            }
        }
        known
    }

    fn add(&mut self, name: &str, source: &'static str) {
        self.0.entry(name.to_owned()).or_insert(source);
    }

    /// Returns the source a namespace is known from, if it is known.
    pub fn source(&self, name: &str) -> Option<&'static str> {
        self.0.get(name).copied()
    }

    /// Returns the names in byte order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn same_cluster(one: &NamedContext, other: &NamedContext) -> bool {
    one.name == other.name || (one.context.cluster.is_some() && one.context.cluster == other.context.cluster)
}

#[cfg(test)]
mod tests {
    use shared::kubeconfig::Context;

    use super::*;

    fn context(name: &str, cluster: &str, namespace: Option<&str>) -> NamedContext {
        let context = Context {
            cluster: Some(cluster.into()),
            namespace: namespace.map(Into::into),
            ..Context::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        std::fs::write(&path, "contexts: [{name: x}]").unwrap();
        let environment = shared::kubeconfig::Environment::default();
        let files = shared::kubeconfig::KubeconfigFiles::Explicit(path);
        let loaded = shared::kubeconfig::load(&files, &environment, Default::default()).unwrap();
        NamedContext { name: name.into(), context, ..loaded.contexts[0].clone() }
    }

    #[test]
    fn names_of_the_same_cluster_are_known_and_of_others_not() {
        let kubeconfig = Kubeconfig {
            contexts: vec![
                context("a", "c1", Some("one")),
                context("b", "c1", Some("two")),
                context("z", "c2", Some("three")),
            ],
            ..Kubeconfig::default()
        };
        let settings = Settings {
            namespaces: [("a".to_owned(), vec!["four".to_owned(), "one".to_owned()])].into(),
            ..Settings::default()
        };
        let recall = |context: &str| (context == "b").then(|| "five".to_owned());
        let known = KnownNamespaces::collect(&kubeconfig, Some("a"), &settings, recall);
        assert_eq!(known.names().collect::<Vec<_>>(), ["five", "four", "one", "two"]);
        assert_eq!(known.source("one"), Some("the settings"));
        assert_eq!(known.source("two"), Some("the kubeconfig"));
        assert_eq!(known.source("five"), Some("an earlier switch"));
        assert_eq!(known.source("three"), None);
        assert_eq!(
            KnownNamespaces::collect(&kubeconfig, Some("gone"), &settings, recall),
            KnownNamespaces::default()
        );
    }
}
