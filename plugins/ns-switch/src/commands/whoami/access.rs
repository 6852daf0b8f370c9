//! `whoami --can VERB RESOURCE[/NAME]`: one question, yes or no.

use shared::{
    Error, Result,
    client::{
        Client,
        self_subject_review::{AccessAttributes, ResourceAttributes},
    },
    model::{
        built_in_resources::BUILT_IN,
        kind::{built_in_kind, guessed_plural},
    },
};

use serde::Deserialize;

use super::args::WhoamiArgs;

/// Short names of resources (`kubectl api-resources`), for those that are asked about.
const SHORT: &[(&str, &str)] = &[
    ("cj", "cronjobs"),
    ("cm", "configmaps"),
    ("csr", "certificatesigningrequests"),
    ("deploy", "deployments"),
    ("ds", "daemonsets"),
    ("ep", "endpoints"),
    ("ev", "events"),
    ("hpa", "horizontalpodautoscalers"),
    ("ing", "ingresses"),
    ("limits", "limitranges"),
    ("netpol", "networkpolicies"),
    ("no", "nodes"),
    ("ns", "namespaces"),
    ("pdb", "poddisruptionbudgets"),
    ("po", "pods"),
    ("pv", "persistentvolumes"),
    ("pvc", "persistentvolumeclaims"),
    ("quota", "resourcequotas"),
    ("rc", "replicationcontrollers"),
    ("rs", "replicasets"),
    ("sa", "serviceaccounts"),
    ("sc", "storageclasses"),
    ("sts", "statefulsets"),
    ("svc", "services"),
];

/// Resources without a namespace, and others that quotas don't count, with their groups.
const OTHERS: &[(&str, &str)] = &[
    ("bindings", ""),
    ("certificatesigningrequests", "certificates.k8s.io"),
    ("clusterrolebindings", "rbac.authorization.k8s.io"),
    ("clusterroles", "rbac.authorization.k8s.io"),
    ("componentstatuses", ""),
    ("customresourcedefinitions", "apiextensions.k8s.io"),
    ("events", ""),
    ("ingressclasses", "networking.k8s.io"),
    ("mutatingwebhookconfigurations", "admissionregistration.k8s.io"),
    ("namespaces", ""),
    ("nodes", ""),
    ("persistentvolumes", ""),
    ("priorityclasses", "scheduling.k8s.io"),
    ("runtimeclasses", "node.k8s.io"),
    ("storageclasses", "storage.k8s.io"),
    ("validatingwebhookconfigurations", "admissionregistration.k8s.io"),
];

/// A resource as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The verb.
    pub verb: String,
    /// The resource: plural, singular or short, perhaps with its group.
    pub resource: String,
    /// What stands after the slash.
    pub rest: String,
}

impl Asked {
    /// Reads the words after `--can`; `None` where a path is meant.
    ///
    /// # Errors
    /// A word is empty, or names more than one thing.
    pub fn read(words: &[String]) -> Result<Self> {
        let [verb, resource] = words else { return Err(Error::usage("--can takes a verb and a resource")) };
        let wrong = |sentence: String| {
            Err(Error::usage(sentence)
                .with_hint("name them as in `--can get pods` or `--can get secrets/db`"))
        };
        if verb.is_empty() || resource.is_empty() {
            return wrong("--can takes a verb and a resource".to_owned());
        }
        let verb = verb.to_lowercase();
        if resource.starts_with('/') {
            return Ok(Self { verb, resource: resource.clone(), rest: String::new() });
        }
        let (name, rest) = resource.split_once('/').unwrap_or((resource, ""));
        if rest.contains('/') || (resource.ends_with('/')) {
            return wrong(format!("`{resource}` is not RESOURCE[/NAME]"));
        }
        Ok(Self { verb, resource: name.to_lowercase(), rest: rest.to_owned() })
    }

    /// Returns what the server is asked. The group of a resource that is not built in comes from the server.
    ///
    /// # Errors
    /// The server's list of groups can't be read.
    pub async fn attributes(
        &self,
        client: &Client,
        args: &WhoamiArgs,
    ) -> Result<(AccessAttributes, Option<String>)> {
        if self.resource.starts_with('/') {
            let path = AccessAttributes::Path { verb: self.verb.clone(), path: self.resource.clone() };
            return Ok((path, None));
        }
        let (group, resource, warning) = match known(&self.resource) {
            Some((group, resource)) => (group, resource, None),
            None => match served(client, &self.resource).await {
                Some((group, resource)) => (group, resource, None),
                None => {
                    let (resource, group) = self.resource.split_once('.').unwrap_or((&self.resource, ""));
                    let warning = format!("the server doesn't have a resource type \"{}\"", self.resource);
                    (group.to_owned(), resource.to_owned(), Some(warning))
                }
            },
        };
        let (subresource, name) = match args.subresource {
            true => (self.rest.clone(), String::new()),
            false => (String::new(), self.rest.clone()),
        };
        let namespace = if args.all_namespaces { String::new() } else { client.namespace().to_owned() };
        let verb = self.verb.clone();
        let attributes = ResourceAttributes { namespace, verb, group, resource, subresource, name };
        Ok((AccessAttributes::Resource(attributes), warning))
    }
}

