//! What the API server says about the user who asks: who they are, and what they may do. The reviews are posted and
//! answered, but stored nowhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::Client;
use crate::Result;

/// The user as the API server knows them (`authentication.k8s.io/v1.UserInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    /// The user's name.
    pub username: String,
    /// The user's UID; empty where the way of authentication knows none.
    pub uid: String,
    /// The user's groups.
    pub groups: Vec<String>,
    /// What else the authenticator told, by key.
    pub extra: BTreeMap<String, Vec<String>>,
}

/// The rules that apply to the user in one namespace (`authorization.k8s.io/v1.SubjectRulesReviewStatus`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SubjectRules {
    /// What the user may do with resources.
    pub resource_rules: Vec<ResourceRule>,
    /// What the user may do with paths that are no resources.
    pub non_resource_rules: Vec<NonResourceRule>,
    /// Whether there may be more: some authorizers can't list rules.
    pub incomplete: bool,
    /// Why the list is not complete, where an authorizer said so.
    pub evaluation_error: String,
}

/// One rule for paths (`authorization.k8s.io/v1.NonResourceRule`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(default)]
pub struct NonResourceRule {
    /// The verbs, `*` for all.
    pub verbs: Vec<String>,
    /// The paths; `*` at the end stands for any rest.
    #[serde(rename = "nonResourceURLs")]
    pub non_resource_urls: Vec<String>,
}

/// A request that the user may be allowed to send (the attributes of `authorization.k8s.io/v1.SelfSubjectAccessReview`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessAttributes {
    /// A request for a resource.
    #[serde(rename = "resourceAttributes")]
    Resource(ResourceAttributes),
    /// A request for a path that is no resource.
    #[serde(rename = "nonResourceAttributes")]
    Path {
        /// The verb, in lower case.
        verb: String,
        /// The path.
        path: String,
    },
}

/// A request for a resource (`authorization.k8s.io/v1.ResourceAttributes`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResourceAttributes {
    /// The namespace; empty for all, and for what lies in none.
    pub namespace: String,
    /// The verb.
    pub verb: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The plural.
    pub resource: String,
    /// The subresource; empty for the resource itself.
    pub subresource: String,
    /// The object; empty for all.
    pub name: String,
}

/// The answer to whether a request is allowed (`authorization.k8s.io/v1.SubjectAccessReviewStatus`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AccessReview {
    /// Whether it is.
    pub allowed: bool,
    /// Why, or why not; may be empty.
    pub reason: String,
    /// What kept an authorizer from deciding; may be empty.
    pub evaluation_error: String,
}

/// One rule (`authorization.k8s.io/v1.ResourceRule`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceRule {
    /// The verbs, `*` for all.
    pub verbs: Vec<String>,
    /// The API groups, `*` for all.
    pub api_groups: Vec<String>,
    /// The resources, `*` for all.
    pub resources: Vec<String>,
    /// The names the rule is limited to; none means all.
    pub resource_names: Vec<String>,
}

/// Asks who the user is.
///
/// # Errors
/// As [`Client::request`], and an answer that is not such a review.
pub async fn who_am_i(client: &Client) -> Result<UserInfo> {
    #[derive(Default, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Status {
        user_info: UserInfo,
    }
    let body = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    let status: Status = post(client, "/apis/authentication.k8s.io/v1/selfsubjectreviews", &body).await?;
    Ok(status.user_info)
}

/// Asks what the user may do in a namespace, which need not exist.
///
/// # Errors
/// As [`who_am_i`].
pub async fn rules(client: &Client, namespace: &str) -> Result<SubjectRules> {
    let body = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectRulesReview",
        "spec": {"namespace": namespace},
    });
    post(client, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", &body).await
}

/// Asks whether the user may send a request.
///
/// # Errors
/// As [`who_am_i`].
pub async fn access(client: &Client, attributes: &AccessAttributes) -> Result<AccessReview> {
    let body = json!({
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": attributes,
    });
    post(client, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &body).await
}

/// A review as the API server returns it.
#[derive(Deserialize)]
struct Review<T> {
    #[serde(default)]
    status: T,
}

/// Posts a review and returns the status of its answer.
async fn post<T: Default + DeserializeOwned>(client: &Client, path: &str, body: &Value) -> Result<T> {
    let review: Review<T> = client.post_json(path, body).await?;
    Ok(review.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_s_spelling_is_read() {
        let text = r#"{"status":{"resourceRules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}],"nonResourceRules":[],"incomplete":false}}"#;
        let rule = ResourceRule {
            verbs: vec!["get".into()],
            api_groups: vec!["".into()],
            resources: vec!["pods".into()],
            resource_names: vec![],
        };
        let status = |text: &str| serde_json::from_str::<Review<SubjectRules>>(text).unwrap().status;
        assert_eq!(status(text).resource_rules, [rule]);
        assert_eq!(status("{}"), SubjectRules::default());
        let paths = r#"{"status":{"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/healthz"]}],"incomplete":true,"evaluationError":"webhook"}}"#;
        let rule = NonResourceRule { verbs: vec!["get".into()], non_resource_urls: vec!["/healthz".into()] };
        let expected = SubjectRules {
            non_resource_rules: vec![rule],
            incomplete: true,
            evaluation_error: "webhook".into(),
            ..SubjectRules::default()
        };
        assert_eq!(status(paths), expected);
    }

    #[test]
    fn attributes_are_spelled_as_the_api_spells_them() {
        let get = ResourceAttributes {
            verb: "get".into(),
            resource: "pods".into(),
            ..ResourceAttributes::default()
        };
        let resource = json!({"resourceAttributes": {"namespace": "", "verb": "get", "group": "", "resource": "pods", "subresource": "", "name": ""}});
        assert_eq!(json!(AccessAttributes::Resource(get)), resource);
        let path = AccessAttributes::Path { verb: "get".into(), path: "/healthz".into() };
        assert_eq!(json!(path), json!({"nonResourceAttributes": {"verb": "get", "path": "/healthz"}}));
    }
}
