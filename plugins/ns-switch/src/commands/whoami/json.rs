//! The shape of `whoami -o json` and `-o yaml`. Keys are added to, never renamed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use shared::{
    client::self_subject_review::{NonResourceRule, ResourceRule, SubjectRules},
    output::Envelope,
};

use super::facts::{Authentication, Identity, SubjectKind};
use crate::api_version::API_VERSION;

/// The content of the document.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityContent<'a> {
    context: Option<&'a str>,
    server: &'a str,
    namespace: &'a str,
    user: Option<&'a str>,
    account: Option<&'static str>,
    uid: Option<&'a str>,
    groups: &'a [String],
    extra: &'a BTreeMap<String, Vec<String>>,
    authentication: &'a Authentication,
    rules: Vec<RuleContent<'a>>,
    incomplete: bool,
}

#[derive(Default, Serialize, JsonSchema)]
struct RuleContent<'a> {
    verbs: &'a [String],
    #[serde(rename = "apiGroups")]
    api_groups: &'a [String],
    resources: &'a [String],
    #[serde(rename = "resourceNames")]
    resource_names: &'a [String],
    #[serde(rename = "nonResourceURLs")]
    non_resource_urls: &'a [String],
}

/// Returns the document of a user.
pub fn document(identity: &Identity) -> Envelope<IdentityContent<'_>> {
    let account = identity.user.as_deref().map(|user| SubjectKind::of(user, &identity.groups).word());
    let content = IdentityContent {
        context: identity.context.as_deref(),
        server: &identity.server,
        namespace: &identity.namespace,
        user: identity.user.as_deref(),
        account,
        uid: identity.uid.as_deref(),
        groups: &identity.groups,
        extra: &identity.extra,
        authentication: &identity.authentication,
        rules: identity.rules.iter().flat_map(rules).collect(),
        incomplete: identity.rules.as_ref().is_none_or(|rules| rules.incomplete),
    };
    Envelope::new(API_VERSION, "Identity", content)
}

fn rules(rules: &SubjectRules) -> impl Iterator<Item = RuleContent<'_>> {
    rules.resource_rules.iter().map(of_resources).chain(rules.non_resource_rules.iter().map(of_paths))
}

fn of_resources(rule: &ResourceRule) -> RuleContent<'_> {
    let ResourceRule { verbs, api_groups, resources, resource_names } = rule;
    RuleContent { verbs, api_groups, resources, resource_names, ..RuleContent::default() }
}

fn of_paths(rule: &NonResourceRule) -> RuleContent<'_> {
    let NonResourceRule { verbs, non_resource_urls } = rule;
    RuleContent { verbs, non_resource_urls, ..RuleContent::default() }
}