/// Returns group and plural of a built-in resource by any of its names.
fn known(typed: &str) -> Option<(String, String)> {
    let (name, group) = typed.split_once('.').map_or((typed, None), |(name, group)| (name, Some(group)));
    if name == "*" {
        return Some((group.unwrap_or("*").to_owned(), "*".to_owned()));
    }
    let name = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, plural)| plural);
    let built_in = BUILT_IN
        .iter()
        .filter(|(group, _)| *group != "extensions")
        .flat_map(|(group, plurals)| plurals.iter().map(move |plural| (*plural, *group)));
    let mut all = OTHERS.iter().copied().chain(built_in);
    let is_called = |plural: &str| plural == name || plural == guessed_plural(name);
    let found = all.find(|(plural, of)| is_called(plural) && group.is_none_or(|group| group == *of));
    found.map(|(plural, group)| (group.to_owned(), plural.to_owned())).or_else(|| {
        // A group that is named needs no table.
        let group = group.filter(|group| built_in_kind(&format!("{group}/v1"), name).is_none())?;
        group.contains('.').then(|| (group.to_owned(), name.to_owned()))
    })
}

/// Finds a resource that is not built in among those the server prefers.
async fn served(client: &Client, typed: &str) -> Option<(String, String)> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Groups {
        groups: Vec<Group>,
    }
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Group {
        name: String,
        preferred_version: Version,
    }
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Version {
        group_version: String,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Resources {
        resources: Vec<Resource>,
    }
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Resource {
        name: String,
        singular_name: String,
        short_names: Vec<String>,
    }
    let (name, group) = typed.split_once('.').map_or((typed, None), |(name, group)| (name, Some(group)));
    let groups: Groups = client.get_json("/apis").await.ok()?;
    let groups = groups.groups.into_iter().filter(|one| group.is_none_or(|group| group == one.name));
    let lists = client
        .bounded(groups, |group| async move {
            let path = format!("/apis/{}", group.preferred_version.group_version);
            (group.name, client.get_json::<Resources>(&path).await.unwrap_or_default())
        })
        .await;
    lists.into_iter().find_map(|(group, list)| {
        let is_called = |one: &Resource| {
            one.name == name || one.singular_name == name || one.short_names.iter().any(|short| short == name)
        };
        let found = list.resources.into_iter().find(|one| !one.name.contains('/') && is_called(one));
        found.map(|found| (group, found.name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_have_many_names() {
        let found = |typed: &str| known(typed).map(|(group, plural)| format!("{plural}.{group}"));
        for (typed, expected) in [
            ("pods", "pods."),
            ("pod", "pods."),
            ("po", "pods."),
            ("deploy", "deployments.apps"),
            ("deployments.apps", "deployments.apps"),
            ("networkpolicy", "networkpolicies.networking.k8s.io"),
            ("nodes", "nodes."),
            ("events", "events."),
            ("csr", "certificatesigningrequests.certificates.k8s.io"),
            ("widgets.example.com", "widgets.example.com"),
            ("*", "*.*"),
        ] {
            assert_eq!(found(typed).as_deref(), Some(expected), "{typed}");
        }
        assert_eq!(known("widgets"), None);
    }

    #[test]
    fn the_words_are_read() {
        let read = |verb: &str, resource: &str| {
            Asked::read(&[verb.to_owned(), resource.to_owned()]).map(|asked| (asked.resource, asked.rest))
        };
        assert_eq!(read("GET", "Pods").unwrap(), ("pods".into(), String::new()));
        assert_eq!(read("get", "secrets/db").unwrap(), ("secrets".into(), "db".into()));
        assert_eq!(read("get", "/metrics/a").unwrap(), ("/metrics/a".into(), String::new()));
        for (verb, resource) in [("", "pods"), ("get", ""), ("get", "pods/"), ("get", "pods/a/b")] {
            assert!(read(verb, resource).is_err(), "{verb} {resource}");
        }
    }
}
