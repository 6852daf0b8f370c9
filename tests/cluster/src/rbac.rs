//! Permissions of users.

use crate::api::LIMIT;
use crate::control_plane::Cluster;
use crate::error::Result;
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

const GROUP: &str = "rbac.authorization.k8s.io";

/// One rule of a role.
#[derive(Debug, Clone)]
pub struct Rule {
    groups: Vec<String>,
    resources: Vec<String>,
    verbs: Vec<String>,
    names: Vec<String>,
}

impl Rule {
    /// Allows `verbs` on `resources` of the core group (`pods`, `pods/eviction`).
    pub fn core(resources: &[&str], verbs: &[&str]) -> Self {
        Self::of("", resources, verbs)
    }

    /// Allows `verbs` on `resources` of an API group (`apps`).
    pub fn of(group: &str, resources: &[&str], verbs: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Self {
            groups: vec![group.to_owned()],
            resources: owned(resources),
            verbs: owned(verbs),
            names: Vec::new(),
        }
    }

    /// Only for objects with these names.
    pub fn named(mut self, names: &[&str]) -> Self {
        self.names = names.iter().map(ToString::to_string).collect();
        self
    }

    fn to_json(&self) -> Value {
        let mut rule = json!({"apiGroups": self.groups, "resources": self.resources, "verbs": self.verbs});
        if !self.names.is_empty() {
            rule["resourceNames"] = json!(self.names);
        }
        rule
    }
}

impl Cluster {
    /// Allows a user to do what the rules say, in one namespace or, without one, everywhere. For a service account
    /// the user is `system:serviceaccount:NAMESPACE:NAME`. Returns when the API server obeys: its authorizer learns
    /// of a role by a watch, some milliseconds after the role was created.
    pub fn grant(&self, user: &str, namespace: Option<&str>, rules: &[Rule]) -> Result<()> {
        let rules: Vec<_> = rules.iter().map(Rule::to_json).collect();
        let (role, binding) = match namespace {
            Some(_) => ("Role", "RoleBinding"),
            None => ("ClusterRole", "ClusterRoleBinding"),
        };
        let version = format!("{GROUP}/v1");
        let mut metadata = json!({"generateName": "granted-"});
        if let Some(namespace) = namespace {
            metadata["namespace"] = json!(namespace);
        }
        let created = self
            .api()
            .create(&json!({"apiVersion": version, "kind": role, "metadata": metadata, "rules": rules}))?;
        self.bind(user, namespace, binding, role, created["metadata"]["name"].as_str().unwrap_or_default())?;
        rules.iter().try_for_each(|rule| self.wait_until_allowed(user, namespace, rule))
    }

    /// Gives a user a cluster role that exists, such as `view`, in one namespace or everywhere.
    pub fn grant_role(&self, user: &str, namespace: Option<&str>, cluster_role: &str) -> Result<()> {
        let binding = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
        self.bind(user, namespace, binding, "ClusterRole", cluster_role)?;
        // The rules of `view` and its like are gathered from other roles by a controller, once it has started.
        let path = format!("/apis/{GROUP}/v1/clusterroles/{cluster_role}");
        let role = self.api().wait_for(&path, "the rules of a role", |role| {
            role["rules"].as_array().is_some_and(|rules| !rules.is_empty())
        })?;
        let first =
            role["rules"].as_array().and_then(|rules| rules.iter().find(|rule| rule["resources"].is_array()));
        first.map_or(Ok(()), |rule| self.wait_until_allowed(user, namespace, rule))
    }

    fn bind(&self, user: &str, namespace: Option<&str>, binding: &str, role: &str, name: &str) -> Result<()> {
        let mut metadata = json!({"generateName": "granted-"});
        if let Some(namespace) = namespace {
            metadata["namespace"] = json!(namespace);
        }
        self.api()
            .create(&json!({
                "apiVersion": format!("{GROUP}/v1"), "kind": binding, "metadata": metadata,
                "roleRef": {"apiGroup": GROUP, "kind": role, "name": name},
                "subjects": [{"apiGroup": GROUP, "kind": "User", "name": user}],
            }))
            .map(drop)
    }

    /// Asks the authorizer itself. It has no event to wait for, so it is asked again and again.
    fn wait_until_allowed(&self, user: &str, namespace: Option<&str>, rule: &Value) -> Result<()> {
        let first = |key: &str| rule[key][0].as_str().unwrap_or_default().to_owned();
        let resource = first("resources");
        let (resource, subresource) = resource.split_once('/').unwrap_or((&resource, ""));
        let review = json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
            "spec": {
                "user": user, "groups": account_groups(user),
                "resourceAttributes": {
                    "namespace": namespace.unwrap_or_default(), "verb": first("verbs"), "group": first("apiGroups"),
                    "resource": resource, "subresource": subresource, "name": first("resourceNames"),
                },
            },
        });
        let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        let deadline = Instant::now() + LIMIT;
        while Instant::now() < deadline {
            let answer = self.api().request("POST", path, None, Some(&review))?;
            if answer.body["status"]["allowed"] == true {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(crate::error::Error::new(format!("the authorizer does not learn what {user} may do: {rule}")))
    }
}

fn account_groups(user: &str) -> &'static [&'static str] {
    if user.starts_with("system:serviceaccount:") {
        &["system:serviceaccounts", "system:authenticated"]
    } else {
        &["system:authenticated"]
    }
}
