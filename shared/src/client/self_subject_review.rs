//! What the API server says about the user who asks: who they are, and what they may do. The reviews are posted and
//! answered, but stored nowhere.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::Client;
use crate::Result;

/// The user as the API server knows them (`authentication.k8s.io/v1.UserInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    /// The user's name.
    pub username: String,
    /// The user's groups.
    pub groups: Vec<String>,
}

/// The rules that apply to the user in one namespace (`authorization.k8s.io/v1.SubjectRulesReviewStatus`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SubjectRules {
    /// What the user may do with resources.
    pub resource_rules: Vec<ResourceRule>,
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
    }
}
