//! `whoami` for people: who they are, and a table of what they may do.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use shared::{
    client::self_subject_review::SubjectRules,
    output::{Column, Table, sanitize_line},
};

use super::facts::{Authentication, Identity, SubjectKind};
use crate::credentials::Expiry;

/// The verbs in the order in which kubectl's documentation has them; others follow.
const VERBS: [&str; 9] =
    ["*", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/// Returns the lines about the user.
pub fn lines(identity: &Identity, now: Timestamp) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let name = match &identity.user {
        None => "not told by the server".to_owned(),
        Some(user) => match SubjectKind::of(user, &identity.groups).words() {
            Some(words) => format!("{user} ({words})"),
            None => user.clone(),
        },
    };
    lines.push(("User", name));
    lines.extend(identity.uid.iter().map(|uid| ("UID", uid.clone())));
    if !identity.groups.is_empty() {
        lines.push(("Groups", identity.groups.join(", ")));
    }
    let extra = identity.extra.iter().map(|(key, values)| ("Extra", format!("{key}={}", values.join(","))));
    lines.extend(extra);
    lines.push(("Authentication", authentication(&identity.authentication, now)));
    lines.extend(identity.context.iter().map(|context| ("Context", context.clone())));
    lines.push(("Server", identity.server.clone()));
    lines.into_iter().map(|(key, value)| (key, sanitize_line(&value).into_owned())).collect()
}

fn authentication(found: &Authentication, now: Timestamp) -> String {
    let mut text = found.kind.word();
    if let Some(at) = found.expires {
        let expiry = Expiry { at: Some(at), now };
        let verb = if expiry.is_past() { "" } else { "expires " };
        text.push_str(&format!(", {verb}{} ({at})", expiry.words()));
    }
    if let Some(user) = &found.impersonates {
        text.push_str(&format!(", impersonating {user}"));
    }
    text
}

/// Returns the table of what the user may do: one row a resource, with all its verbs.
pub fn table(rules: &SubjectRules) -> Table {
    let mut rows: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for rule in &rules.resource_rules {
        for group in &rule.api_groups {
            for resource in &rule.resources {
                let resource = match group.as_str() {
                    "" => resource.clone(),
                    group => match resource.split_once('/') {
                        Some((resource, part)) => format!("{resource}.{group}/{part}"),
                        None => format!("{resource}.{group}"),
                    },
                };
                let names = rule.resource_names.join(",");
                rows.entry((resource, names)).or_default().extend(rule.verbs.iter().cloned());
            }
        }
    }
    for rule in &rules.non_resource_rules {
        for path in &rule.non_resource_urls {
            rows.entry((path.clone(), String::new())).or_default().extend(rule.verbs.iter().cloned());
        }
    }
    let mut table = Table::new(["RESOURCE", "NAMES", "VERBS"].map(Column::new));
    // Paths come last, and what everybody has among them.
    let (paths, resources): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|((resource, _), _)| resource.starts_with('/'));
    for ((resource, names), verbs) in resources.into_iter().chain(paths) {
        table.push([
            resource.into(),
            if names.is_empty() { "*".into() } else { names.into() },
            in_order(&verbs).into(),
        ]);
    }
    table
}

fn in_order(verbs: &BTreeSet<String>) -> String {
    let known = VERBS.iter().filter(|verb| verbs.contains(**verb)).map(|verb| (*verb).to_owned());
    let others = verbs.iter().filter(|verb| !VERBS.contains(&verb.as_str())).cloned();
    known.chain(others).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use shared::client::self_subject_review::{NonResourceRule, ResourceRule};

    use super::*;

    #[test]
    fn one_row_a_resource_with_its_verbs_in_the_usual_order() {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let rule = |verbs: &[&str], groups: &[&str], resources: &[&str], names: &[&str]| ResourceRule {
            verbs: list(verbs),
            api_groups: list(groups),
            resources: list(resources),
            resource_names: list(names),
        };
        let rules = SubjectRules {
            resource_rules: vec![
                rule(&["watch", "get"], &[""], &["pods"], &[]),
                rule(&["delete", "escalate"], &[""], &["pods"], &[]),
                rule(&["get"], &[""], &["secrets"], &["db", "tls"]),
                rule(&["update"], &["apps"], &["deployments/scale"], &[]),
            ],
            non_resource_rules: vec![NonResourceRule {
                verbs: list(&["get"]),
                non_resource_urls: list(&["/healthz"]),
            }],
            ..SubjectRules::default()
        };
        assert_eq!(
            table(&rules).render(Default::default(), false),
            "RESOURCE                 NAMES    VERBS\n\
             deployments.apps/scale   *        update\n\
             pods                     *        get watch delete escalate\n\
             secrets                  db,tls   get\n\
             /healthz                 *        get\n"
        );
    }

    #[test]
    fn who_and_until_when() {
        let identity = Identity {
            user: Some("system:anonymous".into()),
            groups: vec!["system:unauthenticated".into()],
            server: "https://h".into(),
            ..Identity::default()
        };
        let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
        let shown: Vec<String> =
            lines(&identity, now).into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
        assert_eq!(
            shown,
            [
                "User: system:anonymous (anonymous: the server knows no credentials of yours)",
                "Groups: system:unauthenticated",
                "Authentication: none",
                "Server: https://h",
            ]
        );
        let token = Authentication {
            kind: crate::credentials::CredentialKind::Token,
            expires: Some("2026-06-15T13:00:00Z".parse().unwrap()),
            impersonates: Some("jane".into()),
            ..Authentication::default()
        };
        assert_eq!(
            authentication(&token, now),
            "token, expires in 60m (2026-06-15T13:00:00Z), impersonating jane"
        );
    }
}
